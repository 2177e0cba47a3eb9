"""The Table Schemas of `schemas/*.json` as frozen models: the one place that everything about a column is derived from.

Source: Table Schema, Data Package v2 (https://datapackage.org/standard/table-schema/).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

import polars as pl

from onrecord.errors import InputError
from onrecord.paths import schemas_dir

Origin = Literal["read", "read_or_given", "given", "derived"]

TABLES = ("articles", "speakers", "statements", "statement_parts", "figures", "dates", "reviews", "provenance")

# What a reader of the published file gets for each Table Schema type.
_DTYPES: Mapping[str, pl.DataType] = MappingProxyType(
    {
        "string": pl.String(),
        "integer": pl.Int64(),
        "number": pl.Float64(),
        "boolean": pl.Boolean(),
        "date": pl.Date(),
        "datetime": pl.Datetime("us", "UTC"),
        "list": pl.List(pl.String()),
    }
)


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its Table Schema descriptor, with the parts that code asks for by name."""

    name: str
    type: str
    descriptor: Mapping[str, Any]

    @property
    def title(self) -> str:
        return str(self.descriptor.get("title", self.name))

    @property
    def description(self) -> str:
        return str(self.descriptor.get("description", ""))

    @property
    def constraints(self) -> Mapping[str, Any]:
        return MappingProxyType(self.descriptor.get("constraints", {}))

    @property
    def categories(self) -> Mapping[str, str]:
        """The values that the column may hold, each with what it means; empty where any value may stand."""
        return MappingProxyType(
            {
                str(entry["value"] if isinstance(entry, dict) else entry): str(entry.get("label", ""))
                if isinstance(entry, dict)
                else ""
                for entry in self.descriptor.get("categories", ())
            }
        )

    @property
    def origin(self) -> Origin:
        """Where a cell comes from: the article's words, the collection's settings, either, or other cells."""
        origin: Origin = self.descriptor.get("origin", "derived")
        return origin

    @property
    def delimiter(self) -> str:
        """What stands between the items of a list in a CSV cell."""
        return str(self.descriptor.get("delimiter", ","))

    @property
    def dtype(self) -> pl.DataType:
        return _DTYPES[self.type]


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns whose values have to be found in the columns of another table, or of the same one."""

    fields: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table: its columns in order and its keys."""

    name: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]
    descriptor: Mapping[str, Any]

    @property
    def title(self) -> str:
        return str(self.descriptor.get("title", self.name))

    @property
    def description(self) -> str:
        return str(self.descriptor.get("description", ""))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    @property
    def dtypes(self) -> dict[str, pl.DataType]:
        return {field.name: field.dtype for field in self.fields}

    def __getitem__(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


def parse_schema(name: str, descriptor: Mapping[str, Any]) -> TableSchema:
    """Read a Table Schema descriptor.

    Args:
        name: the table's name.
        descriptor: the parsed JSON.

    Raises:
        InputError: a field has no name or a type that onrecord does not know, or a key names a column that is not there.

    >>> parse_schema("t", {"fields": [{"name": "a", "type": "integer"}]}).names
    ('a',)
    """
    try:
        schema = TableSchema(
            name=name,
            fields=tuple(_field(name, number, entry) for number, entry in enumerate(_entries(name, descriptor))),
            primary_key=_names(descriptor.get("primaryKey", ())),
            unique_keys=tuple(_names(key) for key in descriptor.get("uniqueKeys", ())),
            foreign_keys=tuple(_foreign_key(name, key) for key in descriptor.get("foreignKeys", ())),
            descriptor=MappingProxyType(dict(descriptor)),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"schema {name}: expected keys and categories as Table Schema has them, but: {error!r}; correct it"
        ) from error
    keys = (schema.primary_key, *schema.unique_keys, *(key.fields for key in schema.foreign_keys))
    for column in (column for key in keys for column in key):
        if column not in schema.names:
            raise InputError(
                f"schema {name}: expected its keys to name columns of it, found {column!r}; correct the key or add the column"
            )
    return schema


@cache
def load_schemas() -> Mapping[str, TableSchema]:
    """All tables of `schemas/`, by name, parents before the tables that refer to them.

    >>> load_schemas()["figures"].primary_key
    ('figure_id',)
    """
    folder = schemas_dir()
    return MappingProxyType({name: parse_schema(name, json.loads((folder / f"{name}.json").read_bytes())) for name in TABLES})


def _entries(name: str, descriptor: Mapping[str, Any]) -> list[Any]:
    entries = descriptor.get("fields")
    if not isinstance(entries, list) or not entries:
        raise InputError(f"schema {name}: expected a list of fields, found {type(entries).__name__}; see Table Schema")
    return entries


def _field(table: str, number: int, entry: Any) -> Field:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise InputError(
            f"schema {table}, field {number + 1}: expected an object with a name, found {entry!r}; see Table Schema"
        )
    kind = entry.get("type", "string")
    if kind not in _DTYPES:
        raise InputError(
            f"schema {table}, field {entry['name']}: expected a type of {', '.join(_DTYPES)}, found {kind!r}; correct it"
        )
    field = Field(entry["name"], kind, MappingProxyType(entry))
    try:
        dict(field.categories), re.compile(field.constraints.get("pattern", ""))
    except re.error as error:
        raise InputError(
            f"schema {table}, field {field.name}: expected a regular expression as pattern, but: {error}"
        ) from error
    return field


def _names(key: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (key,) if isinstance(key, str) else tuple(key)


def _foreign_key(table: str, key: Mapping[str, Any]) -> ForeignKey:
    reference = key["reference"]
    return ForeignKey(_names(key["fields"]), reference.get("resource") or table, _names(reference["fields"]))
