"""Exact conversion of units to SI, through pint; each unit costs one call for the life of the process."""

from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple

from onrecord.extract.lexicon import load

_YEARS: Final = frozenset({"a", "mo"})
_PER_YEAR: Final = {"month": 12, "quarter": 4, "year": 1}
_PER_OTHER: Final = {"second": "s", "minute": "min", "hour": "h", "day": "d", "week": "wk"}
_SI: Final = {
    "length": ("meter", "m"), "area": ("meter**2", "m2"), "volume": ("meter**3", "m3"), "mass": ("kilogram", "kg"),
    "speed": ("meter/second", "m/s"), "temperature": ("kelvin", "K"), "energy": ("joule", "J"), "power": ("watt", "W"),
    "pressure": ("pascal", "Pa"), "frequency": ("1/second", "Hz"), "duration": ("second", "s"),
}  # fmt: skip
_PLAIN: Final = {
    "%": ("0.01", "1"),
    "pp": ("0.01", "1"),
    "bp": ("0.0001", "1"),
    "[ppm]": ("0.000001", "1"),
    "[ppb]": ("0.000000001", "1"),
}
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
    if unit in _PLAIN:
        return Conversion(Decimal(_PLAIN[unit][0]), Decimal(0), _PLAIN[unit][1])
    if unit in _YEARS:
        return Conversion(Decimal(1) if unit == "a" else Decimal(1) / 12, Decimal(0), "a")
    entry = load("units").get(unit, {})
    target = _SI.get(entry.get("kind", ""))
    if "pint" not in entry or target is None:
        return None
    if kind == "age":
        years = {"wk": Decimal(7), "d": Decimal(1)}.get(unit)
        return Conversion(years / Decimal("365.25"), Decimal(0), "a") if years else None
    name, symbol = target
    return Conversion(Decimal(1), Decimal(0), symbol) if entry["pint"] == name else _through_pint(entry["pint"], name, symbol)


def _through_pint(name: str, target: str, unit: str) -> Conversion:
    if unit != "K":
        return Conversion(_tidy(_in_base_units(name) / _in_base_units(target)), Decimal(0), unit)
    # Nothing but a temperature has another zero.
    zero, one = [Decimal(_registry().convert(Decimal(each), name, target)) for each in (0, 1)]
    return Conversion(_tidy(one - zero), _tidy(zero), unit)


@cache
def _in_base_units(name: str) -> Decimal:
    return Decimal(_registry().get_root_units(name)[0])


def _tidy(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent that hides a whole number."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() and abs(value) < 10**18 else value


@cache
def _registry() -> Any:
    import pint  # costs half a second, which a text with none but SI units should not pay

    return pint.UnitRegistry(non_int_type=Decimal)


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
