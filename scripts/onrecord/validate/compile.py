"""One compiler from Table Schema to pandera: types, nulls, patterns, vocabularies, bounds, lengths and keys.

Written here because pandera's own reader of frictionless schemas loses foreign keys, formats and missing values and lets a
string pass as a date. Loading pandera takes half a second, which tables that hold need not wait for.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from onrecord.cells import row_key
from onrecord.records import Violation, as_told
from onrecord.schemas import Field, TableSchema

if TYPE_CHECKING:
    import pandera.polars as pa

# RFC 3986 in the part that matters for a link: an absolute address without white space.
_URI = r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"]+$"


def compile_schema(schema: TableSchema) -> "pa.DataFrameSchema":
    """The pandera schema that enforces a Table Schema on a polars frame.

    Args:
        schema: a table of `schemas/` or of a package's descriptor.

    Returns:
        A schema to call `.validate(frame, lazy=True)` on; each check's error is what it expects, in words.

    >>> schema = __import__("onrecord.schemas").schemas.load_schemas()["reviews"]
    >>> list(compile_schema(schema).columns)[:2]
    ['review_id', 'resource']
    """
    import pandera.polars as pa

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
    if _holds(frame, schema):
        return []
    from pandera.errors import SchemaErrors

    try:
        compile_schema(schema).validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases.sort("index", "column", "check", nulls_last=False, maintain_order=True)
        return [_violation(case, frame, schema, place) for case in cases.iter_rows(named=True)]
    return []


def _holds(frame: pl.DataFrame, schema: TableSchema) -> bool:
    """Whether a table keeps its schema, asked in one pass over its columns.

    pandera asks check by check and remembers row by row, which a table of a million right rows need not wait for.
    """
    if frame.schema != schema.dtypes:
        return False
    keys = [key for key in (schema.primary_key, *schema.unique_keys) if key]
    required = [pl.col(field.name).is_null() for field in schema.fields if _required(field, field.name in schema.primary_key)]
    single = [pl.col(field.name).is_duplicated() for field in schema.fields if field.constraints.get("unique")]
    wrong = [~condition for field in schema.fields for condition, _ in _conditions(field, once=True)] + required + single
    asked = frame.select(condition.any().alias(str(number)) for number, condition in enumerate(wrong))
    return not any(asked.row(0)) and all(_is_unique(frame.select(key)) for key in keys)


def _is_unique(key: pl.DataFrame) -> bool:
    """Whether no two rows are equal; where all of their hashes differ, rows need not be compared."""
    return key.hash_rows().n_unique() == key.height or key.n_unique() == key.height


def _violation(case: dict[str, Any], frame: pl.DataFrame, schema: TableSchema, place: str) -> Violation:
    row, column = case["index"], case["column"]
    expected = "a value" if case["check"] == "not_nullable" else str(case["check"])
    if row is None:
        return Violation(place, expected, str(case["failure_case"]), field=column)
    found = "nothing" if case["check"] == "not_nullable" else as_told(case["failure_case"]) if column else "the same again"
    return Violation(place, expected, found, row + 2, row_key(frame, schema, row), column)


def _column(field: Field, key: bool) -> "pa.Column":
    import pandera.polars as pa

    checks = [_check(condition, expected) for condition, expected in _conditions(field)]
    unique = bool(field.constraints.get("unique", False))
    return pa.Column(field.dtype, checks=checks, nullable=not _required(field, key), unique=unique)


def _required(field: Field, key: bool) -> bool:
    return key or bool(field.constraints.get("required", False))


def _conditions(field: Field, once: bool = False) -> Iterator[tuple[pl.Expr, str]]:
    """What every cell of a column has to meet, each with what it expects in words; a null meets all.

    Args:
        field: the column.
        once: ask of each different word once, where only whether all meet it is wanted.
    """
    repeats = bool(field.categories) or "pattern" in field.constraints
    column = pl.col(field.name).unique() if once and repeats else pl.col(field.name)
    length = column.list.len() if field.type == "list" else column.str.len_chars() if field.type == "string" else None
    if field.type == "number":
        yield column.is_finite(), "a finite number"
    if field.descriptor.get("format") == "uri":
        yield column.str.contains(_URI), "an absolute web address"
    values = list(field.categories) or field.constraints.get("enum")
    if values:
        yield column.is_in(values), f"one of {', '.join(map(str, values))}"
    for name, rule in field.constraints.items():
        match name:
            case "pattern":
                yield column.str.contains(f"^(?:{rule})$"), f"a match of {rule}"
            case "minimum":
                yield column >= _bound(field, rule), f"at least {rule}"
            case "maximum":
                yield column <= _bound(field, rule), f"at most {rule}"
            case "minLength" if length is not None:
                yield length >= rule, f"at least {rule} long"
            case "maxLength" if length is not None:
                yield length <= rule, f"at most {rule} long"


def _bound(field: Field, value: Any) -> Any:
    readers: dict[str, Callable[[str], Any]] = {
        "date": date.fromisoformat,
        "datetime": lambda text: datetime.fromisoformat(re.sub("Z$", "+00:00", text)),
    }
    return readers[field.type](value) if field.type in readers else value


def _check(expression: pl.Expr, expected: str) -> "pa.Check":
    import pandera.polars as pa

    return pa.Check(lambda data: data.lazyframe.select(expression), error=expected)


def _unique(key: tuple[str, ...]) -> "pa.Check":
    import pandera.polars as pa

    return pa.Check(lambda data: data.lazyframe.select(pl.struct(key).is_unique()), error=f"{' + '.join(key)} to be unique")
