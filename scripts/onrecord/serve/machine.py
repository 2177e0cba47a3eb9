"""The site for machines: JSON with units, JSON-LD, Atom, sitemap, robots.txt, and the links that lead to them.

`dataset_jsonld`, `quotation_jsonld` and `open_graph` are for templates too: each page of a package or a statement gets
`jsonld` (for `<script type="application/ld+json">`), and every page can call `open_graph`.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from datasette import Response, hookimpl
from datasette.renderer import json_renderer
from datasette.utils import tilde_decode, tilde_encode
from datasette.utils.asgi import NotFound
from markupsafe import Markup

from onrecord.serve.site import PLUGIN

Json = dict[str, Any]

NEWEST = 50
SITEMAP_ROWS = 20_000  # addresses a file; the protocol allows 50,000
PAGES = ("articles", "figures", "speakers", "statements")
XML = '<?xml version="1.0" encoding="utf-8"?>\n'

# Characters that no XML document may hold, whatever a row does.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_QUOTATION = """
select statements.text, statements.said_on, statements.article_id, speakers.name as speaker, speakers.kind as speaker_kind,
  articles.title, articles.url, articles.publisher, articles.published_on, articles.language
from statements
join articles on articles.article_id = statements.article_id
left join speakers on speakers.speaker_id = statements.speaker_id
where statement_id = :id
"""

_NEWEST = """
select statement_id, statements.text, statements.kind, speakers.name as speaker, articles.title,
  coalesce(articles.published_at, articles.published_on) as published
from statements
join articles on articles.article_id = statements.article_id
left join speakers on speakers.speaker_id = statements.speaker_id
order by articles.published_on desc, statements.article_id, statements.start limit :newest
"""


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The addresses that are not a package's tables."""
    return [
        (r"/robots\.txt$", _robots),
        (r"/sitemap\.xml$", _sitemap_index),
        (r"/(?P<database>[^\/\.]+)/sitemap-(?P<table>[a-z]+)-(?P<number>\d+)\.xml$", _sitemap),
        (r"/releases\.atom$", _releases),
        (r"/(?P<database>[^\/\.]+)\.atom$", _statements),
    ]


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
    if database and view_name == "row" and table == "statements":
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
    return [(f"{path}.jsonld", "application/ld+json")] if parts[1] == "statements" else []


async def dataset_jsonld(datasette: Any, request: Any, name: str) -> Json:
    """A package as a schema.org Dataset."""
    about = _about(datasette, name)
    descriptor = about["plugins"][PLUGIN].get("package", {})
    address = _absolute(datasette, request, datasette.urls.database(name))
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
    address = _absolute(datasette, request, datasette.urls.row(name, "statements", tilde_encode(identity)))
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


def _robots(datasette: Any, request: Any) -> Any:
    sitemap = _absolute(datasette, request, "/sitemap.xml")
    return Response.text(f"User-agent: *\nDisallow: /*?\nDisallow: /-/\nAllow: /-/static\n\nSitemap: {sitemap}\n")


