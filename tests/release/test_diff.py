"""Two versions are told apart row by row, in every form."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from conftest import Run
from sample import CREATED, STORED, Rows, collection, frames, sample_rows

from onrecord.datapackage import read_package
from onrecord.diff import as_csv, as_html, as_json, diff_packages, diff_tables, load_tables
from onrecord.errors import InvalidData
from onrecord.package import write_package
from onrecord.schemas import TableSchema, load_schemas, parse_schema


def put(folder: Path, rows: Rows) -> Path:
    write_package(folder, collection(), CREATED, frames(rows), STORED, "9.9.9")
    return folder


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A package, and one with a changed number, a list that lost its item, a row more and a row fewer."""
    rows = sample_rows()
    rows["figures"][0] |= {"low": 21.0, "measures": "big <boats>"}
    rows["speakers"][0]["aliases"] = None
    rows["speakers"].append({"speaker_id": "speaker_00000000000000a2", "name": "Eva", "kind": "person", "review": "machine"})
    rows["dates"] = []
    return put(tmp_path / "old", sample_rows()), put(tmp_path / "new", rows)


def test_each_row_and_cell_that_differs_is_told(pair: tuple[Path, Path]) -> None:
    told = as_json(diff_packages(*pair))
    assert told["figures"]["changed"] == [
        {
            "key": {"figure_id": "figure_00000000000000c1"},
            "fields": {"low": {"old": 20.0, "new": 21.0}, "measures": {"old": "boats", "new": "big <boats>"}},
        }
    ]
    assert told["speakers"]["changed"][0]["fields"] == {"aliases": {"old": ["Roe"], "new": None}}
    assert [row["name"] for row in told["speakers"]["added"]] == ["Eva"]
    assert told["dates"]["removed"][0]["start_date"] == "2021-03-01"
    assert told.keys() == {"figures", "speakers", "dates"}


def test_every_form_says_the_same(run: Run, pair: tuple[Path, Path]) -> None:
    view, text, page = (run("diff", *pair, "--format", form)[1] for form in ("table", "csv", "html"))
    assert json.loads(run("diff", *pair, "--format", "json")[1]) == as_json(diff_packages(*pair))
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [(line["table"], line["change"], line["column"], line["old"], line["new"]) for line in lines if line["column"]] == [
        ("speakers", "changed", "aliases", '["Roe"]', ""),
        ("figures", "changed", "low", "20.0", "21.0"),
        ("figures", "changed", "measures", "boats", "big <boats>"),
    ]
    assert "figures: 1 changed" in view
    assert "speakers: 1 added, 1 changed" in view
    assert "big &lt;boats&gt;" in page
    assert "<boats>" not in page


def test_equal_packages_have_no_diff(run: Run, tmp_path: Path) -> None:
    old, new = put(tmp_path / "old", sample_rows()), put(tmp_path / "new", sample_rows())
    assert run("diff", old, new)[1] == "no row differs\n"
    assert as_csv(diff_packages(old, new)) == "table,change,key,column,old,new\n"
    assert "No row differs." in as_html({}, "x")


def test_a_package_without_parquet_is_read_from_csv(pair: tuple[Path, Path]) -> None:
    whole = as_json(diff_packages(*pair))
    for folder in pair:
        descriptor = json.loads((folder / "datapackage.json").read_bytes())
        descriptor["resources"] = [entry for entry in descriptor["resources"] if not entry["path"].endswith("parquet")]
        (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    assert as_json(diff_packages(*pair)) == whole


def test_parquet_of_other_types_or_bytes_is_one_line(pair: tuple[Path, Path]) -> None:
    path = pair[0] / "data" / "dates.parquet"
    pl.DataFrame({"a": [1]}).write_parquet(path)
    with pytest.raises(InvalidData, match="expected the columns and types of the schema dates"):
        load_tables(read_package(pair[0]))
    path.write_bytes(b"PAR1")
    with pytest.raises(InvalidData, match="expected a table in Parquet at"):
        load_tables(read_package(pair[0]))


def table(*fields: str, key: str = "id", **types: str) -> TableSchema:
    entries: list[dict[str, Any]] = [{"name": name, "type": types.get(name, "string")} for name in fields]
    return parse_schema("t", {"fields": entries, "primaryKey": key})


def test_columns_and_tables_that_only_one_side_has() -> None:
    old, new = table("id", "a"), table("id", "b")
    rows = pl.DataFrame({"id": ["x"], "a": ["1"]}), pl.DataFrame({"id": ["x"], "b": ["1"]})
    told = diff_tables({"t": rows[0], "u": rows[0]}, {"t": rows[1]}, {"t": old, "u": old}, {"t": new})
    assert (told["t"].columns_added, told["t"].columns_removed) == (("b",), ("a",))
    assert told["t"].counts == {"added": 0, "removed": 0, "changed": 0}
    assert told["u"].counts == {"added": 0, "removed": 1, "changed": 0}


def test_another_key_makes_every_row_another() -> None:
    old, new = table("id", "a"), table("id", "a", key="a")
    rows = pl.DataFrame({"id": ["x"], "a": ["1"]})
    assert diff_tables({"t": rows}, {"t": rows}, {"t": old}, {"t": new})["t"].counts == {"added": 1, "removed": 1, "changed": 0}


def test_another_type_is_compared_as_text_and_told_as_it_is() -> None:
    old, new = table("id", "a"), table("id", "a", a="integer")
    before, after = pl.DataFrame({"id": ["x", "y"], "a": ["1", "2"]}), pl.DataFrame({"id": ["x", "y"], "a": [1, 3]})
    changed = diff_tables({"t": before}, {"t": after}, {"t": old}, {"t": new})["t"].changed
    assert changed["a"].rows() == [("y", "2", 3)]


def test_all_tables_take_part() -> None:
    rows = frames(sample_rows())
    empty = {name: frame.clear() for name, frame in rows.items()}
    schemas = load_schemas()
    assert diff_tables(empty, rows, schemas, schemas).keys() == rows.keys()
