"""Files by their digest, on this machine: what was fetched once is not fetched again, whatever package it is part of.

blobs/ab/<sha256>         whole files, looked at again each time that they are used
partial/<sha256>, .tag    what a broken download left, to go on with
indexes/<sha256>.json     each catalog's index as it was last seen, for --offline
locks/                    so that of many processes only one fetches a file
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from filelock import FileLock

from onrecord.errors import OutputError
from onrecord.hashing import sha256_file, sha256_text
from onrecord.paths import failure, write_whole

_POLL_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Cache:
    """A cache in a folder, which is made when it is first written to."""

    folder: Path

    def blob(self, digest: str) -> Path:
        """Where the file with a digest lies, or will."""
        return self.folder / "blobs" / digest[:2] / digest

    def partial(self, digest: str) -> Path:
        """Where the file with a digest grows."""
        return self.folder / "partial" / digest

    def holds(self, digest: str) -> bool:
        """Whether the file with a digest is there, with just these bytes."""
        try:
            return sha256_file(self.blob(digest)) == digest
        except FileNotFoundError:
            return False

    def keep(self, digest: str) -> None:
        """Give a partial file that has become whole its name; one there whose bytes have changed makes room."""
        path = self.blob(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.partial(digest).replace(path)

    def remember(self, address: str, name: str, index: bytes) -> None:
        """Keep an index as it was last seen."""
        with writing(self.folder):
            path = self._index(address, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, index)

    def remembered(self, address: str, name: str) -> bytes | None:
        """An index as it was last seen."""
        path = self._index(address, name)
        return path.read_bytes() if path.is_file() else None

    @contextmanager
    def alone(self, what: str) -> Iterator[None]:
        """Let one thread of one process at a time do something on this machine."""
        with writing(self.folder):
            folder = self.folder / "locks"
            folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(folder / sha256_text(what))
            lock.acquire(poll_interval=_POLL_SECONDS)
        try:
            yield
        finally:
            lock.release()

    def _index(self, address: str, name: str) -> Path:
        return self.folder / "indexes" / f"{sha256_text(f'{address} {name}')}.json"


def default_cache() -> Cache:
    """The cache in ONRECORD_CACHE, or where this system keeps a user's caches."""
    folder = os.environ.get("ONRECORD_CACHE")
    return Cache(Path(folder) if folder else platformdirs.user_cache_path("onrecord"))


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Say in one line why something could not be written.

    Raises:
        OutputError: the block raised an OSError that is none of ours.
    """
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        message = f"expected to write {place}, but: {failure(error)}; free it, or set ONRECORD_CACHE or --to to another place"
        raise OutputError(message) from error
