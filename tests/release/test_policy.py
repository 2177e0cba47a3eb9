"""Which number of the version rises, change by change; and what a catalog's files must not say."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl
import pytest
from sample import CREATED, collection, frames, sample_rows, written

from onrecord.catalog import INDEX, catalog_bytes, find_packages, parse_catalog, parse_index
from onrecord.datapackage import Package, read_package
from onrecord.errors import InputError, InvalidData
from onrecord.package import package_descriptor, sources, table_resource
from onrecord.release import Level, Plan, plan_release
from onrecord.schemas import load_schemas

Tables = dict[str, pl.DataFrame]


@pytest.fixture
def last(tmp_path: Path) -> Package:
    return read_package(written(tmp_path / "p", version="1.2.3"))


def planned(last: Package | None, tables: Tables, declared: str | None = None, **changes: Any) -> Plan | None:
    resources = [table_resource(schema, b"") for schema in load_schemas().values()]
    settings = collection(version="1.2.3", **changes)
    descriptor = package_descriptor(settings, CREATED, sources(tables["articles"]), resources)
    return plan_release(last, tables, descriptor, declared)


def with_schema(last: Package, table: str, change: Callable[[dict[str, Any]], None]) -> Package:
    """The last release, as if its schema had been another one."""
    descriptor = json.loads(json.dumps(dict(last.descriptor)))
    change(next(entry for entry in descriptor["resources"] if entry["name"] == table)["schema"])
    return replace(last, descriptor=MappingProxyType(descriptor))


def column(schema: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(field for field in schema["fields"] if field["name"] == name)
    return found


def set_cell(table: str, **cells: Any) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        tables[table] = tables[table].with_columns(pl.lit(value).alias(name) for name, value in cells.items())

    return change


def drop(table: str) -> Callable[[Tables], None]:
    return lambda tables: tables.update({table: tables[table].clear()})


def add_date(tables: Tables) -> None:
    more = tables["dates"].with_columns(pl.lit("date_00000000000000d2").alias("date_id"), pl.lit("day").alias("text"))
    tables["dates"] = pl.concat([tables["dates"], more])


ROWS: dict[str, tuple[Callable[[Tables], None], str, str]] = {
    "a corrected cell": (set_cell("figures", low=21.0), "1.2.4", "1 row of figures corrected in low."),
    "a withdrawn row": (drop("dates"), "1.2.4", "1 row of dates withdrawn."),
    "a row more": (add_date, "1.3.0", "1 row of dates added."),
    "another id": (
        set_cell("dates", date_id="date_00000000000000d9"),
        "2.0.0",
        "1 row of dates with other ids than before.",
    ),
    "a reviewed row": (set_cell("speakers", review="accepted"), "1.2.4", "1 row of speakers reviewed."),
    "another rule": (set_cell("provenance", rule="test.other"), "1.2.4", "rows of provenance corrected in rule."),
}


@pytest.mark.parametrize(("change", "version", "reason"), ROWS.values(), ids=ROWS)
def test_rows(last: Package, change: Callable[[Tables], None], version: str, reason: str) -> None:
    tables = frames(sample_rows())
    change(tables)
    plan = planned(last, tables)
    assert plan is not None
    assert plan.version == version
    assert any(reason in line for line in plan.reasons), plan.reasons


def rename_field(schema: dict[str, Any]) -> None:
    column(schema, "place")["name"] = "venue"


def add_field(schema: dict[str, Any]) -> None:
    schema["fields"] = [field for field in schema["fields"] if field["name"] != "place"]


def other_type(schema: dict[str, Any]) -> None:
    column(schema, "place")["type"] = "integer"


def other_key(schema: dict[str, Any]) -> None:
    schema["primaryKey"] = ["figure_id", "start"]


def other_link(schema: dict[str, Any]) -> None:
    schema["foreignKeys"].append({"fields": ["place"], "reference": {"resource": "articles", "fields": ["article_id"]}})


def other_order(schema: dict[str, Any]) -> None:
    schema["fields"].reverse()


def other_words(schema: dict[str, Any]) -> None:
    column(schema, "place")["description"] = "Another place."


SCHEMAS: dict[str, tuple[Callable[[dict[str, Any]], None], str, str]] = {
    "a column renamed": (rename_field, "2.0.0", "The column venue of figures is gone."),
    "a column more": (add_field, "1.3.0", "The column place of figures is new."),
    "a type": (other_type, "2.0.0", "The column place of figures is of the type string now, not integer."),
    "a key": (other_key, "2.0.0", "The keys of figures are others now."),
    "a link": (other_link, "2.0.0", "figures no longer refers to articles as it did."),
    "an order": (other_order, "2.0.0", "The columns of figures stand in another order."),
    "a description": (other_words, "1.2.4", "What is said about figures changed."),
}


@pytest.mark.parametrize(("change", "version", "reason"), SCHEMAS.values(), ids=SCHEMAS)
def test_schemas(
    last: Package, monkeypatch: pytest.MonkeyPatch, change: Callable[[dict[str, Any]], None], version: str, reason: str
) -> None:
    before = with_schema(last, "figures", change)
    rows = frames(sample_rows())
    old = {name: frame.select(c for c in frame.columns if c in before.schemas()[name].names) for name, frame in rows.items()}
    monkeypatch.setattr("onrecord.release.policy.load_tables", lambda _: old)
    plan = planned(before, rows)
    assert plan is not None
    assert (plan.version, plan.reasons[0]) == (version, reason)


@pytest.mark.parametrize(
    ("changes", "version"),
    [
        ({"title": "Other"}, "1.2.4"),
        ({"contributors": ()}, "1.2.4"),
        ({"title": "Other", "declared": "3.0.0"}, "3.0.0"),
        ({"title": "Other", "declared": "1.0.0"}, "1.2.4"),
        ({}, None),
        ({"declared": "3.0.0"}, "3.0.0"),
        ({"declared": "1.2.3"}, None),
    ],
)
def test_words_and_the_version_wanted(last: Package, changes: dict[str, Any], version: str | None) -> None:
    plan = planned(last, frames(sample_rows()), **changes)
    assert (plan.version if plan else None) == version
    assert plan is None or plan.level is (Level.PATCH if len(changes) > ("declared" in changes) else None)


def test_the_first_release_is_what_the_collection_wants_or_1_0_0() -> None:
    tables = frames(sample_rows())
    versions = [plan.version for plan in (planned(None, tables), planned(None, tables, "0.3.0")) if plan]
    assert versions == ["1.0.0", "0.3.0"]


def test_an_index_comes_back_as_it_was_with_the_newest_version_first(first: Path) -> None:
    data = (first / "harbour" / INDEX).read_bytes()
    index = parse_index(data, "here")
    assert catalog_bytes(index) == data
    older = replace(index.versions[0], version="0.9.0")
    newest = replace(index.versions[0], version="1.10.0")
    mixed = catalog_bytes(replace(index, versions=(older, *index.versions, newest)))
    assert [each.version for each in parse_index(mixed, "here").versions] == ["1.10.0", "1.0.0", "0.9.0"]


OUTSIDE = "expected a path inside of the catalog"
BAD_INDEXES = {
    "no JSON": ("{", "", "expected an object in JSON in here"),
    "a path above": ('"1.0.0/data', '"../data', f"{OUTSIDE}, found '../data"),
    "an absolute path": ('"1.0.0/data', '"/etc/data', OUTSIDE),
    "another host": ('"1.0.0/data', '"https://a.example/data', OUTSIDE),
    "a hidden path": ('"1.0.0/data', '".git/data', OUTSIDE),
    "no digest": ('"manifest_sha256": "', '"manifest_sha256": "x', "expected a SHA-256 in hexadecimal"),
    "no version": ('"version": "1.0.0"', '"version": "one"', "expected a semantic version"),
    "a key less": ('"name"', '"nom"', "expected the key name"),
}


@pytest.mark.parametrize(("old", "new", "told"), BAD_INDEXES.values(), ids=BAD_INDEXES)
def test_an_index_that_is_none_is_one_line(first: Path, old: str, new: str, told: str) -> None:
    text = (first / "harbour" / INDEX).read_text("utf-8").replace(old, new)
    with pytest.raises(InvalidData) as error:
        parse_index(text.encode(), "here")
    assert told in str(error.value)
    assert str(error.value).count("here") == 1


@pytest.mark.parametrize("text", ["[]", "7", "null"])
def test_an_index_that_is_no_object_is_one_line(text: str) -> None:
    with pytest.raises(InvalidData, match="expected an object in JSON in here"):
        parse_index(text.encode(), "here")


def test_a_catalog_of_a_later_onrecord_is_read() -> None:
    assert parse_catalog(b'{"title": "Boats", "more": 1, "packages": []}', "here").title == "Boats"


def test_a_catalog_whose_releases_are_all_retracted_has_nothing_to_serve(first: Path) -> None:
    catalog = json.loads((first / "catalog.json").read_bytes())
    catalog["packages"][0]["version"] = None
    (first / "catalog.json").write_text(json.dumps(catalog), "utf-8")
    with pytest.raises(InputError, match="found none that is not retracted"):
        find_packages(first)
