"""The frozen records that pass between the stages.

Offsets are Unicode code points into `Article.text` exactly as stored; ends are exclusive. Unknown is None. The meaning
of a column stands in `schemas/*.json` and nowhere else; a record has the same names.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Literal, NamedTuple

Role = Literal["title", "standfirst", "byline", "published", "updated", "caption", "call_to_action", "body"]


class Evidence(NamedTuple):
    """The words behind one cell. A cell read from several places has one Evidence a place.

    A tuple, since an article has a dozen for each of its rows and they are made in half the time.
    """

    field: str
    start: int
    end: int
    rule: str


def evidence_of(cells: Iterable[tuple[str, int, int, str]]) -> tuple[Evidence, ...]:
    """The evidence of the cells of a row, made without a call of Python for each.

    >>> evidence_of([("text", 0, 6, "figure.number")])
    (Evidence(field='text', start=0, end=6, rule='figure.number'),)
    """
    return tuple(map(_EVIDENCE, cells))


_EVIDENCE: Callable[[tuple[str, int, int, str]], Evidence] = partial(tuple.__new__, Evidence)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the article's text that is not blank, without its surrounding white space, and what it is."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read: its stored text, what each line of it is, and what is known about it."""

    article_id: str
    text: str
    lines: tuple[Line, ...]
    title: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    published_on: date | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    media_type: str = "text/plain"
    rights: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody or something that an article reports as saying something."""

    speaker_id: str
    name: str
    kind: Literal["person", "organisation", "document", "unnamed"]
    role: str | None = None
    organisation: str | None = None
    aliases: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One unbroken run of a statement's words."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One speaker's one reporting act."""

    statement_id: str
    article_id: str
    speaker_id: str | None
    kind: Literal["direct", "mixed", "indirect"]
    text: str
    parts: tuple[Part, ...]
    start: int
    end: int
    speaker_text: str | None = None
    cue: str | None = None
    addressee: str | None = None
    said_on: str | None = None
    repeats: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity: a point, a range or an open bound."""

    figure_id: str
    article_id: str
    text: str
    kind: str
    low: float | None
    high: float | None
    start: int
    end: int
    qualifier: str | None = None
    unit: str | None = None
    unit_text: str | None = None
    per: str | None = None
    measures: str | None = None
    change: Literal["increase", "decrease"] | None = None
    place: str | None = None
    as_of: str | None = None
    low_si: float | None = None
    high_si: float | None = None
    si_unit: str | None = None
    repeats: str | None = None
    statement_id: str | None = None
    speaker_id: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as the article words it, resolved against the day of publication."""

    date_id: str
    article_id: str
    text: str
    edtf: str
    start_date: date
    end_date: date
    start: int
    end: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article gave."""

    article_id: str
    figures: tuple[Figure, ...] = ()
    statements: tuple[Statement, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    dates: tuple[DateMention, ...] = ()


def as_told(value: object) -> str:
    """A cell as a report shows it.

    >>> as_told(date(2022, 1, 25)), as_told(None), as_told("kg")
    ('2022-01-25', 'nothing', "'kg'")
    """
    if value is None:
        return "nothing"
    return value.isoformat() if isinstance(value, date) else repr(value)


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that the data breaks: where, what was expected and what was found."""

    place: str
    expected: str
    found: str
    row: int | None = None
    key: str | None = None
    field: str | None = None

    def __str__(self) -> str:
        """One line for a person.

        >>> str(Violation("figures", "low <= high", "5.0 > 2.0", row=3, key="figure_1", field="low"))
        'figures, row 3 (figure_1), field low: expected low <= high, found 5.0 > 2.0'
        """
        row = f", row {self.row}" if self.row is not None else ""
        key = f" ({self.key})" if self.key else ""
        field = f", field {self.field}" if self.field else ""
        return f"{self.place}{row}{key}{field}: expected {self.expected}, found {self.found}"
