"""What is written as a number and is no figure: names, scores, references, addresses, bare years."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from onrecord.extract.figures.numerals import counts_one, counts_part, idiom, named_in_words
from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.scores import points_against, points_of_match, side_of_score
from onrecord.extract.figures.tokens import SMALL, Tokens, plural
from onrecord.extract.figures.years import bare_year
from onrecord.extract.lexicon import load

_NOT: Final = load("figures")["not_figures"]

_LABELS: Final = frozenset(_NOT["labels"])

_SOFT: Final = frozenset(_NOT["soft_labels"])

_NAMED: Final = frozenset(_NOT["named_labels"])

_MONTHS: Final = frozenset(_NOT["months"])

_QUOTES: Final = frozenset("\"'”’")

_LISTED = 16  # words of a list of references that are looked back over

_LISTING: Final = frozenset({"and", "or", ",", "to", "&"})

_STREETS: Final = frozenset(_NOT["streets"])

_WEEKDAYS: Final = frozenset(load("words")["weekdays"])

_STARTING: Final = frozenset(_NOT["starting"])

_LEFT_OUT: Final = frozenset(_NOT["left_out"])

_TIMED: Final = frozenset(_NOT["timed"])

_SERVICES: Final = frozenset(_NOT["services"])

_PLACING: Final = frozenset({"in", "at", "near", "across", "on", "by"})

_SCREENS: Final = frozenset(_NOT["screens"])

_THOUSAND = 1000

_LAST_HOUR = 23.59

_CLOCK: Final = re.compile(r"(?:1?\d|2[0-3])\.[0-5]\d")

_TIMES_AS = re.compile(
    r" (?:as|the|that|what|last|its|his|their|those|of that|her|our|more|larger|bigger|higher|greater|faster)\b"
)


def is_figure(tokens: Tokens, quantity: Quantity, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a quantity, with all that belongs to it, is a figure.

    Args:
        tokens: the words of its sentence.
        quantity: the number with its unit.
        taken: the spans of dates, sorted; a bare number in one of them is no figure.
    """
    first, after = tokens.at(quantity.start), tokens.at(quantity.end)
    if quantity.unit is not None:
        if tokens.text[quantity.end - 1] in _QUOTES and _within(quantity._replace(end=quantity.low_span[1]), taken):
            return False  # the quotation mark behind "October 15"
        lettered = quantity.end - quantity.low_span[1] == 1 and tokens.text[quantity.end - 1].isalpha()
        if lettered and first and tokens.low[first - 1] in _LABELS and tokens.capital(first - 1):
            return False  # "Figure 4c", "Flat 12C"
        if quantity.unit == "point" and points_of_match(tokens, quantity, first):
            return False
        return not (quantity.low == 1 and quantity.form == "words" and not quantity.ranged and idiom(tokens, first, quantity))
    if _within(quantity, taken):
        return False
    form = quantity.form
    if form == "fraction":
        return counts_part(tokens, quantity)
    if form == "multiplier":
        return tokens.text[quantity.end - 4 : quantity.end] == "fold" or bool(_TIMES_AS.match(tokens.text, quantity.end))
    if form in ("ratio", "vague"):
        return True
    if quantity.kind in ("age", "multiplier"):
        return True
    before = tokens.low[first - 1] if first else ""
    if before == "." and first > 1:
        before = tokens.low[first - 2]
    following = tokens.low[after] if after < len(tokens.low) else ""
    if form == "words" and tokens.text[quantity.end : quantity.end + 1] in ("'", "’"):
        return False
    if quantity.scale == 12 and tokens.text[quantity.start] in "dD":
        return following == "of" or plural(following)
    if form == "couple":
        return before != "the" and (following == "of" or plural(following))
    if quantity.scale == _THOUSAND and tokens.text[quantity.end - 1] in "kK" and following in _SCREENS:
        return False  # a 4K television
    if before == "-" and first > 1 and tokens.low[first - 2] == "under" and tokens.text[quantity.start - 2].isalpha():
        return False  # the under-12 side
    if before == "of" and tokens.low[max(0, first - 2) : first - 1] == ["group"] and tokens.capital(first - 2):
        return False  # the Group of 77
    if quantity.high <= _LAST_HOUR and _of_the_day(tokens, first, before, following):
        return False
    if before == "to" and first > 1 and points_against(tokens, quantity, first):
        return False
    if form == "words" and named_in_words(tokens, first, after):
        return False
    if form == "words" and not quantity.ranged and quantity.low in (0, 1):
        return counts_one(tokens, quantity, first, after)
    if _label(tokens, quantity, first, before, following, after) or _in_name(tokens, quantity, first, after):
        return False
    return not (_address(tokens, after) or bare_year(tokens, quantity, before, after) or side_of_score(tokens, quantity, after))


def _of_the_day(tokens: Tokens, first: int, before: str, following: str) -> bool:
    """Whether a bare number is a time of day: "opens at 7", "is listed for Tuesday at 10.30", "at five past three"."""
    if before in ("past", "to") and first > 1:
        return tokens.low[first - 2] in ("half", "quarter") or (before == "past" and tokens.low[first - 2] in SMALL)
    if following == "past" and before in ("at", "about", "around", "by", "until", "from"):
        return True
    if before != "at" or first < 2:
        return False
    if tokens.low[first - 2] in _STARTING:
        return True
    verb = first - 2
    while verb > max(0, first - _LISTED) and tokens.tags[verb] not in "VA.C":
        verb -= 1
    return tokens.low[verb] in _TIMED and following in (".", ",", "", "on", "today", "tomorrow")


