"""Dates and clock times in the lines around an article, read strictly.

No library reads them: dateutil and dateparser fill what is missing from the clock or the locale and skip what they do not
understand, and a date in a table must be the one that was written. Here a date has a day, a month and a year or it is
none; numbers with slashes are day first, as in the United Kingdom; a clock time whose zone's letters are unknown, or that
the change of the clocks skips or repeats, leaves only the date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from onrecord.source.lexicon import RULES, either

_DATES: dict[str, list[str]] = RULES["dates"]
_ZONES: dict[str, str] = RULES["zones"]
_MONTHS = {name: number for key in ("months", "short_months") for number, name in enumerate(_DATES[key], 1)} | {"sept": 9}
_MONTH, _DAY = either(_MONTHS), r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:{either(_DATES['weekdays'])}\.?,?\s+(?:the\s+)?)?(?<![\w/.-])(?:"
    rf"(?P<day_first>{_DAY}[\s-]+(?:of\s+)?{_MONTH}\.?,?[\s-]+\d{{4}})|(?P<month_first>{_MONTH}\.?\s+{_DAY},?\s+\d{{4}})"
    r"|(?P<iso>\d{4}-\d\d-\d\d)|(?P<slashed>\d{1,2}[/.]\d{1,2}[/.]\d{4}))(?!\d)"
)
_ZONE = rf"{either(_ZONES)}|[+-]\d\d:?\d\d\b|(?!{_MONTH})(?-i:[A-Z]{{2,5}})\b"
_CLOCK = (
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?(?!\d)|(?=\s*[ap]\.?m\b))"
    rf"\s*(?P<half>[ap]\.?m\b\.?)?\s*\(?(?P<zone>{_ZONE})?\)?"
)
# A page's text may have lost the space around a label: "3 Feb 2024Updated14:02".
_BEFORE, _AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
# Every part begins with a digit or with a letter of a few: where no such stands `re` looks no closer.
_FIRST = "".join(sorted({word[0] for words in (*_DATES.values(), _MONTHS) for word in words}))
_TOKEN = re.compile(
    rf"(?=[\d{_FIRST}])(?:(?P<updated>{_BEFORE}{either(_DATES['updated'], _AFTER)})"
    rf"|(?P<published>{_BEFORE}{either(_DATES['published'], _AFTER)})"
    rf"|(?P<date>{_DATE})|(?P<clock>{_CLOCK}))",
    re.IGNORECASE,
)
# Every date has a year that follows a day or month, or that a month and day follow; a line without one is not searched.
_YEAR = re.compile(r"\d{4}")
_GAPS = ",.-" + "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_BEFORE_YEAR = (*_MONTHS, *"0123456789/", "st", "nd", "rd", "th")
_NUMBER, _MONTH_NAME = re.compile(r"\d+"), re.compile(_MONTH, re.IGNORECASE)
# What may stand between the parts of a date line.
_JOIN = re.compile(r"(?:[\s,;:|/·•()–—-]|\bat\b|\bon\b|\band\b|T)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and, if it is known, the time in UTC; the day is the local one."""

    on: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date with its time as a line words it: where it stands, and whether the line calls it the published or updated one."""

    start: int
    end: int
    moment: Moment
    label: Literal["published", "updated"] | None = None


def moment(value: date, zone: str) -> Moment:
    """The moment of a date, a date-time with a zone, or a date-time at the given zone's wall clock.

    >>> moment(datetime(2022, 7, 1, 9, 30), "Europe/London").at.isoformat()
    '2022-07-01T08:30:00+00:00'
    """
    if not isinstance(value, datetime):
        return Moment(value)
    if value.tzinfo is None:
        return Moment(value.date(), _in_utc(value, ZoneInfo(zone)))
    # Systems write UTC wherever they stand; another offset is the place's own.
    local = value if value.utcoffset() else value.astimezone(ZoneInfo(zone))
    return Moment(local.date(), value.astimezone(UTC))


def read_stamps(line: str, zone: str) -> tuple[list[Stamp], str]:
    """Read the dates of a line.

    Args:
        line: one line of text; the caller keeps it short.
        zone: the IANA time zone of clock times that name none.

    Returns:
        The dates with their places in the line, and the words before the first of them (or its label). No dates if the
        line goes on after or between them: then it is a sentence that mentions a date.

    >>> stamps, before = read_stamps("By A. Bell | Updated 26th July 2022, 2:14 pm", "Europe/London")
    >>> stamps[0].label, stamps[0].moment.at.isoformat(), before
    ('updated', '2022-07-26T13:14:00+00:00', 'By A. Bell | ')
    """
    tokens = list(_TOKEN.finditer(line)) if _may_have_date(line) else []
    if not any(token["date"] for token in tokens):
        return [], line
    ends = [token.start() for token in tokens[1:]] + [len(line)]
    if not all(_JOIN.fullmatch(line, token.end(), end) for token, end in zip(tokens, ends, strict=True)):
        return [], line
    return list(_stamps(tokens, zone)), line[: tokens[0].start()]


def _may_have_date(line: str) -> bool:
    return any(
        line[year.end() : year.end() + 1] == "-" or line[: year.start()].rstrip(_GAPS).casefold().endswith(_BEFORE_YEAR)
        for year in _YEAR.finditer(line)
    )


def _stamps(tokens: list[re.Match[str]], zone: str) -> Iterator[Stamp]:
    """One stamp a date; the clock time before or after it and the label before it go with it."""
    for group in _groups(tokens):
        day = next((token for token in group if token["date"]), None)
        on = _day(day) if day else None
        if on is None:
            continue
        clock = next((token for token in group if token["clock"]), None)
        label = next((token for token in group if token["updated"] or token["published"]), None)
        spans = [token for token in group if token["date"] or token["clock"]]
        end = spans[-1].start() + len(spans[-1][0].rstrip(" ("))
        stamp = Stamp(spans[0].start(), end, Moment(on, _at(on, clock, zone) if clock else None))
        yield replace(stamp, label="updated" if label["updated"] else "published") if label else stamp


def _groups(tokens: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Cut the tokens of a line where a label opens a new date, or where a second date or second clock time begins."""
    groups: list[list[re.Match[str]]] = []
    for token in tokens:
        label = bool(token["updated"] or token["published"])
        same = "date" if token["date"] else "clock"
        if not groups or label or any(each[same] for each in groups[-1]):
            groups.append([])
        groups[-1].append(token)
    return groups


