"""The noun phrase after a figure: what it counts, what it is of, what it modifies."""

from typing import Final

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

_DIMENSIONS: Final = frozenset(_FIGURES["measures"]["dimensions"])

_BOTH: Final = frozenset(_FIGURES["classes"]["both"])

_NIGHTS: Final = frozenset(_FIGURES["measures"]["nights"])

_THOSE: Final = frozenset({"these", "those"})

_NOT_SPENT: Final = frozenset({"at", "to", "from", "by", "cost", "costs", "costing", "is", "was", "are", "were"})

_RECORDS: Final = frozenset({"peak", "high", "highs", "record", "low", "lows", "best", "worst"})  # "18% off its peak"

_FILLED: Final = frozenset(_FIGURES["measures"]["filled"])

_WITH_CASH: Final = frozenset(_FIGURES["measures"]["with_cash"])

_UNTIED: Final = frozenset({"percent", "speed", "temperature"})  # kinds that modify no noun without a determiner or hyphen

_OPINING: Final = frozenset(_FIGURES["measures"]["opining"])

_OBJECT: Final = (["D"], ["N"], ["G"])  # what opens an object

_NOT_IN: Final = frozenset(_FIGURES["measures"]["not_in"])


def of_pronoun(tokens: Tokens, at: int) -> bool:
    """Whether "of them", "of those who", "of which" stand after a figure, whose noun is told before."""
    if tokens.low[at : at + 1] != ["of"] or at + 1 >= len(tokens.tags):
        return False
    word = tokens.low[at + 1]
    return tokens.tags[at + 1] == "O" or word in ("which", "whom") or (word in _THOSE and tokens.tags[at + 2 : at + 3] != ["N"])


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
    inner = tokens.at(quantity.start) + 1
    if quantity.form == "ratio" and tokens.tags[inner] == "N" and tokens.low[inner + 1] == "in":
        return Phrase(inner, inner + 1, "figure.measures.counted")  # one woman in four
    if tokens.text[quantity.end : quantity.end + 1] == "-":
        at += 1
        return _up_to_verb(tokens, phrase_after(tokens, _past_strong(tokens, at), False, "figure.measures.counted"))
    if quantity.form in ("vague", "couple", "ratio", "fraction") or tokens.low[at : at + 1] == ["of"]:
        if tokens.low[at : at + 1] == ["of"]:
            return _past_bracket(tokens, phrase_of(tokens, at))
        if quantity.form == "fraction":
            return phrase_of(tokens, at - 1)
    at += tokens.low[at : at + 1] == ["+"]
    doing = at + 1 < len(tokens.low) and tokens.tags[at] in "GV" and tokens.low[at].endswith("ing")
    if doing and tokens.capital(at + 1):
        return None  # "one of three facing Bell"
    at = _past_strong(tokens, at)
    if tokens.low[at : at + 1] and tokens.low[at] in _NIGHTS:
        return Phrase(at, at + 1, "figure.measures.counted")
    start = at + (tokens.low[at : at + 1] in (["most"], ["least"]))
    found = phrase_after(tokens, _past_number(tokens, start), quantity.high != 1, "figure.measures.counted")
    if found and found.last - found.first == 1 and len(tokens.low[found.first]) == 1:
        return None
    if found and quantity.form == "ratio" and not plural(tokens.low[found.last - 1]):
        return None  # "one in five skip lunch"
    return found and _with_of(tokens, _past_bracket(tokens, found._replace(first=at)) or found)


def _up_to_verb(tokens: Tokens, phrase: Phrase | None) -> Phrase | None:
    """A noun phrase without the verb behind it that looks like a plural: "a 214-page document | lists 40 faults"."""
    if phrase is None or phrase.last - phrase.first < 2 or not plural(tokens.low[phrase.last - 1]):
        return phrase
    verb = tokens.tags[phrase.last : phrase.last + 1] in (["#"], ["D"]) and not plural(tokens.low[phrase.last - 2])
    return phrase._replace(last=phrase.last - 1) if verb else phrase


def _past_bracket(tokens: Tokens, phrase: Phrase | None) -> Phrase | None:
    """The noun phrase with what follows an acronym's long form in brackets: "six NUM (mineworkers' union) members"."""
    if phrase is None or not tokens.text[tokens.starts[phrase.last - 1] : tokens.ends[phrase.last - 1]].isupper():
        return phrase
    at = skip_bracket(tokens, phrase.last)
    noun = at > phrase.last and tokens.tags[at : at + 1] == ["N"] and plural(tokens.low[at]) and not tokens.capital(at)
    return phrase._replace(last=at + 1) if noun else phrase


def _past_strong(tokens: Tokens, at: int) -> int:
    """The index after "strong" before what has so many members: "a 12-strong crew", "the 40 strong choir"."""
    return at + (tokens.low[at : at + 1] == ["strong"] and tokens.tags[at + 1 : at + 2] == ["N"])


