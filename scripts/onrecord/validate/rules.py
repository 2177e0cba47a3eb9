"""What no Table Schema can say: foreign keys as anti-joins, and the rules between columns and between tables."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import getitem

import polars as pl

from onrecord.cells import row_key
from onrecord.records import Violation, as_told
from onrecord.schemas import TableSchema
from onrecord.validate.behind import provenance_rules
from onrecord.validate.reviewed import review_rules

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class RowRule:
    """A condition that every row of a table has to meet; a null condition counts as met."""

    table: str
    field: str
    condition: pl.Expr
    expected: str
    shown: tuple[str, ...]


# A day, month or year, whose bounds follow from its digits; other forms of EDTF are not so plain.
_PLAIN_EDTF = r"^\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?$"


def _bounds(column: str, step: int) -> pl.Expr:
    """Whether a date lies in the period of `edtf` and the day beside it (-1 before, 1 after) does not."""
    within, beside = (day.dt.to_string("%Y-%m-%d") for day in (pl.col(column), pl.col(column).dt.offset_by(f"{step}d")))
    return within.str.starts_with(pl.col("edtf")) & ~beside.str.starts_with(pl.col("edtf"))


# The column of each table that repeats the stored text from start to end.
WORDS: Mapping[str, str] = {"statement_parts": "exact", "figures": "text", "dates": "text", "provenance": "exact"}

ROW_RULES = (
    RowRule("figures", "low", pl.col("low") <= pl.col("high"), "low <= high", ("low", "high")),
    RowRule(
        "figures", "low", pl.col("low").is_not_null() | pl.col("high").is_not_null(), "low or high to be given", ("low", "high")
    ),
    RowRule("figures", "low_si", pl.col("low_si") <= pl.col("high_si"), "low_si <= high_si", ("low_si", "high_si")),
    RowRule(
        "figures",
        "per",
        pl.col("per").is_null() | pl.col("unit").is_not_null() | pl.col("kind").is_in(["count", "rate"]),
        "a rate to have a unit or to count something",
        ("kind", "unit", "per"),
    ),
    RowRule(
        "figures",
        "kind",
        (pl.col("kind") != "rate") | pl.col("per").is_not_null() | pl.col("unit").is_not_null(),
        "a rate to say per what",
        ("kind", "unit", "per"),
    ),
    RowRule(
        "dates",
        "edtf",
        ~pl.col("edtf").str.contains(_PLAIN_EDTF) | (_bounds("start_date", -1) & _bounds("end_date", 1)),
        "start_date and end_date to be the first and last day of edtf",
        ("edtf", "start_date", "end_date"),
    ),
    RowRule(
        "dates", "start_date", pl.col("start_date") <= pl.col("end_date"), "start_date <= end_date", ("start_date", "end_date")
    ),
    RowRule(
        "reviews",
        "field",
        (pl.col("decision") == "correct") == pl.col("field").is_not_null(),
        "a field exactly where the decision is correct",
        ("decision", "field"),
    ),
    RowRule(
        "provenance",
        "review_id",
        (pl.col("rule") == "review.correct") == pl.col("review_id").is_not_null(),
        "a review exactly where the rule is review.correct",
        ("rule", "review_id"),
    ),
    *(
        RowRule(table, "start", pl.col("start") < pl.col("end"), "start < end", ("start", "end"))
        for table in ("statements", "statement_parts", "figures", "dates", "provenance")
    ),
    *(
        RowRule(
            table,
            column,
            pl.col(column).str.len_chars() == pl.col("end") - pl.col("start"),
            f"{column} to be end - start long",
            ("start", "end", column),
        )
        for table, column in WORDS.items()
    ),
)


def foreign_key_violations(tables: Tables, schema: TableSchema) -> list[Violation]:
    """The rows of a table whose foreign keys name nothing."""
    found = []
    for key in schema.foreign_keys:
        columns, targets = list(key.fields), list(key.references)
        if key.table not in tables or not set(targets) <= set(tables[key.table].columns):
            found.append(
                Violation(schema.name, f"the table {key.table} with {', '.join(targets)}", "no such table", field=columns[0])
            )
            continue
        named, there = tables[schema.name].select(columns), tables[key.table].select(targets)
        if not named.unique().drop_nulls().join(there, left_on=columns, right_on=targets, how="anti").height:
            continue
        rows = named.with_row_index("row").drop_nulls(columns)
        lost = rows.join(there, left_on=columns, right_on=targets, how="anti").sort("row")
        found += [
            Violation(
                schema.name,
                f"a row of {key.table} with this {' + '.join(targets)}",
                repr(" ".join(str(row[name]) for name in columns)),
                row["row"] + 2,
                row_key(tables[schema.name], schema, row["row"]),
                columns[0],
            )
            for row in lost.select("row", *columns).iter_rows(named=True)
        ]
    return found


def check_rules(tables: Tables, schemas: Iterable[TableSchema], texts: Mapping[str, str] | None) -> list[Violation]:
    """The rules across columns and tables that hold for onrecord's own tables.

    A rule whose table or column is not there is passed over: that is a violation of the schema already.
    """
    known = {schema.name: schema for schema in schemas}
    found = [
        violation
        for rule in ROW_RULES
        if rule.table in known
        for violation in _row_rule(tables[rule.table], known[rule.table], rule)
    ]
    if "provenance" in known:
        found += provenance_rules(tables, known)
    found += review_rules(tables, known)
    if "statement_parts" in known and "statements" in known:
        found += _parts_rule(tables, known)
    if texts is not None:
        for name in (name for name in WORDS if name in known):
            found += _text_rule(tables, known[name], texts)
    return found


def _report(
    frame: pl.DataFrame, schema: TableSchema, rows: pl.Series, field: str, expected: str, shown: Iterable[str]
) -> list[Violation]:
    return [
        Violation(
            schema.name,
            expected,
            ", ".join(f"{name} {as_told(frame[name][row])}" for name in shown),
            row + 2,
            row_key(frame, schema, row),
            field,
        )
        for row in rows.to_list()
    ]


def _row_rule(frame: pl.DataFrame, schema: TableSchema, rule: RowRule) -> list[Violation]:
    if not set(rule.shown) <= set(frame.columns):
        return []
    wrong = frame.select((~rule.condition).fill_null(False).arg_true()).to_series()
    return _report(frame, schema, wrong, rule.field, rule.expected, rule.shown)


_BETWEEN = r"\s+(?:…\s+)?"


def _parts_rule(tables: Tables, known: Mapping[str, TableSchema]) -> list[Violation]:
    """A statement's words are its parts' words, with or without a mark for what stands between them, and it spans them."""
    frame, parts = tables["statements"].with_row_index("row"), tables["statement_parts"]
    words = ["statement_id", "text", "start", "end"]
    alone = parts.filter(pl.col("statement_id").is_unique()).rename({"exact": "text"})
    frame = frame.select("row", *words).join(alone, on=words, how="anti", maintain_order="left")
    joined_parts = (
        parts.join(frame, on="statement_id", how="semi")
        .sort("statement_id", "part")
        .group_by("statement_id", maintain_order=True)
        .agg(
            pl.col("exact").str.join(" ").str.replace_all(_BETWEEN, " ").alias("words"),
            pl.col("start").min().alias("first"),
            pl.col("end").max().alias("last"),
        )
    )
    joined = frame.join(joined_parts, on="statement_id", how="left", maintain_order="left")
    same = (
        (pl.col("text").str.replace_all(_BETWEEN, " ") == pl.col("words"))
        & (pl.col("start") == pl.col("first"))
        & (pl.col("end") == pl.col("last"))
    )
    wrong = joined.filter((~same).fill_null(True))["row"]
    expected = "the words, start and end of its parts"
    return _report(tables["statements"], known["statements"], wrong, "text", expected, ("text", "start", "end"))


_FEW = 3  # rows of an article whose other words are told one by one; where its text is another one, thousands differ


def _text_rule(tables: Tables, schema: TableSchema, texts: Mapping[str, str]) -> list[Violation]:
    """The words recorded are the stored text's words at their offsets."""
    frame, column = tables[schema.name], WORDS[schema.name]
    if schema.name == "statement_parts":
        frame = frame.join(
            tables["statements"].select("statement_id", "article_id"), on="statement_id", how="left", maintain_order="left"
        )
    # A place is the evidence of several cells; an article after the other, since its text is near then.
    seen = frame.select("article_id", "start", "end", column).unique(maintain_order=True)
    if _all_stored(texts, seen, column):
        return []
    stored, told = _stored(texts, frame), frame[column].to_list()
    wrong = [(row, *pair) for row, pair in enumerate(zip(stored, told, strict=True)) if pair[0] != pair[1]]
    seen_of = Counter[str]()
    found = []
    for row, word, says in wrong:
        article_id = frame["article_id"][row]
        seen_of[article_id] += 1
        if seen_of[article_id] <= _FEW:
            expected = f"the stored words {as_told(word)}"
            found.append(Violation(schema.name, expected, as_told(says), row + 2, row_key(frame, schema, row), column))
    more = [(article_id, number - _FEW) for article_id, number in seen_of.items() if number > _FEW]
    return found + [
        Violation(schema.name, f"the stored words of article {article_id}", f"others in {number} more rows", field=column)
        for article_id, number in more
    ]


def _all_stored(texts: Mapping[str, str], seen: pl.DataFrame, column: str) -> bool:
    """Whether each row's article has the row's words at its place, asked without a step of Python for each."""
    article_ids, starts, ends, words = (seen[name].to_list() for name in ("article_id", "start", "end", column))
    if not texts.keys() >= set(article_ids) or None in starts or None in ends:
        return False
    return list(map(getitem, map(texts.__getitem__, article_ids), map(slice, starts, ends))) == words


def _stored(texts: Mapping[str, str], frame: pl.DataFrame) -> list[str | None]:
    """What each row's article has from its start to its end."""
    places = (frame[name].to_list() for name in ("article_id", "start", "end"))
    return [
        texts[article_id][start:end] if article_id in texts and start is not None and end is not None else None
        for article_id, start, end in zip(*places, strict=True)
    ]
