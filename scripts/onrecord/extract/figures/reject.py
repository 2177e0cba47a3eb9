"""What is written as a number and is no figure: dates, times, names, scores, references, the pronoun one."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from onrecord.extract.figures.numbers import one_of
from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.tokens import Tokens, plural
from onrecord.extract.lexicon import load

_NOT: Final = load("figures")["not_figures"]
_LABELS: Final = frozenset(_NOT["labels"])
_SOFT: Final = frozenset(_NOT["soft_labels"])
_MONTHS: Final = frozenset(_NOT["months"])
_STREETS: Final = frozenset(_NOT["streets"])
_YEAR_BEFORE: Final = frozenset(_NOT["year_before"])
_ONE_BEFORE: Final = frozenset(_NOT["one_before"])
_ONE_AFTER: Final = frozenset(_NOT["one_after"])
_HYPHENATED: Final = frozenset(_NOT["hyphenated"])
_RESULTS: Final = frozenset(_NOT["results"])
_WEEKDAYS: Final = frozenset(load("words")["weekdays"])

_MONTH_NAMES = one_of(sorted(month.capitalize() for month in _MONTHS))
_DAY_BEFORE = re.compile(
    rf"\b(?:{_MONTH_NAMES})\.?,? (?:\d{{1,2}}(?:st|nd|rd|th)?(?:, ?| and | to | or |[-–])){{0,2}}(?:the )?$", re.IGNORECASE
)
_MONTH_AFTER = re.compile(rf"(?:[-–]\d{{1,2}})?[ -](?:of )?(?:{_MONTH_NAMES})\b")
_CLOCK = re.compile(rf" ?-?(?:{one_of(_NOT['clock'])})(?!\w)", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+?\d{2,5}[-. )]{1,2})?\d{3,5}[- ]\d{3,4}[- ]?\d{3,4}(?!\d)|\d{3}-\d{4}(?!\d)")
_LAST_WORD = re.compile(r"([^\W\d_]+)[-–]$")
_JOINS = frozenset({"sub", "minus", "to", "then", "near", "plus", "over", "under", "up"})
_MID_URL = re.compile(r"[@/\\_=]")
_HALF_AFTER = re.compile(r"[ ](?:of|the|its|their|his|her|our|my|your|all|a|an|those|these|that|as)\b")
_HALF_BEFORE = re.compile(
    r"\b(?:nearly|almost|about|over|than|by|least|in|around|roughly|just|only|under|up to) $", re.IGNORECASE
)
_TIMES_AS = re.compile(r" (?:as|the|that|what|its|his|their|those|of that|her|our|more|larger|bigger|higher|greater|faster)\b")


def surely_not(text: str, quantity: Quantity) -> bool:
    """Whether the signs around a number show that it is no figure of its own, before it is joined to others.

    >>> from onrecord.extract.figures.quantity import quantities
    >>> [surely_not(t, quantities(t)[0]) for t in ("9:30", "covid-19", "5G", "5 men")]
    [True, True, True, False]
    """
    return (
        _glued_before(text, quantity)
        or _glued_after(text, quantity)
        or (quantity.unit is None and quantity.form in ("digits", "words") and _date_or_time(text, quantity))
    )


def _glued_before(text: str, quantity: Quantity) -> bool:
    at = quantity.start
    if at == 0:
        return False
    last = text[at - 1]
    if last in " \u00a0(\n":
        return False
    if last.isalnum() or last in "#@_\\&":
        return True
    before = text[at - 2] if at > 1 else " "
    if last in "-–‑":
        word = _LAST_WORD.search(text[max(0, at - 12) : at])
        return word is not None and word[1].lower() not in _JOINS and last != "–"
    if last in ".:":
        return before.isdecimal() or (
            last == "." and before.isalpha() and quantity.unit is None and at > 1 and text[at - 1] != " "
        )
    return last == "/" and (before.isalnum() or before == "/")


def _glued_after(text: str, quantity: Quantity) -> bool:
    at = quantity.end
    if at >= len(text):
        return False
    next_, after = text[at], text[at + 1] if at + 1 < len(text) else " "
    if quantity.unit is None or quantity.signed:
        if next_.isalnum() or next_ in "_@":
            return True
        if next_ == "/" and (after.isalnum()) and quantity.form == "digits":
            return not (quantity.signed and after == "$") and after != "$"
        if next_ in "-–" and after.isupper() and quantity.form == "digits" and not text[at + 1 : at + 3].isalpha():
            return True
    if next_ == ":" and after.isdecimal():
        return True
    return next_ == "." and after.isdecimal()


def _date_or_time(text: str, quantity: Quantity) -> bool:
    if quantity.form == "digits" and quantity.scale == 1:
        first = text[quantity.start : quantity.end]
        if first[0] == "0" and len(first) > 1 and "." not in first:
            return True
        before = text[max(0, quantity.start - 28) : quantity.start]
        if quantity.high <= 31 or 1000 <= quantity.high <= 2100:
            if _DAY_BEFORE.search(before) or _MONTH_AFTER.match(text, quantity.end):
                return True
            if len(first) == 4 and _year(first, text, quantity, before):
                return True
        if _phone(text, quantity):
            return True
    return quantity.high <= 24 and _CLOCK.match(text, quantity.end) is not None


def _year(words: str, text: str, quantity: Quantity, before: str) -> bool:
    """A bare year after a word that goes before years; a plural noun after it does not save it."""
    if not words.isdecimal() or not "1000" <= words <= "2100":
        return False
    last = before.rstrip(" ").rsplit(" ", 1)[-1].lower().lstrip("(")
    return last in (
        "in",
        "since",
        "during",
        "until",
        "circa",
        "early",
        "late",
        "mid",
        "summer",
        "winter",
        "autumn",
        "spring",
        "year",
    ) and not (
        words < "1700"
        or (last == "in" and re.match(r" (?:people|men|women|children|homes)\b", text[quantity.end : quantity.end + 10]))
    )


def _phone(text: str, quantity: Quantity) -> bool:
    at, stop = quantity.start, quantity.end
    near = (at and text[at - 1] in "-+ )" and at > 1 and text[at - 2].isdecimal()) or (
        text[stop : stop + 1] in ("-", " ") and text[stop + 1 : stop + 2].isdecimal()
    )
    if not near:
        return False
    begin = max(0, at - 14)
    return any(m.start() + begin < stop and m.end() + begin > at for m in _PHONE.finditer(text[begin : stop + 14]))


def is_figure(tokens: Tokens, quantity: Quantity, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a quantity, with all that belongs to it, is a figure.

    Args:
        tokens: the words of its sentence.
        quantity: the number with its unit.
        taken: the spans of dates, sorted; a bare number in one of them is no figure.
    """
    first, after = tokens.at(quantity.start), tokens.at(quantity.end)
    if quantity.unit is not None:
        return not (quantity.low == 1 and quantity.form == "words" and _idiom(tokens, first, quantity))
    if _within(quantity, taken):
        return False
    form = quantity.form
    if form == "fraction":
        return _fraction(tokens, quantity)
    if form == "multiplier":
        return tokens.text[quantity.end - 4 : quantity.end] == "fold" or bool(_TIMES_AS.match(tokens.text, quantity.end))
    if form in ("ratio", "vague"):
        return True
    if quantity.kind == "age":
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
    if form == "words" and not quantity.ranged and quantity.low in (0, 1):
        return _one(tokens, quantity, first, after)
    if _label(tokens, quantity, first, before, following, after) or _in_name(tokens, quantity, first, after):
        return False
    return not (_address(tokens, after) or _bare_year(tokens, quantity, before, after) or _score(tokens, quantity, after))


