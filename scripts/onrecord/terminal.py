"""What the terminal shows: an article's figures and statements as tables, reports, and a progress bar."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import fields
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.records import Article, Evidence, Extraction, Violation
from onrecord.wording import VALUE_COLUMNS, figure_value

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
        view.append(_statements(extraction, names))
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


def busy(what: str) -> AbstractContextManager[object]:
    """A sign that something is being done, on a terminal and on stderr only."""
    screen = Console(stderr=True)
    return screen.status(what) if screen.is_terminal else nullcontext()


def _table(title: str, *columns: str) -> Table:
    """A table without rules, whose last column takes what the others leave."""
    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim", box=None, padding=(0, 2, 0, 0))
    for column in columns[:-1]:
        table.add_column(column, overflow="fold", max_width=32)
    table.add_column(columns[-1], overflow="fold", ratio=1)
    table.expand = True
    return table


def _figures(extraction: Extraction, names: dict[str, Any]) -> RenderableType:
    table = _table("Figures", "As written", "Value", "Measures", "Place", "Said by")
    for figure in extraction.figures:
        again = " (again)" if figure.repeats else ""
        speaker = names[figure.speaker_id].name if figure.speaker_id in names else ""
        value = figure_value({name: getattr(figure, name) for name in VALUE_COLUMNS})
        table.add_row(figure.text + again, value, figure.measures or "", figure.place or "", speaker)
    return Padding(table, (1, 0, 0, 0))


def _statements(extraction: Extraction, names: dict[str, Any]) -> RenderableType:
    table = _table("Statements", "Speaker", "Kind", "Cue", "Words")
    for statement in extraction.statements:
        speaker = names.get(statement.speaker_id or "")
        described = ", ".join(filter(None, (speaker.role, speaker.organisation))) if speaker else ""
        name = Text.assemble((speaker.name if speaker else "", "bold"), (f"\n{described}" if described else "", "dim"))
        table.add_row(name, statement.kind, statement.cue or "", statement.text + (" (again)" if statement.repeats else ""))
        table.add_section()
    return Padding(table, (1, 0, 0, 0))


def _explained(article: Article, extraction: Extraction) -> Iterator[RenderableType]:
    rows: list[Any] = [*extraction.figures, *extraction.statements, *extraction.speakers, *extraction.dates]
    for row in rows:
        table = _table(str(getattr(row, fields(row)[0].name)), "Cell", "Value", "Read from", "Rule")
        for entry in row.evidence:
            table.add_row(entry.field, str(getattr(row, entry.field)), _words(article, entry), entry.rule)
        yield Padding(table, (1, 0, 0, 0))


def _words(article: Article, entry: Evidence) -> str:
    words = " ".join(article.text[entry.start : entry.end].split())
    return f"{words} [{entry.start}:{entry.end}]"
