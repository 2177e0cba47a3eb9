"""Where each mark of a chart stands, in the units of the SVG that a template draws: ranges on one axis, and ranges over time.

Templates draw them rather than a chart library: pygal writes a style and a script into each picture, matplotlib style
attributes, which the site's Content-Security-Policy refuses; altair's renderer is 84 MB and a JavaScript engine.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onrecord.serve.display import unit_name
from onrecord.wording import end_words, figure_sentence

Figure = Mapping[str, Any]

LEFT, RIGHT = 4, 356  # of a picture 360 wide, which a phone shows as large as it is
ROW = 30  # a label above its bar
TALL = 200  # the height of the plot of a chart over time
_WIDE = 100  # ends this many times apart are shown by their order of magnitude
_TICKS = 5
_LETTER = 7.2  # the width of one
_LABEL = 50  # letters


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis between round numbers, by order of magnitude where the ends lie far apart."""

    ticks: tuple[float, ...]
    logarithmic: bool

    def place(self, value: float, start: float, end: float) -> float:
        """Where a value stands between two ends of the picture."""
        low, high = self.ticks[0], self.ticks[-1]
        share = math.log(value / low) / math.log(high / low) if self.logarithmic else (value - low) / (high - low)
        return round(start + (end - start) * share, 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure's bar: its left end and width, its row's upper end, its label and where that begins, and the figure."""

    x: float
    width: float
    y: int
    label: float
    words: str
    ours: bool
    figure: Figure


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars on an axis, and the axis's ticks as (position, words), without words where there is no place for them."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    logarithmic: bool
    height: int


@dataclass(frozen=True, slots=True)
class Stroke:
    """A figure over time: where its day stands, and its upper and lower end."""

    x: float
    top: float
    bottom: float
    figure: Figure


@dataclass(frozen=True, slots=True)
class Times:
    """Strokes over days: the axes' labels are pairs of position and words."""

    strokes: tuple[Stroke, ...]
    days: tuple[tuple[float, str], ...]
    values: tuple[tuple[float, str], ...]
    logarithmic: bool


def axis(ends: Sequence[float]) -> Axis:
    """The axis on which these values stand.

    >>> axis([3.0, 11.0]).ticks, axis([2.0, 5e6]).ticks
    ((0.0, 5.0, 10.0, 15.0), (1.0, 100.0, 10000.0, 1000000.0, 100000000.0))
    """
    low, high = min(ends), max(ends)
    if low > 0 and high >= _WIDE * low:
        first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
        step = math.ceil((last - first) / _TICKS)
        return Axis(tuple(10.0**power for power in range(first, last + step, step)), True)
    low = min(0.0, low)
    wide = _round((high - low) / _TICKS)
    first = math.floor(low / wide)
    return Axis(tuple(number * wide for number in range(first, max(math.ceil(high / wide), first + 1) + 1)), False)


def _round(step: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is no less than a step."""
    power = 10.0 ** math.floor(math.log10(step)) if step > 0 else 1.0
    return next(times * power for times in (1, 2, 5, 10) if times * power >= step)


def ranges(figures: Sequence[Figure], ours: str = "") -> Chart | None:
    """The figures on one axis, None where none has a bound.

    >>> chart = ranges([{"figure_id": "f", "low": 0.0, "high": 10.0, "unit": "t"}])
    >>> chart.bars[0].x, chart.bars[0].width, chart.ticks[0], chart.ticks[-1]
    (4.0, 352.0, (4.0, '0'), (356.0, '10 tonnes'))
    """
    bounded = [each for each in figures if each["low"] is not None or each["high"] is not None]
    if not bounded:
        return None
    on = axis([end for each in bounded for end in _room(each)])
    bars = tuple(_bar(each, on, row, ours) for row, each in enumerate(bounded))
    ticks = [(on.place(value, LEFT, RIGHT), words) for value, words in _named(on, bounded[0])]
    return Chart(bars, _fitting(ticks), on.logarithmic, len(bars) * ROW + 24)


def over_time(figures: Sequence[Figure]) -> Times | None:
    """The figures by the day of their article; None where there are no two days.

    >>> day = {"figure_id": "f", "low": 10.0, "high": 20.0, "published_on": "2026-01-01", "unit": None}
    >>> chart = over_time([day, day | {"low": 0.0, "published_on": "2026-01-11"}])
    >>> [(stroke.x, stroke.top, stroke.bottom) for stroke in chart.strokes], chart.values[-1]
    ([(4.0, 0.0, 100.0), (356.0, 0.0, 200.0)], (0.0, '20'))
    """
    dated = [(date.fromisoformat(each["published_on"]).toordinal(), _ends(each), each) for each in figures if _dated(each)]
    days = [day for day, _, _ in dated]
    if len({*days}) < 2:
        return None
    on, first, last = axis([end for _, pair, _ in dated for end in pair]), min(days), max(days)
    strokes = []
    for day, (low, high), each in dated:
        top, across = on.place(high, TALL, 0), (day - first) / (last - first)
        x = round(LEFT + (RIGHT - LEFT) * across, 1)
        strokes.append(Stroke(x, top, max(on.place(low, TALL, 0), top + 4), each))
    labels = tuple((place, date.fromordinal(day).isoformat()) for place, day in ((LEFT, first), (RIGHT, last)))
    values = tuple((on.place(value, TALL, 0), words) for value, words in _named(on, dated[0][2]))
    return Times(tuple(strokes), labels, values, on.logarithmic)


def _named(on: Axis, figure: Figure) -> list[tuple[float, str]]:
    """An axis's ticks in words, the last with the unit and rate of its figures."""
    unit = {key: figure.get(key) for key in ("kind", "unit", "per")} | {"unit_text": unit_name(figure["unit"])}
    return [(value, end_words(value, unit if value == on.ticks[-1] else {})) for value in on.ticks]


def _fitting(ticks: Sequence[tuple[float, str]]) -> tuple[tuple[float, str], ...]:
    """Ticks from left to right without the words that would run into those of the first, the last, or the one before.

    >>> _fitting([(4.0, "0"), (90.0, "1,000"), (180.0, "10,000,000,000"), (356.0, "100,000,000,000 tonnes")])
    ((4.0, '0'), (90.0, '1,000'), (180.0, ''), (356.0, '100,000,000,000 tonnes'))
    """
    last = ticks[-1][0] - _LETTER * len(ticks[-1][1])
    free, found = 0.0, list[tuple[float, str]]()
    for place, words in ticks[:-1]:
        half = _LETTER * len(words) / 2
        fits = not found or (place - half > free and place + half < last)
        free = place + half if fits else free
        found.append((place, words if fits else ""))
    return (*found, ticks[-1])


def _dated(figure: Figure) -> bool:
    return figure["published_on"] is not None and (figure["low"] is not None or figure["high"] is not None)


def _ends(figure: Figure) -> tuple[float, float]:
    """Both ends; an open one falls together with the other."""
    low, high = figure["low"], figure["high"]
    return (high if low is None else low), (low if high is None else high)


def _room(figure: Figure) -> tuple[float, float]:
    """The ends that an axis has to hold: there is more room above a figure that is open there."""
    low, high = _ends(figure)
    return low, high * 1.2 if figure["high"] is None and high > 0 else high


def _bar(figure: Figure, on: Axis, row: int, ours: str) -> Bar:
    """An open bound runs to the end of the axis."""
    start = on.place(figure["low"], LEFT, RIGHT) if figure["low"] is not None else LEFT
    end = on.place(figure["high"], LEFT, RIGHT) if figure["high"] is not None else RIGHT
    width = round(max(end - start, 4), 1)
    words = figure_sentence(figure)
    words = words if len(words) <= _LABEL else f"{words[: _LABEL - 1].rstrip()}…"
    label = max(LEFT, min(start, RIGHT - _LETTER * len(words)))
    return Bar(round(start, 1), width, row * ROW, round(label, 1), words, figure["figure_id"] == ours, figure)
