"""Figures: the cases of `tests/cases/figures.toml` and `figures_news.toml`, and the guarantees that hold for every figure."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onrecord.extract.figures import find_figures
from onrecord.extract.lexicon import rules
from onrecord.extract.text import sentences
from onrecord.records import Article, DateMention, Figure, Line, Role

CASES = [
    case
    for name in ("figures", "figures_news")
    for case in tomllib.loads((Path(__file__).parents[1] / "cases" / f"{name}.toml").read_text(encoding="utf-8"))["case"]
]


def article(text: str, role: Role = "body") -> Article:
    """An article of one line."""
    return Article("a-1", text, (Line(0, len(text), role),))


def figures(text: str, dates: list[DateMention] | None = None, role: Role = "body") -> list[Figure]:
    one = article(text, role)
    return find_figures(one, sentences(one), dates or [])


def differs(figure: Figure, field: str, wanted: Any, first_id: str) -> bool:
    found = getattr(figure, field)
    if field == "repeats":
        return bool(found != first_id)
    if wanted == "null":
        return found is not None
    return bool(found != wanted and not (isinstance(found, float) and found == pytest.approx(wanted)))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_figures_of_a_text(case: dict[str, Any]) -> None:
    found = figures(case["text"])
    assert len(found) == len(case["figures"]), [figure.text for figure in found]
    for figure, wanted in zip(found, case["figures"], strict=True):
        wrong = {
            field: getattr(figure, field)
            for field, value in wanted.items()
            if differs(figure, field, value, found[0].figure_id)
        }
        assert not wrong, (figure.text, wrong)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_cell_read_from_words_has_evidence_in_the_text(case: dict[str, Any]) -> None:
    for figure in figures(case["text"]):
        fields = {row.field for row in figure.evidence}
        read = ("text", "kind", "low", "high", "qualifier", "unit", "unit_text", "per", "measures", "change", "place", "as_of")
        assert fields == {field for field in read if getattr(figure, field) is not None}
        for row in figure.evidence:
            assert 0 <= row.start < row.end <= len(case["text"])
            assert row.rule in rules(), row.rule
            if row.field in ("text", "unit_text", "measures", "place"):
                assert case["text"][row.start : row.end] == getattr(figure, row.field)


@pytest.mark.parametrize("role", ["byline", "published", "updated", "call_to_action"])
def test_lines_that_are_not_the_story_have_no_figures(role: Role) -> None:
    assert figures("Send 40 photographs", role=role) == []


@pytest.mark.parametrize("role", ["title", "standfirst", "body", "caption"])
def test_lines_of_the_story_have_figures(role: Role) -> None:
    assert [figure.text for figure in figures("Send 40 photographs", role=role)] == ["40"]


def mention(text: str, words: str, edtf: str) -> DateMention:
    at = text.index(words)
    return DateMention("date_1", "a-1", words, edtf, date(2019, 7, 1), date(2019, 7, 31), at, at + len(words))


def test_a_date_after_the_figure_dates_it() -> None:
    text = "Wardens counted 80 seals in July 2019."
    (figure,) = figures(text, [mention(text, "July 2019", "2019-07")])
    assert figure.as_of == "2019-07"


def test_a_number_within_a_date_is_no_figure() -> None:
    text = "Wardens met on 12/07 by the weir."
    assert figures(text, [mention(text, "12/07", "2019-07-12")]) == []


def test_ids_are_of_words_and_occurrence_not_of_position() -> None:
    first = {figure.figure_id for figure in figures("We saw 5 owls. They saw 5 owls.")}
    later = {figure.figure_id for figure in figures("Nothing to count here. We saw 5 owls. They saw 5 owls.")}
    assert first == later
    assert len(first) == 2


def test_the_seed_article_has_one_figure_told_three_times() -> None:
    path = Path(__file__).parents[2] / "seeds" / "luton-county-lines" / "articles"
    text = next(path.glob("*.txt")).read_text(encoding="utf-8")
    lines, position = [], 0
    for raw in text.splitlines(keepends=True):
        if raw.strip():
            lines.append(Line(position, position + len(raw.rstrip()), "body"))
        position += len(raw)
    one = Article("luton", text, tuple(lines))
    found = find_figures(one, sentences(one), [])
    rows = {(f.low, f.high, f.unit, f.per, f.measures, f.place, f.qualifier, f.low_si, f.si_unit) for f in found}
    assert rows == {(200.0, 500.0, "kg", "month", "class A drugs", "Luton", "approximately", 2400.0, "kg/a")}
    assert [f.repeats for f in found] == [None, found[0].figure_id, found[0].figure_id]
