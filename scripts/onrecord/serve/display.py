"""The data files of this folder: what the site shows of a table beyond its schema, views, canned queries, names of units."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from onrecord.schemas import TableSchema, load_schemas

KEPT = "_kept"  # the end of the name of the table that holds what a view says

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Display:
    """How a table is shown: its label, what is searched and counted, the first order, where a unit stands, what is left out."""

    label: str | None = None
    search: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    sort: str | None = None
    sort_desc: str | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    indexes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    first: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    ranked: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A canned query: what it is called and tells, the tables that it needs, its SQL, and what its parameters mean."""

    title: str
    description: str
    tables: tuple[str, ...]
    sql: str
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class View:
    """A view over all articles: what it is called and tells, the tables that it needs, its SQL."""

    title: str
    description: str
    tables: tuple[str, ...]
    sql: str


def display_of(schema: TableSchema) -> Display:
    """How a table is shown, as far as its schema has the columns.

    >>> from onrecord.schemas import load_schemas
    >>> display_of(load_schemas()["speakers"]).label
    'name'
    """
    entry = _read("display.toml").get(schema.name, {})
    label, sort, sort_desc = (
        entry.get(key) if entry.get(key) in schema.names else None for key in ("label", "sort", "sort_desc")
    )
    search, facets = (tuple(name for name in entry.get(key, ()) if name in schema.names) for key in ("search", "facets"))
    units = {name: unit for name, unit in entry.get("units", {}).items() if {name, unit} <= set(schema.names)}
    first, hidden = (
        tuple(entry.get(key, ())) if set(entry.get(key, ())) <= set(schema.names) else () for key in ("first", "hidden")
    )
    indexes = {
        name: f"({', '.join(index['terms'])})" + (f" WHERE {index['where']}" if "where" in index else "")
        for name, index in entry.get("indexes", {}).items()
        if set(index["columns"]) <= set(schema.names)
    }
    return Display(
        label, search, facets, sort, sort_desc, units, MappingProxyType(indexes), first, hidden, entry.get("ranked", False)
    )


def queries_for(tables: Collection[str]) -> dict[str, Query]:
    """The canned queries that a package with these tables can answer, by their name in the address.

    >>> list(queries_for(["figures"]))
    []
    """
    every = {name: Query(**entry | {"tables": tuple(entry["tables"])}) for name, entry in _read("queries.toml").items()}
    return {name: query for name, query in every.items() if set(query.tables) <= set(tables)}


def views_for(schemas: Mapping[str, TableSchema]) -> dict[str, View]:
    """The views that a package with these tables and their columns can have, by name.

    >>> views_for({})
    {}
    """
    ours = load_schemas()
    every = {name: View(**entry | {"tables": tuple(entry["tables"])}) for name, entry in _read("views.toml").items()}
    return {
        name: view
        for name, view in every.items()
        if all(table in schemas and set(schemas[table].names) >= set(ours[table].names) for table in view.tables)
    }


def unit_name(code: str | None) -> str:
    """What people call a unit, in the plural; a code without a name stands as it is.

    >>> unit_name("[mi_i]/h"), unit_name("kg/a"), unit_name("GBP")
    ('miles per hour', 'kilograms per year', 'GBP')
    """
    names = _read("units.toml")
    above, _, below = (code or "").partition("/")
    if code not in names and above in names and str(names.get(below, "")).endswith("s"):
        return f"{names[above]} per {names[below].removesuffix('s')}"
    return str(names.get(code or "", code or ""))


@cache
def _read(name: str) -> Mapping[str, Any]:
    return MappingProxyType(tomllib.loads((_HERE / name).read_text("utf-8")))