def _within(quantity: Quantity, taken: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(taken, (quantity.start, 1 << 60)) - 1
    return index >= 0 and taken[index][0] <= quantity.start < taken[index][1] and quantity.end <= taken[index][1]


def _label(tokens: Tokens, quantity: Quantity, first: int, before: str, following: str, after: int) -> bool:
    """Whether a number stands behind a word that makes a reference of it: section 20, Articles 5 and 6, Year 6 pupils."""
    if not first or quantity.scale > 1 or tokens.text[quantity.start - 1] not in " -\u00a0#":
        return False
    if "," in tokens.text[quantity.start : quantity.end]:
        return False  # "the single sold 40,000 copies, the album 12,000"
    counted = plural(following) or (after + 1 < len(tokens.low) and tokens.tags[after] == "N" and plural(tokens.low[after + 1]))
    if before == "top" and first > 1 and tokens.tags[first - 2] in "RTA":
        return False  # "now top 40,000"
    if before in _LABELS or before.rstrip(".") in _LABELS:
        named = before in _NAMED and tokens.capital(first - 1) and quantity.form == "digits"
        return named or not (before in _SOFT and counted)
    return not counted and quantity.form == "digits" and _labelled(tokens, first - 1)


def _labelled(tokens: Tokens, index: int) -> bool:
    """Whether a list of references goes on: "sections 20 and 21", "dial 111 or 999"."""
    low, tags, least = tokens.low, tokens.tags, max(1, index - _LISTED)
    while index > least and low[index] in _LISTING:
        index -= low[index - 1] == ","
        if tags[index - 1] != "#":
            break
        index -= 2
    return index >= 0 and (
        low[index] in _LABELS or (tags[index] == "N" and low[index].endswith("s") and low[index][:-1] in _LABELS)
    )


def _in_name(tokens: Tokens, quantity: Quantity, first: int, after: int) -> bool:
    """A number between capitals: Apple Watch 5, Euro 2020, the 787 Dreamliner."""
    if quantity.scale > 1 or quantity.form != "digits" or quantity.ranged:
        return False
    following = tokens.low[after] if after < len(tokens.low) else ""
    if following in ("times", "percent"):
        return False
    if quantity.low == 0 and first and tokens.capital(first - 1):
        return True  # United 0
    if first > 1 and tokens.low[first - 1] == ":" and tokens.capital(first - 2) and following and tokens.capital(after):
        return True
    named = _named_by_number(tokens, quantity, first, after, following)
    if named is not None:
        return named
    if first and tokens.text[quantity.start - 1] == " " and tokens.capital(first - 1) and tokens.tags[first - 1] == "N":
        return _after_capital(
            tokens, quantity, first, plural(following) and tokens.tags[after] == "N" and not tokens.capital(after)
        )
    before_capital = following and tokens.text[quantity.end : quantity.end + 1] == " " and tokens.capital(after)
    return bool(before_capital) and tokens.tags[after] == "N" and _before_capital(tokens, quantity, first, after)


def _named_by_number(tokens: Tokens, quantity: Quantity, first: int, after: int, following: str) -> bool | None:
    """Whether a number alone names a thing, by the word before it: "the 787 was", "the 11.15 train", "the A300 and 747"."""
    text, words = tokens.text, tokens.text[quantity.start : quantity.end]
    if first and tokens.low[first - 1] in ("the", "a", "an"):
        alone = after >= len(tokens.tags) or (tokens.tags[after] in "VAP.C" and tokens.low[after] not in _LEFT_OUT)
        if _CLOCK.fullmatch(words) and (alone or (tokens.low[first - 1] == "the" and following in _SERVICES)):
            return True
        if alone and quantity.end + 1 < len(text):
            return text[quantity.end] != "-" and "." not in words and "," not in words
    if first > 3 and tokens.low[first - 1] in ("and", "or") and tokens.tags[first - 2] == "#" and not plural(following):
        model = tokens.capital(first - 3) and tokens.ends[first - 3] == tokens.starts[first - 2]
        if model and not text[quantity.end : quantity.end + 1].isalpha():
            return True
    return None


def _after_capital(tokens: Tokens, quantity: Quantity, first: int, counts: bool) -> bool:
    """Whether a number belongs to the name before it: "Apollo 11", but "in Leeds 40 homes"."""
    previous = tokens.low[first - 1]
    if previous in _WEEKDAYS or previous.rstrip(".") in _MONTHS:
        return not counts
    placed = first >= 2 and tokens.tags[first - 2] == "P" and tokens.low[first - 2] in _PLACING
    if counts and (placed or quantity.low >= 1000 or first == 1):
        return False
    return "," not in tokens.text[quantity.start : quantity.end] and quantity.low == int(quantity.low)


def _before_capital(tokens: Tokens, quantity: Quantity, first: int, after: int) -> bool:
    """Whether a number belongs to the name behind it: "the 787 Dreamliner", but "74 Airbus A320s"."""
    stop = after
    while stop < len(tokens.low) and stop - after < 5 and tokens.tags[stop] in "NC#":
        if plural(tokens.low[stop]) or (tokens.low[stop] == "s" and tokens.tags[stop - 1] == "#"):
            return False
        stop += 1
    joins = first > 1 and tokens.low[first - 1] in ("and", "or") and tokens.capital(first - 2) and quantity.low > 1
    return first > 0 and (tokens.tags[first - 1] == "N" or joins or (tokens.tags[first - 1] == "D" and quantity.low >= 100))


def _address(tokens: Tokens, after: int) -> bool:
    if after < len(tokens.low) and tokens.low[after] in ("quai", "rue", "via", "avenue", "boulevard") and tokens.capital(after):
        return True
    stop = after
    while stop < len(tokens.low) and stop - after < 4 and tokens.capital(stop):
        if tokens.low[stop].rstrip(".") in _STREETS and stop > after:
            return True
        stop += 1
    return False
