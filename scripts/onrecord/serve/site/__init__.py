"""The Datasette plugin: names instead of ids, numbers without a needless .0, and the words behind a row on its page.

`templates/` and `static/` beside this file are found by Datasette itself.
Source: https://docs.datasette.io/en/0.65/plugin_hooks.html
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from typing import Any

from datasette import hookimpl
from datasette.utils import tilde_decode, tilde_encode
from markupsafe import Markup

from onrecord.schemas import load_schemas
from onrecord.serve.display import Display, display_of, unit_name
from onrecord.serve.site import rows
from onrecord.serve.site.pages import charts_page, file_page, row_page, search_page
from onrecord.serve.site.published import attached
from onrecord.serve.site.words import EXPLAINED, LABEL, WORDS, short
from onrecord.wording import VALUE_COLUMNS, figure_value, number

PLUGIN = "onrecord"

COUNT_MILLISECONDS = 200  # for a table, once: what is published does not change

_COUNTED = {"articles", "figures", "statements", "speakers"}  # on the first page; the package's own page lists every table

# The cells that lead to their row's page, and the key of the row.
_KEYS = {
    ("articles", "title"): "article_id",
    ("dates", "text"): "date_id",
    ("figures", "text"): "figure_id",
    ("statements", "text"): "statement_id",
    ("speakers", "name"): "speaker_id",
}

_GROUPED = 10_000  # whole numbers from here on have their thousands grouped: what is smaller may be a year


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The pages of our own; a row's page stands at the address that Datasette gives the row."""
    key = r"(?P<pks>[^/.]+)$"
    return [
        (r"^/-/search$", search_page),
        (r"^/-/charts/(?P<database>[^/.]+)$", charts_page),
        (r"^/-/files/(?P<database>[^/]+)/(?P<path>.+)$", file_page),
        (rf"^/(?P<database>[^/.]+)/(?P<table>articles|figures|speakers|statements)/{key}", row_page),
    ]


@hookimpl
def prepare_connection(conn: Any) -> None:
    """SQL says a figure in the same words as the pages."""
    conn.create_function(
        "figure_value",
        len(VALUE_COLUMNS),
        lambda *cells: figure_value(dict(zip(VALUE_COLUMNS, cells, strict=True))),
        deterministic=True,
    )


@hookimpl
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any
) -> Markup | str | Awaitable[Markup] | None:
    """A cell as a visitor reads it; None leaves it to Datasette."""
    links = datasette.plugin_config(PLUGIN, database=database)
    if not links or (value is None and (table, column) != ("figures", "low")):
        return None
    if table == "figures" and column == "low":
        return figure_value(dict(zip(row.keys(), row, strict=True)))
    if isinstance(value, float):
        return number(value)
    if isinstance(value, int) and abs(value) >= _GROUPED:
        return f"{value:,}"
    if column == "unit" and "figures" in links["tables"]:
        return unit_name(value)
    if target := (links["tables"].get(table) or {}).get(column):
        if isinstance(value, dict):  # Datasette has looked the label up
            return _link(datasette, database, target, value["value"], short(value["label"]))
        return _looked_up(datasette, database, str(table), column, target, value)
    columns = row.keys()
    if column == "row_id" and "resource" in columns and row["resource"] in links["tables"]:
        return _link(datasette, database, row["resource"], value, None)
    if table is not None and table in links["tables"]:
        key = _KEYS.get((table, column))
        return _link(datasette, database, table, row[key], short(value, 4 * LABEL)) if key in columns else None
    if column in links["keys"]:
        return _link(datasette, database, links["keys"][column], value, None)
    key = f"{column}_id"
    if key in columns and key in links["keys"] and row[key] is not None:
        return _link(datasette, database, links["keys"][key], row[key], value)
    return None


@hookimpl
def extra_template_vars(
    database: str | None, table: str | None, view_name: str, request: Any, datasette: Any
) -> Mapping[str, Any] | Callable[[], Awaitable[Mapping[str, Any]]]:
    """What the templates show beyond Datasette's own: rows a table on the first page, a row's words on its page."""
    if view_name == "index":
        return lambda: _first_page(datasette)
    known = attached(datasette).get(database or "")
    common: dict[str, Any] = {**WORDS, **_notices(known)}
    if (view_name or "").startswith("our-"):
        return common
    if view_name == "database":
        return common | {"published": known}
    common |= _columns(known, table)
    if view_name == "row" and database and table and "provenance" in _linked_tables(datasette, database):
        return lambda: _evidence(datasette, database, table, tilde_decode(request.url_vars["pks"]), common)
    return common


