"""The newest committed release is what the code in this checkout makes of the seeds: anywhere, at any time, to the byte.

Of an earlier onrecord's release the tables are held to that; its descriptor and metadata are what that onrecord wrote.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.catalog import catalog_bytes
from onrecord.datapackage import read_package
from onrecord.pipeline import verify
from onrecord.release import read_index

ROOT = Path(__file__).resolve().parents[1]
NAME = "luton-county-lines"
SEEDS = ROOT / "seeds" / NAME
CATALOG = ROOT / "datapackage"
INDEX = read_index(CATALOG, NAME)

pytestmark = pytest.mark.skipif(INDEX is None, reason="nothing is released yet: make release")

PLACES = {
    "the other side of the world": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "another language": {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"},
}


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def onrecord(*words: str, cwd: Path, **place: str) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    command = [sys.executable, "-m", "onrecord", *words]
    settings = environment | place | {"PYTHONPATH": str(ROOT / "scripts")}
    return subprocess.run(command, cwd=cwd, env=settings, check=True, capture_output=True, text=True).stdout


def test_the_catalog_agrees_with_its_folders() -> None:
    assert INDEX is not None
    for release in INDEX.versions:
        assert verify(CATALOG / NAME / release.version)[1] == []
    assert json.loads((CATALOG / "catalog.json").read_bytes())["packages"][0]["name"] == NAME
    assert (CATALOG / NAME / "index.json").read_bytes() == catalog_bytes(INDEX)


def test_there_is_nothing_to_release() -> None:
    """Where this fails, the code reads the seeds otherwise than the newest release: look at it, then make release."""
    assert "nothing changed" in onrecord("release", str(SEEDS), "--catalog", str(CATALOG), "--dry-run", cwd=ROOT)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_rebuild_elsewhere_gives_the_committed_tables(tmp_path: Path, place: dict[str, str]) -> None:
    """Another process, folder, time zone, locale and hash seed."""
    assert INDEX is not None
    copy = tmp_path / "a folder with spaces" / NAME
    shutil.copytree(SEEDS, copy)
    onrecord("build", copy.name, "--out", "out", cwd=copy.parent, **place)
    committed = content(CATALOG / NAME / INDEX.versions[0].version / "data")
    rebuilt = content(copy.parent / "out" / "data")
    writers = [
        next(entry["description"] for entry in read_package(folder).resources if str(entry["path"]).endswith("parquet"))
        for folder in (copy.parent / "out", CATALOG / NAME / INDEX.versions[0].version)
    ]
    told = {name for name in committed if writers[0] == writers[1] or not name.endswith("parquet")}
    assert rebuilt.keys() == committed.keys()
    assert [name for name in sorted(told) if rebuilt[name] != committed[name]] == []
