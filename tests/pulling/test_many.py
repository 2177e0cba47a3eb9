"""A hundred pulls at once of one package into one cache: all right, and every file downloaded once."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

from misbehaving import Site
from published import NAME, content

from onrecord.hashing import sha256_file

PROCESSES, THREADS = 2, 50
SCRIPT = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from onrecord.pull import pull
from onrecord.pull.cache import Cache
from onrecord.pull.run import Means

process, threads, url, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
means = Means(cache=Cache(folder / "cache"))
lock = folder / "onrecord.lock"

def one(number):
    return pull("harbour@1.0.0", url, folder / f"{process}-{number}", "csv", lock=lock, means=means).fresh

sys.stdin.readline()
with ThreadPoolExecutor(threads) as pool:
    assert all(pool.map(one, range(threads)))
"""


def test_a_hundred_pulls_at_once_download_once(site: Site, tmp_path: Path) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(process), str(THREADS), site.url, str(tmp_path)],
            env={"PYTHONPATH": str(Path(__file__).parents[2] / "scripts"), "PATH": ""},
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for process in range(PROCESSES)
    ]
    for process in running:
        process.stdin.write("go\n")  # type: ignore[union-attr]  # a pipe
        process.stdin.flush()  # type: ignore[union-attr]
    errors = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES, errors
    counts = Counter(path for path, _ in site.log)
    assert counts.pop(f"{NAME}/index.json") == PROCESSES * THREADS
    assert set(counts.values()) == {1}
    release = site.folder / NAME / "1.0.0"
    first = content(tmp_path / "0-0")
    assert all(content(tmp_path / f"{process}-{number}") == first for process in range(PROCESSES) for number in range(THREADS))
    assert first["data/figures.csv"] == (release / "data" / "figures.csv").read_bytes()
    assert (tmp_path / "onrecord.lock").read_text().count("version") == 1
    for blob in (tmp_path / "cache" / "blobs").glob("*/*"):
        assert sha256_file(blob) == blob.name
    assert not [*(tmp_path / "cache" / "partial").iterdir()]
