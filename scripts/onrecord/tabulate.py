"""Records become tables: the columns of `schemas/`, in one order, with the words behind each cell beside them."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from onrecord.hashing import sha256_text
from onrecord.provenance import provenance_rows
from onrecord.records import Article, Evidence, Extraction, Speaker
from onrecord.schemas import TableSchema, load_schemas

Row = dict[str, Any]
Tables = Mapping[str, pl.DataFrame]

# The order a reader expects; the primary key settles the rest, so that equal input gives equal bytes.
_ORDER: Mapping[str, tuple[str, ...]] = {
    "speakers": ("name",),
    "statements": ("article_id", "start", "end"),
    "figures": ("article_id", "start", "end"),
    "dates": ("article_id", "start", "end"),
}


_SPEAKER_CELLS = ("name", "kind", "role", "organisation")


def tabulate(pairs: Iterable[tuple[Article, Extraction]]) -> dict[str, pl.DataFrame]:
    """All tables for articles and what was extracted from them.

    Args:
        pairs: each article with its extraction, in any order.

    Returns:
        A frame a table of `schemas/`, columns and types as there, rows in a fixed order. `reviews` is empty: decisions
        are made by people.

    >>> from datetime import date
    >>> article = Article("a-1", "Ten cats.", (), published_on=date(2022, 1, 26))
    >>> tabulate([(article, Extraction("a-1"))])["articles"].select("article_id", "words").rows()
    [('a-1', 2)]
    """
    rows: dict[str, list[Row]] = {name: [] for name in load_schemas()}
    speakers: dict[str, list[tuple[Article, Speaker]]] = defaultdict(list)
    for article, extraction in sorted(pairs, key=lambda pair: pair[0].article_id):
        _add(rows, "articles", article.article_id, article, _article_row(article), article.evidence)
        for statement in extraction.statements:
            _add(rows, "statements", statement.statement_id, article, _reviewable(statement), statement.evidence)
            rows["statement_parts"] += [
                {
                    "statement_id": statement.statement_id,
                    "part": number,
                    "start": part.start,
                    "end": part.end,
                    "exact": article.text[part.start : part.end],
                }
                for number, part in enumerate(statement.parts, 1)
            ]
        for figure in extraction.figures:
            _add(rows, "figures", figure.figure_id, article, _reviewable(figure), figure.evidence)
        for mention in extraction.dates:
            _add(rows, "dates", mention.date_id, article, _reviewable(mention), mention.evidence)
        for speaker in extraction.speakers:
            speakers[speaker.speaker_id].append((article, speaker))
    for speaker_id, mentions in speakers.items():
        _add_speaker(rows, speaker_id, mentions)
    return {name: frame(schema, rows[name]) for name, schema in load_schemas().items()}


def frame(schema: TableSchema, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as a frame with exactly the columns and types of a schema, in the table's order."""
    columns = [[row.get(name) for name in schema.names] for row in rows]
    return in_order(schema, pl.DataFrame(columns, schema=schema.dtypes, orient="row"))


def in_order(schema: TableSchema, rows: pl.DataFrame) -> pl.DataFrame:
    """A table's rows in the table's order: as a reader expects them, and then by key."""
    return rows.sort(_ORDER.get(schema.name, ()) + schema.primary_key, maintain_order=True)


def _add(rows: dict[str, list[Row]], table: str, row_id: str, article: Article, row: Row, evidence: Iterable[Evidence]) -> None:
    rows[table].append(row)
    rows["provenance"] += provenance_rows(table, row_id, article, evidence)


def _row(record: Any) -> Row:
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}


def _reviewable(record: Any) -> Row:
    return _row(record) | {"review": "machine"}


def _article_row(article: Article) -> Row:
    return _row(article) | {
        "text_sha256": sha256_text(article.text),
        "characters": len(article.text),
        "words": len(article.text.split()),
    }


def _words(article: Article, entry: Evidence) -> str:
    return " ".join(article.text[entry.start : entry.end].split())


def _add_speaker(rows: dict[str, list[Row]], speaker_id: str, mentions: list[tuple[Article, Speaker]]) -> None:
    """One row for a speaker of several articles: each cell from the earliest article that gives it, aliases from all."""
    mentions = sorted(mentions, key=lambda mention: (str(mention[0].published_on), mention[0].article_id))
    row: Row = {"speaker_id": speaker_id, "aliases": None, "review": "machine"}
    for article, speaker in mentions:
        known = row["aliases"] or []
        fresh = [alias for alias in speaker.aliases if alias not in known]
        missing = {name for name in _SPEAKER_CELLS if row.get(name) is None and getattr(speaker, name) is not None}
        row |= {name: getattr(speaker, name) for name in missing} | {"aliases": (known + fresh) or None}
        evidence = [
            entry
            for entry in speaker.evidence
            if entry.field in missing or (entry.field == "aliases" and _words(article, entry) in fresh)
        ]
        rows["provenance"] += provenance_rows("speakers", speaker_id, article, evidence)
    rows["speakers"].append(row)
