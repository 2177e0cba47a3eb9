"""What people decide about rows is kept at once, applied by every build, and can be traced."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from onrecord.datapackage import read_package
from onrecord.errors import InputError
from onrecord.pipeline import validate, verify
from onrecord.review import Decision, decide, read_decisions, write_decisions
from onrecord.review.session import parse_answer

WHEN = datetime(2021, 3, 7, 9, tzinfo=UTC)
SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def package(run: Run, harbour: Path, tmp_path: Path) -> Path:
    assert run("build", harbour, "--out", tmp_path / "before")[0] == 0
    return tmp_path / "before"


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "data" / f"{table}.json").read_bytes())
    return found


def decision(table: str, row_id: str, verdict: str, field: str | None = None, value: str | None = None) -> Decision:
    return Decision(table, row_id, verdict, field, value, "seen on site", "Eve", WHEN)


def rebuilt(run: Run, harbour: Path, *decisions: Decision) -> Path:
    write_decisions(harbour, decisions)
    out = harbour.parent / "after"
    code, told, err = run("build", harbour, "--out", out)
    assert (code, err) == (0, ""), told
    assert validate(out)[1] == verify(out, harbour)[1] == []
    return out


def test_a_rejected_row_leaves_with_all_that_hangs_on_it(run: Run, harbour: Path, package: Path) -> None:
    (first,) = (row for row in rows(package, "statements") if row["text"].startswith("About 20"))
    (figure,) = (row for row in rows(package, "figures") if row["text"] == "20 to 30")
    assert figure["statement_id"] == first["statement_id"]
    after = rebuilt(run, harbour, decision("statements", first["statement_id"], "reject"))
    assert first["statement_id"] not in {row["statement_id"] for row in rows(after, "statements")}
    assert first["statement_id"] not in {row["statement_id"] for row in rows(after, "statement_parts")}
    assert first["statement_id"] not in {row["row_id"] for row in rows(after, "provenance")}
    (left,) = (row for row in rows(after, "figures") if row["figure_id"] == figure["figure_id"])
    assert left == figure | {"statement_id": None}
    assert [row["decision"] for row in rows(after, "reviews")] == ["reject"]


def test_a_rejected_speaker_is_nobodys_speaker_any_more(run: Run, harbour: Path, package: Path) -> None:
    (speaker,) = rows(package, "speakers")
    after = rebuilt(run, harbour, decision("speakers", speaker["speaker_id"], "reject"))
    assert rows(after, "speakers") == []
    assert {row["speaker_id"] for table in ("statements", "figures") for row in rows(after, table)} == {None}
    assert [row for row in rows(after, "provenance") if row["field"] == "speaker_id"] == []


def test_a_corrected_cell_changes_and_points_to_its_review(run: Run, harbour: Path, package: Path) -> None:
    (figure,) = (row for row in rows(package, "figures") if row["text"] == "20 to 30")
    changed = [("low", "21"), ("place", "Portmoor"), ("unit_text", "skiffs"), ("measures", None)]
    decisions = [decision("figures", figure["figure_id"], "correct", *change) for change in changed]
    after = rebuilt(run, harbour, *decisions)
    (row,) = (row for row in rows(after, "figures") if row["figure_id"] == figure["figure_id"])
    assert row == figure | {"low": 21.0, "place": "Portmoor", "unit_text": "skiffs", "measures": None, "review": "corrected"}
    spots = {
        entry["field"]: entry
        for entry in rows(after, "provenance")
        if entry["row_id"] == figure["figure_id"] and entry["review_id"]
    }
    assert spots.keys() == {"low", "place", "unit_text"}
    assert {entry["rule"] for entry in spots.values()} == {"review.correct"}
    assert (spots["place"]["exact"], spots["place"]["prefix"]) == ("Portmoor", "Ferry numbers climb at ")
    assert spots["unit_text"]["exact"] == "20 to 30"  # the article has no such words: those that were under review
    reviews = {entry["review_id"]: entry for entry in rows(after, "reviews")}
    assert reviews[spots["low"]["review_id"]]["value"] == "21"
    assert reviews[spots["low"]["review_id"]]["reviewer"] == "Eve"
    assert read_package(after).descriptor["created"] == "2021-03-07T09:00:00Z"


def test_si_cells_follow_a_corrected_unit(run: Run, harbour: Path) -> None:
    path = harbour / "articles" / "ferries.txt"
    path.write_text(path.read_text("utf-8") + "\nThey carry 3 tonnes of fish, she said.\n", "utf-8")
    assert run("build", harbour, "--out", harbour.parent / "before")[0] == 0
    (figure,) = (row for row in rows(harbour.parent / "before", "figures") if row["unit"] == "t")
    after = rebuilt(run, harbour, decision("figures", figure["figure_id"], "correct", "low", "2"))
    (row,) = (row for row in rows(after, "figures") if row["figure_id"] == figure["figure_id"])
    assert (figure["low_si"], row["low_si"], row["high_si"]) == (3000.0, 2000.0, 3000.0)


def test_accepted_rows_say_so_and_all_decided_lets_a_release_through(
    run: Run, harbour: Path, tmp_path: Path, package: Path
) -> None:
    release = ("release", harbour, "--catalog", tmp_path / "catalog", "--require-review")
    code, out, err = run(*release)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "expected a decision on every row, found 6 undecided, the first statement_" in err
    assert f"run onrecord review {harbour}" in err
    assert run("build", harbour, "--out", tmp_path / "x", "--require-review")[0] == 1
    keys = {"speakers": "speaker_id", "statements": "statement_id", "figures": "figure_id", "dates": "date_id"}
    accepted = [decision(name, row[key], "accept") for name, key in keys.items() for row in rows(package, name)]
    write_decisions(harbour, accepted)
    assert run(*release)[0] == 0
    folder = tmp_path / "catalog" / "harbour" / "1.0.0"
    assert {row["review"] for name in keys for row in rows(folder, name)} == {"accepted"}


def test_a_decision_whose_row_is_gone_is_told_and_kept(run: Run, harbour: Path, tmp_path: Path) -> None:
    write_decisions(harbour, [decision("figures", "figure_00000000000000ff", "reject")])
    before = (harbour / "reviews.csv").read_bytes()
    code, _, err = run("build", harbour, "--out", tmp_path / "out")
    assert (code, err.count("\n")) == (0, 1)
    assert "the row figure_00000000000000ff of figures is gone; the decision (reject by Eve) is kept" in err
    assert rows(tmp_path / "out", "reviews") == []
    assert (harbour / "reviews.csv").read_bytes() == before


SCRIPT = 'accept\nreject -- not said\nskip\ncorrect low=400 "measures=ferry boats" -- see page 2\nq\nnever read\n'


def test_a_pipe_decides_row_by_row_into_a_file_for_git(run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(WHEN.timestamp())))
    monkeypatch.setattr(sys, "stdin", io.StringIO(SCRIPT))
    code, out, err = run("review", harbour, "--reviewer", "Eve")
    assert (code, err) == (0, "")
    assert out.endswith(f"{harbour}/reviews.csv: 3 decided, 1 skipped, 4 decisions\n")
    assert "About 20 to 30 boats a week leave the harbour, according to harbour master Ana Roe." in out
    lines = list(csv.DictReader(io.StringIO((harbour / "reviews.csv").read_text("utf-8"))))
    told = [(line["resource"], line["decision"], line["field"], line["value"], line["note"]) for line in lines]
    assert told[:2] == [
        ("figures", "correct", "low", "400", "see page 2"),
        ("figures", "correct", "measures", "ferry boats", "see page 2"),
    ]
    assert sorted(told[2:]) == [("statements", "accept", "", "", ""), ("statements", "reject", "", "", "not said")]
    assert {(line["reviewer"], line["decided_at"]) for line in lines} == {("Eve", "2021-03-07T09:00:00Z")}
    assert [(line["resource"], line["row_id"]) for line in lines] == sorted(
        (line["resource"], line["row_id"]) for line in lines
    )
    assert (harbour / "reviews.csv").read_text("utf-8").count("\n") == 5


BAD_ANSWERS = {
    "perhaps": "expected accept, reject, correct FIELD=VALUE, skip or quit, found 'perhaps'",
    "accept it": "expected a note behind --, found 'it' behind accept",
    "correct": "expected correct FIELD=VALUE, found 'correct'",
    "correct start=4": "expected a column of",
    "correct kind=loud": "expected one of direct, mixed, indirect, found 'loud'",
    "correct kind=": "expected a value for kind, found nothing",
    "correct speaker_id=speaker_00000000000000ff": "expected a row of speakers",
}


@pytest.mark.parametrize(("line", "told"), BAD_ANSWERS.items())
def test_a_wrong_answer_on_a_pipe_is_one_line_and_decides_nothing(
    run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch, line: str, told: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{line}\n"))
    code, _, err = run("review", harbour, "--reviewer", "Eve")
    assert (code, err.count("\n")) == (2, 1)
    assert told in err
    assert not (harbour / "reviews.csv").exists()


def test_at_a_terminal_a_wrong_answer_is_asked_again(harbour: Path) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, b"perhaps\naccept\nquit\n")
    environment = os.environ | {"PYTHONPATH": str(SCRIPTS), "TERM": "dumb", "COLUMNS": "120"}
    command = [sys.executable, "-m", "onrecord", "review", str(harbour), "--reviewer", "Eve"]
    done = subprocess.run(command, stdin=theirs, env=environment, capture_output=True, text=True, check=True)
    os.close(ours)
    os.close(theirs)
    assert "expected accept, reject, correct FIELD=VALUE, skip or quit, found 'perhaps'" in done.stdout
    assert "1 decided, 0 skipped, 1 decisions" in done.stdout


def test_a_row_can_be_asked_about_again_by_its_id(
    run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch, package: Path
) -> None:
    figure = rows(package, "figures")[0]["figure_id"]
    write_decisions(harbour, [decision("figures", figure, "reject")])
    monkeypatch.setattr(sys, "stdin", io.StringIO("accept\n"))
    assert run("review", harbour, "--reviewer", "Ada", "--row", figure)[0] == 0
    (now,) = read_decisions(harbour)
    assert (now.decision, now.reviewer) == ("accept", "Ada")
    code, _, err = run("review", harbour, "--reviewer", "Ada", "--row", "figure_1")
    assert (code, err.count("\n")) == (2, 1)


LINE = "review_0000000000000001,figures,figure_1,{},,Eve,2021-03-07T09:00:00Z\n"
BAD_FILES = {
    "no columns": ("a,b\n1,2\n", "expected the columns review_id"),
    "no time": (LINE.format("accept,,").replace("2021-03-07T09:00:00Z", "Sunday"), "expected a UTC time"),
    "no such verdict": (LINE.format("maybe,,"), "line 2 (figure_1): expected a decision of accept, reject, correct"),
    "no such column": (LINE.format("correct,colour,red"), "expected a column of"),
    "another type": (LINE.format("correct,low,many"), "expected a number, found 'many'"),
    "no field": (LINE.format("correct,,7"), "expected a field exactly where the decision is correct"),
    "two that exclude each other": (
        LINE.format("accept,,") + LINE.format("correct,low,7"),
        "expected one decision on figure_1 in",
    ),
    "no such table": (LINE.format("accept,,").replace("figures", "boats"), "expected a table of speakers"),
    "nobody": (LINE.format("accept,,").replace("Eve", ""), "expected row_id, reviewer and decided_at"),
}


@pytest.mark.parametrize(("text", "told"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_review_file_that_is_none_is_one_line_with_its_place(harbour: Path, text: str, told: str) -> None:
    head = "review_id,resource,row_id,decision,field,value,note,reviewer,decided_at\n"
    (harbour / "reviews.csv").write_text(text if text.startswith("a,") else head + text, "utf-8")
    with pytest.raises(InputError) as error:
        read_decisions(harbour)
    assert told in str(error.value)
    assert str(harbour / "reviews.csv") in str(error.value)
    assert "\n" not in str(error.value)


def test_a_later_decision_settles_what_an_earlier_one_said() -> None:
    accept, reject = decision("figures", "figure_1", "accept"), decision("figures", "figure_1", "reject")
    low, high = (decision("figures", "figure_1", "correct", field, "7") for field in ("low", "high"))
    assert decide([accept], reject) == (reject,)
    assert decide([accept], low) == (low,)
    assert decide([low], high) == (high, low)
    assert decide([high, low], accept) == (accept,)


def test_a_note_may_hold_anything_but_a_line_end() -> None:
    assert parse_answer('reject -- it\'s -- "odd", no?').note == 'it\'s -- "odd", no?'
