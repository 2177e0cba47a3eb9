"""A package as one SQLite file: typed columns, keys, foreign keys, full-text search; the same package gives the same bytes."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from onrecord.cells import parse_table, row_key
from onrecord.datapackage import Package
from onrecord.errors import InvalidData, OutputError
from onrecord.memory import uncollected
from onrecord.records import Violation
from onrecord.schemas import Field, TableSchema
from onrecord.serve.display import KEPT, display_of, views_for
from onrecord.validate.typed import typed_table

# What is not here is text, as the CSV file has it: dates and times sort rightly in ISO 8601.
_TYPES: Mapping[str, str] = MappingProxyType({"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"})

# Written once, by us alone, to a new file that is thrown away when anything fails: a journal would guard nothing.
_PRAGMAS = ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -200000")

_TOGETHER = 64_000_000  # bytes of a table's files that are read in one go
_A_STATEMENT = 16  # rows that one statement inserts: it takes two thirds of the time of one each
_AT_ONCE = 640 * _A_STATEMENT  # rows that are Python's at one time

_SEARCH = "porter unicode61 remove_diacritics 2"  # drug finds drugs, Beyonce finds Beyoncé


def build_database(package: Package, path: Path) -> None:
    """Write a package's tables to a new SQLite file, in one transaction.

    Args:
        package: the package; only its tables in CSV are read.
        path: the file to make.

    Raises:
        InvalidData: a file, a cell, a key or a foreign key is not what the package's schemas say; the row is named.
        OutputError: the file cannot be written.
    """
    schemas = package.schemas()
    with _new_database(path) as database, uncollected():  # millions of cells, of which none is in a cycle
        for schema in schemas.values():
            _execute(database, package, table_sql(schema))
            for part in package.slices(schema.name, _TOGETHER):
                _insert(database, part, schema)
        for statement in (sql for schema in schemas.values() for sql in (*index_sql(schema), *search_sql(schema))):
            _execute(database, package, statement)
        for statement in view_sql(schemas):
            _execute(database, package, statement)
        _check_foreign_keys(database, package, schemas)


def table_sql(schema: TableSchema) -> str:
    """The statement that makes a table with the columns, types and keys of its schema.

    >>> from onrecord.schemas import parse_schema
    >>> print(table_sql(parse_schema("t", {"fields": [{"name": "n", "type": "number"}], "primaryKey": "n"})))
    CREATE TABLE "t" (
      "n" REAL,
      PRIMARY KEY ("n")
    )
    """
    lines = [_column(field) for field in schema.fields]
    lines += [f"PRIMARY KEY ({_names(schema.primary_key)})"] if schema.primary_key else []
    lines += [f"UNIQUE ({_names(key)})" for key in schema.unique_keys]
    lines += [
        f"FOREIGN KEY ({_names(key.fields)}) REFERENCES {_name(key.table)} ({_names(key.references)})"
        for key in schema.foreign_keys
    ]
    return f"CREATE TABLE {_name(schema.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def index_sql(schema: TableSchema) -> list[str]:
    """An index for each foreign key and column sorted by or counted, where no key serves it, and those of `display.toml`.

    Rows that are equal in a column are shown in the order of their key, so a key of one column ends each index.
    """
    display = display_of(schema)
    shown = [(name,) for name in (display.sort, display.sort_desc, *display.facets) if name]
    end = schema.primary_key if len(schema.primary_key) == 1 else ()
    indexes = [
        f"CREATE INDEX {_name('_'.join((schema.name, *fields)))} ON {_name(schema.name)} ({_names((*fields, *end))})"
        + (' WHERE "review_id" IS NOT NULL' if fields == ("review_id",) else "")  # most rows were never reviewed
        for fields in dict.fromkeys([*(key.fields for key in schema.foreign_keys), *shown])
        if schema.primary_key[: len(fields)] != fields
    ]
    return indexes + [
        f"CREATE INDEX {_name(f'{schema.name}_{name}')} ON {_name(schema.name)} {terms}"
        for name, terms in display.indexes.items()
    ]


def search_sql(schema: TableSchema) -> list[str]:
    """The full-text table over the columns that `display.toml` names, filled from the table itself; none for other tables."""
    columns = display_of(schema).search
    if not columns:
        return []
    name = _name(f"{schema.name}_fts")
    content = f'content={_name(schema.name)}, content_rowid="rowid", tokenize="{_SEARCH}"'
    sizes = "" if display_of(schema).ranked else ", columnsize=0"
    return [
        f"CREATE VIRTUAL TABLE {name} USING FTS5 ({_names(columns)}, {content}{sizes})",
        f"INSERT INTO {name} ({name}, rank) VALUES ('hashsize', 67108864)",  # memory for words: few merges, one segment
        f"INSERT INTO {name} ({name}) VALUES ('rebuild')",
    ]


def view_sql(schemas: Mapping[str, TableSchema]) -> list[str]:
    """The views of `views.toml` whose columns the tables have: what all articles say together.

    What a view says never changes, but asking it of a million rows takes seconds: its rows are made once, and it shows them.

    >>> view_sql({})
    []
    """
    return [
        sql
        for name, view in views_for(schemas).items()
        for sql in (
            f"CREATE TABLE {_name(name + KEPT)} AS {view.sql.strip()}",
            f"CREATE VIEW {_name(name)} AS SELECT * FROM {_name(name + KEPT)} ORDER BY rowid",
        )
    ]


@contextmanager
def _new_database(path: Path) -> Iterator[sqlite3.Connection]:
    """A transaction on a file that is whole when the block ends well and gone when it does not."""
    if path.exists():
        raise OutputError(
            f"expected a new file at {path}, found one that is there; nothing is overwritten, choose another place"
        )
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            for pragma in _PRAGMAS:
                database.execute(f"PRAGMA {pragma}")
            database.execute("BEGIN")
            yield database
            database.execute("COMMIT")
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, sqlite3.OperationalError):
            raise OutputError(f"expected to write {path}, but: {error}; choose another place or free it") from error
        raise


def _execute(database: sqlite3.Connection, package: Package, sql: str) -> list[Any]:
    """Run a statement that was made from the package's schemas: where SQLite finds no sense in it, neither have they."""
    try:
        return database.execute(sql).fetchall()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_ERROR":  # a full disk, say
            raise
        raise InvalidData(f"expected tables and keys that SQLite can keep in {package.folder}, but: {error}") from error


