"""What holds for any text: no exception, spans that are the words, ids that are unique, the same twice, and bounded work."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import chain
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from texts import HOSTILE, generated, grown

from onrecord.extract import extract
from onrecord.extract.lexicon import rules
from onrecord.records import Article, DateMention, Evidence, Extraction, Figure, Line

NEUTRAL = "Rain fell on the hill above the mill."
FRAGMENTS = sorted({word for text in generated(20_000) for word in text.split()})
ODD = [
    "\n",
    "\n\n",
    '"',
    "“",
    "”",
    "'",
    "’",
    "‘",
    "(",
    ")",
    "—",
    "…",
    ":",
    "£",
    "$",
    "%",
    "½",
    "\u00a0",
    "\u2028",
    "İ",
    "e\u0301",
    "😀",
]
SOUP = st.lists(st.sampled_from(FRAGMENTS + ODD * 8), max_size=80).map(" ".join)
TEXTS = SOUP | st.text(max_size=300) | st.sampled_from(generated(20_000))


def article_of(text: str) -> Article:
    """An article of which every line is body, so that the layout of what is around it plays no part."""
    lines, position = [], 0
    for raw in text.split("\n"):
        if words := raw.strip():
            start = position + raw.index(words)
            lines.append(Line(start, start + len(words), "body"))
        position += len(raw) + 1
    return Article("an-article", text, tuple(lines), published_on=date(2023, 3, 15))


def evidence_of(found: Extraction) -> Iterator[Evidence]:
    records: Iterator[Any] = chain(found.figures, found.statements, found.speakers, found.dates)
    return chain.from_iterable(record.evidence for record in records)


def spans_of(found: Extraction) -> dict[str, list[tuple[int, int]]]:
    """The places of all rows, by kind; a statement's are those of its parts."""
    return {
        "figures": [(figure.start, figure.end) for figure in found.figures],
        "statements": [(part.start, part.end) for statement in found.statements for part in statement.parts],
        "dates": [(mention.start, mention.end) for mention in found.dates],
    }


@given(TEXTS)
@example("It leaked, she said, that")
@example("the-road-to-one-mill")
def test_rows_hold_the_words_at_their_offsets(text: str) -> None:
    found = extract(article_of(text))
    rows: list[Figure | DateMention] = [*found.figures, *found.dates]
    for row in rows:
        assert 0 <= row.start < row.end <= len(text)
        assert row.text == text[row.start : row.end]
    for statement in found.statements:
        assert 0 <= statement.start < statement.end <= len(text)
        assert all(statement.start <= part.start < part.end <= statement.end for part in statement.parts)


@given(TEXTS)
def test_evidence_lies_in_the_text_and_names_a_rule(text: str) -> None:
    known = rules()
    for evidence in evidence_of(extract(article_of(text))):
        assert 0 <= evidence.start < evidence.end <= len(text)
        assert evidence.rule in known


@given(TEXTS)
def test_ids_are_unique_and_what_refers_to_them_is_there(text: str) -> None:
    found = extract(article_of(text))
    figures, statements = [row.figure_id for row in found.figures], [row.statement_id for row in found.statements]
    speakers, dates = [row.speaker_id for row in found.speakers], [row.date_id for row in found.dates]
    for ids in (figures, statements, speakers, dates):
        assert len(set(ids)) == len(ids)
    assert {row.repeats for row in found.figures} <= {*figures, None}
    assert {row.repeats for row in found.statements} <= {*statements, None}
    assert {row.statement_id for row in found.figures} <= {*statements, None}
    assert {row.speaker_id for row in found.figures} | {row.speaker_id for row in found.statements} <= {*speakers, None}


@given(TEXTS)
def test_the_same_text_gives_the_same_twice(text: str) -> None:
    assert extract(article_of(text)) == extract(article_of(text))


@given(st.sampled_from(generated(60_000)), st.integers(0, 3), st.integers(0, 3))
def test_paragraphs_around_an_article_only_shift_its_spans(text: str, before: int, after: int) -> None:
    lead = f"{NEUTRAL}\n\n" * before
    alone, within = spans_of(extract(article_of(text))), spans_of(extract(article_of(lead + text + f"\n\n{NEUTRAL}" * after)))
    shift = len(lead)
    assert within == {kind: [(start + shift, end + shift) for start, end in spans] for kind, spans in alone.items()}


def steps_of(action: Callable[[], object]) -> int:
    """How many lines of Python an action runs, each turn of a loop counted: work that is the same on any machine."""
    steps = 0

    def count(_: FrameType, event: str, __: object) -> "Callable[[FrameType, str, object], Any]":
        nonlocal steps
        steps += event == "line"
        return count

    former = sys.gettrace()
    sys.settrace(count)
    try:
        action()
    finally:
        sys.settrace(former)
    return steps


ONE_ARTICLE = generated(3000)[0]
GROWING: dict[str, Callable[[int], str]] = {"one article": lambda characters: grown(ONE_ARTICLE, characters), **HOSTILE}


@pytest.fixture(params=GROWING)
def growing(request: pytest.FixtureRequest) -> tuple[Article, Article]:
    """A text of some thousand characters and one eight times as long."""
    small, large = (article_of(GROWING[request.param](size)) for size in (3_000, 24_000))
    extract(article_of(ONE_ARTICLE))  # word lists are loaded the first time
    return small, large


def test_steps_grow_in_a_straight_line(growing: tuple[Article, Article]) -> None:
    small, large = (steps_of(partial(extract, article)) for article in growing)
    assert large <= 1.5 * 8 * small


@pytest.mark.parametrize("name", GROWING)
def test_rows_are_no_more_than_words(name: str) -> None:
    text = GROWING[name](16_000)
    found = extract(article_of(text))
    assert sum(1 for _ in evidence_of(found)) <= 10 * len(text)
    assert sum(end - start for spans in spans_of(found).values() for start, end in spans) <= 4 * len(text)
