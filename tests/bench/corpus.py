"""What a build of many articles costs: articles and megabytes a second, memory, and what does not go into extraction.

    python tests/bench/corpus.py [--articles 20000 200000] [--folder DIR] [--workers 2]

Builds a synthetic collection (seeded, made by `synthetic_corpus.py`) of each size with all workers, and the smallest with one
too, each in a process of its own and from nothing. The memory is that of all processes at once, their shared pages counted
once (PSS), looked at five times a second. The share outside of extraction is what extraction
alone, timed on the first articles in this process, leaves of the processor time of all.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import psutil

from onrecord.extract import extract
from onrecord.settings import load_collection
from onrecord.source.stream import Found, stream

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = 2000

_BUILD = """
import json, resource, sys, time
from pathlib import Path
from onrecord.corpus import Engine, Plan, build
if __name__ == "__main__":
    workers = int(sys.argv[3])
    plan = Plan(Engine.pool if workers > 1 else Engine.here, workers)
    started = time.perf_counter()
    built = build(Path(sys.argv[1]), Path(sys.argv[2]), plan)
    seconds = time.perf_counter() - started
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(each.ru_utime + each.ru_stime for each in used)
    print(json.dumps({"processor": processor, "seconds": seconds, "rows": built.rows, "bad": len(built.quarantine)}))
"""


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

    def __str__(self) -> str:
        outside = 1 - self.extracting / self.processor
        return (
            f"{self.articles:>8,} articles  {self.workers} workers  {self.seconds:7.1f} s  "
            f"{self.articles / self.seconds:6,.0f} articles/s  {self.megabytes / self.seconds:5.2f} MB/s  "
            f"{self.rows:>10,} rows  peak {self.peak:5,.0f} MB  outside extraction {outside:.0%}"
        )


def memory(process: psutil.Process) -> float:
    """Megabytes of a process and all below it."""
    total = 0
    for each in (process, *process.children(recursive=True)):
        try:
            total += each.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return total / 1e6


def extraction_alone(collection: Path) -> float:
    """Seconds that the extraction of an article takes, nothing else counted."""
    found = islice(stream(load_collection(collection)), SAMPLE)
    articles = [each.article for each in found if isinstance(each, Found)]
    extract(articles[0])  # loads units and lexicons
    started = time.process_time()
    for article in articles:
        extract(article)
    return (time.process_time() - started) / len(articles)


def measured(collection: Path, articles: int, workers: int, out: Path, alone: float) -> Run:
    """Build a collection from nothing in a process of its own."""
    for path in (out, out.with_name(f"{out.name}.build")):
        shutil.rmtree(path, ignore_errors=True)
    script = out.with_name("build_it.py")
    script.write_text(_BUILD, "utf-8")
    command = [sys.executable, str(script), str(collection), str(out), str(workers)]
    process = psutil.Popen(command, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT / "scripts")})
    peak = 0.0
    while process.poll() is None:
        try:
            peak = max(peak, memory(process))
        except psutil.NoSuchProcess:
            break
        time.sleep(0.2)
    told = json.loads(process.stdout.read())
    megabytes = sum(path.stat().st_size for path in (collection / "articles").rglob("*") if path.is_file()) / 1e6
    rows = sum(told["rows"].values())
    return Run(articles, workers, megabytes, told["seconds"], alone * articles, told["processor"], peak, rows)


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
            alone = extraction_alone(collection)
            for workers in (1, given.workers) if not runs else (given.workers,):
                runs.append(measured(collection, articles, workers, folder / "out", alone))
                print(runs[-1], flush=True)  # noqa: T201
        one, several, *_ = runs
        print(f"{several.workers} workers are {one.seconds / several.seconds:.2f} times as fast as one")  # noqa: T201
        if len(runs) > 2:
            per = [run.seconds / run.articles for run in (several, runs[-1])]
            print(f"an article takes {per[1] / per[0] - 1:+.0%} in {runs[-1].articles:,} than in {several.articles:,}")  # noqa: T201


GENERATOR = Path(__file__).with_name("synthetic_corpus.py")

if __name__ == "__main__":
    main()
