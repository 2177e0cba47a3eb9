"""What keeps a public site up and closed: a gate before visitors' SQL, pages that are not for visitors, plain words for errors.

Datasette's hooks and an ASGI application around Datasette's; `app` registers the first and wraps with the second.
"""

import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from datasette import Response, hookimpl
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError

from onrecord.serve.frozen import VISITORS_AT_ONCE, visitor_sql

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# Datasette's pages for whoever runs it: they tell of threads, files and accounts, and no visitor has a use for them.
CLOSED = re.compile(
    r"/(-/(threads|actor|permissions|allow-debug|messages|patterns|logout|auth-token)(\.jsono?)?$|_internal|_memory|:memory:)"
)
RETRY_SECONDS = 1
LONGEST_QUERY_STRING = 10_000

_log = logging.getLogger(__name__)


class Guard:
    """Answers 404 for closed pages, 429 where too much visitors' SQL is under way, and passes on the rest."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return await self._application(scope, receive, send)
        if CLOSED.match(scope["path"]):
            return await answer_plainly(send, HTTPStatus.NOT_FOUND, "There is no such page.")
        if scope["method"] not in {"GET", "HEAD"}:
            return await _other_method(scope, send)
        if len(scope["query_string"]) > LONGEST_QUERY_STRING:
            return await answer_plainly(send, HTTPStatus.REQUEST_URI_TOO_LONG, "The address is too long.")
        if scope["path"].endswith(".json"):
            scope = counted_on_request(scope)
        if brings_sql(scope):
            return await self._gated(scope, receive, send)
        return await self._application(scope, receive, send)

    async def _gated(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._under_way >= VISITORS_AT_ONCE:
            retry = [(b"retry-after", str(RETRY_SECONDS).encode())]
            return await answer_plainly(
                send, HTTPStatus.TOO_MANY_REQUESTS, "Others are asking in SQL just now; try again in a second.", retry
            )
        self._under_way += 1
        token = visitor_sql.set(True)
        try:
            await self._application(scope, receive, send)
        finally:
            visitor_sql.reset(token)
            self._under_way -= 1


def brings_sql(scope: Scope) -> bool:
    """Whether a request carries SQL that its visitor wrote.

    >>> [brings_sql({"query_string": query}) for query in (b"sql=select+1", b"%73ql=select+1", b"_where=1", b"_search=sql")]
    [True, True, True, False]
    """
    return not {"sql", "_where"}.isdisjoint(parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True))


def counted_on_request(scope: Scope) -> Scope:
    """A program's request without the counts that a page shows beside its rows, unless it asks for them by `_facet`.

    >>> counted_on_request({"query_string": b"kind=mass"})
    {'query_string': b'kind=mass&_nofacet=1'}
    >>> counted_on_request({"query_string": b"_facet=kind"})
    {'query_string': b'_facet=kind'}
    """
    query: bytes = scope["query_string"]
    if b"_facet" in query or b"_nofacet" in query:
        return scope
    return {**scope, "query_string": query + (b"&" if query else b"") + b"_nofacet=1"}


async def answer_plainly(
    send: Send, status: HTTPStatus, words: str, headers: list[tuple[bytes, bytes]] | None = None, *, kind: bytes = b"text/plain"
) -> None:
    """Send a short answer of our own."""
    body = f"{words}\n".encode() if words else b""
    fixed = [(b"content-type", kind + b"; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status.value, "headers": [*fixed, *(headers or [])]})
    await send({"type": "http.response.body", "body": body})


async def _other_method(scope: Scope, send: Send) -> None:
    allowed = [(b"allow", b"GET, HEAD, OPTIONS"), (b"access-control-allow-methods", b"GET, HEAD, OPTIONS")]
    if scope["method"] == "OPTIONS":
        allowed += [(b"access-control-allow-origin", b"*"), (b"access-control-max-age", b"86400")]
        return await answer_plainly(send, HTTPStatus.OK, "", allowed)
    return await answer_plainly(send, HTTPStatus.METHOD_NOT_ALLOWED, "What is published here can only be read.", allowed)


@hookimpl
def permission_allowed(datasette: Any, action: str, resource: Any) -> Callable[[], Awaitable[bool | None]] | None:
    """Hide the tables that only serve the search: hidden means not there."""
    if action != "view-table":
        return None

    async def hidden() -> bool | None:
        database, table = resource
        if table.startswith("sqlite_") or table in await datasette.get_database(database).hidden_table_names():
            return False
        return None

    return hidden


@hookimpl
def forbidden(datasette: Any, request: Any) -> Callable[[], Awaitable[Any]]:
    """What a visitor may not see is not there; SQL is refused in words."""
    if brings_sql(request.scope):
        return lambda: _told(datasette, request, 403, "This site answers the queries that it offers, not SQL of one's own.")
    return lambda: _told(datasette, request, 404, "There is no such page.")


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Any]]:
    """An error in plain words, with nothing of the server's insides; those go to the log."""
    status, words = _in_words(exception)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s %s", request.method, request.path, exc_info=exception)
    return lambda: _told(datasette, request, status, words)


def _in_words(exception: Exception) -> tuple[int, str]:
    too_long = isinstance(exception, QueryInterrupted) or getattr(exception, "message_is_html", False)
    if too_long:
        return 400, "That took longer than a query may take here; ask for less at a time."
    if isinstance(exception, Base400):
        return exception.status, "There is no such page." if exception.args[:1] == ("404",) else str(exception.args[0])
    if isinstance(exception, DatasetteError) and exception.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return exception.status, str(exception.message)
    if isinstance(exception, DatasetteError) and str(exception.message).startswith(("Cannot ", "Invalid ")):
        return 400, str(exception.message)  # Datasette says 500 to a column that it cannot sort by
    return 500, "Something went wrong here; it has been noted."


async def _told(datasette: Any, request: Any, status: int, words: str) -> Any:
    phrase = HTTPStatus(status).phrase
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": words, "status": status, "title": phrase}, status=status)
    context = {"title": phrase, "error": words, "status": status}
    return Response.html(await datasette.render_template("error.html", context, request=request), status=status)
