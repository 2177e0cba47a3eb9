"""Files to articles.

A .txt file is one article, an .html file is one (the running text that trafilatura finds in it), a .jsonl file has one a
line. The stored text is the decoded text exactly: line ends as they are, a byte order mark not counted.
"""

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from onrecord.errors import InputError
from onrecord.paths import failure
from onrecord.records import Article
from onrecord.settings import ArticleSettings, Identifier, Known, check
from onrecord.source.encoding import decode, refuse_what_is_no_text
from onrecord.source.head import letters
from onrecord.source.layout import Layout, read_layout
from onrecord.source.times import Moment, moment

FORMATS = (".txt", ".html", ".jsonl")
_NOTHING = Known()


@dataclass(frozen=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Record(Known):
    """An article in a line of a .jsonl file."""

    id: Identifier
    text: str


def read_file(path: Path, known: ArticleSettings | None = None, *, time_zone: str = "Europe/London") -> Iterator[Article]:
    """Read the articles of one file.

    Args:
        path: a .txt, .html or .jsonl file.
        known: what collection.toml says of it; it wins over what the text says.
        time_zone: the IANA time zone of clock times in the text that name none.

    Yields:
        The articles in the order of the file: one, or as many as a .jsonl file has lines.

    Raises:
        InputError: the file is missing, empty, binary, in another encoding or format, or a record is not as it must be.
    """
    suffix = {".htm": ".html"}.get(path.suffix.lower(), path.suffix.lower())
    if suffix not in FORMATS:
        raise InputError(f"expected a file that ends in {', '.join(FORMATS)}, found {path}; convert or rename it")
    if suffix == ".jsonl":
        if known and known.id:
            raise InputError(f"expected no id for {path}, whose articles have their own, found {known.id}; remove it")
        yield from _read_records(path, known, time_zone)
        return
    data, article_id = _read_bytes(path), (known and known.id) or path.stem
    if suffix == ".html":
        yield read_page(article_id, data, known, time_zone=time_zone, where=str(path))
    else:
        yield read_text(article_id, decode(data, str(path)), known, time_zone=time_zone, where=str(path))


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
    refuse_what_is_no_text(text, where or article_id)
    known = known or _NOTHING
    return _article(article_id, text, read_layout(text, time_zone, known.title), known, time_zone)


def read_page(
    article_id: str, data: bytes, known: Known | None = None, *, time_zone: str = "Europe/London", where: str | None = None
) -> Article:
    """Read one article from a web page; its stored text is the running text in the page.

    Arguments and errors are those of `read_text`; the page's metadata fill what neither its text nor `known` says.
    """
    from onrecord.source.page import Page, declared_encoding, read_running_text  # loading trafilatura takes 0.2 s

    where = where or article_id
    page: Page = read_running_text(decode(data, where, declared=declared_encoding(data)), where)
    refuse_what_is_no_text(page.text, where)
    known = known or _NOTHING
    layout = read_layout(page.text, time_zone, known.title or page.meta.title)
    return _article(article_id, page.text, layout, _filled(known, page.meta, layout), time_zone, "text/html")


def _unreadable(path: Path, error: OSError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(f"expected a file, found nothing at {path}; check the path")
    return InputError(f"expected to read {path}, but: {failure(error)}; check the path")


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None


def _read_records(path: Path, known: Known | None, time_zone: str) -> Iterator[Article]:
    empty = True
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    empty = False
                    yield read_record(line, known, time_zone=time_zone, where=f"{path}:{number}")
    except OSError as error:
        raise _unreadable(path, error) from None
    if empty:
        raise InputError(f"expected an article in {path}, found no text; give a file that has some")


def read_record(line: bytes, known: Known | None = None, *, time_zone: str = "Europe/London", where: str) -> Article:
    """Read one article from a line of a .jsonl file.

    Args:
        line: a JSON object with `id` and `text`, and any field of `Known`; `date` stands for `published_at`.
        known: what is known of all articles of the file; the record's own words win over it.
        time_zone: the IANA time zone of clock times that name none.
        where: the file and line, for a message.

    Raises:
        InputError: the line is not such an object.

    >>> read_record(b'{"id": "a", "text": "It rained.", "date": "2023-05-04"}', where="a.jsonl:1").published_on
    datetime.date(2023, 5, 4)
    """
    record = check(Record, _json_object(decode(line, where), where), where)
    own = {each.name: getattr(record, each.name) or getattr(known, each.name, None) for each in fields(Known)}
    return read_text(record.id, record.text, Known(**own), time_zone=time_zone, where=where)


def _json_object(line: str, where: str) -> dict[str, Any]:
    """The object in a line, without keys that are null or empty: both say that nothing is known."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"expected a JSON object in {where}, found: {error}; correct that line") from None
    if not isinstance(values, dict):
        raise InputError(f"expected a JSON object in {where}, found {type(values).__name__}; give one object a line")
    values["published_at"] = values.get("published_at") or values.pop("date", None)
    names = {each.name for each in fields(Record)}
    return {key: value for key, value in values.items() if key in names and (value not in (None, "") or key == "text")}


def _article(
    article_id: str, text: str, layout: Layout, known: Known, time_zone: str, media_type: str = "text/plain"
) -> Article:
    """Put together what the text says and what is known from elsewhere, which wins; equal words stay the evidence."""
    published = _moment(layout.published, known.published_at, time_zone)
    updated = _moment(layout.updated, known.updated_at, time_zone)
    article = Article(
        article_id=article_id,
        text=text,
        lines=layout.lines,
        title=known.title or layout.title,
        standfirst=known.standfirst or layout.standfirst,
        byline=known.byline or layout.byline,
        publisher=known.publisher,
        url=known.url,
        language=known.language,
        published_on=published.on if published else None,
        published_at=published.at if published else None,
        updated_at=updated.at if updated else None,
        media_type=media_type,
        rights=known.rights,
    )
    return replace(article, evidence=tuple(each for each in layout.evidence if _still_says(each.field, article, layout)))


def _filled(known: Known, meta: Known, layout: Layout) -> Known:
    """What is known, and from a page's metadata what the text does not say, or says less exactly."""
    said = {"title": layout.title, "byline": layout.byline, "published_at": layout.published and layout.published.at}
    added = {
        each.name: getattr(meta, each.name)
        for each in fields(Known)
        if not getattr(known, each.name) and not said.get(each.name)
    }
    return replace(known, **added)


def _moment(said: Moment | None, known: date | None, zone: str) -> Moment | None:
    """The known moment, or the one that the text says if it is the same and no less exact."""
    if known is None:
        return said
    stated = moment(known, zone)
    return said if said and said.on == stated.on and stated.at in (None, said.at) else stated


def _still_says(field: str, article: Article, layout: Layout) -> bool:
    """Whether the text is where a cell's final value can be read."""
    if field == "published_on":
        return layout.published is not None and article.published_on == layout.published.on
    if field in ("published_at", "updated_at"):
        said = layout.published if field == "published_at" else layout.updated
        return said is not None and getattr(article, field) == said.at
    return letters(getattr(article, field)) == letters(getattr(layout, field))
