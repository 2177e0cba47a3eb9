"""The real article in seeds/, row by row: what a reader of it would expect to find, and nothing else."""

from pathlib import Path

import pytest

from onrecord.extract import extract
from onrecord.records import Article, Extraction, Speaker, Statement
from onrecord.settings import load_collection
from onrecord.source import read_collection

SEEDS = Path(__file__).resolve().parents[1] / "seeds" / "luton-county-lines"


@pytest.fixture(scope="module")
def article() -> Article:
    (article,) = read_collection(load_collection(SEEDS))
    return article


@pytest.fixture(scope="module")
def found(article: Article) -> Extraction:
    return extract(article)


def speaker(found: Extraction, statement: Statement) -> Speaker:
    return next(speaker for speaker in found.speakers if speaker.speaker_id == statement.speaker_id)


def starting(found: Extraction, words: str) -> Statement:
    (statement,) = (statement for statement in found.statements if statement.text.startswith(words))
    return statement


def test_three_figures_say_the_same_and_the_later_two_point_to_the_first(article: Article, found: Extraction) -> None:
    assert [figure.text for figure in found.figures] == ["200 to 500kg", "200 to 500 kilos", "200 to 500 kilos"]
    for figure in found.figures:
        assert (figure.kind, figure.low, figure.high, figure.unit, figure.per) == ("mass", 200, 500, "kg", "month")
        assert (figure.qualifier, figure.measures, figure.place) == ("approximately", "class A drugs", "Luton")
        assert (figure.low_si, figure.high_si, figure.si_unit) == (2400, 6000, "kg/a")
    hedges = [entry for figure in found.figures for entry in figure.evidence if entry.field == "qualifier"]
    assert [article.text[entry.start : entry.end] for entry in hedges] == ["Estimated", "Around", "about"]
    assert [figure.repeats for figure in found.figures] == [None, found.figures[0].figure_id, found.figures[0].figure_id]


def test_each_figure_has_the_speaker_that_gives_it(found: Extraction) -> None:
    names = {speaker.speaker_id: speaker.name for speaker in found.speakers}
    assert [names.get(figure.speaker_id or "") for figure in found.figures] == [None, "estimates", "Festus Akinbusoye"]


def test_the_commissioner_is_found_behind_pronoun_post_and_headline_quotation(found: Extraction) -> None:
    for words, source in {
        "Luton is now a net exporter": None,
        "I take very seriously": "he",
        "One thing we cannot get away from": "he",
        "I wish I could say": "The PCC",
        "The enforcement part": "he",
    }.items():
        statement = starting(found, words)
        person = speaker(found, statement)
        assert (person.name, person.role, person.kind) == ("Festus Akinbusoye", "Police and Crime Commissioner", "person")
        assert statement.speaker_text == source


def test_the_councillor_has_one_statement_in_three_parts(found: Extraction) -> None:
    statement = starting(found, "Everything going through Luton")
    assert len(statement.parts) == 3
    assert statement.text.endswith("when enforcement becomes a critical issue?")
    person = speaker(found, statement)
    assert (person.name, person.organisation) == ("Aslam Khan", "Labour")
    assert person.role == "Labour Lewsey councillor"


WHOLE = {
    "four paragraphs": ("One thing we cannot get away from", "putting money into the treatment side.", 4, "added"),
    "the reply": ("I wish I could say it was a case", "But I believe we can.", 6, "replied"),
    "the end": ("The enforcement part is also quite interesting", "That's a big issue.", 3, "said"),
}


@pytest.mark.parametrize(("first", "last", "paragraphs", "cue"), WHOLE.values(), ids=WHOLE)
def test_quotations_over_paragraphs_are_whole(
    article: Article, found: Extraction, first: str, last: str, paragraphs: int, cue: str
) -> None:
    statement = starting(found, first)
    assert statement.text.endswith(last)
    assert (statement.kind, statement.cue) == ("direct", cue)
    lines = {
        number for number, line in enumerate(article.lines) for part in statement.parts if line.start <= part.start < line.end
    }
    assert len(lines) == paragraphs


def test_estimates_stand_behind_according_to(found: Extraction) -> None:
    statement = starting(found, "Around 200 to 500 kilos")
    source = speaker(found, statement)
    assert (statement.cue, source.name, source.kind) == ("according to", "estimates", "document")


def test_captions_and_the_call_to_action_are_no_statements(article: Article, found: Extraction) -> None:
    furniture = [line for line in article.lines if line.role in ("caption", "call_to_action")]
    assert len(furniture) == 3
    for line in furniture:
        assert not any(line.start <= part.start < line.end for statement in found.statements for part in statement.parts)


def test_dates_are_resolved_against_the_day_of_publication(found: Extraction) -> None:
    assert [(mention.text, mention.edtf) for mention in found.dates] == [
        ("yesterday (January 25)", "2022-01-25"),
        ("July", "2021-07"),
    ]
    assert starting(found, "I take very seriously").said_on == "2022-01-25"
