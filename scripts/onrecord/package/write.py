"""A package is put down: every table as CSV, JSON rows and Parquet, every file with its digest, all of it or nothing."""

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from onrecord.datapackage import DESCRIPTOR, SUMS
from onrecord.errors import InputError
from onrecord.hashing import sha256_bytes, sums_bytes
from onrecord.package.descriptor import (
    Json,
    file_resource,
    package_descriptor,
    parquet_resource,
    rows_resource,
    sources,
    table_resource,
)
from onrecord.package.metadata import metadata_files
from onrecord.package.prov import prov_json
from onrecord.package.readme import package_readme
from onrecord.paths import folder_whole
from onrecord.schemas import TableSchema, load_schemas
from onrecord.settings import Collection

CHANGELOG, CHANGES = "CHANGELOG.md", "changes.json"

# Fixed, so that neither a library's new default nor the number of processors changes the bytes.
_ROW_GROUP = 262_144


@dataclass(frozen=True, slots=True)
class History:
    """What a release says of the versions before it: CHANGELOG.md for people, changes.json for programs."""

    changelog: bytes
    changes: bytes


def write_package(
    folder: Path,
    collection: Collection,
    created: datetime,
    tables: Mapping[str, pl.DataFrame],
    texts: Mapping[str, str],
    tool_version: str,
    history: History | None = None,
) -> None:
    """Write a Data Package: the folder is there whole afterwards, or as it was before.

    Args:
        folder: where to; an older package there is replaced.
        collection: the settings that describe the package.
        created: the time that the package carries, in UTC.
        tables: the tables of `schemas/`.
        texts: stored texts by SHA-256, published only where the collection says that the rights to them are held.
        tool_version: the version of onrecord that ran.
        history: what a release says of the versions before it; a package that is only built has none.

    Raises:
        InputError: the folder holds something that is not a package.
        OutputError: it cannot be written.
    """
    refuse_what_is_no_package(folder)
    files: dict[str, bytes] = {}
    resources = []
    for path, data, resource in _data_files(tables):
        files[path] = data
        resources.append(resource)
    for name, path, media_type, title, data in _other_files(collection, created, tables, texts, tool_version, history):
        files[path] = data
        resources.append(file_resource(name, path, media_type, title, data))
    described = package_descriptor(collection, created, sources(tables["articles"]), resources)
    for name, path, media_type, title, data in metadata_files(described, tables):
        files[path] = data
        lines = {"format": "jsonld-lines"} if path.endswith(".jsonl") else {}  # else frictionless takes it for a table
        resources.append(file_resource(name, path, media_type, title, data) | lines)
    files[DESCRIPTOR] = as_json(package_descriptor(collection, created, sources(tables["articles"]), resources))
    files[SUMS] = sums_bytes({path: sha256_bytes(data) for path, data in files.items()})
    with folder_whole(folder) as fresh:
        for inner in sorted({Path(path).parent for path in files} - {Path()}):
            (fresh / inner).mkdir(parents=True)
        for path, data in files.items():
            (fresh / path).write_bytes(data)


def refuse_what_is_no_package(folder: Path) -> None:
    """Refuse to replace what is not ours.

    Raises:
        InputError: the folder holds something that is not a package.
    """
    if folder.exists() and not (folder / DESCRIPTOR).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"expected a new folder or an older package at {folder}, found something else; choose another place"
        raise InputError(message)


def csv_bytes(frame: pl.DataFrame, schema: TableSchema) -> bytes:
    r"""A table as CSV: UTF-8, commas, line feeds, an empty cell for null, dates and times as Table Schema has them.

    >>> schema = load_schemas()["reviews"]
    >>> csv_bytes(pl.DataFrame(schema=schema.dtypes), schema)[:20]
    b'review_id,resource,r'
    """
    target = io.BytesIO()
    lists = [pl.col(field.name).list.join(field.delimiter) for field in schema.fields if field.type == "list"]
    _plain(frame, schema).with_columns(lists).write_csv(target, line_terminator="\n", quote_style="necessary")
    return target.getvalue()


def json_bytes(frame: pl.DataFrame, schema: TableSchema) -> bytes:
    """A table as an array of objects, one a line, null where unknown."""
    rows = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in _plain(frame, schema).iter_rows(named=True)]
    return ("[" + ",".join(f"\n{row}" for row in rows) + "\n]\n").encode()


def parquet_bytes(frame: pl.DataFrame) -> bytes:
    """A table as Parquet, with the types of its schema; the same rows give the same bytes under the same polars.

    >>> parquet_bytes(pl.DataFrame({"a": [1]}))[:4]
    b'PAR1'
    """
    target = io.BytesIO()
    # How the frame's memory is cut would show in the file's pages.
    frame.rechunk().write_parquet(target, compression="zstd", compression_level=3, statistics=True, row_group_size=_ROW_GROUP)
    return target.getvalue()


def as_json(value: Json) -> bytes:
    """A descriptor's bytes: indented for people and for git."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def _plain(frame: pl.DataFrame, schema: TableSchema) -> pl.DataFrame:
    """Dates and times as the strings that Table Schema's default formats want."""
    dates = [pl.col(field.name).dt.strftime("%Y-%m-%d") for field in schema.fields if field.type == "date"]
    times = [pl.col(field.name).dt.strftime("%Y-%m-%dT%H:%M:%SZ") for field in schema.fields if field.type == "datetime"]
    return frame.with_columns(dates + times)


def _data_files(tables: Mapping[str, pl.DataFrame]) -> Iterator[tuple[str, bytes, Json]]:
    """The files of the tables: path, bytes and resource."""
    for name, schema in load_schemas().items():
        data = csv_bytes(tables[name], schema)
        yield f"data/{name}.csv", data, table_resource(schema, data)
        data = json_bytes(tables[name], schema)
        yield f"data/{name}.json", data, rows_resource(schema, data)
        data = parquet_bytes(tables[name])
        yield f"data/{name}.parquet", data, parquet_resource(schema, data)


def _other_files(
    collection: Collection,
    created: datetime,
    tables: Mapping[str, pl.DataFrame],
    texts: Mapping[str, str],
    tool_version: str,
    history: History | None,
) -> Iterator[tuple[str, str, str, str, bytes]]:
    """What people read, and the run's provenance: name, path, media type, title and bytes."""
    counts = {name: table.height for name, table in tables.items()}
    readme = package_readme(collection, created, counts, sources(tables["articles"]))
    yield "readme", "README.md", "text/markdown", "Data dictionary and how to cite", readme.encode()
    prov = prov_json(collection, created, counts, tables["articles"], tool_version)
    yield "prov", "provenance.json", "application/json", "Provenance of the package (PROV-JSON)", prov.encode()
    if history:
        yield "changelog", CHANGELOG, "text/markdown", "What changed from version to version", history.changelog
        yield "changes", CHANGES, "application/json", "Each row that changed since the version before", history.changes
    if collection.text_rights == "held":
        for digest, text in sorted(texts.items()):
            yield f"text-{digest}", f"texts/{digest}.txt", "text/plain", "Stored text of an article", text.encode()
