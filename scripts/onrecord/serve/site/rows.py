"""What the pages ask the database: one function a page, which runs all its statements on one connection.

Each statement is served by a key or an index of the database, so that a page costs the same for a million rows. An index is
named where SQLite, which does not know how many rows are equal in a column, would take one that finds half of the table.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Row = dict[str, Any]
Ask = Callable[[sqlite3.Connection], Any]

LIKES = 4  # figures shown on each side of one on its scale
NEWEST = 6
FOUND = 10
LATEST = 20  # statements, and figures, on a speaker's page
FEW = 5000  # figures that are all read to find the newest of them
RANKED = 1000  # matches of a search that are put into order: the rest would cost more than it tells

_FIGURE = """
select figures.*, speakers.name as speaker, speakers.role as speaker_role, articles.title as article, articles.published_on,
  articles.publisher, statements.text as statement, statements.kind as statement_kind
from figures join articles on articles.article_id = figures.article_id
left join speakers on speakers.speaker_id = figures.speaker_id
left join statements on statements.statement_id = figures.statement_id
"""
_STATEMENT = """
select statements.*, speakers.name as speaker, speakers.role as speaker_role, speakers.organisation,
  speakers.kind as speaker_kind,
  articles.title as article, articles.published_on, articles.publisher, articles.url as article_url, articles.language
