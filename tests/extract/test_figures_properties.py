"""Figures of any text at all: spans, ids, sameness, and a cost that grows with the text only."""

from itertools import pairwise

import pytest
from counting import calls_of
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.figures import find_figures
from onrecord.extract.text import Sentence
from onrecord.records import Article, Figure, Line

NUMBERS = [
    "5",
    "one",
    "half",
    "million",
    "12,000",
    ".5",
    "1/2",
    "½",
    "१",
    "0",
    "1990",
    "two",
    "hundred",
    "3.5",
    "dozens",
    "tens",
    "twice",
    "a",
]
AROUND = [
    "£",
    "$",
    "to",
    "-",
    "–",
    "and",
    "of",
    "per",
    "cent",
    "%",
    "kg",
    "in",
    "between",
    "from",
    "about",
    "(",
    ")",
    ",",
    ".",
    "'",
    "“",
    "May",
    "Leeds",
    "rose",
    "by",
    "year",
    "old",
    "ft",
    "m",
    "x",
    "C",
    "/",
    ":",
    "up",
    "than",
]
WORDS = [*NUMBERS, *AROUND, "\u00a0"]
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=30).map("".join),
)


def figures(text: str, start: int = 0, end: int | None = None) -> list[Figure]:
    stop = len(text) if end is None else end
    return find_figures(Article("a", text, (Line(start, stop, "body"),)), [Sentence(start, stop, 0, "body")], [])


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_spans_lie_in_the_text_and_ids_are_unique(text: str) -> None:
    found = figures(text)
    assert found == figures(text)
    assert len({figure.figure_id for figure in found}) == len(found)
    for figure in found:
        assert figure.text == text[figure.start : figure.end]
        assert figure.text
        assert figure.low is not None or figure.high is not None
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert all(0 <= row.start < row.end <= len(text) for row in figure.evidence)
    assert all(one.end <= other.start for one, other in pairwise(found))


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_text_around_only_shifts_the_spans(before: str, text: str, after: str) -> None:
    shift = len(before) + 1
    moved = figures(f"{before}\n{text}\n{after}", shift, shift + len(text))
    assert [(f.text, f.start - shift, f.low, f.unit, f.measures, f.figure_id) for f in moved] == [
        (f.text, f.start, f.low, f.unit, f.measures, f.figure_id) for f in figures(text)
    ]


@pytest.mark.parametrize(
    "piece", ["1", "A", "ab", "$", "1,", "-1", "(", ".5", "twenty-", "Aa ", "% ", "£", "half ", "to ", "½"]
)
def test_a_long_run_of_one_piece_ends(piece: str) -> None:
    for figure in figures(piece * 20_000):
        assert figure.end - figure.start < 300


def steps(text: str) -> int:
    """The function calls, built-in ones too, that it takes to find the figures of one sentence."""
    return calls_of(lambda: figures(text))


@pytest.mark.parametrize(
    "piece",
    [
        "1 to 2, ",
        "5 or ",
        "bought it for £5 ",
        "three job cuts rose 5% ",
        "5 Adas b ",
        "2,000 yen ($22) ",
        "cut x from 5 kg to 6 kg ",
    ],
)
def test_four_times_the_figures_cost_four_times_the_steps(piece: str) -> None:
    short, long = (steps((piece * length)[:length]) for length in (1_500, 6_000))
    assert long <= 1.3 * 4 * short
