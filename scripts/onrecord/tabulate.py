"""Records become tables: the columns of `schemas/`, in one order, with the words behind each cell beside them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

import polars as pl

from onrecord.hashing import sha256_text
from onrecord.provenance import quoted
from onrecord.records import Article, Extraction
from onrecord.schemas import TableSchema, load_schemas

Tables = Mapping[str, pl.DataFrame]
Row = tuple[Any, ...]

# The order a reader expects; the primary key settles the rest, so that equal input gives equal bytes.
_ORDER: Mapping[str, tuple[str, ...]] = {
    "speakers": ("name",),
    "statements": ("article_id", "start", "end"),
    "figures": ("article_id", "start", "end"),
    "dates": ("article_id", "start", "end"),
}


# The tables of records that an extraction has by the same names.
_EXTRACTED = ("statements", "figures", "dates", "speakers")

# What the rows of speakers say more before they are merged.
_MENTIONED: Mapping[str, pl.DataType] = {"article_id": pl.String(), "published_on": pl.Date()}

# By speaker, the earliest article first; an article without a date comes last.
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
    tables = merge_speakers(columns(pairs))
    return {name: in_order(schema, tables[name]) for name, schema in load_schemas().items()}


def columns(pairs: Iterable[tuple[Article, Extraction]]) -> dict[str, pl.DataFrame]:
    """The tables of some articles, of which `speakers` still has a row for each article that a speaker speaks in.

    Args:
        pairs: each article with its extraction, in any order.

    Returns:
        The frames of `tabulate` in no certain order, but that `speakers` also says in which article, and when that was
        published. Those of several batches can be put together: `merge_speakers` makes the same of them for any batches.
    """
    schemas = load_schemas()
    cells: dict[str, list[list[Any]]] = {name: [[] for _ in _made(schema)] for name, schema in schemas.items()}
    for article, extraction in pairs:
        # An article at a time: columns of many rows at once are far apart in memory, and take ten times as long.
        found = {name: zip(*rows, strict=True) for name, rows in _rows(article, extraction).items() if rows}
        for name, columns in (found | {"provenance": _words(article, extraction)}).items():
            for column, more in zip(cells[name], columns, strict=True):
                column.extend(more)
    return {name: _machine_made(schema, cells[name]) for name, schema in schemas.items()}


def merge_speakers(tables: Tables) -> dict[str, pl.DataFrame]:
    """One row for a speaker of several articles: each cell from the earliest article that gives it, aliases from all.

    Args:
        tables: as `columns` gives them; only `speakers` and `provenance` are looked at.

    Returns:
        The tables, with the words behind those cells alone; these two in no certain order.
    """
    speaks = pl.col("resource") == "speakers"
    mentions, words = first_mentions(tables["speakers"], tables["provenance"].filter(speaks))
    aliases = pl.col("aliases").explode().drop_nulls()
    speakers = mentions.group_by("speaker_id", maintain_order=True).agg(
        *(pl.col(name).drop_nulls().first() for name in _SPEAKER_CELLS), aliases, pl.col("review").first()
    )
    filled = speakers.with_columns(pl.when(pl.col("aliases").list.len() > 0).then(pl.col("aliases")))
    others = tables["provenance"].filter(~speaks)
    return dict(tables) | {"speakers": filled, "provenance": pl.concat([others, words])}


def first_mentions(mentions: pl.DataFrame, words: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Only what mentions of speakers say for the first time, which is all that merging them needs.

    Args:
        mentions: `speakers` as `columns` gives it, of any number of batches.
        words: the rows of `provenance` behind its cells.

    Returns:
        The mentions that say something new, with nothing else in their cells, the earliest first, and the words behind them.
        Mentions that were cut down so can be put together with others and cut down again.
    """
    ordered = mentions.sort(_MENTION, nulls_last=True).with_row_index("mention")
    given = {name: pl.col(name).is_not_null() for name in _SPEAKER_CELLS}
    first = {name: there & pl.struct("speaker_id", there).is_first_distinct() for name, there in given.items()}
    aliases = ordered.select("mention", "speaker_id", "article_id", "aliases").explode("aliases").drop_nulls()
    fresh = aliases.filter(pl.struct("speaker_id", "aliases").is_first_distinct())
    said = (
        ordered.with_columns(pl.when(is_first).then(pl.col(name)) for name, is_first in first.items())
        .drop("aliases")
        .join(fresh.group_by("mention").agg("aliases"), on="mention", how="left", maintain_order="left")
        .filter(pl.any_horizontal(pl.col(*_SPEAKER_CELLS, "aliases").is_not_null()))
    )
    place = (pl.col("speaker_id").alias("row_id"), pl.col("article_id"))
    fields = (pl.when(there).then(pl.lit(name)).alias(name) for name, there in given.items())
    cells = said.select(*place, *fields).unpivot(index=("row_id", "article_id"), value_name="field").drop_nulls("field")
    named = words.filter(pl.col("field") == "aliases").with_columns(
        pl.col("exact").str.replace_all(r"[\s\x1c-\x1f]+", " ").str.strip_chars().alias("aliases")
    )
    kept = [
        words.join(cells, on=("row_id", "article_id", "field"), how="semi", maintain_order="left"),
        named.join(fresh.select(*place, "aliases"), on=("row_id", "article_id", "aliases"), how="semi", maintain_order="left"),
    ]
    return said.select(mentions.columns), pl.concat([kept[0], kept[1].drop("aliases")])


