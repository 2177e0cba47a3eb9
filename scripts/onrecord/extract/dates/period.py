"""Periods of time and how EDTF (Library of Congress, levels 0 to 2; ISO 8601-2) writes them."""

from calendar import monthrange
from datetime import date, timedelta

from onrecord.extract.values import value


@value
class Period:
    """A period in EDTF, with its first and last day."""

    edtf: str
    start: date
    end: date

    def approximate(self) -> "Period":
        """The same period, marked as approximate; an interval stays as it is.

        >>> year(2010).approximate().edtf
        '2010~'
        """
        single = "/" not in self.edtf and not self.edtf.endswith(("~", "X"))
        return Period(f"{self.edtf}~", self.start, self.end) if single else self


def day(on: date) -> Period:
    """A single day."""
    return Period(on.isoformat(), on, on)


def days(first: date, last: date) -> Period:
    """A run of days; one day where both are the same.

    >>> days(date(2021, 5, 10), date(2021, 5, 12)).edtf
    '2021-05-10/2021-05-12'
    """
    return day(first) if first == last else span(day(first), day(last))


def month(of: int, number: int) -> Period:
    """A calendar month."""
    return Period(f"{of:04d}-{number:02d}", date(of, number, 1), date(of, number, monthrange(of, number)[1]))


def months_later(on: date, count: int) -> Period:
    """The calendar month that lies `count` months after that of a day."""
    total = on.year * 12 + on.month - 1 + count
    return month(total // 12, total % 12 + 1)


def year(number: int) -> Period:
    """A calendar year."""
    return Period(f"{number:04d}", date(number, 1, 1), date(number, 12, 31))


def decade(number: int) -> Period:
    """The ten years in which a year lies.

    >>> decade(1994).edtf
    '199X'
    """
    first = number // 10 * 10
    return Period(f"{number // 10:03d}X", date(first, 1, 1), date(first + 9, 12, 31))


def century(number: int) -> Period:
    """The hundred years in which a year lies, as EDTF counts them: 1800 to 1899 is the 19th century.

    >>> century(1850).edtf
    '18XX'
    """
    first = number // 100 * 100
    return Period(f"{number // 100:02d}XX", date(first, 1, 1), date(first + 99, 12, 31))


# EDTF's numbers for a part of a year: its first month and how many months it has.
_PARTS = {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)}
_PARTS |= {33 + n: (1 + 3 * n, 3) for n in range(4)}
_PARTS |= {37 + n: (1 + 4 * n, 4) for n in range(3)}
_PARTS |= {40 + n: (1 + 6 * n, 6) for n in range(2)}


def part_of_year(of: int, code: int) -> Period:
    """A season (21-24), a quarter (33-36), a third (37-39) or a half (40-41) of a year.

    >>> part_of_year(2020, 22).end
    datetime.date(2020, 8, 31)
    """
    first, length = _PARTS[code]
    opening = month(of, first)
    return Period(f"{of:04d}-{code}", opening.start, months_later(opening.start, length - 1).end)


def week(on: date, weeks: int = 0) -> Period:
    """The week from Monday to Sunday that lies `weeks` after that of a day."""
    monday = on + timedelta(days=7 * weeks - on.weekday())
    return days(monday, monday + timedelta(days=6))


def span(first: Period, last: Period) -> Period:
    """From the start of one period to the end of another.

    >>> span(year(2015), year(2019)).edtf
    '2015/2019'

    Raises:
        ValueError: the second ends before the first starts.
    """
    if last.end < first.start:
        raise ValueError(f"expected {last.edtf} not to end before {first.edtf} starts")
    opening, closing = first.edtf.split("/")[0], last.edtf.split("/")[-1]
    return Period(f"{opening}/{closing}", first.start, last.end)


def stretch(first: date, last: date) -> Period:
    """Days between two approximate bounds: the middle of March."""
    return Period(f"{first.isoformat()}~/{last.isoformat()}~", first, last)
