"""What the terminal shows: an article's figures and statements as tables, reports, and a progress bar."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.errors import InputError
from onrecord.records import Article, Evidence, Extraction, Violation
from onrecord.wording import VALUE_COLUMNS, figure_value, number

if TYPE_CHECKING:  # whoever only pulls does not wait for what extracts
    from onrecord.reviewing import Question

# Seconds between two lines of progress on a pipe.
_EVERY = 10

# On a pipe there is no width to ask for: wide enough for a sentence, the same everywhere.
PIPE_WIDTH = 120


def console(stderr: bool = False) -> Console:
    """A console as wide as the terminal, or as wide as always on a pipe."""
    plain = Console(stderr=stderr, highlight=False)
    return plain if plain.is_terminal else Console(stderr=stderr, highlight=False, width=PIPE_WIDTH, color_system=None)


def article_view(article: Article, extraction: Extraction, explain: bool = False) -> RenderableType:
    """An article's figures and statements as a person reads them.

    Args:
        article: the article.
        extraction: what it gave.
        explain: also each row's words and the rule that read them, cell by cell.
    """
    names = {speaker.speaker_id: speaker for speaker in extraction.speakers}
    head = [part for part in (article.publisher, article.byline, str(article.published_on or "no date")) if part]
    head += [f"{rows} {len(getattr(extraction, rows))}" for rows in ("figures", "statements", "speakers", "dates")]
    title = Text(article.title or article.article_id, style="bold")
    view: list[RenderableType] = [Rule(style="dim"), title, Text(" · ".join(head), style="dim")]
    if extraction.figures:
        view.append(_figures(extraction, names))
    if extraction.statements:
        view.append(_statements(article, extraction, names))
    if explain:
        view += _explained(article, extraction)
    return Group(*view)


def violations_view(violations: Iterable[Violation], most: int = 50) -> Iterator[str]:
    """A report a line: the first violations and how many more there are."""
    violations = list(violations)
    yield from (str(violation) for violation in violations[:most])
    if len(violations) > most:
        yield f"and {len(violations) - most} more"


@contextmanager
def progress_bar() -> Iterator[Any]:
    """A function that wraps items and shows how far they are, on a terminal and on stderr only."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    screen = Console(stderr=True)
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        yield lambda items, total, what: bar.track(items, total=total, description=what)


class _Rate(ProgressColumn):
    """Articles a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f} articles/s" if task.speed else "")


@dataclass(slots=True)
class _Stage:
    """What a build does, since when, and how far it is."""

    what: str
    task: TaskID
    started: float
    articles: int = 0
    rows: int = 0


class Building:
    """How far a build is: a bar on a terminal, a line every ten seconds on a pipe; both on stderr."""

    def __init__(self, bar: Progress, clock: Callable[[], float], tell: Callable[[str], None] | None) -> None:
        self._bar, self._clock, self._tell = bar, clock, tell
        self._told = clock()
        self._stage = self._begun("building", self._told)

    def __call__(self, articles: int, rows: int, total: float | None = None, what: str = "building") -> None:
        """Count articles that are done and rows that they gave.

        Args:
            articles: how many more are done.
            rows: how many more rows there are.
            total: how many articles there seem to be.
            what: what is done with them; each has a count of its own.
        """
        now = self._clock()
        if what != self._stage.what:
            self._bar.update(self._stage.task, visible=False)
            self._stage = self._begun(what, now)
        stage = self._stage
        stage.articles, stage.rows = stage.articles + articles, stage.rows + rows
        self._bar.update(stage.task, completed=stage.articles, total=total, rows=f"{stage.rows:,}")
        if self._tell and now - self._told >= _EVERY:
            self._told, rate = now, stage.articles / max(now - stage.started, 1e-9)
            left = f", about {max(0.0, total - stage.articles) / rate:.0f} s left" if total and rate else ""
            self._tell(f"{what}: {stage.articles:,} articles, {stage.rows:,} rows, {rate:,.0f} articles/s{left}")

    def _begun(self, what: str, now: float) -> _Stage:
        return _Stage(what, self._bar.add_task(what, total=None, rows=0), now)


@contextmanager
def build_meter(silent: bool) -> Iterator[Building]:
    """What shows how far a build is.

    Args:
        silent: show nothing.
    """
    screen = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("articles, {task.fields[rows]} rows"),
        _Rate(),
        TimeRemainingColumn(),
    )
    shown = screen.is_terminal and not silent
    tell = None if shown or silent else partial(print, file=sys.stderr, flush=True)
    with Progress(*columns, console=screen, transient=True, disable=not shown) as bar:
        yield Building(bar, time.monotonic, tell)


class Downloads:
    """Shows how many bytes of a pull have come."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("pulling", total=None)

    def expect(self, total: int) -> None:
        self._bar.update(self._task, total=total)

    def advance(self, count: int) -> None:
        self._bar.advance(self._task, count)


