"""The Datasette plugin: names instead of ids, numbers without a needless .0, and the words behind a row on its page.

`templates/` and `static/` beside this file are found by Datasette itself.
Source: https://docs.datasette.io/en/0.65/plugin_hooks.html
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from datasette import hookimpl
from datasette.utils import tilde_encode, urlsafe_components
from markupsafe import Markup

PLUGIN = "onrecord"

LABEL_CHARACTERS = 80  # of a statement that stands for its id: enough to know it by

_EVIDENCE = """
select field, prefix, exact, suffix, rule, provenance.article_id, articles.title as article
from provenance join articles on articles.article_id = provenance.article_id
where resource = :resource and row_id = :row_id
order by provenance.article_id, start, "end", field
"""


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """A filter for the templates: a key as it stands in an address."""
    env.filters["tilde"] = tilde_encode


@hookimpl
def extra_css_urls(datasette: Any) -> list[str]:
    """The site's style, on top of Datasette's."""
    return [datasette.urls.static_plugins(__name__, "onrecord.css")]


@hookimpl
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any
) -> Markup | str | Awaitable[Markup] | None:
    """A cell as a visitor reads it; None leaves it to Datasette."""
    links = datasette.plugin_config(PLUGIN, database=database)
    if value is None or not links:
        return None
    if isinstance(value, float):
        return f"{value:,.15g}"
    if target := (links["tables"].get(table) or {}).get(column):
        if isinstance(value, dict):  # Datasette has looked the label up
            return _link(datasette, database, target, value["value"], value["label"])
        return _looked_up(datasette, database, str(table), column, target, value)
    columns = row.keys()
    if column == "row_id" and "resource" in columns and row["resource"] in links["tables"]:
        return _link(datasette, database, row["resource"], value, value)
    if table is not None:
        return None
    if column in links["keys"]:
        return _link(datasette, database, links["keys"][column], value, value)
    key = f"{column}_id"
    if key in columns and key in links["keys"] and row[key] is not None:
        return _link(datasette, database, links["keys"][key], row[key], value)
    return None


@hookimpl
def extra_template_vars(
    database: str | None, table: str | None, view_name: str, request: Any, datasette: Any
) -> Mapping[str, Any] | Callable[[], Awaitable[Mapping[str, Any]]]:
    """For a row's page: the words behind each of its cells, where the package records them."""
    links = datasette.plugin_config(PLUGIN, database=database) if view_name == "row" and database else None
    if not links or not {"provenance", "articles"} <= links["tables"].keys():
        return {}

    async def evidence() -> Mapping[str, Any]:
        keys = urlsafe_components(request.url_vars["pks"])
        parameters = {"resource": table, "row_id": keys[0] if len(keys) == 1 else None}
        found = await datasette.execute(database, _EVIDENCE, parameters)
        return {"evidence": [dict(row) for row in found.rows]}

    return evidence


async def _looked_up(datasette: Any, database: str, table: str, column: str, target: str, value: object) -> Markup:
    """A foreign key on a row's page, where Datasette looks no label up."""
    labels = await datasette.expand_foreign_keys(database, table, column, [value])
    return _link(datasette, database, target, value, labels.get((column, value), value))


def _link(datasette: Any, database: str, table: str, key: object, label: object) -> Markup:
    address = datasette.urls.row(database, table, tilde_encode(str(key)))
    words = str(label)
    shown = words if len(words) <= LABEL_CHARACTERS else f"{words[:LABEL_CHARACTERS].rstrip()}…"
    return Markup('<a href="{}" title="{}">{}</a>').format(address, key, shown)
