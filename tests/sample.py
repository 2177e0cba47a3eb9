"""A small valid set of tables and the package made of it, from `cases/tables.toml`, with provenance for its read cells."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from onrecord.hashing import sha256_text
from onrecord.package import write_package
from onrecord.schemas import load_schemas
from onrecord.settings import Collection, Contributor, License
from onrecord.tabulate import frame

CASES = Path(__file__).parent / "cases"
_SAMPLE: Mapping[str, Any] = tomllib.loads((CASES / "tables.toml").read_text("utf-8"))
TEXTS: Mapping[str, str] = {"harbour-1": _SAMPLE["text"]}
CREATED = datetime(2021, 3, 6, 12, tzinfo=UTC)
STORED = {sha256_text(TEXTS["harbour-1"]): TEXTS["harbour-1"]}

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


def collection(**changes: Any) -> Collection:
    values: dict[str, Any] = {
        "name": "harbour",
        "title": "Harbour talk",
        "description": "What is said about boats.",
        "version": "0.2.0",
        "created": CREATED,
        "keywords": ("boats", "harbour"),
        "licenses": (License(name="CC0-1.0", title="CC0 1.0", path="https://creativecommons.org/publicdomain/zero/1.0/"),),
        "contributors": (
            Contributor(title="Data Desk", roles=("creator",)),
            Contributor(title="Ed Itor", roles=("dataCurator",)),
        ),
        "folder": Path("unused"),
    }
    return Collection(**values | changes)


def written(folder: Path, **changes: Any) -> Path:
    write_package(folder, collection(**changes), CREATED, frames(sample_rows()), STORED, "9.9.9")
    return folder
