"""The pieces of a file that are an article each: where each begins, and how it is read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NoReturn

from onrecord.errors import InputError
from onrecord.hashing import row_id
from onrecord.paths import failure
from onrecord.settings import ArticleSettings, Columns
from onrecord.source.encoding import decode
from onrecord.source.lines import BROKEN, LONGEST, Line, lines, opened, refuse_too_long
from onrecord.source.read import Draft, draft_page, draft_record, draft_text


@dataclass(frozen=True, slots=True)
class Piece:
    """An article in a file: where it begins, and how it is read.

    Attributes:
        offset: the byte at which it begins in the file as it is when uncompressed; in Parquet, the number of the row.
        read: gives the article, its lines not looked at, or raises InputError.
        stored: how much of the file as it is stored was read before it; None where `offset` says so.
    """

    offset: int
    read: Callable[[], Draft]
    stored: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A file to be read, and what is known of it.

    Attributes:
        path: the file.
        known: what collection.toml says of its articles.
        time_zone: the IANA time zone of clock times that name none.
        columns: what its columns are called, where it has some.
    """

    path: Path
    known: ArticleSettings | None = None
    time_zone: str = "Europe/London"
    columns: Columns = field(default_factory=Columns)


def refused(offset: int, message: str) -> Piece:
    """A piece that cannot be read, for a reason that is known already."""

    def read() -> NoReturn:
        raise InputError(message)

    return Piece(offset, read)


def no_article(path: Path) -> Piece:
    """What there is to a file without anything in it."""
    return refused(0, f"expected an article in {path}, found no text; give a file that has some")


def cut(path: Path, offset: int) -> Piece:
    """What there is to the rest of a compressed file that ends too early or is damaged."""
    return refused(offset, f"expected a whole file in {path}, found one that is cut or damaged here; get it again")


def page_id(text: str) -> str:
    """The id of a page that has none: its text's, so that it is the same wherever the page was found.

    >>> page_id("It rained.")
    'page_8b38b558e4df5eb3'
    """
    return row_id("page", text)


def text_pieces(reading: Reading) -> Iterator[Piece]:
    """A text file, which is one article."""
    yield Piece(0, partial(_read_text, reading))


def page_pieces(reading: Reading) -> Iterator[Piece]:
    """A web page, which is one article."""
    yield Piece(0, partial(_read_page, reading))


def record_pieces(reading: Reading) -> Iterator[Piece]:
    """The lines of a .jsonl file, plain or compressed; what precedes damage is read."""
    path, last = reading.path, None
    try:
        with opened(path) as (file, stored):
            for line in lines(file):
                if line.data.strip():
                    last = line
                    yield Piece(line.offset, partial(_read_line, line, reading), stored.tell())
    except BROKEN:
        yield cut(path, last.offset + len(last.data) if last else 0)
        return
    if last is None:
        yield no_article(path)


def _read_line(line: Line, reading: Reading) -> Draft:
    where = f"{reading.path}:{line.number}"
    refuse_too_long(line.whole, where)
    return draft_record(line.data, reading.known, time_zone=reading.time_zone, where=where, columns=reading.columns)


def _read_text(reading: Reading) -> Draft:
    where = str(reading.path)
    text = decode(_read_bytes(reading.path), where)
    return draft_text(_id(reading), text, reading.known, time_zone=reading.time_zone, where=where)


def _read_page(reading: Reading) -> Draft:
    data = _read_bytes(reading.path)
    return draft_page(_id(reading), data, reading.known, time_zone=reading.time_zone, where=str(reading.path))


def _id(reading: Reading) -> str:
    """The id that collection.toml gives, or else the file's path among the articles, without its ending and white space."""
    if reading.known and reading.known.id:
        return reading.known.id
    inner = PurePosixPath(reading.known.path if reading.known else reading.path.name).with_suffix("")
    return "_".join("/".join(inner.parts[1:] or inner.parts).split())


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST + 1)
    except OSError as error:
        raise unreadable(path, error) from None
    refuse_too_long(len(data) <= LONGEST, str(path))
    return data


def unreadable(path: Path, error: OSError) -> InputError:
    """What to say of a file that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return InputError(f"expected a file, found nothing at {path}; check the path")
    return InputError(f"expected to read {path}, but: {failure(error)}; check the path")
