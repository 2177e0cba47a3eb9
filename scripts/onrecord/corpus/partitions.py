"""A partition's rows, from the segments that hold them to its own files; all of them are written by the same executor."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path

import polars as pl

from onrecord.corpus.segments import Segments, read_segments
from onrecord.package.parts import Part, write_part
from onrecord.schemas import load_schemas
from onrecord.tabulate import first_mentions, in_order, merge_speakers

# Speakers speak in several months: they are partitioned by the first digit of their id, which is a hash.
BUCKETS = "0123456789abcdef"
_TOGETHER = 4_000_000  # bytes of mentions, compressed, whose speakers are merged in one go


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
    said = first_mentions(read_segments(segments, "speakers"), words.filter(speaks))
    for name, frame in zip(("speakers", "provenance"), said, strict=True):
        frame.write_ipc(mentions / f"{partition}.{name}.arrow", compression="zstd")
    return words.filter(~speaks)


def write_speakers(buckets: str, folder: Path, mentions: Path) -> list[Part]:
    """Write the speakers whose ids begin with one of some digits, each of them once, and the words behind them."""
    keys = {"speakers": "speaker_id", "provenance": "row_id"}
    tables = merge_speakers({name: _gathered(mentions, name, _begins(key, buckets)) for name, key in keys.items()})
    return [
        part
        for bucket in buckets
        for name, key in keys.items()
        for part in _written(name, partial(tables[name].filter, _begins(key, bucket)), f"speakers-{bucket}", folder)
    ]


def write_partitions(
    executor: Executor, partitions: Iterable[tuple[str, Segments]], folder: Path, mentions: Path, window: int
) -> list[Part]:
    """Write all partitions, then the speakers of all.

    Args:
        executor: what writes them.
        partitions: their names, each with what holds its articles.
        folder: the package.
        mentions: an empty place for what is known of speakers.
        window: how many are written at once.

    Returns:
        A part for each file, in the order of the tables and partitions.
    """
    mentions.mkdir()
    months = (partial(executor.submit, write_partition, segments, name, folder, mentions) for name, segments in partitions)
    parts = [part for each in _in_turn(months, window) for part in each]
    buckets = (partial(executor.submit, write_speakers, group, folder, mentions) for group in _groups(mentions))
    parts += [part for each in _in_turn(buckets, window) for part in each]
    empty = partial(pl.DataFrame, schema=load_schemas()["reviews"].dtypes)
    return parts + list(_written("reviews", empty, "all", folder))


def _in_turn(begin: Iterable[Callable[[], Future[list[Part]]]], window: int) -> Iterator[list[Part]]:
    """The results of work in the order in which it was begun, so much of it at once."""
    flying: deque[Future[list[Part]]] = deque()
    for each in begin:
        flying.append(each())
        if len(flying) == window:
            yield flying.popleft().result()
    yield from (each.result() for each in flying)


def _groups(mentions: Path) -> list[str]:
    """The digits in as many groups as memory asks for: each reads all files, however few rows they have for it."""
    size = sum(path.stat().st_size for path in mentions.iterdir())
    length = max(1, len(BUCKETS) // (1 + size // _TOGETHER))
    return [BUCKETS[start : start + length] for start in range(0, len(BUCKETS), length)]


def _begins(column: str, buckets: str) -> pl.Expr:
    return pl.col(column).str.contains(f"^speaker_[{buckets}]")


def _gathered(mentions: Path, name: str, wanted: pl.Expr) -> pl.DataFrame:
    return pl.concat([pl.read_ipc(path).filter(wanted) for path in sorted(mentions.glob(f"*.{name}.arrow"))])


def _written(name: str, read: Callable[[], pl.DataFrame], partition: str, folder: Path) -> Iterable[Part]:
    schema = load_schemas()[name]
    return write_part(folder, schema, partition, in_order(schema, read()))  # nobody holds the rows as they were before
