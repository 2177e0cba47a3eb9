"""Wordings that belong together: a date said twice, two that bound a time, one that lends its year to another."""

from collections.abc import Iterator

from onrecord.extract.dates.around import around
from onrecord.extract.dates.forms import Found
from onrecord.extract.dates.vocabulary import listed
from onrecord.extract.lexicon import words
from onrecord.extract.values import value

_SAYS_AGAIN = (" ", ", ", " (", ", the ")
_LENDS = (" and ", " or ", ", ")
_DAYS = ("date.day", "date.iso")
_WEEKDAYS = ("date.weekday", "date.relative_weekday", "date.relative_day")
_BOUNDS = frozenset(
    [
        "date.day",
        "date.iso",
        "date.month",
        "date.year",
        "date.weekday",
        "date.decade",
        "date.season",
        "date.quarter",
        "date.part",
    ]
)


@value
class Worded:
    """A mention as worded: `first` alone, or the interval from `first` to `last`; `year` is lent to both."""

    start: int
    end: int
    rule: str
    first: Found
    last: Found | None = None
    year: int | None = None


def joined(text: str, founds: list[Found]) -> Iterator[Worded]:
    """Put the wordings of one line together.

    Args:
        text: the article's text.
        founds: the line's wordings in order.

    >>> from onrecord.extract.dates.forms import scan
    >>> [worded.rule for worded in joined("from 2015 to 2019", list(scan("from 2015 to 2019", 0, 17)))]
    ['date.interval']
    """
    taken = 0
    for number, first in enumerate(founds):
        if number < taken:
            continue
        last = founds[number + 1] if number + 1 < len(founds) else None
        pair = last and _pair(text, first, last)
        if pair:
            taken = number + 2
            yield pair
        elif _habit(text, first, last):
            taken = number + 2
        elif not _short_weekday(first):
            yield Worded(first.start, first.end, first.rule, first, year=_lent(text, first, last))


def _pair(text: str, first: Found, last: Found) -> Worded | None:
    between = text[first.end : last.start]
    if between in _SAYS_AGAIN and (main := _fuller(first, last, between)):
        closed = between == " (" and text.startswith(")", last.end)
        return Worded(first.start, last.end + closed, "date.apposition", main)
    if _bounds(text, first, last, between):
        return Worded(first.start, last.end, "date.interval", first, last, _year(last) if _year(first) is None else None)
    return None


def _fuller(first: Found, last: Found, between: str) -> Found | None:
    """Of a date said twice the wording that says more."""
    if first.rule in _WEEKDAYS and last.rule in _DAYS:
        return last
    if between == " (" and last.rule == "date.weekday":
        return first if first.rule in (*_DAYS, "date.relative_day") else None
    return None


def _bounds(text: str, first: Found, last: Found, between: str) -> bool:
    if first.rule not in _BOUNDS or last.rule not in _BOUNDS or len(between) > 9:
        return False
    word, before = between.strip(), around(text, first.start, first.end).first
    if first.rule == last.rule == "date.weekday" and before not in ("from", "between"):
        return False
    return (word == "and" and before == "between") or (
        word in listed("lists", "until") and (before == "from" or first.rule == last.rule)
    )


def _habit(text: str, first: Found, last: Found | None) -> bool:
    """Open Monday to Friday: no day is meant."""
    return (
        last is not None
        and first.rule == last.rule == "date.weekday"
        and text[first.end : last.start].strip() in listed("lists", "until")
    )


def _short_weekday(found: Found) -> bool:
    return found.rule == "date.weekday" and found.groups["weekday"].lower() not in words("weekdays")


def _lent(text: str, first: Found, last: Found | None) -> int | None:
    """May 3 and June 7, 2019: the year stands for both."""
    if last is None or first.rule != last.rule or first.rule not in ("date.day", "date.month") or _year(first) is not None:
        return None
    return _year(last) if text[first.end : last.start] in _LENDS else None


def _year(found: Found) -> int | None:
    return int(found.groups["year"]) if "year" in found.groups else None
