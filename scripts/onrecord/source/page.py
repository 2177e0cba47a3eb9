"""The running text and the metadata of a web page, by trafilatura."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import trafilatura
from pydantic import ValidationError
from trafilatura.settings import Document

from onrecord.errors import InputError
from onrecord.settings import Known

# As browsers do: a page that says Latin-1 is windows-1252, of which Latin-1 lacks the quotation marks.
_LATIN = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252"}
# The families of encodings that pages are in; Python knows others that are none of text (punycode, unicode_escape).
_PAGES = r"(?:iso-?8859|windows|cp|latin|us-ascii|mac|koi8|gb|big5|shift|euc|utf-?8)[a-z0-9_-]{0,20}"
_CHARSET = re.compile(rf"""<meta[^>]{{0,200}}?charset\s*=\s*["']?({_PAGES})""".encode(), re.IGNORECASE)
_LANGUAGE = re.compile(r"""<html\b[^>]{0,1000}?\slang\s*=\s*["']?([A-Za-z0-9_-]{2,40})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096  # bytes
# Only what the page's metadata say: no search for a date in its words, and no clock to compare a date with.
_DATES = {
    "original_date": True,
    "extensive_search": False,
    "min_date": "1900-01-01",
    "max_date": "2999-12-31",
    "outputformat": "%Y-%m-%dT%H:%M:%S%z",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page's running text, a paragraph a line, and what its metadata say."""

    text: str
    meta: Known


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page says it is in.

    >>> declared_encoding(b'<meta charset="ISO-8859-1">')
    'cp1252'
    """
    found = _CHARSET.search(data[:_DECLARED_WITHIN])
    name = found[1].decode("ascii").lower() if found else None
    return _LATIN.get(name, name) if name else None


def read_running_text(source: str, where: str) -> Page:
    """Find the article in a page.

    Args:
        source: the page, decoded.
        where: what to call it in a message.

    Raises:
        InputError: the page holds no running text.
    """
    language = _LANGUAGE.search(source)
    page = trafilatura.bare_extraction(source, include_comments=False, with_metadata=True, date_extraction_params=_DATES)
    if not isinstance(page, Document) or not page.text:
        raise InputError(f"expected an article in {where}, found a page without running text; save its text as .txt")
    return Page(page.text, _known(page, language[1] if language else None))


def _known(page: Document, language: str | None) -> Known:
    """The metadata as settings; what is not well formed is not known."""
    stated: dict[str, Any] = {
        "title": page.title,
        "byline": page.author and page.author.replace("; ", ", "),
        "publisher": page.sitename,
        "url": page.url,
        "language": language and language.replace("_", "-"),
        "published_at": page.date and _day_or_instant(page.date),
    }
    return Known(**{key: value for key, value in stated.items() if value and _well_formed(key, value)})


def _day_or_instant(written: str) -> date:
    """htmldate writes midnight without a zone where a page gives the day only."""
    when = datetime.fromisoformat(written)
    return when.date() if when.tzinfo is None and when.time() == time() else when


def _well_formed(key: str, value: Any) -> bool:
    try:
        Known(**{key: value})
    except ValidationError:
        return False
    return True
