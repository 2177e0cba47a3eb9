"""The records that number, unit and denominator are gathered in, and what is found around them."""

from typing import NamedTuple

from onrecord.extract.figures.numbers import Form

Span = tuple[int, int]


class Quantity(NamedTuple):
    """A number, or several that are one, with kind, unit and denominator, each with the span it was read from."""

    start: int
    end: int
    low: float
    high: float
    form: Form
    low_span: Span
    high_span: Span
    kind: str = "count"
    unit: str | None = None
    unit_span: Span | None = None
    signed: bool = False  # the unit stands before the number
    per: str | None = None
    per_span: Span | None = None
    scale: int = 1
    ranged: bool = False
    rule: str = "figure.number"


class Mark(NamedTuple):
    """A finding and the words it was read from."""

    value: str
    span: Span
