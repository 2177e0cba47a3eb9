"""The columns of a statement besides its words: repeats, said_on, addressee, and the rules that its cells name."""

from datetime import date

import pytest

from onrecord.extract.dates import find_dates
from onrecord.extract.lexicon import rules
from onrecord.extract.statements import find_statements
from onrecord.extract.text import sentences
from onrecord.records import Article, Line, Statement


def read(*paragraphs: str) -> list[Statement]:
    """The statements of an article of these paragraphs, published on 6 May 2024."""
    text, lines = "\n".join(paragraphs), list[Line]()
    for paragraph in paragraphs:
        start = lines[-1].end + 1 if lines else 0
        lines.append(Line(start, start + len(paragraph), "body"))
    article = Article("a", text, tuple(lines), published_on=date(2024, 5, 6))
    cut = sentences(article)
    return find_statements(article, cut, find_dates(article, cut))[0]


FIRST = '"The sluice at Harrow End has to be rebuilt by June," Ada Finch said.'


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(FIRST, id="the same words"),
        pytest.param('"The sluice at Harrow End has to be rebuilt," she added.', id="the first of them"),
        pytest.param(
            '"I said it. The sluice at Harrow End has to be rebuilt by June," she added.', id="more words around them"
        ),
    ],
)
def test_words_said_before_point_to_the_first(later: str) -> None:
    first, second = read(FIRST, later)
    assert (first.repeats, second.repeats) == (None, first.statement_id)


def test_a_few_words_in_common_repeat_nothing() -> None:
    assert [one.repeats for one in read('"We will see," Finch said.', '"We will see about the sluice," Moor said.')] == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "said_on"),
    [
        pytest.param('"The gate stuck," Finch said yesterday (May 5).', "2024-05-05", id="after the verb"),
        pytest.param("On May 2, Finch said the gate had stuck.", "2024-05-02", id="before the subject"),
        pytest.param("Finch said the gate had stuck on May 2.", None, id="within what is said"),
        pytest.param('"The gate stuck," Finch said.', None, id="no date"),
    ],
)
def test_the_date_of_the_reporting_clause_says_when(text: str, said_on: str | None) -> None:
    assert [one.said_on for one in read(text)] == [said_on]


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        pytest.param("Finch told the drainage board that the gate had stuck.", "the drainage board", id="told somebody that"),
        pytest.param('Finch told reporters: "The gate stuck."', "reporters", id="told somebody, colon"),
        pytest.param("Finch told state radio the gate had stuck.", "state radio", id="a noun before the audience"),
        pytest.param("Finch told me the gate had stuck.", "me", id="a pronoun"),
        pytest.param('"The gate stuck," Finch explained to the board on Friday.', "the board", id="to somebody"),
        pytest.param("Finch asked the warden whether the gate had stuck.", "the warden", id="asked somebody whether"),
        pytest.param("Finch said the gate had stuck.", None, id="nobody"),
    ],
)
def test_who_is_told_is_the_addressee(text: str, addressee: str | None) -> None:
    assert [one.addressee for one in read(text)] == [addressee]


def test_every_cell_names_a_rule_of_the_registry() -> None:
    statements = read(
        FIRST,
        'Finch told the board: "It leaks."',
        "Moor denied the charge, adding that the lock was new.",
        "According to the report, the sluice is safe.",
        '"Nobody asked us." - Ada Finch',
        "Moor's claim that the lock was new was not tested.",
        '"We counted nine leaks in one afternoon."',
    )
    used = {evidence.rule for one in statements for evidence in one.evidence}
    assert len(used) > 7
    assert used <= rules().keys()


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        pytest.param(['"The pier is rotten," Finch said. "Shut it."'], "The pier is rotten … Shut it.", id="a clause between"),
        pytest.param(
            ['"The pier is rotten.', '"Shut it," Finch said.'], "The pier is rotten. Shut it", id="no more than marks between"
        ),
    ],
)
def test_a_mark_stands_for_the_words_between_two_parts(paragraphs: list[str], words: str) -> None:
    assert [one.text for one in read(*paragraphs)] == [words]
