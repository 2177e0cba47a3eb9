"""Extraction scores on the gold data at least as well as it did when the floor was last raised."""

import pytest
from quality import ABSENT, BENCH, CORPORA, Corpus, fallen, read_floor, score, table

needs_gold = pytest.mark.skipif(not BENCH.is_dir(), reason=ABSENT)


@needs_gold
@pytest.mark.parametrize("corpus", CORPORA, ids=lambda corpus: corpus.name)
def test_no_score_is_below_its_floor(corpus: Corpus) -> None:
    floor = read_floor()
    assert floor[corpus.name]["sha256"] == corpus.sha256, "the gold has changed; run python tests/bench/quality.py --lower"
    assert fallen({corpus.name: score(corpus)}, floor) == []


def test_every_corpus_has_a_floor_for_every_number() -> None:
    floor = read_floor()
    assert {name: set(numbers) - {"sha256"} for name, numbers in floor.items()} == {
        corpus.name: set(corpus.numbers) for corpus in CORPORA
    }


def test_a_lower_score_is_named_with_its_floor() -> None:
    floor: dict[str, dict[str, str | float]] = {"letters": {"sha256": "0", "value F1": 92.0, "span F1": 95.0}}
    assert fallen({"letters": {"value F1": 91.9, "span F1": 95.0}}, floor) == [
        "letters value F1: expected at least 92.0, found 91.9"
    ]


def test_the_table_shows_what_has_no_floor_yet() -> None:
    assert table({"letters": {"value F1": 91.9}}, {}).splitlines()[1].split() == ["letters", "value", "F1", "91.9", "-"]
