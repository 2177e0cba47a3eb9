"""The publisher's commands: review, release, correct, diff."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.making import Collection, RequireReview, Workers
from onrecord.cli.reporting import report_invalid, tell_lost

if TYPE_CHECKING:
    from onrecord.publish import Released


class DiffFormat(StrEnum):
    """How `diff` prints."""

    table = "table"
    json = "json"
    csv = "csv"
    html = "html"


Reviewer = Annotated[str | None, typer.Option(metavar="NAME", help="Who decides; git's user.name, else USER, unless given.")]
Rows = Annotated[
    list[str] | None, typer.Option("--row", metavar="ID", help="Ask about this row, decided or not; may be repeated.")
]
CatalogPath = Annotated[Path, typer.Option(metavar="DIR", help="The folder of releases.")]
CatalogAddress = Annotated[str, typer.Option(metavar="DIR_OR_S3", help="The folder of releases, or s3://bucket/prefix.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be released, and why under that version.")]
Key = Annotated[Path | None, typer.Option("--sign", metavar="KEY", help="Sign with this private key of OpenSSH.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The package.")]
Version = Annotated[str, typer.Argument(metavar="VERSION", help="The version that is wrong.")]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="What is wrong with it, for those who use it.")]
Retract = Annotated[bool, typer.Option("--retract", help="Nobody should use it any more; else a later version sets it right.")]
Old = Annotated[str, typer.Argument(metavar="A", help="A package's folder, or NAME@VERSION of the catalog.")]
New = Annotated[str, typer.Argument(metavar="B", help="The one to compare it with.")]
DiffForm = Annotated[DiffFormat, typer.Option("--format", help="A table for people, JSON, CSV, or a page in HTML.")]


def review(collection: Collection, reviewer: Reviewer = None, row: Rows = None, workers: Workers = 1) -> None:
    """Decide row by row what is right: accept, reject, or correct FIELD=VALUE; decisions go to reviews.csv."""
    from onrecord.reviewing import default_reviewer
    from onrecord.reviewing import review as run
    from onrecord.terminal import asking, progress_bar

    with progress_bar() as progress:
        walk, lost = run(
            collection,
            reviewer or default_reviewer(collection),
            asking(sys.stdin),
            only=row or (),
            workers=workers,
            progress=progress,
        )
    tell_lost(lost, collection)
    typer.echo(f"{collection / 'reviews.csv'}: {walk.decided} decided, {walk.skipped} skipped, {len(walk.decisions)} decisions")


def release(
    collection: Collection,
    catalog: CatalogAddress = "datapackage",
    dry_run: DryRun = False,
    sign: Key = None,
    require_review: RequireReview = False,
    workers: Workers = 1,
) -> None:
    """Release a collection under the version that its changes call for; nothing changed, nothing released."""
    from onrecord.publish import release as run
    from onrecord.terminal import progress_bar

    with progress_bar() as progress:
        released = run(
            collection, catalog, dry_run=dry_run, key=sign, require_review=require_review, workers=workers, progress=progress
        )
    tell_lost(released.built.lost, collection)
    if released.violations:
        report_invalid(released.violations, f"{collection} gives invalid data; nothing was released")
    _told(released, catalog)


def correct(
    name: Name, version: Version, reason: Reason, retract: Retract = False, catalog: CatalogAddress = "datapackage"
) -> None:
    """Say of a version that it is superseded or retracted: a dated notice in the catalog, never a deletion."""
    from onrecord.bucket import held
    from onrecord.release import add_notice
    from onrecord.reviewing import moment

    with held(catalog, name) as place:
        told = add_notice(place, name, version, reason, moment().date(), retract)
    typer.echo(f"{catalog}: {name} {version} is {told.status}: {told.notices[-1].reason}")


def diff(old: Old, new: New, form: DiffForm = DiffFormat.table, catalog: CatalogPath = Path("datapackage")) -> None:
    """Show which rows two packages or versions have added, removed and changed."""
    from onrecord.diff import as_csv, as_html, as_json, as_view, diff_packages
    from onrecord.release import located
    from onrecord.terminal import console

    found = diff_packages(located(catalog, old), located(catalog, new))
    match form:
        case DiffFormat.table:
            console().print(as_view(found))
        case DiffFormat.json:
            typer.echo(json.dumps(as_json(found), ensure_ascii=False, indent=2))
        case DiffFormat.csv:
            typer.echo(as_csv(found), nl=False)
        case DiffFormat.html:
            typer.echo(as_html(found, f"From {old} to {new}"), nl=False)


def _told(released: "Released", catalog: str) -> None:
    name = released.built.collection.name
    if released.finished:
        typer.echo(f"{name} {released.finished}: finished the release that was interrupted")
    if released.plan is None:
        typer.echo(f"{name}: nothing changed since {released.last}; nothing released")
        return
    what = f"{name} {released.plan.version}"
    what = f"{catalog.rstrip('/')}/{name}/{released.plan.version}: {what}" if released.published else f"would release {what}"
    typer.echo(what + (f", after {released.last}" if released.last else ""))
    for reason in released.plan.reasons:
        typer.echo(f"  {reason}")
    if released.built.undecided:
        typer.echo(f"  {len(released.built.undecided)} rows undecided; onrecord review goes through them")


COMMANDS = (
    (review, "onrecord review seeds/luton-county-lines"),
    (release, "onrecord release seeds/luton-county-lines --dry-run"),
    (correct, 'onrecord correct luton-county-lines 1.0.0 --reason "One speaker was misnamed"'),
    (diff, "onrecord diff luton-county-lines@1.0.0 luton-county-lines@1.0.1"),
)
"""Each command with its example."""
