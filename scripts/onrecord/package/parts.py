"""A table in several files: one of each form a partition, which one resource names.

Each CSV file has the header, as frictionless, polars and DuckDB expect it of the parts of a table.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from onrecord.hashing import sha256_bytes
from onrecord.package.descriptor import Json, parquet_resource, table_resource
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
    forms: dict[str, Callable[[], bytes]] = {"csv": lambda: csv_bytes(frame, schema), "parquet": lambda: parquet_bytes(frame)}
    (folder / f"data/{schema.name}").mkdir(parents=True, exist_ok=True)
    for form, made in forms.items():
        path, data = f"data/{schema.name}/{partition}.{form}", made()  # polars takes less time for bytes than for a file
        (folder / path).write_bytes(data)
        yield Part(schema.name, form, path, frame.height, len(data), f"sha256:{sha256_bytes(data)}")


def parts_in(descriptor: Mapping[str, Any]) -> list[Part]:
    """The parts that a descriptor lists, in its order.

    Args:
        descriptor: that of a package that `write_partitioned` wrote.
    """
    return [
        Part(name.removesuffix("-parquet"), "parquet" if name.endswith("-parquet") else "csv", **part)
        for name, parts in ((str(entry["name"]), entry.get("parts", ())) for entry in descriptor["resources"])
        for part in parts
    ]


def single_files(descriptor: Mapping[str, Any]) -> Json:
    """A descriptor with a resource for each file, as those want it who know no table of several; the first of a table is it.

    >>> single_files({"resources": [{"name": "a", "title": "A", "path": ["1.csv"], "parts": [{"path": "1.csv", "bytes": 7}]}]})
    {'resources': [{'name': 'a', 'title': 'A: 1.csv', 'path': '1.csv', 'bytes': 7}]}
    """
    files = []
    for resource in descriptor["resources"]:
        shared = {key: value for key, value in resource.items() if key != "parts"}
        for number, part in enumerate(resource.get("parts", ())):
            told_once = {"type", "schema"} if number else set()
            file = {key: value for key, value in (shared | part).items() if key not in told_once}
            files.append(file | {"title": f"{resource['title']}: {part['path']}"})
        if "parts" not in resource:
            files.append(shared)
    return dict(descriptor) | {"resources": files}


def table_resources(parts: Sequence[Part]) -> Iterator[Json]:
    """The resources of partitioned tables, whose `path` is a list.

    Data Package says `bytes` and `hash` of one file only; of a list of them, `parts` says them for each.
    """
    for schema in load_schemas().values():
        for resource, form in ((table_resource(schema, b""), "csv"), (parquet_resource(schema, b""), "parquet")):
            yield _several(resource, [part for part in parts if (part.table, part.form) == (schema.name, form)])


def _several(resource: Json, parts: Iterable[Part]) -> Json:
    """A resource of one file as one of several."""
    listed = sorted(parts, key=lambda part: part.path)
    told = [{key: value for key, value in asdict(part).items() if key not in {"table", "form"}} for part in listed]
    return {key: value for key, value in resource.items() if key not in {"bytes", "hash"}} | {
        "path": [part.path for part in listed],
        "parts": told,
    }
