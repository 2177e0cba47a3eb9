"""What an executor is given: one pure function a batch, articles in, columns out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from onrecord.corpus.inputs import Waiting
from onrecord.corpus.segments import segment_bytes
from onrecord.memory import uncollected
from onrecord.records import Article
from onrecord.schemas import load_schemas


@dataclass(frozen=True, slots=True)
class Batch:
    """What some articles gave.

    Attributes:
        segment: the columns of those that keep the rules, as `onrecord.corpus.segments` stores them; empty where none does.
        rows: their number.
        refused: the ids of the others, each with the reason.
    """

    segment: bytes = b""
    rows: int = 0
    refused: tuple[tuple[str, str], ...] = ()


def extract_batch(batch: Sequence[Waiting]) -> Batch:
    """Extract articles and hold what they give to all rules; the same articles give the same bytes, anywhere.

    Args:
        batch: articles of different ids.

    Returns:
        The columns of the articles that keep the rules, as `onrecord.tabulate.columns` gives them, and who does not.
    """
    with uncollected():  # looking for cycles, of which extraction makes none, costs a tenth of its time
        articles = [each.article() for each in batch]
        tables = _columns(articles)
        refused: dict[str, str] = {}
        if _broken(tables, articles):
            alone = {article.article_id: _broken(_columns([article]), [article]) for article in articles}
            refused = {article_id: reason for article_id, reason in alone.items() if reason}
            tables = _columns([article for article in articles if article.article_id not in refused])
        rows = sum(table.height for table in tables.values())
        return Batch(segment_bytes(tables) if len(refused) < len(batch) else b"", rows, tuple(refused.items()))


def _columns(articles: Iterable[Article]) -> dict[str, pl.DataFrame]:
    from onrecord.extract import extract
    from onrecord.tabulate import columns

    return columns((article, extract(article)) for article in articles)


def _broken(tables: dict[str, pl.DataFrame], articles: Iterable[Article]) -> str | None:
    """The first rule that the tables break, told in one line; texts are at hand here and nowhere later."""
    from onrecord.tabulate import merge_speakers
    from onrecord.validate import check_tables

    texts = {article.article_id: article.text for article in articles}
    found = check_tables(merge_speakers(tables), load_schemas().values(), texts)
    return str(found[0]) if found else None
