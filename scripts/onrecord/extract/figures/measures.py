"""What a figure measures: the noun phrase after it, or the one that the sentence says it of."""

from typing import Final

from onrecord.extract.figures.clauses import WEAK, subject, weak_alone
from onrecord.extract.figures.phrases import (
    TIMELY,
    Phrase,
    determined,
    inside,
    is_date,
    phrase_after,
    phrase_of,
    skip_bracket,
)
from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.tokens import Tokens, plural
from onrecord.extract.lexicon import load

_FIGURES: Final = load("figures")

_NOUNS: Final = frozenset(_FIGURES["change"]["nouns_up"]) | frozenset(_FIGURES["change"]["nouns_down"])

_NUMERALS: Final = frozenset(load("numbers")["small"])

_COMPARED: Final = frozenset({("up", "from"), ("down", "from"), ("compared", "with"), ("compared", "to")})

_STRETCHED: Final = frozenset(_FIGURES["measures"]["stretched"])

_TOLD: Final = frozenset({":", "—", "–"})

_NOT_IN: Final = frozenset(_FIGURES["measures"]["not_in"])


def counted(tokens: Tokens, quantity: Quantity) -> Phrase | None:
    """The noun phrase that a bare number counts, if one follows it.

    >>> from onrecord.extract.figures.amounts import quantities
    >>> from onrecord.extract.figures.tokens import tokenise
    >>> text = "She keeps 14 small brown hens in a shed"
    >>> tokens = tokenise(text)
    >>> found = counted(tokens, quantities(text)[0])
    >>> tokens.low[found.first:found.last]
    ['small', 'brown', 'hens']
    """
    at = tokens.at(quantity.end)
    if tokens.text[quantity.end : quantity.end + 1] == "-":
        at += 1
        return phrase_after(tokens, at + (tokens.low[at : at + 1] == ["strong"]), False, "figure.measures.counted")
    if quantity.form in ("vague", "couple", "ratio", "fraction") or tokens.low[at : at + 1] == ["of"]:
        if tokens.low[at : at + 1] == ["of"]:
            return phrase_of(tokens, at)
        if quantity.form == "fraction":
            return phrase_after(tokens, determined(tokens, at), False, "figure.measures.of")
    found = phrase_after(tokens, _past_number(tokens, at), quantity.high != 1, "figure.measures.counted")
    return found and _with_of(tokens, found._replace(first=at))


def _with_of(tokens: Tokens, phrase: Phrase) -> Phrase:
    """The noun phrase with the one that "of" ties to it: "12 cases of measles" counts cases of measles."""
    more = phrase_of(tokens, phrase.last) if tokens.low[phrase.last : phrase.last + 1] == ["of"] else None
    if more is None:
        return phrase
    numbered = tokens.low[more.last : more.last + 1] == ["-"] and tokens.tags[more.last + 1 : more.last + 2] == ["#"]
    return phrase._replace(last=more.last + 2 * numbered)


def shares(tokens: Tokens, first: int, floor: int) -> bool:
    """Whether a figure is said of what the one before it is said of: a conversion in brackets, "up from", "and"."""
    before = tokens.low[max(0, first - 2) : first]
    if not before or tokens.starts[first - 1] < floor:
        return False
    if tuple(before) in _COMPARED:
        return True
    between = range(tokens.at(floor), first)
    if before[-1] == "from" and all(tokens.tags[index] == "." for index in between[:-1]):
        return True
    if before[-1] == "(":
        return len(between) <= 1
    if before[-1] in ("and", "or", ";"):
        return len(between) <= 8 and not any(tokens.tags[index] in "VAG" for index in between)
    return False


def measured_after(tokens: Tokens, quantity: Quantity) -> Phrase | None:
    """The noun phrase after a figure that has a unit: "of" it, "off" it, or the noun that the figure modifies."""
    at = skip_bracket(tokens, tokens.at(quantity.end))
    if quantity.per_span and quantity.per_span[0] >= quantity.end:
        at = tokens.at(quantity.per_span[1])
    discount = (
        quantity.kind in ("percent", "money") and tokens.low[at : at + 1] == ["off"] and tokens.tags[at + 1 : at + 2] == ["D"]
    )
    at += tokens.low[at : at + 2] == ["worth", "of"]
    spent_in = (
        quantity.kind == "money"
        and tokens.low[at : at + 1] == ["in"]
        and tokens.tags[at + 1 : at + 2] == ["N"]
        and tokens.low[at + 1] not in _NOT_IN
    )
    if (
        tokens.low[at : at + 1] == ["of"]
        or discount
        or (spent_in and not tokens.capital(at + 1) and not is_date(tokens, at + 1))
    ):
        phrase = phrase_of(tokens, at)
        if phrase:
            return phrase
    if quantity.kind == "count" or tokens.text[quantity.start : quantity.end].endswith("olds"):
        return None
    if quantity.kind == "duration" and "-" not in tokens.text[quantity.start : quantity.end]:
        return None
    return _modified(tokens, quantity, at)


def measured_before(tokens: Tokens, quantity: Quantity, first: int, floor: int) -> Phrase | None:
    """What the words before a figure say it of; None when in doubt.

    Args:
        tokens: the sentence.
        quantity: the figure.
        first: the index of its first word, the qualifier before it included.
        floor: the offset where the figure before it ends; a search that comes so far has found nothing.
    """
    if quantity.kind == "duration" and not _stretched(tokens, first):
        return None
    if quantity.kind == "age" and tokens.text[quantity.start : quantity.end].endswith("olds"):
        return None
    bare = quantity.kind == "count" and quantity.unit is None
    if bare and not _said_of(tokens, first):
        return None
    exceeding = first < len(tokens.low) and tokens.low[first].startswith("exceed")
    phrase = subject(tokens, first + exceeding, floor)
    if phrase and quantity.kind == "multiplier" and phrase.rule == "figure.measures.before":
        return None
    if phrase and quantity.kind == "duration" and _circumstance(tokens, phrase, first):
        return None
    return None if bare and phrase and weak_alone(tokens, phrase) else phrase


