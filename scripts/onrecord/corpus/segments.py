"""What a batch gave, as one file: a zip of a table each, in Parquet, which takes half of what Arrow's own form does."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import polars as pl

Segments = Sequence[tuple[Path, Sequence[str]]]
"""Files, each with the ids of the articles that are wanted of it."""


def segment_bytes(tables: Mapping[str, pl.DataFrame]) -> bytes:
    """Frames as one file: a zip of Parquet files, each compressed by itself."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, table in tables.items():
            data = io.BytesIO()
            table.write_parquet(data, compression="zstd", compression_level=1, statistics=False)  # packed fast
            archive.writestr(name, data.getvalue())
    return target.getvalue()


def read_segments(segments: Iterable[tuple[Path, Sequence[str]]], name: str) -> pl.DataFrame:
    """A table of some articles, put together from the segments that hold them.

    Args:
        segments: paths, each with the ids of the articles that are wanted of it.
        name: the table.
    """
    return pl.concat([_only(path, name, ids) for path, ids in segments])


def _only(path: Path, name: str, ids: Sequence[str]) -> pl.DataFrame:
    if _shared(path, "articles").height == len(ids):
        return _table(path, name)
    table, wanted = _shared(path, name), pl.col("article_id").is_in(ids)
    if "article_id" in table.columns:
        return table.filter(wanted)
    if name == "statement_parts":
        return table.join(_shared(path, "statements").filter(wanted), on="statement_id", how="semi", maintain_order="left")
    return table


def _table(path: Path, name: str) -> pl.DataFrame:
    with zipfile.ZipFile(path) as archive:
        return pl.read_parquet(io.BytesIO(archive.read(name)))


# Small months share segments, up to three of eight tables each, and are asked for one after the other; what a segment holds
# never changes.
_shared = lru_cache(maxsize=24)(_table)
