"""The lines of a file, compressed or not and of any size, one at a time; of one that is too long, its beginning."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from backports import zstd

from onrecord.errors import InputError

LONGEST = 10_000_000  # bytes of an article as it is stored; a long novel has 3 million

# What reading a file that is cut or damaged raises, on top of OSError.
BROKEN = (EOFError, zlib.error, gzip.BadGzipFile, zstd.ZstdError)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end, its number, and the byte at which it begins in the file as it is when uncompressed."""

    offset: int
    number: int
    data: bytes
    whole: bool = True


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Open a file for reading; what a .gz or .zst file holds is uncompressed on the way.

    Yields:
        What it holds, and the file as it is stored, whose position tells how much of it was read.
    """
    openers: dict[str, Callable[[IO[bytes]], object]] = {".gz": gzip.open, ".zst": zstd.open}
    with path.open("rb") as stored:
        opener = openers.get(path.suffix.lower())
        yield cast(IO[bytes], opener(stored)) if opener else stored, stored


def lines(file: IO[bytes]) -> Iterator[Line]:
    """Cut a file into lines in bounded memory.

    Args:
        file: as `opened` gives it.

    Yields:
        The lines; of one that is longer than an article can be, its beginning, which is not `whole`.

    >>> import io
    >>> [(line.offset, line.data) for line in lines(io.BytesIO(b"one\\ntwo"))]
    [(0, b'one\\n'), (4, b'two')]
    """
    offset = number = 0
    while data := file.readline(LONGEST + 1):
        number += 1
        end, rest = offset + len(data), data
        while len(rest) > LONGEST and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST + 1)
            end += len(rest)
        yield Line(offset, number, data, whole=rest is data and len(data) <= LONGEST)
        offset = end


def refuse_too_long(whole: bool, where: str) -> None:
    """Refuse what is larger than an article.

    Raises:
        InputError: it is, so it was not read whole.

    >>> refuse_too_long(False, "a.txt")
    Traceback (most recent call last):
    onrecord.errors.InputError: expected an article of at most 10 MB in a.txt, found a longer one; cut it or leave it out
    """
    if not whole:
        most = LONGEST // 1_000_000
        raise InputError(f"expected an article of at most {most} MB in {where}, found a longer one; cut it or leave it out")
