"""The site for machines: JSON with units, JSON-LD, OpenGraph, and the links that lead from a page to its data.

`dataset_jsonld`, `quotation_jsonld` and `open_graph` are for templates too: each page of a package or a statement gets
`jsonld` (for `<script type="application/ld+json">`), and every page can call `open_graph`.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from datasette import Response, hookimpl
from datasette.renderer import json_renderer
from datasette.utils import tilde_decode, tilde_encode
from datasette.utils.asgi import NotFound
from markupsafe import Markup

from onrecord.serve.site import PLUGIN

Json = dict[str, Any]

_QUOTATION = """
select statements.text, statements.said_on, statements.article_id, speakers.name as speaker, speakers.kind as speaker_kind,
  articles.title, articles.url, articles.publisher, articles.published_on, articles.language
from statements
join articles on articles.article_id = statements.article_id
left join speakers on speakers.speaker_id = statements.speaker_id
where statement_id = :id
"""


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
def extra_template_vars(datasette: Any, view_name: str, database: str | None, table: str | None, request: Any) -> Any:
    """`jsonld` on the pages of packages and statements, `open_graph` on all."""
    common = {"open_graph": open_graph}
    if database and view_name == "database":
        return lambda: _with(common, dataset_jsonld(datasette, request, database))
    if database and view_name in {"row", "our-statements"} and table == "statements":
        return lambda: _with(common, quotation_jsonld(datasette, request, database, tilde_decode(request.url_vars["pks"])))
    return common


async def _with(common: Json, jsonld: Any) -> Json:
    try:
        found = await jsonld
    except NotFound:
        return common
    return common | {"jsonld": data_block(found)}


def data_block(data: Json) -> Markup:
    """JSON that can stand inside of a script element, whatever its strings hold.

    >>> str(data_block({"text": "</script><!--"}))
    '{"text": "\\\\u003c/script>\\\\u003c!--"}'
    """
    return Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))


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
    descriptor = about["plugins"][PLUGIN].get("package", {})
    address = absolute_url(datasette, request, datasette.urls.database(name))
    counts = await datasette.get_database(name).table_counts()
    tables = [
        {
            "@type": "DataDownload",
            "name": table,
            "description": f"{counts[table]:,} rows",
            "encodingFormat": "text/csv",
            "contentUrl": f"{address}/{tilde_encode(table)}.csv",
        }
        for table in about["tables"]
        if counts.get(table) is not None
    ]
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": about["title"],
        "description": about.get("description"),
        "version": descriptor.get("version"),
        "dateModified": descriptor.get("created"),
        "keywords": descriptor.get("keywords"),
        "license": about.get("license_url") or about.get("license"),
        "creator": [{"@type": "Organization", "name": entry["title"]} for entry in descriptor.get("contributors", ())],
        "isAccessibleForFree": True,
        "distribution": tables,
    }
    return {key: value for key, value in found.items() if value}


async def quotation_jsonld(datasette: Any, request: Any, name: str, identity: str) -> Json:
    """A statement as a schema.org Quotation, with who said it and the article it stands in."""
    row = (await datasette.execute(name, _QUOTATION, {"id": identity})).first()
    if row is None:
        raise NotFound("There is no such statement.")
    address = absolute_url(datasette, request, datasette.urls.row(name, "statements", tilde_encode(identity)))
    article = {
        "@type": "NewsArticle",
        "headline": row["title"],
        "url": row["url"] if str(row["url"]).startswith(("http://", "https://")) else None,
        "datePublished": row["published_on"],
        "publisher": {"@type": "Organization", "name": row["publisher"]} if row["publisher"] else None,
    }
    kind = {"person": "Person", "organisation": "Organization"}.get(str(row["speaker_kind"]))
    found = {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "@id": address,
        "url": address,
        "text": row["text"],
        "inLanguage": row["language"],
        "dateCreated": row["said_on"],
        "creator": {"@type": kind, "name": row["speaker"]} if kind else None,
        "creditText": row["speaker"],
        "isPartOf": {key: value for key, value in article.items() if value},
    }
    return {key: value for key, value in found.items() if value}


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
