"""Serve one database with stock Datasette and with onrecord's, in turn, and print how fast each answers.

python tests/bench/serving.py [--rows 1000000] [--seconds 5] [--folder DIR]    needs wrk (Debian: apt-get install wrk)

The package is made by a seeded generator and kept in the folder, so that a second run starts at once. Both servers open the
same SQLite file, immutable and with the same inspect data; addresses of rows and words of searches change from request to
request, so that no cache answers for the database. "repeated" addresses are asked for again and again, as a front page is.
"""

import argparse
import csv
import json
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from onrecord.datapackage import Package, read_package
from onrecord.schemas import load_schemas
from onrecord.serve import build_database
from onrecord.serve.app import inspect_databases

_BEGINNINGS = ("", "north", "south", "east", "west", "upper", "lower", "old", "new", "grand", "little", "free", "first", "last",
               "red", "green", "blue", "white", "black", "grey")  # fmt: skip
_MIDDLES = ("harbour", "council", "ferry", "school", "river", "market", "winter", "budget", "bridge", "garden")
WORDS = [first + middle + end for first in _BEGINNINGS for middle in _MIDDLES for end in ("", "s", "side", "land", "er")]
ROWS_AN_ARTICLE = 10
CONNECTIONS = (1, 16, 64)

SCRIPT = """
local addresses = {}
for line in io.lines("ADDRESSES") do addresses[#addresses + 1] = line end
local next = 0
function init(args)
  math.randomseed(os.time())
  next = math.random(#addresses)
end
function request() next = next % #addresses + 1 return wrk.format("GET", addresses[next]) end
function done(summary, latency)
  local errors = summary.errors.status + summary.errors.timeout + summary.errors.read
  io.write(string.format("RESULT %f %f %f %f %d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3, errors))
end
"""


