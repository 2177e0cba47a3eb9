"""Decisions change tables: rejected rows leave, corrected cells change, and what was decided can be seen."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from onrecord.provenance import quote
from onrecord.review.decisions import REVIEWED, Decision, corrected_value, decision_row
from onrecord.schemas import TableSchema, load_schemas

# The provenance rule of a cell that a person gave its value.
RULE = "review.correct"

# The cell whose words stand for a whole row.
_ANCHOR: Mapping[str, str] = {"speakers": "name", "statements": "text", "figures": "text", "dates": "text"}

# How far from the words under review those of a corrected cell may stand: about a long sentence.
_NEAR = 300

Tables = dict[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Applied:
    """Tables after the decisions, and the decisions whose rows are gone."""

    tables: Tables
    lost: tuple[Decision, ...]


def apply_decisions(tables: Mapping[str, pl.DataFrame], decisions: Iterable[Decision], texts: Mapping[str, str]) -> Applied:
    """Apply decisions to tables.

    Args:
        tables: the tables as extraction gave them.
        decisions: as `read_decisions` has checked them.
        texts: the stored text of each article, to find the words of a corrected cell.

    Returns:
        New tables: rejected rows are gone with their parts and provenance, links to them are null; corrected cells have the
        value and their provenance names the review; `review` says what was decided; `reviews` holds the decisions. Rows are
        no longer in the table's order.
    """
    there = {name: set(tables[name][load_schemas()[name].primary_key[0]]) for name in REVIEWED}
    decisions = list(decisions)
    lost = tuple(decision for decision in decisions if decision.row_id not in there[decision.resource])
    bound = [decision for decision in decisions if decision not in lost]
    changed = dict(tables)
    for name in REVIEWED:
        rejected = {each.row_id for each in bound if each.resource == name and each.decision == "reject"}
        corrections = [each for each in bound if each.resource == name and each.decision == "correct"]
        accepted = {each.row_id for each in bound if each.resource == name and each.decision == "accept"}
        _remove(changed, name, rejected)
        for field in sorted({each.field or "" for each in corrections}):
            _correct(changed, name, field, [each for each in corrections if each.field == field], texts)
        _mark(changed, name, accepted, {each.row_id for each in corrections})
    schema = load_schemas()["reviews"]
    rows = [[decision_row(decision)[name] for name in schema.names] for decision in bound]
    changed["reviews"] = pl.DataFrame(rows, schema=schema.dtypes, orient="row")
    return Applied(changed, lost)


def undecided(tables: Mapping[str, pl.DataFrame], decisions: Iterable[Decision]) -> list[tuple[str, str]]:
    """The rows that nobody has decided, as (table, id): figures and statements first, each in its table's order."""
    decided = {decision.row for decision in decisions}
    rows = (
        (name, row_id)
        for name in ("statements", "figures", "speakers", "dates")
        for row_id in tables[name][load_schemas()[name].primary_key[0]]
    )
    return [row for row in rows if row not in decided]


def _remove(tables: Tables, name: str, ids: Collection[str]) -> None:
    """Take rows out of a table; rows that cannot be without them leave too, and links to them become null."""
    if not ids:
        return
    key = load_schemas()[name].primary_key[0]
    tables[name] = tables[name].filter(~pl.col(key).is_in(list(ids)))
    _forget(tables, name, ids)
    for schema in load_schemas().values():
        for link in (link for link in schema.foreign_keys if link.table == name):
            column = link.fields[0]
            hanging = pl.col(column).is_in(list(ids))
            if column in schema.primary_key:
                tables[schema.name] = tables[schema.name].filter(~hanging)
                continue
            orphans = tables[schema.name].filter(hanging.fill_null(False))[schema.primary_key[0]]
            tables[schema.name] = tables[schema.name].with_columns(pl.when(~hanging).then(pl.col(column)).alias(column))
            _forget(tables, schema.name, set(orphans), column)


