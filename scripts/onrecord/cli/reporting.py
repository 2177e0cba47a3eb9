"""What several commands say in the same way."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from onrecord.records import Violation
    from onrecord.review import Decision


def report_invalid(violations: "Sequence[Violation]", summary: str) -> NoReturn:
    """Print a report of violations and end with exit code 1."""
    from onrecord.terminal import violations_view

    for line in violations_view(violations):
        typer.echo(line)
    typer.echo(f"onrecord: {summary}: {len(violations)} violation{'s' if len(violations) > 1 else ''}", err=True)
    raise typer.Exit(1)


def tell_lost(lost: "Iterable[Decision]", collection: Path) -> None:
    """Say on stderr which decisions are about rows that are no longer there; they stay in the file."""
    for decision in lost:
        typer.echo(
            f"onrecord: {collection / 'reviews.csv'}: the row {decision.row_id} of {decision.resource} is gone; the decision "
            f"({decision.decision} by {decision.reviewer}) is kept there and applies to nothing",
            err=True,
        )
