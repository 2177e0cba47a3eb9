"""Where each mark of a chart stands, in the units of the SVG that a template draws: ranges on one axis, and ranges over time.

Templates draw them rather than a chart library: pygal writes a style and a script into each picture, matplotlib style
attributes, which the site's Content-Security-Policy refuses; altair's renderer is 84 MB and a JavaScript engine.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from onrecord.serve.display import unit_name
from onrecord.wording import end_words

Figure = Mapping[str, Any]

LEFT, RIGHT, ROW = 10, 630, 22  # of a picture 640 wide; a row's height
TALL = 200  # the height of the plot of a chart over time
_WIDE = 100  # ends this many times apart are shown by their order of magnitude
_TICKS = 5
_LABEL = 230  # what a label needs beside its bar


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
    """A figure's bar: its left end and width, the row it stands in, its label's place, and the row of the table behind it."""

    x: float
    width: float
    y: int
    label: float
    anchor: Literal["start", "end"]
    over: bool  # the label stands on the bar, which leaves no place beside it
    ours: bool
    figure: Figure


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars on an axis, and the axis's labels as (position, words)."""

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
    (10.0, 620.0, (10.0, '0'), (630.0, '10 tonnes'))
    """
    bounded = [each for each in figures if each["low"] is not None or each["high"] is not None]
    if not bounded:
        return None
    on = axis([end for each in bounded for end in _room(each)])
    bars = tuple(_bar(each, on, row, ours) for row, each in enumerate(bounded))
    ticks = tuple((on.place(value, LEFT, RIGHT), words) for value, words in _named(on, bounded[0]))
    return Chart(bars, ticks, on.logarithmic, len(bars) * ROW + 24)


def over_time(figures: Sequence[Figure]) -> Times | None:
    """The figures by the day of their article; None where there are no two days.

    >>> day = {"figure_id": "f", "low": 10.0, "high": 20.0, "published_on": "2026-01-01", "unit": None}
    >>> chart = over_time([day, day | {"low": 0.0, "published_on": "2026-01-11"}])
    >>> [(stroke.x, stroke.top, stroke.bottom) for stroke in chart.strokes], chart.values[-1]
    ([(10.0, 0.0, 100.0), (630.0, 0.0, 200.0)], (0.0, '20'))
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
    """An axis's ticks in words, the last with the unit of its figures."""
    unit = {"kind": figure.get("kind"), "unit": figure["unit"], "unit_text": unit_name(figure["unit"])}
    return [(value, end_words(value, unit if value == on.ticks[-1] else {})) for value in on.ticks]


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
    after, before = start + width + _LABEL < RIGHT, start - _LABEL > LEFT
    label = start + width + 6 if after or not before else start - 6
    over = not after and not before
    return Bar(
        round(start, 1),
        width,
        row * ROW,
        round(start + 6 if over else label, 1),
        "start" if after or over else "end",
        over,
        figure["figure_id"] == ours,
        figure,
    )