@contextmanager
def download_bar() -> Iterator[Downloads]:
    """What shows how far a pull is, on a terminal and on stderr only; several threads may tell it at once."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    screen = Console(stderr=True)
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        yield Downloads(bar)


def rows_view(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> RenderableType:
    """Rows under the names of their columns; the last column takes what the others leave."""
    table = _table(None, *columns)
    for row in rows:
        table.add_row(*row)
    return table


def asking(source: TextIO) -> "Callable[[Question, str | None], str | None]":
    """How a reviewer is asked: the row, its words in their sentence, and a prompt; answers are lines of the source.

    At a terminal a wrong answer is told and asked again. On a pipe nobody can answer anew.

    Raises (what it gives):
        InputError: a piped answer is wrong.
    """
    screen, at_terminal = console(), source.isatty()

    def ask(question: "Question", wrong: str | None) -> str | None:
        if wrong and not at_terminal:
            raise InputError(f"{question.row_id}: {wrong}; correct the line on standard input")
        screen.print(Text(wrong, style="red") if wrong else question_view(question))
        if at_terminal:
            screen.print(Text("accept, reject, correct FIELD=VALUE, skip, quit; a note behind -- > ", style="bold"), end="")
        line = source.readline()
        return line if line.strip() else ask(question, wrong) if line else None

    return ask


def question_view(question: "Question") -> RenderableType:
    """A row to decide about, as a person reads it."""
    head = f"{question.table} {question.row_id} · {question.place} · {question.left} left"
    words = Text.assemble(question.before, (question.words, "bold reverse"), question.after)
    cells = _table("", "", "Cell", "Value")
    for name, value in question.cells.items():
        if value is not None or name in question.open_cells:
            cells.add_row("·" if name in question.open_cells else "", name, "" if value is None else str(value))
    return Group(Rule(style="dim"), Text(head, style="dim"), Padding(words, (1, 0)), cells)


def _table(title: str | None, *columns: str) -> Table:
    """A table without rules; where the screen is narrow, the widest columns give way first."""
    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim", box=None, padding=(0, 2, 0, 0))
    for column in columns[:-1]:
        table.add_column(column, overflow="fold", max_width=32)
    table.add_column(columns[-1], overflow="fold")
    return table


def _figures(extraction: Extraction, names: dict[str, Any]) -> RenderableType:
    table = _table("Figures", "As written", "Value", "Measures", "Place", "Said by")
    for figure in extraction.figures:
        again = " (again)" if figure.repeats else ""
        speaker = names[figure.speaker_id].name if figure.speaker_id in names else ""
        value = figure_value({name: getattr(figure, name) for name in VALUE_COLUMNS})
        table.add_row(figure.text + again, value, figure.measures or "", figure.place or "", speaker)
    return Padding(table, (1, 0, 0, 0))


def _statements(article: Article, extraction: Extraction, names: dict[str, Any]) -> RenderableType:
    table = _table("Statements", "Speaker", "Kind", "Cue", "Words")
    for statement in extraction.statements:
        speaker = names.get(statement.speaker_id or "")
        described = ", ".join(filter(None, (speaker.role, speaker.organisation))) if speaker else ""
        name = Text.assemble((speaker.name if speaker else "", "bold"), (f"\n{described}" if described else "", "dim"))
        parts = (" ".join(article.text[part.start : part.end].split()) for part in statement.parts)
        words = " … ".join(parts) + (" (again)" if statement.repeats else "")
        table.add_row(name, statement.kind, statement.cue or "", words)
        table.add_section()
    return Padding(table, (1, 0, 0, 0))


def _explained(article: Article, extraction: Extraction) -> Iterator[RenderableType]:
    rows: list[Any] = [*extraction.figures, *extraction.statements, *extraction.speakers, *extraction.dates]
    for row in rows:
        table = _table(str(getattr(row, fields(row)[0].name)), "Cell", "Value", "Read from", "Rule")
        for entry in row.evidence:
            cell = getattr(row, entry.field)
            told = number(cell) if isinstance(cell, float) else str(cell)
            table.add_row(entry.field, told, _words(article, entry), entry.rule)
        yield Padding(table, (1, 0, 0, 0))


def _words(article: Article, entry: Evidence) -> str:
    words = " ".join(article.text[entry.start : entry.end].split())
    return f"{words} [{entry.start}:{entry.end}]"
