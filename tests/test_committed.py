"""The committed package is what the code in this checkout builds: anywhere, at any time, to the byte."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.catalog import find_packages

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds" / "luton-county-lines"
(COMMITTED,) = find_packages(ROOT / "datapackage")

PLACES = {
    "the other side of the world": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "another language": {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"},
}


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_rebuild_elsewhere_gives_the_committed_bytes(tmp_path: Path, place: dict[str, str]) -> None:
    """Another process, folder, time zone, locale and hash seed. Where this fails, run `make package` and look at the diff."""
    copy = tmp_path / "a folder with spaces" / "luton-county-lines"
    shutil.copytree(SEEDS, copy)
    environment = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    command = [sys.executable, "-m", "onrecord", "build", copy.name, "--out", "out"]
    subprocess.run(command, cwd=copy.parent, env=environment | place | {"PYTHONPATH": str(ROOT / "scripts")}, check=True)
    rebuilt, committed = content(copy.parent / "out"), content(COMMITTED.folder)
    assert rebuilt.keys() == committed.keys()
    assert [name for name in committed if rebuilt[name] != committed[name]] == [], (
        "the code builds something else: make package"
    )
