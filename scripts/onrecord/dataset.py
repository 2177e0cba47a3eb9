"""A published version in Python: tables whose types come from their schemas, and the words behind them."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import polars as pl

from onrecord.datapackage import Package, read_package
from onrecord.errors import InputError, InvalidData, NoticeWarning
from onrecord.pull.lock import LOCK
from onrecord.pull.place import chosen, contents, is_placed, place
from onrecord.pull.reference import parse_reference
from onrecord.pull.run import Means, digests_of, fetch_all, opened
from onrecord.schemas import Field, TableSchema
from onrecord.validate.typed import typed_table


class Table(pl.DataFrame):
    """A polars frame whose `to_pandas` keeps what the schema says: whole numbers with gaps stay whole, dates stay dates.

    What a method of polars makes of it is a plain frame; there, say `to_pandas(use_pyarrow_extension_array=True)`.
    """

    def to_pandas(self, *args: Any, use_pyarrow_extension_array: bool = True, **options: Any) -> Any:
        """The table for pandas, in columns of Arrow's types; needs pandas and pyarrow (`onrecord[pandas]`)."""
        return super().to_pandas(*args, use_pyarrow_extension_array=use_pyarrow_extension_array, **options)


@dataclass(frozen=True, slots=True)
class Dataset:
    """One version of a package, its files checked.

    Attributes:
        package: its folder and its descriptor.
        notices: what is known against this version, a line each.
    """

    package: Package
    notices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.package.name

    @property
    def version(self) -> str:
        return self.package.version or ""

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its tables."""
        return tuple(self.package.tables)

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)

    def __getitem__(self, table: str) -> Table:
        """A table by its name, typed as its schema says.

        Raises:
            InputError: there is no such table.
            InvalidData: a cell is not of its column's type.
        """
        schema = self._schema(table)
        typed, misfits = typed_table(self.package, schema)
        if misfits:
            raise InvalidData(f"{self.name} {self.version}: {misfits[0]}; tell its publisher")
        return Table(typed)

    def describe(self, table: str) -> pl.DataFrame:
        """What the columns of a table mean: title, type, unit, description, and the values that may stand in it.

        Raises:
            InputError: there is no such table.
        """
        rows = [_described(field) for field in self._schema(table).fields]
        return pl.DataFrame(rows, schema=dict.fromkeys(_DESCRIBED, pl.String))

    def trace(self, row_id: str) -> pl.DataFrame:
        """The words behind a row: a line for each cell that was read from an article.

        Args:
            row_id: the key of a row of any table, such as a figure_id.

        Returns:
            The table and field; the exact words, with what stands before and after them; the article, its title and address,
            and the offsets of the words in it; the rule that read them.

        Raises:
            InputError: no row has this id.
        """
        rows = self["provenance"].filter(pl.col("row_id") == row_id).rename({"resource": "table"})
        if rows.is_empty() and not self._is_row(row_id):
            raise InputError(f"expected the id of a row of {self.name} {self.version}, found {row_id!r}; see p['figures']")
        articles = self["articles"].select("article_id", "title", "publisher", "url")
        columns = ("table", "row_id", "field", "exact", "prefix", "suffix", "article_id", "start", "end", "rule")
        return rows.select(columns).join(articles, on="article_id", how="left", maintain_order="left")

    def _schema(self, table: str) -> TableSchema:
        schemas = self.package.schemas()
        if table not in schemas:
            near = get_close_matches(table, schemas, 1)
            advice = f"did you mean {near[0]}?" if near else f"it has {', '.join(schemas)}"
            raise InputError(f"expected a table of {self.name} {self.version}, found {table!r}; {advice}")
        return schemas[table]

    def _is_row(self, row_id: str) -> bool:
        keys = {name: schema.primary_key for name, schema in self.package.schemas().items() if len(schema.primary_key) == 1}
        return any((part[key] == row_id).any() for name, (key,) in keys.items() for _, part in self.package.parts(name))


def load(
    wanted: str,
    catalog: str | None = None,
    *,
    offline: bool = False,
    locked: bool = False,
    signers: str | Path | None = None,
    means: Means | None = None,
) -> Dataset:
    """Open a published version; `onrecord.load` is this function, and says more of it.

    Args:
        wanted: NAME or NAME@RANGE.
        catalog: its address; None for ONRECORD_CATALOG, the lock's, or `datapackage` here.
        offline: use only what was fetched before.
        locked: refuse another version than the one in onrecord.lock, which is honoured in any case and never written here.
        signers: a file of allowed signers, one of whom must have signed.
        means: how files are fetched; the three above win.
    """
    given = means or Means()
    means = Means(given.cache, offline, Path(signers) if signers else None, given.meter, given.patience, given.sleep)
    with opened(parse_reference(wanted), catalog, Path(LOCK), locked, means) as (version, downloader):
        paths = chosen(version, "csv")
        files = contents(version, paths)
        folder = means.cache.folder / "packages" / f"{version.found.locked.manifest_sha256}-csv"
        with means.cache.alone(str(folder)):
            if not is_placed(folder, digests_of(version, paths, files)):
                place(folder, fetch_all(version, paths, downloader), files)
    notices = tuple(version.found.notices())
    for notice in notices:
        warnings.warn(notice, NoticeWarning, stacklevel=3)
    return Dataset(read_package(folder), notices)


_DESCRIBED = ("column", "title", "type", "unit", "description", "values")


def _described(field: Field) -> Mapping[str, str | None]:
    unit = field.descriptor.get("unit")
    values: Sequence[str] = [f"{value}: {label}" if label else value for value, label in field.categories.items()]
    cells = (field.name, field.title, field.type, None if unit in {None, "1"} else str(unit), field.description)
    return dict(zip(_DESCRIBED, (*cells, "; ".join(values) or None), strict=True))
