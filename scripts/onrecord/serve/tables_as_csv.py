"""CSV that is complete or an error: every row that the address names, read in one pass, never cut in silence.

Datasette cuts a table's CSV at a page and a query's at 1,000 rows, and writes an error into the last line. Here an error before
the first byte is an answer of its own, and one after it breaks the connection off, which every client sees.
"""

import asyncio
import csv
import io
import re
import sqlite3
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from http import HTTPStatus
from typing import Any

from datasette import Response, hookimpl
from datasette.utils import tilde_decode
from datasette.utils.asgi import BadRequest, NotFound, Request
from datasette.views.base import DatasetteError
from datasette.views.database import DatabaseView
from datasette.views.table import TableView

from onrecord.serve.guard import RETRY_SECONDS

ROWS_AT_ONCE = 1000
DOWNLOADS_AT_ONCE = 2

_LIMIT = re.compile(r" limit \d+$")


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Before Datasette's own CSV of tables and queries."""
    downloads = _Downloads()
    return [
        (r"/(?P<database>[^\/\.]+)\.csv$", _visitors_query),
        (r"/(?P<database>[^\/\.]+)/(?P<table>[^\/\.]+)\.csv$", downloads.answer),
    ]


class _Downloads:
    """Tables under way to visitors: each holds a thread and a connection, so there are few at a time."""

    def __init__(self) -> None:
        self._under_way = 0

    async def answer(self, request: Any, send: Any, datasette: Any) -> Any:
        """Stream a table or a canned query."""
        if self._under_way >= DOWNLOADS_AT_ONCE:
            words = "Others are downloading just now; try again in a second."
            return Response.text(words, status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(RETRY_SECONDS)})
        self._under_way += 1
        try:
            return await _stream(request, send, datasette)
        finally:
            self._under_way -= 1


async def _visitors_query(request: Any, datasette: Any) -> Any:
    """CSV of a visitor's own query, refused where it would be cut."""
    if not request.args.get("sql"):
        raise NotFound("A package has no CSV of its own; take that of a table.")
    await datasette.refresh_schemas()
    try:
        data, *_ = await DatabaseView(datasette).data(request)
    except sqlite3.OperationalError as error:
        raise DatasetteError(str(error), status=400) from error
    if data.get("error"):
        raise BadRequest(data["error"])
    if data["truncated"]:
        raise BadRequest(f"expected a query of at most {datasette.max_returned_rows:,} rows, found more; add a limit")
    return Response(_lines([data["columns"], *data["rows"]]), content_type="text/csv; charset=utf-8")


async def _stream(request: Any, send: Any, datasette: Any) -> Any:
    sql, params, data = await _question(request, datasette)
    columns = list(data["columns"])
    labelled = [column for column in _labelled(request, data) if column in columns]
    table = data.get("table")
    chunks = _rows(datasette.get_database(data["database"]), sql, params)
    headings = [name for column in columns for name in ([column, f"{column}_label"] if column in labelled else [column])]
    async with aclosing(chunks):
        first: list[Any] = await anext(chunks, [])  # an error of the query is raised here, while it can still be an answer
        name = tilde_decode(request.url_vars["table"])
        await send({"type": "http.response.start", "status": 200, "headers": _headers(name)})
        await send(_body(_lines([headings, *await _with_labels(datasette, data, table, columns, labelled, first)])))
        async for rows in chunks:
            await send(_body(_lines(await _with_labels(datasette, data, table, columns, labelled, rows))))
    await send({"type": "http.response.body", "body": b"", "more_body": False})
    return None


async def _question(request: Any, datasette: Any) -> tuple[str, Mapping[str, Any], Mapping[str, Any]]:
    """The SQL of a table or canned query without its limit, unless the visitor has set one in rows."""
    extra = "_nocount=1&_nofacet=1&_shape=arrays"
    query = "&".join(part for part in (request.query_string, extra) if part)
    sized = str(request.args.get("_size", "")).isdigit() or bool(request.args.get("_next"))
    scope = request.scope | {"query_string": (query if sized else f"{query}&_size=1").encode("latin-1")}
    await datasette.refresh_schemas()
    try:
        found = await TableView(datasette).data(Request(scope, request.receive), **({} if sized else {"_size": 1}))
    except sqlite3.OperationalError as error:
        raise DatasetteError(str(error), status=400) from error
    if isinstance(found, Response):
        raise BadRequest("expected filters as column__operator=value, found another form; take the CSV link of the page")
    data = found[0]
    if data.get("error"):
        raise BadRequest(data["error"])
    sql = str(data["query"]["sql"])
    if not data.get("query_name"):
        number = int(request.args["_size"]) if str(request.args.get("_size", "")).isdigit() else None
        sql = _LIMIT.sub("", sql) + (f" limit {number}" if number is not None else "")
    return sql, data["query"]["params"], data


def _labelled(request: Any, data: Mapping[str, Any]) -> list[str]:
    wanted = request.args.getlist("_label") or []
    every = request.args.get("_labels") in {"on", "1", "true", "yes"}
    return [
        key["column"] for key, label in data.get("expandable_columns") or [] if label and (every or key["column"] in wanted)
    ]


async def _with_labels(
    datasette: Any, data: Mapping[str, Any], table: str | None, columns: list[str], labelled: list[str], rows: Sequence[Any]
) -> list[Sequence[Any]]:
    if not labelled or not table:
        return list(rows)
    labels: dict[tuple[str, Any], Any] = {}
    for column in labelled:
        values = [row[columns.index(column)] for row in rows]
        labels |= await datasette.expand_foreign_keys(data["database"], table, column, values)
    pairs = [list(zip(columns, row, strict=True)) for row in rows]
    return [
        [cell for column, value in row for cell in ([value, labels.get((column, value))] if column in labelled else [value])]
        for row in pairs
    ]


async def _rows(database: Any, sql: str, params: Mapping[str, Any]) -> AsyncGenerator[list[Any], None]:
    """The rows of a query in pieces, from a connection of its own."""
    loop = asyncio.get_running_loop()
    connection = database.connect()
    try:
        database.ds._prepare_connection(connection, database.name)
        cursor = await loop.run_in_executor(None, connection.execute, sql, dict(params))
        while rows := await loop.run_in_executor(None, cursor.fetchmany, ROWS_AT_ONCE):
            yield rows
    finally:
        database._all_file_connections.remove(connection)
        connection.close()


def _lines(rows: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _body(data: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": data, "more_body": True}


def _headers(name: str) -> list[tuple[bytes, bytes]]:
    safe = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    return [
        (b"content-type", b"text/csv; charset=utf-8; header=present"),
        (b"content-disposition", f'attachment; filename="{safe}.csv"'.encode()),
    ]
