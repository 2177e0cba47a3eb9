"""What has to hold between the table `reviews` and the rows and cells that were reviewed."""

from collections.abc import Iterator, Mapping

import polars as pl

from onrecord.cells import parse_cell, row_key
from onrecord.records import Violation, as_told
from onrecord.schemas import TableSchema

Tables = Mapping[str, pl.DataFrame]

_NEEDED = {"reviews": ("review_id", "resource", "row_id", "decision", "field", "value"), "provenance": ("rule", "review_id")}


def review_rules(tables: Tables, known: Mapping[str, TableSchema]) -> list[Violation]:
    """A review and what it is about tell the same.

    - A rejected row is gone; any other row that was reviewed is there, and its `review` says how it was decided.
    - A corrected cell has the value that its review gives, and each of its provenance rows names that review.
    """
    if any(name not in known or not set(columns) <= set(known[name].names) for name, columns in _NEEDED.items()):
        return []
    if _untouched(tables, known):
        return []
    reviewed = [
        known[name] for name in known["reviews"]["resource"].categories if name in known and "review" in known[name].names
    ]
    found = [violation for schema in reviewed for violation in _rows(tables, known, schema)]
    found += [violation for schema in reviewed for violation in _cells(tables, known, schema)]
    return found + list(_provenance(tables, known))


def _untouched(tables: Tables, known: Mapping[str, TableSchema]) -> bool:
    """Whether nobody has reviewed anything, and nothing says otherwise."""
    told = [tables[name]["review"].eq("machine").all() for name, schema in known.items() if "review" in schema.names]
    return not tables["reviews"].height and all(told) and not tables["provenance"]["review_id"].count()


def _rows(tables: Tables, known: Mapping[str, TableSchema], schema: TableSchema) -> Iterator[Violation]:
    key = schema.primary_key[0]
    reviews = tables["reviews"].with_row_index("line").filter(pl.col("resource") == schema.name)
    rows = tables[schema.name].with_row_index("row").select("row", pl.col(key).alias("row_id"), "review")
    met = reviews.join(rows, on="row_id", how="left", maintain_order="left")
    wrong = met.filter((pl.col("decision") == "reject") == pl.col("row").is_not_null())
    for line, row_id, decision in wrong.select("line", "row_id", "decision").iter_rows():
        expected = f"no row of {schema.name}, since it is rejected" if decision == "reject" else f"a row of {schema.name}"
        yield Violation("reviews", expected, repr(row_id), line + 2, _key(tables, known, line), "row_id")
    verdicts = reviews.group_by("row_id").agg(pl.col("decision").eq("correct").any().alias("corrected"))
    told = pl.when(pl.col("corrected")).then(pl.lit("corrected")).when(~pl.col("corrected")).then(pl.lit("accepted"))
    should = rows.join(verdicts, on="row_id", how="left", maintain_order="left").with_columns(
        told.otherwise(pl.lit("machine")).alias("should")
    )
    for row, row_id, says, expected in (
        should.filter(pl.col("review") != pl.col("should")).select("row", "row_id", "review", "should").iter_rows()
    ):
        yield Violation(schema.name, f"{expected}, as the reviews of the row say", as_told(says), row + 2, row_id, "review")


def _cells(tables: Tables, known: Mapping[str, TableSchema], schema: TableSchema) -> Iterator[Violation]:
    frame, key = tables[schema.name], schema.primary_key[0]
    reviews = tables["reviews"].with_row_index("line")
    corrections = reviews.filter((pl.col("resource") == schema.name) & (pl.col("decision") == "correct"))
    if not corrections.height:
        return
    places = {row_id: row for row, row_id in enumerate(frame[key])}
    for line, row_id, column, value in corrections.select("line", "row_id", "field", "value").iter_rows():
        if column not in schema.names:
            yield Violation("reviews", f"a column of {schema.name}", repr(column), line + 2, _key(tables, known, line), "field")
            continue
        if row_id not in places:
            continue
        cell = frame[column].to_list()[places[row_id]]
        try:
            expected = parse_cell(value, schema[column])
        except ValueError as error:
            yield Violation(
                "reviews",
                str(error).removeprefix("expected ").split(", found")[0],
                repr(value),
                line + 2,
                _key(tables, known, line),
                "value",
            )
            continue
        if cell != expected:
            words = f"the reviewed value {as_told(expected)}"
            yield Violation(schema.name, words, as_told(cell), places[row_id] + 2, row_id, column)


def _provenance(tables: Tables, known: Mapping[str, TableSchema]) -> Iterator[Violation]:
    """Of a cell that was corrected, each provenance row names its review, and no other row does."""
    about = ["resource", "row_id", "field"]
    corrections = tables["reviews"].filter(pl.col("decision") == "correct").select(*about, pl.col("review_id").alias("should"))
    met = tables["provenance"].with_row_index("row").join(corrections, on=about, how="left", maintain_order="left")
    wrong = met.filter(pl.col("review_id").ne_missing(pl.col("should")))
    for row, says, should in wrong.select("row", "review_id", "should").iter_rows():
        expected = f"the review {should} of the cell" if should else "no review, since none corrects the cell"
        key = row_key(tables["provenance"], known["provenance"], row)
        yield Violation("provenance", expected, as_told(says), row + 2, key, "review_id")


def _key(tables: Tables, known: Mapping[str, TableSchema], row: int) -> str | None:
    return row_key(tables["reviews"], known["reviews"], row)
