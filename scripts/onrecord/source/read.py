"""Text, web pages and records to articles.

The stored text is the decoded text exactly: line ends as they are, a byte order mark not counted; of a web page it is the
running text that trafilatura finds in it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass as plain
from dataclasses import fields, replace
from datetime import date
from functools import cache
from typing import Any

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from onrecord.errors import InputError
from onrecord.records import Article
from onrecord.settings import Columns, Identifier, Known, check
from onrecord.source.encoding import decode, refuse_what_is_in_no_text, refuse_what_is_no_text
from onrecord.source.head import letters
from onrecord.source.layout import Layout, read_layout
from onrecord.source.times import Moment, moment

_NOTHING = Known()
_KNOWN = tuple(each.name for each in fields(Known))


@dataclass(frozen=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Record(Known):
    """An article in a line of a .jsonl file or a row of a table."""

    id: Identifier
    text: str


@plain(frozen=True, slots=True)
class Draft:
    """An article as read, before its lines are looked at, which takes most of the time and may be done elsewhere.

    Attributes:
        article_id: the article's id.
        text: its stored text.
        known: what is known of it from elsewhere, which wins over what its lines say.
        time_zone: the IANA time zone of clock times that name none.
        media_type: what it was read from.
        meta: what a page's metadata say, which fills what neither `known` nor its lines say.
    """

    article_id: str
    text: str
    known: Known
    time_zone: str
    media_type: str = "text/plain"
    meta: Known | None = None

    @property
    def url(self) -> str | None:
        """Its address; a page's own metadata may say it."""
        return self.known.url or (self.meta.url if self.meta else None)

    @property
    def published_on(self) -> date | None:
        """The day of its publication; its lines are looked at only where it is not known."""
        known = self.known.published_at
        return self.article().published_on if known is None else moment(known, self.time_zone).on

    def article(self) -> Article:
        """The article, each of whose lines is known for what it is."""
        title = self.known.title or (self.meta.title if self.meta else None)
        layout = read_layout(self.text, self.time_zone, title)
        known = _filled(self.known, self.meta, layout) if self.meta else self.known
        return _article(self.article_id, self.text, layout, known, self.time_zone, self.media_type)


def read_text(
    article_id: str, text: str, known: Known | None = None, *, time_zone: str = "Europe/London", where: str | None = None
) -> Article:
    """Read one article from its text, such as standard input.

    Args:
        article_id: the id it shall have.
        text: the text, which is stored as it is.
        known: what is known of it from elsewhere.
        time_zone: the IANA time zone of clock times in the text that name none.
        where: what to call the place of the text in a message; its id if nothing else.

    Raises:
        InputError: the text has no words, or characters that no text has.

    >>> article = read_text("lock", "Lock shut\\n\\nBy Ada Bell\\n4 May 2023\\n\\nIt was shut on Monday.")
    >>> article.title, article.byline, article.published_on.isoformat()
    ('Lock shut', 'Ada Bell', '2023-05-04')
    """
    return draft_text(article_id, text, known, time_zone=time_zone, where=where).article()


def draft_text(
    article_id: str, text: str, known: Known | None = None, *, time_zone: str = "Europe/London", where: str | None = None
) -> Draft:
    """Read a text without looking at its lines; arguments and errors are those of `read_text`."""
    refuse_what_is_no_text(text, where or article_id)
    return Draft(article_id, text, known or _NOTHING, time_zone)


def draft_page(
    article_id: str,
    data: bytes,
    known: Known | None = None,
    *,
    time_zone: str = "Europe/London",
    where: str | None = None,
    declared: str | None = None,
) -> Draft:
    """Read one article from a web page; its stored text is the running text in the page.

    Arguments and errors are those of `read_text`, and `declared` is the encoding that the server said the page is in; the
    page's metadata fill what neither its text nor `known` says.
    """
    from onrecord.source.page import Page, declared_encoding, read_running_text  # loading trafilatura takes 0.2 s

    where = where or article_id
    page: Page = read_running_text(decode(data, where, declared=declared or declared_encoding(data)), where)
    refuse_what_is_no_text(page.text, where)
    return Draft(article_id, page.text, known or _NOTHING, time_zone, "text/html", page.meta)


