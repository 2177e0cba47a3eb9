"""Records of figures: values by qualifier, SI values, evidence, ids and repeats."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.extract.figures.phrases import Phrase
from onrecord.extract.figures.quantity import Mark, Quantity, Span
from onrecord.extract.figures.tokens import Tokens
from onrecord.extract.units import to_si
from onrecord.hashing import normalise, row_id
from onrecord.records import Article, Figure, Statement, evidence_of

_NO_HIGH = frozenset({"more_than", "at_least"})
_NO_LOW = frozenset({"less_than", "at_most"})
_UNIT_RULES = {"money": "figure.money", "age": "figure.age"}
_DETERMINERS = ("the ", "a ", "an ")


class Found(NamedTuple):
    """A figure with all that its sentence says of it, before it is a record."""

    tokens: Tokens
    quantity: Quantity
    qualifier: Mark | None
    measures: Phrase | None
    change: Mark | None
    place: Mark | None
    as_of: Mark | None


def records(article: Article, found: list[tuple[int, Found]], statements: Sequence[Statement]) -> list[Figure]:
    """Make the records, each with an id of its words and their occurrence, later ones pointing to the first alike.

    Args:
        article: the article.
        found: its figures in order, each with the offset of its sentence, which all its spans count from.
        statements: what it reports, in whose words a figure may stand.
    """
    occurrences: dict[str, int] = {}
    firsts: dict[tuple[object, ...], str] = {}
    figures = []
    spans = [(offset + one.quantity.start, offset + one.quantity.end) for offset, one in found]
    for (offset, one), statement in zip(found, _around(spans, statements), strict=True):
        words = normalise(one.tokens.text[one.quantity.start : one.quantity.end])
        occurrence = occurrences.get(words, 0)
        occurrences[words] = occurrence + 1
        figure_id = row_id("figure", article.article_id, words, str(occurrence))
        figures.append(_record(article.article_id, offset, one, figure_id, statement, firsts))
    return figures


def _around(spans: list[Span], statements: Sequence[Statement]) -> Iterator[Statement | None]:
    """For each span, in order, the statement whose words hold it, the shortest where several do."""
    parts = [(part.start, part.end, statement) for statement in statements for part in statement.parts]
    parts.sort(key=lambda part: (part[0], -part[1]))
    position, opened = 0, list[tuple[int, int, Statement]]()
    for start, end in spans:
        while position < len(parts) and parts[position][0] <= start:
            opened.append(parts[position])
            position += 1
        opened = [part for part in opened if part[1] > start]
        around = [part for part in opened if part[1] >= end]
        yield min(around, key=lambda part: part[1] - part[0])[2] if around else None


def _record(
    article_id: str,
    offset: int,
    found: Found,
    figure_id: str,
    statement: Statement | None,
    firsts: dict[tuple[object, ...], str],
) -> Figure:
    text, quantity = found.tokens.text, found.quantity
    low, high = _bounds(quantity, found.qualifier)
    measures = _span_of(found)
    words = text[measures[0] : measures[1]] if measures else None
    low_si, high_si, si_unit = to_si(low, high, quantity.unit, quantity.kind, quantity.per)
    key = (quantity.kind, low, high, quantity.unit, quantity.per, _plain(words))
    repeats = firsts.setdefault(key, figure_id)
    return Figure(
        figure_id, article_id, text[quantity.start : quantity.end], _kind(quantity), low, high,
        offset + quantity.start, offset + quantity.end,
        qualifier=found.qualifier.value if found.qualifier else None,
        unit=quantity.unit,
        unit_text=text[quantity.unit_span[0] : quantity.unit_span[1]] if quantity.unit_span else None,
        per=quantity.per,
        measures=words,
        change="increase" if found.change and found.change.value == "increase" else "decrease" if found.change else None,
        place=found.place.value if found.place else None,
        as_of=found.as_of.value if found.as_of else None,
        low_si=low_si,
        high_si=high_si,
        si_unit=si_unit,
        repeats=None if repeats == figure_id else repeats,
        statement_id=statement.statement_id if statement else None,
        speaker_id=statement.speaker_id if statement else None,
        evidence=evidence_of([
            (field, offset + start, offset + end, rule)
            for field, (start, end), rule in _evidence(found, low, high, measures)
        ]),
    )  # fmt: skip


def _kind(quantity: Quantity) -> str:
    return "rate" if quantity.kind == "count" and quantity.per else quantity.kind


def _bounds(quantity: Quantity, mark: Mark | None) -> tuple[float | None, float | None]:
    """Low and high: an open bound where a qualifier makes it one; a range keeps both."""
    if mark is None or quantity.low != quantity.high:
        return quantity.low, quantity.high
    low = None if mark.value in _NO_LOW else quantity.low
    high = None if mark.value in _NO_HIGH else quantity.high
    return low, high


def _span_of(found: Found) -> Span | None:
    if found.measures is None:
        return None
    last = found.measures.last - 1
    owner = len("'s") if found.tokens.low[last].endswith(("'s", "’s")) else 0
    return found.tokens.starts[found.measures.first], found.tokens.ends[last] - owner


def _plain(words: str | None) -> str | None:
    if words is None:
        return None
    plain = normalise(words)
    return plain.partition(" ")[2] if plain.startswith(_DETERMINERS) else plain


def _evidence(found: Found, low: float | None, high: float | None, measures: Span | None) -> list[tuple[str, Span, str]]:
    """Field, span and rule of every cell that was read from words."""
    quantity = found.quantity
    whole, rule = (quantity.start, quantity.end), quantity.rule
    rows = [("text", whole, rule), ("kind", whole, rule)]
    if low is not None:
        rows.append(("low", quantity.low_span, rule))
    if high is not None:
        rows.append(("high", quantity.high_span, rule))
    if quantity.unit is not None:
        unit_rule = _UNIT_RULES.get(quantity.kind, "figure.unit")
        rows.append(("unit", quantity.unit_span or whole, unit_rule))
        if quantity.unit_span:
            rows.append(("unit_text", quantity.unit_span, unit_rule))
    if quantity.per_span:
        rows.append(("per", quantity.per_span, "figure.per"))
    if measures and found.measures:
        rows.append(("measures", measures, found.measures.rule))
    marks = (("qualifier", found.qualifier), ("change", found.change), ("place", found.place), ("as_of", found.as_of))
    return rows + [(field, mark.span, f"figure.{field}") for field, mark in marks if mark]
