"""Conversion to SI: exact, to twelve digits, and null where there is none."""

from decimal import Decimal

import pint
import pytest

from onrecord.extract.lexicon import load
from onrecord.extract.units import conversion, to_si

CASES = [
    (200.0, 500.0, "kg", "mass", "month", (2400.0, 6000.0, "kg/a")),
    (200.0, 500.0, "kg", "mass", "week", (200.0, 500.0, "kg/wk")),
    (200.0, 200.0, "kg", "mass", None, (200.0, 200.0, "kg")),
    (None, 6.0, "[mi_i]", "length", None, (None, 9656.064, "m")),
    (20.0, 20.0, "Cel", "temperature", None, (293.15, 293.15, "K")),
    (50.0, 50.0, "[degF]", "temperature", None, (283.15, 283.15, "K")),
    (12.5, 12.5, "%", "percent", None, (0.125, 0.125, "1")),
    (18.0, 18.0, "mo", "age", None, (1.5, 1.5, "a")),
    (3.0, 3.0, "d", "duration", None, (259200.0, 259200.0, "s")),
    (1.0, 1.0, "GBP", "money", "month", (None, None, None)),
    (7.0, 7.0, None, "count", "year", (None, None, None)),
    (5.0, 5.0, "kg", "mass", "head", (None, None, None)),
]


@pytest.mark.parametrize(("low", "high", "unit", "kind", "per", "wanted"), CASES)
def test_value_in_si(
    low: float | None,
    high: float | None,
    unit: str | None,
    kind: str,
    per: str | None,
    wanted: tuple[float | None, float | None, str | None],
) -> None:
    assert to_si(low, high, unit, kind, per) == wanted


def test_every_unit_that_names_pint_converts_as_pint_does() -> None:
    registry: pint.UnitRegistry[Decimal] = pint.UnitRegistry(non_int_type=Decimal)
    named = {code: entry for code, entry in load("units").items() if "pint" in entry}
    base = {code: registry.Quantity(Decimal(7), entry["pint"]).to_base_units() for code, entry in named.items()}
    found = {code: known for code, entry in named.items() if (known := conversion(code, entry["kind"])) and known.unit != "a"}
    assert {code: float(7 * known.factor + known.offset) for code, known in found.items()} == pytest.approx(
        {code: float(base[code].magnitude) for code in found}
    )
