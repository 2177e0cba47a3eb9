"""What a figure measures: the noun phrase after it, or the one that the sentence says it of."""

from typing import Final, NamedTuple

from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.tokens import PHRASE, Tokens, plural
from onrecord.extract.lexicon import load, words

_FIGURES: Final = load("figures")
_WEAK: Final = frozenset(_FIGURES["classes"]["weak"])
_TIMELY: Final = (
    frozenset(words("months"))
    | frozenset(words("weekdays"))
    | frozenset({"year", "years", "month", "months", "week", "weeks", "day", "days", "quarter", "night", "morning", "afternoon", "hour", "hours", "today", "time", "times"})
)
_NOUNS: Final = frozenset(_FIGURES["change"]["nouns_up"]) | frozenset(_FIGURES["change"]["nouns_down"])
_OPENERS: Final = frozenset({"other", "more", "further", "additional", "such", "new", "different", "extra", "own", "better", "higher", "lower", "early", "late", "long", "deep", "high", "likely"})
_SPAN = 30  # words looked back for a subject
_STRETCHED: Final = frozenset({"took", "takes", "take", "lasted", "lasts", "last", "spent", "takes", "lasting", "taking", "spend"})


class Phrase(NamedTuple):
    """A noun phrase as token indexes, end exclusive, and the rule that found it."""

    first: int
    last: int
    rule: str


def counted(tokens: Tokens, quantity: Quantity) -> Phrase | None:
    """The noun phrase that a bare number counts, if one follows it.

    >>> from onrecord.extract.figures.quantity import quantities
    >>> from onrecord.extract.figures.tokens import tokenise
    >>> text = "She keeps 14 small brown hens in a shed"
    >>> tokens = tokenise(text, 0, len(text))
    >>> found = counted(tokens, quantities(text, 0, len(text))[0])
    >>> tokens.low[found.first:found.last]
    ['small', 'brown', 'hens']
    """
    at = tokens.at(quantity.end)
    if tokens.text[quantity.end : quantity.end + 1] == "-":
        at += 1
        return _after(tokens, at + (tokens.low[at : at + 1] == ["strong"]), False, "figure.measures.counted")
    if quantity.form in ("vague", "couple", "ratio", "fraction") or tokens.low[at : at + 1] == ["of"]:
        if tokens.low[at : at + 1] == ["of"]:
            return _of(tokens, at)
        if quantity.form == "fraction":
            return _after(tokens, _determined(tokens, at), False, "figure.measures.of")
    return _after(tokens, at, quantity.high != 1, "figure.measures.counted")


def measured(tokens: Tokens, quantity: Quantity, first: int, floor: int) -> Phrase | None:
    """What a figure with a unit, or one with nothing to count after it, is said of; None when in doubt.

    Args:
        tokens: the sentence.
        quantity: the figure.
        first: the index of its first word, the qualifier before it included.
        floor: the offset where the figure before it ends; a search that comes so far has found nothing.
    """
    at = tokens.at(quantity.end)
    if quantity.per_span and quantity.per_span[0] >= quantity.end:
        at = tokens.at(quantity.per_span[1])
    if tokens.low[at : at + 1] == ["of"]:
        phrase = _of(tokens, at)
        if phrase:
            return phrase
    if quantity.kind == "duration":
        return _subject(tokens, first, floor) if first and tokens.low[first - 1] in _STRETCHED else None
    if quantity.kind != "count":
        phrase = _modified(tokens, quantity, at)
        if phrase:
            return phrase
    return _subject(tokens, first, floor)


def _determined(tokens: Tokens, at: int) -> int:
    while at < len(tokens.tags) and tokens.tags[at] == "D" and tokens.low[at] not in ("which", "what"):
        at += 1
    return at


def _of(tokens: Tokens, at: int) -> Phrase | None:
    return _after(tokens, _determined(tokens, at + 1), False, "figure.measures.of")


def _after(tokens: Tokens, at: int, want_plural: bool, rule: str) -> Phrase | None:
    """The noun phrase from a word on; a plural noun ends it, since what follows would be a verb or another phrase."""
    stop, seen, tags, low = at, False, tokens.tags, tokens.low
    limit = min(len(tags), at + PHRASE)
    while stop < limit:
        tag = tags[stop]
        if tag == "N" or _inside(tokens, stop, at, limit):
            if tokens.text[tokens.starts[stop] - 1] == "(":
                break
            stop += 1
            if tag == "N" and plural(low[stop - 1]):
                seen = True
                if not (stop < limit and tags[stop] == "N" and plural(low[stop]) and tokens.capital(stop)):
                    break
            continue
        break
    while stop > at and tags[stop - 1] not in "N#":
        stop -= 1
    if not seen and want_plural:
        stop = min(stop, at + 5)
    if stop > at and low[at] in _TIMELY and stop == at + 1:
        return None
    return Phrase(at, stop, rule) if stop > at else None


