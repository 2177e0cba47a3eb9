"""From articles to a package that is served: extract, build, validate, verify, serve, version."""

import json
import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord import __version__
from onrecord.cli.reporting import report_invalid, tell_lost

if TYPE_CHECKING:
    from onrecord.datapackage import Package
    from onrecord.records import Violation


class Engine(StrEnum):
    """What extracts in `build`; the values of `onrecord.corpus.Engine`, which takes a second to load."""

    here = "here"
    pool = "pool"
    dask = "dask"


class Format(StrEnum):
    """How `extract` prints."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


Inputs = Annotated[
    list[Path],
    typer.Argument(metavar="INPUT", help="Articles, such as .txt, .html or .jsonl; - reads text from standard input."),
]
Collection = Annotated[Path, typer.Argument(metavar="COLLECTION", help="The folder with collection.toml and articles/.")]
PackagePath = Annotated[Path, typer.Argument(metavar="PACKAGE", help="The package's folder or its datapackage.json.")]
PackagePaths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PACKAGE_OR_CATALOG", help="Packages, or folders of them.", show_default="datapackage"),
]
Output = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="Where the package goes; an older package there is replaced.")
]
Printed = Annotated[Format, typer.Option("--format", help="A table for people, one JSON array, or a JSON object a line.")]
Explain = Annotated[bool, typer.Option("--explain", help="Show the words and the rule behind each cell.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes that extract; the result is the same for any number.")]
BuildWorkers = Annotated[int | None, typer.Option(min=1, help="Processes that extract.", show_default="one a core")]
Engines = Annotated[Engine, typer.Option(help="What extracts: this process, a pool of processes, or a Dask cluster.")]
Scheduler = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Of a Dask cluster, such as tcp://10.0.0.1:8786.")]
MaxBad = Annotated[
    float,
    typer.Option(
        metavar="PERCENT",
        min=0,
        max=100,
        help="How many articles may be in quarantine. Past it: exit 1, or 2 if half are.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Show no progress.")]
Sources = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="The collection it was built from: each word on record is compared with it."),
]
RequireReview = Annotated[bool, typer.Option("--require-review", help="Refuse while there are rows that nobody has decided.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 takes a free one.")]
Servers = Annotated[int, typer.Option("--workers", min=1, help="Processes that answer; they share the databases.")]
AllowSql = Annotated[bool, typer.Option("--allow-sql", help="Let visitors ask in SQL of their own, behind limits.")]
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
            pairs = progress(found, None, "extracting")
            _print_json((extraction_json(article, extraction, explain) for article, extraction in pairs), form)


def build(
    collection: Collection,
    out: Output,
    workers: BuildWorkers = None,
    engine: Engines = Engine.pool,
    scheduler: Scheduler = None,
    max_bad: MaxBad = 1.0,
    quiet: Quiet = False,
    require_review: RequireReview = False,
) -> None:
    """Build a collection's articles, one or a million, into a validated data package; nothing is extracted twice."""
    from onrecord.corpus import Engine as Worked
    from onrecord.corpus import Plan
    from onrecord.corpus import build as run
    from onrecord.corpus.report import build_report
    from onrecord.paths import write_whole
    from onrecord.terminal import build_meter

    plan = Plan(Worked(engine.value), workers or os.cpu_count() or 1, scheduler, max_bad / 100, require_review)
    with build_meter(quiet) as meter:
        built = run(collection, out, plan, meter)
    tell_lost(built.lost, collection)
    if built.violations:
        report_invalid(built.violations, f"{collection} gives invalid data; nothing was written")
    counts = ", ".join(f"{name.replace('_', ' ')} {rows}" for name, rows in built.rows.items())
    typer.echo(f"{out}: {built.collection.name} {built.collection.version}, {counts}")
    if built.articles > 1:
        write_whole(built.state / "report.html", build_report(out, built.quarantine))
        typer.echo(f"{built.articles:,} articles, {built.extracted:,} of them new; see {built.state / 'report.html'}", err=True)
    if built.undated:
        words = "without a date of publication, in which words like yesterday stay unresolved; published_at sets one"
        typer.echo(f"{built.undated:,} {words}", err=True)
    if built.quarantine:
        typer.echo(f"{len(built.quarantine)} in quarantine: {built.state / 'quarantine.csv'}", err=True)


def validate(package: PackagePath) -> None:
    """Hold a package's tables to its schemas and rules, then let frictionless judge it."""
    from onrecord.pipeline import validate as run
    from onrecord.terminal import progress_bar

    with progress_bar() as progress:
        opened, violations = run(package, progress)
    _report(package, opened, violations, "valid: tables, keys and rules hold, and frictionless agrees")


def verify(package: PackagePath, sources: Sources = None) -> None:
    """Check what frictionless does not: every file's digest and place, vocabularies, keys and, with the sources, every word."""
    from onrecord.pipeline import verify as run
    from onrecord.terminal import progress_bar
    from onrecord.verify import is_part

    with progress_bar() as progress:
        opened, violations = run(package, sources, progress)
    checked = "files, digests, keys and words hold" if sources else "files, digests and keys hold; --sources compares the words"
    part = " (a part of the release, each file with the release's digest)" if is_part(opened) else ""
    _report(package, opened, violations, f"verified{part}: {checked}")


def serve(
    paths: PackagePaths = None,
    port: Port = 8001,
    host: Host = "127.0.0.1",
    workers: Servers = 1,
    allow_sql: AllowSql = False,
) -> None:
    """Serve packages with Datasette, for people and programs."""
    from onrecord.serve import serve as run

    run(paths or [Path("datapackage")], host, port, workers, allow_sql)


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
