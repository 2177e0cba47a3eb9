"""The site's own pages: an article, a figure, a speaker, a statement at the row's own address, and the search."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import unquote

from datasette.utils import tilde_decode, tilde_encode
from datasette.utils.asgi import NotFound, Response, asgi_send_file
from datasette.views.row import RowView

from onrecord.serve.display import unit_name
from onrecord.serve.jsonld import data_block, quotation
from onrecord.serve.site import rows
from onrecord.serve.site.passages import passages
from onrecord.serve.site.published import attached

CHARTED = 40  # figures on one chart: more bars than that are no picture

_AXIS = ("kind", "unit", "per", "measures")  # what figures have in common that stand on one axis

_ASK = {"articles": rows.article, "figures": rows.figure, "speakers": rows.speaker, "statements": rows.statement}


async def row_page(datasette: Any, request: Any, send: Any) -> Any:
    """The page of a row that has one of ours; any other row has Datasette's."""
    database, table, key = (tilde_decode(request.url_vars[name]) for name in ("database", "table", "pks"))
    known = attached(datasette).get(database)
    if known is None or not known.has_pages:
        request.url_vars["format"] = None
        return await RowView.as_view(datasette)(request, send)
    found = await datasette.get_database(database).execute_fn(_ASK[table](key))
    if found is None:
        raise NotFound(f"No row of {table} has this id")
    context = {"database": database, "table": table, "key": key, "published": known, **found}
    context |= {"history": known.history(table, key), "metadata": _about(datasette, database)}
    if table == "statements":
        path = datasette.urls.row(database, table, tilde_encode(key))
        context["jsonld"] = data_block(quotation(partial(datasette.absolute_url, request), path, found["statement"]))
    if table == "articles":
        context["passages"] = passages(found, known.text(found["article"]["text_sha256"]))
        context["rules"] = {each["row_id"]: each["rule"] for each in found["around"]}
    html = await datasette.render_template(f"{table[:-1]}.html", context, request=request, view_name=f"our-{table}")
    return Response.html(html)


async def search_page(datasette: Any, request: Any) -> Response:
    """What a visitor's words find in every package."""
    words = " ".join((request.args.get("q") or "").split())[:200]
    found = {
        name: await datasette.get_database(name).execute_fn(rows.found(words))
        for name, known in attached(datasette).items()
        if known.has_pages and words
    }
    titles = {name: known.title for name, known in attached(datasette).items()}
    context = {"words": words, "found": found, "most": rows.FOUND, "titles": titles, "metadata": datasette.metadata()}
    return Response.html(await datasette.render_template("search.html", context, request=request, view_name="our-search"))


async def charts_page(datasette: Any, request: Any) -> Response:
    """Figures of one kind, unit and denominator on one axis and over time, and who speaks how often."""
    name = tilde_decode(request.url_vars["database"])
    known = attached(datasette).get(name)
    if known is None or not known.has_pages:
        raise NotFound("No charts of this package")
    database = datasette.get_database(name)
    groups = [each | {"unit_text": unit_name(each["unit"])} for each in await database.once(rows.groups)]
    asked = [request.args.get(key) or None for key in _AXIS]
    chosen = next((each for each in groups if [each[key] for key in _AXIS] == asked), next(iter(groups), None))
    figures = await database.execute_fn(rows.group(chosen, CHARTED)) if chosen else []
    context = {
        "database": name,
        "groups": groups,
        "chosen": chosen,
        "figures": figures,
        "voices": await database.once(rows.voices),
        "most": CHARTED,
        "metadata": _about(datasette, name),
    }
    html = await datasette.render_template("charts.html", context, request=request, view_name="our-charts")
    return Response.html(html)


def _about(datasette: Any, database: str) -> Mapping[str, Any]:
    """What the foot of a page says of the package."""
    return {key: value for key, value in datasette.metadata("databases")[database].items() if key != "description"}


async def file_page(datasette: Any, request: Any, send: Any) -> None:
    """A file of a package, as it lies there; what SHA256SUMS does not list is not there."""
    known = attached(datasette).get(tilde_decode(request.url_vars["database"]))
    path = known.file(unquote(request.url_vars["path"])) if known else None
    if path is None:
        raise NotFound("No such file")
    await asgi_send_file(send, path, filename=path.name)
