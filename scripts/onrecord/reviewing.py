"""What `onrecord review` does: the rows that wait for a decision, each with its words, and where decisions go.

A decision is made now, so this is the one place where the clock is right; SOURCE_DATE_EPOCH sets it for tests and scripts.
"""

import getpass
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from onrecord.assemble import Progress, extracted, quiet, reviewed, source_date_epoch, stored_texts
from onrecord.errors import InputError
from onrecord.extract.text import sentences
from onrecord.records import Article
from onrecord.review import REVIEWED, Decision, Walk, correctable, read_decisions, undecided, walk, write_decisions
from onrecord.schemas import load_schemas
from onrecord.settings import load_collection
from onrecord.source import read_collection

# The cell whose words stand for the whole row.
_ANCHOR = {"speakers": "name", "statements": "text", "figures": "text", "dates": "text"}


@dataclass(frozen=True, slots=True)
class Question:
    """A row to decide about: its cells, which of them may be corrected, and its words within their sentence."""

    table: str
    row_id: str
    cells: dict[str, Any]
    open_cells: tuple[str, ...]
    before: str
    words: str
    after: str
    place: str
    left: int


Answers = Callable[[Question, str | None], str | None]


def review(
    folder: Path,
    reviewer: str,
    answers: Answers,
    now: Callable[[], datetime] | None = None,
    only: Iterable[str] = (),
    workers: int = 1,
    progress: Progress = quiet,
) -> tuple[Walk, tuple[Decision, ...]]:
    """Walk through the rows that nobody has decided, and keep each decision at once.

    Args:
        folder: the collection; its `reviews.csv` is written.
        reviewer: who decides.
        answers: shows a question, and what was wrong with the answer before; gives the answer's line, or None at the end.
        now: the time of a decision; the clock's unless given.
        only: ids of rows to ask about, decided or not, instead of all undecided ones.
        workers: number of processes that extract.
        progress: wraps the articles while they are worked on.

    Returns:
        What the walk came to, and the decisions whose rows are gone.

    Raises:
        InputError: the collection or its reviews cannot be read, or there is no row with such an id.
        OutputError: `reviews.csv` cannot be written.
    """
    collection = load_collection(folder)
    articles = read_collection(collection)
    texts, tables = stored_texts(articles), extracted(articles, workers, progress)
    decisions = read_decisions(folder)
    before = reviewed(collection, texts, tables, decisions)
    known = set(map(str, before.violations))
    rows = _rows(tables, only) if (only := tuple(only)) else undecided(before.tables, decisions)
    by_id = {article.article_id: article for article in articles}
    left = {row: len(rows) - number for number, row in enumerate(rows)}

    def ask(table: str, row_id: str, wrong: str | None) -> str | None:
        return answers(_question(tables, by_id, (table, row_id), left[table, row_id]), wrong)

    def problem(after: tuple[Decision, ...]) -> str | None:
        found = map(str, reviewed(collection, texts, tables, after).violations)
        return next((line for line in found if line not in known), None)

    def save(after: tuple[Decision, ...]) -> None:
        write_decisions(folder, after)

    return walk(rows, decisions, reviewer, now or moment, ask, problem, save), before.lost


def moment() -> datetime:
    """Now, to the second; SOURCE_DATE_EPOCH where it is set."""
    return source_date_epoch() or datetime.now(UTC).replace(microsecond=0)


def default_reviewer(folder: Path) -> str:
    """Who reviews where nobody is named: git's user, else the system's.

    Raises:
        InputError: neither is known.
    """
    try:
        command = ["git", "-C", str(folder), "config", "user.name"]
        name = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
        return name or getpass.getuser()
    except (OSError, KeyError) as error:
        raise InputError("expected a reviewer, found neither git's user.name nor USER; call with --reviewer NAME") from error


def _rows(tables: dict[str, pl.DataFrame], ids: tuple[str, ...]) -> list[tuple[str, str]]:
    there = {row_id: name for name in REVIEWED for row_id in tables[name][load_schemas()[name].primary_key[0]]}
    if lost := [row_id for row_id in ids if row_id not in there]:
        raise InputError(f"expected the id of a row, found {lost[0]!r}; see the ids in the tables of {', '.join(REVIEWED)}")
    return [(there[row_id], row_id) for row_id in dict.fromkeys(ids)]


def _question(tables: dict[str, pl.DataFrame], articles: dict[str, Article], row: tuple[str, str], left: int) -> Question:
    table, row_id = row
    schema = load_schemas()[table]
    cells = tables[table].row(by_predicate=pl.col(schema.primary_key[0]) == row_id, named=True)
    spot = tables["provenance"].filter(
        (pl.col("resource") == table) & (pl.col("row_id") == row_id) & (pl.col("field") == _ANCHOR[table])
    )
    article_id, start, end = spot.select("article_id", "start", "end").row(0)
    text = articles[article_id].text
    first, last = _around(articles[article_id], start, end)
    return Question(
        table,
        row_id,
        {name: value for name, value in cells.items() if name not in ("start", "end", "review", "article_id")},
        tuple(field.name for field in correctable(schema)),
        text[first:start],
        text[start:end],
        text[end:last],
        f"{article_id} [{start}:{end}]",
        left,
    )


def _around(article: Article, start: int, end: int) -> tuple[int, int]:
    """The sentences that the words stand in."""
    spans = sentences(article)
    first = max((each.start for each in spans if each.start <= start), default=start)
    last = min((each.end for each in spans if each.end >= end), default=end)
    return first, last