from statements join articles on articles.article_id = statements.article_id
left join speakers on speakers.speaker_id = statements.speaker_id
"""
_SPEAKER = "select * from speakers"
_ARTICLE = "select * from articles"
_PROVENANCE = """
select field, article_id, start, "end", exact, prefix, suffix, rule from provenance where resource = ? and row_id = ?
order by article_id, start, "end", field
"""
# A figure's like: of the same kind, unit and denominator, and for counts of the same thing; a place on the scale is its low.
_LIKE = "figures.kind = ? and figures.unit is ? and figures.per is ? and figures.repeats is null"
_VALUE = "coalesce(figures.low, figures.high)"


def rows(connection: sqlite3.Connection, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """All rows of a statement, by column."""
    cursor = connection.execute(sql, values)
    names = [each[0] for each in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def row(connection: sqlite3.Connection, sql: str, values: Sequence[Any] = ()) -> Row | None:
    """The first row of a statement, if there is one."""
    return next(iter(rows(connection, sql, values)), None)


def figure(key: str) -> Ask:
    """A figure with its words, what it repeats and what repeats it, and its like."""

    def ask(connection: sqlite3.Connection) -> Row | None:
        found = row(connection, f"{_FIGURE} where figures.figure_id = ?", (key,))
        if found is None:
            return None
        first = found["repeats"] or key
        same = rows(connection, f"{_FIGURE} where figures.repeats = ? or figures.figure_id = ? limit 50", (first, first))
        below, above = _like(connection, found)
        return {
            "figure": found,
            "evidence": words_behind("figures", key)(connection),
            "same": [each for each in same if each["figure_id"] != key],
            "like": [*below, *above],
            "beside": [*below, found, *above],
        }

    return ask


def statement_row(key: str) -> Ask:
    """A statement with who said it and where."""
    return lambda connection: row(connection, f"{_STATEMENT} where statements.statement_id = ?", (key,))


def statement(key: str) -> Ask:
    """A statement with its parts, its words, its figures and what repeats it."""

    def ask(connection: sqlite3.Connection) -> Row | None:
        found = statement_row(key)(connection)
        if found is None:
            return None
        first = found["repeats"] or key
        same = rows(
            connection, f"{_STATEMENT} where statements.repeats = ? or statements.statement_id = ? limit 50", (first, first)
        )
        return {
            "statement": found,
            "parts": rows(connection, "select * from statement_parts where statement_id = ? order by part", (key,)),
            "evidence": words_behind("statements", key)(connection),
            "figures": rows(connection, f"{_FIGURE} where figures.statement_id = ? order by figures.start", (key,)),
            "same": [each for each in same if each["statement_id"] != key],
        }

    return ask


def speaker(key: str) -> Ask:
    """A speaker with the newest statements and figures in time, and the words that tell the role."""
    latest = f"order by articles.published_on desc, {{0}}.article_id, {{0}}.start limit {LATEST}"

    def ask(connection: sqlite3.Connection) -> Row | None:
        found = row(connection, f"{_SPEAKER} where speaker_id = ?", (key,))
        if found is None:
            return None
        statements = rows(connection, f"{_STATEMENT} where statements.speaker_id = ? {latest.format('statements')}", (key,))
        figures = rows(connection, f"{_FIGURE} where figures.speaker_id = ? {latest.format('figures')}", (key,))
        words = words_behind("speakers", key)(connection)
        return {"speaker": found, "statements": statements, "figures": figures, "evidence": words}

    return ask


def article(key: str) -> Ask:
    """An article with its figures, statements and their parts, in reading order, and the words around each."""
    around = """
    select resource, row_id, start, "end", exact, prefix, suffix, rule from provenance indexed by provenance_article_id
    where article_id = ? and resource in ('figures', 'statements') and field = 'text' order by start
    """

    def ask(connection: sqlite3.Connection) -> Row | None:
        found = row(connection, f"{_ARTICLE} where article_id = ?", (key,))
        if found is None:
            return None
        parts = """
        select statement_parts.* from statement_parts join statements on statements.statement_id = statement_parts.statement_id
        where statements.article_id = ? order by statement_parts.start
        """
        return {
            "article": found,
            "figures": rows(connection, f"{_FIGURE} where figures.article_id = ? order by figures.start", (key,)),
            "statements": rows(connection, f"{_STATEMENT} where statements.article_id = ? order by statements.start", (key,)),
            "parts": rows(connection, parts, (key,)),
            "around": rows(connection, around, (key,)),
        }

    return ask


def newest(connection: sqlite3.Connection) -> Mapping[str, list[Row]]:
    """The figures and statements of the newest articles, two of each an article, and those articles."""
    latest = "select article_id from articles order by published_on desc, article_id limit 20"

    def few(sql: str, table: str, key: str) -> list[Row]:
        two = f"""
        select {key} from (select {key}, row_number() over (partition by article_id order by start) as place from {table}
        indexed by {table}_article_id where article_id in ({latest}) and repeats is null) where place <= 2
        """
        order = f"order by articles.published_on desc, {table}.article_id, {table}.start limit {NEWEST}"
        return rows(connection, f"{sql} where {table}.{key} in ({two}) {order}")

    articles = rows(connection, f"{_ARTICLE} order by published_on desc, article_id limit {NEWEST}")
    return {
        "figures": few(_FIGURE, "figures", "figure_id"),
        "statements": few(_STATEMENT, "statements", "statement_id"),
        "articles": articles,
    }


def found(words: str) -> Ask:
    """What a search finds, best first: figures, statements, speakers, articles."""
    match = _match(words)

    def few(connection: sqlite3.Connection, sql: str, table: str) -> list[Row]:
        some = f"select rowid, rank from {table}_fts where {table}_fts match ? limit {RANKED}"
        join = sql.replace(f"from {table}", f"from ({some}) as hits join {table} on {table}.rowid = hits.rowid", 1)
        return rows(connection, f"{join} order by hits.rank, hits.rowid limit {FOUND + 1}", (match,))

    def ask(connection: sqlite3.Connection) -> Mapping[str, list[Row]]:
        tables = {"figures": _FIGURE, "statements": _STATEMENT, "speakers": _SPEAKER, "articles": _ARTICLE}
        columns = {"speakers": "speakers.*", "articles": "articles.*"}
        return {
            table: few(connection, sql.replace("select *", f"select {columns.get(table, '*')}"), table) if match else []
            for table, sql in tables.items()
        }

    return ask


def words_behind(table: str, key: str) -> Ask:
    """The words behind the cells of a row."""
    return lambda connection: rows(connection, _PROVENANCE, (table, key))


def groups(connection: sqlite3.Connection) -> list[Row]:
    """What can stand on one axis, that with most figures first: a kind, unit and denominator; for counts, the thing counted."""
    sql = """
    select kind, unit, per, case kind when 'count' then measures end as measures, sum(n) as n from (
      select kind, unit, per, measures, count(*) as n from figures indexed by figures_chart
      where repeats is null group by kind, unit, per, measures
    ) where kind <> 'count' or measures is not null group by 1, 2, 3, 4 order by n desc, kind, unit, per, measures limit 60
    """
    return rows(connection, sql)


def group(like: Row, most: int) -> Ask:
    """The newest figures of one of `groups`.

    Few are looked up by their value; of many the newest are soon met with on the way from article to article.
    """
    where, values = _like_where(like)
    order = "order by articles.published_on desc, figures.article_id, figures.start"
    source = _FIGURE
    if like["n"] > FEW:
        source = source.replace("figures join articles", "articles cross join figures indexed by figures_article_id")
    return lambda connection: rows(connection, f"{source} where {where} {order} limit {most}", values)


def voices(connection: sqlite3.Connection) -> list[Row]:
    """The speakers with most statements, with how many of them."""
    sql = """
    select speakers.*, most.n from (
      select speaker_id, count(*) as n from statements where speaker_id is not null group by speaker_id order by n desc limit 15
    ) as most join speakers on speakers.speaker_id = most.speaker_id order by most.n desc, speakers.name
    """
    return rows(connection, sql)


def _like(connection: sqlite3.Connection, figure: Row) -> tuple[list[Row], list[Row]]:
    """The figures nearest in value below and above, smallest first."""
    low = figure["low"] if figure["low"] is not None else figure["high"]
    where, values = _like_where(figure)
    first = figure["repeats"] or figure["figure_id"]
    where = f"{_FIGURE} where {where} and figures.figure_id not in (?, ?)"
    values += [first, figure["figure_id"]]
    below = rows(connection, f"{where} and {_VALUE} <= ? order by {_VALUE} desc limit {LIKES}", [*values, low])
    above = rows(connection, f"{where} and {_VALUE} > ? order by {_VALUE} limit {LIKES}", [*values, low])
    return below[::-1], above


def _like_where(figure: Row) -> tuple[str, list[Any]]:
    values = [figure[key] for key in ("kind", "unit", "per")]
    if figure["kind"] == "count":
        return f"{_LIKE} and figures.measures is ?", [*values, figure["measures"]]
    return _LIKE, values


def _match(words: str) -> str:
    """A visitor's words as an FTS5 query: each a term of its own, so that no sign among them is an operator.

    >>> _match('200kg "class A')
    '"200kg" "class" "A"'
    """
    return " ".join(f'"{word}"' for word in words.replace('"', " ").replace("\x00", " ").split()[:20])
