"""Datasette over databases that never change: what a schema says is asked once, and visitors' SQL keeps to its own corner.

Visitors' SQL (`visitor_sql`) runs on threads and connections of its own: whatever it does there, a page finds a free thread.
Each such connection refuses values above `VALUE_BYTES`, each such answer ends at `ANSWER_BYTES`.
"""

import asyncio
import os
import re
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted, Results
from datasette.utils import escape_sqlite, sqlite_timelimit

VISITORS_AT_ONCE = 2
VISITORS_MILLISECONDS = 1000
VALUE_BYTES = 1_000_000  # also the longest cell that visitors' SQL can read; pages read any
ANSWER_BYTES = 4_000_000
SMALL_ROWS, SMALL_PARAMETERS, SMALL_ANSWERS = 12, 500, 2000  # answers that are remembered: counts, facets, a row's label
MOST_NAMES = 1000  # names of tables that are not there come from anybody
LIKE_PATTERN_BYTES = 100  # LIKE matches between two looks at the clock: a short pattern keeps that short

# The SQL that Datasette's table page makes: it goes on to the next page by the sorted column and the key, but orders the first
# page by the column alone, so that of rows that are equal in it some would stand on no page.
_SORTED = re.compile(
    r"select [^()]+ from (?P<table>[^\s(),]+) (?:where .*)?"
    r"order by (?P<order>[^\s(),]+(?: desc)?)(?P<rest> limit \d+(?: offset \d+)?)",
    re.DOTALL,
)
# The SQL by which it counts what a search finds: each row found is looked up, though the search table has every row.
_COUNTED = re.compile(
    r"select count\(\*\) from (?P<table>\w+) "
    r"where rowid in \(select rowid from (?P=table)_fts where (?P=table)_fts match (?P<words>[^()]+\([^()]+\))\)\s*"
)

visitor_sql: ContextVar[bool] = ContextVar("visitor_sql", default=False)
"""Whether the request being answered brought SQL of its own."""


class FrozenDatabase(Database):  # type: ignore[misc]  # Datasette ships no types
    """An immutable database that is asked for its schema once."""

    def __init__(self, datasette: Datasette, path: str) -> None:
        super().__init__(datasette, path, is_mutable=False)
        self._small: OrderedDict[tuple[str, str, str], Results] = OrderedDict()
        self._known: dict[tuple[str, ...], Any] = {}
        self._visitors = ThreadPoolExecutor(VISITORS_AT_ONCE, "visitors", initializer=_step_back)
        self._visitors_connections = threading.local()

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """Run a function with a connection: the pages' own, or one that is kept for visitors' SQL."""
        if not visitor_sql.get():
            return await super().execute_fn(fn)
        return await asyncio.get_running_loop().run_in_executor(self._visitors, lambda: fn(self._visitors_connection()))

    async def execute(self, sql: str, params: Any = None, *args: Any, **options: Any) -> Results:
        """Run SQL. Counts and other small answers are remembered, what a visitor asks is held to its limits."""
        sql = await self._improved(sql)
        if visitor_sql.get():
            limit = options.get("custom_time_limit") or VISITORS_MILLISECONDS
            rows = self.ds.max_returned_rows
            return await self.execute_fn(lambda connection: _limited(connection, sql, params, limit, rows))
        key = (sql, repr(params), repr(options))
        if key in self._small:
            self._small.move_to_end(key)
            return self._small[key]
        found = await super().execute(sql, params, *args, **options)
        if len(found.rows) <= SMALL_ROWS and len(key[1]) <= SMALL_PARAMETERS:
            self._small[key] = found
            if len(self._small) > SMALL_ANSWERS:
                self._small.popitem(last=False)
        return found

    async def once(self, ask: Callable[[sqlite3.Connection], Any]) -> Any:
        """What a function finds, asked for once: for answers that cost much and are the same for all."""
        key = (ask.__module__, ask.__qualname__)
        return self._known[key] if key in self._known else await self._once(key, self.execute_fn(ask))

    async def _improved(self, sql: str) -> str:
        """A table page's SQL with the key after the column that it sorts by, or with its count made cheaper."""
        if counted := _COUNTED.fullmatch(sql):
            return counted.expand(r"select count(*) from \g<table>_fts where \g<table>_fts match \g<words>")
        found = _SORTED.fullmatch(sql)
        if found is None:
            return sql
        table = found["table"].removeprefix("[").removesuffix("]")
        keys = ", ".join(escape_sqlite(key) for key in await self.primary_keys(table))
        return f"{sql[: found.end('order')]}, {keys}{found['rest']}" if keys and found["order"] != keys else sql

    async def table_columns(self, table: str) -> Any:
        return await self._once(("columns", table), super().table_columns(table))

    async def table_column_details(self, table: str) -> Any:
        return await self._once(("details", table), super().table_column_details(table))

    async def primary_keys(self, table: str) -> Any:
        return await self._once(("keys", table), super().primary_keys(table))

    async def fts_table(self, table: str) -> Any:
        return await self._once(("fts", table), super().fts_table(table))

    async def foreign_keys_for_table(self, table: str) -> Any:
        return await self._once(("foreign", table), super().foreign_keys_for_table(table))

    async def get_all_foreign_keys(self) -> Any:
        return await self._once(("all foreign",), super().get_all_foreign_keys())

    async def label_column_for_table(self, table: str) -> Any:
        return await self._once(("label", table), super().label_column_for_table(table))

    async def hidden_table_names(self) -> Any:
        return await self._once(("hidden",), super().hidden_table_names())

    async def _once(self, key: tuple[str, ...], answer: Any) -> Any:
        if key in self._known:
            answer.close()  # a coroutine that never starts
            return self._known[key]
        found = await answer
        if len(self._known) < MOST_NAMES:
            self._known[key] = found
        return found

    def _visitors_connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._visitors_connections, "connection", None)
        if connection is None:
            connection = self.connect()
            self.ds._prepare_connection(connection, self.name)
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE_BYTES)
            connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, LIKE_PATTERN_BYTES)
            self._visitors_connections.connection = connection
        return connection


