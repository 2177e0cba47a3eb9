"""Write the pages of docs/ that say again what code and schemas say: cli.md and schemas.md.

python docs/generate.py            write them
python docs/generate.py --check    only see whether they are what they would be; exit 1 where one is not
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from onrecord.paths import write_whole
from onrecord.schemas import Field, ForeignKey, TableSchema, load_schemas

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
        lines = [line.rstrip() for line in result.output.strip("\n").splitlines()]
        return "\n".join(["```console", f"$ onrecord {' '.join([*command, '--help'])}", *lines, "```", ""])

    commands = getattr(get_command(app), "commands", {})
    sections = [f"## onrecord {name}\n\n{shown(name)}" for name, command in commands.items() if not command.hidden]
    return "\n".join([NOTE.format(source="scripts/onrecord/cli.py"), "# The command line\n", shown(), *sections])


def schemas_page() -> str:
    """The data dictionary: every table, its keys, its columns, and the values that a column is confined to."""
    tables = load_schemas()
    contents = [f"- [{schema.title}](#{schema.name}): {schema.description}" for schema in tables.values()]
    introduction = "# The tables\n\nUnknown is empty, never a guess. `read` columns come from the article's own words.\n"
    sections = [table_section(schema) for schema in tables.values()]
    return "\n".join([NOTE.format(source="schemas/*.json"), introduction, *contents, "", *sections])


def table_section(schema: TableSchema) -> str:
    rows = [column_row(field) for field in schema.fields]
    values = [line for field in schema.fields if field.categories for line in value_lines(field)]
    head = ["| column | title | type | from | rules | meaning |", "|---|---|---|---|---|---|"]
    return "\n".join([f"## {schema.name}\n", f"{schema.description}\n", *key_lines(schema), "", *head, *rows, "", *values])


def key_lines(schema: TableSchema) -> list[str]:
    """The keys as a list: what makes a row one, and where its references lead."""
    unique = [f"- Unique: {code(key)}" for key in schema.unique_keys]
    return [f"- Primary key: {code(schema.primary_key)}", *unique, *(foreign_line(key) for key in schema.foreign_keys)]


def foreign_line(key: ForeignKey) -> str:
    return f"- {code(key.fields)} refers to {code(f'{key.table}.{name}' for name in key.references)}"


def column_row(field: Field) -> str:
    rules = [name if value is True else f"{name} `{value}`" for name, value in field.constraints.items()]
    cells = (f"`{field.name}`", field.title, field.type, field.origin.replace("_", " "), ", ".join(rules), field.description)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def value_lines(field: Field) -> list[str]:
    return [f"`{field.name}` is one of:\n", *(f"- `{value}`: {label}" for value, label in field.categories.items()), ""]


def code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


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