def _inside(tokens: Tokens, index: int, at: int, limit: int) -> bool:
    """Whether a word that is no noun by itself stands within a noun phrase."""
    tag, low, more = tokens.tags[index], tokens.low[index], index + 1 < limit and tokens.tags[index + 1] == "N"
    if index == at and low in _OPENERS:
        return more or (index + 1 < limit and low != "more")
    if tag == "V":
        return more and (low.endswith(("ed", "ing")) or index == at) and low not in ("including", "according", "said")
    if tag == "C":
        return more and index > at and low in ("and", "or") and tokens.tags[index - 1] == "N" and not plural(tokens.low[index - 1])
    if tag == "D":
        return index > at and low == "a" and tokens.text[tokens.starts[index]] == "A"
    if tag == "R":
        return more and low.endswith("ly") and index == at
    return tag == "." and low in "&/-" and more and index > at


def _modified(tokens: Tokens, quantity: Quantity, at: int) -> Phrase | None:
    """The noun that the figure stands before: a 10-mile run, a £2m grant, a 5 per cent rise in rents."""
    if tokens.text[quantity.end : quantity.end + 1] == "-":
        at += 1
    if at >= len(tokens.tags) or tokens.low[at] in _TIMELY or not (tokens.tags[at] == "N" or _inside(tokens, at, at, len(tokens.tags))):
        return None
    phrase = _after(tokens, at, False, "figure.measures.modified")
    if phrase is None or tokens.low[phrase.first] in _TIMELY:
        return None
    if tokens.low[phrase.last - 1] in _NOUNS:
        if phrase.last - phrase.first > 1:
            return phrase._replace(last=phrase.last - 1)
        if tokens.low[phrase.last : phrase.last + 1] in (["in"], ["of"], ["to"], ["for"]):
            return _after(tokens, _determined(tokens, phrase.last + 1), False, "figure.measures.of") or None
        return None
    return phrase


def _subject(tokens: Tokens, first: int, floor: int) -> Phrase | None:
    """Walk back from the figure: over prepositions to the noun before them, over the verb to its subject."""
    tags, low = tokens.tags, tokens.low
    index, weak, verb = first - 1, None, False
    rule = "figure.measures.before"
    while index >= 0 and first - index <= _SPAN and tokens.starts[index] >= floor:
        tag = tags[index]
        if tag == "N" and not _date(tokens, index):
            phrase = _back(tokens, index, floor, rule)
            if phrase.first == phrase.last:
                return weak
            head = _head(tokens, phrase, floor, rule) if verb or tags[min(index + 1, len(tags) - 1)] in "PT" else phrase
            if not (head.last - head.first == 1 and low[head.first] in _WEAK):
                return head
            weak = weak or head
            index = head.first - 1
            continue
        if tag in "VA":
            verb, rule = True, "figure.measures.subject"
        elif tag == "O" or (tag == "C" and (low[index] not in ("and", "or", "as", "so", "yet") or verb)):
            if tag == "C" and low[index] in ("that", "which", "who") and verb and index:
                index -= 1
                continue
            return weak
        elif tag == "." and low[index] in ";.?!\"“”" and index < first - 1:
            return weak
        index -= 1
    return weak


def _date(tokens: Tokens, index: int) -> bool:
    return tokens.low[index].rstrip(".") in _TIMELY


def _back(tokens: Tokens, index: int, floor: int, rule: str) -> Phrase:
    """The noun phrase that ends at a word."""
    first, tags = index, tokens.tags
    while first > 0 and index - first < PHRASE and tokens.starts[first - 1] >= floor:
        tag, low = tags[first - 1], tokens.low[first - 1]
        joined = tag == "." and low in "&/" and first > 1
        name = tag == "#" and first > 1 and tokens.capital(first - 2)
        premodifies = tag == "V" and low.endswith(("ed", "ing")) and first > 1 and tags[first - 2] in "DN" and tags[first] == "N"
        if not (tag == "N" or joined or name or premodifies) or _date(tokens, first - 1):
            break
        first -= 1
    return Phrase(first, index + 1, rule)


def _head(tokens: Tokens, phrase: Phrase, floor: int, rule: str) -> Phrase:
    """The noun phrase that others hang on by prepositions: "sales of bicycles in towns" is about sales of bicycles."""
    tags, low = tokens.tags, tokens.low
    for _ in range(4):
        index = phrase.first - 1
        while index > 0 and tags[index] == "D":
            index -= 1
        if index <= 0 or tags[index] not in "PT" or tags[index - 1] != "N" or tokens.starts[index - 1] < floor or low[index] in ("than", "as", "by", "because"):
            return phrase
        before = _back(tokens, index - 1, floor, rule)
        if before.first == before.last or _date(tokens, index - 1):
            return phrase
        phrase = before._replace(last=phrase.last) if low[index] == "of" else before
    return phrase
