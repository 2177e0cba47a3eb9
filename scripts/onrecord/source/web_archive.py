"""Web archives: the web pages that a crawl stored in a WARC file."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import partial
from typing import Any

from pydantic import ValidationError
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from onrecord.hashing import row_id
from onrecord.records import Article
from onrecord.settings import Known
from onrecord.source.lines import BROKEN, LONGEST, refuse_too_long
from onrecord.source.pieces import Piece, Reading, cut, no_article
from onrecord.source.read import read_page

_PAGES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def archive_pieces(reading: Reading) -> Iterator[Piece]:
    """The web pages of a .warc or .warc.gz file: the responses 200 that are HTML; pictures, redirects and requests are none."""
    empty, end = True, 0
    with reading.path.open("rb") as file:
        records = ArchiveIterator(file)
        try:
            for record in records:
                empty, end = False, records.get_record_offset()
                if not _is_page(record):
                    continue
                data = record.content_stream().read(LONGEST + 1)
                if len(data) <= LONGEST and record.raw_stream.limit:
                    break
                yield Piece(end, partial(_read, reading, record.rec_headers, _CHARSET.search(_type(record)), data))
            else:
                if empty:
                    yield no_article(reading.path)
                return
        except (ArchiveLoadFailed, *BROKEN):
            pass
    yield cut(reading.path, end)


def page_id(text: str) -> str:
    """The id of a page that has none: its text's, so that it is the same wherever the page was found.

    >>> page_id("It rained.")
    'page_4276ab3bf8c7eb97'
    """
    return row_id("page", text)


def _type(record: Any) -> str:
    return (record.http_headers and record.http_headers.get_header("Content-Type")) or ""


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or not record.http_headers or record.http_headers.get_statuscode() != "200":
        return False
    return _type(record).split(";")[0].strip().lower() in _PAGES


def _read(reading: Reading, headers: Any, charset: re.Match[str] | None, data: bytes) -> Article:
    address = headers.get_header("WARC-Target-URI")
    where = f"{address} in {reading.path}"
    refuse_too_long(len(data) <= LONGEST, where)
    declared = charset[1].lower() if charset else None
    known = _at(address, reading.known)
    page = read_page("page", data, known, time_zone=reading.time_zone, where=where, declared=declared)
    return replace(page, article_id=page_id(page.text))


def _at(address: str, known: Known | None) -> Known:
    """What is known of a page: what is known of all of its file, and its address if it is one."""
    stated = {each.name: getattr(known, each.name, None) for each in fields(Known)}
    try:
        return Known(**stated | {"url": address})
    except ValidationError:
        return Known(**stated)