class FrozenDatasette(Datasette):  # type: ignore[misc]
    """Datasette on frozen databases: no look for changes at each request, no path of the server's in an answer."""

    def __init__(self, databases: Sequence[Path], inspected: Mapping[str, Any], **options: Any) -> None:
        super().__init__(immutables=[str(path) for path in databases], inspect_data=dict(inspected), **options)
        for path in databases:
            name = path.stem
            self.remove_database(name)
            self.add_database(FrozenDatabase(self, str(path)), name=name)
        self._schemas_read = False
        self._allowed: dict[tuple[str, str], Any] = {}

    async def refresh_schemas(self) -> None:
        """Read the schemas once."""
        if not self._schemas_read:
            await super().refresh_schemas()
            self._schemas_read = True

    def _table_permission_allows(self, database: str, table: str) -> Any:
        """What the metadata says on who may read a table: worked out once, for it is copied whole each time."""
        key = (database, table)
        if key not in self._allowed and len(self._allowed) < MOST_NAMES:
            self._allowed[key] = super()._table_permission_allows(database, table)
        return self._allowed[key] if key in self._allowed else super()._table_permission_allows(database, table)

    def _connected_databases(self) -> list[dict[str, Any]]:
        return [{**entry, "path": Path(entry["path"]).name} for entry in super()._connected_databases() if entry["path"]]


def _step_back() -> None:
    """Let this thread run when no other wants to."""
    with suppress(OSError, AttributeError):  # a nicety, where the system has it
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)


def _limited(connection: sqlite3.Connection, sql: str, params: Any, milliseconds: int, rows: int) -> Results:
    """At most so many rows in so much time, whose values together stay below `ANSWER_BYTES`."""
    found: list[Any] = []
    size = 0
    with sqlite_timelimit(connection, min(milliseconds, VISITORS_MILLISECONDS)):
        try:
            cursor = connection.execute(sql, params if params is not None else {})
            for row in cursor:
                size += sum(len(value) for value in row if isinstance(value, str | bytes))
                if size > ANSWER_BYTES:
                    raise sqlite3.OperationalError(f"an answer above {ANSWER_BYTES:,} bytes; ask for less")
                found.append(row)
                if len(found) > rows:
                    break
        except sqlite3.OperationalError as error:
            if error.args == ("interrupted",):
                raise QueryInterrupted(error, sql, params) from error
            raise
    return Results(found[:rows], len(found) > rows, cursor.description)
