"""A researcher's commands: pull, list, info, cite."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from onrecord.catalog import Index, Release
    from onrecord.pull.run import Means


class Form(StrEnum):
    """Which files of the tables `pull` takes."""

    csv = "csv"
    json = "json"
    parquet = "parquet"
    all = "all"


class Citation(StrEnum):
    """How `cite` prints."""

    bibtex = "bibtex"
    apa = "apa"
    csl = "csl"


_CATALOG_HELP = (
    "The catalog: a folder, or an address with http, https or s3. "
    "Default: ONRECORD_CATALOG, else the one in onrecord.lock, else datapackage."
)
Wanted = Annotated[
    str, typer.Argument(metavar="NAME[@RANGE]", help="A package, and which version: ^1.2, ~1.2, 1.2.0, '>=1,<2' or latest.")
]
From = Annotated[str | None, typer.Option("--from", metavar="URL_OR_PATH", help=_CATALOG_HELP, show_default=False)]
Address = Annotated[str | None, typer.Argument(metavar="[URL_OR_PATH]", help=_CATALOG_HELP, show_default=False)]
To = Annotated[
    Path | None,
    typer.Option("--to", metavar="DIR", help="Where it goes; an older version there is replaced.", show_default="NAME"),
]
Forms = Annotated[Form, typer.Option("--format", help="Tables in this form only; all is the release to the byte.")]
Cited = Annotated[Citation, typer.Option("--format", help="BibTeX, a line in APA style, or CSL-JSON.")]
Offline = Annotated[bool, typer.Option("--offline", help="Use only what was fetched before.")]
Locked = Annotated[bool, typer.Option("--locked", help="Take the version in onrecord.lock, or none.")]
Signers = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Demand a good signature by one of these allowed signers (see ssh-keygen)."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def pull(
    wanted: Wanted,
    catalog: From = None,
    form: Forms = Form.all,
    to: To = None,
    offline: Offline = False,
    locked: Locked = False,
    signers: Signers = None,
) -> None:
    """Fetch a published version, check every file of it, and pin it in onrecord.lock."""
    from onrecord.pull import pull as run

    with _means(offline, signers) as means:
        pulled = run(wanted, catalog, to, form.value, locked=locked, means=means)
    _warn(pulled.found.notices())
    version = f"{pulled.found.name} {pulled.found.version}"
    signed = f", signed by {pulled.signer}" if pulled.signer else ""
    state = "pulled" if pulled.fresh else "already there"
    typer.echo(f"{pulled.folder}: {version}, {pulled.files} files, every digest right{signed} ({state})")


def info(wanted: Wanted, catalog: From = None, offline: Offline = False, as_json: AsJson = False) -> None:
    """Show the versions of a package, what changed in each, and what is known against them."""
    from onrecord.pull.lock import LOCK
    from onrecord.pull.reference import parse_reference
    from onrecord.pull.run import found

    reference = parse_reference(wanted)
    with _means(offline) as means, found(reference, catalog, Path(LOCK), False, means) as (version, _):
        index = version.index
    releases = [release for release in index.versions if reference.allows(release.version)] if index else []
    if as_json:
        about = {"catalog": version.address, "chosen": version.version, **_plain(index)} if index else {}
        _print(about | {"versions": [_plain(release) for release in releases]})
        return
    _warn(version.notices())
    if index:
        typer.echo(f"{index.name}: {index.title}\n{index.description}\n{wanted} is {version.version} in {version.address}\n")
    _show(("Version", "Created", "Size", "Signed", "Status", "Changes and notices"), map(_line, releases))


def cite(
    wanted: Wanted, catalog: From = None, form: Cited = Citation.bibtex, offline: Offline = False, signers: Signers = None
) -> None:
    """Print how to cite a version."""
    from onrecord.citation import cite as run
    from onrecord.pull.lock import LOCK
    from onrecord.pull.reference import parse_reference
    from onrecord.pull.run import opened

    with _means(offline, signers) as means, opened(parse_reference(wanted), catalog, Path(LOCK), False, means) as (version, _):
        _warn(version.found.notices())
        typer.echo(run(version.descriptor, form.value, version.found.locked.manifest_sha256, version.address))


def list(catalog: Address = None, as_json: AsJson = False) -> None:
    """List the packages of a catalog."""
    from onrecord.pull.resolve import catalog_address, opened_store, read_catalog

    with _means(False) as means, opened_store(catalog_address(catalog), means.patience) as store:
        found = read_catalog(store, means.sleep)
    if as_json:
        _print(_plain(found))
        return
    typer.echo(f"{found.title} ({store.address})\n")
    rows = ((each.name, each.version or "(retracted)", f"{each.title}. {each.description}") for each in found.packages)
    _show(("Name", "Version", "What it is"), rows)


COMMANDS = (
    (pull, "onrecord pull luton-county-lines@^1 --from https://example.org/data --format csv"),
    (list, "onrecord list https://example.org/data"),
    (info, "onrecord info luton-county-lines --from https://example.org/data"),
    (cite, "onrecord cite luton-county-lines@1.0.0 --from https://example.org/data --format apa"),
)
"""Each command with its example."""


@contextmanager
def _means(offline: bool, signers: Path | None = None) -> "Iterator[Means]":
    from onrecord.pull.run import Means
    from onrecord.terminal import download_bar

    with download_bar() as meter:
        yield Means(offline=offline, signers=signers, meter=meter)


def _warn(notices: Iterable[str]) -> None:
    for notice in notices:
        typer.secho(f"onrecord: WARNING: {notice}", err=True, fg="red", bold=True)


def _line(release: "Release") -> tuple[str, ...]:
    changes = [
        f"{table}: {', '.join(f'{count} {what}' for what, count in counts.items() if count)}"
        for table, counts in release.changes.items()
        if any(counts.values())
    ]
    told = [f"{notice.date} {notice.kind}: {notice.reason}" for notice in release.notices]
    signed = "yes" if release.signed else "no"
    size = f"{release.bytes / 1e6:,.1f} MB"
    return release.version, release.created[:10], size, signed, release.status, "; ".join([*told, *changes])


def _show(columns: tuple[str, ...], rows: "Iterable[tuple[str, ...]]") -> None:
    from onrecord.terminal import console, rows_view

    console().print(rows_view(columns, rows))


def _plain(model: "Index | Release | Any") -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(model)


def _print(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
