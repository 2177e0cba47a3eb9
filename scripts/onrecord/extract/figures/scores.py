"""Scores of matches, which are no figures: 3-2, 24 points to 10."""

import re
from typing import Final

from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.tokens import Tokens, plural
from onrecord.extract.lexicon import load

_FIGURES: Final = load("figures")
_HYPHENATED: Final = frozenset(_FIGURES["not_figures"]["hyphenated"])
_RESULTS: Final = frozenset(_FIGURES["not_figures"]["results"])
_MOVES: Final = frozenset(_FIGURES["change"]["increase"]) | frozenset(_FIGURES["change"]["decrease"])
_SIDE = 3  # digits of what a side scored
_MOST_POINTS = 10**_SIDE - 1
_BEFORE = 4  # words before points among which a verb of rising or falling makes them those of an index
_TIGHT: Final = re.compile(r"\d{1,3}[-–]\d{1,3}")


def side_of_score(tokens: Tokens, quantity: Quantity, after: int) -> bool:
    """Whether a number belongs to two small ones with a hyphen, with nothing counted after them: 2-1, 6-4.

    Args:
        tokens: the sentence.
        quantity: the number, or the range that it was taken for.
        after: the index of the word after it.
    """
    text = tokens.text
    following = tokens.low[after] if after < len(tokens.low) else ""
    if quantity.ranged:
        tight = _TIGHT.fullmatch(text, quantity.start, quantity.end) is not None
        return tight and (not plural(following) or following in _RESULTS)
    behind, next_ = text[quantity.end : quantity.end + 1], text[quantity.end + 1 : quantity.end + 2]
    if behind in ("-", "–") and next_.isdecimal():
        return True
    if quantity.form == "digits" and _wickets(tokens, tokens.at(quantity.start), after):
        return True
    if quantity.start >= 2 and text[quantity.start - 1] in "-–" and text[quantity.start - 2].isdecimal():
        return True
    joined = behind == "-" and next_ != " " and after + 1 < len(tokens.low)
    return joined and tokens.low[after + 1].split("-")[0] in _HYPHENATED


def _wickets(tokens: Tokens, first: int, after: int) -> bool:
    """Whether a number is one of two that cricket joins, with nothing counted after them: "6 for 34", "212 for 8"."""
    low, tags = tokens.low, tokens.tags
    if low[after : after + 1] == ["for"] and tags[after + 1 : after + 2] == ["#"]:
        return tags[after + 2 : after + 3] != ["N"]
    return low[first - 1] == "for" and first > 1 and tags[first - 2] == "#" and tags[after : after + 1] != ["N"]


def points_of_match(tokens: Tokens, quantity: Quantity, first: int) -> bool:
    """Whether points are what one side scored: "won 22 points to 10", but not "fell 22 points to 7,010"."""
    low, at = tokens.low, tokens.at(quantity.end)
    scored = low[at : at + 1] == ["to"] and tokens.tags[at + 1 : at + 2] == ["#"]
    side = scored and low[at + 1].isdecimal() and len(low[at + 1]) <= _SIDE
    return side and quantity.high <= _MOST_POINTS and _played(tokens, first)


def points_against(tokens: Tokens, quantity: Quantity, first: int) -> bool:
    """Whether a bare number after "points to" is what the other side scored."""
    told = tokens.low[max(0, first - 2) : first] == ["points", "to"]
    return told and quantity.high <= _MOST_POINTS and _played(tokens, first - 2)


def _played(tokens: Tokens, first: int) -> bool:
    """Whether nothing before points says that they went up or down."""
    return _MOVES.isdisjoint(tokens.low[max(0, first - _BEFORE) : first])
