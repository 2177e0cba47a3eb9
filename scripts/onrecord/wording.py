"""Figures and days in words: the one place that says how a row's cells read as a phrase or a sentence.

The cells are those of the table `figures`, by column; a column that is missing or empty says nothing.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

Cells = Mapping[str, Any]

VALUE_COLUMNS = ("low", "high", "qualifier", "kind", "unit", "unit_text", "per", "change")
"""What a figure's phrase is made of."""

_HEDGES: Mapping[str, str] = MappingProxyType(
    {
        "approximately": "about ",
        "more_than": "more than ",
        "at_least": "at least ",
        "less_than": "less than ",
        "at_most": "up to ",
    }
)
_CHANGES: Mapping[str, str] = MappingProxyType({"increase": "rise of ", "decrease": "fall of "})

# Only currencies whose sign stands for no other one; the rest is written with its code.
_SIGNS: Mapping[str, str] = MappingProxyType({"GBP": "£", "EUR": "€", "USD": "US$", "AUD": "A$", "CAD": "C$", "INR": "₹"})

_TIMES: Mapping[str, str] = MappingProxyType(
    {"a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour", "min": "minute", "s": "second"}
)

# The denominators of which one says "a month"; of others "per household".
_PERIODS = frozenset({*_TIMES.values(), "fortnight", "quarter", "decade", "night", "century"})


def number(value: float) -> str:
    """A number with its thousands grouped and no more digits than it has.

    >>> number(2500000.0), number(0.25)
    ('2,500,000', '0.25')
    """
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.10g}"


def figure_value(cells: Cells) -> str:
    """A figure as one phrase: its change, its hedge, its number or range, its unit and its rate.

    >>> figure_value({"low": 200.0, "high": 500.0, "qualifier": "approximately", "kind": "mass", "unit": "kg", "per": "month"})
    'about 200 to 500 kg a month'
    >>> figure_value({"low": None, "high": 1e6, "kind": "money", "unit": "GBP", "change": "decrease"})
    'fall of up to £1,000,000'
    """
    return f"{_amount(cells)}{rate(cells)}"


def figure_sentence(cells: Cells) -> str:
    """A figure as what one would say: its phrase with the thing that it measures.

    >>> figure_sentence({"low": 11.0, "high": 11.0, "kind": "count", "measures": "boats"})
    '11 boats'
    >>> mass = {"kind": "mass", "unit": "kg", "qualifier": "approximately", "per": "month", "measures": "class A drugs"}
    >>> figure_sentence(mass | {"low": 200.0, "high": 500.0})
    'about 200 to 500 kg of class A drugs a month'
    >>> figure_sentence({"low": 0.2, "high": 0.2, "kind": "ratio", "text": "one in five", "measures": "homes"})
    'one in five of homes'
    """
    return f"{_amount(cells)}{_measured(cells)}{rate(cells)}"


def group_words(cells: Cells) -> str:
    """What figures of one kind, unit and denominator have in common.

    >>> group_words({"kind": "mass", "unit": "kg", "per": "month"}), group_words({"kind": "count", "measures": "boats"})
    ('mass in kg a month', 'count of boats')
    """
    unit, thing = unit_words(cells), cells.get("measures")
    kind = str(cells["kind"]).replace("_", " ")
    return f"{kind}{f' of {thing}' if thing else ''}{f' in {unit}' if unit else ''}{rate(cells)}"


def rate(cells: Cells) -> str:
    """What a rate is reckoned on, such as " a month"; nothing where it is none.

    >>> rate({"per": "hour"}), rate({"per": "household"})
    (' an hour', ' per household')
    """
    per = cells.get("per")
    if not per:
        return ""
    article = ("an" if per == "hour" else "a") if per in _PERIODS else "per"
    return f" {article} {per}"


def end_words(value: float, cells: Cells) -> str:
    """One end of figures' range with their unit and rate, as an axis names it.

    >>> end_words(2e6, {"kind": "money", "unit": "USD"}), end_words(40, {"kind": "mass", "unit": "t", "per": "month"})
    ('US$2,000,000', '40 t a month')
    """
    return f"{_with_unit(number(value), [number(value)], cells)}{rate(cells)}"


def unit_words(cells: Cells, plural: bool = True) -> str:
    """A figure's unit as people write it; nothing for counts.

    >>> unit_words({"kind": "duration", "unit": "mo"}), unit_words({"kind": "length", "unit": "[mi_i]", "unit_text": "miles"})
    ('months', 'miles')
    """
    unit = str(cells.get("unit") or "")
    if cells.get("kind") in ("duration", "age") and unit in _TIMES:
        return _TIMES[unit] + ("s" if plural else "")
    if unit == "pp":
        return "percentage points"
    return str(unit if unit == "%" else cells.get("unit_text") or unit)


def day_words(day: str | None) -> str:
    """A day or month in ISO 8601 as people write it; anything else as it is.

    >>> day_words("2022-01-26"), day_words("2022-01"), day_words("2022")
    ('26 January 2022', 'January 2022', '2022')
    """
    try:
        return f"{(found := date.fromisoformat(day or '')).day} {found:%B %Y}"
    except ValueError:
        pass
    try:
        return f"{date.fromisoformat(f'{day}-01'):%B %Y}"
    except ValueError:
        return day or ""


def _amount(cells: Cells) -> str:
    low, high = cells.get("low"), cells.get("high")
    hedge = _HEDGES.get(cells.get("qualifier") or "", "")
    if not hedge and (low is None) != (high is None):
        hedge = "at least " if high is None else "up to "
    start = _CHANGES.get(cells.get("change") or "", "") + hedge
    if cells.get("kind") == "ratio" and cells.get("text"):
        return f"{start}{cells['text']}"
    ends = [number(value) for value in ((low,) if low == high else (low, high)) if value is not None]
    return start + _with_unit(" to ".join(ends), ends, cells)


def _with_unit(amount: str, ends: list[str], cells: Cells) -> str:
    unit = cells.get("unit")
    if not unit:
        return amount
    if cells.get("kind") == "money":
        sign = _SIGNS.get(unit, f"{unit} ")
        return " to ".join(f"{sign}{end}" for end in ends)
    words = unit_words(cells, plural=ends != ["1"])
    return f"{amount}{words}" if unit == "%" else f"{amount} {words}{' old' if cells.get('kind') == 'age' else ''}"


def _measured(cells: Cells) -> str:
    measures = cells.get("measures")
    if not measures:
        return ""
    if cells.get("kind") == "age":
        return f" ({measures})"
    return f" {measures}" if cells.get("kind") in ("count", "rate") else f" of {measures}"
