"""The command line. Each command composes stages through a driver; nothing here decides what the data is.

- `making`: from articles to a package that is served; `releasing`: the publisher's commands;
- a module lists its commands in COMMANDS, and here they get their place in the help.

Exit codes: 0 done; 1 the data is invalid, with a report; 2 the call or the input is wrong, with one line on stderr.
"""

import os
import sys

import typer

from onrecord.cli import making
from onrecord.errors import OnrecordError

__all__ = ["app", "main"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Figures and statements of news articles as open data.",
)
for command, example in (*making.COMMANDS,):
    app.command(epilog=f"Example: {example}")(command)


def main() -> None:
    """Run the command line; an error of ours is one line on stderr, never a traceback."""
    try:
        app()
    except OnrecordError as error:
        typer.echo(f"onrecord: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # whoever read us has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