def _linked_tables(datasette: Any, database: str) -> Mapping[str, Mapping[str, str]]:
    tables: Mapping[str, Mapping[str, str]] = (datasette.plugin_config(PLUGIN, database=database) or {}).get("tables", {})
    return tables


def _columns(known: Any, table: str | None) -> dict[str, Any]:
    """The columns' titles, their order without those that another cell says, and what the values of some mean."""
    schema = known.package.schemas().get(table) if known else None
    if schema is None:
        titles = {field.name: field.title for each in load_schemas().values() for field in each.fields}
        return {"titles": titles, "legend": {}, "arranged": lambda items, _key: items}
    titles = {field.name: field.title for field in schema.fields} | ({"low": "Value"} if table == "figures" else {})
    explained = [field for field in schema.fields if field.name in EXPLAINED]
    legend = {field.title: {value: words for value, words in field.categories.items() if words} for field in explained}
    return {"titles": titles, "legend": legend, "arranged": partial(_arranged, display_of(schema))}


def _arranged(display: Display, items: Iterable[Mapping[str, Any]], key: str) -> list[Mapping[str, Any]]:
    """Columns or cells as a page shows them, the telling ones first, a link to the row last."""
    others = len(display.first)
    rank = {name: place for place, name in enumerate(display.first)} | {"Link": others + 1}
    return sorted((item for item in items if item[key] not in display.hidden), key=lambda item: rank.get(item[key], others))


def _notices(known: Any) -> dict[str, Any]:
    """The package's title, and what its catalog says against the version that is served."""
    if known is None:
        return {}
    release, newest = known.release, known.index.newest if known.index else None
    about: dict[str, Any] = {"package_title": known.title}
    if release and newest and newest.version != release.version:
        about["newer"] = newest
    if release and release.status != "current":
        about |= {"version_status": release.status, "notices": release.notices}
    return about


async def _first_page(datasette: Any) -> Mapping[str, Any]:
    newest = {
        name: await datasette.get_database(name).execute_fn(rows.newest)
        for name, known in attached(datasette).items()
        if known.has_pages
    }
    notes = {name: _notices(attached(datasette).get(name)) for name in datasette.metadata("databases")}
    return {**WORDS, **await _counts(datasette), "newest": newest, "notes": notes}


async def _counts(datasette: Any) -> Mapping[str, Any]:
    """Rows a table, in the order of each package."""
    found = {}
    for name, about in datasette.metadata("databases").items():
        counts = await datasette.get_database(name).table_counts(COUNT_MILLISECONDS)
        shown = [table for table in about["tables"] if table in _COUNTED] or list(about["tables"])
        found[name] = {table: counts[table] for table in shown if counts.get(table) is not None}
    return {"counts": found}


async def _evidence(datasette: Any, database: str, table: str, row_id: str, common: Mapping[str, Any]) -> Mapping[str, Any]:
    """The words behind each cell of a row, by column, beside what every page of its kind has."""
    evidence = defaultdict(list)
    for row in await datasette.get_database(database).execute_fn(rows.words_behind(table, row_id)):
        evidence[row["field"]].append(row)
    return {**common, "evidence": evidence}


async def _looked_up(datasette: Any, database: str, table: str, column: str, target: str, value: object) -> Markup:
    """A foreign key on a row's page, where Datasette looks no label up."""
    labels = await datasette.expand_foreign_keys(database, table, column, [value])
    return _link(datasette, database, target, value, short(labels.get((column, value))))


def _link(datasette: Any, database: str, table: str, key: object, words: object) -> Markup:
    """A link to a row; a row without a label is called by its key."""
    address = datasette.urls.row(database, table, tilde_encode(str(key)))
    return Markup('<a href="{}" title="{}">{}</a>').format(address, key, words or key)
