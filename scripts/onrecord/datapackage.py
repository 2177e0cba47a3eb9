"""A Data Package on disk, opened: its descriptor, its schemas and its tables, never a file outside of its folder."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

import polars as pl

from onrecord.errors import InputError, InvalidData
from onrecord.paths import failure
from onrecord.schemas import TableSchema, parse_schema

DESCRIPTOR = "datapackage.json"
SUMS = "SHA256SUMS"
SIGNATURE = f"{SUMS}.sig"


@dataclass(frozen=True, slots=True)
class Package:
    """A Data Package in a folder."""

    folder: Path
    descriptor: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.descriptor.get("name", self.folder.name))

    @property
    def version(self) -> str | None:
        version = self.descriptor.get("version")
        return None if version is None else str(version)

    @property
    def resources(self) -> tuple[Mapping[str, Any], ...]:
        return tuple(self.descriptor["resources"])

    @property
    def tables(self) -> dict[str, Mapping[str, Any]]:
        """The resources that are tables in CSV, by name."""
        return {
            str(resource["name"]): resource
            for resource in self.resources
            if "schema" in resource and resource.get("format") == "csv"
        }

    def schemas(self) -> dict[str, TableSchema]:
        """The tables' schemas, by name.

        Raises:
            InvalidData: a schema is not one.
        """
        try:
            return {name: parse_schema(name, resource["schema"]) for name, resource in self.tables.items()}
        except InputError as error:
            raise InvalidData(f"{self.folder / DESCRIPTOR}: {error}") from error

    def files(self, resource: Mapping[str, Any]) -> list[Path]:
        """Where a resource's files lie: one, or as many as its `path` lists.

        Raises:
            InvalidData: a path leads out of the package, over a link or to another host.
        """
        return [inner_path(self.folder, part.get("path"), str(resource.get("name"))) for part in parts_of(resource)]

    def place(self, name: str) -> str:
        """What to call a table's file in a message; of several, their folder."""
        paths = [str(part.get("path")) for part in parts_of(self.tables[name])]
        return paths[0] if len(paths) == 1 else f"{PurePosixPath(paths[0]).parent}/"

    def strings(self, name: str) -> pl.DataFrame:
        """A table's cells as they stand in its CSV files, all strings, empty ones null.

        Raises:
            InvalidData: a file is missing or is not CSV in UTF-8, or two have other columns.
        """
        return csv_strings(*self.files(self.tables[name]))

    def parts(self, name: str) -> Iterator[tuple[str, pl.DataFrame]]:
        """The path of each file of a table, and the cells in it: `strings`, a file at a time."""
        resource = self.tables[name]
        for part, path in zip(parts_of(resource), self.files(resource), strict=True):
            yield str(part.get("path")), csv_strings(path)

    def slices(self, name: str, together: int) -> "Iterator[Package]":
        """A table alone, some of its files at a time: one, or as many as have that many bytes together."""
        paths = [str(part.get("path")) for part in parts_of(self.tables[name])]
        if len(paths) == 1:
            yield self
            return
        yield from (
            _part_of(self, files) for files in _grouped(self, paths, {path: {name: [path]} for path in paths}, together)
        )


