"""What a build of many articles costs: articles and megabytes a second, memory, and what does not go into extraction.

    python tests/bench/corpus.py [--articles 20000 200000] [--folder DIR] [--workers 2] [--turns 1]

Builds a synthetic collection (seeded, made by `synthetic_corpus.py`) of each size with all workers, and the smallest with one
too, in turn and so many times, of which the fastest count; each in a process of its own and from nothing. `--articles 10000`
alone tells within four minutes of two idle cores what a second worker gains. Memory is that of all processes at once, their
shared pages counted once (PSS), and processor time that of all processes, both looked at four times a second.

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
    reading: float
    peak: float
    rows: int
    load: float

    def __str__(self) -> str:
        outside = 1 - self.extracting / self.processor
        of_each = [f"{1000 * seconds / self.articles:.2f}" for seconds in (self.processor, self.reading)]
        return (
            f"{self.articles:>8,} articles  {self.workers} workers  {self.seconds:7.1f} s  "
            f"{self.articles / self.seconds:6,.0f} articles/s  {self.megabytes / self.seconds:5.2f} MB/s  "
            f"{self.rows:>10,} rows  peak {self.peak:5,.0f} MB  {of_each[0]} ms an article, {of_each[1]} in the process that "
            f"reads, outside extraction {outside:.1%}  load {self.load:.1f}"
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
    reading = processor[process.pid]
    return Run(articles, workers, megabytes, told["seconds"], told["extracting"], used, reading, peak, rows, load)


def gained(one: Run, several: Run) -> str:
    """How much faster several workers are: by the clock, and by processor time, of which the neighbours take nothing.

    With a core for each worker the clock stands between two bounds: all processes are busy all the time, or the workers wait
    while the process that started them reads and describes.
    """
    at_once = several.processor / several.workers
    by_turns = several.reading + (several.processor - several.reading) / several.workers
    bounds = " to ".join(f"{one.processor / seconds:.2f}" for seconds in (by_turns, at_once))
    clock = one.seconds / several.seconds
    return f"{several.workers} workers are {clock:.2f} times as fast as one; by processor time, with a core each, {bounds}"


def growth(small: Run, large: Run) -> str:
    """How much more an article takes in more articles."""
    clock = (large.seconds / large.articles) / (small.seconds / small.articles) - 1
    processor = (large.processor / large.articles) / (small.processor / small.articles) - 1
    told = f"{clock:+.0%} of the clock and {processor:+.0%} of processor time"
    return f"an article takes {told} in {large.articles:,} as against {small.articles:,}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[20_000, 200_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where to put articles and packages; a temporary folder if none is given")
    parser.add_argument("--turns", type=int, default=1, help="how often the smallest is built with one worker and with all")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder, best = Path(name), list[Run]()
        for articles in sorted(given.articles):
            collection = folder / f"synthetic-{articles}"
            made = [sys.executable, str(GENERATOR), str(collection), "--articles", str(articles), "--kind", "jsonl"]
            subprocess.run(made, check=True)
            turns = (1, given.workers) * given.turns if not best else (given.workers,)
            runs = []
            for workers in turns:
                runs.append(measured(collection, articles, workers, folder / "out"))
                print(runs[-1], flush=True)  # noqa: T201
            best += [min((run for run in runs if run.workers == workers), key=_seconds) for workers in dict.fromkeys(turns)]
        one, several, *larger = best
        print(gained(one, several))  # noqa: T201
        for run in larger:
            print(growth(several, run))  # noqa: T201


def _seconds(run: Run) -> float:
    return run.seconds


if __name__ == "__main__":
    main()
