"""What the words around a figure say of it: whether it is a change, where and when."""

import re
from collections.abc import Sequence
from typing import Final

from onrecord.extract.figures.quantity import Mark, Quantity
from onrecord.extract.figures.tokens import Tokens, word_class
from onrecord.extract.lexicon import load

_FIGURES: Final = load("figures")
_CHANGE: Final = _FIGURES["change"]
_CHANGES: Final[dict[str, str]] = dict.fromkeys(_CHANGE["increase"], "increase") | dict.fromkeys(
    _CHANGE["decrease"], "decrease"
)
_CHANGE_NOUNS: Final[dict[str, str]] = dict.fromkeys(_CHANGE["nouns_up"], "increase") | dict.fromkeys(
    _CHANGE["nouns_down"], "decrease"
)
_COMPARED: Final[dict[str, str]] = dict.fromkeys(_CHANGE["after_up"], "increase") | dict.fromkeys(
    _CHANGE["after_down"], "decrease"
)
_OF_WATER: Final = frozenset({"storm", "tidal"})
_MOVED = 6  # words between "in" and "of" in which what moves stands
_OF_THEIR_OWN: Final = frozenset({"growth", "loss", "shortfall", "discount"})  # these are measured, not what they are in
_OF_MANY: Final = frozenset({"average", "total", "maximum", "minimum"})
_NOT_FOR_MONEY: Final = frozenset(_CHANGE["not_for_money"])
_NOT_FOR_COUNTS: Final = frozenset(_CHANGE["not_for_counts"])
_PARTICLE_VERBS: Final = frozenset(_FIGURES["measures"]["particle_verbs"])
_NOT_PLACES: Final = frozenset(_FIGURES["classes"]["not_places"])
_NAME = r"[A-Z][\w’'-]+"
_PLACE = re.compile(
    rf"(?: [^\W\d_]+){{0,2}}? (?:in|through|across|throughout|around|outside|near) ({_NAME}(?: (?:of |and )?{_NAME}){{0,3}})"
)
_FOLLOWING = re.compile(r" (\d+|[a-z]+)")
_SHORT_PLACES: Final = frozenset({"UK", "USA", "US", "UAE"})
_CLAUSE = re.compile(r"[,;:.()\"“”–—]")
# A length before one of these says where: "sank two miles off Dover", but "cut two miles off the route".
_AWAY = re.compile(
    r" (?:(?:off|from|outside|beyond) "
    r"(?:the (?:[\w’'-]+ ){0,3}?(?:coast|shore|coastline|shoreline|beach|harbour|port|island)s?\b"
    r"|(?:the )?[A-Z]|(?:its |the )?(?:shore|land)\b)|(?:offshore|inland|out (?:to|at) sea|away)\b"
    r"|(?:due |to the |further )?(?:north|south|east|west|(?:north|south)[ -]?(?:east|west))\b)"
)
_DATED_BY = re.compile(r"^ $|[^\W_] $")
_NOT_DATED_BY = re.compile(r"\b(?:since|until|till|from|between|before|after|to|of|and)(?: the)? $")
_OPENS = re.compile(r"\W?(?:In|On|By|During|At the end of) (?:the )?$")
_NOUN_AFTER = re.compile(r" [^\W\d_]{3,}")
_YEAR, _DAY = 4, 10  # characters of a year and of a day
_OPENING = 16  # characters before a date that still opens the sentence
_DATED_WITHIN = 60  # characters between a figure and the date after it


def change(tokens: Tokens, quantity: Quantity, first: int) -> Mark | None:
    """Whether the figure is the size of a rise or a fall.

    Args:
        tokens: the sentence.
        quantity: the figure.
        first: the index of the first word of figure and qualifier.
    """
    before = tokens.low[first - 1] if first else ""
    timed = quantity.kind == "duration" and before != "by"
    if quantity.kind == "age" or timed or (quantity.ranged and before == "from"):
        return None
    if quantity.kind == "length" and _AWAY.match(tokens.text, quantity.end):
        return None
    if quantity.kind == "ratio" and not (quantity.form == "fraction" and (before == "by" or before in _CHANGES)):
        return None
    return _changed_before(tokens, quantity, first) or _changed_after(tokens, quantity)


def _changed_before(tokens: Tokens, quantity: Quantity, first: int) -> Mark | None:
    index = first - 1
    by = False
    while index >= 0 and first - index < 6:
        word = tokens.low[index]
        if word in ("by", "of", "as", "between"):
            by = by or word == "by"
            if word == "of" and tokens.low[index - 1] not in _OF_MANY:
                return _noun(tokens, index - 1) or _noun(tokens, moved_in(tokens, index))
            index -= word == "of"  # "went up by an average of 3%"
        elif word in _CHANGES:
            if word in ("up", "down") and index and tokens.low[index - 1] in _PARTICLE_VERBS:
                return None
            apposed = word in ("up", "down") and index > 1 and tokens.low[index - 1] == "," and tokens.tags[index - 2] == "#"
            return None if _excluded(word, quantity, by) and not apposed else _mark(tokens, index, _CHANGES[word])
        elif not (
            tokens.tags[index] == "R"
            or word
            in (
                "a",
                "an",
                "another",
                "further",
                "additional",
                "some",
                "the",
                "around",
                "about",
                "nearly",
                "almost",
                "it",
                "them",
                "up",
            )
        ):
            break
        index -= 1
    return _object_between(tokens, quantity, index) if by else None


