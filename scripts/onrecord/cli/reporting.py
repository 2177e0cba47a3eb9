"""What several commands say in the same way."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from onrecord.records import Violation


def report_invalid(violations: "Sequence[Violation]", summary: str) -> NoReturn:
    """Print a report of violations and end with exit code 1."""
    from onrecord.terminal import violations_view

    for line in violations_view(violations):
        typer.echo(line)
    typer.echo(f"onrecord: {summary}: {len(violations)} violation{'s' if len(violations) > 1 else ''}", err=True)
    raise typer.Exit(1)
