"""What a package of a million rows takes: validated, put into SQLite with full-text search, and released.

    python tests/bench/million.py [--articles 7000] [--folder DIR]

7,000 articles of the synthetic collection give a million rows, in partitions. Each step is a process of its own; its time is
the processor's, of all its threads and of the processes that it started, which a neighbour lengthens less than the clock's, and
its memory the most that the process had. Exit 1 where a target is
missed: 500,000 rows a second validated, 100,000 into SQLite, 2 GB.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import synthetic_corpus
from releases import most_memory

from onrecord.corpus import build
from onrecord.datapackage import read_package

MOST_BYTES = 2_000_000_000


def validated(package: Path, _: Path) -> None:
    """Types, patterns, vocabularies, bounds, keys, foreign keys and rules of all tables, read from CSV."""
    from onrecord.pipeline import table_violations

    assert table_violations(read_package(package)) == []


def stored(package: Path, place: Path) -> None:
    """One SQLite file with keys, indexes and full-text search."""
    from onrecord.serve import build_database

    build_database(read_package(package), place / "package.db")


def released(package: Path, place: Path) -> None:
    """Extracted, written, gated and put into a catalog."""
    from onrecord.publish import release

    assert release(package.with_name("synthetic"), place / "catalog").published


STEPS: Mapping[str, tuple[Callable[[Path, Path], None], int]] = {
    "validated": (validated, 500_000),
    "into SQLite": (stored, 100_000),
    "released": (released, 0),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step took."""

    step: str
    rows: int
    seconds: float
    memory: int

    @property
    def met(self) -> bool:
        return self.rows / self.seconds >= STEPS[self.step][1] and self.memory < MOST_BYTES

    def __str__(self) -> str:
        speed = f"{self.rows / self.seconds:>11,.0f} rows/s"
        verdict = "" if self.met else "  target missed"
        return f"{self.step:12} {self.rows:>10,} rows {self.seconds:7.1f} s {speed} {self.memory / 1e6:7,.0f} MB{verdict}"


def step(name: str, package: Path, place: Path) -> None:
    """Do one step in this process and print what it took."""
    before = os.times()
    STEPS[name][0](package, place)
    seconds = sum(os.times()[:4]) - sum(before[:4])
    json.dump({"seconds": seconds, "memory": most_memory()}, sys.stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=7000)
    parser.add_argument("--folder", type=Path, help="where to put articles and packages; a temporary folder if none is given")
    given = parser.parse_args()
    met = True
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        place = Path(name)
        synthetic_corpus.write_corpus(place / "synthetic", given.articles, seed=1, shard=20_000, kind="jsonl", damaged=0)
        rows = sum(build(place / "synthetic", place / "package").rows.values())
        for each in STEPS:
            command = [sys.executable, __file__, "--step", each, str(place / "package"), str(place)]
            told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
            taken = Taken(each, rows, told["seconds"], told["memory"])
            met = met and taken.met
            print(taken, flush=True)  # noqa: T201
    return 0 if met else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        step(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        sys.exit(main())
