"""One file from a store into the cache, whatever the connection does: gone on with, tried again, never wrong under its name."""

import hashlib
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential, wait_random

from onrecord.errors import Interrupted, InvalidData, Missing, OnrecordError
from onrecord.pull.cache import Cache, writing
from onrecord.store import Part, Store

ATTEMPTS = 6  # with the waits between them, some 15 seconds: a server that restarts is back by then
WAITS = wait_exponential(multiplier=0.5, max=8) + wait_random(0, 0.5)
_BLOCK = 1 << 20


class Meter(Protocol):
    """What shows how far a pull is. Its methods may be called from several threads at once."""

    def expect(self, total: int) -> None:
        """So many bytes will come."""

    def advance(self, count: int) -> None:
        """So many bytes have come; a negative number where some came in vain."""


class NoMeter:
    """Shows nothing."""

    def expect(self, total: int) -> None:
        del total

    def advance(self, count: int) -> None:
        del count


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to fetch: its path in the store, the digest of its bytes, and how many they are at most."""

    path: str
    digest: str
    most: int


class Stopped(OnrecordError):
    """Another file failed, so this one is no longer wanted."""


@dataclass(frozen=True, slots=True)
class Downloader:
    """Brings files into a cache.

    Attributes:
        store: where they come from; None where nothing may be fetched.
        cache: where they go.
        meter: told of every byte.
        sleep: waits between two attempts.
        stop: set when what has not come yet is no longer wanted.
    """

    store: Store | None
    cache: Cache
    meter: Meter = field(default_factory=NoMeter)
    sleep: Callable[[float], None] = time.sleep
    stop: threading.Event = field(default_factory=threading.Event)

    def fetch(self, wanted: Wanted) -> Path:
        """The file in the cache, brought there if it is not yet.

        Raises:
            InvalidData: what came is not what the digest says, or longer than it may be.
            TransferError: it did not come.
            OutputError: the cache cannot be written.
        """
        blob = self.cache.blob(wanted.digest)
        if self._holds(wanted):
            return blob
        with self.cache.alone(wanted.digest):
            if self._holds(wanted):  # somebody else has fetched it meanwhile
                return blob
            if self.store is None:
                where = self.cache.folder
                raise Missing(f"expected {wanted.path} in the cache at {where}, found none; pull once without --offline")
            gained = True
            for attempt in Retrying(
                stop=stop_after_attempt(ATTEMPTS),
                wait=WAITS,
                retry=retry_if_exception_type(Interrupted),
                sleep=self.sleep,
                reraise=True,
            ):
                before = _size(self.cache.partial(wanted.digest))
                with attempt:
                    self._try(self.store, wanted, anew=not gained, last=attempt.retry_state.attempt_number > 1)
                gained = _size(self.cache.partial(wanted.digest)) > before
        return blob

    def _holds(self, wanted: Wanted) -> bool:
        held = self.cache.holds(wanted.digest)
        if held:
            self.meter.advance(_size(self.cache.blob(wanted.digest)))
        return held

    def _try(self, store: Store, wanted: Wanted, anew: bool, last: bool) -> None:
        """Fetch what is missing, or all of it where going on did not help.

        A wrong digest may come of a body that was cut and did not say so: it has a second try.
        """
        partial = self.cache.partial(wanted.digest)
        tag = Path(f"{partial}.tag")
        start = _size(partial) if tag.is_file() and not anew else 0
        digest = hashlib.sha256()
        with store.open(wanted.path, start, tag.read_text("utf-8") if start else None) as part:
            self._receive(part, partial, tag, digest, wanted)
        if digest.hexdigest() == wanted.digest:
            with writing(partial):
                self.cache.keep(wanted.digest)
                tag.unlink(missing_ok=True)
            return
        self.meter.advance(-_size(partial))
        partial.unlink(missing_ok=True)
        tag.unlink(missing_ok=True)
        message = f"expected {wanted.path} with SHA-256 {wanted.digest}, found {digest.hexdigest()}; tell its publisher"
        raise InvalidData(message) if last and not start else Interrupted(message)

    def _receive(self, part: Part, partial: Path, tag: Path, digest: "hashlib._Hash", wanted: Wanted) -> None:
        """Write a part's bytes down."""
        self._check_size(wanted, part.total or 0)
        size = part.start
        self.meter.advance(size)
        try:
            with closing(_grown(partial, part, tag, digest)) as file:
                for chunk in part.chunks:
                    if self.stop.is_set():
                        raise Stopped("stopped")
                    self._check_size(wanted, size + len(chunk))
                    digest.update(chunk)
                    with writing(partial):
                        file.write(chunk)
                    size += len(chunk)
                    self.meter.advance(len(chunk))
        except BaseException:
            self.meter.advance(-size)
            raise

    def _check_size(self, wanted: Wanted, size: int) -> None:
        if size > wanted.most:
            raise InvalidData(f"expected at most {wanted.most} bytes for {wanted.path}, found {size}; tell its publisher")


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _grown(partial: Path, part: Part, tag: Path, digest: "hashlib._Hash") -> BinaryIO:
    """The partial file, open where the part goes on, with the bytes before it in the digest; its tag is kept beside it."""
    with writing(partial):
        partial.parent.mkdir(parents=True, exist_ok=True)
        file = partial.open("r+b" if part.start else "wb")
        while part.start > file.tell() and (block := file.read(min(_BLOCK, part.start - file.tell()))):
            digest.update(block)
        file.truncate(part.start)
        if part.tag:
            tag.write_text(part.tag, "utf-8")
        else:
            tag.unlink(missing_ok=True)
        return file
