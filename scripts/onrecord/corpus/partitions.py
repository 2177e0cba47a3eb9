"""A partition's rows, from the segments that hold them to its own files; all of them are written by the same executor."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

import polars as pl

from onrecord.corpus.segments import Segments, read_segments
from onrecord.corpus.speakers import buckets, merged, put_aside, shuffle, shuffles
from onrecord.package.parts import Part, write_part
from onrecord.schemas import load_schemas
from onrecord.tabulate import first_mentions, in_order

Result = TypeVar("Result")


class Wrote(Protocol):
    """Told how many more articles have their rows in the package, and how many rows those are."""

    def __call__(self, articles: int, rows: int) -> None: ...


def write_partition(segments: Segments, partition: str, folder: Path, mentions: Path) -> list[Part]:
    """Write the rows of a partition's articles, in CSV and in Parquet, a table at a time, and put its speakers aside.

    Args:
        segments: what holds its articles.
        partition: its name.
        folder: the package.
        mentions: where go what its speakers are first known by and the words behind that, until all partitions' are there.
    """
    names = ["provenance", *(name for name in load_schemas() if name not in {"speakers", "reviews", "provenance"})]
    read = {name: partial(read_segments, segments, name) for name in names}
    read["provenance"] = partial(_words, segments, partition, mentions)
    return [part for name in names for part in _written(name, read[name], partition, folder)]


def _words(segments: Segments, partition: str, mentions: Path) -> pl.DataFrame:
    """The words behind the cells of a partition's own rows; what concerns speakers is put aside."""
    speaks = pl.col("resource") == "speakers"
    words = read_segments(segments, "provenance")
    put_aside(first_mentions(read_segments(segments, "speakers"), words.filter(speaks)), partition, mentions)
    return words.filter(~speaks)


def write_speakers(bucket: str, folder: Path, mentions: Path) -> list[Part]:
    """Write the speakers of a bucket, each of them once, and the words behind them."""
    tables = merged(bucket, mentions)
    return [part for name in list(tables) for part in _written(name, partial(tables.pop, name), f"speakers-{bucket}", folder)]


def write_partitions(
    executor: Executor, partitions: Iterable[tuple[str, Segments]], folder: Path, mentions: Path, window: int, wrote: Wrote
) -> list[Part]:
    """Write all partitions, then the speakers of all.

    Args:
        executor: what writes them.
        partitions: their names, each with what holds its articles.
        folder: the package.
        mentions: an empty place for what is known of speakers.
        window: how many are written at once.
        wrote: told of each that is written.

    Returns:
        A part for each file, in the order of the tables and partitions.
    """
    mentions.mkdir()
    months = (partial(executor.submit, write_partition, segments, name, folder, mentions) for name, segments in partitions)
    parts = list(_told(_in_turn(months, window), wrote))
    deque(_in_turn((partial(executor.submit, shuffle, *group) for group in shuffles(mentions)), window), maxlen=0)
    speakers = (partial(executor.submit, write_speakers, bucket, folder, mentions) for bucket in buckets(mentions))
    parts += _told(_in_turn(speakers, window), wrote)
    empty = partial(pl.DataFrame, schema=load_schemas()["reviews"].dtypes)
    return parts + list(_written("reviews", empty, "all", folder))


def _told(written: Iterable[list[Part]], wrote: Wrote) -> Iterator[Part]:
    """The parts of what was written, which is told."""
    for parts in written:
        rows = {part.table: part.rows for part in parts}
        wrote(rows.get("articles", 0), sum(rows.values()))
        yield from parts


def _in_turn(begin: Iterable[Callable[[], Future[Result]]], window: int) -> Iterator[Result]:
    """The results of work in the order in which it was begun, so much of it at once."""
    flying: deque[Future[Result]] = deque()
    for each in begin:
        flying.append(each())
        if len(flying) == window:
            yield flying.popleft().result()
    yield from (each.result() for each in flying)


def _written(name: str, read: Callable[[], pl.DataFrame], partition: str, folder: Path) -> Iterable[Part]:
    schema = load_schemas()[name]
    return write_part(folder, schema, partition, in_order(schema, read()))  # nobody holds the rows as they were before