def frame(schema: TableSchema, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as a frame with exactly the columns and types of a schema, in the table's order."""
    listed = list(rows)
    cells = {name: [row.get(name) for row in listed] for name in schema.names}
    return in_order(schema, pl.DataFrame(cells, schema=schema.dtypes))


def in_order(schema: TableSchema, rows: pl.DataFrame) -> pl.DataFrame:
    """A table's rows in the table's order: as a reader expects them, and then by key."""
    return rows.sort(_ORDER.get(schema.name, ()) + schema.primary_key, maintain_order=True)


def _made(schema: TableSchema) -> dict[str, pl.DataType]:
    """The columns that the rules make: all but `review`, which is what people say of a row."""
    more = dict(_MENTIONED) if schema.name == "speakers" else {}
    return {name: dtype for name, dtype in schema.dtypes.items() if name != "review"} | more


def _rows(article: Article, extraction: Extraction) -> dict[str, list[Row]]:
    """What an article gives but the words behind it, with the cells of each row in the order of `_made`."""
    rows = {name: list(map(_readers(name)[1], getattr(extraction, name))) for name in _EXTRACTED}
    rows["articles"] = [_article_row(article, load_schemas()["articles"])]
    rows["speakers"] = [(*row, article.article_id, article.published_on) for row in rows["speakers"]]
    rows["statement_parts"] = [
        (statement.statement_id, number, part.start, part.end, article.text[part.start : part.end])
        for statement in extraction.statements
        for number, part in enumerate(statement.parts, 1)
    ]
    return rows


def _words(article: Article, extraction: Extraction) -> Iterable[Sequence[Any]]:
    """The words behind the cells of an article's rows, in the columns of `_made`; they are most of all rows."""
    evidence = list(article.evidence)
    resources, row_ids = ["articles"] * len(evidence), [article.article_id] * len(evidence)
    for name in _EXTRACTED:
        key, _ = _readers(name)
        before = len(evidence)
        for record in getattr(extraction, name):
            evidence += record.evidence
            row_ids += [key(record)] * len(record.evidence)
        resources += [name] * (len(evidence) - before)
    field, start, end, exact, prefix, suffix, rule = quoted(article.text, evidence)
    article_ids, reviews = [article.article_id] * len(evidence), [None] * len(evidence)
    return resources, row_ids, field, article_ids, start, end, exact, prefix, suffix, rule, reviews


@cache
def _readers(table: str) -> tuple[Callable[[Any], str], Callable[[Any], Row]]:
    """What gives a record's key, and its cells in the order of the table."""
    schema = load_schemas()[table]
    (key,) = schema.primary_key
    return attrgetter(key), attrgetter(*(name for name in schema.names if name != "review"))


def _machine_made(schema: TableSchema, cells: Iterable[Sequence[Any]]) -> pl.DataFrame:
    """Columns as a frame of rows that nobody has reviewed."""
    made, machine = _made(schema), pl.lit("machine").alias("review")
    names = [*schema.names, *(name for name in made if name not in schema.names)]
    found = pl.DataFrame([_column(name, column, dtype) for (name, dtype), column in zip(made.items(), cells, strict=True)])
    return found.select(machine if name == "review" else name for name in names)


_BETWEEN = "\x1f"  # is in no word


def _column(name: str, cells: Sequence[Any], dtype: pl.DataType) -> pl.Series:
    if isinstance(dtype, pl.List):  # which polars makes thirty times slower of lists than of strings that it splits
        return pl.Series(name, [_BETWEEN.join(words) if words else None for words in cells], pl.String).str.split(_BETWEEN)
    return pl.Series(name, cells, dtype)


def _article_row(article: Article, schema: TableSchema) -> Row:
    text = article.text
    counted = {"text_sha256": sha256_text(text), "characters": len(text), "words": len(text.split())}
    return tuple(counted[name] if name in counted else getattr(article, name) for name in schema.names)
