"""Twice the text costs at most about twice the steps, for text that is made to be hard; steps are function calls."""

import gc

import pytest
from counting import calls_of

from onrecord.extract.statements.clauses import find_clauses
from onrecord.extract.statements.forms import cue_words
from onrecord.extract.statements.frames import find_frames
from onrecord.extract.statements.join import find_acts
from onrecord.extract.statements.quotes import find_quotes
from onrecord.extract.text import sentences
from onrecord.records import Article, Line

HOSTILE = {
    "quote marks": '"',
    "opening marks": " “a",
    "single marks": " 'a' b",
    "brackets": "(",
    "capital letters": "A",
    "reporting verbs": "said ",
    "told and commas": "told, ",
    "claims that": "his claim that ",
    "according to": "according to him, ",
    "a name and a verb, no full stop": "Finch said, and ",
    "quotations without a stop": '"We leak," she said, ',
    "sentences": 'Finch said the gate stuck. "It leaks," she added. ',
    "dashes and colons": "a: b - ",
}
# Within the longest sentence that is read for clauses, and far beyond it.
LENGTHS = (2_000, 12_000)
SLACK = 2.3
# What any text costs, however short.
START = 2_000


def steps(text: str) -> int:
    """The function calls, built-in ones too, that it takes to find the acts of reporting in a text of one line."""
    article = Article("a", text, (Line(0, len(text), "body"),))
    lines = sentences(article)
    return calls_of(lambda: find_acts(article, find_frames(article, lines, find_quotes(article), cue_words())))


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("length", LENGTHS)
def test_hostile_text_costs_steps_in_a_straight_line(piece: str, length: int) -> None:
    text = (piece * length)[:length].strip()
    steps(text)  # so that the word lists are loaded
    assert steps(text * 2) <= SLACK * steps(text) + START


def test_a_sentence_without_end_is_read_for_quotations_alone() -> None:
    text = "Finch said and " * 1_000
    article = Article("a", text, (Line(0, len(text), "body"),))
    [frame] = find_frames(article, sentences(article), find_quotes(article), cue_words())
    assert find_clauses(frame) == []


def test_a_sentence_without_end_or_quotation_keeps_none_of_its_words() -> None:
    text = "he said that " * 10_000
    article = Article("a", text, (Line(0, len(text), "body"),))
    [frame] = find_frames(article, sentences(article), find_quotes(article), cue_words())
    assert frame.words == []


@pytest.mark.parametrize("mark", ['"', "“"])
def test_marks_that_quote_nothing_are_no_objects_to_collect(mark: str) -> None:
    text = mark * 100_000
    article = Article("a", text, (Line(0, len(text), "body"),))
    before = gc.get_stats()[0]["collections"]
    assert find_quotes(article) == [[]]
    assert gc.get_stats()[0]["collections"] - before <= 3