def _day(token: re.Match[str]) -> date | None:
    """The day that a date token names, or None where the calendar has no such day."""
    numbers = [int(number) for number in _NUMBER.findall(token["date"])]
    if token["iso"]:
        year, month, day = numbers
    elif token["slashed"]:
        day, month, year = numbers
    else:
        day, year = numbers
        name = _MONTH_NAME.search(token["day_first"] or token["month_first"])
        month = _MONTHS[name[0].lower()] if name else 0
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _at(on: date, clock: re.Match[str], zone: str) -> datetime | None:
    """The instant of a clock time on a day, or None where it is no time of day or its zone is not known."""
    hour, minute, second = (int(clock[part] or 0) for part in ("hour", "minute", "second"))
    if clock["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    where = _zone(clock["zone"], zone)
    if where is None or hour > 23 or minute > 59 or second > 59:
        return None
    return _in_utc(datetime.combine(on, time(hour, minute, second)), where)


def _zone(written: str | None, zone: str) -> tzinfo | None:
    if written is None:
        return ZoneInfo(zone)
    if written[0] in "+-":
        return datetime.strptime(written, "%z").tzinfo
    name = _ZONES.get(" ".join(written.lower().split()))
    return ZoneInfo(name) if name else None


def _in_utc(local: datetime, zone: tzinfo) -> datetime | None:
    """UTC of a wall clock time, or None in the hour that the change of the clocks skips or repeats."""
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return first.astimezone(UTC) if first.utcoffset() == second.utcoffset() else None
