"""A table in several files: one of each form a partition, which one resource names.

Each CSV file has the header, as frictionless, polars and DuckDB expect it of the parts of a table.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from onrecord.hashing import sha256_bytes
from onrecord.package.descriptor import PARQUET, Json, published_schema
from onrecord.package.write import csv_bytes, parquet_bytes
from onrecord.schemas import TableSchema, load_schemas


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a table: which rows it holds, how many, its size and its digest."""

    table: str
    form: str
    path: str
    rows: int
    bytes: int
    hash: str


def write_part(folder: Path, schema: TableSchema, partition: str, frame: pl.DataFrame) -> Iterator[Part]:
    """Write the rows of a partition as CSV and as Parquet.

    Args:
        folder: the package.
        schema: the table's.
        partition: the name of the files.
        frame: the rows, in the table's order.
    """
    for form, data in (("csv", csv_bytes(frame, schema)), ("parquet", parquet_bytes(frame))):
        path = f"data/{schema.name}/{partition}.{form}"
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        yield Part(schema.name, form, path, frame.height, len(data), f"sha256:{sha256_bytes(data)}")


def table_resources(parts: Sequence[Part]) -> Iterator[Json]:
    """The resources of partitioned tables, whose `path` is a list.

    Data Package says `bytes` and `hash` of one file only; of a list of them, `parts` says them for each.
    """
    for name, schema in load_schemas().items():
        csv, parquet = (
            _files(part for part in parts if (part.table, part.form) == (name, form)) for form in ("csv", "parquet")
        )
        yield {
            "name": name,
            "title": schema.title,
            **csv,
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "type": "table",
            "format": "csv",
            "description": schema.description,
            "schema": published_schema(schema),
        }
        words = f"The same rows as in the resource {name}, with the types of its schema. Written by polars {pl.__version__}."
        named = {"name": f"{name}-parquet", "title": f"{schema.title} as Parquet"}
        yield {**named, **parquet, "mediatype": PARQUET, "format": "apache-parquet", "description": words}


def _files(parts: Iterable[Part]) -> Json:
    listed = sorted(parts, key=lambda part: part.path)
    told = [{key: value for key, value in asdict(part).items() if key not in {"table", "form"}} for part in listed]
    return {"path": [part.path for part in listed], "parts": told}
