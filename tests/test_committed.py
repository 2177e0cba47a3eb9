"""The newest committed version is what the code in this checkout releases: anywhere, at any time, to the byte."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from published import content

from onrecord.catalog import catalog_bytes, parse_index

ROOT = Path(__file__).resolve().parents[1]
NAME = "luton-county-lines"

# test_release.py has the plain locale C, and several processes that extract.
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"}


def without_newest(catalog: Path) -> str:
    """Take the newest version out of a catalog, as if it had not been released yet; gives its number."""
    path = catalog / NAME / "index.json"
    index = parse_index(path.read_bytes(), str(path))
    newest, *older = index.versions
    path.write_bytes(catalog_bytes(replace(index, versions=tuple(older))))
    shutil.rmtree(catalog / NAME / newest.version)
    return newest.version


def test_a_rebuild_elsewhere_gives_the_committed_bytes(tmp_path: Path) -> None:
    """Another process, folder, time zone, locale and hash seed. Where this fails, look at what `make release` would say."""
    here = tmp_path / "a folder with spaces"
    shutil.copytree(ROOT / "seeds" / NAME, here / NAME)
    shutil.copytree(ROOT / "datapackage", here / "catalog")
    version = without_newest(here / "catalog")
    environment = {key: value for key, value in os.environ.items() if key not in {"SOURCE_DATE_EPOCH", "POLARS_MAX_THREADS"}}
    command = [sys.executable, "-m", "onrecord", "release", NAME, "--catalog", "catalog"]
    subprocess.run(command, cwd=here, env=environment | ELSEWHERE | {"PYTHONPATH": str(ROOT / "scripts")}, check=True)
    rebuilt, committed = (content(catalog / NAME / version) for catalog in (here / "catalog", ROOT / "datapackage"))
    assert rebuilt.keys() == committed.keys()
    assert [name for name in committed if rebuilt[name] != committed[name]] == [], "the code releases something else"