def _insert(database: sqlite3.Connection, package: Package, schema: TableSchema) -> None:
    cells = _in_key_order(_cells(package, schema), schema)
    filled = [column for column in cells.get_columns() if column.null_count() < cells.height]  # no word of the others
    if not filled:
        return
    into = f"INSERT INTO {_name(schema.name)} ({_names(column.name for column in filled)}) VALUES "
    marks = f"({', '.join('?' for _ in filled)})"
    even = cells.height - cells.height % _A_STATEMENT
    try:
        for rows, some in ((_A_STATEMENT, slice(0, even)), (1, slice(even, None))):
            database.executemany(into + ", ".join([marks] * rows), _cells_of(pl.DataFrame(filled)[some], rows))
    except sqlite3.IntegrityError as error:
        raise _invalid(package, next(_refused(package, schema))) from error


def _cells(package: Package, schema: TableSchema) -> pl.DataFrame:
    """The cells of a table as the database keeps them."""
    strings = package.strings(schema.name)
    typed, misfits = parse_table(strings, schema, package.place(schema.name))
    if misfits:
        raise _invalid(package, typed_table(package, schema)[1][0])
    return _as_kept(strings, typed, schema)


def _as_kept(strings: pl.DataFrame, typed: pl.DataFrame, schema: TableSchema) -> pl.DataFrame:
    return pl.DataFrame([typed[field.name] if field.type in _TYPES else strings[field.name] for field in schema.fields])


def _in_key_order(cells: pl.DataFrame, schema: TableSchema) -> pl.DataFrame:
    """Rows in the order in which their key is kept, which saves a quarter of the time, where no other order means anything.

    So it is where several columns are the key: each file has them in that order, and of all files two columns will do.
    """
    key = schema.primary_key
    return cells.sort(key[:2], maintain_order=True) if len(key) > 1 else cells


def _cells_of(table: pl.DataFrame, rows: int) -> Iterator[tuple[Any, ...]]:
    """The cells of so many rows at a time: from columns of some thousand, which takes less time than row by row."""
    for some in table.iter_slices(_AT_ONCE):
        cells = chain.from_iterable(zip(*(column.to_list() for column in some.get_columns()), strict=True))
        while together := tuple(islice(cells, rows * table.width)):
            yield together


def _refused(package: Package, schema: TableSchema) -> Iterator[Violation]:
    """The rows that the keys and required columns of their table forbid, put one by one into a file of their own."""
    marks = ", ".join("?" for _ in schema.fields)
    expected = "rows that keep the table's keys and required columns"
    with closing(sqlite3.connect("")) as alone:
        _execute(alone, package, table_sql(schema))
        for place, strings in package.parts(schema.name):
            for row, cells in enumerate(strings.iter_rows()):
                try:
                    alone.execute(f"INSERT INTO {_name(schema.name)} VALUES ({marks})", cells)
                except sqlite3.IntegrityError as error:
                    yield Violation(place, expected, str(error), row + 2, row_key(strings, schema, row))


def _check_foreign_keys(database: sqlite3.Connection, package: Package, schemas: Mapping[str, TableSchema]) -> None:
    broken = _execute(database, package, "PRAGMA foreign_key_check")
    if not broken:
        return
    name, rowid, parent, number = broken[0]
    columns = [
        (child, target)
        for key, _, _, child, target, *_ in database.execute(f"PRAGMA foreign_key_list({_name(name)})")
        if key == number
    ]
    children, targets = zip(*columns, strict=True)
    cells = database.execute(f"SELECT {_names(children)} FROM {_name(name)} WHERE rowid = ?", (rowid,)).fetchone()
    place, line, key = next(_with_cells(package, schemas[name], children, cells))
    expected = f"a row of {parent} with this {' + '.join(targets)}"
    raise _invalid(package, Violation(place, expected, repr(" ".join(map(str, cells))), line, key, children[0]))


def _with_cells(
    package: Package, schema: TableSchema, columns: Sequence[str], cells: tuple[Any, ...]
) -> Iterator[tuple[str, int, str | None]]:
    """The rows that have such cells: the file of each, its number there (the header is row 1), and its key."""
    for place, strings in package.parts(schema.name):
        kept = _as_kept(strings, parse_table(strings, schema, place)[0], schema)
        for row, found in enumerate(kept.select(columns).iter_rows()):
            if found == cells:
                yield place, row + 2, row_key(strings, schema, row)


def _invalid(package: Package, violation: Violation) -> InvalidData:
    return InvalidData(f"{package.folder}: {violation}; run onrecord validate {package.folder} for all that is wrong")


def _column(field: Field) -> str:
    required = " NOT NULL" if field.constraints.get("required") else ""
    return f"{_name(field.name)} {_TYPES.get(field.type, 'TEXT')}{required}"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(_name, names))
