"""What frictionless does not check of a package, and frictionless itself as the independent gate.

frictionless 5 passes a JSON or Parquet table whose digest is wrong, follows links, fetches remote paths and stops at a
thousand errors a table; so files and their places are checked here before anything else opens them.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from onrecord.datapackage import DESCRIPTOR, SIGNATURE, SUMS, Package, parts_of
from onrecord.errors import InvalidData
from onrecord.hashing import sha256_file, sha256_text
from onrecord.records import Violation, as_told

RELEASE = "release"  # where a part of a release keeps the release's own descriptor, digests and signature


def check_files(package: Package) -> list[Violation]:
    """The files of a package: each where it may be, as long and with the digest that the descriptor and SHA256SUMS say.

    Args:
        package: the package as opened; none of its files has to be there.

    Returns:
        A violation for each path that leads out of the package, each link, each missing, altered or unlisted file.
    """
    found = list(_resources(package))
    present = sorted(path for path in package.folder.rglob("*") if path.is_symlink() or path.is_file())
    found += [Violation(_inner(package, path), "a file", "a symbolic link") for path in present if path.is_symlink()]
    named = {violation.place for violation in found}
    sums = _sums(package, [path for path in present if not path.is_symlink()])
    found += [violation for violation in sums if violation.place not in named]
    return found or list(_part(package))


def is_part(package: Package) -> bool:
    """Whether a package is a part of a release: `onrecord pull --format csv` leaves out the other forms of its tables."""
    return (package.folder / RELEASE / SUMS).is_file()


def part_of(descriptor: Mapping[str, Any], paths: Collection[str]) -> dict[str, Any]:
    """What a release's descriptor says of a part of its files: the same, but of these files alone.

    >>> part_of({"name": "boats", "resources": [{"path": "a.csv"}, {"path": "a.json"}]}, ["a.csv"])
    {'name': 'boats', 'resources': [{'path': 'a.csv'}]}
    """
    return dict(descriptor) | {"resources": [entry for entry in descriptor["resources"] if _paths(entry) <= set(paths)]}


def _paths(resource: Mapping[str, Any]) -> set[str]:
    return {str(part.get("path")) for part in parts_of(resource)}


def check_forms(package: Package, tables: Mapping[str, pl.DataFrame]) -> list[Violation]:
    """The JSON rows and the Parquet file of each table say the same as its CSV file.

    Args:
        package: the package.
        tables: its typed tables, as read from CSV.
    """
    found = []
    for resource in package.resources:
        name, _, form = str(resource["name"]).rpartition("-")
        if name not in tables or form not in _FORMS:
            continue
        paths = package.files(resource)
        place = _inner(package, paths[0] if len(paths) == 1 else paths[0].parent)
        try:
            found += _FORMS[form](paths, tables[name], place)
        except (ValueError, TypeError, OSError, pl.exceptions.PolarsError) as error:
            found.append(Violation(place, f"rows in {form.upper()}", str(error).splitlines()[0]))
    return found


def check_sources(articles: pl.DataFrame, texts: Mapping[str, str]) -> list[Violation]:
    """Each article of a package is there in the sources, with the text that it was read from.

    Args:
        articles: the package's table.
        texts: the sources' stored texts by article_id.
    """
    found = []
    for row, (article_id, digest) in enumerate(articles.select("article_id", "text_sha256").iter_rows()):
        told = sha256_text(texts[article_id]) if article_id in texts else "no such article in the sources"
        if told != digest:
            found.append(Violation("articles", f"the text with SHA-256 {digest}", told, row + 2, article_id, "text_sha256"))
    return found


def gate(package: Package) -> list[Violation]:
    """What frictionless finds wrong, called as a user would call it: on the path of datapackage.json.

    Raises:
        InvalidData: a path leads out of the package; frictionless would follow it.
    """
    import frictionless  # takes a second; only the commands that gate pay for it

    for resource in package.resources:
        package.files(resource)
    report = frictionless.validate(str(package.folder / DESCRIPTOR))
    found = [Violation(DESCRIPTOR, "a valid package", error.message) for error in report.errors]
    for place, error in ((task.place, error) for task in report.tasks for error in task.errors):
        where = error.to_descriptor()
        found.append(
            Violation(place, "frictionless to agree", error.message, where.get("rowNumber"), field=where.get("fieldName"))
        )
    return found


def _resources(package: Package) -> Iterator[Violation]:
    for resource in package.resources:
        try:
            paths = package.files(resource)
        except InvalidData as error:
            yield Violation(DESCRIPTOR, "paths inside of the package", str(error))
            continue
        for path, part in zip(paths, parts_of(resource), strict=True):
            if path.is_file():
                yield from _digest(path, part, _inner(package, path))
            else:
                yield Violation(_inner(package, path), "a file", "nothing")


def _digest(path: Path, resource: Mapping[str, object], place: str) -> Iterator[Violation]:
    size, digest = path.stat().st_size, f"sha256:{sha256_file(path)}"
    if resource.get("bytes") != size:
        yield Violation(place, f"{resource.get('bytes')} bytes", f"{size}")
    if resource.get("hash") != digest:
        yield Violation(place, f"the hash {resource.get('hash')}", digest)


def _sums(package: Package, files: Iterable[Path]) -> Iterator[Violation]:
    """SHA256SUMS lists every file but itself and its signature, and each with its digest; only it guards the descriptor."""
    path = package.folder / SUMS
    if not path.is_file():
        yield Violation(SUMS, "a file", "nothing")
        return
    listed = _listed(path)
    for file in files:
        inner = _inner(package, file)
        if inner in {SUMS, SIGNATURE}:
            continue
        if inner not in listed:
            yield Violation(inner, f"files that {SUMS} lists", "a file that it does not list")
        elif listed.pop(inner) != (digest := sha256_file(file)):
            yield Violation(inner, f"the digest in {SUMS}", digest)
    for inner in listed:
        yield Violation(inner, f"a file, since {SUMS} lists it", "nothing")


def _part(package: Package) -> Iterator[Violation]:
    """What was pulled in some forms only says the same as the release, whose digests came with it."""
    if not is_part(package):
        return
    whole = package.folder / RELEASE
    told = _listed(whole / SUMS)
    for inner, digest in _listed(package.folder / SUMS).items():
        if inner in told and inner != DESCRIPTOR and told[inner] != digest:
            yield Violation(inner, f"the digest in {RELEASE}/{SUMS}", digest)
    if not (whole / DESCRIPTOR).is_file() or sha256_file(whole / DESCRIPTOR) != told.get(DESCRIPTOR):
        yield Violation(f"{RELEASE}/{DESCRIPTOR}", f"the file with the digest in {RELEASE}/{SUMS}", "another one or none")
        return
    paths = {path for resource in package.resources for path in _paths(resource)}
    if dict(package.descriptor) != part_of(json.loads((whole / DESCRIPTOR).read_bytes()), paths):
        yield Violation(DESCRIPTOR, f"a part of {RELEASE}/{DESCRIPTOR}", "something else")


def _listed(sums: Path) -> dict[str, str]:
    lines = sums.read_text("utf-8", "replace").splitlines()
    return dict(line.split("  ", 1)[::-1] for line in lines if "  " in line)


def _inner(package: Package, path: Path) -> str:
    return path.relative_to(package.folder).as_posix()


def _differences(rows: list[dict[str, object]], table: pl.DataFrame, place: str) -> list[Violation]:
    if len(rows) != table.height:
        return [Violation(place, f"{table.height} rows as in the CSV file", f"{len(rows)}")]
    return [
        Violation(place, f"{_plain(told)!r} as in the CSV file", as_told(row.get(name)), number, field=name)
        for number, (row, cells) in enumerate(zip(rows, table.iter_rows(named=True), strict=True), 1)
        for name, told in cells.items()
        if row.get(name) != _plain(told)
    ]


def _json_differences(paths: Sequence[Path], table: pl.DataFrame, place: str) -> list[Violation]:
    return _differences([dict(row) for path in paths for row in json.loads(path.read_bytes())], table, place)


def _parquet_differences(paths: Sequence[Path], table: pl.DataFrame, place: str) -> list[Violation]:
    rows = pl.concat([pl.read_parquet(path.read_bytes()) for path in paths])
    if rows.schema != table.schema:
        types = [", ".join(f"{name} {dtype}" for name, dtype in frame.schema.items()) for frame in (table, rows)]
        return [Violation(place, f"the columns {types[0]}", types[1])]
    if rows.equals(table):  # a million rows at once; only where they differ is it asked cell by cell
        return []
    return _differences(
        [{name: _plain(cell) for name, cell in row.items()} for row in rows.iter_rows(named=True)], table, place
    )


_FORMS: Mapping[str, Callable[[Sequence[Path], pl.DataFrame, str], list[Violation]]] = {
    "json": _json_differences,
    "parquet": _parquet_differences,
}


def _plain(value: object) -> object:
    """A typed cell as JSON has it."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else value
