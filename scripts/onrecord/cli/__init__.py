"""The command line. Each command composes stages through a driver; nothing here decides what the data is.

- `making`: from articles to a package that is served; `releasing`: the publisher's commands; `pulling`: a researcher's;
- a module lists its commands in COMMANDS, and here they get their place in the help.

Exit codes: 0 done; 1 the data is invalid, with a report; 2 the call or the input is wrong, with one line on stderr.
"""

import os
import sys
from typing import cast

import typer

from onrecord.cli import making, pulling, releasing
from onrecord.errors import OnrecordError
from onrecord.paths import failure

__all__ = ["app", "main"]

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Figures and statements of news articles as open data.",
)
for command, example in (*making.COMMANDS, *releasing.COMMANDS, *pulling.COMMANDS):
    app.command(epilog=f"Example: {example}")(command)
# Whatever is wrong with a call; typer has no public name for it.
WrongCall = cast("type[typer.BadParameter]", typer.BadParameter.__base__)


def main() -> None:
    """Run the command line; whatever is wrong is one line on stderr, never a traceback."""
    try:
        code = app(sys.argv[1:] or ["--help"], prog_name="onrecord", standalone_mode=False)
        sys.stdout.flush()
    except OnrecordError as error:
        code = _failed(str(error), error.exit_code)
    except WrongCall as error:
        code = _failed(_wrong_call(error), 2)
    except BrokenPipeError:  # whoever read us has read enough
        code = _nobody_reads()
    except OSError as error:
        _nobody_reads()
        code = _failed(f"expected to read and write files, but: {failure(error)}; make room or look at the path", 2)
    sys.exit(code)


def _failed(told: str, code: int) -> int:
    typer.echo(f"onrecord: {told}", err=True)
    return code


def _wrong_call(error: typer.BadParameter) -> str:
    """Typer's own words in one line, which it would draw a box around."""
    told = " ".join(error.format_message().split()).rstrip(".?")
    return f"{told[:1].lower()}{told[1:]}; see {error.ctx.command_path if error.ctx else 'onrecord'} --help"


def _nobody_reads() -> int:
    """Let what is still to be written go nowhere, so that the interpreter's last flush does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
