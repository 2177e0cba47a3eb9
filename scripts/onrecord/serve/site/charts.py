"""Where each mark of a chart stands, in the units of the SVG that a template draws: ranges on one axis, and ranges over time.

Templates draw them rather than a chart library: pygal writes a style and a script into each picture, matplotlib style
attributes, which the site's Content-Security-Policy refuses; altair's renderer is 84 MB and a JavaScript engine.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onrecord.wording import number

LEFT, RIGHT, ROW = 10, 630, 22  # of a picture 640 wide; a row's height
_WIDE = 100  # ends this many times apart are shown by their order of magnitude


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure's bar: its left end and width, the row it stands in, and the row of the table behind it."""

    x: float
    width: float
    y: int
    ours: bool
    figure: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars on an axis, and the axis's labels as (position, words)."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    height: int


def ranges(figures: Sequence[Mapping[str, Any]], ours: str = "") -> Chart | None:
    """The figures on one axis, None where none has a bound.

    >>> chart = ranges([{"figure_id": "f", "low": 0.0, "high": 10.0}])
    >>> chart.bars[0].x, chart.bars[0].width, chart.ticks
    (10.0, 620.0, ((10.0, '0'), (630.0, '10')))
    """
    bounded = [each for each in figures if each["low"] is not None or each["high"] is not None]
    if not bounded:
        return None
    ends = [end for each in bounded for end in (each["low"], each["high"]) if end is not None]
    low, high = min([0.0, *ends]) if max(ends) < _WIDE * min(ends) or min(ends) <= 0 else min(ends), max(ends)
    place = _scale(low, high)
    bars = tuple(_bar(each, place, low, high, row, ours) for row, each in enumerate(bounded))
    return Chart(bars, tuple((place(end), number(end)) for end in sorted({low, high})), len(bars) * ROW + 24)


TALL = 200  # the height of the plot of a chart over time


@dataclass(frozen=True, slots=True)
class Stroke:
    """A figure over time: where its day stands, and its upper and lower end."""

    x: float
    top: float
    bottom: float
    figure: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Times:
    """Strokes over days: the axes' labels are pairs of position and words."""

    strokes: tuple[Stroke, ...]
    days: tuple[tuple[float, str], ...]
    values: tuple[tuple[float, str], ...]


def over_time(figures: Sequence[Mapping[str, Any]]) -> Times | None:
    """The figures by the day of their article; None where there are no two days.

    >>> day = {"figure_id": "f", "low": 10.0, "high": 20.0, "published_on": "2026-01-01"}
    >>> chart = over_time([day, day | {"low": 0.0, "published_on": "2026-01-11"}])
    >>> [(stroke.x, stroke.top, stroke.bottom) for stroke in chart.strokes], chart.values
    ([(10.0, 0.0, 100.0), (630.0, 0.0, 200.0)], ((0.0, '20'), (200.0, '0')))
    """
    dated = [(date.fromisoformat(each["published_on"]).toordinal(), _ends(each), each) for each in figures if _dated(each)]
    days = [day for day, _, _ in dated]
    if len({*days}) < 2:
        return None
    ends = [end for _, pair, _ in dated for end in pair]
    low, high = min([0.0, *ends]), max(ends)
    across, up = _linear(min(days), max(days), LEFT, RIGHT), _linear(low, high, TALL, 0)
    strokes = tuple(Stroke(across(day), up(pair[1]), max(up(pair[0]), up(pair[1]) + 4), each) for day, pair, each in dated)
    labels = tuple((across(day), date.fromordinal(day).isoformat()) for day in (min(days), max(days)))
    return Times(strokes, labels, ((up(high), number(high)), (up(low), number(low))))


def _dated(figure: Mapping[str, Any]) -> bool:
    return figure["published_on"] is not None and (figure["low"] is not None or figure["high"] is not None)


def _ends(figure: Mapping[str, Any]) -> tuple[float, float]:
    """Both ends; an open one falls together with the other."""
    low, high = figure["low"], figure["high"]
    return (high if low is None else low), (low if high is None else high)


def _linear(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    return lambda value: round(start + (end - start) * (value - low) / ((high - low) or 1.0), 1)


def _scale(low: float, high: float) -> Callable[[float], float]:
    if low > 0 and high > low:
        return lambda value: LEFT + (RIGHT - LEFT) * math.log(value / low) / math.log(high / low)
    return _linear(low, high, LEFT, RIGHT)


def _bar(figure: Mapping[str, Any], place: Callable[[float], float], low: float, high: float, row: int, ours: str) -> Bar:
    """An open bound runs to the end of the axis."""
    start = place(figure["low"] if figure["low"] is not None else low)
    end = place(figure["high"] if figure["high"] is not None else high)
    return Bar(round(start, 1), round(max(end - start, 4), 1), row * ROW, figure["figure_id"] == ours, figure)
