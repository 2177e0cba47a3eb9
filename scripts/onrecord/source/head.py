"""The lines above an article's first paragraph: headline, standfirst, byline and dates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.hashing import normalise
from onrecord.records import Line, Role
from onrecord.source.bylines import is_role, read_byline
from onrecord.source.furniture import ends_sentence, has_credit, is_quoted
from onrecord.source.lexicon import RULES, either
from onrecord.source.times import Moment, read_stamps

# Longer lines are paragraphs whatever they say: the longest headlines in use have some 30 words.
_LONGEST, _LONGEST_STANDFIRST = 240, 320  # characters
# What is read as a head at most, and how many lines in it may be neither headline nor byline nor date: a photo's caption,
# an outlet's name and a standfirst of two lines. More than these are paragraphs, and the date below them is not the head's.
_LINES, _OTHERS = 12, 3
_TITLE_LINES = 3  # that a headline is broken into at most
_STANDFIRST_WORDS = 4  # fewer are an outlet, a section or a place
_KICKER = re.compile(rf"\W*{either([*RULES['heads']['kickers'], *RULES['bylines']['outlets']])}\W*", re.IGNORECASE)
_DATELINE = re.compile(r"\(\w[\w\s./]*\)\s+[—–-]+\s")
_NO_LETTER = re.compile(r"\W")
_NOT_A_HEADLINE = (".", ",", ";", ":", "…", '."', ".”", ".’", ".'", ',"', ",”")


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment and the span of the words that name it."""

    moment: Moment
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Meta:
    """A line of a head that is neither headline nor standfirst: the span of the names in it, and the dates."""

    role: Role
    byline: tuple[int, int] | None = None
    published: Dated | None = None
    updated: Dated | None = None
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The lines of a head with what they are, and what its byline and dates say."""

    lines: tuple[Line, ...] = ()
    byline: tuple[int, int] | None = None
    published: Dated | None = None
    updated: Dated | None = None


def read_meta(text: str, start: int, end: int, zone: str) -> Meta | None:
    """Read a line as a byline, a date line, both in one, or an outlet's or section's name; None if it is none of them."""
    if end - start > _LONGEST:
        return None
    if _KICKER.fullmatch(text, start, end):
        return Meta("caption")
    stamps, before = read_stamps(text[start:end], zone)
    names = read_byline(before)
    if before.strip() and not names:
        return None
    dates = {
        stamp.label or "published": Dated(stamp.moment, start + stamp.start, start + stamp.end) for stamp in reversed(stamps)
    }
    role: Role = "byline" if names else "published" if "published" in dates else "updated"
    byline = (start + names[0], start + names[1]) if names else None
    return Meta(role, byline, dates.get("published"), dates.get("updated"), any(stamp.label for stamp in stamps))


def read_head(text: str, spans: Sequence[tuple[int, int]], zone: str, title: str | None = None) -> Head:
    """Read the head of a text; it is empty where the text begins with a paragraph.

    Args:
        text: the stored text.
        spans: its lines that are not blank.
        zone: the IANA time zone of times that name none.
        title: the headline, where it is known from elsewhere: the line that repeats it is the title.
    """
    more = len(spans) > _LINES
    spans = spans[:_LINES]
    metas = [read_meta(text, start, end, zone) for start, end in spans]
    if title and (repeated := _repeated_title(text, spans, title)):
        metas[:repeated] = [None] * repeated  # "By Design" is a headline if it is known to be one
    first = next((number for number, meta in enumerate(metas) if meta is None), len(metas))
    if first == len(metas):
        return _head(text, spans, metas, range(0), first)
    repeated = _repeated_title(text, spans[first:], title) if title else 0
    last = _last_meta(spans, metas, first + max(repeated - 1, 0), more)
    if not repeated and not _is_title(text, spans, first, last, title):
        return _head(text, spans, metas, range(0), first)
    return _head(text, spans, metas, range(first, first + max(repeated, 1)), last + 1)


def _repeated_title(text: str, spans: Sequence[tuple[int, int]], title: str) -> int:
    """How many of the first lines together say the known headline; 0 if they do not."""
    wanted, said = letters(title), ""
    for number, (start, end) in enumerate(spans[:_TITLE_LINES], 1):
        said += letters(text[start:end]) if end - start <= _LONGEST else " "
        if said == wanted:
            return number
    return 0


def _last_meta(spans: Sequence[tuple[int, int]], metas: Sequence[Meta | None], first: int, more: bool) -> int:
    """The last byline or date of a head whose headline ends in line `first`; `first` if there is none.

    Args:
        spans: the first lines of the text.
        metas: what they say of author and date.
        first: a line's number.
        more: whether the text has more lines than these.
    """
    last, others = first, 0
    for number in range(first + 1, len(spans)):
        start, end = spans[number]
        meta = metas[number]
        if meta is None:
            others += 1
            if others > _OTHERS or end - start > _LONGEST_STANDFIRST:
                break
        elif meta.role != "caption":
            last = number
    if last + 1 < len(spans) or more:
        return last
    # There is no paragraph below: these dates are the text's foot, and only those right below the headline its head.
    return next((number for number in range(first, last) if metas[number + 1] is None), last)


def _is_title(text: str, spans: Sequence[tuple[int, int]], first: int, last: int, known: str | None) -> bool:
    """Whether line `first` looks like a headline: no full stop, unless a byline or date below it shows that it is one."""
    start, end = spans[first]
    line = text[start:end]
    if first + 1 == len(spans) or end - start > _LONGEST or _DATELINE.search(line) or not re.search(r"\w", line[:2]):
        return False
    return (known is None and last > first) or not line.endswith(_NOT_A_HEADLINE)


def letters(words: str) -> str:
    """Words as they are compared with what is known from elsewhere: nothing but letters and digits.

    >>> letters("‘Lock shut.’") == letters("Lock Shut")
    True
    """
    return _NO_LETTER.sub("", normalise(words))


def _head(text: str, spans: Sequence[tuple[int, int]], metas: Sequence[Meta | None], titles: range, stop: int) -> Head:
    """Put a head together from its lines up to `stop`; `titles` are those of the headline."""
    lines, byline_seen = [], False
    for number in range(stop):
        start, end = spans[number]
        meta = metas[number]
        role: Role = "title" if number in titles else meta.role if meta else _other(text[start:end], byline_seen)
        byline_seen |= role == "byline"
        lines.append(Line(start, end, role))
    read = [meta for meta in metas[:stop] if meta]
    return Head(
        lines=tuple(lines),
        byline=next((meta.byline for meta in read if meta.byline), None),
        published=next((meta.published for meta in read if meta.published), None),
        updated=next((meta.updated for meta in read if meta.updated), None),
    )


def _other(line: str, byline_seen: bool) -> Role:
    """What a line inside of a head is that is neither headline nor byline nor date."""
    if is_role(line, whole=not byline_seen):
        return "byline"
    said = len(line.split()) >= _STANDFIRST_WORDS or is_quoted(line)
    return "standfirst" if said and not has_credit(line) and (not byline_seen or ends_sentence(line)) else "caption"
