"""A package becomes a SQLite file that keeps its types and keys, or is refused with the row that breaks them."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from onrecord.datapackage import Package
from onrecord.errors import InvalidData, OutputError
from onrecord.serve import build_database
from onrecord.serve.display import views_for
from onrecord.serve.site import rows

Write = Callable[..., Package]


@contextmanager
def opened(package: Package, path: Path) -> Iterator[sqlite3.Connection]:
    build_database(package, path)
    with closing(sqlite3.connect(path)) as database:
        yield database


def damaged(package: Package, file: str, old: str, new: str) -> Package:
    """The package with the first such words of a file replaced."""
    path = package.folder / "data" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return package


def test_every_table_has_the_rows_of_its_file(seals: Package, tmp_path: Path) -> None:
    with opened(seals, tmp_path / "seals.db") as database:
        for name in seals.tables:
            names = ", ".join(f'"{column}"' for column in seals.schemas()[name].names)
            rows = database.execute(f"SELECT {names} FROM {name}").fetchall()
            as_strings = [tuple(None if cell is None else str(cell) for cell in row) for row in seals.strings(name).iter_rows()]
            assert [tuple(None if cell is None else str(cell) for cell in row) for row in rows] == as_strings


def test_cells_have_the_types_of_the_schema(seals: Package, tmp_path: Path) -> None:
    with opened(seals, tmp_path / "seals.db") as database:
        figure = database.execute("SELECT typeof(low), typeof(start), typeof(text), typeof(unit) FROM figures").fetchone()
        day = database.execute("SELECT published_on, published_at FROM articles").fetchone()
    assert figure == ("real", "integer", "text", "null")
    assert day == ("2023-03-04", None)


def test_every_key_of_the_schemas_is_declared(seals: Package, tmp_path: Path) -> None:
    with opened(seals, tmp_path / "seals.db") as database:
        for name, schema in seals.schemas().items():
            declared = {(row[3], row[2], row[4]) for row in database.execute(f"PRAGMA foreign_key_list({name})")}
            assert declared == {(key.fields[0], key.table, key.references[0]) for key in schema.foreign_keys}
            columns = database.execute(f"PRAGMA table_info({name})").fetchall()
            ordered = sorted((row[5], row[1]) for row in columns if row[5])
            assert tuple(column for _, column in ordered) == schema.primary_key


def test_two_builds_are_the_same_bytes(seals: Package, tmp_path: Path) -> None:
    for name in ("one.db", "two.db"):
        build_database(seals, tmp_path / name)
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()


def test_each_view_says_what_its_sql_says(seals: Package, tmp_path: Path) -> None:
    views = views_for(seals.schemas())
    assert len(views) == 3
    with opened(seals, tmp_path / "seals.db") as database:
        for name, view in views.items():
            shown, asked = (database.execute(sql) for sql in (f"SELECT * FROM {name}", view.sql))
            assert [column[0] for column in shown.description] == [column[0] for column in asked.description]
            assert shown.fetchall() == asked.fetchall()


def test_the_sites_own_pages_read_no_table_from_end_to_end(seals: Package, tmp_path: Path) -> None:
    with opened(seals, tmp_path / "seals.db") as database:
        asked: list[str] = []
        database.set_trace_callback(asked.append)
        some = rows.groups(database)
        keys = {table: database.execute(f"select * from {table} limit 1").fetchone()[0] for table in ("figures", "statements")}
        asks = [rows.figure(keys["figures"]), rows.statement(keys["statements"]), rows.article("seals"), rows.speaker("nobody")]
        asks += [rows.voices, rows.newest, *(rows.group(each | {"n": n}, 9) for each in some for n in (1, rows.FEW + 1))]
        for ask in asks:
            ask(database)
        database.set_trace_callback(None)
        plans = {
            sql: [step[3] for step in database.execute(f"explain query plan {sql}")] for sql in asked if sql[-7:] != "limit 1"
        }
    assert len(plans) > 20
    assert "SCAN figures USING COVERING INDEX figures_chart" in plans[asked[0]]
    slow = re.compile(r"SCAN ((figures|statements|statement_parts|speakers|provenance)(?! USING COVERING)|articles(?! USING))")
    assert {sql: plan for sql, plan in plans.items() if any(slow.match(step) for step in plan)} == {}
    crowded = re.compile(r"INDEX \w+_(repeats|field|rule|kind|unit|qualifier|publisher|language) ")
    found = {sql: crowded.findall("; ".join(plan)) for sql, plan in plans.items()}
    assert [sql for sql, names in found.items() if names and not (names == ["repeats"] and "repeats = " in sql)] == []


@pytest.mark.parametrize(
    ("table", "words", "rows"),
    [("statements", "counting", 1), ("statements", "seal", 2), ("figures", "fishes", 1), ("figures", "walrus", 0)],
)
def test_search_finds_words_in_their_other_forms(seals: Package, tmp_path: Path, table: str, words: str, rows: int) -> None:
    with opened(seals, tmp_path / "seals.db") as database:
        found = database.execute(f"SELECT count(*) FROM {table}_fts WHERE {table}_fts MATCH ?", (words,)).fetchone()
    assert found == (rows,)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        pytest.param(
            "figures.csv",
            ",seals,",
            ",walruses,",
            r"data/figures\.csv, row 2 \(figure_[0-9a-f]{16}\), field article_id: "
            r"expected a row of articles with this article_id, found 'walruses'; run onrecord validate",
            id="a foreign key",
        ),
        pytest.param(
            "provenance.csv",
            ",title,seals,",
            ",title,walruses,",
            r"data/provenance\.csv, row 2 \(articles seals .*\), field article_id: expected a row of articles .* 'walruses'",
            id="a foreign key of one row of many",
        ),
        pytest.param(
            "provenance.csv",
            "speaker.role",
            "",
            r"data/provenance\.csv, row \d\d \(speakers .*\): .* NOT NULL constraint failed: provenance\.rule",
            id="a required cell of one row of many",
        ),
        pytest.param(
            "figures.csv",
            "1200.0",
            "many",
            r"data/figures\.csv, row 2 \(figure_[0-9a-f]{16}\), field low: expected a number, found 'many'",
            id="a number",
        ),
        pytest.param(
            "articles.csv",
            "2023-03-04",
            "last week",
            r"data/articles\.csv, row 2 \(seals\), field published_on: expected a date like 2022-01-26, found 'last week'",
            id="a date",
        ),
        pytest.param(
            "speakers.csv",
            "Maud Tarrant",
            "",
            r"data/speakers\.csv, row \d \(speaker_[0-9a-f]{16}\): .* NOT NULL constraint failed: speakers\.name",
            id="a required cell",
        ),
        pytest.param("dates.csv", "date_id", "date", r"data/dates\.csv: expected the columns date_id, .*", id="a column"),
    ],
)
def test_a_broken_package_is_refused_by_row(
    write_seals: Write, tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    package = damaged(write_seals(), file, old, new)
    with pytest.raises(InvalidData, match=message):
        build_database(package, tmp_path / "seals.db")
    assert not (tmp_path / "seals.db").exists()


def test_a_second_row_with_one_key_is_refused(write_seals: Write, tmp_path: Path) -> None:
    package = write_seals()
    path = package.folder / "data/speakers.csv"
    path.write_text(path.read_text() + path.read_text().splitlines()[1] + "\n")
    with pytest.raises(
        InvalidData, match=r"speakers\.csv, row 4 \(speaker_\w+\): .* UNIQUE constraint failed: speakers\.speaker_id"
    ):
        build_database(package, tmp_path / "seals.db")


def test_a_missing_file_is_named(write_seals: Write, tmp_path: Path) -> None:
    package = write_seals()
    (package.folder / "data/figures.csv").unlink()
    with pytest.raises(InvalidData, match=r"expected a table in CSV .*figures\.csv"):
        build_database(package, tmp_path / "seals.db")


def test_a_place_that_cannot_be_written_is_told(seals: Package, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"expected to write .*nowhere/seals\.db, but: unable to open"):
        build_database(seals, tmp_path / "nowhere" / "seals.db")


def test_a_file_that_is_there_is_left_alone(seals: Package, tmp_path: Path) -> None:
    (tmp_path / "seals.db").write_text("mine")
    with pytest.raises(OutputError, match=r"expected a new file at .*seals\.db, found one"):
        build_database(seals, tmp_path / "seals.db")
    assert (tmp_path / "seals.db").read_text() == "mine"


def test_a_full_disk_is_told_and_leaves_nothing(seals: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.serve.database._PRAGMAS", ("page_size = 4096", "max_page_count = 20"))
    with pytest.raises(OutputError, match=r"expected to write .*seals\.db, but: database or disk is full"):
        build_database(seals, tmp_path / "seals.db")
    assert list(tmp_path.iterdir()) == []


def test_keys_without_sense_are_refused(tmp_path: Path) -> None:
    schema = {
        "fields": [{"name": "statement_id"}, {"name": "part", "type": "integer"}],
        "foreignKeys": [{"fields": "part", "reference": {"resource": "", "fields": "statement_id"}}],
    }
    (tmp_path / "parts.csv").write_text("statement_id,part\na,1\n")
    resource = {"name": "parts", "path": "parts.csv", "format": "csv", "schema": schema}
    package = Package(tmp_path, {"name": "parts", "resources": [resource]})
    with pytest.raises(InvalidData, match=r"expected tables and keys that SQLite can keep in .*, but: foreign key mismatch"):
        build_database(package, tmp_path / "parts.db")