def write_package(folder: Path, rows: int) -> Package:
    """A package of that many statements and figures, the same for one number of rows on any machine."""
    (folder / "data").mkdir(parents=True)
    schemas = load_schemas()
    for name, lines in _tables(rows).items():
        with (folder / "data" / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, schemas[name].names, restval="")
            writer.writeheader()
            writer.writerows(lines)
    resources = [
        {"name": name, "path": f"data/{name}.csv", "format": "csv", "schema": dict(schema.descriptor)}
        for name, schema in schemas.items()
    ]
    descriptor = {"name": "bench", "title": "A bench", "version": "0.1.0", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    return read_package(folder)


def _tables(rows: int) -> Mapping[str, Iterator[dict[str, object]]]:
    return {
        "articles": (_article(number) for number in range(rows // ROWS_AN_ARTICLE)),
        "speakers": (_speaker(number) for number in range(rows // 100)),
        "statements": (_statement(number, rows) for number in range(rows)),
        "figures": (_figure(number, rows) for number in range(rows)),
        "statement_parts": iter(()),
        "dates": iter(()),
        "reviews": iter(()),
        "provenance": (_provenance(number) for number in range(rows)),
    }


def _words(seed: str, number: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=number))


def _article(number: int) -> dict[str, object]:
    return {
        "article_id": f"article-{number}",
        "title": _words(f"a{number}", 6),
        "publisher": f"Paper {number % 40}",
        "language": "en-GB",
        "published_on": f"20{10 + number % 14:02}-{1 + number % 12:02}-{1 + number % 28:02}",
        "media_type": "text/plain",
        "text_sha256": f"{number:064x}",
        "characters": 4000,
        "words": 700,
    }


def _speaker(number: int) -> dict[str, object]:
    return {
        "speaker_id": f"speaker_{number:016x}",
        "name": _words(f"p{number}", 2).title(),
        "kind": "person",
        "review": "machine",
    }


def _place(number: int, rows: int) -> dict[str, object]:
    article, start = number // ROWS_AN_ARTICLE % (rows // ROWS_AN_ARTICLE), 100 * (number % ROWS_AN_ARTICLE)
    speaker = f"speaker_{number % (rows // 100):016x}"
    return {
        "article_id": f"article-{article}",
        "start": start,
        "end": start + 60,
        "speaker_id": speaker,
        "review": "machine",
    }


def _statement(number: int, rows: int) -> dict[str, object]:
    return {
        "statement_id": f"statement_{number:016x}",
        "kind": ("direct", "mixed", "indirect")[number % 3],
        "text": _words(f"s{number}", 12),
        "cue": "said",
        **_place(number, rows),
    }


def _figure(number: int, rows: int) -> dict[str, object]:
    low = number % 5000
    return {
        "figure_id": f"figure_{number:016x}",
        "text": f"{low} kg",
        "kind": "mass",
        "low": low,
        "high": low,
        "unit": "kg",
        "unit_text": "kg",
        "measures": WORDS[number % len(WORDS)],
        **_place(number, rows),
    }


def _provenance(number: int) -> dict[str, object]:
    start = 100 * (number % ROWS_AN_ARTICLE)
    return {
        "resource": "figures",
        "row_id": f"figure_{number:016x}",
        "field": "text",
        "article_id": f"article-{number // ROWS_AN_ARTICLE}",
        "start": start,
        "end": start + 6,
        "exact": f"{number % 5000} kg",
        "rule": "figure.number",
    }


def addresses(rows: int) -> dict[str, list[str]]:
    """What is asked for, by its name in the report."""
    draw = random.Random(7)
    some = [draw.randrange(rows) for _ in range(5000)]
    return {
        "home (repeated)": ["/"],
        "table JSON (repeated)": ["/bench/figures.json?_shape=objects"],
        "table JSON": [f"/bench/figures.json?_shape=objects&_next=figure_{n:016x}&_sort=figure_id" for n in some],
        "table HTML (repeated)": ["/bench/figures"],
        "facets (repeated)": ["/bench/statements?_facet=kind&_facet=speaker_id"],
        "search": [f"/bench/statements.json?_search={draw.choice(WORDS)}+{draw.choice(WORDS)}" for _ in some],
        "article": [f"/bench/articles/article-{n // ROWS_AN_ARTICLE}" for n in some],
        "figure": [f"/bench/figures/figure_{n:016x}" for n in some],
        "speaker": [f"/bench/speakers/speaker_{n % (rows // 100):016x}" for n in some],
    }


@contextmanager
def running(command: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server that answers on the port."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                if process.poll() is not None:
                    sys.exit(f"expected a server, but it ended: {' '.join(command)}")
                try:
                    urlopen(f"http://127.0.0.1:{port}/-/versions.json", timeout=60).close()
                    break
                except OSError:
                    time.sleep(0.2)
            yield process
        finally:
            process.kill()


def measure(port: int, asked: list[str], connections: int, seconds: int, folder: Path) -> str:
    """One line of wrk: requests a second, p50, p95, p99 in milliseconds, answers that failed."""
    (folder / "addresses").write_text("\n".join(asked) + "\n")
    (folder / "ask.lua").write_text(SCRIPT.replace("ADDRESSES", str(folder / "addresses")))
    command = [
        "wrk",
        f"-d{seconds}",
        f"-c{connections}",
        "-t1",
        "--timeout",
        "30s",
        "-s",
        str(folder / "ask.lua"),
        f"http://127.0.0.1:{port}",
    ]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"RESULT (\S+) (\S+) (\S+) (\S+) (\d+)", printed)
    if found is None:
        sys.exit(f"expected a result of wrk, found {printed}")
    rate, *times, errors = found.groups()
    return f"{float(rate):10.1f}/s  p50 {float(times[0]):8.1f}  p95 {float(times[1]):8.1f}  p99 {float(times[2]):8.1f} ms" + (
        f"  {errors} failed" if errors != "0" else ""
    )


def memory(process: int) -> float:
    """The largest share of memory that a process has held, in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


def main() -> None:
    """Make the database, start each server, print what wrk measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000, help="statements, and figures, in the database")
    parser.add_argument("--seconds", type=int, default=10, help="for each measurement")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "onrecord-bench-serve")
    parser.add_argument("--only", default="", help="measure only what has this in its name")
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("tests/bench/serving.py: expected wrk, found none; install it (Debian: apt-get install wrk)")
    folder: Path = arguments.folder / str(arguments.rows)
    if not (folder / "inspected.json").exists():
        shutil.rmtree(folder, ignore_errors=True)
        package = write_package(folder / "package", arguments.rows)
        build_database(package, folder / "bench.db")
        (folder / "inspected.json").write_text(json.dumps(inspect_databases([folder / "bench.db"])))
    for name, module in (("stock", _STOCK), ("onrecord", _OURS)):
        for what, asked in addresses(arguments.rows).items():
            if arguments.only in what:
                compare(name, module, what, asked, folder, arguments.seconds)


def compare(name: str, module: str, what: str, asked: list[str], folder: Path, seconds: int) -> None:
    """Measure one kind of page on a server started for it: what a slow one has left undone must not burden the next."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with running([sys.executable, "-c", module, str(folder), str(port)], port) as process:
        for connections in CONNECTIONS:
            line = measure(port, asked, connections, seconds, folder)
            sys.stdout.write(f"{name:9}{what:24}{connections:3}  {line}  {memory(process.pid):.0f} MB\n")
            sys.stdout.flush()


_STOCK = """
import sys, pathlib, json, uvicorn
from datasette.app import Datasette
folder = pathlib.Path(sys.argv[1])
inspected = json.loads((folder / "inspected.json").read_text())
site = Datasette(immutables=[str(folder / "bench.db")], inspect_data=inspected)
uvicorn.run(site.app(), port=int(sys.argv[2]), log_level="error")
"""
_OURS = """
import sys, pathlib
from functools import partial
from onrecord.serve.app import application_in, listening
from onrecord.serve.workers import run
folder = pathlib.Path(sys.argv[1])
with listening("127.0.0.1", int(sys.argv[2])) as listener:
    run(partial(application_in, [folder / "package"], [folder / "bench.db"], False), listener, 1)
"""


if __name__ == "__main__":
    main()
