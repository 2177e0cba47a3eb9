"""pull, list, info and cite at the command line: for people, for programs, and one line for whatever is wrong."""

import json
import re
from pathlib import Path

import pytest
from conftest import Run
from misbehaving import Site, status
from published import content, publish

from onrecord.catalog import Notice
from onrecord.hashing import sha256_file

pytestmark = pytest.mark.usefixtures("work")


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A catalog with a version that was retracted and one that was superseded."""
    notices = {
        "1.0.0": Notice(date="2024-02-01", kind="retraction", reason="A figure was misread."),
        "1.0.1": Notice(date="2024-02-02", kind="supersession", reason="A unit was wrong."),
    }
    return publish(tmp_path / "told", ("1.0.0", "1.0.1", "1.1.0"), notices)


def test_pull_says_what_is_there_now(run: Run, site: Site) -> None:
    assert run("pull", "harbour@^1", "--from", site.url) == (
        0,
        "harbour: harbour 1.0.0, 33 files, every digest right (pulled)\n",
        "",
    )
    code, out, _ = run("pull", "harbour", "--from", site.url)
    assert (code, out) == (0, "harbour: harbour 1.0.0, 33 files, every digest right (already there)\n")
    assert run("verify", "harbour")[0] == 0
    assert run("pull", "harbour", "--offline", "--locked", "--to", "again")[0] == 0
    assert content(Path("again")) == content(Path("harbour"))


def test_a_part_says_that_it_is_one(run: Run, site: Site) -> None:
    assert run("pull", "harbour", "--from", site.url, "--format", "csv")[0] == 0
    code, out, _ = run("verify", "harbour")
    assert code == 0
    assert "harbour 2.0.0 is verified (a part of the release, each file with the release's digest): files, digests" in out


@pytest.mark.parametrize("command", ["pull", "info", "cite"])
@pytest.mark.parametrize(("version", "words"), [("1.0.0", "retracted"), ("1.0.1", "superseded")])
def test_what_is_against_a_version_is_said_aloud(run: Run, told: Path, command: str, version: str, words: str) -> None:
    code, _, err = run(command, f"harbour@{version}", "--from", told)
    assert code == 0
    newest = r"1\.1\.0 is the newest version, which harbour@latest takes"
    assert re.fullmatch(rf"onrecord: WARNING: harbour {version} is {words} \(2024-.*\); {newest}\n", err)


def test_list_shows_the_packages(run: Run, site: Site) -> None:
    code, out, err = run("list", site.url)
    assert (code, err) == (0, "")
    assert re.search(r"harbour +2\.0\.0 +Harbour talk\. What is said about boats\.", out)
    told = json.loads(run("list", site.url, "--json")[1])
    assert [package["name"] for package in told["packages"]] == ["harbour"]


def test_info_shows_the_versions_and_their_notices(run: Run, told: Path) -> None:
    code, out, _ = run("info", "harbour", "--from", told)
    assert code == 0
    assert f"harbour is 1.1.0 in {told}" in out
    assert re.search(r"1\.0\.0 +2021-03-06 .*retracted +2024-02-01 retraction: A figure was misread\.", out)
    told_json = json.loads(run("info", "harbour@~1.0", "--from", told, "--json")[1])
    assert (told_json["chosen"], [each["version"] for each in told_json["versions"]]) == ("1.0.1", ["1.0.1", "1.0.0"])


def test_the_catalog_comes_from_the_environment_the_lock_or_this_folder(
    run: Run, site: Site, published: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_CATALOG", site.url)
    assert run("pull", "harbour@1.0.0")[0] == 0
    monkeypatch.delenv("ONRECORD_CATALOG")
    assert json.loads(run("info", "harbour", "--json")[1])["catalog"] == site.url
    (work / "onrecord.lock").unlink()
    (work / "datapackage").symlink_to(published)
    assert json.loads(run("info", "harbour", "--json")[1])["catalog"] == "datapackage"
    assert "harbour" in run("list")[1]


def test_cite_apa(run: Run, site: Site) -> None:
    address = f"{site.url}/harbour/1.0.0/datapackage.json"
    expected = f"Data Desk. (2021). Harbour talk (Version 1.0.0) [Data set]. {address}\n"
    assert run("cite", "harbour@1.0.0", "--from", site.url, "--format", "apa") == (0, expected, "")


def test_cite_csl(run: Run, site: Site) -> None:
    (item,) = json.loads(run("cite", "harbour@1.0.0", "--from", site.url, "--format", "csl")[1])
    assert item["type"] == "dataset"
    assert item["author"] == [{"literal": "Data Desk"}]
    assert item["issued"] == {"date-parts": [[2021, 3, 6]]}
    assert item["version"] == "1.0.0"
    assert item["note"] == f"SHA256SUMS sha256:{sha256_file(site.folder / 'harbour' / '1.0.0' / 'SHA256SUMS')}"


def test_cite_bibtex_escapes_what_tex_would_read(run: Run, tmp_path: Path) -> None:
    catalog = publish(tmp_path / "told", ("1.0.0",), title=r"Boats & 5% of {them} \ ~$1_000^#", contributors=())
    out = run("cite", "harbour@1.0.0", "--from", catalog)[1]
    assert out.startswith("@misc{harbour-1.0.0,\n  title   = {{Boats \\& 5\\% of \\{them\\} ")
    assert r"\textbackslash{} \textasciitilde{}\$1\_000\textasciicircum{}\#}}," in out
    assert "author" not in out
    assert out.endswith("}\n")
    apa = run("cite", "harbour@1.0.0", "--from", catalog, "--format", "apa")[1]
    assert apa.endswith(" (Version 1.0.0) [Data set]. (2021).\n")


BAD = {
    "no range": (("pull", "harbour@newest"), 2, "expected a range such as"),
    "no version": (("pull", "harbour@^9"), 2, "expected a version of harbour that is ^9"),
    "no package": (("info", "harbor"), 2, "did you mean harbour?"),
    "not locked": (("pull", "harbour", "--locked"), 2, "in the lock, found no such package"),
    "not signed": (("pull", "harbour", "--signers", __file__), 1, "found no signature"),
    "offline": (("cite", "harbour", "--offline"), 2, "found neither; pull once without --offline"),
}


@pytest.mark.parametrize(("words", "expected", "message"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_one_line(
    run: Run, site: Site, work: Path, words: tuple[str, ...], expected: int, message: str
) -> None:
    code, out, err = run(*words, "--from", site.url)
    assert (code, out, err.count("\n")) == (expected, "", 1)
    assert err.startswith("onrecord: expected ")
    assert message in err
    assert list(work.iterdir()) == []


def test_a_server_that_fails_is_one_line(run: Run, site: Site) -> None:
    site.faults["catalog.json"] = [status(403)]
    code, out, err = run("list", site.url)
    assert (code, out) == (2, "")
    expected = f"expected {site.url}/catalog.json, found the server unwilling to send it (status 403); check the address"
    assert err == f"onrecord: {expected}\n"
