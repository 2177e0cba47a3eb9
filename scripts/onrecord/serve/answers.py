"""What every answer carries, and which answers are kept: safety headers, the release's ETag, a cache of finished answers.

What is published does not change until the next release, so an address has one answer as long as the packages' digests stay
the same: the ETag is made from them, and whoever holds it is answered 304 before anything is computed.
"""

import hashlib
import re
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

import datasette as datasette_package

from onrecord import __version__
from onrecord.datapackage import DESCRIPTOR, SUMS, Package
from onrecord.serve.guard import Application, Message, Receive, Scope, Send, brings_sql

CACHE_BYTES = 32_000_000  # a process
LONGEST_KEPT = 1_000_000
BROWSER_SECONDS, SHARED_SECONDS = 60, 300

Headers = list[tuple[bytes, bytes]]
Alternates = Callable[[str], Iterable[tuple[str, str]]]
"""From an address to the (address, media type) of the same thing as data."""

_INLINE = re.compile(rb"<style|\sstyle=\"")
_TEMPLATES = ("_close_open_menus.html", "_codemirror_foot.html")


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer."""

    status: int
    headers: Headers
    body: bytes


@dataclass(slots=True)
class Kept:
    """The answers that were asked for last, as many as fit."""

    limit: int = CACHE_BYTES
    size: int = 0
    answers: OrderedDict[Any, Answer] = field(default_factory=OrderedDict)

    def get(self, key: Any) -> Answer | None:
        """The answer that is kept, if there is one."""
        if key in self.answers:
            self.answers.move_to_end(key)
            return self.answers[key]
        return None

    def put(self, key: Any, answer: Answer) -> None:
        """Keep an answer and let go of those that were not asked for in the longest time."""
        if len(answer.body) > LONGEST_KEPT or key in self.answers:
            return
        self.answers[key] = answer
        self.size += len(answer.body)
        while self.size > self.limit:
            _, gone = self.answers.popitem(last=False)
            self.size -= len(gone.body)


class Answers:
    """An ASGI application around another that completes its answers and keeps those it may."""

    def __init__(self, application: Application, packages: Sequence[Package], settings: str, alternates: Alternates) -> None:
        self._application = application
        self._etags = {package.name: etag([package], settings) for package in packages}
        self._etag = etag(packages, settings)
        self._alternates = alternates
        self._kept = Kept()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        tag = self._etags.get(scope["path"].split("/")[1].split(".")[0], self._etag)
        asked = dict(scope["headers"])
        cacheable = scope["method"] in {"GET", "HEAD"} and not scope["path"].endswith(".db") and not brings_sql(scope)
        if cacheable and tag in asked.get(b"if-none-match", b""):
            await _send(send, Answer(304, [*_safety(b""), *_lasting(tag)], b""), True)
            return
        anonymous = cacheable and b"cookie" not in asked and b"authorization" not in asked
        key = (scope["path"], scope.get("raw_path"), scope["query_string"], asked.get(b"host"), scope["scheme"])
        if anonymous and (kept := self._kept.get(key)):
            await _send(send, kept, scope["method"] == "HEAD")
            return
        await _Completion(self, scope, send, key if anonymous else None, tag if cacheable else None).run(receive)


class _Completion:
    """One answer on its way out: whole ones are completed and kept, streams are completed only."""

    def __init__(self, answers: Answers, scope: Scope, send: Send, key: Any, tag: bytes | None) -> None:
        self._answers, self._scope, self._send, self._key, self._tag = answers, scope, send, key, tag
        self._start: Message | None = None
        self._begun = False

    async def run(self, receive: Receive) -> None:
        """Let the application answer."""
        await self._answers._application(self._scope, receive, self._pass)

    async def _pass(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if self._begun:  # an error after the first rows: no client may take what it has for all there is
                raise ConnectionError("an answer is broken off, since it cannot be completed")
            self._start = message
            return
        self._begun = True
        body = message.get("body", b"")
        if self._start is not None:
            start, self._start = self._start, None
            answer = self._completed(start, body)
            if not message.get("more_body"):
                if self._key and answer.status == HTTPStatus.OK and self._scope["method"] == "GET":
                    self._answers._kept.put(self._key, answer)
                await _send(self._send, answer, self._scope["method"] == "HEAD")
                return
            await self._send({**start, "headers": answer.headers})
        await self._send(message)

    def _completed(self, start: Message, body: bytes) -> Answer:
        kind = next((value for name, value in start["headers"] if name.lower() == b"content-type"), b"")
        static = self._scope["path"].startswith(("/-/static", "/favicon"))
        lasting = start["status"] == HTTPStatus.OK and self._tag and not static
        dropped = {b"referrer-policy"} | ({b"cache-control", b"etag", b"vary"} if lasting else set())
        headers = [(name, value) for name, value in start["headers"] if name.lower() not in dropped]
        headers += _safety(body if kind.startswith(b"text/html") else b"")
        headers += _lasting(self._tag) if lasting and self._tag else []
        if not kind.startswith(b"text/html"):
            headers += [(b"access-control-allow-origin", b"*"), (b"access-control-expose-headers", b"Link, ETag, Retry-After")]
        elif start["status"] == HTTPStatus.OK:
            links = ", ".join(
                f'<{url}>; rel="alternate"; type="{type}"' for url, type in self._answers._alternates(_path(self._scope))
            )
            headers += [(b"link", links.encode("latin-1", "replace"))] if links else []
        return Answer(start["status"], headers, body)


def etag(packages: Sequence[Package], settings: str) -> bytes:
    """A weak ETag for what is made of these packages: from each SHA256SUMS, the settings, and the versions that write pages."""
    digest = hashlib.sha256(f"{__version__} {datasette_package.__version__} {settings}".encode())
    for package in packages:
        sums = package.folder / SUMS
        file = sums if sums.is_file() else package.folder / DESCRIPTOR
        digest.update(hashlib.sha256(file.read_bytes()).digest() if file.is_file() else b"-")
    return f'W/"{digest.hexdigest()[:32]}"'.encode()


@cache
def script_hashes() -> str:
    """The inline scripts that Datasette's own templates hold, as sources for a Content-Security-Policy."""
    templates = Path(datasette_package.__file__).parent / "templates"
    texts = [
        script
        for name in _TEMPLATES
        for script in re.findall(r"<script>(.*?)</script>", (templates / name).read_text(), re.DOTALL)
    ]
    texts += ["DATASETTE_ALLOW_FACET = true;", "DATASETTE_ALLOW_FACET = false;"]
    return " ".join(f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts)


