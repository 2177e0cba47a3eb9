"""The ten statements of the article in seeds/luton-county-lines, one by one."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.extract import extract
from onrecord.extract.lexicon import rules
from onrecord.source import read_file

HERE = Path(__file__).parents[1]
ARTICLE = next(read_file(next((HERE.parent / "seeds" / "luton-county-lines" / "articles").glob("*.txt"))))
FOUND = extract(ARTICLE).statements
CASES: list[dict[str, Any]] = tomllib.loads((HERE / "cases" / "statements_seed.toml").read_text("utf-8"))["statement"]


def words(number: int) -> list[str]:
    """The words of each part of a statement."""
    return [ARTICLE.text[part.start : part.end] for part in FOUND[number].parts]


def test_there_are_ten() -> None:
    assert len(FOUND) == len(CASES) == 10


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["id"] for case in CASES])
def test_statement_has_these_columns(number: int) -> None:
    statement, case = FOUND[number], CASES[number]
    assert (statement.kind, statement.cue, statement.speaker_text, statement.addressee, statement.said_on) == (
        case["kind"],
        case.get("cue"),
        case.get("speaker_text"),
        case.get("addressee"),
        case.get("said_on"),
    )


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["id"] for case in CASES])
def test_parts_begin_and_end_here(number: int) -> None:
    case = CASES[number]
    assert [(part.split()[0], part.split()[-1]) for part in words(number)] == [tuple(ends) for ends in case["parts"]]


def test_the_words_of_the_standfirst_come_back_in_the_reply() -> None:
    repeated = {number: statement.repeats for number, statement in enumerate(FOUND) if statement.repeats}
    assert repeated == {8: FOUND[1].statement_id}


def test_every_cell_comes_from_a_rule_that_is_written_down() -> None:
    assert {evidence.rule for statement in FOUND for evidence in statement.evidence} <= rules().keys()
