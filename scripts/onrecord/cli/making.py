"""From articles to a package that is served: extract, build, validate, verify, serve, version."""

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord import __version__
from onrecord.cli.reporting import report_invalid

if TYPE_CHECKING:
    from onrecord.datapackage import Package
    from onrecord.records import Violation


class Format(StrEnum):
    """How `extract` prints."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


Inputs = Annotated[
    list[Path],
    typer.Argument(metavar="INPUT...", help="Articles: .txt, .html or .jsonl; - reads text from standard input."),
]
Collection = Annotated[Path, typer.Argument(metavar="COLLECTION", help="The folder with collection.toml and articles/.")]
PackagePath = Annotated[Path, typer.Argument(metavar="PACKAGE", help="The package's folder or its datapackage.json.")]
PackagePaths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PACKAGE_OR_CATALOG]...", help="Packages, or folders of them.", show_default="datapackage"),
]
Output = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="Where the package goes; an older package there is replaced.")
]
Printed = Annotated[Format, typer.Option("--format", help="A table for people, one JSON array, or a JSON object a line.")]
Explain = Annotated[bool, typer.Option("--explain", help="Show the words and the rule behind each cell.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes that extract; the result is the same for any number.")]
Sources = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="The collection it was built from: each word on record is compared with it."),
]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 takes a free one.")]
Host = Annotated[str, typer.Option(help="The address to listen on.")]


def extract(inputs: Inputs, form: Printed = Format.table, explain: Explain = False) -> None:
    """Show the figures and statements of articles, with who said them."""
    from onrecord.pipeline import extract_inputs, extraction_json
    from onrecord.terminal import article_view, console, progress_bar

    found = extract_inputs(inputs)
    if form is Format.table:
        screen = console()
        for article, extraction in found:
            screen.print(article_view(article, extraction, explain))
            screen.print()
    else:
        with progress_bar() as progress:
            _print_json((extraction_json(*pair, explain) for pair in progress(found, None, "extracting")), form)


def build(collection: Collection, out: Output, workers: Workers = 1) -> None:
    """Build a collection's articles into a validated data package."""
    from onrecord.pipeline import build as run
    from onrecord.terminal import progress_bar

    with progress_bar() as progress:
        built = run(collection, out, workers, progress)
    if built.violations:
        report_invalid(built.violations, f"{collection} gives invalid data; nothing was written")
    counts = ", ".join(f"{name.replace('_', ' ')} {rows}" for name, rows in built.rows.items())
    typer.echo(f"{out}: {built.collection.name} {built.collection.version}, {counts}")


def validate(package: PackagePath) -> None:
    """Hold a package's tables to its schemas and rules, then let frictionless judge it."""
    from onrecord.pipeline import validate as run
    from onrecord.terminal import busy

    with busy("validating"):
        opened, violations = run(package)
    _report(package, opened, violations, "valid: tables, keys and rules hold, and frictionless agrees")


def verify(package: PackagePath, sources: Sources = None) -> None:
    """Check what frictionless does not: every file's digest and place, vocabularies, keys and, with the sources, every word."""
    from onrecord.pipeline import verify as run
    from onrecord.terminal import busy

    with busy("verifying"):
        opened, violations = run(package, sources)
    checked = "files, digests, keys and words hold" if sources else "files, digests and keys hold; --sources compares the words"
    _report(package, opened, violations, f"verified: {checked}")


def serve(paths: PackagePaths = None, port: Port = 8001, host: Host = "127.0.0.1") -> None:
    """Serve packages with Datasette, for people and programs."""
    from onrecord.serve import serve as run

    run(paths or [Path("datapackage")], host, port)


def version() -> None:
    """Print the version of onrecord."""
    typer.echo(__version__)


COMMANDS = (
    (extract, "onrecord extract seeds/luton-county-lines/articles/*.txt"),
    (build, "onrecord build seeds/luton-county-lines --out build/luton-county-lines"),
    (validate, "onrecord validate build/luton-county-lines"),
    (verify, "onrecord verify build/luton-county-lines --sources seeds/luton-county-lines"),
    (serve, "onrecord serve datapackage --port 8001"),
    (version, "onrecord version"),
)
"""Each command with its example."""


def _print_json(objects: Iterator[dict[str, object]], form: Format) -> None:
    if form is Format.jsonl:
        for entry in objects:
            typer.echo(json.dumps(entry, ensure_ascii=False))
    else:
        typer.echo(json.dumps(list(objects), ensure_ascii=False, indent=2))


def _report(path: Path, package: "Package", violations: "list[Violation]", good: str) -> None:
    if violations:
        report_invalid(violations, f"{path} is invalid")
    typer.echo(f"{path}: {package.name} {package.version or ''} is {good}")
