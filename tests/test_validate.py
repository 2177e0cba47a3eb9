"""Each rule that the tables are published under, and a row that breaks it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest
from sample import TEXTS, Rows, frames, sample_rows

from onrecord.errors import InputError
from onrecord.schemas import Field, TableSchema, load_schemas, parse_schema
from onrecord.tabulate import frame
from onrecord.validate import check_table, check_tables, parse_table

SCHEMAS = load_schemas()


def violations(rows: Rows, texts: bool = True) -> list[str]:
    return [str(violation) for violation in check_tables(frames(rows), SCHEMAS.values(), TEXTS if texts else None)]


def too_far(field: Field, bound: Any, days: int) -> Any:
    """A value of the field's type just beyond a bound."""
    match field.type:
        case "date":
            return date.fromordinal(date.fromisoformat(bound).toordinal() + days)
        case "datetime":
            return datetime.fromisoformat(bound.replace("Z", "+00:00")).replace(year=1599 if days < 0 else 3000)
        case _:
            return bound + days


def breakers(schema: TableSchema) -> Iterator[tuple[str, str, Any, str]]:
    """For every constraint of a schema: column, constraint, a value that breaks it and what the report expects then."""
    for field in schema.fields:
        if field.constraints.get("required") or field.name in schema.primary_key:
            yield field.name, "required", None, "expected a value, found nothing"
        if field.categories:
            yield field.name, "categories", "no-such-value", "expected one of "
        if field.type == "number":
            yield field.name, "finite", float("inf"), "expected a finite number"
        if field.descriptor.get("format") == "uri":
            yield field.name, "format", "https//no.colon", "expected an absolute web address"
        for name, rule in field.constraints.items():
            match name:
                case "pattern":
                    yield field.name, name, " does not fit ", f"expected a match of {rule}"
                case "minimum":
                    yield field.name, name, too_far(field, rule, -1), f"expected at least {rule}"
                case "maximum":
                    yield field.name, name, too_far(field, rule, 1), f"expected at most {rule}"
                case "minLength":
                    yield field.name, name, "", f"expected at least {rule} long"
                case "maxLength":
                    yield field.name, name, "x" * (rule + 1), f"expected at most {rule} long"


BREAKERS = [
    pytest.param(table, column, value, expected, id=f"{table}.{column} {constraint}")
    for table, schema in SCHEMAS.items()
    for column, constraint, value, expected in breakers(schema)
]


def test_the_sample_is_valid() -> None:
    assert violations(sample_rows()) == []


@pytest.mark.parametrize(("table", "column", "value", "expected"), BREAKERS)
def test_each_constraint_of_each_schema_is_enforced(table: str, column: str, value: Any, expected: str) -> None:
    rows = sample_rows()[table][:1]
    rows[0][column] = value
    found = [str(violation) for violation in check_table(frame(SCHEMAS[table], rows), SCHEMAS[table])]
    assert any(line.startswith(f"{table}, row 2") and f"field {column}: {expected}" in line for line in found), found


@pytest.mark.parametrize("table", SCHEMAS)
def test_a_primary_key_that_stands_twice_is_named(table: str) -> None:
    rows = sample_rows()[table][:1] * 2
    found = [str(violation) for violation in check_table(frame(SCHEMAS[table], rows), SCHEMAS[table])]
    assert any(line.startswith(f"{table}, row 2") and "to be unique, found the same again" in line for line in found), found


def test_a_unique_key_that_stands_twice_is_named() -> None:
    rows = sample_rows()
    rows["reviews"].append(rows["reviews"][0] | {"review_id": "review_00000000000000e2"})
    assert any("expected resource + row_id + field to be unique" in line for line in violations(rows))


FOREIGN_KEYS = [(table, key.fields[0], key.table) for table, schema in SCHEMAS.items() for key in schema.foreign_keys]


@pytest.mark.parametrize(("table", "column", "target"), FOREIGN_KEYS, ids=lambda part: part)
def test_each_foreign_key_is_enforced(table: str, column: str, target: str) -> None:
    rows = sample_rows()
    lost = "harbour-9" if target == "articles" else f"{target.removesuffix('s')}_00000000000000ff"
    rows[table][0][column] = lost
    assert any(
        line.startswith(f"{table}, row ") and f"field {column}: expected a row of {target}" in line and lost in line
        for line in violations(rows)
    )