def parts_of(resource: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The files of a resource, each with what the descriptor says of it: path, bytes and hash.

    >>> parts_of({"name": "a", "path": "a.csv"})
    [{'name': 'a', 'path': 'a.csv'}]
    >>> parts_of({"name": "a", "path": ["1.csv", "2.csv"], "parts": [{"path": "2.csv", "bytes": 7}]})
    [{'path': '1.csv'}, {'path': '2.csv', 'bytes': 7}]
    """
    paths, parts = resource.get("path"), resource.get("parts")
    if not isinstance(paths, list) or not paths:
        return [resource]
    told = {part.get("path"): part for part in parts if isinstance(part, dict)} if isinstance(parts, list) else {}
    return [{"path": path} | told.get(path, {}) for path in map(str, paths)]


def partitions(package: Package, together: int = 0) -> list[Package]:
    """A package whose tables are cut by articles as several packages, which hold the files of the same articles.

    Args:
        package: a package, or one that this function gave.
        together: the bytes that one of them may have; more where a partition has more.

    Returns:
        The packages in the order of their partitions' names, first those of articles, each with the tables that have rows
        there; only the package itself where its tables are not cut alike.
    """
    cut: dict[str, dict[str, list[str]]] = {}
    for resource in package.resources:
        for path in resource["path"] if isinstance(resource.get("path"), list) else ():
            cut.setdefault(PurePosixPath(str(path)).stem, {}).setdefault(str(resource["name"]), []).append(str(path))
    of_articles = sorted(name for name, files in cut.items() if "articles" in files)
    others = sorted(cut.keys() - set(of_articles))
    if not of_articles or any(not cut[name].keys() <= _OF_SPEAKERS and not cut[name].keys() <= _OF_REVIEWS for name in others):
        return [package]
    return [_part_of(package, files) for names in (of_articles, others) for files in _grouped(package, names, cut, together)]


_OF_SPEAKERS = {"speakers", "provenance", "speakers-parquet", "provenance-parquet"}
_OF_REVIEWS = {"reviews", "reviews-parquet"}


def _grouped(
    package: Package, names: list[str], cut: Mapping[str, Mapping[str, list[str]]], together: int
) -> Iterator[dict[str, list[str]]]:
    """The files of one partition after the other, of several at once while they have no more bytes than may be."""
    files: dict[str, list[str]] = {}
    size = 0
    for name in names:
        paths = [path for each in cut[name].values() for path in each]
        more = sum(found.stat().st_size for path in paths if (found := inner_path(package.folder, path, name)).is_file())
        if files and size + more > together:
            yield files
            files, size = {}, 0
        size += more
        for table, each in cut[name].items():
            files.setdefault(table, []).extend(each)
    if files:
        yield files


def _part_of(package: Package, paths: Mapping[str, list[str]]) -> Package:
    kept = [
        dict(resource) | {"path": paths[name]} for resource in package.resources if (name := str(resource["name"])) in paths
    ]
    return Package(package.folder, MappingProxyType(dict(package.descriptor) | {"resources": kept}))


def csv_strings(*paths: Path) -> pl.DataFrame:
    """The cells of a CSV file, or of several one below the other, as they stand there, all strings, empty ones null.

    Raises:
        InvalidData: a file is missing or is not CSV in UTF-8, or two have other columns.
    """
    try:
        cells = pl.scan_csv(list(paths), glob=False, infer_schema=False, null_values=[""], encoding="utf8").collect()
    except (OSError, pl.exceptions.PolarsError) as error:
        if len(paths) > 1:
            _tell_file(paths)
        reason = failure(error) if isinstance(error, OSError) else str(error).splitlines()[0]
        raise InvalidData(f"expected a table in CSV (UTF-8) at {paths[0]}, but: {reason}; restore the file") from error
    return cells.rechunk()  # whatever is asked of the cells of a thousand files takes half the time then


def _tell_file(paths: Sequence[Path]) -> None:
    """Say which of several files is no CSV file, or has other columns than the first; polars does not say it in all cases."""
    columns = [csv_strings(path).columns for path in paths]
    for path, found in zip(paths, columns, strict=True):
        if found != columns[0]:
            names = (", ".join(each) for each in (columns[0], found))
            raise InvalidData("expected the columns {} in {}, found {}; restore the file".format(next(names), path, *names))


def read_package(path: Path) -> Package:
    """Open a package.

    Args:
        path: its folder, or its datapackage.json.

    Raises:
        InputError: there is no package.
        InvalidData: its descriptor is not JSON or lists no resources.

    >>> read_package(Path("nowhere"))
    Traceback (most recent call last):
    onrecord.errors.InputError: expected a data package, found no datapackage.json at nowhere; name its folder
    """
    file = path if path.name == DESCRIPTOR else path / DESCRIPTOR
    if not file.is_file():
        raise InputError(f"expected a data package, found no {DESCRIPTOR} at {path}; name its folder")
    try:
        descriptor = json.loads(file.read_bytes())
    except (ValueError, OSError) as error:
        raise InvalidData(f"expected JSON in {file}, but: {error}; restore the file") from error
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list) or not all(isinstance(entry, dict) and "name" in entry for entry in resources):
        raise InvalidData(f"expected a list of named resources in {file}, found something else; restore the file")
    return Package(file.parent, MappingProxyType(descriptor))


def inner_path(folder: Path, path: object, name: str) -> Path:
    """A resource's path, if it stays inside of the package's folder and meets no link on its way.

    >>> inner_path(Path("package"), "../secret.csv", "secret")
    Traceback (most recent call last):
    onrecord.errors.InvalidData: resource secret: expected a path inside of the package, found '../secret.csv'; correct its path
    """
    if not isinstance(path, str) or not path:
        raise InvalidData(f"resource {name}: expected one path inside of the package, found {path!r}; correct its path")
    inner = PurePosixPath(path)
    if inner.is_absolute() or ".." in inner.parts or "\\" in path or ":" in path:
        raise InvalidData(f"resource {name}: expected a path inside of the package, found {path!r}; correct its path")
    step = str(folder)  # a path object a step would take most of the time of looking at a thousand files
    for part in inner.parts:
        step = os.path.join(step, part)  # noqa: PTH118
        if os.path.islink(step):  # noqa: PTH114
            raise InvalidData(
                f"resource {name}: expected a file, found a symbolic link at {Path(step)}; put the file itself there"
            )
    return Path(step)
