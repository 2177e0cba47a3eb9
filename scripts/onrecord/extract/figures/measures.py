"""What a figure measures: the noun phrase after it, or the one that the sentence says it of."""

from typing import Final

from onrecord.extract.figures.phrases import (
    TIMELY,
    Phrase,
    determined,
    head_of,
    inside,
    is_date,
    phrase_after,
    phrase_before,
    phrase_of,
    skip_bracket,
)
from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.tokens import Tokens, plural
from onrecord.extract.lexicon import load

_FIGURES: Final = load("figures")

_WEAK: Final = frozenset(_FIGURES["classes"]["weak"])

_NOUNS: Final = frozenset(_FIGURES["change"]["nouns_up"]) | frozenset(_FIGURES["change"]["nouns_down"])

_NUMERALS: Final = frozenset(load("numbers")["small"])

_COMPARED: Final = frozenset({("up", "from"), ("down", "from"), ("compared", "with"), ("compared", "to")})

_SPAN = 30  # words looked back for a subject

_STRETCHED: Final = frozenset({"took", "takes", "take", "lasted", "lasts", "spent", "lasting", "taking", "spend"})


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
    return phrase_after(tokens, at, quantity.high != 1, "figure.measures.counted")


def shares(tokens: Tokens, first: int, floor: int) -> bool:
    """Whether a figure is said of what the one before it is said of: a conversion in brackets, "up from", "and"."""
    before = tokens.low[max(0, first - 2) : first]
    if not before or tokens.starts[first - 1] < floor:
        return False
    if tuple(before) in _COMPARED:
        return True
    between = range(tokens.at(floor), first)
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
    spent_in = quantity.kind == "money" and tokens.low[at : at + 1] == ["in"] and tokens.tags[at + 1 : at + 2] == ["N"]
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
    phrase = _subject(tokens, first + exceeding, floor)
    return None if bare and phrase and _weak(tokens, phrase) else phrase


def _stretched(tokens: Tokens, first: int) -> bool:
    """Whether the words before a stretch of time say what took so long: "lasted", "an average of"."""
    before = tokens.low[max(0, first - 2) : first]
    return bool(before) and (before[-1] in _STRETCHED or (before[-1] == "of" and before[0] in _WEAK))


def _said_of(tokens: Tokens, first: int) -> bool:
    """Whether a bare number is the value of a noun before it ("rose to 3.65"), or counts what is not named ("killed 3")."""
    index = first - 1
    while index > 0 and tokens.tags[index] in "RD":
        index -= 1
    return index >= 0 and (tokens.tags[index] in "APTN" or tokens.low[index] in (":", "(", "=", "totalled", "reached", "hit"))


def _weak(tokens: Tokens, phrase: Phrase) -> bool:
    return phrase.last - phrase.first == 1 and tokens.low[phrase.first] in _WEAK


def only_change(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether a phrase is nothing but a noun of change, which says little if anything better is found."""
    return phrase.last - phrase.first == 1 and tokens.low[phrase.first] in _NOUNS


def _modified(tokens: Tokens, quantity: Quantity, at: int) -> Phrase | None:
    """The noun that the figure stands before: a 10-mile run, a £2m grant, a 5 per cent rise in rents."""
    if tokens.text[quantity.end : quantity.end + 1] == "-" and at < len(tokens.low) and tokens.low[at] == "-":
        at += 1
    at = _past_number(tokens, at)
    if (
        at >= len(tokens.tags)
        or tokens.tags[at] == "G"
        or tokens.low[at] in TIMELY
        or not (tokens.tags[at] == "N" or inside(tokens, at, at, len(tokens.tags)))
    ):
        return None
    phrase = phrase_after(tokens, at, False, "figure.measures.modified")
    if phrase is None or any(tokens.low[index] in TIMELY for index in range(phrase.first, min(phrase.last, phrase.first + 2))):
        return None
    if tokens.low[phrase.last - 1] in _NOUNS:
        if phrase.last - phrase.first > 1:
            return phrase._replace(last=phrase.last - 1)
        if tokens.low[phrase.last : phrase.last + 1] in (["in"], ["of"], ["to"], ["for"]):
            return phrase_after(tokens, determined(tokens, phrase.last + 1), False, "figure.measures.of") or phrase
    return phrase


def _past_number(tokens: Tokens, at: int) -> int:
    """Over the number of another figure that modifies the same noun: "a 2-litre four-door car"."""
    if at + 2 < len(tokens.low) and (tokens.tags[at] == "#" or tokens.low[at] in _NUMERALS):
        after = at + 2 if tokens.low[at + 1] == "-" else at + 1
        return at if plural(tokens.low[after]) else after
    return at


def _subject(tokens: Tokens, first: int, floor: int) -> Phrase | None:
    """Walk back from the figure: over prepositions to the noun before them, over the verb to its subject."""
    tags, low = tokens.tags, tokens.low
    index, weak, verb, relative = first - 1, None, False, False
    while index >= 0 and first - index <= _SPAN:
        if tokens.starts[index] < floor:
            return None
        tag = tags[index]
        if tag == "N" and not is_date(tokens, index):
            phrase = phrase_before(tokens, index, floor, "figure.measures.subject" if verb else "figure.measures.before")
            if not verb and _predicate(tokens, phrase, index, first):
                verb, index = True, phrase.first - 1
                continue
            head = (
                head_of(tokens, phrase, floor)
                if (verb and not relative) or tags[min(index + 1, len(tags) - 1)] in "PT"
                else phrase
            )
            if not _weak(tokens, head):
                return head
            weak, index = weak or head, head.first - 1
            continue
        if tag in "VAG":
            verb = True
            index = _over_aside(tokens, index)
        elif (
            tag == "O"
            or (tag == "." and low[index] in ';.?!"“”' and index < first - 1)
            or (tag == "C" and not _passes(tokens, index, verb))
        ):
            return weak
        relative = relative or (tag == "C" and low[index] in ("which", "who", "that"))
        index -= 1
    return weak


def _passes(tokens: Tokens, index: int, verb: bool) -> bool:
    """Whether the search goes on over a conjunction: between years, or after "that" and "which" to the noun before."""
    if tokens.low[index] in ("and", "or", "as", "so", "yet"):
        return not verb or tokens.tags[index + 1 : index + 2] == ["#"]
    return tokens.low[index] in ("that", "which", "who") and verb


def _predicate(tokens: Tokens, phrase: Phrase, index: int, first: int) -> bool:
    """Whether one bare word between verb and preposition is an adjective: "was steep at 12 degrees"."""
    if phrase.last - phrase.first != 1 or plural(tokens.low[index]) or tokens.capital(index) or index + 1 >= first:
        return False
    before = phrase.first - 1
    while before > 0 and (tokens.tags[before] == "R" or tokens.low[before] in ("as", "so")):
        before -= 1
    return (
        before >= 0 and tokens.tags[before] in "VA" and tokens.tags[index + 1] in "PT" and tokens.low[index + 1] not in ("of",)
    )


def _over_aside(tokens: Tokens, index: int) -> int:
    """From a verb after a comma to the comma that opens the aside before it: "Rents, already high, rose"."""
    if index < 3 or tokens.low[index - 1] != ",":
        return index
    for opening in range(index - 3, max(index - 14, 0), -1):
        if tokens.low[opening] == ",":
            return opening if tokens.tags[opening - 1] == "N" else index
        if tokens.low[opening] in ";.:":
            break
    return index