RULES = {
    "low above high": ("figures", {"low": 31.0}, "field low: expected low <= high, found low 31.0, high 30.0"),
    "no bound at all": ("figures", {"low": None, "high": None}, "field low: expected low or high to be given"),
    "SI bounds crossed": ("figures", {"low_si": 2.0, "high_si": 1.0}, "field low_si: expected low_si <= high_si"),
    "a rate per nothing": ("figures", {"kind": "rate", "per": None}, "field kind: expected a rate to say per what"),
    "a rate of nothing": (
        "figures",
        {"kind": "mass", "unit": None},
        "field per: expected a rate to have a unit",
    ),
    "dates crossed": ("dates", {"start_date": date(2021, 4, 1)}, "field start_date: expected start_date <= end_date"),
    "a correction of nothing": ("reviews", {"decision": "correct"}, "field field: expected a field exactly where the decision"),
    "an acceptance of a field": ("reviews", {"field": "low"}, "field field: expected a field exactly where the decision"),
    "an empty span": ("statements", {"start": 33}, "field start: expected start < end"),
    "exact too short": ("statement_parts", {"exact": "About"}, "field exact: expected exact to be end - start long"),
    "another word": ("provenance", {"exact": "Eva Roe"}, "field exact: expected the stored words 'Ana Roe', found 'Eva Roe'"),
    "a figure elsewhere": ("figures", {"start": 5, "end": 13}, "field text: expected the stored words ' 20 to 3'"),
    "a date elsewhere": ("dates", {"start": 22, "end": 26}, "field text: expected the stored words ' wee'"),
    "a part elsewhere": ("statement_parts", {"start": 1, "end": 34}, "field exact: expected the stored words 'bout 20"),
    "a figure too short": ("figures", {"end": 13}, "field text: expected text to be end - start long"),
    "a month that ends early": ("dates", {"end_date": date(2021, 3, 30)}, "field edtf: expected start_date and end_date to be"),
    "a month that starts early": ("dates", {"start_date": date(2021, 2, 28)}, "field edtf: expected start_date and end_date"),
    "beyond the text": ("provenance", {"start": 45, "end": 52}, "field exact: expected the stored words 'oe'"),
    "words without parts": (
        "statements",
        {"text": "Other words"},
        "field text: expected the words, start and end of its parts",
    ),
    "a cell without words": ("figures", {"place": "Leith"}, "field place: expected a provenance row for the cell, found none"),
    "words without a cell": ("provenance", {"field": "place"}, "field row_id: expected a filled cell that is read from words"),
    "a review without its rule": (
        "provenance",
        {"review_id": "review_00000000000000e1"},
        "field review_id: expected a review exactly where the rule is review.correct",
    ),
    "a rule without its review": (
        "provenance",
        {"rule": "review.correct"},
        "field review_id: expected a review exactly where the rule is review.correct",
    ),
    "a review that corrects nothing": (
        "provenance",
        {"review_id": "review_00000000000000e1", "rule": "review.correct"},
        "field review_id: expected no review, since none corrects the cell",
    ),
    "a rejected row that is there": (
        "reviews",
        {"decision": "reject"},
        "field row_id: expected no row of figures, since it is rejected",
    ),
    "a review of nothing": ("reviews", {"row_id": "figure_00000000000000c9"}, "field row_id: expected a row of figures"),
    "an accepted row that hides it": (
        "figures",
        {"review": "machine"},
        "field review: expected accepted, as the reviews of the row say, found 'machine'",
    ),
    "a row that claims a review": (
        "dates",
        {"review": "corrected"},
        "field review: expected machine, as the reviews of the row say, found 'corrected'",
    ),
    "a corrected cell with another value": (
        "reviews",
        {"decision": "correct", "field": "low", "value": "21"},
        "field low: expected the reviewed value 21.0, found 20.0",
    ),
    "a corrected cell without its review": (
        "reviews",
        {"decision": "correct", "field": "low", "value": "20"},
        "field review_id: expected the review review_00000000000000e1 of the cell",
    ),
    "a corrected cell of no column": (
        "reviews",
        {"decision": "correct", "field": "colour", "value": "red"},
        "field field: expected a column of figures, found 'colour'",
    ),
    "a corrected cell of another type": (
        "reviews",
        {"decision": "correct", "field": "low", "value": "many"},
        "field value: expected a number, found 'many'",
    ),
    "words for a derived cell": ("provenance", {"field": "low_si"}, "field row_id: expected a filled cell that is read"),
}


@pytest.mark.parametrize(("table", "change", "expected"), RULES.values(), ids=RULES)
def test_each_rule_across_columns_and_tables_is_enforced(table: str, change: dict[str, Any], expected: str) -> None:
    rows = sample_rows()
    rows[table][0] |= change
    assert any(", row " in line and expected in line for line in violations(rows)), violations(rows)


