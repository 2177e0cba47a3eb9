"""What holds for the statements of any text whatever."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.statements import find_statements
from onrecord.extract.text import sentences
from onrecord.records import Article, Line, Statement

PIECES = [
    *['"', "'", "“", "”", "‘", "’", "''", ",", ".", ":", "?", "—", "(", ")", "\n", "\n\n", "\u2028", "İ", "ß"],
    *["said", "she", "Bell", "told", "reporters", "that", "according to", "the report", "and", "but", "adding", "asked", "a"],
    *["whether", "on Monday", "Kelly", "BELL:", "denied", "it", "was", "claim", "his", "as", "who", "in a statement", "5 p.m."],
]
# Whole clauses, so that many texts have statements of several parts.
CLAUSES = [
    *['"We leak," she said.', '"It must go."', "“Nobody came,” said Bell,", "“and it shows.”", '"We', "waited.", "\n", "\n\n"],
    *["Bell laughed.", "Bell, he added,", "told the board the gate was shut.", "'It's ours,' they say,", "per the report."],
]
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.lists(st.sampled_from(CLAUSES), max_size=12).map(" ".join),
)


def read(text: str, before: str = "") -> list[Statement]:
    """The statements of a text that stands behind other words; one line to a paragraph."""
    lines: list[Line] = []
    position = len(before)
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            start = position + raw.index(words)
            lines.append(Line(start, start + len(words), "body"))
        position += len(raw) + 1
    article = Article("a", before + text, tuple(lines))
    return find_statements(article, sentences(article), [])[0]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_any_text_gives_sound_statements(text: str) -> None:
    statements = read(text)
    assert len({statement.statement_id for statement in statements}) == len(statements)
    for statement in statements:
        ends = [0]
        for part in statement.parts:
            assert ends[-1] <= part.start < part.end <= len(text)
            ends.append(part.end)
        assert statement.start == statement.parts[0].start
        assert statement.end == statement.parts[-1].end
        words = text[statement.start : statement.parts[0].end]
        for before, part in pairwise(statement.parts):
            told = any(letter.isalnum() for letter in text[before.end : part.start])
            words += (" … " if told else " ") + text[part.start : part.end]
        assert statement.text == words
        for evidence in statement.evidence:
            assert 0 <= evidence.start < evidence.end <= len(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_statements(text: str) -> None:
    assert read(text) == read(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.text(max_size=40))
def test_words_before_the_first_line_only_shift_the_spans(text: str, before: str) -> None:
    shift = len(before)
    plain = [(s.kind, s.text, s.statement_id, [(p.start + shift, p.end + shift) for p in s.parts]) for s in read(text)]
    assert [(s.kind, s.text, s.statement_id, [(p.start, p.end) for p in s.parts]) for s in read(text, before)] == plain
