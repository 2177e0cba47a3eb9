"""`onrecord build`, without a word about terminals."""

import csv
import io
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

from onrecord import __version__
from onrecord.assemble import Assembled, created, refuse_undecided, reviewed
from onrecord.corpus.batch import Batch
from onrecord.corpus.engines import Crew, Engine
from onrecord.corpus.inputs import BATCH, Waiting, batches, partition_of, waiting
from onrecord.corpus.manifest import Manifest, article_key, manifest
from onrecord.corpus.partitions import write_partitions
from onrecord.corpus.reach import Reach
from onrecord.corpus.run import work
from onrecord.corpus.segments import read_segments
from onrecord.errors import InputError, InvalidData, OutputError
from onrecord.package import write_package
from onrecord.package.partitioned import write_partitioned
from onrecord.package.write import refuse_what_is_no_package
from onrecord.paths import failure, replace_folder, write_whole
from onrecord.records import Violation
from onrecord.review import Decision, read_decisions
from onrecord.schemas import load_schemas
from onrecord.settings import Collection, load_collection
from onrecord.source.read import Draft
from onrecord.source.stream import Copy, Found, Unreadable, stream
from onrecord.tabulate import merge_speakers

WHOLE = 1000  # articles of a partition: few enough that its rows are no burden for memory, however many figures they have


class Seen(Protocol):
    """Told how many more articles are done, how many rows they gave, how many articles there seem to be, and what is done."""

    def __call__(self, articles: int, rows: int, total: float | None, what: str = ...) -> None: ...


