"""What a build of many articles costs: articles and megabytes a second, memory, and what does not go into extraction.

    python tests/bench/corpus.py [--articles 20000 200000] [--folder DIR] [--workers 2]

Builds a synthetic collection (seeded, made by `synthetic_corpus.py`) of each size with all workers, and the smallest with one
too, each in a process of its own and from nothing. Memory is that of all processes at once, their shared pages counted once
(PSS), and processor time that of all processes, both looked at four times a second.

Extraction is what `extraction.py` times too: from a text to the words behind each cell (lines, figures, statements, speakers,
dates, provenance). `timed.py` times it inside of the build; all other processor time, of any process, is outside of it.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
GENERATOR, TIMED = (Path(__file__).with_name(name) for name in ("synthetic_corpus.py", "timed.py"))
EVERY = 0.25  # seconds


@dataclass(frozen=True, slots=True)
class Run:
    """One build, measured."""

    articles: int
    workers: int
    megabytes: float
    seconds: float
    extracting: float
    processor: float
    peak: float
    rows: int
    load: float

    def __str__(self) -> str:
        outside = 1 - self.extracting / self.processor
        return (
            f"{self.articles:>8,} articles  {self.workers} workers  {self.seconds:7.1f} s  "
            f"{self.articles / self.seconds:6,.0f} articles/s  {self.megabytes / self.seconds:5.2f} MB/s  "
            f"{self.rows:>10,} rows  peak {self.peak:5,.0f} MB  {1000 * self.processor / self.articles:.1f} ms an article, "
            f"outside extraction {outside:.0%}  load {self.load:.1f}"
        )


def looked_at(process: psutil.Process, processor: dict[int, float]) -> float:
    """Megabytes of a process and all below it; puts down their processor time, by process."""
    total = 0
    for each in (process, *process.children(recursive=True)):
        try:
            used = each.cpu_times()
            processor[each.pid] = used.user + used.system
            total += each.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return total / 1e6


def measured(collection: Path, articles: int, workers: int, out: Path) -> Run:
    """Build a collection from nothing in a process of its own."""
    for path in (out, *(out.with_name(f"{out.name}.{end}") for end in ("build", "times"))):
        shutil.rmtree(path, ignore_errors=True)
    command = [sys.executable, str(TIMED), str(collection), str(out), str(workers)]
    paths = os.pathsep.join([str(ROOT / "scripts"), str(TIMED.parent)])
    process = psutil.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": paths})
    peak, processor, loads = 0.0, dict[int, float](), list[float]()
    while process.poll() is None:
        try:
            peak = max(peak, looked_at(process, processor))
        except psutil.NoSuchProcess:
            break
        loads.append(os.getloadavg()[0])
        time.sleep(EVERY)
    told = json.loads(process.stdout.read())
    megabytes = sum(path.stat().st_size for path in (collection / "articles").rglob("*") if path.is_file()) / 1e6
    rows, load = sum(told["rows"].values()), sum(loads) / len(loads)
    used = sum(processor.values())
    return Run(articles, workers, megabytes, told["seconds"], told["extracting"], used, peak, rows, load)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[20_000, 200_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where to put articles and packages; a temporary folder if none is given")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder, runs = Path(name), list[Run]()
        for articles in sorted(given.articles):
            collection = folder / f"synthetic-{articles}"
            subprocess.run(
                [sys.executable, str(GENERATOR), str(collection), "--articles", str(articles), "--kind", "jsonl"], check=True
            )
            for workers in (1, given.workers) if not runs else (given.workers,):
                runs.append(measured(collection, articles, workers, folder / "out"))
                print(runs[-1], flush=True)  # noqa: T201
        one, several, *_ = runs
        print(f"{several.workers} workers are {one.seconds / several.seconds:.2f} times as fast as one")  # noqa: T201
        if len(runs) > 2:
            per = [run.seconds / run.articles for run in (several, runs[-1])]
            print(f"an article takes {per[1] / per[0] - 1:+.0%} in {runs[-1].articles:,} than in {several.articles:,}")  # noqa: T201


if __name__ == "__main__":
    main()
