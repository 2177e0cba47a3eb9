"""What a store is: files under paths, read as they come in, and where one may write, never over what is there."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from onrecord.errors import InvalidData

_STEP = re.compile(r"(?!\.{1,2}$)[^\x00-\x1f\x7f/\\:]{1,255}")


@dataclass(frozen=True, slots=True)
class Part:
    """A file from some byte on, while it comes in.

    Attributes:
        start: the place of its first byte in the file: the one that was asked for, or 0 where the file begins anew.
        tag: what names this state of the file, to go on with it later; None where the store does not say.
        total: how long the store says the whole file is.
        chunks: the bytes; a broken connection raises `Interrupted` here.
    """

    start: int
    tag: str | None
    total: int | None
    chunks: Iterator[bytes]


class Store(Protocol):
    """A place to read from. Its methods may be called from several threads at once."""

    @property
    def address(self) -> str:
        """What it is called in messages and in the lock file."""

    def open(self, path: str, start: int = 0, tag: str | None = None) -> AbstractContextManager[Part]:
        """Read a file, from a byte on only where it is still in the state that `tag` names.

        Raises:
            Missing: there is no such file.
            Interrupted: it did not come, or not whole; trying again may help.
            TransferError: it will not come.
            InvalidData: the path leads out of the store.
        """

    def close(self) -> None:
        """Give its connections back."""


class WritableStore(Store, Protocol):
    """A place to publish to."""

    def create(self, path: str, data: bytes) -> None:
        """Write a file that is not there yet; the same bytes there already are as good.

        Raises:
            Conflict: other bytes are there.
            OutputError: it cannot be written.
        """

    def replace(self, path: str, data: bytes, tag: str | None) -> None:
        """Write a file in one step if it is as it was read: with this tag, or not there at all where the tag is None.

        Raises:
            Conflict: it has changed since, or is there.
            OutputError: it cannot be written.
        """


def inside(path: str, where: str) -> str:
    """A path as it may stand in a catalog: relative, forward, never above.

    Raises:
        InvalidData: it is another.

    >>> inside("data/figures.csv", "SHA256SUMS")
    'data/figures.csv'
    >>> inside("../secret", "SHA256SUMS")
    Traceback (most recent call last):
    onrecord.errors.InvalidData: expected paths inside of the package, found '../secret' in SHA256SUMS; tell its publisher
    """
    if all(_STEP.fullmatch(step) for step in path.split("/")):
        return path
    raise InvalidData(f"expected paths inside of the package, found {path!r} in {where}; tell its publisher")


def read_whole(store: Store, path: str, most: int) -> tuple[bytes, str | None]:
    """A small file's bytes and its tag.

    Raises:
        InvalidData: it is longer than `most` bytes, or says so.
        TransferError: it cannot be read.
    """
    with store.open(path) as part:
        data = bytearray()
        if (part.total or 0) <= most:
            for chunk in part.chunks:
                data += chunk
                if len(data) > most:
                    break
            else:
                return bytes(data), part.tag
        found = max(part.total or 0, len(data))
        raise InvalidData(f"expected at most {most} bytes for {path} in {store.address}, found {found}; tell its publisher")
