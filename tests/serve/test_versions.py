"""What a page says of the version that it shows: newer ones, retraction, and what became of a row."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.datapackage import Package
from serve.test_site import page, rows, site

Write = Callable[..., Package]
PAGES = ("/seals", "/seals/statements", "/seals/figures", "/seals/articles/seals", "/-/charts/seals", "/seals/who-said-what")


def index(package: Package, *versions: dict[str, object]) -> None:
    """Write the index.json of the catalog that the package lies in."""
    common = {"created": "2026-02-03T00:00:00Z", "manifest_sha256": "0" * 64, "bytes": 1, "changes": {}}
    releases = [{**common, "path": f"{each['version']}/datapackage.json", **each} for each in versions]
    about = {"name": "seals", "title": "Seals", "versions": releases}
    (package.folder.parent / "index.json").write_text(json.dumps(about), "utf-8")


@pytest.mark.parametrize("address", PAGES)
def test_each_page_of_a_retracted_version_says_so(write_seals: Write, tmp_path: Path, address: str) -> None:
    package = write_seals("seals/0.1.0")
    notice = {"date": "2026-03-04", "kind": "retraction", "reason": "The seals were counted twice."}
    index(package, {"version": "0.1.0", "status": "retracted", "notices": [notice]})
    text = page(site([package], tmp_path), address)
    assert "This version is retracted." in text
    assert "The seals were counted twice." in text


@pytest.mark.parametrize("address", PAGES)
def test_each_page_of_a_stale_version_names_the_newer_one(write_seals: Write, tmp_path: Path, address: str) -> None:
    package = write_seals("seals/0.1.0")
    index(package, {"version": "0.2.0"}, {"version": "0.1.0"})
    assert "There is a newer version of this package: 0.2.0." in page(site([package], tmp_path), address)


def test_a_statement_tells_its_history(write_seals: Write, tmp_path: Path) -> None:
    package = write_seals("seals/0.1.0")
    index(package, {"version": "0.1.0"}, {"version": "0.0.1"})
    ask = site([package], tmp_path)
    key = rows(ask, "/seals/statements.json?_size=1")[0]["statement_id"]
    change = {"key": {"statement_id": key}, "fields": {"cue": {"old": "says", "new": None}}}
    (package.folder / "changes.json").write_text(json.dumps({"tables": {"statements": {"changed": [change]}}}), "utf-8")
    text = page(ask, f"/seals/statements/{key}")
    assert "Since version 0.0.1, 3 February 2026 ." in text
    assert "Version 0.1.0, 3 February 2026 : Cue is now empty, before says ." in text
