"""The stages in a row: what each command does, without a word about terminals."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from onrecord import __version__
from onrecord.errors import InputError
from onrecord.hashing import sha256_text
from onrecord.package import Package, read_package, write_package
from onrecord.records import Article, Extraction, Violation
from onrecord.settings import Collection, load_collection
from onrecord.source import read_collection

Progress = Callable[[Iterable[Any], int, str], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: where, and how many rows in each table."""

    folder: Path
    collection: Collection
    rows: dict[str, int]
    violations: tuple[Violation, ...]


def quiet(items: Iterable[Any], total: int, what: str) -> Iterable[Any]:  # noqa: ARG001  the shape of a progress bar
    """No progress bar: gives the items as they are."""
    return items


def build(folder: Path, out: Path, workers: int = 1, progress: Progress = quiet) -> Built:
    """From a collection to a validated data package.

    Args:
        folder: the collection.
        out: where the package goes; an older package there is replaced when the new one is whole and valid.
        workers: number of processes that extract; the result is the same for any.
        progress: wraps the articles while they are worked on.

    Returns:
        What was built. Where there are violations nothing was written.

    Raises:
        InputError: the collection or an article cannot be read.
        OutputError: the package cannot be written.
    """
    from onrecord.tabulate import tabulate
    from onrecord.validate import check_tables
    from onrecord.schemas import load_schemas

    collection = load_collection(folder)
    articles = read_collection(collection)
    extractions = list(progress(_extract_all(articles, workers), len(articles), "extracting"))
    tables = tabulate(zip(articles, extractions, strict=True))
    texts = {article.article_id: article.text for article in articles}
    violations = check_tables(tables, load_schemas().values(), texts)
    if not violations:
        stored = {sha256_text(text): text for text in texts.values()}
        write_package(out, collection, created(collection), tables, stored, __version__)
    return Built(out, collection, {name: table.height for name, table in tables.items()}, tuple(violations))


def validate(path: Path) -> tuple[Package, list[Violation]]:
    """Hold a package's tables to its schemas and rules, and let frictionless judge it independently.

    Raises:
        InputError: there is no package.
        InvalidData: its descriptor or a file cannot be read as what it says it is.
    """
    from onrecord.verify import gate

    package = read_package(path)
    found = _table_violations(package)[1]
    return package, found or gate(package)


def verify(path: Path, sources: Path | None = None) -> tuple[Package, list[Violation]]:
    """Check what frictionless does not: files, digests, forms, vocabularies, keys and, with the sources, every word.

    Args:
        path: the package.
        sources: the collection it was built from, to compare each word recorded with the stored text.

    Raises:
        InputError: there is no package, or no collection at `sources`.
        InvalidData: its descriptor or a file cannot be read as what it says it is.
    """
    from onrecord.verify import check_files, check_forms, check_sources

    package = read_package(path)
    texts = None if sources is None else {article.article_id: article.text for article in read_collection(load_collection(sources))}
    if found := check_files(package):
        return package, found
    tables, found = _table_violations(package, texts)
    strings = {name: package.strings(name) for name in package.tables}
    found = found + check_forms(package, strings)
    if texts is not None:
        found += check_sources(tables["articles"], texts)
    return package, found


def created(collection: Collection) -> datetime:
    """The time that a package carries: SOURCE_DATE_EPOCH where it is set, else the collection's, never the clock's.

    Raises:
        InputError: SOURCE_DATE_EPOCH is not a number of seconds.

    Source: https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return collection.created
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InputError(f"expected SOURCE_DATE_EPOCH to be seconds since 1970, found {epoch!r}; correct or unset it") from error


def _extract_all(articles: list[Article], workers: int) -> Iterator[Extraction]:
    from onrecord.extract import extract

    if workers == 1 or len(articles) < 2:
        yield from map(extract, articles)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(extract, articles, chunksize=max(1, len(articles) // (workers * 8)))


def _table_violations(package: Package, texts: dict[str, str] | None = None) -> tuple[dict[str, pl.DataFrame], list[Violation]]:
    """The typed tables of a package and what is wrong with them, told with the file's name."""
    from onrecord.validate import check_tables, parse_table

    schemas, tables, found = package.schemas(), {}, list[Violation]()
    for name, schema in schemas.items():
        tables[name], misfits = parse_table(package.strings(name), schema, str(package.tables[name]["path"]))
        found += misfits
    if not found:
        found = check_tables(tables, schemas.values(), texts)
    return tables, found
