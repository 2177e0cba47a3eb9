"""A diff as people and programs read it."""

import csv
import html
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.diff.compare import TableDiff

Diff = Mapping[str, TableDiff]

# As many rows of a kind and table as a person still reads; the other forms give all.
MOST = 50

_HEAD = ("table", "change", "key", "column", "old", "new")
_STYLE = {"added": "green", "removed": "red", "changed": "yellow"}


def as_json(diff: Diff) -> dict[str, Any]:
    """The diff as JSON values: by table the rows added and removed, and of each changed row the old and new value by column."""
    return {
        name: {
            "added": [_row(row) for row in table.added.iter_rows(named=True)],
            "removed": [_row(row) for row in table.removed.iter_rows(named=True)],
            "changed": _changed(table),
            "columns_added": list(table.columns_added),
            "columns_removed": list(table.columns_removed),
        }
        for name, table in diff.items()
    }


def as_csv(diff: Diff) -> str:
    """One line a changed cell, and one a row added or removed."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(_HEAD)
    for name, table in diff.items():
        lines.writerows((name, *line) for line in _lines(table))
    return text.getvalue()


def as_html(diff: Diff, title: str) -> str:
    """A page of its own with a table a table."""
    parts = [
        "<!doctype html>",
        f'<html lang="en"><meta charset="utf-8"><title>{html.escape(title)}</title>',
        "<style>body{font:16px/1.5 sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}"
        "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.3rem .6rem;text-align:left;"
        "vertical-align:top}.added{background:#e6f4e6}.removed{background:#fbe9e7}.changed{background:#fff8e1}</style>",
        f"<h1>{html.escape(title)}</h1>",
    ]
    if not diff:
        parts.append("<p>No row differs.</p>")
    for name, table in diff.items():
        parts.append(f"<h2>{html.escape(name)}: {summary(table)}</h2>")
        parts.append(
            "<table><thead><tr>" + "".join(f'<th scope="col">{head}</th>' for head in _HEAD[1:]) + "</tr></thead><tbody>"
        )
        for line in _lines(table):
            cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in line)
            parts.append(f'<tr class="{line[0]}">{cells}</tr>')
        parts.append("</tbody></table>")
    return "\n".join(parts) + "\n</html>\n"


def as_view(diff: Diff) -> RenderableType:
    """The diff for a terminal: a table a table, the first rows of each kind."""
    if not diff:
        return Text("no row differs")
    return Group(*(_view(name, table) for name, table in diff.items()))


def summary(table: TableDiff) -> str:
    """The counts of a table in words.

    >>> import polars as pl
    >>> rows = pl.DataFrame({"id": ["a"]})
    >>> summary(TableDiff(("id",), rows, rows.clear(), {}))
    '1 added'
    """
    told = [f"{count:,} {what}" for what, count in table.counts.items() if count]
    told += [f"column {name} new" for name in table.columns_added] + [f"column {name} gone" for name in table.columns_removed]
    return ", ".join(told)


def _view(name: str, table: TableDiff) -> RenderableType:
    view = Table(title=f"{name}: {summary(table)}", title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
    for head in _HEAD[1:]:
        view.add_column(head, overflow="fold")
    shown: dict[str, int] = {}
    for line in _lines(table):
        shown[line[0]] = shown.get(line[0], 0) + 1
        if shown[line[0]] <= MOST:
            view.add_row(*(Text(cell) for cell in line), style=_STYLE[line[0]])
    more = {what: count - MOST for what, count in shown.items() if count > MOST}
    told = ", ".join(f"{count:,} more lines {what}" for what, count in more.items())
    return Group(view, Text(f"and {told}; --format csv gives all\n" if told else ""))


def _lines(table: TableDiff) -> Iterator[tuple[str, str, str, str, str]]:
    """change, key, column, old, new."""
    for what, rows in (("removed", table.removed), ("added", table.added)):
        for row in rows.iter_rows(named=True):
            words = "; ".join(
                f"{name} {_text(cell)}" for name, cell in row.items() if name not in table.key and cell is not None
            )
            yield what, _key(table, row), "", *((words, "") if what == "removed" else ("", words))
    for column, cells in table.changed.items():
        for row in cells.iter_rows(named=True):
            yield "changed", _key(table, row), column, _text(row["old"]), _text(row["new"])


def _changed(table: TableDiff) -> list[dict[str, Any]]:
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for column, cells in table.changed.items():
        for row in cells.iter_rows(named=True):
            key = tuple(row[name] for name in table.key)
            entry = found.setdefault(key, {"key": {name: _plain(row[name]) for name in table.key}, "fields": {}})
            entry["fields"][column] = {"old": _plain(row["old"]), "new": _plain(row["new"])}
    return [found[key] for key in sorted(found)]


def _key(table: TableDiff, row: Mapping[str, Any]) -> str:
    return " ".join(str(row[name]) for name in table.key)


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(cell) for name, cell in row.items()}


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M:%SZ")
    return cell.isoformat() if isinstance(cell, date) else cell


def _text(cell: Any) -> str:
    return "" if cell is None else cell if isinstance(cell, str) else json.dumps(_plain(cell), ensure_ascii=False)
