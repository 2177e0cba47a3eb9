"""Wordings that are counted from the day of publication: yesterday, last Friday, two weeks ago."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from onrecord.extract.dates import period
from onrecord.extract.dates.period import Period
from onrecord.extract.dates.vocabulary import number, table

Groups = Mapping[str, str]
_STILL_THIS_WEEKEND = 2  # up to Wednesday, "this weekend" with a past tense is the one just gone
_DAYS = MappingProxyType({"day": 1, "week": 7, "fortnight": 14})


def counted(on: date, unit: str, count: int) -> Period:
    """The week, weekend, month, year, decade or century that lies `count` after the one around a day.

    >>> counted(date(2022, 1, 26), "month", -1).edtf
    '2021-12'
    """
    match unit:
        case "week":
            return period.week(on, count)
        case "weekend":
            saturday = period.week(on, count).start + timedelta(days=5)
            return period.days(saturday, saturday + timedelta(days=1))
        case "month":
            return period.months_later(on, count)
        case "year":
            return period.year(on.year + count)
        case "decade":
            return period.decade(on.year + 10 * count)
        case _:
            return period.century(on.year + 100 * count)


def nearest_month(on: date, of: int, ahead: bool | None) -> Period:
    """The month of a name around or before a day, or around or after it."""
    return period.month(on.year + (of < on.month) if ahead else on.year - (of > on.month), of)


def _weekday(words: Groups, on: date, ahead: bool | None) -> Period:
    day = number("weekdays", words["weekday"]) - 1
    if "which" in words:  # Friday last week
        return period.day(period.week(on, number("which", words["which"])).start + timedelta(days=day))
    step = (day - on.weekday()) % 7 if ahead else -((on.weekday() - day) % 7)
    return period.day(on + timedelta(days=step))


def _which_weekday(words: Groups, on: date, ahead: bool | None) -> Period:  # noqa: ARG001
    day, which = number("weekdays", words["weekday"]) - 1, number("which", words["which"])
    if which == 0:
        return period.day(period.week(on).start + timedelta(days=day))
    apart = (day - on.weekday()) * which % 7 or 7
    return period.day(on + timedelta(days=which * apart))


def _which_month(words: Groups, on: date, ahead: bool | None) -> Period:  # noqa: ARG001
    of, which = number("months", words["month"]), number("which", words["which"])
    if which < 0:
        return period.month(on.year - (of >= on.month), of)
    return period.month(on.year + (which > 0 and of <= on.month), of)


def _relative_day(words: Groups, on: date, ahead: bool | None) -> Period:  # noqa: ARG001
    step = number("daywords", words["dayword"]) if "dayword" in words else number("which", words["which"])
    return period.day(on + timedelta(days=step))


def _which_period(words: Groups, on: date, ahead: bool | None) -> Period:
    which = number("which", words["which"])
    if words.get("period") == "weekend" and which == 0 and ahead is False and on.weekday() <= _STILL_THIS_WEEKEND:
        return counted(on, "weekend", -1)
    if "period" in words:
        return counted(on, words["period"], which)
    return _which_season(on, number("seasons", words["season"]), which)


def _which_season(on: date, code: int, which: int) -> Period:
    """Last summer is the one that ended last, next summer the one that starts next, this summer that of the year."""
    if which == 0:
        return period.part_of_year(on.year, code)
    near = [period.part_of_year(year, code) for year in range(on.year - 2, on.year + 3)]
    if which < 0:
        return next(season for season in reversed(near) if season.end < on)
    return next(season for season in near if season.start > on)


def _ago(words: Groups, on: date, ahead: bool | None) -> Period:  # noqa: ARG001
    count, unit = table("counts").get(words["count"].lower()) or int(words["count"]), words["unit"]
    if unit in _DAYS:
        then = period.day(on - timedelta(days=_DAYS[unit] * count))
        return then if unit == "day" else then.approximate()
    if unit == "decade":
        return period.year(on.year - 10 * count).approximate()
    return counted(on, unit, -count).approximate()


RELATIVE: Mapping[str, Callable[[Groups, date, bool | None], Period]] = MappingProxyType(
    {
        "date.weekday": _weekday,
        "date.relative_day": _relative_day,
        "date.relative_weekday": _which_weekday,
        "date.relative_month": _which_month,
        "date.relative_period": _which_period,
        "date.ago": _ago,
    }
)
