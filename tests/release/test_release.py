"""A release is a promise: whole, under a version that its changes call for, never overwritten, the same bytes anywhere."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from filelock import FileLock
from packaging.version import Version
from published import content, make_key

from onrecord.catalog import find_packages
from onrecord.pipeline import verify
from release.conftest import ARTICLE, MORE

SCRIPTS = Path(__file__).parents[2] / "scripts"


def index(catalog: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((catalog / "harbour" / "index.json").read_bytes())
    return told


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    return tmp_path / "catalog"


def test_the_first_release_is_1_0_0_and_whole(run: Run, harbour: Path, catalog: Path) -> None:
    code, out, err = run("release", harbour, "--catalog", catalog)
    assert (code, err) == (0, "")
    assert out.startswith(f"{catalog}/harbour/1.0.0: harbour 1.0.0\n  The first release.\n")
    folder = catalog / "harbour" / "1.0.0"
    assert verify(folder, harbour)[1] == []
    assert {path.name for path in folder.iterdir()} == {
        *("datapackage.json", "data", "README.md", "CHANGELOG.md", "changes.json", "provenance.json", "SHA256SUMS"),
        *(
            "CITATION.cff",
            "annotations.jsonl",
            "croissant.json",
            "quotations.jsonld",
            "ro-crate-metadata.json",
            "schema.jsonld",
        ),
    }
    (version,) = index(catalog)["versions"]
    assert version["path"] == "1.0.0/datapackage.json"
    assert version["bytes"] == sum(map(len, content(folder).values()))
    assert json.loads((catalog / "catalog.json").read_bytes())["packages"] == [
        {
            "name": "harbour",
            "title": "Harbour talk",
            "description": "What is said about boats.",
            "version": "1.0.0",
            "path": "harbour/index.json",
        }
    ]


def test_nothing_changed_releases_nothing(run: Run, harbour: Path, first: Path) -> None:
    before = content(first)
    edit(harbour / "collection.toml", "2021-03-06", "2021-04-06")  # a later time alone is no change
    assert run("release", harbour, "--catalog", first)[:2] == (0, "harbour: nothing changed since 1.0.0; nothing released\n")
    assert content(first) == before


def add_article(folder: Path) -> None:
    (folder / "articles" / "gulls.txt").write_text(MORE, "utf-8")


def change_title(folder: Path) -> None:
    edit(folder / "collection.toml", "Harbour talk", "Talk of the harbour")


def withdraw_a_row(folder: Path) -> None:
    edit(folder / "articles" / "ferries.txt", '\n"We counted 412 of them in February," said Ms Roe.\n', "")


def want_two(folder: Path) -> None:
    change_title(folder)
    edit(folder / "collection.toml", "created", 'version = "2.0.0"\ncreated')


@pytest.mark.parametrize(
    ("change", "version", "reason"),
    [
        (add_article, "1.1.0", "row of articles added."),
        (change_title, "1.0.1", "The package's title changed."),
        (withdraw_a_row, "1.0.1", "row of figures withdrawn."),
        (want_two, "2.0.0", "The package's title changed."),
    ],
)
def test_the_version_follows_from_the_changes(
    run: Run, harbour: Path, first: Path, change: Callable[[Path], None], version: str, reason: str
) -> None:
    change(harbour)
    before = content(first)
    code, out, err = run("release", harbour, "--catalog", first, "--dry-run")
    assert (code, err) == (0, "")
    assert f"would release harbour {version}, after 1.0.0" in out
    assert reason in out
    assert content(first) == before


def test_a_later_release_tells_what_changed_and_leaves_the_earlier_alone(run: Run, harbour: Path, first: Path) -> None:
    before = content(first / "harbour" / "1.0.0")
    add_article(harbour)
    assert run("release", harbour, "--catalog", first)[0] == 0
    assert content(first / "harbour" / "1.0.0") == before
    changes = json.loads((first / "harbour" / "1.1.0" / "changes.json").read_bytes())
    assert (changes["since"], changes["level"]) == ("1.0.0", "minor")
    assert [row["article_id"] for row in changes["tables"]["articles"]["added"]] == ["gulls"]
    assert [entry["version"] for entry in index(first)["versions"]] == ["1.1.0", "1.0.0"]
    assert index(first)["versions"][0]["changes"]["articles"] == {"added": 1, "removed": 0, "changed": 0}
    changelog = (first / "harbour" / "1.1.0" / "CHANGELOG.md").read_text("utf-8")
    assert changelog.index("## 1.1.0 - 2021-03-06") < changelog.index("## 1.0.0 - 2021-03-06\n\n- The first release.")
    assert [package.version for package in find_packages(first)] == ["1.1.0"]


def test_the_same_bytes_in_another_process_place_and_locale(run: Run, harbour: Path, first: Path, tmp_path: Path) -> None:
    add_article(harbour)
    other = tmp_path / "elsewhere with spaces"
    shutil.copytree(first, other)
    assert run("release", harbour, "--catalog", first)[0] == 0
    environment = os.environ | {"PYTHONPATH": str(SCRIPTS), "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-m", "onrecord", "release", "../harbour", "--catalog", ".", "--workers", "2"]
    subprocess.run(command, cwd=other, env=environment | {"POLARS_MAX_THREADS": "3"}, check=True, capture_output=True)
    assert content(other) == content(first)


def test_a_signature_is_good_and_the_same_each_time(run: Run, harbour: Path, tmp_path: Path) -> None:
    key = make_key(tmp_path)
    for name in ("one", "two"):
        assert run("release", harbour, "--catalog", tmp_path / name, "--sign", key)[0] == 0
    assert content(tmp_path / "one") == content(tmp_path / "two")
    folder = tmp_path / "one" / "harbour" / "1.0.0"
    (tmp_path / "signers").write_text("desk@example.org " + key.with_suffix(".pub").read_text("utf-8"), "utf-8")
    check = ["ssh-keygen", "-Y", "verify", "-f", str(tmp_path / "signers"), "-I", "desk@example.org", "-n", "onrecord", "-s"]
    done = subprocess.run(
        [*check, str(folder / "SHA256SUMS.sig")], input=(folder / "SHA256SUMS").read_bytes(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert index(tmp_path / "one")["versions"][0]["signed"] is True
    assert verify(folder)[1] == []


@pytest.mark.parametrize("make", [None, b"no key"], ids=["missing", "no key"])
def test_a_key_that_cannot_sign_is_one_line_and_releases_nothing(
    run: Run, harbour: Path, tmp_path: Path, catalog: Path, make: bytes | None
) -> None:
    if make:
        (tmp_path / "key").write_bytes(make)
    code, out, err = run("release", harbour, "--catalog", catalog, "--sign", tmp_path / "key")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "expected" in err
    assert str(tmp_path / "key") in err
    assert [path.name for path in catalog.iterdir()] == [".lock"]


def test_two_at_once_get_one_clear_line(run: Run, harbour: Path, first: Path) -> None:
    with FileLock(first / ".lock"):
        code, out, err = run("release", harbour, "--catalog", first)
    assert (code, out) == (2, "")
    assert err == f"onrecord: expected to be alone in {first}, found another release under way; wait for its end\n"


def test_a_package_that_no_release_made_is_left_alone(run: Run, harbour: Path, catalog: Path) -> None:
    built = catalog / "harbour" / "0.1.0"
    assert run("build", harbour, "--out", built)[0] == 0
    before = content(built)
    code, _, err = run("release", harbour, "--catalog", catalog)
    assert (code, err.count("\n")) == (2, 1)
    assert "found 0.1.0, which no release made; move it away" in err
    assert content(built) == before


def lose(folder: Path) -> None:
    shutil.rmtree(folder)


def alter(folder: Path) -> None:
    (folder / "SHA256SUMS").write_text("", "utf-8")


@pytest.mark.parametrize(("damage", "told"), [(lose, "a release stays"), (alter, "as it was released")])
def test_a_release_that_is_no_longer_what_it_was_stops_the_next(
    run: Run, harbour: Path, first: Path, damage: Callable[[Path], None], told: str
) -> None:
    damage(first / "harbour" / "1.0.0")
    add_article(harbour)
    code, _, err = run("release", harbour, "--catalog", first)
    assert (code, err.count("\n")) == (1, 1)
    assert told in err


def test_what_the_gate_finds_is_reported_and_not_released(
    run: Run, harbour: Path, catalog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.records import Violation

    monkeypatch.setattr("onrecord.publish.gated", lambda *_: [Violation("data/figures.csv", "no error", "one")])
    code, out, err = run("release", harbour, "--catalog", catalog)
    assert (code, out) == (1, "data/figures.csv: expected no error, found one\n")
    assert "nothing was released" in err
    assert [path.name for path in catalog.iterdir()] == [".lock"]


def test_killed_at_any_step_the_catalog_is_whole_and_the_next_run_finishes(harbour: Path, first: Path, tmp_path: Path) -> None:
    add_article(harbour)
    (tmp_path / "work").mkdir()
    key = make_key(tmp_path)
    command = [sys.executable, str(Path(__file__).with_name("killer.py")), *map(str, (first, harbour, key, tmp_path / "work"))]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(SCRIPTS), str(SCRIPTS.parent / "tests")])}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    assert [step for step in steps if not step["killed"] or step["left"] or step["after"]] == []
    for word in ("the gate's end", "subprocess.Popen", "/harbour/.index.json", "/.dcat.jsonld", "/.catalog.json"):
        assert any(word in step["step"] for step in steps), word
    assert len(steps) >= 12


def test_a_finished_release_is_told(run: Run, harbour: Path, first: Path) -> None:
    for name in ("catalog.json", "dcat.jsonld", "harbour/index.json"):
        (first / name).unlink()
    out = run("release", harbour, "--catalog", first)[1]
    assert out.startswith("harbour 1.0.0: finished the release that was interrupted\n")


def test_correct_says_so_in_the_index_and_deletes_nothing(
    run: Run, harbour: Path, first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1616000000")
    withdraw_a_row(harbour)
    early = run("correct", "harbour", "1.0.0", "--reason", "One count was wrong", "--catalog", first)
    assert (early[0], early[2].count("\n")) == (2, 1)
    assert "expected a later version that sets harbour 1.0.0 right, found none" in early[2]
    assert run("release", harbour, "--catalog", first)[0] == 0
    before = content(first / "harbour" / "1.0.0")
    code, out, _ = run("correct", "harbour", "1.0.0", "--reason", "One count was wrong", "--catalog", first)
    assert (code, out) == (0, f"{first}: harbour 1.0.0 is superseded: One count was wrong\n")
    newest, oldest = index(first)["versions"]
    assert (newest["status"], oldest["status"]) == ("current", "superseded")
    assert oldest["notices"] == [{"date": "2021-03-17", "kind": "supersession", "reason": "One count was wrong"}]
    assert content(first / "harbour" / "1.0.0") == before
    add_article(harbour)
    assert run("release", harbour, "--catalog", first)[0] == 0
    assert index(first)["versions"][2] == oldest


def test_a_retracted_version_is_no_longer_the_catalogs(run: Run, harbour: Path, first: Path) -> None:
    add_article(harbour)
    assert run("release", harbour, "--catalog", first)[0] == 0
    for version, left in (("1.1.0", "1.0.0"), ("1.0.0", None)):
        assert run("correct", "harbour", version, "--reason", "Not ours", "--retract", "--catalog", first)[0] == 0
        assert json.loads((first / "catalog.json").read_bytes())["packages"][0]["version"] == left
    assert {path.name for path in (first / "harbour").iterdir()} == {"1.0.0", "1.1.0", "index.json"}
    before = content(first / "harbour" / "1.1.0")
    change_title(harbour)
    assert run("release", harbour, "--catalog", first)[1].startswith(f"{first}/harbour/1.1.1: harbour 1.1.1, after 1.1.0\n")
    assert content(first / "harbour" / "1.1.0") == before
    assert [entry["status"] for entry in index(first)["versions"]] == ["current", "retracted", "retracted"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("gulls", "1.0.0", "--reason", "x"), "expected the package gulls in"),
        (("harbour", "3.0.0", "--reason", "x"), "expected a version of harbour, found '3.0.0'; there are 1.0.0"),
        (("harbour", "1.0.0", "--reason", " "), "expected a reason, found none"),
    ],
)
def test_a_notice_on_nothing_is_one_line(run: Run, first: Path, words: tuple[str, ...], told: str) -> None:
    code, out, err = run("correct", *words, "--catalog", first)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err


def test_versions_are_compared_by_name(run: Run, harbour: Path, first: Path) -> None:
    (harbour / "articles" / "ferries.txt").write_text(ARTICLE.replace("412", "413"), "utf-8")
    assert run("release", harbour, "--catalog", first)[0] == 0
    assert Version(index(first)["versions"][0]["version"]) > Version("1.0.0")
    names = ("harbour@1.0.0", f"harbour@{index(first)['versions'][0]['version']}")
    out = run("diff", *names, "--catalog", first)[1]
    assert "412" in out
    assert "413" in out
    code, _, err = run("diff", "harbour@1.0.0", "harbour@7.0.0", "--catalog", first)
    assert (code, err.count("\n")) == (2, 1)
    assert "found 'harbour@7.0.0'; it has" in err
