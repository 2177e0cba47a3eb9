"""Measure what a release of many rows costs: validation with every constraint, and the diff of two versions.

python tests/bench/releases.py [ROWS]      a million figures unless given; exit 1 where a target is missed
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from onrecord.diff import diff_packages
from onrecord.package.write import parquet_bytes
from onrecord.schemas import load_schemas
from onrecord.validate import check_table, check_tables

ROWS_A_SECOND = 500_000
DIFF_SECONDS = 10.0
DIFF_BYTES = 2_000_000_000


def tables(rows: int) -> dict[str, pl.DataFrame]:
    """An article, its figures, and the words of each figure; every constraint applies to something."""
    schemas = load_schemas()
    number = pl.int_range(rows, eager=True).alias("number")
    ids = ("figure_" + number.cast(pl.String).str.zfill(16)).alias("figure_id")
    digits = number.cast(pl.String)
    article = {
        "article_id": "bench-1",
        "published_on": "2021-03-04",
        "language": "en-GB",
        "media_type": "text/plain",
        "text_sha256": "0" * 64,
        "characters": 12 * rows,
        "words": 2 * rows,
    }
    figures = {
        "figure_id": ids,
        "article_id": pl.repeat("bench-1", rows, eager=True),
        "text": digits,
        "kind": pl.repeat("mass", rows, eager=True),
        "low": number.cast(pl.Float64),
        "high": number.cast(pl.Float64) + 5,
        "qualifier": pl.repeat("approximately", rows, eager=True),
        "unit": pl.repeat("kg", rows, eager=True),
        "unit_text": pl.repeat("kilos", rows, eager=True),
        "per": pl.repeat("month", rows, eager=True),
        "as_of": pl.repeat("2021-03", rows, eager=True),
        "low_si": number.cast(pl.Float64),
        "high_si": number.cast(pl.Float64) + 5,
        "si_unit": pl.repeat("kg/a", rows, eager=True),
        "start": number * 12,
        "end": number * 12 + digits.str.len_chars().cast(pl.Int64),
        "review": pl.repeat("machine", rows, eager=True),
    }
    given = {
        "articles": pl.DataFrame([article]).with_columns(pl.col("published_on").str.to_date()),
        "figures": pl.DataFrame(figures),
    }
    read = [field.name for field in schemas["figures"].fields if field.origin == "read" and field.name in figures]
    words = pl.DataFrame({"row_id": ids, "start": figures["start"], "end": figures["end"], "exact": digits})
    given["provenance"] = pl.concat(
        words.with_columns(
            pl.lit("figures").alias("resource"),
            pl.lit(name).alias("field"),
            pl.lit("bench-1").alias("article_id"),
            pl.lit("bench.row").alias("rule"),
        )
        for name in read
    )
    return {
        name: given.get(name, pl.DataFrame()).select(
            (pl.col(column) if name in given and column in given[name].columns else pl.lit(None, dtype))
            .cast(dtype)
            .alias(column)
            for column, dtype in schema.dtypes.items()
        )
        if name in given
        else pl.DataFrame(schema=schema.dtypes)
        for name, schema in schemas.items()
    }


def put(folder: Path, frames: dict[str, pl.DataFrame]) -> None:
    """As much of a package as `diff` reads: the descriptor and the figures in Parquet."""
    schema = load_schemas()["figures"]
    folder.mkdir()
    (folder / "figures.parquet").write_bytes(parquet_bytes(frames["figures"]))
    table = {"name": "figures", "type": "table", "format": "csv", "path": "figures.csv", "schema": dict(schema.descriptor)}
    resources = [table, {"name": "figures-parquet", "path": "figures.parquet"}]
    (folder / "datapackage.json").write_text(json.dumps({"name": "bench", "resources": resources}), "utf-8")


def timed(what: str, rows: int, seconds: float) -> float:
    print(f"{what}: {seconds:.2f} s, {rows / seconds / 1e6:.2f} M rows/s")  # noqa: T201
    return seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000)
    rows = parser.parse_args().rows
    before = tables(rows)
    schema = load_schemas()["figures"]
    corrected = pl.when(pl.int_range(rows) % 1000 == 7).then(pl.col("high") + 1).otherwise(pl.col("high")).alias("high")
    after = before | {"figures": before["figures"].with_columns(corrected)[10:]}
    with tempfile.TemporaryDirectory() as place:
        put(Path(place) / "old", before)
        put(Path(place) / "new", after)
        del after
        start = time.perf_counter()
        assert check_table(before["figures"], schema) == []
        alone = timed("validation of figures: types, patterns, vocabularies, bounds, key", rows, time.perf_counter() - start)
        start = time.perf_counter()
        assert check_tables(before, load_schemas().values()) == []
        total = sum(frame.height for frame in before.values())
        every = timed("validation of all tables: foreign keys, rules, provenance too", total, time.perf_counter() - start)
        del before
        # A process of its own, so that its memory is the diff's alone.
        command = [sys.executable, __file__, "--diff", place]
        told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    print(f"diff of two versions: {told[0]} s, {int(told[1]) / 1e9:.2f} GB at most, {told[2]} changed rows")  # noqa: T201
    met = rows / alone >= ROWS_A_SECOND and total / every >= ROWS_A_SECOND
    met = met and float(told[0]) < DIFF_SECONDS and int(told[1]) < DIFF_BYTES
    print("targets met" if met else "a target is missed: 0.5 M rows/s, 10 s, 2 GB")  # noqa: T201
    return 0 if met else 1


def diff(place: Path) -> None:
    """Print seconds, bytes at most and changed rows."""
    start = time.perf_counter()
    found = diff_packages(place / "old", place / "new")["figures"]
    seconds = time.perf_counter() - start
    print(f"{seconds:.2f} {most_memory()} {found.counts['changed']}")  # noqa: T201


def most_memory() -> int:
    """The bytes that this process had at most; what getrusage tells begins, on Linux, with what its parent had."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (line,) = (line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--diff"]:
        diff(Path(sys.argv[2]))
    else:
        sys.exit(main())
