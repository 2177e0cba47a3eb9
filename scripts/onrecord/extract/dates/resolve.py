"""What a wording means on the day of publication: one small function a rule."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from onrecord.extract.dates import period
from onrecord.extract.dates.forms import Found
from onrecord.extract.dates.parts import part_of
from onrecord.extract.dates.period import Period
from onrecord.extract.dates.relative import RELATIVE, Groups, counted, nearest_month
from onrecord.extract.dates.vocabulary import nth, number
from onrecord.extract.lexicon import load
from onrecord.extract.values import value

_NEAR = timedelta(weeks=13)  # nobody leaves the year away of a day that is nine months off where this one is so near
_LEAP = 8  # years that may lie between two leap days


@value
class Setting:
    """What a wording is resolved against.

    `on` is the day of publication; `ahead` whether the sentence looks ahead (None: nothing tells); `year` a year that a
    joined wording lends, as 2020 in "from March to June 2020".
    """

    on: date | None
    ahead: bool | None = None
    year: int | None = None


def resolve(found: Found, setting: Setting) -> Period | None:
    """The period that a wording names; None for no day of the calendar, and for "yesterday" with no day of publication.

    >>> resolve(Found(0, 9, "date.relative_day", {"dayword": "yesterday"}), Setting(date(2022, 1, 26))).edtf
    '2022-01-25'
    """
    try:
        if found.rule in RELATIVE:
            return RELATIVE[found.rule](found.groups, setting.on, setting.ahead) if setting.on else None
        return _NAMED[found.rule](found.groups, setting)
    except (ValueError, OverflowError):  # February 31; a day before the year 1
        return None


def resolve_interval(first: Found, last: Found, setting: Setting) -> Period | None:
    """The time from one wording to another; where one has no year of its own, the year that lets the first come first.

    >>> march = Found(0, 5, "date.month", {"month": "March"})
    >>> june = Found(9, 18, "date.month", {"month": "June", "year": "2020"})
    >>> resolve_interval(march, june, Setting(None, year=2020)).edtf
    '2020-03/2020-06'
    """
    opening, closing = resolve(first, setting), resolve(last, setting)
    if opening and closing and closing.end < opening.start:
        if first.rule == last.rule == "date.weekday":
            opening = period.day(opening.start - timedelta(days=7))
        elif setting.year:
            opening = resolve(first, replace(setting, year=setting.year - 1))
        else:
            closing = _later(last, setting, opening)
    if not opening or not closing or closing.end < opening.start:
        return None
    return period.span(opening, closing)


def _later(last: Found, setting: Setting, opening: Period) -> Period | None:
    years = (opening.start.year, opening.start.year + 1)
    candidates = [resolve(last, replace(setting, year=year)) for year in years]
    return next((each for each in candidates if each and each.end >= opening.start), None)


def _year(words: Groups, setting: Setting) -> int | None:
    """The year as written, or of "last year", or lent."""
    if "year" in words:
        return int(words["year"])
    if "which" in words:
        return setting.on.year + number("which", words["which"]) if setting.on else None
    return setting.year


def _day(words: Groups, setting: Setting) -> Period | None:
    day, of = int(words["day"]), number("months", words["month"])
    if named := _year(words, setting):
        return period.day(date(named, of, day))
    return period.day(_nearest_day(setting.on, of, day, setting.ahead)) if setting.on else None


def _nearest_day(on: date, of: int, day: int, ahead: bool | None) -> date:
    date(2000, of, day)  # raises for a day that no year has
    years = range(on.year - _LEAP, on.year + _LEAP + 1)
    candidates = [date(year, of, day) for year in years if day < 29 or of != 2 or period.month(year, 2).end.day == 29]
    past, coming = max(each for each in candidates if each <= on), min(each for each in candidates if each >= on)
    if min(on - past, coming - on) <= _NEAR:
        return min((past, coming), key=lambda each: abs(on - each))
    return coming if ahead else past


def _days(words: Groups, setting: Setting) -> Period | None:
    first = _day(words, setting)
    return first and period.days(first.start, first.start.replace(day=int(words["day2"])))


def _month(words: Groups, setting: Setting) -> Period | None:
    of = number("months", words["month"])
    if named := _year(words, setting):
        return period.month(named, of)
    return nearest_month(setting.on, of, setting.ahead) if setting.on else None


def _plain_year(words: Groups, setting: Setting) -> Period:  # noqa: ARG001
    return period.year(int(words["year"]))


def _years(words: Groups, setting: Setting) -> Period:  # noqa: ARG001
    first, last = int(words["year"]), int(words["year2"])
    if last < 100:
        last += first // 100 * 100 + (100 if last < first % 100 else 0)
    return period.span(period.year(first), period.year(last))


def _decade(words: Groups, setting: Setting) -> Period:  # noqa: ARG001
    first = int(words["decade"]) if "decade" in words else 1900 + int(words["short"])
    return period.century(first) if first % 100 == 0 and first < 2000 else period.decade(first)


def _century(words: Groups, setting: Setting) -> Period:  # noqa: ARG001
    return period.century(100 * (nth(words["nth"]) - 1))


def _season(words: Groups, setting: Setting) -> Period | None:
    named = _year(words, setting)
    return period.part_of_year(named, number("seasons", words["season"])) if named else None


def _quarter(words: Groups, setting: Setting) -> Period | None:
    named, part, half = _year(words, setting), nth(words["nth"]), words.get("fraction", "").lower() == "half"
    if named is None or part > (2 if half else 4):
        return None
    return period.part_of_year(named, (39 if half else 32) + part)


def _part(words: Groups, setting: Setting) -> Period | None:
    whole = _whole(words, setting)
    return part_of(load("dates")["parts"][words["part"].lower()], whole) if whole else None


def _whole(words: Groups, setting: Setting) -> Period | None:
    if "decade" in words:
        return _decade(words, setting)
    if "nth" in words:
        return _century(words, setting)
    if "month" in words:
        return _month(words, setting)
    if "year" in words:
        return _plain_year(words, setting)
    step = number("which", words["which"]) if "which" in words else 0  # the end of the month: of this month
    return counted(setting.on, words["period"], step) if setting.on else None


def _iso(words: Groups, setting: Setting) -> Period:  # noqa: ARG001
    return period.day(date(int(words["year"]), int(words["digits"]), int(words["day"])))


def _numeric(words: Groups, setting: Setting) -> Period:  # noqa: ARG001
    """Day and month where one of them can only be the day, or both are the same; else no more than the year is sure."""
    of, first, second = int(words["year"]), int(words["day"]), int(words["digits"])
    if first == second or max(first, second) > 12:
        return period.day(date(of, min(first, second), max(first, second)))
    return period.year(of)


_NAMED: Mapping[str, Callable[[Groups, Setting], Period | None]] = MappingProxyType(
    {
        "date.day": _day,
        "date.days": _days,
        "date.month": _month,
        "date.year": _plain_year,
        "date.years": _years,
        "date.decade": _decade,
        "date.century": _century,
        "date.season": _season,
        "date.quarter": _quarter,
        "date.part": _part,
        "date.iso": _iso,
        "date.numeric": _numeric,
    }
)