def _forget(tables: Tables, name: str, ids: Collection[str], field: str | None = None) -> None:
    """Drop the provenance of rows, or of one of their cells."""
    theirs = (pl.col("resource") == name) & pl.col("row_id").is_in(list(ids))
    tables["provenance"] = tables["provenance"].filter(~(theirs & (pl.col("field") == field) if field else theirs))


def _correct(tables: Tables, name: str, field: str, corrections: list[Decision], texts: Mapping[str, str]) -> None:
    """Give cells of one column their values, and the review as their provenance."""
    schema = load_schemas()[name]
    values = {each.row_id: corrected_value(each) for each in corrections}
    tables[name] = _replaced(tables[name], schema, field, values)
    _forget(tables, name, {row_id for row_id, value in values.items() if value is None}, field)
    if schema[field].origin != "read":  # a link has no words; its review stands for it
        return
    reviews = {each.row_id: each.review_id for each in corrections if values[each.row_id] is not None}
    provenance = tables["provenance"].with_row_index("order")
    theirs = provenance.filter((pl.col("resource") == name) & pl.col("row_id").is_in(list(reviews)))
    spans = theirs.filter(pl.col("field") == field)
    # A cell that no rule had filled points to the words of its row: those were under review.
    bare = theirs.filter((pl.col("field") == _ANCHOR[name]) & ~pl.col("row_id").is_in(spans["row_id"].to_list()))
    given = pl.concat([spans, bare.with_columns(pl.lit(field).alias("field"))]).with_columns(
        pl.lit(RULE).alias("rule"), pl.col("row_id").replace_strict(reviews, return_dtype=pl.String).alias("review_id")
    )
    kept = provenance.filter(~pl.col("order").is_in(spans["order"].to_list()))
    worded = {} if schema[field].categories else values
    found = [_reworded(row, worded.get(row["row_id"]), texts) for row in given.iter_rows(named=True)]
    given = pl.DataFrame(found, schema=given.schema).unique(load_schemas()["provenance"].primary_key, maintain_order=True)
    tables["provenance"] = pl.concat([kept, given]).drop("order")


def _reworded(row: dict[str, Any], value: Any, texts: Mapping[str, str]) -> dict[str, Any]:
    """A provenance row at the words of a corrected cell, where the article has them next to those that were under review."""
    if not isinstance(value, str):
        return row
    text = texts[row["article_id"]]
    first, last = max(0, row["start"] - _NEAR), row["end"] + _NEAR
    places = [
        match.start() for match in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text) if first <= match.start() < last
    ]
    if not places:
        return row
    start = min(places, key=lambda place: (max(row["start"] - place, place - row["end"], 0), place))
    exact, prefix, suffix = quote(text, start, start + len(value))
    words = {"exact": exact, "prefix": prefix or None, "suffix": suffix or None}
    return row | words | {"start": start, "end": start + len(value)}


def _replaced(frame: pl.DataFrame, schema: TableSchema, field: str, values: Mapping[str, Any]) -> pl.DataFrame:
    key, new = schema.primary_key[0], pl.Series("new", list(values.values()), dtype=schema[field].dtype)
    fresh = pl.DataFrame({key: list(values), "new": new, "changed": True}, schema_overrides={key: pl.String})
    joined = frame.join(fresh, on=key, how="left", maintain_order="left")
    cell = pl.when(pl.col("changed").fill_null(False)).then(pl.col("new")).otherwise(pl.col(field))
    return joined.with_columns(cell.alias(field)).select(frame.columns)


def _mark(tables: Tables, name: str, accepted: Collection[str], corrected: Collection[str]) -> None:
    key = pl.col(load_schemas()[name].primary_key[0])
    told = pl.when(key.is_in(list(corrected))).then(pl.lit("corrected")).when(key.is_in(list(accepted)))
    tables[name] = tables[name].with_columns(told.then(pl.lit("accepted")).otherwise(pl.col("review")).alias("review"))
