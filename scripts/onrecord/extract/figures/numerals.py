"""Numbers in words that count nothing: the pronoun one, the second half, the Group of Seven."""

import re
from typing import Final

from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.tokens import MOVES, Tokens, plural
from onrecord.extract.lexicon import load

_NOT: Final = load("figures")["not_figures"]

_ONE_BEFORE: Final = frozenset(_NOT["one_before"])

_ONE_AFTER: Final = frozenset(_NOT["one_after"])

_HYPHENATED: Final = frozenset(_NOT["hyphenated"])

_NOT_ONE: Final = frozenset({("at", "point"), ("on", "occasion"), ("on", "hand"), ("on", "side"), ("in", "sense")})

_AROUND = 30  # words on either side of a number in capitals that tell a headline from running text
_SHORT = 3  # letters of a word that a headline may write small

_HALF_AFTER = re.compile(r"[ ](?:of|the|its|their|his|her|our|my|your|all|a|an|those|these|that|as)\b")

_PART_AFTER = re.compile(r" (?:(?:of|the|more|less|fewer)\b|[a-z]{3,9}er than\b)")

_HALF_BEFORE = re.compile(
    r"\b(?:nearly|almost|about|over|than|by|least|in|around|roughly|just|only|under|up to) $", re.IGNORECASE
)


def idiom(tokens: Tokens, first: int, quantity: Quantity) -> bool:
    """One day, at one point: no measure unless something says how long or how far."""
    before = tokens.low[first - 1] if first else ""
    if quantity.unit in ("d", "point") and tokens.text[quantity.end - 1] != "%":
        return before not in (
            "in",
            "for",
            "than",
            "within",
            "about",
            "by",
            "only",
            "just",
            "least",
            "after",
            "and",
            "every",
            "to",
            "of",
            "or",
        )
    return before in _ONE_BEFORE and before not in ("only", "another", "last", "next", "first", "any", "every")


def counts_part(tokens: Tokens, quantity: Quantity) -> bool:
    """Whether a fraction in words is one, and no half-time, second half or half-mast."""
    words = tokens.text[quantity.start : quantity.end].lower()
    after = tokens.text[quantity.end : quantity.end + 1]
    first = tokens.at(quantity.start)
    if first and tokens.low[first - 1] in (
        "first",
        "second",
        "other",
        "latter",
        "better",
        "opening",
        "final",
        "top",
        "bottom",
        "last",
        "this",
    ):
        return False
    if after == " " and tokens.low[tokens.at(quantity.end) : tokens.at(quantity.end) + 1] in (["party"], ["person"], ["world"]):
        return False
    if words != "half":
        by = first
        while by > 0 and tokens.tags[by - 1] == "R":
            by -= 1
        sized = words[0] != "a" or words == "a half" or (by > 0 and (tokens.low[by - 1] == "by" or tokens.low[by - 1] in MOVES))
        sized = sized or (words == "a quarter" and tokens.tags[tokens.at(quantity.end) : tokens.at(quantity.end) + 1] == ["V"])
        return after != "-" and (sized or _PART_AFTER.match(tokens.text, quantity.end) is not None)
    if after == "-":
        return False
    return bool(
        _HALF_AFTER.match(tokens.text, quantity.end)
        or _HALF_BEFORE.search(tokens.text, max(0, quantity.start - 9), quantity.start)
    )


def counts_one(tokens: Tokens, quantity: Quantity, first: int, after: int) -> bool:
    """One before its noun counts; as a pronoun, in an idiom or after a determiner it does not."""
    if after >= len(tokens.low):
        return False
    glued = tokens.text[quantity.end : quantity.end + 1] == "-"
    index = after + 1 if glued else after
    following = tokens.low[index] if index < len(tokens.low) else ""
    before = tokens.low[first - 1] if first else ""
    if glued and following.split("-")[0] in _HYPHENATED:
        return False
    if quantity.low == 0:
        return index < len(tokens.tags) and tokens.tags[index] == "N" and not glued
    if (before, following) in _NOT_ONE:
        return False
    if before in _ONE_BEFORE or following in _ONE_AFTER or index >= len(tokens.tags):
        return False
    more = following in ("more", "other", "further", "additional", "such")
    return (
        tokens.tags[index] == "N"
        or more
        or (tokens.tags[index] == "V" and following.endswith("ed") and tokens.tags[min(index + 1, len(tokens.tags) - 1)] == "N")
    )


def named_in_words(tokens: Tokens, first: int, after: int) -> bool:
    """A number in words that is part of a name: the Group of Seven, Depression Three, the Ten Rings."""
    if not 0 < first < len(tokens.low) or not tokens.capital(first):
        return False
    follows = after < len(tokens.low) and tokens.capital(after)
    if tokens.low[first - 1] in ("of", "the"):
        back = first - 2 - (tokens.low[first - 2] == "of")
        if (back >= 0 and tokens.capital(back)) or (follows and tokens.low[first - 1] == "the"):
            return True  # the Seven Sisters
    owned = tokens.low[first - 1].endswith(("'s", "’s"))
    if (owned and follows) or (tokens.low[first - 1].isalpha() and not tokens.capital(first - 1)):
        return _in_running_text(tokens, first)  # "a Six Flags park", "News at Ten"
    return not follows and tokens.capital(first - 1) and tokens.tags[first - 1] == "N" and not plural(tokens.low[first - 1])


def _in_running_text(tokens: Tokens, first: int) -> bool:
    """Whether the words around a number are no headline, which writes nouns and verbs with capitals."""
    around = range(max(0, first - _AROUND), min(len(tokens.low), first + _AROUND))
    return any(tokens.tags[at] in "NV" and len(tokens.low[at]) > _SHORT and not tokens.capital(at) for at in around)
