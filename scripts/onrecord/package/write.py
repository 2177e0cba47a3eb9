"""A package is put down: every table as CSV and as JSON rows, every file with its digest, all of it or nothing."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import polars as pl

from onrecord.datapackage import DESCRIPTOR
from onrecord.errors import InputError
from onrecord.hashing import sha256_bytes
from onrecord.package.descriptor import Json, file_resource, package_descriptor, rows_resource, table_resource
from onrecord.package.prov import prov_json
from onrecord.package.readme import package_readme
from onrecord.paths import folder_whole
from onrecord.schemas import TableSchema, load_schemas
from onrecord.settings import Collection

SUMS = "SHA256SUMS"


def write_package(
    folder: Path,
    collection: Collection,
    created: datetime,
    tables: Mapping[str, pl.DataFrame],
    texts: Mapping[str, str],
    tool_version: str,
) -> None:
    """Write a Data Package: the folder is there whole afterwards, or as it was before.

    Args:
        folder: where to; an older package there is replaced.
        collection: the settings that describe the package.
        created: the time that the package carries, in UTC.
        tables: the tables of `schemas/`.
        texts: stored texts by SHA-256, published only where the collection says that the rights to them are held.
        tool_version: the version of onrecord that ran.

    Raises:
        InputError: the folder holds something that is not a package.
        OutputError: it cannot be written.
    """
    if folder.exists() and not (folder / DESCRIPTOR).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"expected a new folder or an older package at {folder}, found something else; choose another place"
        raise InputError(message)
    files: dict[str, bytes] = {}
    resources = []
    for path, data, resource in _files(collection, created, tables, texts, tool_version):
        files[path] = data
        resources.append(resource)
    files[DESCRIPTOR] = as_json(package_descriptor(collection, created, tables, resources))
    files[SUMS] = "".join(f"{sha256_bytes(data)}  {path}\n" for path, data in sorted(files.items())).encode()
    with folder_whole(folder) as fresh:
        for path, data in files.items():
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            (fresh / path).write_bytes(data)


def csv_bytes(frame: pl.DataFrame, schema: TableSchema) -> bytes:
    r"""A table as CSV: UTF-8, commas, line feeds, an empty cell for null, dates and times as Table Schema has them.

    >>> schema = load_schemas()["reviews"]
    >>> csv_bytes(pl.DataFrame(schema=schema.dtypes), schema)[:20]
    b'review_id,resource,r'
    """
    lists = [pl.col(field.name).list.join(field.delimiter) for field in schema.fields if field.type == "list"]
    return _plain(frame, schema).with_columns(lists).write_csv(line_terminator="\n", quote_style="necessary").encode()


def json_bytes(frame: pl.DataFrame, schema: TableSchema) -> bytes:
    """A table as an array of objects, one a line, null where unknown."""
    rows = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in _plain(frame, schema).iter_rows(named=True)]
    return ("[" + ",".join(f"\n{row}" for row in rows) + "\n]\n").encode()


def as_json(value: Json) -> bytes:
    """A descriptor's bytes: indented for people and for git."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def _plain(frame: pl.DataFrame, schema: TableSchema) -> pl.DataFrame:
    """Dates and times as the strings that Table Schema's default formats want."""
    dates = [pl.col(field.name).dt.strftime("%Y-%m-%d") for field in schema.fields if field.type == "date"]
    times = [pl.col(field.name).dt.strftime("%Y-%m-%dT%H:%M:%SZ") for field in schema.fields if field.type == "datetime"]
    return frame.with_columns(dates + times)


def _files(
    collection: Collection, created: datetime, tables: Mapping[str, pl.DataFrame], texts: Mapping[str, str], tool_version: str
) -> Iterator[tuple[str, bytes, Json]]:
    """Each file of the package but the descriptor and the digests: path, bytes and resource."""
    for name, schema in load_schemas().items():
        data = csv_bytes(tables[name], schema)
        yield f"data/{name}.csv", data, table_resource(schema, data)
        data = json_bytes(tables[name], schema)
        yield f"data/{name}.json", data, rows_resource(schema, data)
    readme = package_readme(collection, created, tables)
    prov = prov_json(collection, created, tables, tool_version)
    others = [
        ("readme", "README.md", "text/markdown", "Data dictionary and how to cite", readme),
        ("prov", "provenance.json", "application/json", "Provenance of the package (PROV-JSON)", prov),
    ]
    if collection.text_rights == "held":
        for digest, text in sorted(texts.items()):
            others.append((f"text-{digest}", f"texts/{digest}.txt", "text/plain", "Stored text of an article", text))
    for name, path, media_type, title, text in others:
        yield path, text.encode(), file_resource(name, path, media_type, title, text.encode())
