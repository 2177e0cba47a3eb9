"""Pulling beside curl, measured: python tests/bench/pull.py [--megabytes 800] (or make bench)

The same server, a process of its own that hands files to the system's sendfile, and the same files: four tables in CSV.

- curl alone: one curl that fetches every file, as a person would write it down; its bytes are not looked at;
- curl, checked: the same and then sha256sum --check, which is what a pull does too;
- pull: `onrecord pull` in a process of its own, into an empty cache and an empty folder.

In turn, five times; the medians count; first over the loopback, where whoever computes less is faster, then over a line of
1 Gbit/s that the server keeps to, whatever the number of connections. Target: a pull reaches 0.8 of the speed of curl alone.
The loopback's number is worth something on a machine with nothing else to do only.
"""

import argparse
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from typer import echo

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "scripts")]

from published import NAME, publish, release_of, write_indexes  # noqa: E402

from onrecord.hashing import sha256_file  # noqa: E402

VERSION = "1.0.0"
FILES = 4
TURNS = 5
TARGET = 0.8
GIGABIT = 125.0  # MB/s
_BLOCK = 1 << 20


class Line:
    """What lets only so many bytes a second pass, over all connections; None lets all pass."""

    def __init__(self, rate: float | None) -> None:
        self._rate, self._free, self._lock = rate, 0.0, threading.Lock()

    def wait(self, size: int) -> None:
        """Wait until the line is free for so many bytes."""
        if self._rate is None:
            return
        with self._lock:
            begin = max(time.monotonic(), self._free)
            self._free = begin + size / self._rate / 1e6
        time.sleep(max(0.0, begin - time.monotonic()))


def grow(catalog: Path, megabytes: int) -> list[str]:
    """Add files of a size to the sample package, with their digests, and return the paths of all of its files."""
    folder = catalog / NAME / VERSION
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    for number in range(FILES):
        path = folder / "data" / f"large{number}.csv"
        with path.open("wb") as file:
            for _ in range(megabytes // FILES):
                file.write(os.urandom(_BLOCK))
        lines.append(f"{sha256_file(path)}  data/{path.name}")
    lines.sort(key=lambda line: line[66:])
    (folder / "SHA256SUMS").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    write_indexes(catalog, [release_of(folder)])
    return [line[66:] for line in lines]


def serve(folder: Path, line: Line) -> None:
    """Serve a folder as fast as the system and the line can, until the process ends; the port is the first line of output."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=answer, args=(connection, folder, line), daemon=True).start()


def answer(connection: socket.socket, folder: Path, line: Line) -> None:
    """Answer the requests of one connection."""
    with connection, connection.makefile("rb") as lines:
        while request := lines.readline():
            while lines.readline().strip():
                pass
            path = folder / request.split()[1].decode().lstrip("/")
            if not path.is_file():
                connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                continue
            head = f'HTTP/1.1 200 OK\r\nContent-Length: {path.stat().st_size}\r\nETag: "{path.stat().st_mtime_ns}"\r\n\r\n'
            connection.sendall(head.encode())
            with path.open("rb") as file:
                for start in range(0, path.stat().st_size, _BLOCK):
                    line.wait(min(_BLOCK, path.stat().st_size - start))
                    connection.sendfile(file, start, _BLOCK)


def curl(url: str, paths: list[str], folder: Path) -> None:
    """Fetch every file with one curl."""
    folder.mkdir(parents=True)
    words = [word for path in paths for word in ("-o", path, f"{url}/{NAME}/{VERSION}/{path}")]
    subprocess.run(["curl", "--silent", "--fail", "--create-dirs", *words], cwd=folder, check=True)


def checked_curl(url: str, paths: list[str], folder: Path) -> None:
    """Fetch every file with one curl, then check each."""
    curl(url, [*paths, "SHA256SUMS"], folder)
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=True)


def pull(url: str, _: list[str], folder: Path) -> None:
    """Pull the package."""
    folder.mkdir(parents=True)
    environment = os.environ | {"PYTHONPATH": str(ROOT / "scripts"), "ONRECORD_CACHE": str(folder / "cache")}
    words = [sys.executable, "-m", "onrecord", "pull", NAME, "--from", url]
    subprocess.run(words, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


def seconds(way: Callable[[str, list[str], Path], None], url: str, paths: list[str], folder: Path) -> float:
    """How long one turn takes; what it left is removed, and on the disk, before the next."""
    begin = time.perf_counter()
    way(url, paths, folder)
    took = time.perf_counter() - begin
    shutil.rmtree(folder)
    os.sync()
    return took


def measure(megabytes: int, rate: float | None) -> None:
    """Print the speeds over a line."""
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as name:
        catalog = publish(Path(name) / "catalog", (VERSION,))
        paths = grow(catalog, megabytes)
        size = sum((catalog / NAME / VERSION / path).stat().st_size for path in paths) / 1e6
        words = [sys.executable, __file__, "--serve", str(catalog), *(["--rate", str(rate)] if rate else [])]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
            url = f"http://127.0.0.1:{server.stdout.readline().strip()}"  # type: ignore[union-attr]  # a pipe
            ways = {"curl alone": curl, "curl, checked": checked_curl, "onrecord pull": pull}
            took: dict[str, list[float]] = {way: [] for way in ways}
            for turn in range(TURNS):
                for way, run in ways.items():
                    took[way].append(seconds(run, url, paths, Path(name) / f"{turn}-{way}"))
            server.terminate()
    over = f"a line of {rate:.0f} MB/s" if rate else "the loopback"
    machine = f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores"
    echo(f"{size:.0f} MB in {len(paths)} files over {over}, {machine}")
    medians = {way: statistics.median(times) for way, times in took.items()}
    for way, times in took.items():
        echo(f"{way:<14} {size / medians[way]:6.0f} MB/s   {medians[way]:.2f} s ({min(times):.2f}-{max(times):.2f})")
    share = medians["curl alone"] / medians["onrecord pull"]
    of_checked = medians["curl, checked"] / medians["onrecord pull"]
    echo(f"pull reaches {share:.2f} of curl alone (target {TARGET}), {of_checked:.2f} of curl with a check\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure onrecord pull beside curl.")
    parser.add_argument("--megabytes", type=int, default=800)
    parser.add_argument("--rate", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve, Line(options.rate))
    elif shutil.which("curl") and shutil.which("sha256sum"):
        for rate in (None, GIGABIT):
            measure(options.megabytes, rate)
    else:
        echo("pull: expected curl and sha256sum to compare with, found none; install them")


if __name__ == "__main__":
    main()
