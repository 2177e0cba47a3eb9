"""What a package says of itself, in the words of Datasette's metadata; nothing is written down a second time.

Source: https://docs.datasette.io/en/0.65/metadata.html
"""

from collections.abc import Mapping, Sequence
from typing import Any

from onrecord.datapackage import Package
from onrecord.schemas import Field, TableSchema
from onrecord.serve.display import KEPT, Query, View, display_of, queries_for, views_for
from onrecord.serve.site import PLUGIN

Json = dict[str, Any]


def site_metadata(packages: Sequence[Package]) -> Json:
    """Datasette's metadata for a site of these packages, a database each.

    Args:
        packages: the packages, each with a name of its own. One alone gives the whole site its title and licence.
    """
    databases = {package.name: database_metadata(package) for package in packages}
    if len(packages) == 1:
        return _about(packages[0]) | {"databases": databases}
    return {"title": "Figures and statements on record", "databases": databases}


def database_metadata(package: Package) -> Json:
    """Datasette's metadata for one package: title, licence, sources, tables with their columns, and canned queries."""
    schemas, about = package.schemas(), _about(package)
    queries = {name: about | _query(query) for name, query in queries_for(schemas).items()}
    tables = {name: table_metadata(schema) for name, schema in schemas.items()}
    for name, view in views_for(schemas).items():
        tables |= {name: _view(view), name + KEPT: {"hidden": True}}
    return about | {"tables": tables, "queries": queries, "plugins": {PLUGIN: links(schemas) | machine(package)}}


def table_metadata(schema: TableSchema) -> Json:
    """Datasette's metadata for a table: its title, what its columns mean, and how it is shown at first."""
    display = display_of(schema)
    found = {
        "title": schema.title,
        "description": schema.description,
        "columns": {field.name: column_description(field) for field in schema.fields},
        "label_column": display.label,
        "facets": list(display.facets),
        "sort": display.sort,
        "sort_desc": display.sort_desc,
        "fts_table": f"{schema.name}_fts" if display.search else None,
        "fts_pk": "rowid" if display.search else None,
    }
    return {key: value for key, value in found.items() if value}


def column_description(field: Field) -> str:
    """What a column means, with its unit and the values that it may hold.

    >>> column_description(Field("mass", "number", {"title": "Mass", "description": "How heavy.", "unit": "kg"}))
    'Mass: How heavy. Unit: kg.'
    """
    unit = field.descriptor.get("unit", "1")
    parts = [f"{field.title}: {field.description}" if field.description else field.title]
    parts += [f"Unit: {unit}."] if unit != "1" else []
    values = [f"{value} ({label})" if label else value for value, label in field.categories.items()]
    parts += [f"Values: {', '.join(values)}."] if values else []
    return " ".join(parts)


def _query(query: Query) -> dict[str, Any]:
    told = {"title": query.title, "description": query.description, "parameters": dict(query.parameters)}
    return told | {"sql": query.sql.strip(), "hide_sql": True}


def _view(view: View) -> Json:
    return {"title": view.title, "description": view.description}


def links(schemas: Mapping[str, TableSchema]) -> Json:
    """Which columns name a row of which table: by foreign key in each table, and by primary key in any query."""
    keys = {schema.primary_key[0]: name for name, schema in schemas.items() if len(schema.primary_key) == 1}
    tables = {
        name: {key.fields[0]: key.table for key in schema.foreign_keys if len(key.fields) == 1}
        for name, schema in schemas.items()
    }
    return {"keys": keys, "tables": tables}


def machine(package: Package) -> Json:
    """What programs are told of a package beyond its words: its version, and the unit of each column that has one."""
    schemas, descriptor = package.schemas(), package.descriptor
    units = {
        name: {field.name: {"unit": field.descriptor["unit"]} for field in schema.fields if field.descriptor.get("unit")}
        | {column: {"unit_column": unit} for column, unit in display_of(schema).units.items()}
        for name, schema in schemas.items()
    }
    told = {key: descriptor[key] for key in ("version", "created", "keywords", "contributors") if descriptor.get(key)}
    found = {"units": {name: columns for name, columns in units.items() if columns}, "package": told}
    return {key: value for key, value in found.items() if value}


def _about(package: Package) -> Json:
    descriptor = package.descriptor
    licences = _entries(descriptor, "licenses")
    sources = _entries(descriptor, "sources")
    version = f"{package.name} {package.version}" if package.version else package.name
    found = {
        "title": descriptor.get("title") or package.name,
        "description": descriptor.get("description"),
        "license": ", ".join(str(entry.get("title") or entry.get("name")) for entry in licences),
        "license_url": _address(licences),
        "source": "; ".join(str(entry["title"]) for entry in sources[:3] if entry.get("title"))
        + (f" and {len(sources) - 3} more" if len(sources) > 3 else ""),
        "source_url": _address(sources),
        "about": version,
        "about_url": _address([{"path": descriptor.get("homepage")}]),
    }
    return {key: value for key, value in found.items() if value}


def _entries(descriptor: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = descriptor.get(key)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _address(entries: Sequence[Mapping[str, Any]]) -> str | None:
    """The web address of the only entry; several have no common one, and any other scheme is no link for a visitor."""
    path = str(entries[0].get("path", "")) if len(entries) == 1 else ""
    return path if path.startswith(("http://", "https://")) else None