def _stretched(tokens: Tokens, first: int) -> bool:
    """Whether the words before a stretch of time say what took so long: "lasted", "an average of"."""
    before = tokens.low[max(0, first - 2) : first]
    if not before:
        return False
    lasting = before[-1] == "for" and len(before) > 1 and tokens.tags[first - 2] in "NVG"
    told = before[-1] in _TOLD
    return lasting or told or before[-1] in _STRETCHED or (before[-1] == "of" and before[0] in WEAK)


def _circumstance(tokens: Tokens, phrase: Phrase, first: int) -> bool:
    """Whether what stands before "for two hours" is where or with whom, which lasts no time: "waited in a queue"."""
    if tokens.low[first - 1] in _TOLD:
        return phrase.rule == "figure.measures.before"
    if tokens.low[first - 1] != "for" or tokens.tags[first - 2] != "N":
        return False
    before = phrase.first - 1
    if before < 0 or tokens.tags[before] != "D" or tokens.capital(phrase.first):
        return True
    return before > 0 and tokens.tags[before - 1] in "PT"


def _said_of(tokens: Tokens, first: int) -> bool:
    """Whether a bare number is the value of a noun before it ("rose to 3.65"), or counts what is not named ("killed 3")."""
    index = first - 1
    while index > 0 and tokens.tags[index] in "RD":
        index -= 1
    return index >= 0 and (tokens.tags[index] in "APTN" or tokens.low[index] in (":", "(", "=", "totalled", "reached", "hit"))


def only_change(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether a phrase is nothing but a noun of change, which says little if anything better is found."""
    return phrase.last - phrase.first == 1 and tokens.low[phrase.first] in _NOUNS


def _modified(tokens: Tokens, quantity: Quantity, at: int) -> Phrase | None:
    """The noun that the figure stands before: a 10-mile run, a £2m grant, a 5 per cent rise in rents."""
    if tokens.text[quantity.end : quantity.end + 1] == "-" and at < len(tokens.low) and tokens.low[at] == "-":
        at += 1
    at = _past_number(tokens, at)
    before = tokens.at(quantity.start) - 1
    if tokens.low[at + 1 : at + 2] == ["than"]:
        return None
    if (
        at >= len(tokens.tags)
        or (tokens.tags[at] == "G" and not _compound(tokens, quantity, at))
        or tokens.low[at] in TIMELY
        or not (tokens.tags[at] == "N" or tokens.low[at] in _NOUNS or inside(tokens, at, at, len(tokens.tags)))
    ):
        return None
    if tokens.tags[at] == "V" and tokens.low[at] in _NOUNS and tokens.low[at + 1 : at + 2] == ["in"]:
        return phrase_after(tokens, determined(tokens, at + 2), False, "figure.measures.of")
    phrase = phrase_after(tokens, at, False, "figure.measures.modified")
    if phrase and quantity.kind == "age" and phrase.last - phrase.first == 1 and tokens.tags[before] == "D":
        return None if plural(tokens.low[phrase.first]) else phrase  # "the 34-year-old hopes"
    if (
        phrase
        and quantity.kind == "percent"
        and tokens.tags[before] == "A"
        and phrase.last - phrase.first == 1
        and _alone(tokens, phrase)
    ):
        return None
    if phrase is None or any(tokens.low[index] in TIMELY for index in range(phrase.first, min(phrase.last, phrase.first + 2))):
        return None
    if tokens.low[phrase.last - 1] in _NOUNS:
        if phrase.last - phrase.first > 1 and tokens.low[phrase.last - 2].endswith("ing"):
            return phrase
        if phrase.last - phrase.first > 1:
            return phrase._replace(last=phrase.last - 1)
        if tokens.low[phrase.last : phrase.last + 1] in (["in"], ["of"], ["to"], ["for"], ["on"]):
            return phrase_after(tokens, determined(tokens, phrase.last + 1), False, "figure.measures.of") or phrase
    return phrase


def _alone(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether one word after "is 40%" is an adjective that is said of the subject: "is 40% full"."""
    ends = phrase.last >= len(tokens.tags) or tokens.tags[phrase.last] in ".PC"
    return ends and not plural(tokens.low[phrase.first]) and not tokens.capital(phrase.first)


def _compound(tokens: Tokens, quantity: Quantity, at: int) -> bool:
    """Whether a word in -ing is part of a noun that the figure modifies: "a 12-litre mixing bowl"."""
    before = tokens.at(quantity.start) - 1
    if before >= 0 and tokens.tags[before] != "D":
        return False
    return tokens.tags[at + 1 : at + 2] == ["N"] and not plural(tokens.low[at + 1]) and not tokens.capital(at + 1)


def _past_number(tokens: Tokens, at: int) -> int:
    """Over the number of another figure that modifies the same noun: "a 2-litre four-door car"."""
    if at + 2 < len(tokens.low) and (tokens.tags[at] == "#" or tokens.low[at] in _NUMERALS):
        after = at + 2 if tokens.low[at + 1] == "-" else at + 1
        return at if plural(tokens.low[after]) else after
    return at
