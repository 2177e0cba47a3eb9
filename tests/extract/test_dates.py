"""Dates: worded as news words them, resolved against the day of publication."""

import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.dates import find_dates, worded_dates
from onrecord.extract.lexicon import rules
from onrecord.extract.text import sentences
from onrecord.records import Article, DateMention, Line, Role

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parents[1] / "cases" / "dates.toml").read_text(encoding="utf-8"))[
    "case"
]
WEDNESDAY = date(2023, 3, 15)


def article_of(text: str, on: date | None = WEDNESDAY, role: Role = "body") -> Article:
    """One article whose lines all play one role."""
    lines, position = [], 0
    for raw in text.split("\n"):
        if raw.strip():
            start = position + len(raw) - len(raw.lstrip())
            lines.append(Line(start, start + len(raw.strip()), role))
        position += len(raw) + 1
    return Article("an-article", text, tuple(lines), published_on=on)


def dates_of(text: str, on: date | None = WEDNESDAY, role: Role = "body") -> list[DateMention]:
    article = article_of(text, on, role)
    return find_dates(article, sentences(article))


def day_of(case: dict[str, Any]) -> date | None:
    on: date | str = case.get("on", WEDNESDAY)
    return None if isinstance(on, str) else on


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_reader_would_find_the_same(case: dict[str, Any]) -> None:
    assert [[found.text, found.edtf] for found in dates_of(case["text"], day_of(case))] == case["dates"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_text_is_the_words_and_every_cell_has_evidence_by_a_named_rule(case: dict[str, Any]) -> None:
    for found in dates_of(case["text"], day_of(case)):
        assert found.text == case["text"][found.start : found.end]
        assert found.start_date <= found.end_date
        assert {evidence.field for evidence in found.evidence} == {"text", "edtf", "start_date", "end_date"}
        assert all(evidence.rule in rules() for evidence in found.evidence)
        assert all(0 <= evidence.start < evidence.end <= len(case["text"]) for evidence in found.evidence)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("in 2010", date(2010, 1, 1), date(2010, 12, 31)),
        ("in February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("the 1990s", date(1990, 1, 1), date(1999, 12, 31)),
        ("the 19th century", date(1800, 1, 1), date(1899, 12, 31)),
        ("winter 2020", date(2020, 12, 1), date(2021, 2, 28)),
        ("the fourth quarter of 2021", date(2021, 10, 1), date(2021, 12, 31)),
        ("late 2021", date(2021, 9, 1), date(2021, 12, 31)),
        ("between 2015 and 2019", date(2015, 1, 1), date(2019, 12, 31)),
        ("in the mid-1980s", date(1983, 1, 1), date(1985, 12, 31)),
    ],
)
def test_bounds_are_the_first_and_last_day(words: str, start: date, end: date) -> None:
    (found,) = dates_of(words)
    assert (found.start_date, found.end_date) == (start, end)


@pytest.mark.parametrize(("role", "count"), [("title", 1), ("standfirst", 1), ("body", 1), ("caption", 1), ("byline", 0)])
def test_only_lines_that_report_give_dates(role: Role, count: int) -> None:
    assert len(dates_of("It burnt down in 1999.", role=role)) == count


@pytest.mark.parametrize("role", ["published", "updated", "call_to_action"])
def test_lines_about_the_article_give_none(role: Role) -> None:
    assert dates_of("Wednesday, 15 March 2023", role=role) == []


def test_a_date_never_runs_over_a_line() -> None:
    assert [found.text for found in dates_of("It shut in May\n2019 was dry")] == ["May", "2019"]


def test_the_qualifier_is_evidence_for_an_approximate_date() -> None:
    (found,) = dates_of("It was dug in about 1850.")
    assert ("edtf", "about", "date.approximate") in [
        (evidence.field, "It was dug in about 1850."[evidence.start : evidence.end], evidence.rule)
        for evidence in found.evidence
    ]


def test_an_id_stays_when_other_words_change() -> None:
    before, after = dates_of("It shut in 1999."), dates_of("In 1950, people say, it opened. It shut in 1999.")
    assert before[0].date_id == after[1].date_id


def test_the_same_words_twice_have_two_ids() -> None:
    first, second = dates_of("In 1999 it shut. In 1999 it burnt.")
    assert first.date_id != second.date_id


def test_wordings_are_found_even_where_they_cannot_be_resolved() -> None:
    article = article_of("He left on May 4.", on=None)
    assert [article.text[worded.start : worded.end] for worded in worded_dates(article)] == ["May 4"]


def test_the_first_days_of_the_calendar_are_no_trouble() -> None:
    assert dates_of("yesterday, last week, two years ago, last century", on=date.min) == []


WORDS = st.sampled_from(sorted({word for case in CASES for word in case["text"].split()} | {"\n"}))


@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=200), st.none() | st.dates())
def test_no_text_is_too_odd(text: str, on: date | None) -> None:
    found = dates_of(text, on)
    assert all(mention.text == text[mention.start : mention.end] for mention in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert len({mention.date_id for mention in found}) == len(found)
    assert found == dates_of(text, on)
