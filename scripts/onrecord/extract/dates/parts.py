"""A part of something longer: early 2020, mid-March, the end of the 19th century."""

from datetime import date, timedelta

from onrecord.extract.dates import period
from onrecord.extract.dates.period import Period

_THIRDS = ("first", "middle", "last")


def part_of(part: str, whole: Period) -> Period:
    """A part of a period.

    A year's thirds are EDTF's (37, 38, 39), its opening and closing an approximate first and last month; for anything
    else there is no code, so it is an interval between approximate bounds: a third, or for an opening or closing the
    same as the first or last third.

    Args:
        part: first, middle, last, opening or closing.
        whole: the period that it is a part of.

    >>> from onrecord.extract.dates.period import month, year
    >>> part_of("first", year(2020)).edtf, part_of("closing", year(2020)).edtf
    ('2020-37', '2020-12~')
    >>> part_of("middle", month(2021, 3)).edtf
    '2021-03-11~/2021-03-20~'
    """
    if whole.edtf.isdecimal():
        if part in _THIRDS:
            return period.part_of_year(whole.start.year, 37 + _THIRDS.index(part))
        return period.month(whole.start.year, 1 if part == "opening" else 12).approximate()
    third = {"opening": 0, "closing": 2}.get(part)
    return _third(whole, _THIRDS.index(part) if third is None else third)


def _third(whole: Period, third: int) -> Period:
    """Whole years of a decade or century, days of anything shorter."""
    first, years = whole.start.year, whole.end.year - whole.start.year + 1
    if years > 2:
        low, high = first + _cut(years, third), first + _cut(years, third + 1) - 1
        return Period(f"{low:04d}~/{high:04d}~", date(low, 1, 1), date(high, 12, 31))
    days = (whole.end - whole.start).days + 1
    low_day, next_day = (whole.start + timedelta(days=_cut(days, cut)) for cut in (third, third + 1))
    return period.stretch(low_day, next_day - timedelta(days=1) if third < 2 else whole.end)


def _cut(length: int, third: int) -> int:
    return length * third // 3
