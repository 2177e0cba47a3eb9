"""Records become tables: the columns of `schemas/`, in one order, with the words behind each cell beside them."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import polars as pl

from onrecord.hashing import sha256_text
from onrecord.provenance import provenance_rows
from onrecord.records import Article, Evidence, Extraction
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


# By speaker, the earliest article first.
_MENTION = ("speaker_id", "published_on", "article_id")

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
    return merge_speakers(columns(pairs))


def columns(pairs: Iterable[tuple[Article, Extraction]]) -> dict[str, pl.DataFrame]:
    """The tables of some articles, of which `speakers` still has a row for each article that a speaker speaks in.

    Args:
        pairs: each article with its extraction, in any order.

    Returns:
        The frames of `tabulate`, but that `speakers` also says in which article, and when that was published. Those of
        several batches can be put together: what `merge_speakers` makes of them is the same for any batches.
    """
    rows: dict[str, list[Row]] = {name: [] for name in load_schemas()}
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
            row = _reviewable(speaker) | {"article_id": article.article_id, "published_on": article.published_on}
            _add(rows, "speakers", speaker.speaker_id, article, row, speaker.evidence)
    return {
        name: _mentions(rows[name]) if name == "speakers" else frame(schema, rows[name])
        for name, schema in load_schemas().items()
    }


def merge_speakers(tables: Tables) -> dict[str, pl.DataFrame]:
    """One row for a speaker of several articles: each cell from the earliest article that gives it, aliases from all.

    Args:
        tables: as `columns` gives them; only `speakers` and `provenance` are looked at.

    Returns:
        The tables, with the words behind those cells alone.
    """
    schemas, provenance = load_schemas(), tables["provenance"]
    words: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for entry in provenance.filter(pl.col("resource") == "speakers").iter_rows(named=True):
        words[entry["row_id"], entry["article_id"]].append(entry)
    rows: list[Row] = []
    kept: list[Row] = []
    for _, mentions in groupby(
        tables["speakers"].sort(_MENTION, nulls_last=True).iter_rows(named=True), itemgetter("speaker_id")
    ):
        _merge(list(mentions), words, rows, kept)
    others = provenance.filter(pl.col("resource") != "speakers")
    return dict(tables) | {
        "speakers": frame(schemas["speakers"], rows),
        "provenance": in_order(schemas["provenance"], others.vstack(frame(schemas["provenance"], kept))),
    }


def frame(schema: TableSchema, rows: Iterable[Row]) -> pl.DataFrame:
    """Rows as a frame with exactly the columns and types of a schema, in the table's order."""
    return in_order(schema, _frame(rows, schema.dtypes))


def _frame(rows: Iterable[Row], dtypes: Mapping[str, Any]) -> pl.DataFrame:
    """Rows as columns of these types; a column at a time, which polars reads twice as fast as rows."""
    rows = list(rows)
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in dtypes}, schema=dtypes)


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


def _mentions(rows: Iterable[Row]) -> pl.DataFrame:
    """The rows of speakers before they are merged, with the article of each."""
    dtypes = load_schemas()["speakers"].dtypes | {"article_id": pl.String(), "published_on": pl.Date()}
    return _frame(rows, dtypes)


def _merge(mentions: list[Row], words: Mapping[tuple[str, str], list[Row]], rows: list[Row], kept: list[Row]) -> None:
    """Add the row of one speaker, whose mentions come in the order of their articles, and the words behind its cells."""
    row: Row = {"speaker_id": mentions[0]["speaker_id"], "aliases": None, "review": "machine"}
    for mention in mentions:
        known = row["aliases"] or []
        fresh = [alias for alias in mention["aliases"] or () if alias not in known]
        missing = {name for name in _SPEAKER_CELLS if row.get(name) is None and mention[name] is not None}
        row |= {name: mention[name] for name in missing} | {"aliases": (known + fresh) or None}
        kept += (
            entry
            for entry in words.get((row["speaker_id"], mention["article_id"]), ())
            if entry["field"] in missing or (entry["field"] == "aliases" and " ".join(entry["exact"].split()) in fresh)
        )
    rows.append(row)
