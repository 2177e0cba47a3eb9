"""The site for machines: JSON with units, JSON-LD, OpenGraph, and the links that lead from a page to its data.

Each page of a package or a statement gets `jsonld` (for `<script type="application/ld+json">`), and every page can call
`open_graph`.
"""

import json
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from datasette import Response, hookimpl
from datasette.renderer import json_renderer
from datasette.utils import tilde_decode, tilde_encode
from datasette.utils.asgi import NotFound
from markupsafe import Markup

from onrecord.serve.jsonld import data_block, dataset, quotation
from onrecord.serve.site import PLUGIN
from onrecord.serve.site.rows import statement_row

Json = dict[str, Any]


@hookimpl
def register_output_renderer() -> list[Json]:
    """JSON in objects with units, and JSON-LD of packages and statements."""
    return [
        {"extension": "json", "render": _json},
        {
            "extension": "jsonld",
            "render": _jsonld,
            "can_render": lambda view_name, table: view_name == "row" and table == "statements",
        },
    ]


@hookimpl
def extra_template_vars(datasette: Any, view_name: str, database: str | None, request: Any) -> Any:
    """`open_graph` and the addresses of its data on every page, `jsonld` on a package's."""
    common: Json = {"open_graph": open_graph}
    if request:
        common["open_graph"] = partial(open_graph, url=absolute_url(datasette, request, request.full_path))
        common["alternates"] = list(alternates(request.path))
    if database and view_name == "database":
        return lambda: _with_dataset(common, datasette, request, database)
    return common


async def _with_dataset(common: Json, datasette: Any, request: Any, database: str) -> Json:
    try:
        found = await dataset_jsonld(datasette, request, database)
    except NotFound:
        return common
    return common | {"jsonld": data_block(found)}


def open_graph(title: str, description: str = "", url: str = "", kind: str = "website") -> Markup:
    """OpenGraph's meta elements.

    >>> str(open_graph('"Seals"'))
    '<meta property="og:type" content="website">\\n<meta property="og:title" content="&#34;Seals&#34;">'
    """
    pairs = {"og:type": kind, "og:title": title, "og:description": description[:300], "og:url": url}
    elements = [Markup('<meta property="{}" content="{}">').format(name, words) for name, words in pairs.items() if words]
    return Markup("\n").join(elements)


def alternates(path: str) -> Iterable[tuple[str, str]]:
    """The addresses of a page's data, with their media types.

    >>> [url for url, _ in alternates("/seals/figures")]
    ['/seals/figures.csv']
    """
    parts = path.strip("/").split("/")
    if path == "/":
        return [("/releases.atom", "application/atom+xml")]
    if "." in parts[-1] or parts[0].startswith("-"):
        return []
    if len(parts) == 1:
        return [(f"{path}.atom", "application/atom+xml"), (f"{path}.jsonld", "application/ld+json")]
    if len(parts) == 2:
        return [(f"{path}.csv", "text/csv")]
    quotation = [(f"{path}.jsonld", "application/ld+json")] if parts[1] == "statements" else []
    return [(f"{path}.json?_shape=objects", "application/json"), *quotation]


async def dataset_jsonld(datasette: Any, request: Any, name: str) -> Json:
    """A package as a schema.org Dataset."""
    about = about_package(datasette, name)
    address = absolute_url(datasette, request, datasette.urls.database(name))
    counts = await datasette.get_database(name).table_counts()
    tables = [
        (table, f"{address}/{tilde_encode(table)}.csv", counts[table])
        for table, told in about["tables"].items()
        if counts.get(table) is not None and not told.get("hidden")
    ]
    return dataset(address, about, about["plugins"][PLUGIN].get("package", {}), tables)


async def quotation_jsonld(datasette: Any, request: Any, name: str, identity: str) -> Json:
    """A statement as a schema.org Quotation."""
    row = await datasette.get_database(name).execute_fn(statement_row(identity))
    if row is None:
        raise NotFound("There is no such statement.")
    path = datasette.urls.row(name, "statements", tilde_encode(identity))
    return quotation(partial(absolute_url, datasette, request), path, row)


def _json(datasette: Any, args: Any, data: Json, view_name: str, database: str, table: str | None) -> Any:
    """Datasette's JSON, in objects unless the visitor asks for another shape, with each column's unit."""
    units = (datasette.plugin_config(PLUGIN, database=database) or {}).get("units", {}).get(table)
    if units and "rows" in data:
        data = {**data, "units": {column: unit for column, unit in units.items() if column in data["columns"]}}
    return json_renderer(_Shaped(args), data, view_name)


class _Shaped:
    """The arguments of a request, with objects for the shape where none is asked for."""

    def __init__(self, args: Any) -> None:
        self._args = args

    def get(self, name: str, default: Any = None) -> Any:
        return self._args.get(name, "objects" if name == "_shape" else default)

    def getlist(self, name: str) -> Any:
        return self._args.getlist(name)

    def __contains__(self, name: str) -> bool:
        return name in self._args


async def _jsonld(datasette: Any, request: Any, database: str, table: str | None, view_name: str) -> Any:
    if view_name == "database":
        found = await dataset_jsonld(datasette, request, database)
    elif view_name == "row" and table == "statements":
        found = await quotation_jsonld(datasette, request, database, tilde_decode(request.url_vars["pks"]))
    else:
        raise NotFound("JSON-LD is made of packages and statements.")
    return Response(json.dumps(found, ensure_ascii=False, indent=2), content_type="application/ld+json; charset=utf-8")


def about_package(datasette: Any, name: str) -> Mapping[str, Any]:
    """What the site's metadata says of a package; NotFound if there is none of the name."""
    found: Mapping[str, Any] | None = (datasette.metadata("databases") or {}).get(name)
    if found is None:
        raise NotFound("There is no such package.")
    return found


def absolute_url(datasette: Any, request: Any, path: str) -> str:
    """A path with scheme and host."""
    return str(datasette.absolute_url(request, path))
