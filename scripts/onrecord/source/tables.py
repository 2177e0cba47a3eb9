"""Tables with an article a row: .csv and .parquet."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

import polars as pl

from onrecord.errors import InputError
from onrecord.settings import FILE
from onrecord.source.encoding import decode
from onrecord.source.lines import LONGEST, lines, refuse_too_long
from onrecord.source.pieces import Piece, Reading, no_article, refused
from onrecord.source.read import Draft, draft_values

_ROWS = 256  # of a Parquet file at a time


@dataclass(slots=True)
class _Feed:
    """The lines of a file for the csv module, which asks for as many as a row has."""

    file: IO[bytes]
    end: int = 0
    number: int = 0
    whole: bool = True

    def __iter__(self) -> Iterator[str]:
        for line in lines(self.file):
            self.number, self.whole = line.number, self.whole and line.whole
            self.end = line.offset + len(line.data)
            yield line.data.decode("utf-8", "surrogateescape")


def csv_pieces(reading: Reading) -> Iterator[Piece]:
    """The rows of a .csv file below its header: comma, double quotes, UTF-8."""
    csv.field_size_limit(LONGEST)  # the module has one for all readers, and its own is shorter than a long article
    with reading.path.open("rb") as file:
        feed = _Feed(file)
        rows = csv.reader(feed)
        header: list[str] | None = None
        while True:
            offset, number, feed.whole = feed.end, feed.number + 1, True
            where = f"{reading.path}:{number}"
            try:
                cells = next(rows, None)
            except csv.Error as error:
                yield refused(offset, f"expected a row of a table in {where}, found: {error}; correct that row")
                continue
            if cells is None:
                break
            if header is None:
                header = [cell.removeprefix("\ufeff").strip() for cell in cells]
                if problem := _lacking(header, reading):
                    yield refused(0, problem)
                    return
            elif cells:
                yield Piece(offset, partial(_read_row, reading, where, header, cells, feed.whole))
    if header is None:
        yield no_article(reading.path)


def parquet_pieces(reading: Reading) -> Iterator[Piece]:
    """The rows of a .parquet file."""
    path = reading.path
    try:
        table = pl.scan_parquet(path, glob=False)
        names = table.collect_schema().names()
    except (pl.exceptions.PolarsError, OSError):
        yield refused(0, f"expected a Parquet file at {path}, found one that is cut or damaged; get it again")
        return
    if problem := _lacking(names, reading):
        yield refused(0, problem)
        return
    number, size = 0, path.stat().st_size
    height = table.select(pl.len()).collect().item()
    wanted = [name for name in names if name in dict(reading.columns.named())]
    try:
        for rows in table.select(wanted).collect_batches(chunk_size=_ROWS, maintain_order=True):
            for row in rows.iter_rows(named=True):
                yield Piece(number, partial(_read_cells, reading, f"row {number} of {path}", row), size * number // height)
                number += 1
    except pl.exceptions.PolarsError:
        yield refused(number, f"expected a Parquet file at {path}, found one that is damaged after row {number}; get it again")
        return
    if not number:
        yield no_article(path)


def _lacking(names: Sequence[str], reading: Reading) -> str | None:
    """What to say of a table without the two columns that an article must have."""
    lacking = [name for name in (reading.columns.id, reading.columns.text) if name not in names]
    if not lacking:
        return None
    found = ", ".join(names)[:200]
    return f"expected the column {lacking[0]} in {reading.path}, found {found}; name it in [columns] of {FILE}"


def _read_row(reading: Reading, where: str, header: Sequence[str], cells: Sequence[str], whole: bool) -> Draft:
    refuse_too_long(whole, where)
    decode("\n".join(cells).encode("utf-8", "surrogateescape"), where)
    if len(cells) != len(header):
        raise InputError(f"expected {len(header)} cells in {where}, found {len(cells)}; correct that row")
    return _read_cells(reading, where, dict(zip(header, cells, strict=True)))


def _read_cells(reading: Reading, where: str, row: dict[str, Any]) -> Draft:
    number = row.get(reading.columns.id)
    if isinstance(number, int):  # a database's key
        row = row | {reading.columns.id: str(number)}
    return draft_values(row, reading.known, time_zone=reading.time_zone, where=where, columns=reading.columns)