def _within(quantity: Quantity, taken: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(taken, (quantity.start, 1 << 60)) - 1
    return index >= 0 and taken[index][0] <= quantity.start < taken[index][1] and quantity.end <= taken[index][1]


def _idiom(tokens: Tokens, first: int, quantity: Quantity) -> bool:
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


def _fraction(tokens: Tokens, quantity: Quantity) -> bool:
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
    if words != "half":
        return after != "-" and (
            words[0] not in "a" or tokens.text.startswith((" of ", " the "), quantity.end) or words == "a half"
        )
    if after == "-":
        return False
    return bool(
        _HALF_AFTER.match(tokens.text, quantity.end)
        or _HALF_BEFORE.search(tokens.text, max(0, quantity.start - 9), quantity.start)
    )


def _one(tokens: Tokens, quantity: Quantity, first: int, after: int) -> bool:
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
    if before in _ONE_BEFORE or following in _ONE_AFTER or index >= len(tokens.tags):
        return False
    more = following in ("more", "other", "further", "additional", "such")
    return (
        tokens.tags[index] == "N"
        or more
        or (tokens.tags[index] == "V" and following.endswith("ed") and tokens.tags[min(index + 1, len(tokens.tags) - 1)] == "N")
    )


def _label(tokens: Tokens, quantity: Quantity, first: int, before: str, following: str, after: int) -> bool:
    if first and before not in _LABELS and before.rstrip(".") not in _LABELS:
        return False
    if not first:
        return False
    if quantity.scale > 1 or tokens.text[quantity.start - 1] not in " -\u00a0#":
        return False
    counted = plural(following) or (after + 1 < len(tokens.low) and tokens.tags[after] == "N" and plural(tokens.low[after + 1]))
    return not (before in _SOFT and counted)


def _in_name(tokens: Tokens, quantity: Quantity, first: int, after: int) -> bool:
    """A number between capitals: Apple Watch 5, Euro 2020, the 787 Dreamliner."""
    text = tokens.text
    if quantity.scale > 1 or quantity.form != "digits" or quantity.ranged:
        return False
    following = tokens.low[after] if after < len(tokens.low) else ""
    if following in ("times", "percent"):
        return False
    if (
        first > 1
        and tokens.low[first - 1] == ":"
        and tokens.capital(first - 2)
        and after < len(tokens.low)
        and tokens.capital(after)
    ):
        return True
    if (
        first
        and tokens.low[first - 1] in ("the", "a", "an")
        and quantity.end + 1 < len(text)
        and (after >= len(tokens.tags) or tokens.tags[after] in "VAP.C")
    ):
        return text[quantity.end] not in "-" and "." not in text[quantity.start : quantity.end]
    counts = plural(following) and not tokens.capital(after)
    previous = tokens.low[first - 1] if first else ""
    if first and text[quantity.start - 1] == " " and tokens.capital(first - 1) and tokens.tags[first - 1] == "N":
        if previous in _WEEKDAYS or previous.rstrip(".") in _MONTHS:
            return not counts
        placed = (
            first >= 2 and tokens.tags[first - 2] == "P" and tokens.low[first - 2] in ("in", "at", "near", "across", "on", "by")
        )
        return (
            not (counts and (placed or quantity.low >= 1000 or first == 1))
            and "," not in text[quantity.start : quantity.end]
            and quantity.low == int(quantity.low)
        )
    if (
        after < len(tokens.low)
        and text[quantity.end : quantity.end + 1] == " "
        and tokens.capital(after)
        and tokens.tags[after] == "N"
    ):
        stop = after
        while stop < len(tokens.low) and stop - after < 5 and tokens.tags[stop] in "NC":
            if plural(tokens.low[stop]):
                return False
            stop += 1
        return tokens.tags[first - 1] == "N" if first else False
    return False


def _address(tokens: Tokens, after: int) -> bool:
    stop = after
    while stop < len(tokens.low) and stop - after < 4 and tokens.capital(stop):
        if tokens.low[stop].rstrip(".") in _STREETS and stop > after:
            return True
        stop += 1
    return False


def _bare_year(tokens: Tokens, quantity: Quantity, before: str, after: int) -> bool:
    words = tokens.text[quantity.low_span[0] : quantity.low_span[1]]
    if len(words) != 4 or not words.isdecimal() or not "1000" <= words <= "2100":
        return False
    following = tokens.low[after] if after < len(tokens.low) else ""
    if quantity.ranged and not plural(following):
        return words >= "1500"
    if plural(following) and not tokens.capital(after) and before not in _YEAR_BEFORE and not "1990" <= words <= "2035":
        return False
    if following in ("people", "men", "women", "children") and before not in ("in", "since", "the"):
        return False
    if "1500" <= words <= "2100":
        return before not in (
            "about",
            "around",
            "than",
            "least",
            "some",
            "nearly",
            "almost",
            "over",
            "roughly",
            "approximately",
        )
    return before in ("in", "since", "until", "circa") or (before in ("from", "between") and quantity.ranged)


def _score(tokens: Tokens, quantity: Quantity, after: int) -> bool:
    """2-1, 3-3, 6-4: two small numbers and a hyphen, with nothing counted after them."""
    text = tokens.text
    following = tokens.low[after] if after < len(tokens.low) else ""
    if quantity.ranged:
        between = text[quantity.start : quantity.end]
        tight = re.fullmatch(r"\d{1,3}[-–]\d{1,3}", between) is not None
        return tight and (not plural(following) or following in _RESULTS)
    if text[quantity.end : quantity.end + 1] in ("-", "–") and text[quantity.end + 1 : quantity.end + 2].isdecimal():
        return True
    if quantity.start >= 2 and text[quantity.start - 1] in "-–" and text[quantity.start - 2].isdecimal():
        return True
    if (
        text[quantity.end : quantity.end + 1] == "-"
        and text[quantity.end + 1 : quantity.end + 2] != " "
        and after + 1 < len(tokens.low)
    ):
        return tokens.low[after + 1].split("-")[0] in _HYPHENATED
    return False


def after_name(tokens: Tokens, quantity: Quantity) -> Quantity:
    """Make an age of a number between commas, or in brackets, after a person's name."""
    text = tokens.text
    if (
        quantity.unit
        or quantity.form not in ("digits", "words")
        or quantity.ranged
        or not 0 < quantity.high <= 110
        or quantity.scale > 1
    ):
        return quantity
    first, after = tokens.at(quantity.start), tokens.at(quantity.end)
    if first < 2 or quantity.low != int(quantity.low):
        return quantity
    opening, closing = tokens.low[first - 1], tokens.low[after] if after < len(tokens.low) else "."
    name = tokens.capital(first - 2) and tokens.tags[first - 2] == "N" and tokens.low[first - 2] not in _MONTHS | _WEEKDAYS
    two = first > 2 and tokens.capital(first - 3) and tokens.tags[first - 3] == "N"
    commas = opening == "," and closing in (",", ";", ".") and text[quantity.start - 1] == " "
    if name and ((two and opening == "(" and closing == ")") or (commas and (two or closing == ","))):
        return quantity._replace(kind="age", unit="a", rule="figure.age.after_name")
    return quantity