def policy(page: bytes) -> str:
    """A page's Content-Security-Policy. Scripts are ours or Datasette's by their hash, never anybody's inline.

    Styles may stand inline on a page whose template puts them there, as some of Datasette's do; a row's words are escaped and
    cannot.
    """
    styles = "'self' 'unsafe-inline'" if _INLINE.search(page) else "'self'"
    return (
        f"default-src 'none'; script-src 'self' {script_hashes()}; style-src {styles}; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _safety(page: bytes) -> Headers:
    return [
        (b"content-security-policy", policy(page).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"referrer-policy", b"strict-origin-when-cross-origin"),
    ]


def _lasting(tag: bytes) -> Headers:
    lifetime = f"public, max-age={BROWSER_SECONDS}, s-maxage={SHARED_SECONDS}, stale-while-revalidate=86400".encode()
    return [(b"etag", tag), (b"cache-control", lifetime), (b"vary", b"Cookie, Authorization")]


def _path(scope: Scope) -> str:
    raw = scope.get("raw_path")
    return raw.decode("latin-1").partition("?")[0] if raw else str(scope["path"])


async def _send(send: Send, answer: Answer, without_body: bool) -> None:
    headers = answer.headers
    if answer.status != HTTPStatus.NOT_MODIFIED and b"content-length" not in {name.lower() for name, _ in headers}:
        headers = [*headers, (b"content-length", str(len(answer.body)).encode())]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if without_body else answer.body})