async def _sitemap_index(datasette: Any, request: Any) -> Any:
    addresses = []
    for name, about in datasette.metadata("databases").items():
        counts = await datasette.get_database(name).table_counts()
        for table in (table for table in PAGES if table in about["tables"]):
            pages = -(-(counts.get(table) or 0) // SITEMAP_ROWS)
            addresses += [f"/{name}/sitemap-{table}-{number}.xml" for number in range(1, pages + 1)]
    entries = "".join(f"  <sitemap><loc>{_xml(_absolute(datasette, request, path))}</loc></sitemap>\n" for path in addresses)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return _xml_answer(f'<sitemapindex xmlns="{space}">\n{entries}</sitemapindex>\n', "application/xml")


async def _sitemap(datasette: Any, request: Any) -> Any:
    name, table, number = (request.url_vars[key] for key in ("database", "table", "number"))
    if table not in PAGES or table not in _about(datasette, name)["tables"]:
        raise NotFound("There is no such sitemap.")
    (key,) = await datasette.get_database(name).primary_keys(table)
    sql = f"select {key} from {table} order by {key} limit :limit offset :offset"
    bounds = {"limit": SITEMAP_ROWS, "offset": (int(number) - 1) * SITEMAP_ROWS}
    rows = (await datasette.execute(name, sql, bounds)).rows
    paths = [datasette.urls.row(name, table, tilde_encode(str(row[0]))) for row in rows]
    entries = "".join(f"  <url><loc>{_xml(_absolute(datasette, request, path))}</loc></url>\n" for path in paths)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return _xml_answer(f'<urlset xmlns="{space}">\n{entries}</urlset>\n', "application/xml")


def _releases(datasette: Any, request: Any) -> Any:
    """The served release of each package; the newest first."""
    entries = []
    for name, about in datasette.metadata("databases").items():
        package = about["plugins"][PLUGIN].get("package", {})
        url = _absolute(datasette, request, datasette.urls.database(name))
        title = f"{about['title']} {package.get('version', '')}".strip()
        entries.append(
            (_time(package.get("created")), f"{url}#{package.get('version', '')}", url, title, about.get("description", ""))
        )
    return _feed(datasette, request, "/releases.atom", "Releases", sorted(entries, reverse=True))


async def _statements(datasette: Any, request: Any) -> Any:
    """The newest statements of a package."""
    name = request.url_vars["database"]
    about = _about(datasette, name)
    if not {"statements", "speakers", "articles"} <= about["tables"].keys():
        raise NotFound("This package holds no statements.")
    entries = []
    for row in (await datasette.execute(name, _NEWEST, {"newest": NEWEST})).rows:
        url = _absolute(datasette, request, datasette.urls.row(name, "statements", tilde_encode(row["statement_id"])))
        entries.append(
            (
                _time(row["published"]),
                url,
                url,
                f"{row['speaker'] or 'Unknown'}, in {row['title'] or 'an article'}",
                row["text"],
            )
        )
    return _feed(datasette, request, f"/{name}.atom", f"{about['title']}: statements", entries)


def _feed(datasette: Any, request: Any, path: str, title: str, entries: Iterable[tuple[str, str, str, str, str]]) -> Any:
    """An Atom feed (RFC 4287) of (time, id, address, title, words)."""
    found = list(entries)
    address = _absolute(datasette, request, path)
    body = "".join(
        f"  <entry>\n    <id>{_xml(identity)}</id>\n    <title>{_xml(heading)}</title>\n    <updated>{time}</updated>\n"
        f'    <link rel="alternate" href={quoteattr(_clean(url))}/>\n'
        f'    <content type="text">{_xml(words)}</content>\n  </entry>\n'
        for time, identity, url, heading, words in found
    )
    updated = max((time for time, *_ in found), default=_time(None))
    head = (
        f"  <id>{_xml(address)}</id>\n  <title>{_xml(title)}</title>\n  <updated>{updated}</updated>\n"
        f'  <author><name>onrecord</name></author>\n  <link rel="self" href={quoteattr(_clean(address))}/>\n'
    )
    return _xml_answer(f'<feed xmlns="http://www.w3.org/2005/Atom">\n{head}{body}</feed>\n', "application/atom+xml")


def _about(datasette: Any, name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] | None = (datasette.metadata("databases") or {}).get(name)
    if found is None:
        raise NotFound("There is no such package.")
    return found


def _absolute(datasette: Any, request: Any, path: str) -> str:
    return str(datasette.absolute_url(request, path))


def _time(words: object) -> str:
    """A time as Atom wants it; a day is its midnight in UTC."""
    try:
        time = datetime.fromisoformat(str(words))
    except ValueError:
        time = datetime(1970, 1, 1, tzinfo=UTC)
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).isoformat()


def _clean(words: object) -> str:
    return _NOT_XML.sub("\ufffd", str(words))


def _xml(words: object) -> str:
    return escape(_clean(words))


def _xml_answer(body: str, kind: str) -> Any:
    return Response(XML + body, content_type=f"{kind}; charset=utf-8")
