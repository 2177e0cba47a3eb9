"""What a build gave, as one HTML page that needs no network: counts, charts, the least certain rows, and the quarantine.

Charts are drawn by Vega-Lite where vl-convert is installed (`onrecord[report]`); the tables beside them say the same.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl
from markupsafe import Markup, escape

from onrecord.datapackage import read_package

_STYLE = (
    "body{font:1rem/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}td,th{text-align:left;padding:0 1rem 0 0}"
)
_MOST = 20


def build_report(folder: Path, quarantine: Sequence[tuple[str, int, str]]) -> bytes:
    """The page of a package that was built.

    Args:
        folder: the package; its tables in Parquet are scanned, not loaded.
        quarantine: what could not be used: file, offset and reason.
    """
    package = read_package(folder)
    scans = {
        str(resource["name"]).removesuffix("-parquet"): pl.scan_parquet(package.files(resource))
        for resource in package.resources
        if str(resource["name"]).endswith("-parquet")
    }
    figures, statements = scans["figures"], scans["statements"]
    kinds = _counts(figures, "kind", "figures")
    each = (
        figures.group_by("article_id")
        .len("figures")
        .group_by("figures")
        .len("articles")
        .sort("figures")
        .collect(engine="streaming")
    )
    named = statements.filter(pl.col("speaker_id").is_not_null()).group_by("speaker_id").len("statements")
    speakers = (
        named.join(scans["speakers"].select("speaker_id", "name"), on="speaker_id")
        .sort("statements", "name", descending=[True, False])
        .head(_MOST)
        .select("name", "statements")
        .collect(engine="streaming")
    )
    bad = pl.DataFrame(list(quarantine), schema=["file", "offset", "reason"], orient="row")
    parts = [
        _section(
            "Rows", pl.DataFrame([(name, _height(scan)) for name, scan in scans.items()], ["table", "rows"], orient="row")
        ),
        _section("Figures by kind", kinds, ("kind", "figures")),
        _section("Figures per article", each, ("figures", "articles")),
        _section("Statements by kind", _counts(statements, "kind", "statements"), ("kind", "statements")),
        _section("Most quoted speakers", speakers, ("name", "statements")),
        _section("Least certain figures", _least_certain(figures)),
        _section(f"Quarantine: {bad.height}", bad.head(1000)),
    ]
    title = escape(package.descriptor.get("title", package.name))
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style><h1>{title}</h1>'
    return "\n".join([head, *parts, "</html>", ""]).encode("utf-8", "backslashreplace")


def _counts(scan: pl.LazyFrame, column: str, name: str) -> pl.DataFrame:
    return scan.group_by(column).len(name).sort(name, column, descending=[True, False]).collect(engine="streaming")


def _height(scan: pl.LazyFrame) -> int:
    rows: int = scan.select(pl.len()).collect(engine="streaming").item()
    return rows


def _least_certain(figures: pl.LazyFrame) -> pl.DataFrame:
    """The figures of which the rules read least: nothing measured, no unit, an open or hedged value, nobody who gives it."""
    signs = [pl.col(name).is_null().cast(pl.Int8) for name in ("measures", "unit", "speaker_id", "low", "high")]
    signs.append(pl.col("qualifier").is_not_null().cast(pl.Int8))
    doubts = pl.sum_horizontal(signs).alias("doubts")
    ranked = figures.with_columns(doubts).sort("doubts", "figure_id", descending=[True, False]).head(_MOST)
    return ranked.select("figure_id", "article_id", "text", "kind", "low", "high", "doubts").collect(engine="streaming")


def _section(title: str, rows: pl.DataFrame, axes: tuple[str, str] | None = None) -> Markup:
    table = rows.head(_MOST) if axes else rows
    chart = _chart(rows, *axes) if axes and rows.height else Markup()
    return Markup("<h2>{}</h2>{}{}").format(title, chart, _table(table))


def _table(rows: pl.DataFrame) -> Markup:
    head = Markup().join(Markup("<th>{}</th>").format(name) for name in rows.columns)
    return Markup("<table><tr>{}</tr>{}</table>").format(head, Markup().join(_row(row) for row in rows.iter_rows()))


def _row(row: Iterable[object]) -> Markup:
    cells = Markup().join(Markup("<td>{}</td>").format("" if cell is None else cell) for cell in row)
    return Markup("<tr>{}</tr>").format(cells)


def _chart(rows: pl.DataFrame, across: str, up: str) -> Markup:
    """A bar chart as SVG inside of the page."""
    try:
        import vl_convert
    except ImportError:
        return Markup()
    kind = "quantitative" if rows[across].dtype.is_numeric() else "nominal"
    spec = {
        "data": {"values": rows.head(200).to_dicts()},
        "mark": "bar",
        "width": 600,
        "height": 200,
        "encoding": {"x": {"field": across, "type": kind, "sort": None}, "y": {"field": up, "type": "quantitative"}},
    }
    return Markup(vl_convert.vegalite_to_svg(spec))
