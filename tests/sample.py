"""A small valid set of tables, from `cases/tables.toml`, with the provenance that its read cells need."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from onrecord.schemas import load_schemas
from onrecord.tabulate import frame

CASES = Path(__file__).parent / "cases"
_SAMPLE: Mapping[str, Any] = tomllib.loads((CASES / "tables.toml").read_text("utf-8"))
TEXTS: Mapping[str, str] = {"harbour-1": _SAMPLE["text"]}

Rows = dict[str, list[dict[str, Any]]]


def sample_rows() -> Rows:
    """Fresh rows of every table; each read cell points to the words 'Ana Roe', wherever it was read."""
    rows: Rows = {name: [dict(row) for row in _SAMPLE.get(name, [])] for name in load_schemas()}
    start = TEXTS["harbour-1"].index("Ana Roe")
    rows["provenance"] = [
        {
            "resource": name,
            "row_id": row[schema.primary_key[0]],
            "field": field.name,
            "article_id": "harbour-1",
            "start": start,
            "end": start + 7,
            "exact": "Ana Roe",
            "prefix": "leave, said ",
            "rule": "test.sample",
        }
        for name, schema in load_schemas().items()
        for row in rows[name]
        for field in schema.fields
        if field.origin == "read" and row.get(field.name) is not None
    ]
    return rows


def frames(rows: Rows) -> dict[str, pl.DataFrame]:
    return {name: frame(schema, rows[name]) for name, schema in load_schemas().items()}
