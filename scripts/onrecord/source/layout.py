"""What each line of a text is, and which of its words fill the columns of the table `articles`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from onrecord.records import Evidence, Line, Role
from onrecord.source.furniture import ends_sentence, has_credit, is_call, is_label
from onrecord.source.head import Dated, Head, read_head, read_meta
from onrecord.source.times import Moment

# A line from its first character that is no white space to its last.
_LINE = re.compile(r"\S(?:[^\r\n\v\f\x85\u2028\u2029]*\S)?")
# From this many labels in a row they are a list (results, names, prices), whose items are body.
_LIST = 3
_FOOT = 3  # lines at the end in which a labelled date is looked for


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a text that are not blank, and the cells read from them with their evidence."""

    lines: tuple[Line, ...]
    title: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    published: Moment | None = None
    updated: Moment | None = None
    evidence: tuple[Evidence, ...] = ()


def read_layout(text: str, zone: str, title: str | None = None) -> Layout:
    """Say what each line of a text is.

    Args:
        text: the stored text; offsets count its code points.
        zone: the IANA time zone of clock times that name none.
        title: the headline where it is known from elsewhere, so that a line that repeats it is found.

    >>> layout = read_layout("Lock shut\\n\\nBy Ada Bell\\n\\nThe lock was shut on Monday.", "Europe/London")
    >>> [line.role for line in layout.lines], layout.title, layout.byline
    (['title', 'byline', 'body'], 'Lock shut', 'Ada Bell')
    """
    spans = [match.span() for match in _LINE.finditer(text)]
    if len(spans) < 2:
        return Layout(tuple(Line(start, end, "body") for start, end in spans))
    head = read_head(text, spans, zone, title)
    rest = _body(text, spans, len(head.lines))
    return _cells(text, _with_foot(text, head, rest, zone), title)


def _body(text: str, spans: Sequence[tuple[int, int]], first: int) -> list[Line]:
    """Roles of the lines below the head, which are those from `first`."""
    lines = [text[start:end] for start, end in spans[first:]]
    roles: list[Role] = ["call_to_action" if is_call(line) else "caption" if has_credit(line) else "body" for line in lines]
    labels = [role == "body" and is_label(line) for line, role in zip(lines, roles, strict=True)]
    if any(labels):
        gaps = [len(text[end:start].splitlines()) > 1 for (_, end), (start, _) in pairwise(spans)]
        whole = _in_blocks(gaps, first) if any(gaps) else _between_ends(lines, labels)
        labels = list(_without_lists([label and one for label, one in zip(labels, whole, strict=True)]))
    return [Line(*span, "caption" if label else role) for span, role, label in zip(spans[first:], roles, labels, strict=True)]


def _in_blocks(gaps: list[bool], first: int) -> list[bool]:
    """Which lines are no piece of a paragraph, in a text whose paragraphs are parted by blank lines: those between two."""
    around = [True, *gaps, True]
    return [before and after for before, after in pairwise(around)][first:]


def _between_ends(lines: Sequence[str], labels: Sequence[bool]) -> list[bool]:
    """Which lines are no piece of a paragraph, in a text without blank lines: what precedes ends and what follows begins."""
    ends = [True, *(label or ends_sentence(line) or has_credit(line) for label, line in zip(labels, lines, strict=True))]
    begins = [*(not line[0].islower() for line in lines[1:]), True]
    return [end and begin for end, begin in zip(ends[:-1], begins, strict=True)]


def _without_lists(labels: list[bool]) -> Iterator[bool]:
    """The same, but false throughout a run that is a list."""
    for label, run in groupby(labels):
        length = len(list(run))
        yield from [label and length < _LIST] * length


def _with_foot(text: str, head: Head, rest: list[Line], zone: str) -> Head:
    """Add the lines below the head, and the labelled dates among the last of them that the head does not have."""
    for number in range(max(0, len(rest) - _FOOT), len(rest)):
        line = rest[number]
        meta = read_meta(text, line.start, line.end, zone)
        if meta and meta.labelled:
            rest[number] = replace(line, role=meta.role)
            head = replace(head, published=head.published or meta.published, updated=head.updated or meta.updated)
    return replace(head, lines=(*head.lines, *rest))


def _cells(text: str, head: Head, known_title: str | None) -> Layout:
    """Read the cells off the lines of a head."""
    titles = [line for line in head.lines if line.role == "title"]
    standfirst = [line for line in head.lines if line.role == "standfirst"]
    evidence = [
        *(Evidence("title", line.start, _title_end(text, line, known_title), "source.title") for line in titles),
        *(Evidence("standfirst", line.start, line.end, "source.standfirst") for line in standfirst),
        *([Evidence("byline", *head.byline, "source.byline")] if head.byline else []),
        *_date_evidence(("published_on", "published_at"), head.published, "source.published"),
        *_date_evidence(("updated_at",), head.updated, "source.updated"),
    ]
    return Layout(
        lines=head.lines,
        title=_joined(text, titles),
        standfirst=_joined(text, standfirst),
        byline=text[slice(*head.byline)] if head.byline else None,
        published=head.published.moment if head.published else None,
        updated=head.updated.moment if head.updated else None,
        evidence=tuple(evidence),
    )


def _joined(text: str, lines: list[Line]) -> str | None:
    return " ".join(text[line.start : line.end] for line in lines) or None


def _title_end(text: str, line: Line, known: str | None) -> int:
    """The end of the headline: without what follows it in its line, mostly a full stop, where the headline is known."""
    return line.start + len(known) if known and text.startswith(known, line.start) else line.end


def _date_evidence(fields: tuple[str, ...], dated: Dated | None, rule: str) -> Iterator[Evidence]:
    for field in fields:
        if dated and (dated.moment.at or field == "published_on"):
            yield Evidence(field, dated.start, dated.end, rule)
