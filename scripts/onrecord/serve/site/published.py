"""What a site knows of its packages beyond their databases: the folder, the files, what the catalog says of the versions."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal
from weakref import WeakKeyDictionary

from onrecord.catalog import INDEX, Index, Release, parse_index
from onrecord.citation import cite
from onrecord.datapackage import DESCRIPTOR, SIGNATURE, SUMS, Package, inner_path
from onrecord.errors import InvalidData
from onrecord.hashing import sha256_bytes, sha256_file
from onrecord.package import CHANGES

_NEEDED = frozenset({"articles", "speakers", "statements", "statement_parts", "figures", "provenance"})


@dataclass(frozen=True, slots=True)
class File:
    """A file of a package, as its SHA256SUMS lists it."""

    path: str
    bytes: int
    sha256: str
    title: str


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a row in a version: it appeared, or a cell of it changed from `old` to `new`."""

    version: str
    day: str
    what: Literal["appeared", "changed"]
    column: str = ""
    old: object = None
    new: object = None


@dataclass(frozen=True, slots=True)
class Changes:
    """A version's changes.json, by table and id: the rows added, and the cells changed."""

    version: str
    day: str
    added: frozenset[tuple[str, str]]
    changed: Mapping[tuple[str, str], Mapping[str, Mapping[str, object]]]

    def events(self, table: str, key: str) -> Iterator[Event]:
        if (table, key) in self.added:
            yield Event(self.version, self.day, "appeared")
        for column, cell in self.changed.get((table, key), {}).items():
            yield Event(self.version, self.day, "changed", column, cell.get("old"), cell.get("new"))


@dataclass(frozen=True)
class Published:
    """A package that is served, and what its catalog says of all its versions; `index` is None outside of a catalog."""

    package: Package
    index: Index | None
    changes: tuple[Changes, ...] = ()  # of each version up to the one that is served, the oldest first

    @property
    def name(self) -> str:
        return self.package.name

    @property
    def title(self) -> str:
        return str(self.package.descriptor.get("title") or self.name)

    @property
    def has_pages(self) -> bool:
        """Whether it has the tables that the pages of articles, figures, speakers and statements are made of."""
        return set(self.package.tables) >= _NEEDED

    @property
    def release(self) -> Release | None:
        """What the catalog says of the version that is served."""
        return self.index.release(self.package.version or "") if self.index else None

    @cached_property
    def files(self) -> tuple[File, ...]:
        """Every file that may be taken home, tables first; a link or a path that leads out of the package is not there."""
        titles = {str(each.get("path")): _file_title(each) for each in self.package.resources}
        titles |= {DESCRIPTOR: "Descriptor of the package, with all schemas"}
        found = [_file(self.package.folder, line, titles) for line in self._sums]
        return tuple(sorted(filter(None, found), key=lambda file: (not file.path.startswith("data/"), file.path)))

    @cached_property
    def _sums(self) -> tuple[str, ...]:
        path = self.package.folder / SUMS
        return tuple(path.read_text("utf-8").splitlines()) if path.is_file() else ()

    def file(self, path: str) -> Path | None:
        """Where a file lies that may be taken home: one of SHA256SUMS, that list, or its signature."""
        if path not in {SUMS, SIGNATURE} and all(path != file.path for file in self.files):
            return None
        try:
            found = inner_path(self.package.folder, path, path)
        except InvalidData:
            return None
        return found if found.is_file() else None

    def history(self, table: str, key: str) -> tuple[Event, ...]:
        """What became of a row, version by version, up to the one that is served; nothing where there is no catalog."""
        found = [event for version in self.changes for event in version.events(table, key)]
        if self.changes and not any(event.what == "appeared" for event in found):
            found.insert(0, Event(self.changes[0].version, self.changes[0].day, "appeared"))
        return tuple(found)

    def text(self, digest: str) -> str | None:
        """An article's stored text, where the publisher holds the rights to it and the package has it unchanged."""
        path = self.file(f"texts/{digest}.txt")
        data = path.read_bytes() if path else b""
        return data.decode() if path and sha256_bytes(data) == digest else None


def _changes(package: Package, index: Index) -> tuple[Changes, ...]:
    numbers = [each.version for each in index.versions]
    served = index.versions[numbers.index(package.version) :] if package.version in numbers else ()
    return tuple(_changes_of(package.folder.parent / each.version, each) for each in reversed(served))


def _changes_of(folder: Path, release: Release) -> Changes:
    path = folder / CHANGES
    try:
        tables = json.loads(path.read_bytes())["tables"] if path.is_file() else {}
    except (ValueError, LookupError, TypeError) as error:
        raise InvalidData(f"expected JSON with tables at {path}, but: {error}; take the release as it was published") from error
    key = {table: f"{table[:-1]}_id" for table in tables}
    added = {(table, str(row.get(key[table]))) for table, diff in tables.items() for row in diff.get("added", ())}
    changed = {
        (table, str(row["key"].get(key[table]))): row["fields"]
        for table, diff in tables.items()
        for row in diff.get("changed", ())
    }
    return Changes(release.version, release.created[:10], frozenset(added), changed)


_ATTACHED: WeakKeyDictionary[Any, Mapping[str, Published]] = WeakKeyDictionary()


def published(package: Package) -> Published:
    """A package with its catalog's index.json and the changes of its versions, where it lies in a catalog.

    Raises:
        InvalidData: the index is broken, or a changes.json.
    """
    path = package.folder.parent / INDEX
    index = parse_index(path.read_bytes(), str(path)) if path.is_file() else None
    if index is None or index.name != package.name:
        return Published(package, None)
    return Published(package, index, _changes(package, index))


def attach(datasette: Any, packages: Sequence[Package]) -> None:
    """Let a Datasette's pages know the packages; never through its metadata, which the public can read."""
    _ATTACHED[datasette] = MappingProxyType({package.name: published(package) for package in packages})


def attached(datasette: Any) -> Mapping[str, Published]:
    """The packages of a Datasette, by name."""
    return _ATTACHED.get(datasette, {})


def citations(known: Published) -> dict[str, str]:
    """How to cite a package, by style, as `onrecord cite` says it."""
    sums = known.package.folder / SUMS
    digest = sha256_file(sums) if sums.is_file() else None
    return {style: cite(known.package.descriptor, style.lower(), digest) for style in ("APA", "BibTeX")}


def _file_title(resource: Mapping[str, Any]) -> str:
    title = str(resource.get("title") or resource.get("name"))
    kind = {"csv": "CSV", "json": "JSON", "parquet": "Parquet"}.get(str(resource.get("format")))
    return f"{title}, {kind}" if kind and str(resource.get("path", "")).startswith("data/") else title


def _file(folder: Path, line: str, titles: Mapping[str, str]) -> File | None:
    digest, _, path = line.partition("  ")
    try:
        found = inner_path(folder, path, path)
        return File(path, found.stat().st_size, digest, titles.get(path, ""))
    except (InvalidData, OSError):
        return None
