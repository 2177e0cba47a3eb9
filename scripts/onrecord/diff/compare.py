"""Rows of two versions, matched by their keys."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from onrecord.datapackage import Package, parts_of, read_package
from onrecord.errors import InvalidData
from onrecord.schemas import TableSchema
from onrecord.validate.typed import typed_table

Tables = Mapping[str, pl.DataFrame]
Schemas = Mapping[str, TableSchema]


@dataclass(frozen=True, slots=True)
class TableDiff:
    """What became of one table.

    `added` and `removed` hold whole rows; `changed` holds, by column, the keys of the rows whose cell is another, with the
    columns `old` and `new`. Columns that only one version has are not compared cell by cell.
    """

    key: tuple[str, ...]
    added: pl.DataFrame
    removed: pl.DataFrame
    changed: Mapping[str, pl.DataFrame]
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()

    @property
    def changed_keys(self) -> pl.DataFrame:
        """The keys of the rows that changed in some column, in order."""
        keys = [cells.select(self.key) for cells in self.changed.values()]
        return pl.concat(keys).unique().sort(self.key) if keys else self.added.select(self.key).clear()

    @property
    def counts(self) -> dict[str, int]:
        return {"added": self.added.height, "removed": self.removed.height, "changed": self.changed_keys.height}

    @property
    def empty(self) -> bool:
        return not (any(self.counts.values()) or self.columns_added or self.columns_removed)


def diff_packages(old: Path, new: Path) -> dict[str, TableDiff]:
    """What differs between two packages.

    Args:
        old: the folder of the one.
        new: the folder of the other.

    Returns:
        A diff a table that differs, in the order of the tables.

    Raises:
        InputError: there is no package.
        InvalidData: a table cannot be read.
    """
    before, after = read_package(old), read_package(new)
    return diff_tables(*load_differing(before, after), before.schemas(), after.schemas())


def diff_tables(old: Tables, new: Tables, old_schemas: Schemas, new_schemas: Schemas) -> dict[str, TableDiff]:
    """What differs between two sets of tables; a table that one of them lacks counts as empty there.

    >>> from onrecord.schemas import parse_schema
    >>> schemas = {"t": parse_schema("t", {"fields": [{"name": "id"}, {"name": "n", "type": "integer"}], "primaryKey": "id"})}
    >>> old, new = (pl.DataFrame(rows) for rows in ({"id": ["a", "b"], "n": [1, 2]}, {"id": ["b", "c"], "n": [3, 4]}))
    >>> diff_tables({"t": old}, {"t": new}, schemas, schemas)["t"].counts
    {'added': 1, 'removed': 1, 'changed': 1}
    """
    found = {}
    for name in (*new, *(name for name in old if name not in new)):
        schema = new_schemas.get(name) or old_schemas[name]
        before = old.get(name, pl.DataFrame(schema=schema.dtypes))
        after = new.get(name, pl.DataFrame(schema=schema.dtypes))
        same_key = name not in old_schemas or old_schemas[name].primary_key == schema.primary_key
        if not (compared := _compared(before, after, schema.primary_key, same_key)).empty:
            found[name] = compared
    return found


def load_tables(package: Package, known: Collection[tuple[str, str]] = ()) -> dict[str, pl.DataFrame]:
    """The typed tables of a package: from Parquet where it has it, which is many times faster, else from CSV.

    Args:
        package: the package.
        known: paths and digests of files of tables in several files that are left out.

    Raises:
        InvalidData: a file is missing or is not what its schema says; `onrecord verify` tells all that is wrong.
    """
    forms = {str(resource["name"]): resource for resource in package.resources}
    return {name: _load(package, name, schema, forms, known) for name, schema in package.schemas().items()}


def load_differing(old: Package, new: Package) -> tuple[dict[str, pl.DataFrame], dict[str, pl.DataFrame]]:
    """The typed tables of two packages, of tables in several files without the files that both have alike.

    What differs between them is what differs between the whole tables, since a key stands in one file of a package only.
    """
    both = _several(old) & _several(new)
    return load_tables(old, both), load_tables(new, both)


def _several(package: Package) -> set[tuple[str, str]]:
    """The Parquet files of tables in several files, each with its digest."""
    listed = [resource for resource in package.resources if isinstance(resource.get("path"), list)]
    return {
        (str(part["path"]), str(part["hash"]))
        for resource in listed
        if str(resource["name"]).endswith("-parquet")
        for part in parts_of(resource)
        if part.get("hash")
    }


def _load(
    package: Package,
    name: str,
    schema: TableSchema,
    forms: Mapping[str, Mapping[str, object]],
    known: Collection[tuple[str, str]],
) -> pl.DataFrame:
    if f"{name}-parquet" in forms:
        resource = forms[f"{name}-parquet"]
        told = [str(part.get("hash")) for part in parts_of(resource)]
        every = zip(package.files(resource), told, strict=True)
        paths = [path for path, digest in every if (path.relative_to(package.folder).as_posix(), digest) not in known]
        if not paths:
            return pl.DataFrame(schema=schema.dtypes)
        path = paths[0] if len(paths) == 1 else paths[0].parent
        try:
            rows = pl.concat(map(pl.read_parquet, paths))
        except (OSError, pl.exceptions.PolarsError) as error:
            reason = str(error).splitlines()[0]
            raise InvalidData(f"expected a table in Parquet at {path}, but: {reason}; restore the file") from error
        if rows.schema == schema.dtypes:
            return rows
        raise InvalidData(f"expected the columns and types of the schema {name} in {path}, found others; restore the file")
    typed, misfits = typed_table(package, schema)
    if misfits:
        raise InvalidData(f"{package.folder}: {misfits[0]}; run onrecord validate for all that is wrong")
    return typed


def _compared(old: pl.DataFrame, new: pl.DataFrame, key: tuple[str, ...], same_key: bool) -> TableDiff:
    columns_added = tuple(name for name in new.columns if name not in old.columns)
    columns_removed = tuple(name for name in old.columns if name not in new.columns)
    if not same_key:
        return TableDiff(key, new, old, {}, columns_added, columns_removed)
    added = new.join(old, on=key, how="anti", maintain_order="left")
    removed = old.join(new, on=key, how="anti", maintain_order="left")
    shared = [name for name in new.columns if name in old.columns and name not in key]
    changed = _changed(old.select(*key, *shared), new.select(*key, *shared), key, shared)
    return TableDiff(key, added, removed, changed, columns_added, columns_removed)


def _changed(old: pl.DataFrame, new: pl.DataFrame, key: tuple[str, ...], shared: list[str]) -> dict[str, pl.DataFrame]:
    """By column, the keys, old and new cells of rows that both have. One column is compared at a time, which bounds memory."""
    pairs = (
        old.select(*key)
        .with_row_index("before")
        .join(new.select(*key).with_row_index("after"), on=key, how="inner", maintain_order="right")
    )
    before, after = pairs["before"], pairs["after"]
    found = {}
    for name in shared:
        was, now = old[name].gather(before), new[name].gather(after)
        differ = _differ(was, now)
        if differ.any():
            cells = pl.DataFrame([was.filter(differ).alias("old"), now.filter(differ).alias("new")])
            found[name] = pairs.filter(differ).select(key).hstack(cells)
    return found


def _differ(old: pl.Series, new: pl.Series) -> pl.Series:
    if old.dtype != new.dtype:
        old, new = old.cast(pl.String), new.cast(pl.String)
    if old.dtype == pl.List:  # lists of text: as one text each, with a mark between that no text holds
        old, new = old.list.join("\x1f"), new.list.join("\x1f")
    return old.ne_missing(new)
