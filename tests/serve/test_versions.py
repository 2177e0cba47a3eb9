"""What a page says of the version that it shows: newer ones, retraction, and what became of a row."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.datapackage import Package
from onrecord.errors import InvalidData
from onrecord.serve.site.published import published
from serve.test_site import Ask, page, rows, site

Write = Callable[..., Package]
PAGES = ("", "/statements", "/figures", "/provenance", "/articles/seals", "/who-said-what", "/figures_by_month")
NOTICE = {"date": "2026-03-04", "kind": "retraction", "reason": "The seals were counted twice."}


def index(package: Package, *versions: dict[str, object]) -> None:
    """Write the index.json of the catalog that the package lies in."""
    common = {"created": "2026-02-03T00:00:00Z", "manifest_sha256": "0" * 64, "bytes": 1, "changes": {}}
    releases = [{**common, "path": f"{each['version']}/datapackage.json", **each} for each in versions]
    about = {"name": "seals", "title": "Seals", "versions": releases}
    (package.folder.parent / "index.json").write_text(json.dumps(about), "utf-8")


def texts(ask: Ask) -> dict[str, str]:
    """What every kind of page of the package says."""
    keys = {
        table: rows(ask, f"/seals/{table}.json?_size=1")[0][f"{table[:-1]}_id"]
        for table in ("figures", "statements", "speakers", "dates")
        if rows(ask, f"/seals/{table}.json?_size=1")
    }
    addresses = [f"/seals{path}" for path in PAGES] + [f"/seals/{table}/{key}" for table, key in keys.items()]
    assert {"figures", "statements", "speakers"} <= keys.keys()
    return {address: page(ask, address) for address in ["/", *addresses, "/-/charts/seals"]}


@pytest.mark.parametrize("status", ["superseded", "retracted"])
def test_each_page_says_what_became_of_its_version(write_seals: Write, tmp_path: Path, status: str) -> None:
    package = write_seals("seals/0.1.0")
    index(package, {"version": "0.2.0"}, {"version": "0.1.0", "status": status, "notices": [NOTICE]})
    told = texts(site([package], tmp_path))
    for words in (f"This version is {status}.", NOTICE["reason"], "There is a newer version of this package: 0.2.0."):
        assert [address for address, text in told.items() if words not in text] == []


def test_pages_of_the_newest_version_say_nothing_of_it(write_seals: Write, tmp_path: Path) -> None:
    package = write_seals("seals/0.1.0")
    index(package, {"version": "0.1.0"}, {"version": "0.0.1"})
    ask = site([package], tmp_path)
    assert "version is" not in page(ask, "/seals")
    assert "newer version" not in page(ask, "/seals/figures")
    assert "This version is" not in ask("/seals/figures/figure_0").text


def test_a_statement_tells_its_history(write_seals: Write, tmp_path: Path) -> None:
    package = write_seals("seals/0.1.0")
    index(package, {"version": "0.1.0"}, {"version": "0.0.1"})
    key = (package.folder / "data/statements.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    change = {"key": {"statement_id": key}, "fields": {"cue": {"old": "says", "new": None}}}
    (package.folder / "changes.json").write_text(json.dumps({"tables": {"statements": {"changed": [change]}}}), "utf-8")
    text = page(site([package], tmp_path), f"/seals/statements/{key}")
    assert "Since version 0.0.1, 3 February 2026 ." in text
    assert "Version 0.1.0, 3 February 2026 : Cue is now empty, before says ." in text


def test_changes_that_cannot_be_read_are_told_at_the_start(write_seals: Write) -> None:
    package = write_seals("seals/0.1.0")
    index(package, {"version": "0.1.0"})
    (package.folder / "changes.json").write_text("[]", "utf-8")
    with pytest.raises(InvalidData, match=r"expected JSON with tables at .*changes\.json"):
        published(package)
