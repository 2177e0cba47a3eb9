"""`display.toml` and `queries.toml`: what the site shows of a table beyond its schema, and the canned queries."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from onrecord.schemas import TableSchema

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Display:
    """How a table is shown: its label, what is searched and counted, the first order, where a unit stands, what is left out."""

    label: str | None = None
    search: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    sort: str | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    indexes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    first: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A canned query: what it is called and tells, the tables that it needs, its SQL, and what its parameters mean."""

    title: str
    description: str
    tables: tuple[str, ...]
    sql: str
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def display_of(schema: TableSchema) -> Display:
    """How a table is shown, as far as its schema has the columns.

    >>> from onrecord.schemas import load_schemas
    >>> display_of(load_schemas()["speakers"]).label
    'name'
    """
    entry = _read("display.toml").get(schema.name, {})
    label, sort = (entry.get(key) if entry.get(key) in schema.names else None for key in ("label", "sort"))
    search, facets = (tuple(name for name in entry.get(key, ()) if name in schema.names) for key in ("search", "facets"))
    units = {name: unit for name, unit in entry.get("units", {}).items() if {name, unit} <= set(schema.names)}
    first, hidden = (
        tuple(entry.get(key, ())) if set(entry.get(key, ())) <= set(schema.names) else () for key in ("first", "hidden")
    )
    indexes = {
        name: tuple(index["terms"])
        for name, index in entry.get("indexes", {}).items()
        if set(index["columns"]) <= set(schema.names)
    }
    return Display(label, search, facets, sort, units, MappingProxyType(indexes), first, hidden)


def queries_for(tables: Collection[str]) -> dict[str, Query]:
    """The canned queries that a package with these tables can answer, by their name in the address.

    >>> list(queries_for(["figures"]))
    []
    """
    every = {name: Query(**entry | {"tables": tuple(entry["tables"])}) for name, entry in _read("queries.toml").items()}
    return {name: query for name, query in every.items() if set(query.tables) <= set(tables)}


@cache
def _read(name: str) -> Mapping[str, Any]:
    return MappingProxyType(tomllib.loads((_HERE / name).read_text("utf-8")))
