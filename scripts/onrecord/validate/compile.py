"""One compiler from Table Schema to pandera: types, nulls, patterns, vocabularies, bounds, lengths and keys.

Written here because pandera's own reader of frictionless schemas loses foreign keys, formats and missing values and lets a
string pass as a date.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pandera.polars as pa
import polars as pl

from onrecord.cells import row_key
from onrecord.records import Violation
from onrecord.schemas import Field, TableSchema

# RFC 3986 in the part that matters for a link: an absolute address without white space.
_URI = r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"]+$"


def compile_schema(schema: TableSchema) -> pa.DataFrameSchema:
    """The pandera schema that enforces a Table Schema on a polars frame.

    Args:
        schema: a table of `schemas/` or of a package's descriptor.

    Returns:
        A schema to call `.validate(frame, lazy=True)` on; each check's error is what it expects, in words.

    >>> schema = __import__("onrecord.schemas").schemas.load_schemas()["reviews"]
    >>> list(compile_schema(schema).columns)[:2]
    ['review_id', 'resource']
    """
    keys = [key for key in (schema.primary_key, *schema.unique_keys) if key]
    return pa.DataFrameSchema(
        {field.name: _column(field, field.name in schema.primary_key) for field in schema.fields},
        checks=[_unique(key) for key in keys],
        strict=True,
        ordered=True,
    )


def check_table(frame: pl.DataFrame, schema: TableSchema, place: str | None = None) -> list[Violation]:
    """Everything about one table that its schema forbids.

    Args:
        frame: the typed table.
        schema: its schema.
        place: how the report calls it; the table's name unless given.

    Returns:
        One violation for each cell or row, rows counted as in a CSV file: the header is row 1.
    """
    place = place or schema.name
    try:
        compile_schema(schema).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases.sort("index", "column", "check", nulls_last=False, maintain_order=True)
        return [_violation(case, frame, schema, place) for case in cases.iter_rows(named=True)]
    return []


def _violation(case: dict[str, Any], frame: pl.DataFrame, schema: TableSchema, place: str) -> Violation:
    row, column = case["index"], case["column"]
    expected = "a value" if case["check"] == "not_nullable" else str(case["check"])
    if row is None:
        return Violation(place, expected, str(case["failure_case"]), field=column)
    found = "nothing" if case["check"] == "not_nullable" else repr(case["failure_case"]) if column else "the same again"
    return Violation(place, expected, found, row + 2, row_key(frame, schema, row), column)


def _column(field: Field, key: bool) -> pa.Column:
    required = key or bool(field.constraints.get("required", False))
    return pa.Column(
        field.dtype, checks=list(_checks(field)), nullable=not required, unique=bool(field.constraints.get("unique", False))
    )


def _checks(field: Field) -> Iterator[pa.Check]:
    column = pl.col(field.name)
    length = column.list.len() if field.type == "list" else column.str.len_chars() if field.type == "string" else None
    if field.type == "number":
        yield _check(column.is_finite(), "a finite number")
    if field.descriptor.get("format") == "uri":
        yield _check(column.str.contains(_URI), "an absolute web address")
    values = list(field.categories) or field.constraints.get("enum")
    if values:
        yield _check(column.is_in(values), f"one of {', '.join(map(str, values))}")
    for name, rule in field.constraints.items():
        match name:
            case "pattern":
                yield _check(column.str.contains(f"^(?:{rule})$"), f"a match of {rule}")
            case "minimum":
                yield _check(column >= _bound(field, rule), f"at least {rule}")
            case "maximum":
                yield _check(column <= _bound(field, rule), f"at most {rule}")
            case "minLength" if length is not None:
                yield _check(length >= rule, f"at least {rule} long")
            case "maxLength" if length is not None:
                yield _check(length <= rule, f"at most {rule} long")


def _bound(field: Field, value: Any) -> Any:
    readers: dict[str, Callable[[str], Any]] = {
        "date": date.fromisoformat,
        "datetime": lambda text: datetime.fromisoformat(re.sub("Z$", "+00:00", text)),
    }
    return readers[field.type](value) if field.type in readers else value


def _check(expression: pl.Expr, expected: str) -> pa.Check:
    return pa.Check(lambda data: data.lazyframe.select(expression), error=expected)


def _unique(key: tuple[str, ...]) -> pa.Check:
    return pa.Check(lambda data: data.lazyframe.select(pl.struct(key).is_unique()), error=f"{' + '.join(key)} to be unique")
