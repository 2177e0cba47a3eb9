"""The synthetic corpus, of which the benches and the docs speak."""

from pathlib import Path

import pytest
import synthetic_corpus

from onrecord.settings import load_collection
from onrecord.source.stream import Found, Unreadable, stream


def written(folder: Path, kind: str = "jsonl.gz", damaged: float = 0.0, articles: int = 60) -> dict[str, bytes]:
    synthetic_corpus.write_corpus(folder, articles, seed=1, shard=20, kind=kind, damaged=damaged)
    return {path.name: path.read_bytes() for path in sorted((folder / "articles").iterdir())}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, again = written(tmp_path / "a"), written(tmp_path / "b")
    assert first == again
    assert len(first) == 3


@pytest.mark.parametrize("kind", [*synthetic_corpus.PACKED, *synthetic_corpus.TABLES])
def test_every_kind_gives_the_same_articles(kind: str, tmp_path: Path) -> None:
    written(tmp_path, kind)
    found = [each.article for each in stream(load_collection(tmp_path)) if isinstance(each, Found)]
    assert [each.article_id for each in found] == [f"synthetic-{number:08}" for number in range(60)]
    assert [each.text for each in found] == [synthetic_corpus.article(number, 1)["text"] for number in range(60)]


def test_exactly_the_damaged_records_are_refused(tmp_path: Path) -> None:
    written(tmp_path, damaged=0.1, articles=200)
    found = list(stream(load_collection(tmp_path)))
    assert sum(isinstance(each, Unreadable) for each in found) == 19
    good = {each.article.article_id for each in found if isinstance(each, Found)}
    assert good == {f"synthetic-{number:08}" for number in range(200) if number % 10 or not number}
