"""A static file server as a store, over http or https.

urllib3, since it leaves the bytes to http.client: a file costs half of the time that it costs with httpx.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import HTTPError

from onrecord.errors import InputError, Interrupted, Missing, TransferError
from onrecord.store.base import Part, inside

CONNECTIONS = 8
_CHUNK = 1 << 18
_REDIRECTS = 5
_FOR_NOW = {408, 425, 429}  # and all from 500 on: the server says itself that it may be otherwise later
_LEAST = 1024  # bytes in the time of one patience: less is a drip that would never end


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a connection may keep silent or drip, in seconds, and the clock that says so."""

    patience: float
    clock: Callable[[], float] = time.monotonic

    def watch(self, chunks: Iterator[bytes], url: str) -> Iterator[bytes]:
        """The chunks, as long as they come in at a rate that ends.

        Raises:
            Interrupted: next to nothing came in for as long as the patience lasts.
        """
        since, count = self.clock(), 0
        for chunk in chunks:
            yield chunk
            count += len(chunk)
            if self.clock() - since >= self.patience:
                if count < _LEAST:
                    raise Interrupted(f"expected {url} to come in, found {count} bytes in {self.patience:g} s; try again later")
                since, count = self.clock(), 0


class WebStore:
    """A server's folder. What it redirects to another host is not followed: name that host yourself, if you trust it."""

    def __init__(self, address: str, patience: float) -> None:
        parts = _parts(address)
        self.address = address
        self._pace = Pace(patience)
        timeout = urllib3.Timeout(connect=patience, read=patience)
        proxy = getproxies().get(parts.scheme)
        self._pool = (
            urllib3.ProxyManager(proxy, maxsize=CONNECTIONS, timeout=timeout)
            if proxy and not proxy_bypass(str(parts.hostname))
            else urllib3.PoolManager(maxsize=CONNECTIONS, timeout=timeout)
        )

    @contextmanager
    def open(self, path: str, start: int = 0, tag: str | None = None) -> Iterator[Part]:
        url = f"{self.address}/{quote(inside(path, self.address))}"
        headers = {"Accept-Encoding": "identity", "User-Agent": "onrecord"}
        if start and tag:
            headers |= {"Range": f"bytes={start}-", "If-Range": tag}
        try:
            response = self._answer(url, headers)
            try:
                yield self._part(response, url, start, tag)
            finally:
                response.close()  # what has not been read is not worth reading: the connection goes with it
        except HTTPError as error:
            raise Interrupted(f"expected the whole of {url}, but: {_reason(error)}; try again later") from error

    def close(self) -> None:
        self._pool.clear()

    def _answer(self, url: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        origin = _origin(url)
        for _ in range(_REDIRECTS + 1):
            response = self._pool.request("GET", url, headers=headers, preload_content=False, redirect=False, retries=False)
            target = response.get_redirect_location()
            if not target:
                return response
            response.close()
            ahead = urljoin(url, target)
            if _origin(ahead) != origin:
                raise TransferError(
                    f"expected {url}, found a redirect to {ahead}; if you trust that place, name it with --from"
                )
            url = ahead
        raise TransferError(f"expected {url}, found more than {_REDIRECTS} redirects; check the address")

    def _part(self, response: urllib3.BaseHTTPResponse, url: str, start: int, tag: str | None) -> Part:
        _check_status(response.status, url)
        encoding = response.headers.get("Content-Encoding", "identity")
        if encoding != "identity":
            raise TransferError(f"expected {url} as it is, found it packed ({encoding}); have the server send it plain")
        now = _validator(response)
        begin = 0
        if response.status == 206:
            begin = _begin(response.headers.get("Content-Range", ""))
            if begin != start or (now or tag) != tag:
                raise Interrupted(f"expected {url} from byte {start} on, found another part of it; try again")
        length = response.headers.get("Content-Length", "")
        total = begin + int(length) if length.isdigit() else None
        return Part(begin, now, total, self._pace.watch(_chunks(response), url))


def _chunks(response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    while chunk := response.read1(_CHUNK):
        yield chunk
    response.release_conn()


def _check_status(status: int, url: str) -> None:
    if status in {404, 410}:
        raise Missing(f"expected {url}, found nothing there (status {status}); check the address")
    if status in _FOR_NOW or status >= 500 or status == 416:
        raise Interrupted(f"expected {url}, found the server unable to send it (status {status}); try again later")
    if status not in {200, 206}:
        raise TransferError(f"expected {url}, found the server unwilling to send it (status {status}); check the address")


def _validator(response: urllib3.BaseHTTPResponse) -> str | None:
    """What may stand in If-Range: a strong entity tag, or else the time of the last change."""
    tag = response.headers.get("ETag")
    return tag if tag and not tag.startswith("W/") else response.headers.get("Last-Modified")


def _begin(content_range: str) -> int:
    first = content_range.removeprefix("bytes ").partition("-")[0].strip()
    return int(first) if first.isdigit() else -1


def _parts(address: str) -> SplitResult:
    """An address taken apart, if it is one that may stand in a lock file."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  raises where it is no number
    except ValueError as error:
        raise InputError(f"expected a web address, found {address!r}: {error}; correct it") from error
    if not parts.hostname or parts.query or parts.fragment:
        raise InputError(f"expected the address of a folder with a catalog.json, found {address!r}; correct it")
    if parts.username or parts.password:
        host = parts.hostname
        raise InputError(f"expected an address without a password, found one for {host}: it would end up in onrecord.lock")
    return parts


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _reason(error: HTTPError) -> str:
    """What went wrong, without the object that it went wrong in."""
    words = str(error.args[-1] if error.args else error)
    return re.sub(r"^\[errno -?\d+\] ", "", words.rpartition(": ")[2].strip("()' .").lower()) or type(error).__name__
