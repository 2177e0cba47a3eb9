"""A version is put into a catalog so that the catalog describes whole releases only, at every moment.

1. The package is written, checked and signed in a hidden folder of the catalog.
2. One rename gives it its place: `<name>/<version>/`. Nothing names it yet.
3. `index.json` names it, then `dcat.jsonld` and `catalog.json`, each replaced by one rename.

Killed before 2, the next run clears the hidden folder away; killed after 2, it finds a whole version that no index names, made
by a release since it has `changes.json`, and finishes with 3.
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from onrecord.catalog import (
    CATALOG,
    INDEX,
    Catalog,
    Index,
    Release,
    catalog_bytes,
    listing,
    newest_first,
    parse_catalog,
    parse_index,
)
from onrecord.datapackage import DESCRIPTOR, SIGNATURE, SUMS, Package, read_package
from onrecord.errors import InputError, InvalidData, OutputError
from onrecord.hashing import sha256_file
from onrecord.package import CHANGES
from onrecord.paths import failure, write_whole
from onrecord.release.dcat import DCAT, dcat

TITLE = "Figures and statements on record"

_LOCK = ".lock"
_STAGING = ".release-"


@contextmanager
def alone(catalog: Path) -> Iterator[None]:
    """Hold a catalog, so that nobody else changes it; the system lets go of it when the process ends, however it ends.

    Raises:
        OutputError: somebody else is changing the catalog, or it cannot be written.
    """
    try:
        catalog.mkdir(parents=True, exist_ok=True)
        with FileLock(catalog / _LOCK, timeout=0):
            yield
    except Timeout as error:
        raise OutputError(f"expected to be alone in {catalog}, found another release under way; wait for its end") from error
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(f"expected to write {catalog}, but: {failure(error)}; choose another place or free it") from error


def read_index(catalog: Path, name: str) -> Index | None:
    """A package's index; None where the catalog has none."""
    path = catalog / name / INDEX
    return parse_index(path.read_bytes(), str(path)) if path.is_file() else None


def read_catalog(catalog: Path) -> Catalog:
    """The catalog as its file has it; an empty one where there is none."""
    path = catalog / CATALOG
    return parse_catalog(path.read_bytes(), str(path)) if path.is_file() else Catalog(title=TITLE)


def last_release(catalog: Path, name: str) -> Package | None:
    """The newest version that the index names, whatever is known against it; None before the first."""
    index = read_index(catalog, name)
    return read_package(catalog / name / index.versions[0].version) if index and index.versions else None


def located(catalog: Path, spec: str) -> Path:
    """Where a package lies that is named by its path or as NAME@VERSION of a catalog.

    Raises:
        InputError: the catalog has no such version.
    """
    name, at, version = spec.partition("@")
    if not at or Path(spec).exists():
        return Path(spec)
    index = read_index(catalog, name) if re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name) else None
    if index is None or index.release(version) is None:
        known = f"it has {', '.join(each.version for each in index.versions)}" if index else "it has no such package"
        raise InputError(f"expected a package's folder or NAME@VERSION of {catalog}, found {spec!r}; {known}")
    return catalog / name / version


def recover(catalog: Path, name: str) -> str | None:
    """Finish or clear away what an interrupted release left; to be called by whoever holds the catalog.

    Returns:
        The version that was finished, if one was.

    Raises:
        InputError: a version's folder was made by something else than a release.
        InvalidData: a release is gone or is no longer what was released.
    """
    for left in (*catalog.glob(f"{_STAGING}*"), *catalog.glob(f".{CATALOG}.*"), *catalog.glob(f".{DCAT}.*")):
        _clear(left)
    for left in (catalog / name).glob(f".{INDEX}.*"):
        _clear(left)
    known = read_index(catalog, name)
    found = _found(catalog / name, known)
    fresh = [each for each in found if not (known and known.release(each.version))]
    if fresh or known:
        _name(catalog, name, found)
    return fresh[0].version if fresh else None


@contextmanager
def staging(catalog: Path, name: str) -> Iterator[Path]:
    """A folder inside of the catalog, on the same file system, that is cleared away afterwards."""
    folder = Path(tempfile.mkdtemp(dir=catalog, prefix=f"{_STAGING}{name}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(staged: Path, catalog: Path, name: str, version: str) -> Path:
    """Give a whole, checked version its place and its name in the catalog.

    Args:
        staged: its folder inside of the catalog's file system.
        catalog: the catalog, held by the caller.
        name: the package.
        version: its version.

    Returns:
        Where it lies.

    Raises:
        OutputError: there is something in its place already.
    """
    target = catalog / name / version
    if target.exists():
        raise OutputError(f"expected a new version, found {target} already; a release is never overwritten")
    target.parent.mkdir(exist_ok=True)
    _flush(staged)
    staged.rename(target)
    _name(catalog, name, _found(target.parent, read_index(catalog, name)))
    return target


def rename_all(catalog: Path, index: Index) -> None:
    """Write an index, what follows from it in `dcat.jsonld` and, last, `catalog.json`; each only where it has news."""
    _write(catalog / index.name / INDEX, catalog_bytes(index))
    indexes = [parse_index(path.read_bytes(), str(path)) for path in sorted(catalog.glob(f"*/{INDEX}"))]
    _write(catalog / DCAT, dcat(catalog, read_catalog(catalog).title, indexes))
    whole = replace(
        read_catalog(catalog), packages=tuple(listing(each) for each in sorted(indexes, key=lambda each: each.name))
    )
    _write(catalog / CATALOG, catalog_bytes(whole))


def _write(path: Path, data: bytes) -> None:
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data)


def _name(catalog: Path, name: str, releases: tuple[Release, ...]) -> None:
    newest = read_package(catalog / name / releases[0].version).descriptor
    index = Index(
        name=name,
        title=newest["title"],
        description=newest["description"],
        licenses=tuple(newest["licenses"]),
        versions=releases,
    )
    rename_all(catalog, index)


def _found(folder: Path, known: Index | None) -> tuple[Release, ...]:
    """The releases that lie in a package's folder, those that the index names with what it says of them."""
    present = (
        {path.name for path in folder.glob(f"[!.]*/{DESCRIPTOR}") for path in (path.parent,)} if folder.is_dir() else set()
    )
    listed = {each.version: each for each in known.versions} if known else {}
    if gone := sorted(listed.keys() - present):
        raise InvalidData(f"expected the release {folder / gone[0]}, found nothing; restore it, a release stays")
    releases = []
    for version in sorted(present):
        if not (folder / version / CHANGES).is_file():
            raise InputError(f"expected releases only in {folder}, found {version}, which no release made; move it away")
        release = _described(folder / version)
        if version in listed and listed[version].manifest_sha256 != release.manifest_sha256:
            raise InvalidData(f"expected {folder / version} as it was released, found another {SUMS}; restore it")
        releases.append(listed.get(version, release))
    return newest_first(releases)


def _described(folder: Path) -> Release:
    """What an index says of a version, all of it from its own files."""
    descriptor = read_package(folder).descriptor
    return Release(
        version=descriptor["version"],
        created=descriptor["created"],
        path=f"{folder.name}/{DESCRIPTOR}",
        manifest_sha256=sha256_file(folder / SUMS),
        bytes=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        signed=(folder / SIGNATURE).is_file(),
        changes=json.loads((folder / CHANGES).read_bytes())["counts"],
    )


def _clear(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _flush(folder: Path) -> None:
    """Have the disk hold every file before anything names it: a power cut is worse than a kill."""
    for path in (*folder.rglob("*"), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
