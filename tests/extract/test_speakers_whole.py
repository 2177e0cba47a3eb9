"""The passages of tests/cases/speakers*.toml the whole way: the program finds the statements, too."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from test_speakers import article_of, check, place

from onrecord.extract import extract
from onrecord.records import Article, Extraction, Statement

FILES = sorted((Path(__file__).parents[1] / "cases").glob("speakers*.toml"))
CASES = [case for file in FILES for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]]
NAMES = tomllib.loads((Path(__file__).parents[1] / "cases" / "speakers_names.toml").read_text(encoding="utf-8"))["case"]
WHOLE = [case["id"] for case in NAMES]
SHARE = 0.95  # Of the expectations that must come true where the statements are the program's own.


def stands_for(expected: dict[str, Any], span: tuple[int, int], statement: Statement) -> bool:
    """Whether a statement is the one that an expectation is about: its source, or its words where it has none."""
    start, end = span
    if "words" in expected:
        return any(part.start < end and start < part.end for part in statement.parts)
    return any(row.field == "speaker_text" and row.start < end and start < row.end for row in statement.evidence)


def problems(expected: dict[str, Any], article: Article, found: Extraction) -> list[str]:
    """What an expectation says that did not come out."""
    span = place(article.text, expected.get("source") or expected["words"], expected.get("at", 1))
    about = [statement for statement in found.statements if stands_for(expected, span, statement)]
    if not about:
        return ["no statement found"]
    by_id = {speaker.speaker_id: speaker for speaker in found.speakers}
    return check(expected, by_id.get(about[0].speaker_id or ""))


@cache
def outcomes_of(number: int) -> list[list[str]]:
    """What is wrong with a case of the files; each is extracted once."""
    return outcomes(CASES[number])


def outcomes(case: dict[str, Any]) -> list[list[str]]:
    """For each expectation of a case, what is wrong."""
    article = article_of(case)
    found = extract(article)
    return [problems(expected, article, found) for expected in case["expect"]]


def test_nearly_all_expectations_come_true_the_whole_way() -> None:
    results = {f"{case['id']} {i}": wrong for n, case in enumerate(CASES) for i, wrong in enumerate(outcomes_of(n))}
    failed = [f"{name}: {'; '.join(wrong)}" for name, wrong in results.items() if wrong]
    assert len(failed) <= (1 - SHARE) * len(results), "\n".join(failed)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["id"] for case in CASES])
def test_no_passage_gives_a_wrong_person(number: int) -> None:
    wrong = [problem for row in outcomes_of(number) for problem in row if problem.startswith("name ")]
    assert not wrong


@pytest.mark.parametrize("number", [n for n, case in enumerate(CASES) if case["id"] in WHOLE], ids=WHOLE)
def test_names_roles_and_organisations_come_out_whole(number: int) -> None:
    assert not [problem for row in outcomes_of(number) for problem in row]
