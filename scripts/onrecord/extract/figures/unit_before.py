"""Quantities whose unit stands before the last word of their number: "an hour and a half", "a day or two"."""

import re
from typing import Final

from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.unit_words import kind_of, unit_named

_AND_A_HALF: Final = re.compile(r"\b(an?|past|last) ([a-z]+) and $")
_OR_TWO: Final = re.compile(r"\b([Aa]n?) ([a-z]+) or $")
_REACH = 24  # characters before the number's last word in which its unit is looked for


def with_unit_before(text: str, quantity: Quantity, floor: int) -> Quantity | None:
    """The quantity with the unit that is told before it, or None.

    Args:
        text: the sentence.
        quantity: a half or a two that has no unit behind it.
        floor: the offset where the figure before it ends.
    """
    if quantity.low == 1 / 2 and text.endswith(" and ", floor, quantity.start):
        return _read(text, quantity, _AND_A_HALF, floor)
    if quantity.low == quantity.high == 2 and quantity.form == "words" and text.endswith(" or ", floor, quantity.start):
        return _read(text, quantity, _OR_TWO, floor)
    return None


def _read(text: str, quantity: Quantity, pattern: re.Pattern[str], floor: int) -> Quantity | None:
    match = pattern.search(text, max(floor, quantity.start - _REACH), quantity.start)
    unit = unit_named(match[2]) if match else None
    if match is None or unit is None:
        return None
    start = match.start() if match[1].lower() in ("a", "an") else match.start(2)
    span = (start, quantity.end)
    halved = quantity.low == 1 / 2
    return quantity._replace(
        start=start, low=1.5 if halved else 1.0, high=1.5 if halved else 2.0, low_span=span, high_span=span, form="words",
        unit=unit, unit_span=match.span(2), kind=kind_of(unit), ranged=not halved,
        rule="figure.compound" if halved else "figure.range",
    )  # fmt: skip
