"""The stages in a row: what each command does, without a word about terminals."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from onrecord.assemble import Progress, quiet
from onrecord.datapackage import DESCRIPTOR, Package, partitions, read_package
from onrecord.errors import InputError, InvalidData
from onrecord.records import Article, Extraction, Statement, Violation
from onrecord.schemas import TableSchema
from onrecord.settings import Collection, load_collection
from onrecord.source import decode, read_file, read_text
from onrecord.source.stream import Found, stream


def extract_inputs(paths: Iterable[Path]) -> Iterator[tuple[Article, Extraction]]:
    """Each article of some files with what it gives, one after the other; the path `-` is text on standard input.

    Raises:
        InputError: a file cannot be read as articles.
    """
    from onrecord.extract import extract

    for path in paths:
        known = set[str]()
        for article in _read_stdin() if str(path) == "-" else read_file(path):
            if article.article_id in known:
                raise InputError(f"expected each article of {path} to have an id of its own, found {article.article_id} twice")
            known.add(article.article_id)
            yield article, extract(article)


def extraction_json(article: Article, extraction: Extraction, explain: bool = False) -> dict[str, Any]:
    """An extraction as JSON values: the contract of `onrecord extract --format json`.

    Args:
        article: the article; its text is not repeated.
        extraction: what it gave.
        explain: also the words behind each cell: `evidence`, with field, start, end and rule.
    """
    names = {speaker.speaker_id: speaker.name for speaker in extraction.speakers}

    def plain(record: Any) -> dict[str, Any]:
        values = {key: str(value) if isinstance(value, date) else value for key, value in asdict(record).items()}
        evidence = values.pop("evidence")
        return values | {"evidence": evidence} if explain else values

    def statement(record: Statement) -> dict[str, Any]:
        source = next((entry for entry in record.evidence if entry.field == "speaker_text"), None)
        return plain(record) | {
            "speaker": names.get(record.speaker_id or ""),
            "speaker_start": source and source.start,
            "speaker_end": source and source.end,
        }

    return {
        "article_id": article.article_id,
        "figures": [plain(figure) for figure in extraction.figures],
        "statements": [statement(record) for record in extraction.statements],
        "speakers": [plain(speaker) for speaker in extraction.speakers],
        "dates": [plain(mention) for mention in extraction.dates],
    }


def validate(path: Path, progress: Progress = quiet) -> tuple[Package, list[Violation]]:
    """Hold a package's tables to its schemas and rules, and let frictionless judge it independently.

    Args:
        path: the package.
        progress: wraps what is looked at one after the other.

    Raises:
        InputError: there is no package.
        InvalidData: its descriptor or a file cannot be read as what it says it is.
    """
    from onrecord.verify import gate

    package = read_package(path)
    found = table_violations(package, progress=progress)
    return package, found or [each for one in progress((package,), None, "asking frictionless") for each in gate(one)]


def verify(path: Path, sources: Path | None = None, progress: Progress = quiet) -> tuple[Package, list[Violation]]:
    """Check what frictionless does not: files, digests, forms, vocabularies, keys and, with the sources, every word.

    Args:
        path: the package.
        sources: the collection it was built from, to compare each word recorded with the stored text.
        progress: wraps what is looked at one after the other.

    Raises:
        InputError: there is no package, or no collection at `sources`.
        InvalidData: its descriptor or a file cannot be read as what it says it is.
    """
    from onrecord.verify import check_files

    package = read_package(path)
    texts = None if sources is None else _texts(load_collection(sources))
    damaged = [each for one in progress((package,), None, "comparing digests") for each in check_files(one)]
    if any(violation.place == DESCRIPTOR for violation in damaged):
        return package, damaged  # what the tables have to be is not known any more
    try:
        found = table_violations(package, texts, forms=True, progress=progress)
    except InvalidData:
        if not damaged:
            raise
        found = []  # a file that cannot be read at all: its digest says so already
    return package, damaged + found


def table_violations(
    package: Package, texts: Mapping[str, str] | None = None, forms: bool = False, progress: Progress = quiet
) -> list[Violation]:
    """What is wrong with the tables of a package, told with the file's name; a large one is looked at a partition at a time.

    Args:
        package: the package; all of its tables are read from CSV.
        texts: the stored texts of its sources by article_id; where it is given, words are compared with it.
        forms: whether its other forms have to say the same.
        progress: wraps the partitions.
    """
    parts = partitions(package, _TOGETHER)
    whole = _needed_by_all(package) if len(parts) > 1 else {}
    if whole and whole["reviews"].height:  # a review and its row may lie anywhere
        parts, whole = [package], {}
    keys: dict[str, list[pl.Series]] = {}
    found = list[Violation]()
    for part in progress(parts, len(parts), "checking"):
        tables, wrong = _checked(part, whole, texts, package.schemas(), forms)
        if wrong and whole:  # said again of each partition by itself, with its files and lines
            wrong = [each for one in partitions(part) for each in _checked(one, whole, texts, package.schemas(), forms)[1]]
        found += wrong
        for name, schema in part.schemas().items() if whole else ():
            if len(schema.primary_key) == 1:
                keys.setdefault(name, []).append(tables[name][schema.primary_key[0]].hash())
    return found + [violation for name, hashes in keys.items() for violation in _repeated(package, name, hashes)]


_TOGETHER = 100_000_000  # bytes of files of partitions that are looked at in one go


def _needed_by_all(package: Package) -> dict[str, pl.DataFrame]:
    """What the rows of any partition may refer to: speakers, reviews and the ids of articles."""
    from onrecord.validate.typed import typed_table

    schemas = package.schemas()
    ids = package.strings("articles").select("article_id")
    return {name: typed_table(package, schemas[name])[0] for name in ("speakers", "reviews")} | {"articles": ids}


def _checked(
    package: Package,
    whole: Mapping[str, pl.DataFrame],
    texts: Mapping[str, str] | None,
    all_schemas: Mapping[str, TableSchema],
    forms: bool,
) -> tuple[dict[str, pl.DataFrame], list[Violation]]:
    """The typed tables of a package, or of partitions of it, and what is wrong with them."""
    from onrecord.validate import check_tables
    from onrecord.validate.typed import typed_table
    from onrecord.verify import check_forms, check_sources

    schemas, tables, found = package.schemas(), {}, list[Violation]()
    for name, schema in schemas.items():
        tables[name], misfits = typed_table(package, schema)
        found += misfits
    if not found:
        paths = {name: package.place(name) for name in package.tables}
        known = schemas | ({"reviews": all_schemas["reviews"]} if whole else {})
        violations = check_tables({**whole, **tables}, known.values(), texts)
        found = [replace(violation, place=paths.get(violation.place, violation.place)) for violation in violations]
    if texts is not None and "articles" in tables:
        found = check_sources(tables["articles"], texts) + found
    return tables, found or (check_forms(package, tables) if forms else [])


def _repeated(package: Package, name: str, hashes: list[pl.Series]) -> Iterator[Violation]:
    """Keys that stand in two partitions; each partition was looked at by itself before."""
    ids = pl.concat(hashes)
    if twice := ids.len() - ids.n_unique():
        yield Violation(package.place(name), "each key in one partition", f"{twice} of them again in another")


def _read_stdin() -> list[Article]:
    name = "standard input"
    return [read_text("stdin", decode(sys.stdin.buffer.read(), name), where=name)]


def _texts(sources: Collection) -> dict[str, str]:
    """The stored texts of the articles that can be read; of several with one id, the first, as `onrecord build` takes it."""
    texts: dict[str, str] = {}
    for found in stream(sources):
        if isinstance(found, Found):
            texts.setdefault(found.article.article_id, found.article.text)
    return texts
