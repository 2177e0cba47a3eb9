"""A real HTTP server on a folder, which knows ranges, and misbehaves just where a test tells it to."""

import http.server
import re
import socket
import struct
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from onrecord.hashing import sha256_bytes

Fault = Callable[["Answer", bytes], None]


@dataclass
class Site:
    """A server and what it was asked: `faults` lists for a path how each of its next answers goes wrong."""

    folder: Path
    url: str = ""
    faults: defaultdict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))
    log: list[tuple[str, str | None]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def asked(self, path: str) -> list[str | None]:
        """The ranges that a path was asked for, None for all of it."""
        return [asked for name, asked in self.log if name == path]


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site: Site

    def do_GET(self) -> None:
        path = unquote(self.path.split("?")[0].lstrip("/"))
        file = self.site.folder / path
        with self.site.lock:
            self.site.log.append((path, self.headers.get("Range")))
            fault = self.site.faults[path].pop(0) if self.site.faults[path] else None
        if not file.is_file():
            self.send_error(404)
        elif fault:
            fault(self, file.read_bytes())
        else:
            self.whole_or_range(file.read_bytes())

    def whole_or_range(self, data: bytes) -> None:
        tag = etag(data)
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if asked and self.headers.get("If-Range") in {None, tag}:
            start, end = int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)
            span = f"bytes {start}-{end}/{len(data)}"
            self.send(206, data[start : end + 1], ETag=tag, Content_Range=span)
        else:
            self.send(200, data, ETag=tag)

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.head(status, **({"Content_Length": str(len(body))} | headers))
        with suppress(OSError):
            self.wfile.write(body)

    def head(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def etag(data: bytes) -> str:
    return f'"{sha256_bytes(data)[:16]}"'


def status(code: int) -> Fault:
    return lambda answer, _: answer.send(code, b"no")


def cut(part: float, length: bool = True) -> Fault:
    """Close the connection after a part of the body; without a length, the client cannot tell."""

    def fault(answer: Answer, data: bytes) -> None:
        known = {"Content_Length": str(len(data))} if length else {"Connection": "close"}
        answer.head(200, ETag=etag(data), **known)
        answer.wfile.write(data[: int(len(data) * part)])
        answer.close_connection = True

    return fault


def reset(answer: Answer, data: bytes) -> None:
    """Tear the connection down in the middle of the headers' time."""
    del data
    answer.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    answer.connection.close()
    answer.close_connection = True


def other_bytes(answer: Answer, data: bytes) -> None:
    """Another file of the same length, with a tag of its own."""
    answer.send(200, bytes(len(data)), ETag='"another"')


def other_range(answer: Answer, data: bytes) -> None:
    """The rest of another file, under the tag of the right one."""
    start = int(answer.headers["Range"][6:-1])
    span = f"bytes {start}-{len(data) - 1}/{len(data)}"
    answer.send(206, bytes(len(data) - start), ETag=etag(data), Content_Range=span)


def wrong_range(answer: Answer, data: bytes) -> None:
    answer.send(206, data[1:], ETag=etag(data), Content_Range=f"bytes 1-{len(data) - 1}/{len(data)}")


def length(claim: int | str) -> Fault:
    """Claim another length than the body has."""

    def fault(answer: Answer, data: bytes) -> None:
        answer.send(200, data, ETag=etag(data), Content_Length=str(claim))
        answer.close_connection = True

    return fault


def one_more(answer: Answer, data: bytes) -> None:
    """A body that is one byte longer than the file, and says so."""
    answer.send(200, data + b"\n", ETag=etag(data))


def short(answer: Answer, data: bytes) -> None:
    """Half of the file, with the length of the half."""
    answer.send(200, data[: len(data) // 2], ETag=etag(data))


def longer(answer: Answer, data: bytes) -> None:
    """More than the file and no length, for as long as somebody reads."""
    answer.head(200, Connection="close")
    answer.close_connection = True
    with suppress(OSError):
        answer.wfile.write(data)
        for _ in range(1000):
            answer.wfile.write(bytes(1 << 16))


def drip(answer: Answer, data: bytes) -> None:
    """A byte every few milliseconds."""
    answer.head(200, ETag=etag(data), Content_Length=str(len(data)))
    with suppress(OSError):
        for byte in data:
            answer.wfile.write(bytes([byte]))
            if answer.site.over.wait(0.004):
                return


def silence(answer: Answer, data: bytes) -> None:
    """The headers, and then nothing."""
    answer.head(200, ETag=etag(data), Content_Length=str(len(data)))
    answer.site.over.wait(5)
    answer.close_connection = True


def packed(answer: Answer, data: bytes) -> None:
    answer.send(200, data, Content_Encoding="gzip")


def redirect(target: str) -> Fault:
    return lambda answer, _: answer.send(302, b"", Location=target)


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing: a client that hangs up is what the tests are about."""


@contextmanager
def serving(folder: Path) -> Iterator[Site]:
    """A folder behind a server of its own, until the block ends."""
    site = Site(folder)
    handler = type("Answer", (Answer,), {"site": site})
    with Server(("127.0.0.1", 0), handler) as server:
        site.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            site.over.set()
            server.shutdown()
            thread.join()
