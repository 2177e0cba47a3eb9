"""Write the pages of docs/ that say again what code and schemas say: cli.md and schemas.md.

python docs/generate.py            write them
python docs/generate.py --check    only see whether they are what they would be; exit 1 where one is not
"""

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from onrecord.package.readme import table_dictionary
from onrecord.paths import write_whole
from onrecord.schemas import load_schemas

NOTE = "<!-- Made by docs/generate.py; change {source} and run `make docs`. -->\n"
WIDTH = "100"
# What would let the terminal of whoever runs this show in the page.
TERMINAL = ("FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS", "CLICOLOR_FORCE", "LINES")


def cli_page() -> str:
    """Every command with its own `--help`, as a reader sees it at a terminal of fixed width."""
    for name in TERMINAL:
        os.environ.pop(name, None)
    os.environ |= {"COLUMNS": WIDTH, "TERMINAL_WIDTH": WIDTH, "NO_COLOR": "1", "TERM": "dumb"}
    # Typer reads the environment when it is imported.
    from typer.main import get_command
    from typer.testing import CliRunner

    from onrecord.cli import app

    def shown(*command: str) -> str:
        result = CliRunner().invoke(app, [*command, "--help"], prog_name="onrecord")
        page = "\n".join(line.rstrip() for line in result.output.splitlines()).strip("\n")
        return "\n".join(["```console", f"$ onrecord {' '.join([*command, '--help'])}", page, "```", ""])

    commands = getattr(get_command(app), "commands", {})
    sections = [f"## onrecord {name}\n\n{shown(name)}" for name, command in commands.items() if not command.hidden]
    return "\n".join([NOTE.format(source="scripts/onrecord/cli/"), "# The command line\n", shown(), *sections])


def schemas_page() -> str:
    """The data dictionary, as a package's own README has it."""
    introduction = (
        "# The tables\n\nUnknown is empty, never a guess. What each column must hold stands in `schemas/`.\n\n## Every column\n"
    )
    sections = [f"{table_dictionary(schema)}\n" for schema in load_schemas().values()]
    return "\n".join([NOTE.format(source="schemas/*.json"), introduction, "## Every column\n", *sections])


PAGES: Mapping[str, Callable[[], str]] = {"cli.md": cli_page, "schemas.md": schemas_page}


def main() -> int:
    parser = argparse.ArgumentParser(description="Write docs/cli.md and docs/schemas.md.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a page is out of date")
    parser.add_argument("--to", type=Path, default=Path(__file__).resolve().parent, help="another folder than docs/")
    options = parser.parse_args()
    stale = 0
    for name, page in PAGES.items():
        path, fresh = options.to / name, page().encode("utf-8")
        if not options.check:
            write_whole(path, fresh)
        elif not path.is_file() or path.read_bytes() != fresh:
            stale = 1
            print(f"{path}: expected what code and schemas say, found another text; run make docs", file=sys.stderr)  # noqa: T201
    return stale


if __name__ == "__main__":
    sys.exit(main())
