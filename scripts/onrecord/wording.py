"""Figures and days in words: the one place that says how a row's cells read as a phrase or a sentence.

The cells are those of the table `figures`, by column; a column that is missing or empty says nothing.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
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

_GLUED = frozenset("%°")  # what is written without a space behind the number

# The denominators of which one says "a month"; of others "per household".
_PERIODS = frozenset(
    {"second", "minute", "hour", "day", "night", "week", "fortnight", "month", "quarter", "year", "decade", "century"}
)

_MINUS = "−"
_DECIMALS = 6  # more of them only come of a division: a third, one in 14,000
_SIGNIFICANT = 4  # digits that a number keeps of those
_POWER = 15  # from here on a number is told by its power of ten
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float) -> str:
    """A number with its thousands grouped, no more digits than one reads, and a minus that is no hyphen.

    >>> number(2500000.0), number(0.25), number(1 / 3), number(-2.0), number(1.99e30)
    ('2,500,000', '0.25', '0.3333', '−2', '1.99 × 10³⁰')
    """
    if value < 0:
        return f"{_MINUS}{number(-value)}"
    if value >= 10**_POWER or 0 < value < 10**-_DECIMALS:
        digits, power = f"{value:.{_SIGNIFICANT - 1}e}".split("e")
        return f"{digits.rstrip('0').rstrip('.')} × 10{str(int(power)).translate(_RAISED)}"
    if float(value).is_integer():
        return f"{value:,.0f}"
    whole = len(f"{value:.0f}") if value >= 1 else 1 + math.floor(math.log10(value))
    decimals = _DECIMALS if round(value, _DECIMALS) == value else max(0, _SIGNIFICANT - whole)
    return f"{value:,.{decimals}f}".rstrip("0" if decimals else "").rstrip(".")


def figure_value(cells: Cells) -> str:
    """A figure as one phrase: its change, its hedge, its number or range, its unit and its rate.

    >>> figure_value({"low": 200.0, "high": 500.0, "qualifier": "approximately", "kind": "mass", "unit": "kg", "per": "month"})
    'about 200 to 500 kg a month'
    >>> figure_value({"low": None, "high": 1e6, "kind": "money", "unit": "GBP", "change": "decrease"})
    'fall of up to £1,000,000'
    >>> figure_value({"low": 9.5, "high": 9.5, "kind": "money", "unit": "GBP", "per": "hour"})
    '£9.50 an hour'
    >>> figure_value({"low": -2.0, "high": -2.0, "kind": "temperature", "unit": "Cel", "unit_text": "C"})
    '−2°C'
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
    ('US$2,000,000', '40 tonnes a month')
    """
    return f"{_with_unit(number(value), [number(value)], cells)}{rate(cells)}"


def unit_words(cells: Cells, plural: bool = True) -> str:
    """A figure's unit as a data desk writes it, or as the article does where `wording.toml` has no word; nothing for counts.

    >>> unit_words({"kind": "duration", "unit": "mo"}), unit_words({"kind": "length", "unit": "[mi_i]"}, plural=False)
    ('months', 'mile')
    >>> unit_words({"kind": "speed", "unit": "[mi_i]/h", "unit_text": "miles per hour"})
    'mph'
    """
    unit = str(cells.get("unit") or "")
    words = _units().get(unit)
    return words[plural] if words else str(cells.get("unit_text") or unit)


@cache
def _units() -> Mapping[str, Sequence[str]]:
    """How a unit is written of one and of several, by its code."""
    written = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["units"]
    pairs = {unit: (words, words) if isinstance(words, str) else tuple(words) for unit, words in written.items()}
    return MappingProxyType(pairs)


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
    values = [value for value in ((low,) if low == high else (low, high)) if value is not None]
    pence = cells.get("kind") == "money" and any(value != int(value) for value in values)
    ends = [_pounds_and_pence(value) if pence else number(value) for value in values]
    return start + _with_unit(" to ".join(ends), ends, cells)


def _pounds_and_pence(value: float) -> str:
    """An amount with two decimals, unless it has more, as a price of petrol or a rate of exchange does."""
    return number(value) if round(value, 2) != value else f"{_MINUS if value < 0 else ''}{abs(value):,.2f}"


def _with_unit(amount: str, ends: list[str], cells: Cells) -> str:
    unit = cells.get("unit")
    if not unit:
        return f"{amount} {'time' if ends == ['1'] else 'times'}" if cells.get("kind") == "multiplier" else amount
    if cells.get("kind") == "money" and unit not in _units():
        sign = _SIGNS.get(unit, f"{unit} ")
        return " to ".join(f"{_MINUS}{sign}{end[1:]}" if end.startswith(_MINUS) else f"{sign}{end}" for end in ends)
    words = unit_words(cells, plural=ends != ["1"])
    gap = "" if words[:1] in _GLUED or words == "p" else " "
    return f"{amount}{gap}{words}{' old' if cells.get('kind') == 'age' else ''}"


def _measured(cells: Cells) -> str:
    measures = cells.get("measures")
    if not measures:
        return ""
    if cells.get("kind") in ("age", "multiplier"):
        return f" ({measures})"
    return f" {measures}" if cells.get("kind") in ("count", "rate") else f" of {measures}"
