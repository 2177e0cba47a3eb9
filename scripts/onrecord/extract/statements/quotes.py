"""Pairing of quotation marks, line by line.

Double marks (`"`, curly, low, angle, two straight singles) win over single ones: inside a double quotation a single mark is
nested or an apostrophe and is passed over. A quotation that a line leaves open runs to the end of that line; whether the
next line goes on with it is for `join` to say.
"""

import re
from enum import IntEnum

from onrecord.extract.values import value
from onrecord.records import Article, Line, Role

# Lines that a quotation may stand in.
SPOKEN: frozenset[Role] = frozenset({"title", "standfirst", "body"})

# One search for a character of a class is much faster than one for a choice; what follows it tells '' and `` from ' and `.
_MARK = re.compile(r"[\"“”„«»'`‘’]")
_MARKS = re.compile(rf"{_MARK.pattern}(?:(?<=')''?|(?<=`)`|(?<!`))")
_ALWAYS_OPENS = frozenset({"“", "„", "«", "``"})
_ALWAYS_CLOSES = frozenset({"”", "»"})
_OPENS_AFTER = frozenset(" \t\xa0\u2009\u202f([{—–-―/:;,")
_SINGLE = frozenset("'‘’")
_ENDS_SURELY = frozenset(".,?!…;")
# What an apostrophe can stand for at the start of a word, where it opens nothing.
_CLIPPED = re.compile(r"['’](?:\d0s|em\b|til\b|tis\b|twas\b|cause\b|n['’]|bout\b|cos\b|round\b)", re.I)


class Edge(IntEnum):
    """What a mark can do where it stands."""

    NEITHER = 0
    OPENS = 1
    CLOSES = 2
    EITHER = 3


_EDGES = (Edge.NEITHER, Edge.OPENS, Edge.CLOSES, Edge.EITHER)


@value
class Quote:
    """A quotation within one line: `start` and `end` with its marks, `inner` without them; `closed` if its line closes it."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    line: int
    closed: bool


@value
class _Marks:
    """The marks of one line, in order, a column a property: a line of nothing else has a million, too many to be objects."""

    starts: list[int]
    ends: list[int]
    single: list[bool]
    edges: list[Edge]


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
    marks = _marks(text, line)
    starts, ends, count = marks.starts, marks.ends, len(marks.starts)
    found: list[Quote] = []
    position = 0
    while position < count:
        if not _may_open(text, marks, position):
            position += 1
            continue
        single, start = marks.single[position], starts[position]
        close = (_close_single if single else _close_double)(text, marks, position)
        if close is not None:
            if starts[close] > ends[position]:
                found.append(_quote(text, start, ends[position], starts[close], ends[close], number))
            position = close + 1
        elif single and start != line.start:
            position += 1
        else:
            end = _before_next_opening(marks, position, line.end)
            if end > ends[position]:
                found.append(_quote(text, start, ends[position], end, None, number))
            position += 1
            while position < count and starts[position] < end:
                position += 1
    return [quote for quote in found if quote.inner_end > quote.inner_start]


def _quote(text: str, start: int, inner_start: int, inner_end: int, close: int | None, number: int) -> Quote:
    """A quotation without the blanks inside its marks; `close` is the end of the mark that closes it, if one does."""
    while inner_start < inner_end and text[inner_start].isspace():
        inner_start += 1
    while inner_end > inner_start and text[inner_end - 1].isspace():
        inner_end -= 1
    return Quote(start, inner_end if close is None else close, inner_start, inner_end, number, close is not None)


def _marks(text: str, line: Line) -> _Marks:
    """The marks of a line that can open or close a quotation."""
    marks = _Marks([], [], [], [])
    for match in _MARKS.finditer(text, line.start, line.end):
        start, end = match.span()
        mark = match.group()
        before = text[start - 1] if start > line.start else " "
        after = text[end] if end < line.end else " "
        single = mark in _SINGLE
        opens, closes = _single_edge(text, start, mark, before, after) if single else _double_edge(mark, before, after)
        if opens or closes:
            marks.starts.append(start)
            marks.ends.append(end)
            marks.single.append(single)
            marks.edges.append(_EDGES[opens + 2 * closes])
    return marks


def _opens(before: str, after: str) -> bool:
    return (before in _OPENS_AFTER or before in "\"“„«‘'" or before.isspace()) and not after.isspace()


def _single_edge(text: str, start: int, mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a single mark can open, and whether it can close: one within a word is an apostrophe."""
    opens = mark != "’" and _opens(before, after) and (after.isalnum() or after in '"“[(£$€…')
    if opens and mark != "‘":
        opens = _CLIPPED.match(text, start) is None
    closes = mark != "‘" and not after.isalnum() and (before.isalnum() or before in '.,?!…;)]-—–"”%')
    return opens, closes


def _double_edge(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a double mark can open, and whether it can close; one that could do neither can do both."""
    if mark in _ALWAYS_OPENS:
        return True, False
    opens = _opens(before, after)
    if mark in _ALWAYS_CLOSES:
        # A closing mark where only an opening one makes sense is a slip of the hand.
        return opens and before.isspace() and after.isalnum(), not (before.isspace() and after.isalnum())
    closes = not before.isspace() and not after.isalnum()
    return (opens, closes) if opens or closes else (True, True)


def _may_open(text: str, marks: _Marks, position: int) -> bool:
    edge, start = marks.edges[position], marks.starts[position]
    if edge is Edge.EITHER:
        return not marks.single[position] or start == 0 or text[start - 1].isspace()
    return edge is Edge.OPENS


def _close_double(text: str, marks: _Marks, opening: int) -> int | None:
    """The mark that closes a double quotation: curly ones nest, a straight one closes the first that is open."""
    straight = text[marks.starts[opening]] == '"'
    depth, last = 1, None
    for position in range(opening + 1, len(marks.starts)):
        if marks.single[position]:
            continue
        if marks.edges[position] is Edge.OPENS:
            if straight or text[marks.starts[position]] == '"' or depth >= _DEEPEST:
                return last
            depth += 1
            continue
        depth, last = depth - 1, position
        if depth == 0:
            return position
    return last


# Quotations within quotations go no deeper in prose; a text that does is not prose.
_DEEPEST = 3


def _close_single(text: str, marks: _Marks, opening: int) -> int | None:
    """The mark that closes a single quotation: the first that surely does, else the first that can before the next opens.

    A plural's apostrophe ("the residents' money") looks the same as a close after s; it is taken for one only if nothing
    better follows.
    """
    fallback = None
    for position in range(opening + 1, len(marks.starts)):
        if marks.edges[position] is Edge.OPENS:
            if not marks.single[position]:
                continue
            return fallback
        if not marks.single[position]:
            continue
        before, after = text[marks.starts[position] - 1], text[marks.ends[position] : marks.ends[position] + 1]
        if before in _ENDS_SURELY or not (before in "sSzx" and after == " "):
            return position
        fallback = position if fallback is None else fallback
    return fallback


def _before_next_opening(marks: _Marks, opening: int, end: int) -> int:
    """Where a quotation that nothing closes has to stop: before the next that opens, or at the end of the line."""
    single = marks.single[opening]
    for position in range(opening + 1, len(marks.starts)):
        if marks.single[position] == single and marks.edges[position] is Edge.OPENS:
            return marks.starts[position]
    return end
