"""What each line of a text is, and which of its words fill the columns of the table `articles`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from onrecord.records import Evidence, Line
from onrecord.source.furniture import ends_sentence, has_credit, is_call, is_label
from onrecord.source.head import Dated, Head, read_head, read_meta
from onrecord.source.times import Moment

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
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
    spans = list(_spans(text))
    head = read_head(text, spans, zone, title)
    rest = _body(text, spans[len(head.lines) :])
    return _cells(text, _with_foot(text, head, rest, zone), title)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The lines that are not blank, without the white space around them."""
    for match in _LINE.finditer(text):
        line = match[0]
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if end > start:
            yield start, end


def _body(text: str, spans: Sequence[tuple[int, int]]) -> list[Line]:
    """Roles of the lines below the head."""
    lines = [text[start:end] for start, end in spans]
    labels = [is_label(line) and _stands_alone(lines, number) for number, line in enumerate(lines)]
    return [
        Line(start, end, "call_to_action" if is_call(line) else "caption" if has_credit(line) or label else "body")
        for (start, end), line, label in zip(spans, lines, _without_lists(labels), strict=True)
    ]


def _stands_alone(lines: Sequence[str], number: int) -> bool:
    """Whether a line is not a piece of a paragraph that was broken into lines: what precedes ends, what follows begins."""
    before = lines[number - 1] if number else "."
    after = lines[number + 1] if number + 1 < len(lines) else "A"
    return (ends_sentence(before) or is_label(before) or has_credit(before)) and not after[0].islower()


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
    title = next((line for line in head.lines if line.role == "title"), None)
    standfirst = [line for line in head.lines if line.role == "standfirst"]
    evidence = [
        *([_title_evidence(text, title, known_title)] if title else []),
        *(Evidence("standfirst", line.start, line.end, "source.standfirst") for line in standfirst),
        *([Evidence("byline", *head.byline, "source.byline")] if head.byline else []),
        *_date_evidence(("published_on", "published_at"), head.published, "source.published"),
        *_date_evidence(("updated_at",), head.updated, "source.updated"),
    ]
    return Layout(
        lines=head.lines,
        title=text[title.start : title.end] if title else None,
        standfirst=" ".join(text[line.start : line.end] for line in standfirst) or None,
        byline=text[slice(*head.byline)] if head.byline else None,
        published=head.published.moment if head.published else None,
        updated=head.updated.moment if head.updated else None,
        evidence=tuple(evidence),
    )


def _title_evidence(text: str, line: Line, known: str | None) -> Evidence:
    """The words of the headline: without what follows it in its line, mostly a full stop, where the headline is known."""
    end = line.start + len(known) if known and text.startswith(known, line.start) else line.end
    return Evidence("title", line.start, end, "source.title")


def _date_evidence(fields: tuple[str, ...], dated: Dated | None, rule: str) -> Iterator[Evidence]:
    for field in fields:
        if dated and (dated.moment.at or field == "published_on"):
            yield Evidence(field, dated.start, dated.end, rule)
