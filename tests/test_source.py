"""Reading: files to articles, and what each line of them is."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.records import Article
from onrecord.settings import Known
from onrecord.source import read_text
from onrecord.source.bylines import read_byline
from onrecord.source.times import read_stamps

CASES = Path(__file__).parent / "cases"
FIELDS = ("title", "standfirst", "byline", "published_on", "published_at", "updated_at")
LUTON = Path(__file__).parents[1] / "seeds" / "luton-county-lines"
ARTICLE = "Ferry sinks at its moorings\n\nBy Mairi Tolland\n6 March 2023\n\nNobody was on board, police said."


def cases(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def words(article: Article, role: str) -> list[str]:
    return [article.text[line.start : line.end] for line in article.lines if line.role == role]


# What each line is.


@pytest.mark.parametrize("case", cases("layout")["case"], ids=lambda case: case["id"])
def test_lines_and_cells_of_a_text(case: dict[str, Any]) -> None:
    known = Known(title=case["known_title"]) if "known_title" in case else None
    article = read_text("a", case["text"], known)
    assert [line.role for line in article.lines] == case["roles"]
    if known is None:
        cells = {field: getattr(article, field) for field in FIELDS if getattr(article, field) is not None}
        assert cells.items() >= {field: case[field] for field in FIELDS if field in case}.items()
        assert {each.field for each in article.evidence} == cells.keys()


LINES = [(role, line) for role, lines in cases("layout_lines").items() for line in lines]


@pytest.mark.parametrize(("role", "line"), LINES, ids=[line for _, line in LINES])
def test_a_line_between_paragraphs(role: str, line: str) -> None:
    article = read_text("a", f"Ferry sinks\n\nThe ferry sank on Sunday.\n\n{line}\n\nNobody was on board.")
    assert article.lines[2].role == role


@pytest.mark.parametrize("case", cases("layout_dates")["case"], ids=lambda case: case["line"])
def test_a_date_line(case: dict[str, Any]) -> None:
    stamps, _ = read_stamps(case["line"], "Europe/London")
    assert [(each.moment.on, each.moment.at, each.label) for each in stamps] == (
        [(case["on"], case.get("at"), case.get("label"))] if "on" in case else []
    )


@pytest.mark.parametrize("case", cases("bylines")["case"], ids=lambda case: case["line"])
def test_a_byline(case: dict[str, str]) -> None:
    span = read_byline(case["line"])
    assert (case["line"][slice(*span)] if span else "") == case["names"]