def test_without_the_texts_words_are_not_compared_but_their_length_is() -> None:
    rows = sample_rows()
    rows["provenance"][0]["exact"] = "Eva Roe"
    assert violations(rows, texts=False) == []


def test_a_table_that_is_not_there_is_named() -> None:
    tables = frames(sample_rows())
    del tables["dates"]
    assert [str(found) for found in check_tables(tables, SCHEMAS.values())] == [
        "dates: expected the table to be there, found no such table"
    ]


def test_a_column_of_another_type_is_named() -> None:
    wrong = frames(sample_rows())["figures"].with_columns(pl.col("low").cast(pl.String))
    assert any("low" in str(found) for found in check_table(wrong, SCHEMAS["figures"]))


CELLS = [
    ("integer", "1.5", "a whole number"),
    ("number", "many", "a number"),
    ("boolean", "yes", "true or false"),
    ("date", "26/01/2022", "a date like 2022-01-26"),
    ("date", "2022-02-30", "a date like 2022-01-26"),
    ("datetime", "2022-01-26 14:14", "a UTC time like 2022-01-26T14:14:00Z"),
]


@pytest.mark.parametrize(("kind", "cell", "expected"), CELLS)
def test_a_cell_that_does_not_fit_its_type_is_named(kind: str, cell: str, expected: str) -> None:
    schema = parse_schema("t", {"fields": [{"name": "id"}, {"name": "x", "type": kind}], "primaryKey": ["id"]})
    found = parse_table(pl.DataFrame({"id": ["a", "b"], "x": [None, cell]}), schema, "t.csv")[1]
    assert [str(violation) for violation in found] == [f"t.csv, row 3 (b), field x: expected {expected}, found {cell!r}"]


def test_strings_become_the_types_of_the_schema() -> None:
    kinds = {
        "integer": "3",
        "number": "2.5",
        "boolean": "true",
        "date": "2022-01-26",
        "datetime": "2022-01-26T14:14:00Z",
        "list": "a,b",
    }
    schema = parse_schema("t", {"fields": [{"name": kind, "type": kind} for kind in kinds]})
    typed, found = parse_table(pl.DataFrame({kind: [cell] for kind, cell in kinds.items()}), schema, "t.csv")
    assert typed.row(0) == (3, 2.5, True, date(2022, 1, 26), datetime(2022, 1, 26, 14, 14, tzinfo=UTC), ["a", "b"])
    assert found == []


def test_missing_or_strange_columns_are_named() -> None:
    schema = parse_schema("t", {"fields": [{"name": "a"}, {"name": "b"}]})
    found = parse_table(pl.DataFrame({"a": ["1"], "c": ["2"]}), schema, "t.csv")[1]
    assert [str(violation) for violation in found] == ["t.csv: expected the columns a, b, found a, c"]


BAD_SCHEMAS = {
    "no fields": ({}, "expected a list of fields"),
    "a field without a name": ({"fields": [{"type": "string"}]}, "expected an object with a name"),
    "a strange type": ({"fields": [{"name": "a", "type": "geopoint"}]}, "expected a type of string, integer"),
    "a pattern that is none": ({"fields": [{"name": "a", "constraints": {"pattern": "("}}]}, "expected a regular expression"),
    "a category without a value": ({"fields": [{"name": "a", "categories": [{"label": "A"}]}]}, "expected keys and categories"),
    "a key that leads nowhere": ({"fields": [{"name": "a"}], "foreignKeys": [{"fields": "a"}]}, "expected keys and categories"),
    "a key of nothing": ({"fields": [{"name": "a"}], "primaryKey": "b"}, "expected its keys to name columns of it, found 'b'"),
}


@pytest.mark.parametrize(("descriptor", "message"), BAD_SCHEMAS.values(), ids=BAD_SCHEMAS)
def test_a_schema_that_is_none_is_refused(descriptor: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_schema("t", descriptor)


def test_every_column_says_what_it_means_and_where_it_comes_from() -> None:
    for schema in SCHEMAS.values():
        for field in schema.fields:
            assert field.title and field.description.endswith("."), field.name
            assert field.origin in ("read", "read_or_given", "given", "derived"), field.name
            assert all(field.categories.values()), field.name


def test_an_article_with_another_text_is_told_in_a_few_lines() -> None:
    rows = sample_rows()
    other = {article_id: "~" * len(text) for article_id, text in TEXTS.items()}
    found = [str(violation) for violation in check_tables(frames(rows), SCHEMAS.values(), other)]
    lines = [line for line in found if line.startswith("provenance, ")]
    wrong = len(rows["provenance"])
    assert len(lines) == 4 < wrong
    assert lines[-1].endswith(f"expected the stored words of article harbour-1, found others in {wrong - 3} more rows")