def _object_between(tokens: Tokens, quantity: Quantity, index: int) -> Mark | None:
    """The verb before an object: "cut its budget by £5m"."""
    for position in range(index, max(index - 9, -1), -1):
        word = tokens.low[position]
        if word in _CHANGES and word not in ("up", "down", "off"):
            return None if _excluded(word, quantity, True) else _mark(tokens, position, _CHANGES[word])
        if word in _CHANGE_NOUNS:
            return _mark(tokens, position, _CHANGE_NOUNS[word])
        if tokens.tags[position] in ".C" and word not in ("and", "&") and not (position == index and word == ","):
            break
    return None


def _excluded(word: str, quantity: Quantity, by: bool) -> bool:
    if quantity.kind == "money" and word in _NOT_FOR_MONEY:
        return not by
    sized = quantity.kind in ("percent", "percentage_points", "money", "ratio") or quantity.unit == "point"
    return not sized and word in _NOT_FOR_COUNTS and not by


def _noun(tokens: Tokens, index: int) -> Mark | None:
    word = tokens.low[index] if index >= 0 else ""
    if word == "surge" and tokens.low[index - 1] in _OF_WATER:
        return None
    return _mark(tokens, index, _CHANGE_NOUNS[word]) if word in _CHANGE_NOUNS else None


def moved_in(tokens: Tokens, of: int) -> int:
    """The index of the noun before "in" and what moves, before "of": "a fall in sales of 20%"; -1 where there is none.

    Args:
        tokens: the sentence.
        of: the index of "of".
    """
    index = of - 1
    while index > max(0, of - _MOVED) and tokens.tags[index] in "ND" and tokens.low[index] != "in":
        index -= 1
    found = index < of - 1 and tokens.low[index] == "in" and tokens.low[index - 1] in _CHANGE_NOUNS
    return index - 1 if found and tokens.low[index - 1] not in _OF_THEIR_OWN else -1


def _mark(tokens: Tokens, index: int, value: str) -> Mark:
    return Mark(value, (tokens.starts[index], tokens.ends[index]))


def _changed_after(tokens: Tokens, quantity: Quantity) -> Mark | None:
    if quantity.unit is None and quantity.kind != "multiplier":
        return None
    rated = quantity.per_span is not None and quantity.per_span[0] >= quantity.end
    at = tokens.at(quantity.per_span[1] if quantity.per_span and rated else quantity.end)
    if tokens.low[at : at + 1] == ["-"]:
        at += 1
    word = tokens.low[at] if at < len(tokens.low) else ""
    if quantity.kind == "length" and word in ("up", "down"):
        return None  # "10km down"
    if word in ("up", "down") and _moves_another(tokens, at):
        return None
    if word in _COMPARED and tokens.low[at - 1] != "or":
        return _mark(tokens, at, _COMPARED[word])
    if quantity.kind not in ("percent", "percentage_points", "money", "other"):
        return None
    for index in range(at, min(at + 4, len(tokens.low))):
        if tokens.low[index] in _CHANGE_NOUNS:
            return _mark(tokens, index, _CHANGE_NOUNS[tokens.low[index]])
        if tokens.tags[index] != "N":
            break
    return None


def _moves_another(tokens: Tokens, at: int) -> bool:
    """Whether "up" or "down" tells of the figure behind it: "34% down 5 points", "4p up from 3p", but "5% up from June"."""
    at += 1 + (tokens.low[at + 1 : at + 2] == ["from"])
    while at < len(tokens.low) and tokens.low[at] in ("about", "around", "nearly", "almost", "by", "just", "over", "some"):
        at += 1
    year = len(tokens.low) > at and len(tokens.low[at]) == _YEAR and tokens.low[at][:2] in ("19", "20")
    return not year and (tokens.tags[at : at + 1] == ["#"] or tokens.low[at : at + 1] in (["£"], ["$"], ["€"]))


def place(text: str, after: int, end: int) -> Mark | None:
    """A place named right after a figure and what it measures: in, through or across a name, in the same clause."""
    if text[after : after + 1] != " ":
        return None
    match = _PLACE.match(text, after, min(end, after + 80))
    if match is None or any(
        word.lower().rstrip(".'’s") in _NOT_PLACES or word.lower() in _NOT_PLACES for word in match[1].split()
    ):
        return None
    if match[1].isupper() and match[1] not in _SHORT_PLACES:
        return None
    following = _FOLLOWING.match(text, match.end(), end)
    if following and (following[1].isdecimal() or word_class(following[1]) in "NG"):
        return None
    return Mark(match[1], match.span(1))


def as_of(text: str, quantity: Quantity, following: int, dates: Sequence[Mark]) -> Mark | None:
    """The date that plainly dates a figure.

    Args:
        text: the sentence.
        quantity: the figure.
        following: where the next figure starts, or the sentence's end.
        dates: the dates of the sentence, in order.
    """
    if quantity.kind == "multiplier":
        return None  # the date is that of what it is compared with: "twice as much as in April"
    for date in dates:
        start, _ = date.span
        if quantity.end <= start <= min(following, quantity.end + _DATED_WITHIN):
            between = text[quantity.end : start]
            if between.endswith(" on ") and len(date.value) != _DAY:
                return None  # "up 14% on last year"
            if between.endswith(" the ") and len(date.value) == _YEAR and _NOUN_AFTER.match(text, date.span[1]):
                return None  # "at the 2019 championships"
            return (
                date
                if _DATED_BY.search(between) and not _NOT_DATED_BY.search(between) and not _CLAUSE.search(between)
                else None
            )
    first = dates[0] if len(dates) == 1 else None
    if first is None or first.span[0] > _OPENING or first.span[1] > quantity.start:
        return None
    return first if _OPENS.match(text[: first.span[0]]) or text[first.span[1] : first.span[1] + 1] == "," else None
