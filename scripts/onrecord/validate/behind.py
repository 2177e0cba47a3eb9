"""What has to hold between the cells that are read from words and the table `provenance`."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

import polars as pl

from onrecord.cells import row_key
from onrecord.records import Violation
from onrecord.schemas import Field, TableSchema

Tables = Mapping[str, pl.DataFrame]


def provenance_rules(tables: Tables, known: Mapping[str, TableSchema]) -> list[Violation]:
    """Each cell read from words has its provenance, and each provenance row has its cell."""
    if _all_have_provenance(tables, known):
        return []
    provenance, schema = tables["provenance"], known["provenance"]
    about = provenance.select("resource", "field", "row_id").with_row_index("line")
    parts = about.partition_by("resource", "field", as_dict=True, include_key=False)
    found, lost = [], []
    for table, field in _read_cells(known):
        frame, key = tables[table.name], table.primary_key[0]
        filled = frame.select(pl.col(key).alias("row_id"), field.name).with_row_index("row").drop_nulls(field.name)
        here = parts.pop((table.name, field.name), about.clear())
        if field.origin == "read":
            bare = filled.join(here, on="row_id", how="anti").sort("row").select("row", "row_id")
            expected = "a provenance row for the cell"
            found += [Violation(table.name, expected, "none", row + 2, row_id, field.name) for row, row_id in bare.iter_rows()]
        lost.append(here.join(filled, on="row_id", how="anti")["line"])
    lost += [part["line"] for part in parts.values()]  # of no column that is read from words
    for line in pl.concat(lost).sort():
        about_what = " ".join(map(str, provenance.select("resource", "row_id", "field").row(line)))
        key_words = row_key(provenance, schema, line)
        expected = "a filled cell that is read from words"
        found.append(Violation("provenance", expected, about_what, line + 2, key_words, "row_id"))
    return found


def _all_have_provenance(tables: Tables, known: Mapping[str, TableSchema]) -> bool:
    """Whether cells and provenance agree, without looking for those that do not."""
    about = tables["provenance"].select("resource", "row_id", "field")
    met = 0
    for table, cells in groupby(_read_cells(known), itemgetter(0)):
        here = about.filter(pl.col("resource") == table.name)
        if not _agree(here, tables[table.name], table.primary_key[0], [field for _, field in cells]):
            return False
        met += here.height
    return met == about.height


def _agree(about: pl.DataFrame, frame: pl.DataFrame, key: str, fields: Iterable[Field]) -> bool:
    """Whether provenance tells of each cell of some columns that is read from words, and of none that is not there.

    Asked of numbers, which takes a fifth of the time: that of a cell is its column's times the rows, and its row's.
    """
    ordered = sorted(fields, key=lambda field: field.origin != "read")
    numbers = {field.name: number * frame.height for number, field in enumerate(ordered)}
    rows = frame.select(pl.col(key).alias("row_id"), pl.int_range(pl.len()).alias("row"))
    column = pl.col("field").replace_strict(numbers, default=None, return_dtype=pl.Int64())
    met = about.join(rows, on="row_id", how="left").select(column + pl.col("row"))
    told = met.to_series().unique().sort()
    places = (pl.when(pl.col(name).is_not_null()).then(pl.int_range(pl.len()) + first) for name, first in numbers.items())
    filled = pl.concat(frame.select(place.alias(str(n)) for n, place in enumerate(places)).get_columns()).drop_nulls()
    if told.equals(filled):
        return True
    read = [field.name for field in ordered if field.origin == "read"]
    all_there = (told < len(read) * frame.height).sum() == sum(frame[name].count() for name in read)
    return all_there and pl.concat([told, filled]).n_unique() == filled.len()


def _read_cells(known: Mapping[str, TableSchema]) -> Iterator[tuple[TableSchema, Field]]:
    """The columns whose cells are read from words, of the tables that provenance speaks of."""
    for name in known["provenance"]["resource"].categories:
        if name in known and len(known[name].primary_key) == 1:
            yield from ((known[name], field) for field in known[name].fields if field.origin in ("read", "read_or_given"))