def _with_of(tokens: Tokens, phrase: Phrase) -> Phrase:
    """The noun phrase with the one that "of" ties to it: "12 cases of measles" counts cases of measles."""
    more = phrase_of(tokens, phrase.last) if tokens.low[phrase.last : phrase.last + 1] == ["of"] else None
    if more is None:
        return phrase
    numbered = tokens.low[more.last : more.last + 1] == ["-"] and tokens.tags[more.last + 1 : more.last + 2] == ["#"]
    return phrase._replace(last=more.last + 2 * numbered)


def measured_after(tokens: Tokens, quantity: Quantity) -> Phrase | None:
    """The noun phrase after a figure that has a unit: "of" it, "off" it, or the noun that the figure modifies."""
    at = skip_bracket(tokens, tokens.at(quantity.end))
    if quantity.per_span and quantity.per_span[0] >= quantity.end:
        at = tokens.at(quantity.per_span[1])
    discount = (
        quantity.kind in ("percent", "money")
        and tokens.low[at : at + 1] == ["off"]
        and tokens.tags[at + 1 : at + 2] == ["D"]
        and _RECORDS.isdisjoint(tokens.low[at + 2 : at + 5])
    )
    at += tokens.low[at : at + 2] in (["'", "worth"], ["’", "worth"])
    at += tokens.low[at : at + 2] == ["worth", "of"]
    before = tokens.low[tokens.at(quantity.start) - 1] if quantity.start else ""
    spent_in = (
        quantity.kind == "money"
        and before not in _NOT_SPENT
        and tokens.low[at : at + 1] == ["in"]
        and tokens.tags[at + 1 : at + 2] == ["N"]
        and (tokens.low[at + 1] not in _NOT_IN or (tokens.low[at + 1] == "cash" and before in _WITH_CASH))
        and tokens.low[at + 1] not in _NUMERALS
        and not is_date(tokens, at + 1)
    )
    if (quantity.kind == "length" and before == "within") or (quantity.kind == "age" and tokens.low[at : at + 1] == ["of"]):
        return None  # "within five miles of the town", "a 33-year-old of Hull"
    if tokens.low[at : at + 1] == ["of"] or discount or spent_in:
        phrase = phrase_of(tokens, at)
        if phrase and not (spent_in and tokens.capital(phrase.last - 1)):
            return phrase
    if quantity.kind == "count" or tokens.text[quantity.start : quantity.end].endswith("olds"):
        return None
    if quantity.form == "ratio" or (quantity.kind == "age" and quantity.unit_span is None):
        return None
    if quantity.kind == "duration" and tokens.low[at : at + 1] in (["'"], ["’"]) and tokens.starts[at] == quantity.end:
        return phrase_after(tokens, at + 1, False, "figure.measures.modified")  # "three weeks' notice"
    if quantity.kind == "duration" and "-" not in tokens.text[quantity.start : quantity.end] and before not in ("a", "an"):
        return None
    return _modified(tokens, quantity, at)


def opines(tokens: Tokens, first: int, at: int) -> bool:
    """Whether what looks like a noun is what so many do at a clause's start: "72 per cent support the plan"."""
    opens = first == 0 or tokens.tags[first - 1] in ".C"
    return opens and tokens.low[at : at + 1] != [] and tokens.low[at] in _OPINING and tokens.tags[at + 1 : at + 2] in _OBJECT


