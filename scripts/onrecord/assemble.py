"""A collection's tables: read, extracted, reviewed and held to all rules, before anything is written."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from onrecord.errors import InputError, InvalidData
from onrecord.hashing import sha256_text
from onrecord.records import Article, Extraction, Violation
from onrecord.review import Decision, read_decisions, undecided
from onrecord.settings import Collection, load_collection
from onrecord.source import read_collection

Progress = Callable[[Iterable[Any], int | None, str], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Assembled:
    """A collection's tables, with what people decided about their rows.

    `lost` are decisions whose row is gone, `undecided` the (table, id) of rows that nobody has decided, and `created` is the
    time that a package of these tables carries.
    """

    collection: Collection
    created: datetime
    tables: dict[str, pl.DataFrame]
    texts: dict[str, str]
    lost: tuple[Decision, ...]
    undecided: tuple[tuple[str, str], ...]
    violations: tuple[Violation, ...]

    @property
    def rows(self) -> dict[str, int]:
        return {name: table.height for name, table in self.tables.items()}

    @property
    def stored(self) -> dict[str, str]:
        """The texts by their SHA-256."""
        return {sha256_text(text): text for text in self.texts.values()}


def quiet(items: Iterable[Any], total: int | None, what: str) -> Iterable[Any]:  # noqa: ARG001  the shape of a progress bar
    """No progress bar: gives the items as they are."""
    return items


def assemble(folder: Path, workers: int = 1, progress: Progress = quiet) -> Assembled:
    """A collection's tables: read, extracted, reviewed and validated; nothing is written.

    Raises:
        InputError: the collection, an article or the reviews cannot be read.
    """
    collection = load_collection(folder)
    articles = read_collection(collection)
    decisions = read_decisions(folder)
    tables = extracted(articles, workers, progress)
    return reviewed(collection, stored_texts(articles), tables, decisions)


def extracted(articles: list[Article], workers: int = 1, progress: Progress = quiet) -> dict[str, pl.DataFrame]:
    """The tables as the rules give them, before anybody looked."""
    from onrecord.tabulate import tabulate

    extractions = list(progress(_extract_all(articles, workers), len(articles), "extracting"))
    return tabulate(zip(articles, extractions, strict=True))


def reviewed(
    collection: Collection, texts: dict[str, str], tables: dict[str, pl.DataFrame], decisions: tuple[Decision, ...]
) -> Assembled:
    """Tables with decisions applied, held to all rules."""
    from onrecord.extract.units import to_si
    from onrecord.review import apply_decisions
    from onrecord.schemas import load_schemas
    from onrecord.tabulate import in_order
    from onrecord.validate import check_tables

    applied = apply_decisions(tables, decisions, texts)
    schemas = load_schemas()
    after = applied.tables | {"figures": _in_si(applied.tables["figures"], to_si)}
    after = {name: in_order(schema, after[name]) for name, schema in schemas.items()}
    return Assembled(
        collection,
        created(collection, decisions),
        after,
        texts,
        applied.lost,
        tuple(undecided(after, decisions)),
        tuple(check_tables(after, schemas.values(), texts)),
    )


def refuse_undecided(built: Assembled) -> None:
    """Refuse tables with rows that nobody has decided.

    Raises:
        InvalidData: there are such rows.
    """
    if built.undecided:
        table, row_id = built.undecided[0]
        where = built.collection.folder
        raise InvalidData(
            f"expected a decision on every row, found {len(built.undecided)} undecided, the first {row_id} of {table}; "
            f"run onrecord review {where}"
        )


def created(collection: Collection, decisions: Iterable[Decision] = ()) -> datetime:
    """The time that a package carries: SOURCE_DATE_EPOCH where it is set, else the latest that its inputs know of.

    That is the collection's own or that of the last decision on its rows; never the clock's.

    Raises:
        InputError: SOURCE_DATE_EPOCH is not a number of seconds.

    Source: https://reproducible-builds.org/specs/source-date-epoch/
    """
    return source_date_epoch() or max([collection.created, *(decision.decided_at for decision in decisions)])


def source_date_epoch() -> datetime | None:
    """The time that SOURCE_DATE_EPOCH sets, if it is set.

    Raises:
        InputError: it is not a number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InputError(
            f"expected SOURCE_DATE_EPOCH to be seconds since 1970, found {epoch!r}; correct or unset it"
        ) from error


def stored_texts(articles: Iterable[Article]) -> dict[str, str]:
    """The stored texts of articles by article_id."""
    return {article.article_id: article.text for article in articles}


def _extract_all(articles: list[Article], workers: int) -> Iterator[Extraction]:
    from onrecord.corpus.engines import pool
    from onrecord.extract import extract

    if workers == 1 or len(articles) < 2:
        yield from map(extract, articles)
        return
    with pool(workers) as processes:
        yield from processes.map(extract, articles, chunksize=max(1, len(articles) // (workers * 8)))


def _in_si(figures: pl.DataFrame, to_si: Callable[..., tuple[float | None, float | None, str | None]]) -> pl.DataFrame:
    """Figures whose SI cells follow from the corrected ones: a correction of kilos is one of kilograms too."""
    if not (figures["review"] == "corrected").any():
        return figures
    needed = ("low", "high", "unit", "kind", "per")
    rows = figures.select(*needed, "review", "low_si", "high_si", "si_unit").iter_rows(named=True)
    cells = [
        to_si(*(row[name] for name in needed))
        if row["review"] == "corrected"
        else (row["low_si"], row["high_si"], row["si_unit"])
        for row in rows
    ]
    names = ("low_si", "high_si", "si_unit")
    return figures.with_columns(
        pl.Series(name, [cell[place] for cell in cells], dtype=figures.schema[name]) for place, name in enumerate(names)
    )
