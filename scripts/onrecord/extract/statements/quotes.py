"""Pairing of quotation marks, line by line.

Double marks (`"`, curly, low, angle, two straight singles) win over single ones: inside a double quotation a single mark is
nested or an apostrophe and is passed over. A quotation that a line leaves open runs to the end of that line; whether the
next line goes on with it is for `join` to say.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from onrecord.records import Article, Line, Role

# Lines that a quotation may stand in.
SPOKEN: frozenset[Role] = frozenset({"title", "standfirst", "body"})

_MARKS = re.compile(r"[\"“”„«»]|'''?|``|['‘’]")
_MARK = re.compile(r"[\"“”„«»'`‘’]")  # one search for a character of a class is much faster than one for a choice
_ALWAYS_OPENS = frozenset({"“", "„", "«", "``"})
_ALWAYS_CLOSES = frozenset({"”", "»"})
_OPENS_AFTER = frozenset(" \t\xa0\u2009\u202f([{—–-―/:;,")
_ENDS_SURELY = frozenset(".,?!…;")
# What an apostrophe can stand for at the start of a word, where it opens nothing.
_CLIPPED = re.compile(r"['’](?:\d0s|em\b|til\b|tis\b|twas\b|cause\b|n['’]|bout\b|cos\b|round\b)", re.I)


class Edge(IntEnum):
    """What a mark can do where it stands."""

    NEITHER = 0
    OPENS = 1
    CLOSES = 2
    EITHER = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation within one line: `start` and `end` with its marks, `inner` without them; `closed` if its line closes it."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    line: int
    closed: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    single: bool
    edge: Edge


def find_quotes(article: Article) -> list[list[Quote]]:
    """The quotations of each line, in order and never overlapping.

    Returns:
        One list a line of the article; empty where nothing is quoted or the line's role has no speech in it.

    >>> line = Line(0, 21, "body")
    >>> [[(q.inner_start, q.inner_end) for q in row] for row in find_quotes(Article("a", '"Come in," said Flora.', (line,)))]
    [[(1, 9)]]
    """
    text = article.text
    return [
        _pair(text, line, number) if line.role in SPOKEN and _MARK.search(text, line.start, line.end) else []
        for number, line in enumerate(article.lines)
    ]


def _pair(text: str, line: Line, number: int) -> list[Quote]:
    """Walk a line's marks once; doubles first, and singles only where no double is open."""
    marks = [_mark(text, line, m) for m in _MARKS.finditer(text, line.start, line.end)]
    marks = [mark for mark in marks if mark.edge is not Edge.NEITHER]
    found: list[Quote] = []
    position = 0
    while position < len(marks):
        mark = marks[position]
        if not _may_open(text, mark):
            position += 1
            continue
        close = (_close_single if mark.single else _close_double)(text, marks, position)
        if close is None:
            if mark.single and mark.start != line.start:
                position += 1
                continue
            end = _before_next_opening(marks, position, mark.single, line.end)
            found.append(_quote(text, mark, end, end, number, False))
            position += 1
            while position < len(marks) and marks[position].start < end:
                position += 1
            continue
        found.append(_quote(text, mark, marks[close].start, marks[close].end, number, True))
        position = close + 1
    return [quote for quote in found if quote.inner_end > quote.inner_start]


def _quote(text: str, mark: _Mark, inner_end: int, end: int, number: int, closed: bool) -> Quote:
    start = mark.end
    while start < inner_end and text[start].isspace():
        start += 1
    while inner_end > start and text[inner_end - 1].isspace():
        inner_end -= 1
    return Quote(mark.start, end if closed else inner_end, start, inner_end, number, closed)


def _mark(text: str, line: Line, match: re.Match[str]) -> _Mark:
    start, end, mark = match.start(), match.end(), match.group()
    single = mark in "'‘’"
    before = text[start - 1] if start > line.start else " "
    after = text[end] if end < line.end else " "
    opens = (before in _OPENS_AFTER or before in "\"“„«‘'" or before.isspace()) and not after.isspace()
    closes = not before.isspace() and not after.isalnum()
    if single:
        clipped = opens and mark != "‘" and _CLIPPED.match(text, start) is not None
        opens = opens and mark != "’" and not clipped and (after.isalnum() or after in '"“[(£$€…')
        closes = closes and mark != "‘" and start > line.start and (before.isalnum() or before in '.,?!…;)]-—–"”%')
    elif mark in _ALWAYS_OPENS:
        opens, closes = True, False
    elif mark in _ALWAYS_CLOSES:
        # A closing mark where only an opening one makes sense is a slip of the hand.
        opens, closes = opens and before.isspace() and after.isalnum(), not (before.isspace() and after.isalnum())
    elif not opens and not closes:
        opens = closes = True
    return _Mark(start, end, single, Edge((1 if opens else 0) + (2 if closes else 0)))


def _may_open(text: str, mark: _Mark) -> bool:
    if mark.edge is Edge.OPENS:
        return True
    return mark.edge is Edge.EITHER and (mark.start == 0 or text[mark.start - 1].isspace() or not mark.single)


def _close_double(text: str, marks: list[_Mark], opening: int) -> int | None:
    """The mark that closes a double quotation: curly ones nest, a straight one closes the first that is open."""
    straight = text[marks[opening].start] == '"'
    depth, last = 1, None
    for position in range(opening + 1, len(marks)):
        mark = marks[position]
        if mark.single:
            continue
        if mark.edge is Edge.OPENS:
            if straight or text[mark.start] == '"' or depth >= _DEEPEST:
                return last
            depth += 1
            continue
        depth, last = depth - 1, position
        if depth == 0:
            return position
    return last


# Quotations within quotations go no deeper in prose; a text that does is not prose.
_DEEPEST = 3


def _close_single(text: str, marks: list[_Mark], opening: int) -> int | None:
    """The mark that closes a single quotation: the first that surely does, else the first that can before the next opens.

    A plural's apostrophe ("the residents' money") looks the same as a close after s; it is taken for one only if nothing
    better follows.
    """
    fallback = None
    for position in range(opening + 1, len(marks)):
        mark = marks[position]
        if mark.edge is Edge.OPENS:
            if not mark.single:
                continue
            return fallback if fallback is not None else None
        if not mark.single:
            continue
        before = text[mark.start - 1]
        after = text[mark.end : mark.end + 1]
        if before in _ENDS_SURELY or not (before in "sSzx" and after == " "):
            return position
        fallback = position if fallback is None else fallback
    return fallback


def _before_next_opening(marks: list[_Mark], opening: int, single: bool, end: int) -> int:
    """Where a quotation that nothing closes has to stop: before the next that opens, or at the end of the line."""
    for position in range(opening + 1, len(marks)):
        if marks[position].single == single and marks[position].edge is Edge.OPENS:
            return marks[position].start
    return end