def unseen(articles: int, rows: int, total: float | None, what: str = "building") -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a collection is built; none of it changes a byte of what is built, but `whole`.

    Attributes:
        engine: what extracts.
        workers: the number of processes of a pool.
        scheduler: the address of a Dask scheduler.
        max_bad: the share of articles that may be in quarantine.
        require_review: refuse while there are rows that nobody has decided.
        batch: the number of articles that are extracted at a time.
        whole: so many articles make a partition at most; a collection that is one is a package of one file a table.
    """

    engine: Engine = Engine.pool
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    scheduler: str | None = None
    max_bad: float = 0.01
    require_review: bool = False
    batch: int = BATCH
    whole: int = WHOLE

    @property
    def window(self) -> int:
        """How much is given to an executor at once: enough that no worker waits, and no more in memory."""
        return 2 * self.workers + 2


@dataclass(frozen=True, slots=True)
class Built:
    """What was built, or why nothing was: violations.

    `extracted` counts the articles that were not known from an earlier build, `undated` those without a date of publication.
    """

    collection: Collection
    rows: dict[str, int]
    extracted: int
    quarantine: tuple[tuple[str, int, str], ...]
    state: Path
    undated: int = 0
    lost: tuple[Decision, ...] = ()
    violations: tuple[Violation, ...] = ()

    @property
    def articles(self) -> int:
        return self.rows["articles"]


def build(folder: Path, out: Path, plan: Plan | None = None, seen: Seen = unseen) -> Built:
    """From a collection to a validated data package.

    Args:
        folder: the collection.
        out: where the package goes; an older package there is replaced when the new one is whole and valid. Beside it, in
            `<out>.build`, stay the manifest, quarantine.csv, and copies.csv with further addresses.
        plan: how it is built.
        seen: told of progress.

    Returns:
        What was built. Where there are violations nothing was written.

    Raises:
        InputError: the collection or the reviews cannot be read, there is no article, or of the articles more than may be and
            at least half cannot be used.
        InvalidData: more articles than may be are in quarantine, or rows are undecided and must not be.
        OutputError: the package or the manifest cannot be written.
    """
    plan = plan or Plan()
    collection, decisions = load_collection(folder), read_decisions(folder)
    when = created(collection, decisions)
    refuse_what_is_no_package(out)
    with _state(out) as state, Crew(plan.workers, plan.scheduler) as crew:
        texts, extracted = _extract(collection, state, plan, crew, seen)
        bad = tuple(state.quarantine())
        write_whole(state.folder / "quarantine.csv", _csv(("file", "offset", "reason"), bad))
        write_whole(state.folder / "copies.csv", _csv(("article_id", "url", "file", "offset"), state.copies()))
        _refuse_bad(state, collection, bad, plan.max_bad)
        if len(texts) <= plan.whole:
            built = _whole(state, collection, texts, decisions)
            if plan.require_review:
                refuse_undecided(built)
            if not built.violations:
                write_package(out, collection, when, built.tables, built.stored, __version__)
            return Built(collection, built.rows, extracted, bad, state.folder, state.undated(), built.lost, built.violations)
        _refuse_what_only_one_partition_has(collection, decisions, plan)
        writers = crew.take(Engine.pool if plan.workers > 1 else Engine.here)
        rows = _partitioned(writers, state, out, plan, partial(write_partitioned, collection=collection, created=when), seen)
        return Built(collection, rows, extracted, bad, state.folder, state.undated())


def is_large(collection: Collection, whole: int) -> bool:
    """Whether a collection has more articles than make one partition; reads no more of it than that takes."""
    found = (each for each in stream(collection) if isinstance(each, Found))
    return sum(1 for _ in islice(found, whole + 1)) > whole


def _extract(collection: Collection, state: Manifest, plan: Plan, crew: Crew, seen: Seen) -> tuple[dict[str, str], int]:
    """Extract what is new; gives the texts by article_id, of at most one article more than a whole partition has."""
    texts: dict[str, str] = {}
    reach = Reach(collection)
    extracted = 0

    def new() -> Iterator[Waiting]:
        for draft, key, partition in _drafts(collection, state, reach):
            if len(texts) <= plan.whole:
                texts[draft.article_id] = draft.text
            if state.is_done(key):
                seen(1, 0, reach.total)
            else:
                yield waiting(draft, key, partition)

    def keep(batch: Sequence[Waiting], result: Batch) -> None:
        nonlocal extracted
        state.keep({each.article_id: each.key for each in batch}, result.segment, result.refused)
        extracted += len(batch)
        seen(len(batch), result.rows, reach.total)

    state.start()
    fresh = new()
    ahead = list(islice(fresh, plan.batch + 1))
    several = len(list(islice(batches(ahead, plan.batch), 2))) > 1
    engine = plan.engine if several and (plan.workers > 1 or plan.engine is Engine.dask) else Engine.here
    crew.take(engine)  # its workers begin while the rest is read
    work(batches(chain(ahead, fresh), plan.batch), crew, engine, plan.window, keep)
    for article_id in state.settle():
        texts.pop(article_id, None)
    return texts, extracted


def _drafts(collection: Collection, state: Manifest, reach: Reach) -> Iterator[tuple[Draft, str, str]]:
    """The readable articles with their keys and partitions, noted as live; the others are quarantined, and copies noted."""
    for found in stream(collection):
        if isinstance(found, Unreadable):
            state.refuse(found.file, found.offset, found.reason)
            continue
        if isinstance(found, Copy):
            state.copied(found.article_id, found.url, found.file, found.offset)
            continue
        reach.read(found.file, found.stored)
        key, partition = article_key(found.draft), partition_of(found.draft)
        state.see(found.draft.article_id, key, partition, found.file, found.offset)
        yield found.draft, key, partition
    reach.end()


def _refuse_bad(state: Manifest, collection: Collection, bad: Sequence[tuple[str, int, str]], most: float) -> None:
    """Stop where there is nothing to build of, or too much of it is bad.

    Past the limit, a collection of which half or more is bad was the wrong thing to build; of another, some data is invalid.
    """
    good = state.count()
    if not good and not bad:
        message = f"expected articles in {collection.folder / 'articles'}, found none"
        raise InputError(f"{message}; put .txt, .html or .jsonl files there")
    if not good or len(bad) > most * (good + len(bad)):
        past = f"more than --max-bad {100 * most:g}%" if good else "none is left"
        message = f"{bad[0][2]} ({len(bad)} of {good + len(bad)} articles in quarantine, {past}; "
        error = InputError if len(bad) >= good else InvalidData
        raise error(f"{message}see {state.folder / 'quarantine.csv'})")


def _refuse_what_only_one_partition_has(collection: Collection, decisions: tuple[Decision, ...], plan: Plan) -> None:
    asked = {
        "reviews": bool(decisions),
        "--require-review": plan.require_review,
        "held texts": collection.text_rights == "held",
    }
    if found := [name for name, is_asked in asked.items() if is_asked]:
        raise InputError(
            f"expected no {found[0]} with more than {plan.whole} articles, found that in {collection.folder}; "
            "build its parts as collections of their own"
        )


def _whole(state: Manifest, collection: Collection, texts: dict[str, str], decisions: tuple[Decision, ...]) -> Assembled:
    segments = state.segments()
    tables = merge_speakers({name: read_segments(segments, name) for name in load_schemas()})
    return reviewed(collection, texts, tables, decisions)


def _partitioned(
    writers: Executor, state: Manifest, out: Path, plan: Plan, describe: Callable[..., dict[str, int]], seen: Seen
) -> dict[str, int]:
    """Write a package a partition at a time, in a folder that takes the package's place when it is whole."""
    new = state.folder / "new"
    shutil.rmtree(new, ignore_errors=True)
    (new / "package").mkdir(parents=True)
    wrote = partial(seen, total=state.count(), what="writing")
    parts = write_partitions(writers, state.partitions(plan.whole), new / "package", new / "mentions", plan.window, wrote)
    rows = describe(new / "package", parts)
    replace_folder(new / "package", out, new / "old")
    shutil.rmtree(new)
    return rows


@contextmanager
def _state(out: Path) -> Iterator[Manifest]:
    try:
        with manifest(out.with_name(f"{out.name}.build")) as state:
            yield state
    except sqlite3.OperationalError as error:
        raise OutputError(f"expected to write {out}, but: {str(error).lower()}; choose another place or free it") from error
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(f"expected to write {out}, but: {failure(error)}; choose another place or free it") from error


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode("utf-8", "backslashreplace")
