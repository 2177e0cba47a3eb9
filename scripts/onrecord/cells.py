"""The strings of a CSV file become typed columns; a cell that does not fit its type is reported, not guessed at."""

from datetime import datetime
from typing import Any

import polars as pl

from onrecord.records import Violation
from onrecord.schemas import Field, TableSchema

# What a cell of each type has to look like, in the words of the report.
_EXPECTED = {
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "date": "a date like 2022-01-26",
    "datetime": "a UTC time like 2022-01-26T14:14:00Z",
}


def parse_table(strings: pl.DataFrame, schema: TableSchema, place: str) -> tuple[pl.DataFrame, list[Violation]]:
    """Type the columns of a table whose cells are all strings.

    Args:
        strings: the cells as they stand in the file, empty ones null.
        schema: the table's schema.
        place: the file's name, for the report.

    Returns:
        The typed frame, with null for each cell that does not fit, and a violation for each of those.

    >>> schema = __import__("onrecord.schemas").schemas.parse_schema("t", {"fields": [{"name": "n", "type": "integer"}]})
    >>> str(parse_table(pl.DataFrame({"n": ["1", "x"]}), schema, "t.csv")[1][0])
    "t.csv, row 3, field n: expected a whole number, found 'x'"
    """
    if tuple(strings.columns) != schema.names:
        expected, found = ", ".join(schema.names), ", ".join(strings.columns)
        return pl.DataFrame(schema=schema.dtypes), [Violation(place, f"the columns {expected}", found)]
    typed = strings.select(_typed(field) for field in schema.fields)
    return typed, [violation for field in schema.fields for violation in _misfits(strings, typed, schema, field, place)]


def parse_cell(text: str | None, field: Field) -> Any:
    """Type one cell.

    Args:
        text: the cell as a CSV file has it; None where it is empty.
        field: its column.

    Raises:
        ValueError: the text does not fit the column's type; the message says what was expected.

    >>> number = __import__("onrecord.schemas").schemas.load_schemas()["figures"]["low"]
    >>> parse_cell("200", number), parse_cell(None, number)
    (200.0, None)
    """
    strings = pl.DataFrame({field.name: [text or None]}, schema={field.name: pl.String})
    value = strings.select(_typed(field).first()).to_series().to_list()[0]
    if text and value is None:
        raise ValueError(f"expected {_EXPECTED[field.type]}, found {text!r}")
    return value


def cell_text(value: Any, field: Field) -> str | None:
    """A typed cell as a CSV file has it; the way back from `parse_cell`.

    >>> cell_text(["Roe", "Ana"], __import__("onrecord.schemas").schemas.load_schemas()["speakers"]["aliases"])
    'Roe;Ana'
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, list):
        return field.delimiter.join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _typed(field: Field) -> pl.Expr:
    column = pl.col(field.name)
    match field.type:
        case "string":
            return column
        case "date":
            return column.str.to_date("%Y-%m-%d", strict=False)
        case "datetime":
            return column.str.to_datetime("%Y-%m-%dT%H:%M:%SZ", strict=False, time_unit="us", time_zone="UTC")
        case "list":
            return column.str.split(field.delimiter)
        case "boolean":
            return column.replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean())
        case _:
            return column.cast(field.dtype, strict=False)


def _misfits(strings: pl.DataFrame, typed: pl.DataFrame, schema: TableSchema, field: Field, place: str) -> list[Violation]:
    if typed[field.name].null_count() == strings[field.name].null_count():
        return []
    wrong = (strings[field.name].is_not_null() & typed[field.name].is_null()).arg_true().to_list()
    return [
        Violation(
            place, _EXPECTED[field.type], repr(strings[field.name][row]), row + 2, row_key(strings, schema, row), field.name
        )
        for row in wrong
    ]


def row_key(frame: pl.DataFrame, schema: TableSchema, row: int) -> str | None:
    """The primary key of a row as text, for the report; None where it has none."""
    parts = [str(frame[name][row]) for name in schema.primary_key if name in frame.columns and frame[name][row] is not None]
    return " ".join(parts) or None