def only_change(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether a phrase is nothing but a noun of change, which says little if anything better is found."""
    return phrase.last - phrase.first == 1 and tokens.low[phrase.first] in _NOUNS


def _modified(tokens: Tokens, quantity: Quantity, at: int) -> Phrase | None:
    """The noun that the figure stands before: a 10-mile run, a £2m grant, a 5 per cent rise in rents."""
    if tokens.text[quantity.end : quantity.end + 1] == "-" and at < len(tokens.low) and tokens.low[at] == "-":
        at += 1
    at = _past_number(tokens, at)
    at += tokens.low[at : at + 1] in (["more"], ["fewer"], ["less"]) and tokens.tags[at + 1 : at + 2] == ["N"]
    at += tokens.tags[at + 1 : at + 2] == ["N"] and tokens.low[at] in _DIMENSIONS
    before = tokens.at(quantity.start) - 1
    if tokens.low[at + 1 : at + 2] == ["than"] or tokens.low[at : at + 2] in (["half", "a"], ["half", "an"]):
        return None
    if (
        at >= len(tokens.tags)
        or (tokens.tags[at] == "G" and not _compound(tokens, quantity, at) and not _event(tokens, quantity, at))
        or tokens.low[at] in TIMELY
        or not (
            tokens.tags[at] == "N"
            or tokens.low[at] in _NOUNS
            or _event(tokens, quantity, at)
            or inside(tokens, at, at, len(tokens.tags))
        )
    ):
        return None
    if tokens.tags[at] == "V" and tokens.low[at] in _NOUNS and tokens.low[at + 1 : at + 2] == ["in"]:
        return phrase_after(tokens, determined(tokens, at + 2), False, "figure.measures.of")
    if tokens.tags[at] == "V" and quantity.kind in _UNTIED and (before < 0 or tokens.tags[before] not in "DN"):
        return None  # "only 10 percent chose trams", "gusts of 90mph felled trees"
    if quantity.kind == "percent" and opines(tokens, before + 1, at):
        return None
    phrase = phrase_after(tokens, at, False, "figure.measures.modified")
    if before >= 0 and tokens.tags[before] == "D":
        phrase = _up_to_verb(tokens, phrase)
    if phrase and quantity.kind == "age":
        phrase = _named(tokens, phrase)
    if phrase and before >= 0 and tokens.tags[before] == "D":
        phrase = phrase._replace(last=_past_plural(tokens, phrase.last))
    if phrase is None and _event(tokens, quantity, at):
        phrase = Phrase(at, at + 1, "figure.measures.modified")
    if phrase and quantity.kind == "age" and phrase.last - phrase.first == 1 and tokens.tags[before] == "D":
        return None if plural(tokens.low[phrase.first]) else phrase  # "the 34-year-old hopes"
    if (
        phrase
        and quantity.kind == "percent"
        and (tokens.tags[before] == "A" or (tokens.tags[before] == "N" and tokens.low[phrase.first] in _FILLED))
        and phrase.last - phrase.first == 1
        and _alone(tokens, phrase)
    ):
        return None
    if phrase is None or _tells_time(tokens, phrase):
        return None
    if tokens.low[phrase.last - 1] in _NOUNS and tokens.low[phrase.last - 2 : phrase.last] != ["storm", "surge"]:
        if phrase.last - phrase.first > 1 and tokens.low[phrase.last - 2].endswith("ing"):
            return phrase
        if phrase.last - phrase.first > 1:
            return phrase._replace(last=phrase.last - 1)
        if tokens.low[phrase.last : phrase.last + 1] in (["in"], ["of"], ["to"], ["for"], ["on"]):
            return phrase_after(tokens, determined(tokens, phrase.last + 1), False, "figure.measures.of") or phrase
    return phrase


def _named(tokens: Tokens, phrase: Phrase) -> Phrase:
    """A person's noun phrase up to the verb behind the name: "the 14-year-old son Ned | tested negative"."""
    for index in range(phrase.first + 1, phrase.last):
        if tokens.tags[index] == "V" and tokens.capital(index - 1) and not tokens.capital(index):
            return phrase._replace(last=index)
    return phrase


def _alone(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether one word after "is 40%" is an adjective that is said of the subject: "is 40% full"."""
    ends = phrase.last >= len(tokens.tags) or tokens.tags[phrase.last] in ".PC"
    return ends and not plural(tokens.low[phrase.first]) and not tokens.capital(phrase.first)


def _tells_time(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether a noun phrase is when, and not what: "5% last year", but "a 2ms response time"."""
    held = phrase.last - (tokens.low[phrase.last - 1] == "time" and phrase.last - phrase.first > 1)
    return any(tokens.low[index] in TIMELY for index in range(phrase.first, min(held, phrase.first + 2)))


def _past_plural(tokens: Tokens, last: int) -> int:
    """Over the singular nouns after a plural one where a determiner stands before the figure: "a £5m sports centre"."""
    if not plural(tokens.low[last - 1]):
        return last
    while tokens.tags[last : last + 1] == ["N"] and not plural(tokens.low[last]) and not is_date(tokens, last):
        last += 1
    return last


def _event(tokens: Tokens, quantity: Quantity, at: int) -> bool:
    """Whether a word that could be a verb is the noun that a hyphen or a determiner ties the figure to: "an 8-point win"."""
    before = tokens.at(quantity.start) - 1
    tied = "-" in tokens.text[quantity.start : quantity.end] or (before >= 0 and tokens.low[before] in ("a", "an"))
    return tied and (tokens.low[at] in _BOTH or tokens.low[at].endswith("ing"))


def _compound(tokens: Tokens, quantity: Quantity, at: int) -> bool:
    """Whether a word in -ing is part of a noun that the figure modifies: "a 12-litre mixing bowl"."""
    before = tokens.at(quantity.start) - 1
    if before >= 0 and tokens.tags[before] != "D" and not tokens.low[before].endswith(("'s", "’s")):
        return False
    return tokens.tags[at + 1 : at + 2] == ["N"] and not plural(tokens.low[at + 1]) and not tokens.capital(at + 1)


def _past_number(tokens: Tokens, at: int) -> int:
    """Over the number of another figure that modifies the same noun: "a 2-litre four-door car"."""
    if at + 2 < len(tokens.low) and (tokens.tags[at] == "#" or tokens.low[at] in _NUMERALS):
        after = at + 2 if tokens.low[at + 1] == "-" else at + 1
        return at if plural(tokens.low[after]) else after
    return at
