"""Exact conversion of units to SI, by the factors of `rules/units.toml`."""

from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from onrecord.extract.lexicon import load

_YEARS: Final = {"a": Decimal(1), "mo": Decimal(1) / 12}
_AGE: Final = {"d": 1 / Decimal("365.25"), "wk": 7 / Decimal("365.25")}
_PER_YEAR: Final = {"month": 12, "quarter": 4, "year": 1}
_PER_OTHER: Final = {"second": "s", "minute": "min", "hour": "h", "day": "d", "week": "wk"}
_SI: Final = {
    "length": "m", "area": "m2", "volume": "m3", "mass": "kg", "speed": "m/s", "temperature": "K", "energy": "J", "power": "W",
    "pressure": "Pa", "frequency": "Hz", "duration": "s", "percent": "1", "percentage_points": "1", "ratio": "1",
}  # fmt: skip
_DIGITS = 12


class Conversion(NamedTuple):
    """value * factor + offset, in a unit of the SI."""

    factor: Decimal
    offset: Decimal
    unit: str


@cache
def conversion(unit: str, kind: str) -> Conversion | None:
    """How a unit converts to SI; None where it does not (money, counts, index points).

    Args:
        unit: a code of `rules/units.toml`.
        kind: the kind of figure; an age is kept in years.

    >>> conversion("km", "length")
    Conversion(factor=Decimal('1000'), offset=Decimal('0'), unit='m')
    >>> conversion("mo", "age").unit
    'a'
    """
    if unit in _YEARS:
        return Conversion(_YEARS[unit], Decimal(0), "a")
    entry = load("units").get(unit, {})
    if "si" not in entry:
        return None
    if kind == "age":
        return Conversion(_AGE[unit], Decimal(0), "a") if unit in _AGE else None
    return Conversion(Decimal(entry["si"]), Decimal(entry.get("zero", 0)), _SI[entry["kind"]])


def to_si(
    low: float | None, high: float | None, unit: str | None, kind: str, per: str | None
) -> tuple[float | None, float | None, str | None]:
    """Both ends of a figure in SI units, to twelve significant digits; a rate per month or quarter as one per year.

    Args:
        low: the lower end, or None.
        high: the upper end, or None.
        unit: its unit's code, or None.
        kind: the kind of figure.
        per: its denominator, or None.

    Returns:
        low, high and the SI unit; all None where there is no exact conversion.

    >>> to_si(200.0, 500.0, "kg", "mass", "month")
    (2400.0, 6000.0, 'kg/a')
    """
    known = conversion(unit, kind) if unit else None
    if known is None:
        return None, None, None
    factor, name = known.factor, known.unit
    if per in _PER_YEAR:
        factor, name = factor * _PER_YEAR[per], f"{name}/a"
    elif per in _PER_OTHER:
        name = f"{name}/{_PER_OTHER[per]}"
    elif per is not None:
        return None, None, None
    return _converted(low, factor, known.offset), _converted(high, factor, known.offset), name


def _converted(value: float | None, factor: Decimal, offset: Decimal) -> float | None:
    return None if value is None else float(f"{Decimal(repr(value)) * factor + offset:.{_DIGITS}g}")