def draft_record(
    line: bytes,
    known: Known | None = None,
    *,
    time_zone: str = "Europe/London",
    where: str,
    columns: Columns | None = None,
) -> Draft:
    """Read one article from a line of a .jsonl file.

    Args:
        line: a JSON object with `id` and `text`, and any field of `Known`; `date` stands for `published_at`.
        known: what is known of all articles of the file; the record's own words win over it.
        time_zone: the IANA time zone of clock times that name none.
        where: the file and line, for a message.
        columns: the keys of the object, where they are others.

    Raises:
        InputError: the line is not such an object.

    >>> draft_record(b'{"id": "a", "text": "It rained.", "date": "2023-05-04"}', where="a.jsonl:1").published_on
    datetime.date(2023, 5, 4)
    """
    return draft_values(_json_object(decode(line, where), where), known, time_zone=time_zone, where=where, columns=columns)


def draft_values(
    values: Mapping[str, Any],
    known: Known | None = None,
    *,
    time_zone: str = "Europe/London",
    where: str,
    columns: Columns | None = None,
) -> Draft:
    """Read one article from its fields; null and empty ones say nothing. Arguments and errors are those of `draft_record`."""
    stated = {
        field: values[name]
        for name, field in _named(columns or Columns())
        if values.get(name) is not None and (values[name] != "" or field == "text")
    }
    for value in stated.values():
        refuse_what_is_in_no_text(value if isinstance(value, str) else "", where)
    record = check(Record, stated, where)
    own = {name: getattr(record, name) or getattr(known, name, None) for name in _KNOWN}
    return draft_text(record.id, record.text, Known(**own), time_zone=time_zone, where=where)


@cache
def _named(columns: Columns) -> tuple[tuple[str, str], ...]:
    """`Columns.named`, asked of each record."""
    return columns.named()


def _json_object(line: str, where: str) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"expected a JSON object in {where}, found: {error}; correct that line") from None
    if not isinstance(values, dict):
        raise InputError(f"expected a JSON object in {where}, found {type(values).__name__}; give one object a line")
    return values


def _article(article_id: str, text: str, layout: Layout, known: Known, time_zone: str, media_type: str) -> Article:
    """Put together what the text says and what is known from elsewhere, which wins; equal words stay the evidence."""
    published = _moment(layout.published, known.published_at, time_zone)
    updated = _moment(layout.updated, known.updated_at, time_zone)
    cells: dict[str, Any] = {
        "title": known.title or layout.title,
        "standfirst": known.standfirst or layout.standfirst,
        "byline": known.byline or layout.byline,
        "published_on": published.on if published else None,
        "published_at": published.at if published else None,
        "updated_at": updated.at if updated else None,
    }
    return Article(
        article_id=article_id,
        text=text,
        lines=layout.lines,
        publisher=known.publisher,
        url=known.url,
        language=known.language,
        media_type=media_type,
        rights=known.rights,
        evidence=tuple([each for each in layout.evidence if _still_says(each.field, cells[each.field], layout)]),
        **cells,
    )


def _filled(known: Known, meta: Known, layout: Layout) -> Known:
    """What is known, and from a page's metadata what the text does not say, or says less exactly."""
    said = {"title": layout.title, "byline": layout.byline, "published_at": layout.published and layout.published.at}
    added = {name: getattr(meta, name) for name in _KNOWN if not getattr(known, name) and not said.get(name)}
    return replace(known, **added)


def _moment(said: Moment | None, known: date | None, zone: str) -> Moment | None:
    """The known moment, or the one that the text says if it is the same and no less exact."""
    if known is None:
        return said
    stated = moment(known, zone)
    return said if said and said.on == stated.on and stated.at in (None, said.at) else stated


def _still_says(field: str, value: Any, layout: Layout) -> bool:
    """Whether the text is where a cell's final value can be read."""
    if field == "published_on":
        return layout.published is not None and value == layout.published.on
    if field in ("published_at", "updated_at"):
        said = layout.published if field == "published_at" else layout.updated
        return said is not None and value == said.at
    return letters(value) == letters(getattr(layout, field))
