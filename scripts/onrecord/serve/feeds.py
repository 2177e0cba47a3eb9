"""Atom feeds, the sitemap and robots.txt."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from datasette import Response, hookimpl
from datasette.utils import tilde_encode
from datasette.utils.asgi import NotFound

from onrecord.serve.machine import about_package, absolute_url
from onrecord.serve.site import PLUGIN

NEWEST = 50
SITEMAP_ROWS = 20_000  # addresses a file; the protocol allows 50,000
PAGES = ("articles", "figures", "speakers", "statements")
XML = '<?xml version="1.0" encoding="utf-8"?>\n'

# Characters that no XML document may hold, whatever a row does.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

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


def _robots(datasette: Any, request: Any) -> Any:
    sitemap = absolute_url(datasette, request, "/sitemap.xml")
    return Response.text(f"User-agent: *\nDisallow: /*?\nDisallow: /-/\nAllow: /-/static\n\nSitemap: {sitemap}\n")


async def _sitemap_index(datasette: Any, request: Any) -> Any:
    addresses = []
    for name, about in datasette.metadata("databases").items():
        counts = await datasette.get_database(name).table_counts()
        for table in (table for table in PAGES if table in about["tables"]):
            pages = -(-(counts.get(table) or 0) // SITEMAP_ROWS)
            addresses += [f"/{name}/sitemap-{table}-{number}.xml" for number in range(1, pages + 1)]
    entries = "".join(f"  <sitemap><loc>{_xml(absolute_url(datasette, request, path))}</loc></sitemap>\n" for path in addresses)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return _xml_answer(f'<sitemapindex xmlns="{space}">\n{entries}</sitemapindex>\n', "application/xml")


async def _sitemap(datasette: Any, request: Any) -> Any:
    name, table, number = (request.url_vars[key] for key in ("database", "table", "number"))
    if table not in PAGES or table not in about_package(datasette, name)["tables"]:
        raise NotFound("There is no such sitemap.")
    (key,) = await datasette.get_database(name).primary_keys(table)
    sql = f"select {key} from {table} order by {key} limit :limit offset :offset"
    bounds = {"limit": SITEMAP_ROWS, "offset": (int(number) - 1) * SITEMAP_ROWS}
    rows = (await datasette.execute(name, sql, bounds)).rows
    paths = [datasette.urls.row(name, table, tilde_encode(str(row[0]))) for row in rows]
    entries = "".join(f"  <url><loc>{_xml(absolute_url(datasette, request, path))}</loc></url>\n" for path in paths)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return _xml_answer(f'<urlset xmlns="{space}">\n{entries}</urlset>\n', "application/xml")


def _releases(datasette: Any, request: Any) -> Any:
    """The served release of each package; the newest first."""
    entries = []
    for name, about in datasette.metadata("databases").items():
        package = about["plugins"][PLUGIN].get("package", {})
        url = absolute_url(datasette, request, datasette.urls.database(name))
        title = f"{about['title']} {package.get('version', '')}".strip()
        entries.append(
            (_time(package.get("created")), f"{url}#{package.get('version', '')}", url, title, about.get("description", ""))
        )
    return _feed(datasette, request, "/releases.atom", "Releases", sorted(entries, reverse=True))


async def _statements(datasette: Any, request: Any) -> Any:
    """The newest statements of a package."""
    name = request.url_vars["database"]
    about = about_package(datasette, name)
    if not {"statements", "speakers", "articles"} <= about["tables"].keys():
        raise NotFound("This package holds no statements.")
    entries = []
    for row in (await datasette.execute(name, _NEWEST, {"newest": NEWEST})).rows:
        url = absolute_url(datasette, request, datasette.urls.row(name, "statements", tilde_encode(row["statement_id"])))
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
    address = absolute_url(datasette, request, path)
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
