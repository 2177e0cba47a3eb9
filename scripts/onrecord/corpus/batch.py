"""What an executor is given: one pure function a batch, articles in, columns out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from onrecord.records import Article
from onrecord.schemas import load_schemas


@dataclass(frozen=True, slots=True)
class Batch:
    """The columns of some articles, and the articles that gave none, each with the reason."""

    tables: dict[str, pl.DataFrame]
    refused: tuple[tuple[str, str], ...] = ()


def extract_batch(articles: Sequence[Article]) -> Batch:
    """Extract articles and hold what they give to all rules; the same articles give the same columns, anywhere.

    Args:
        articles: articles of different ids.

    Returns:
        The columns of the articles that keep the rules, as `onrecord.tabulate.columns` gives them.

    >>> extract_batch([Article("a-1", "Ten cats.", ())]).refused[0][0]
    'a-1'
    """
    tables = _columns(articles)
    if not _broken(tables, articles):
        return Batch(tables)
    alone = {article.article_id: _broken(_columns([article]), [article]) for article in articles}
    refused = tuple((article_id, reason) for article_id, reason in alone.items() if reason)
    return Batch(_columns([article for article in articles if not alone[article.article_id]]), refused)


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
