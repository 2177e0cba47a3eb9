"""Web archives: the web pages that a crawl stored in a WARC file."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import partial
from typing import Any

from pydantic import ValidationError
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from onrecord.settings import Known
from onrecord.source.lines import BROKEN, LONGEST, refuse_too_long
from onrecord.source.pieces import Piece, Reading, cut, no_article, page_id
from onrecord.source.read import Draft, draft_page

_PAGES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def archive_pieces(reading: Reading) -> Iterator[Piece]:
    """The web pages of a .warc or .warc.gz file: the responses 200 that are HTML; pictures, redirects and requests are none."""
    start = 0
    try:
        with reading.path.open("rb") as file:
            records = ArchiveIterator(file)
            for record in records:
                data = _content(record) if _is_page(record) else b""
                if record.raw_stream.limit and _is_page(record) and len(data) <= LONGEST:
                    raise EOFError  # the record has less than it says; warcio takes that for its end
                offset, length = records.get_record_offset(), records.get_record_length()
                if _is_page(record):
                    yield Piece(offset, partial(_read, reading, record.rec_headers, _CHARSET.search(_type(record)), data))
                start = offset + length
    except (ArchiveLoadFailed, *BROKEN):
        yield cut(reading.path, start)
        return
    if not start:
        yield no_article(reading.path)


def _content(record: Any) -> bytes:
    """What was sent, uncompressed; of what is too long, the beginning."""
    stream, parts, size = record.content_stream(), [], 0
    while size <= LONGEST and (part := stream.read(LONGEST + 1 - size)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _type(record: Any) -> str:
    return (record.http_headers and record.http_headers.get_header("Content-Type")) or ""


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or not record.http_headers or record.http_headers.get_statuscode() != "200":
        return False
    return _type(record).split(";")[0].strip().lower() in _PAGES


def _read(reading: Reading, headers: Any, charset: re.Match[str] | None, data: bytes) -> Draft:
    address = headers.get_header("WARC-Target-URI")
    where = f"{address} in {reading.path}"
    refuse_too_long(len(data) <= LONGEST, where)
    declared = charset[1].lower() if charset else None
    known = _at(address, reading.known)
    page = draft_page("page", data, known, time_zone=reading.time_zone, where=where, declared=declared)
    return replace(page, article_id=page_id(page.text))


def _at(address: str, known: Known | None) -> Known:
    """What is known of a page: what is known of all of its file, and its address if it is one."""
    stated = {each.name: getattr(known, each.name, None) for each in fields(Known)}
    try:
        return Known(**stated | {"url": address})
    except ValidationError:
        return Known(**stated)
