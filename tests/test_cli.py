"""The command line: what a person and a program get, and one clear line for whatever is wrong."""

import io
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from rich.console import Console
from sample import written

from onrecord import __version__
from onrecord.cli import app
from onrecord.extract import extract
from onrecord.source import read_text
from onrecord.terminal import article_view

SETTINGS = """
name = "harbour"
title = "Harbour talk"
description = "What is said about boats."
version = "0.1.0"
created = 2021-03-06T12:00:00Z
licenses = [{ name = "CC0-1.0" }]
"""
ARTICLE = """Ferry numbers climb at Portmoor

By Lena Marsh
Thursday, 4 March 2021, 9.30am

About 20 to 30 boats a week leave the harbour, according to harbour master Ana Roe.

"We counted 412 of them in February," said Ms Roe.
"""


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A collection of one article."""
    folder = tmp_path / "harbour"
    (folder / "articles").mkdir(parents=True)
    (folder / "collection.toml").write_text(SETTINGS, "utf-8")
    (folder / "articles" / "ferries.txt").write_text(ARTICLE, "utf-8")
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_version(run: Run) -> None:
    assert run("version") == (0, f"{__version__}\n", "")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("exract", "no such command 'exract'. Did you mean 'extract'; see onrecord --help"),
        ("build harbour", "missing option '--out'; see onrecord build --help"),
        (
            "serve --port 99999",
            "invalid value for '--port': Input should be less than or equal to 65535; see onrecord serve --help",
        ),
    ],
)
def test_a_wrong_call_is_one_line(run: Run, call: str, told: str) -> None:
    assert run(*call.split()) == (2, "", f"onrecord: {told}\n")


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    assert run() == run("--help")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_output_that_cannot_be_written_is_one_line(harbour: Path) -> None:
    command = [sys.executable, "-m", "onrecord", "extract", str(harbour / "articles" / "ferries.txt"), "--format", "json"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("onrecord: expected to read and write files, but: no space left on device")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_on_a_narrow_screen_words_stay_whole(columns: int) -> None:
    article = read_text("ferries", ARTICLE)
    screen = io.StringIO()
    Console(width=columns, file=screen).print(article_view(article, extract(article)))
    shown = screen.getvalue().split("Statements")[0].split()
    assert {"Ana", "Roe", "boats", "week"} <= {*shown}


@pytest.mark.parametrize("command", [command.callback.__name__ for command in app.registered_commands if command.callback])
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert f"Example: onrecord {command}" in out


def test_extract_shows_a_person_figures_and_statements(run: Run, harbour: Path) -> None:
    code, out, err = run("extract", harbour / "articles" / "ferries.txt")
    assert (code, err) == (0, "")
    for words in (
        "Ferry numbers climb at Portmoor",
        "about 20 to 30 a week",
        "boats",
        "Ana Roe",
        "We counted 412 of them in February",
    ):
        assert words in out
    assert "\x1b" not in out


def test_extract_explains_every_cell_with_its_words_and_rule(run: Run, harbour: Path) -> None:
    out = run("extract", "--explain", harbour / "articles" / "ferries.txt")[1]
    assert "Read from" in out
    assert "figure." in out
    assert "statement." in out


def test_extract_gives_programs_the_contract(run: Run, harbour: Path) -> None:
    path = harbour / "articles" / "ferries.txt"
    (whole,) = json.loads(run("extract", path, "--format", "json")[1])
    line = json.loads(run("extract", path, "--format", "jsonl")[1])
    assert whole == line
    assert line["article_id"] == "ferries"
    text = path.read_text("utf-8")
    for statement in line["statements"]:
        parts = " ".join(text[part["start"] : part["end"]] for part in statement["parts"])
        assert " ".join(parts.split()) == " ".join(statement["text"].replace("…", " ").split())
        assert text[statement["speaker_start"] : statement["speaker_end"]] == statement["speaker_text"]
    assert {statement["speaker"] for statement in line["statements"]} == {"Ana Roe"}
    assert [(figure["low"], figure["high"]) for figure in line["figures"]] == [(20.0, 30.0), (412.0, 412.0)]
    assert "evidence" not in line["figures"][0]


def test_build_validate_and_verify_agree(run: Run, harbour: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, told, _ = run("build", harbour, "--out", out)
    cells = len(json.loads((out / "data" / "provenance.json").read_bytes()))
    assert code == 0
    assert told == (
        f"{out}: harbour 0.1.0, articles 1, speakers 1, statements 2, statement parts 2, figures 2, dates 1, "
        f"reviews 0, provenance {cells}\n"
    )
    assert run("validate", out)[0] == 0
    assert run("verify", out, "--sources", harbour)[0] == 0
    (harbour / "articles" / "ferries.txt").write_text(ARTICLE.replace("412", "413"), "utf-8")
    code, report, err = run("verify", out, "--sources", harbour)
    assert code == 1
    assert "expected the text with SHA-256" in report
    assert "is invalid: " in err


def test_workers_change_nothing(run: Run, harbour: Path, tmp_path: Path) -> None:
    (harbour / "articles" / "more.txt").write_text(ARTICLE.replace("412", "97"), "utf-8")
    for workers in (1, 2):
        assert run("build", harbour, "--out", tmp_path / str(workers), "--workers", workers)[0] == 0
    one, two = ((tmp_path / workers / "SHA256SUMS").read_bytes() for workers in "12")
    assert one == two


def test_source_date_epoch_sets_the_time(run: Run, harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert run("build", harbour, "--out", tmp_path / "out")[0] == 0
    assert json.loads((tmp_path / "out" / "datapackage.json").read_bytes())["created"] == "1970-01-01T00:00:00Z"


def test_an_invalid_package_is_reported_with_exit_1(run: Run, tmp_path: Path) -> None:
    folder = written(tmp_path / "p")
    path = folder / "data" / "dates.csv"
    path.write_text(path.read_text("utf-8").replace("2021-03-31", "31 March"), "utf-8")
    code, out, err = run("validate", folder)
    assert code == 1
    assert (
        out
        == "data/dates.csv, row 2 (date_00000000000000d1), field end_date: expected a date like 2022-01-26, found '31 March'\n"
    )
    assert err == f"onrecord: {folder} is invalid: 1 violation\n"


def article(data: bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / "articles" / "ferries.txt").write_bytes(data)

    return change


def settings(old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "collection.toml"
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    return change


def twice(folder: Path) -> None:
    (folder / "articles" / "ferries.html").write_text("<p>Ferries sailed again on Friday, the harbour said.</p>", "utf-8")


BAD_ARTICLES: dict[str, tuple[Callable[[Path], None], str]] = {
    "an empty file": (article(b""), "ferries.txt"),
    "a binary file": (article(b"\x7fELF\x00\x01\x02\x00"), "ferries.txt"),
    "another encoding": (
        article("Caf\xe9 prices rose to \xa34, said the owner of the caf\xe9.".encode("cp1252")),
        "ferries.txt",
    ),
    "no date": (article(b"Ferries sail\n\nThe ferries sailed, said Ana Roe.\n"), "ferries"),
    "two articles with one id": (twice, "ferries.html"),
}

BAD_SETTINGS: dict[str, tuple[Callable[[Path], None], str]] = {
    "no collection.toml": (lambda folder: (folder / "collection.toml").unlink(), "collection.toml"),
    "a misspelt key": (settings("licenses", "licences"), "did you mean licenses?"),
    "a title that is a number": (settings('"Harbour talk"', "7"), "title"),
    "TOML that is none": (settings("name =", "name :"), "collection.toml"),
}


@pytest.mark.parametrize(("damage", "named"), BAD_SETTINGS.values(), ids=BAD_SETTINGS)
def test_bad_settings_are_one_line_and_leave_nothing(
    run: Run, harbour: Path, tmp_path: Path, damage: Callable[[Path], None], named: str
) -> None:
    damage(harbour)
    before = names(tmp_path)
    code, out, err = run("build", harbour, "--out", tmp_path / "out")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("onrecord: ")
    assert named in err
    assert "expected" in err
    assert names(tmp_path) == before


@pytest.mark.parametrize(("damage", "named"), BAD_ARTICLES.values(), ids=BAD_ARTICLES)
def test_too_many_bad_articles_are_one_line_and_a_list_and_no_package(
    run: Run, harbour: Path, tmp_path: Path, damage: Callable[[Path], None], named: str
) -> None:
    damage(harbour)
    code, out, err = run("build", harbour, "--out", tmp_path / "out")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("onrecord: expected ")
    assert named in err
    assert "in quarantine" in err
    assert named in (tmp_path / "out.build" / "quarantine.csv").read_text("utf-8")
    assert names(tmp_path) == ["harbour", "out.build"]


def test_an_article_without_a_date_is_built_and_told_where_such_are_kept(run: Run, harbour: Path, tmp_path: Path) -> None:
    settings("version =", 'undated = "keep"\nversion =')(harbour)
    article(b"Ferries sail\n\nThe 20 ferries sailed yesterday, said Ana Roe.\n")(harbour)
    code, out, err = run("build", harbour, "--out", tmp_path / "out")
    assert code == 0
    assert "figures 1" in out
    assert "dates 0" in out
    assert "1 without a date of publication" in err
    assert run("verify", tmp_path / "out", "--sources", harbour)[0] == 0
    assert run("validate", tmp_path / "out")[0] == 0


@pytest.mark.parametrize("command", ["build", "extract", "validate", "verify"])
def test_a_path_that_is_not_there_is_one_line(run: Run, tmp_path: Path, command: str) -> None:
    words = [tmp_path / "nowhere", *(["--out", tmp_path / "out"] if command == "build" else [])]
    code, out, err = run(command, *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "nowhere" in err


def test_two_articles_with_one_id_in_a_file_are_one_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "twice.jsonl"
    path.write_text('{"id": "a", "text": "Ten boats sailed."}\n{"id": "a", "text": "Six boats sailed."}\n', "utf-8")
    code, _, err = run("extract", path, "--format", "json")
    assert (code, err.count("\n")) == (2, 1)
    assert "an id of its own, found a twice" in err


def test_an_epoch_that_is_no_number_is_one_line(
    run: Run, harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    code, _, err = run("build", harbour, "--out", tmp_path / "out")
    assert (code, err.count("\n")) == (2, 1)
    assert "expected SOURCE_DATE_EPOCH to be seconds since 1970, found 'yesterday'" in err
    assert names(tmp_path) == ["harbour"]


def test_a_target_that_cannot_be_written_is_one_line(run: Run, harbour: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    code, out, err = run("build", harbour, "--out", tmp_path / "file" / "out")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "expected to write" in err


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs a file system that nobody may write to")
def test_a_read_only_target_is_one_line(run: Run, harbour: Path) -> None:
    code, out, err = run("build", harbour, "--out", "/sys/onrecord/out")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "expected to write /sys/onrecord/out" in err


def test_a_full_disk_is_one_line_and_keeps_the_older_package(run: Run, harbour: Path, tmp_path: Path) -> None:
    """A limit on the size of files is the nearest to a full disk that needs no rights."""
    out = tmp_path / "out"
    assert run("build", harbour, "--out", out)[0] == 0
    before = (out / "SHA256SUMS").read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "build", harbour, "--out", out],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1] / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == f"onrecord: expected to write {out}, but: disk i/o error; choose another place or free it\n"
    assert (out / "SHA256SUMS").read_bytes() == before
    assert names(tmp_path) == ["harbour", "out", "out.build"]


def test_text_comes_from_standard_input_too() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "extract", "-", "--format", "jsonl"],
        input='"Forty ferries sailed," said Ana Roe.',
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1] / "scripts")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["statements"][0]["speaker"] == "Ana Roe"


def test_a_reader_that_stops_early_is_no_error(tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(number), "text": "Ten boats sailed. " * 50}) for number in range(300)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), "utf-8")
    command = f'"{sys.executable}" -m onrecord extract many.jsonl --format jsonl | head -n 1 | wc -l'
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1] / "scripts")}
    done = subprocess.run(command, shell=True, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("1", "")
