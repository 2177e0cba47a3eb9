"""Speakers speak in several months: what each month knows of them is put aside, shuffled by their ids, and merged.

Of many mentions, files are read a few at a time and cut by the first digits of the speakers' ids, which are hashes: so many
digits that a bucket has few enough for memory, however many months there are. Nothing is read more than twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, count, groupby
from pathlib import Path

import polars as pl

from onrecord.tabulate import merge_speakers

_MOST = 50_000  # mentions in a bucket; with the words behind them some 40 MB, of which merging takes a few times as much
_BEGINS = len("speaker_")
_KEYS = {"speakers": "speaker_id", "provenance": "row_id"}
_UNCUT = "all"
_ENDING = ".arrow"  # of files that are read twice within the hour; in Parquet each would take five times as long


def put_aside(said: Iterable[pl.DataFrame], partition: str, mentions: Path) -> None:
    """Keep what a partition knows of its speakers.

    Args:
        said: as `onrecord.tabulate.first_mentions` gives it.
        partition: its name.
        mentions: the folder of all mentions.
    """
    _put(dict(zip(_KEYS, said, strict=True)), mentions / _UNCUT, partition)


def shuffles(mentions: Path) -> Iterator[tuple[list[str], int, Path]]:
    """What `shuffle` is to be called with, once all partitions were put aside; nothing where they are few.

    Args:
        mentions: the folder of all mentions.
    """
    ending = f".speakers{_ENDING}"
    paths = sorted((mentions / _UNCUT).glob(f"*{ending}"))
    counts = {path.name.removesuffix(ending): _height(path) for path in paths}
    digits = next(number for number in count() if sum(counts.values()) <= _MOST * 16**number)
    if digits:
        before = dict(zip(counts, accumulate(counts.values()), strict=True))
        for _, together in groupby(counts, lambda name: before[name] // _MOST):
            yield list(together), digits, mentions


def shuffle(partitions: list[str], digits: int, mentions: Path) -> None:
    """Cut what some partitions know by the first digits of the speakers' ids.

    Args:
        partitions: their names.
        digits: how many.
        mentions: the folder of all mentions.
    """
    cut = {name: _cut(name, partitions, digits, mentions / _UNCUT) for name in _KEYS}
    for bucket in cut["speakers"]:  # a speaker has a name, and its name has words
        _put({name: parts[bucket] for name, parts in cut.items()}, mentions / bucket, partitions[0])


def _cut(name: str, partitions: Iterable[str], digits: int, folder: Path) -> dict[str, pl.DataFrame]:
    rows = pl.concat(_taken(folder / f"{partition}.{name}{_ENDING}") for partition in partitions)
    bucket = pl.col(_KEYS[name]).str.slice(_BEGINS, digits).alias("bucket")
    parts = rows.with_columns(bucket).partition_by("bucket", as_dict=True, include_key=False)
    return {str(digit): part for (digit,), part in parts.items()}


def buckets(mentions: Path) -> list[str]:
    """The buckets that have mentions, in order."""
    return sorted(folder.name for folder in mentions.iterdir() if any(folder.iterdir()))


def merged(bucket: str, mentions: Path) -> dict[str, pl.DataFrame]:
    """The speakers of a bucket, each of them once, and the words behind them, in no certain order."""
    return merge_speakers(
        {name: pl.concat(map(_taken, sorted((mentions / bucket).glob(f"*.{name}{_ENDING}")))) for name in _KEYS}
    )


def _put(tables: Mapping[str, pl.DataFrame], folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for table, frame in tables.items():
        frame.write_ipc_stream(folder / f"{name}.{table}{_ENDING}", compression="lz4")


def _taken(path: Path) -> pl.DataFrame:
    """The rows of a file, which nobody needs again."""
    rows = pl.read_ipc_stream(path)
    path.unlink()
    return rows


def _height(path: Path) -> int:
    """The number of rows of a file."""
    return pl.read_ipc_stream(path, columns=["speaker_id"]).height
