"""Files to articles, by the ends of their names."""

from collections.abc import Callable, Iterator
from pathlib import Path

from onrecord.records import Article
from onrecord.settings import ArticleSettings, Columns
from onrecord.source.pieces import Piece, Reading, page_pieces, record_pieces, refused, text_pieces, unreadable


def _table_pieces(reading: Reading) -> Iterator[Piece]:
    from onrecord.source.tables import csv_pieces, parquet_pieces  # loading polars takes 0.1 s

    return (csv_pieces if reading.path.suffix.lower() == ".csv" else parquet_pieces)(reading)


def _archive_pieces(reading: Reading) -> Iterator[Piece]:
    from onrecord.source.web_archive import archive_pieces

    return archive_pieces(reading)


_SINGLE: dict[str, Callable[[Reading], Iterator[Piece]]] = {".txt": text_pieces, ".html": page_pieces, ".htm": page_pieces}
_MANY: dict[str, Callable[[Reading], Iterator[Piece]]] = {
    ".jsonl": record_pieces,
    ".jsonl.gz": record_pieces,
    ".jsonl.zst": record_pieces,
    ".csv": _table_pieces,
    ".parquet": _table_pieces,
    ".warc": _archive_pieces,
    ".warc.gz": _archive_pieces,
}
FORMATS = tuple(name for name in _SINGLE | _MANY if name != ".htm")


def pieces(reading: Reading) -> Iterator[Piece]:
    """The articles of a file, none of which is read yet, in the order of the file and in bounded memory.

    What is no article is a piece too, which raises InputError when it is read; this function itself raises nothing.
    """
    path = reading.path
    ending = next((each for each in _SINGLE | _MANY if path.name.lower().endswith(each)), None)
    if ending is None:
        yield refused(0, f"expected a file that ends in {', '.join(FORMATS)}, found {path}; convert or rename it")
        return
    if ending in _MANY and reading.known and reading.known.id:
        message = f"expected no id for {path}, whose articles have their own, found {reading.known.id}; remove it"
        yield refused(0, message)
        return
    try:
        yield from (_SINGLE | _MANY)[ending](reading)
    except OSError as error:
        yield refused(0, str(unreadable(path, error)))


def read_file(
    path: Path, known: ArticleSettings | None = None, *, time_zone: str = "Europe/London", columns: Columns | None = None
) -> Iterator[Article]:
    """Read the articles of one file.

    Args:
        path: a file whose name ends as one of `FORMATS`.
        known: what collection.toml says of it; it wins over what the text says.
        time_zone: the IANA time zone of clock times in the text that name none.
        columns: what its columns are called, where it has some.

    Yields:
        The articles in the order of the file: one, or as many as it has records.

    Raises:
        InputError: the file is missing, empty, binary, in another encoding or format, or a record is not as it must be.

    >>> next(read_file(Path("nowhere.txt")))
    Traceback (most recent call last):
    onrecord.errors.InputError: expected a file, found nothing at nowhere.txt; check the path
    """
    for piece in pieces(Reading(path, known, time_zone, columns or Columns())):
        yield piece.read().article()
