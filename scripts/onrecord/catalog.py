"""Where published packages lie: a package's own folder, or a catalog with a folder a package and a folder a version.

    catalog.json                                which packages there are
    <name>/index.json                           which versions of one, and what is known against them
    <name>/<version>/datapackage.json, ...      a version, which never changes

`catalog.json` and `index.json` are written last and atomically: what they name is there and whole. Nothing here opens a
connection: the bytes may come from a folder, a store or a server.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from packaging.version import InvalidVersion, Version
from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from onrecord.datapackage import DESCRIPTOR, Package, read_package
from onrecord.errors import InputError, InvalidData
from onrecord.settings import Name, check, expect
from onrecord.settings import Version as SemanticVersion

CATALOG = "catalog.json"
INDEX = "index.json"

# A name a step, none that begins with a dot: nothing absolute, nothing above, no other host.
_STEP = r"[A-Za-z0-9][A-Za-z0-9._+-]*"
PathInside = Annotated[str, expect(rf"{_STEP}(/{_STEP})*", "a path inside of the catalog")]
Digest = Annotated[str, expect(r"[0-9a-f]{64}", "a SHA-256 in hexadecimal")]
Status = Literal["current", "superseded", "retracted"]

# A later onrecord may say more; what this one does not know it passes over.
_OPEN = ConfigDict(extra="ignore")
_Model = TypeVar("_Model")


@dataclass(frozen=True, kw_only=True, config=_OPEN)
class Notice:
    """What was found out about a version after it was released: the day (ISO 8601), what it means, and why."""

    date: str
    kind: Literal["supersession", "retraction", "correction"]
    reason: str


@dataclass(frozen=True, kw_only=True, config=_OPEN)
class Release:
    """A version of a package: where it lies (relative to index.json) and the digest that pins all its bytes.

    `manifest_sha256` is the SHA-256 of its SHA256SUMS; `bytes` is the sum of all its files; `changes` counts the rows added,
    removed and changed since the version before, by table. The status "current" says that nothing is known against it.
    """

    version: SemanticVersion
    created: str
    path: PathInside
    manifest_sha256: Digest
    bytes: int
    signed: bool = False
    status: Status = "current"
    notices: tuple[Notice, ...] = ()
    changes: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, kw_only=True, config=_OPEN)
class Index:
    """All versions of a package, the newest first."""

    name: Name
    title: str
    description: str = ""
    licenses: tuple[Mapping[str, str], ...] = ()
    versions: tuple[Release, ...] = ()

    def release(self, version: str) -> Release | None:
        """The release with exactly this version, if there is one."""
        return next((each for each in self.versions if each.version == version), None)

    @property
    def newest(self) -> Release | None:
        """The newest version that is not retracted."""
        return next((each for each in self.versions if each.status != "retracted"), None)


@dataclass(frozen=True, kw_only=True, config=_OPEN)
class Listing:
    """A package as catalog.json lists it; `version` is the newest one not retracted, None where all are."""

    name: Name
    title: str
    description: str = ""
    version: SemanticVersion | None
    path: PathInside


@dataclass(frozen=True, kw_only=True, config=_OPEN)
class Catalog:
    """The packages of a catalog, by name."""

    title: str
    packages: tuple[Listing, ...] = ()


def parse_catalog(data: bytes, where: str) -> Catalog:
    """Read `catalog.json`.

    Args:
        data: its bytes.
        where: the path or address they came from, for the message.

    Raises:
        InvalidData: it is not JSON, a key is missing or of the wrong kind, or a path leads out of the catalog.

    >>> parse_catalog(b'{"title": "Boats", "packages": [{"name": "a", "title": "A", "version": "1.0.0", "path": "../a"}]}', "c")
    Traceback (most recent call last):
    onrecord.errors.InvalidData: expected a path inside of the catalog, found '../a' for packages[1].path in c; restore the file
    """
    return _read(Catalog, data, where)


def parse_index(data: bytes, where: str) -> Index:
    """Read a package's `index.json`, its versions put into order.

    Args:
        data: its bytes.
        where: the path or address they came from, for the message.

    Raises:
        InvalidData: it is not JSON, a key is missing or of the wrong kind, or a path leads out of the catalog.
    """
    index = _read(Index, data, where)
    return replace(index, versions=newest_first(index.versions))


def catalog_bytes(catalog: Catalog | Index) -> bytes:
    """The bytes of `catalog.json` or `index.json`.

    >>> print(catalog_bytes(Catalog(title="Boats")).decode(), end="")
    {
      "title": "Boats",
      "packages": []
    }
    """
    return (json.dumps(asdict(catalog), indent=2, ensure_ascii=False) + "\n").encode()


def newest_first(releases: Iterable[Release]) -> tuple[Release, ...]:
    """Releases in semantic order, the newest first."""
    return tuple(sorted(releases, key=lambda each: Version(each.version), reverse=True))


def listing(index: Index) -> Listing:
    """What catalog.json says of a package."""
    version = index.newest.version if index.newest else None
    path = f"{index.name}/{INDEX}"
    return Listing(name=index.name, title=index.title, description=index.description, version=version, path=path)


def find_packages(path: Path) -> list[Package]:
    """The packages that a path names, each in its newest version.

    Args:
        path: a package's folder or its datapackage.json; or a folder with packages one or two levels below, such as a
            catalog (`<name>/<version>/datapackage.json`).

    Returns:
        The packages by name. Where there is a `catalog.json`, it alone says what is published: neither a version that is
        still being written nor one that was retracted is among them.

    Raises:
        InputError: there is no package at the path or below it.
        InvalidData: a package's descriptor cannot be read, or its version cannot be compared with another's.

    >>> find_packages(Path("nowhere"))
    Traceback (most recent call last):
    onrecord.errors.InputError: expected a package or a catalog, found nothing at nowhere; name a folder with a datapackage.json
    """
    if path.name == DESCRIPTOR or (path / DESCRIPTOR).is_file():
        return [read_package(path)]
    if (path / CATALOG).is_file():
        return _listed(path)
    if not path.is_dir():
        found = "a file" if path.exists() else "nothing"
        raise InputError(f"expected a package or a catalog, found {found} at {path}; name a folder with a {DESCRIPTOR}")
    files = [file for pattern in ("*", "*/*") for file in sorted(path.glob(f"{pattern}/{DESCRIPTOR}"))]
    packages = [read_package(file) for file in files if not _hidden(file.relative_to(path))]
    if not packages:
        raise InputError(f"expected <name>/<version>/{DESCRIPTOR} below {path}, found none; build or release a package first")
    names = sorted({each.name for each in packages})
    return [newest(package for package in packages if package.name == name) for name in names]


def newest(packages: Iterable[Package]) -> Package:
    """The package with the highest version; one without a version is older than any.

    >>> newest(Package(Path(), {"version": version}) for version in ("0.10.0", "0.9.0", "0.10.0-rc.1")).version
    '0.10.0'
    """
    return max(packages, key=_version)


def _listed(folder: Path) -> list[Package]:
    catalog = parse_catalog((folder / CATALOG).read_bytes(), str(folder / CATALOG))
    found = [read_package(folder / each.name / each.version) for each in catalog.packages if each.version]
    if not found:
        where = folder / CATALOG
        raise InputError(f"expected a release in {where}, found none that is not retracted; release a package first")
    return found


def _version(package: Package) -> Version:
    try:
        return Version(package.version or "0.dev0")
    except InvalidVersion as error:
        place = package.folder / DESCRIPTOR
        raise InvalidData(f"expected a version like 1.2.0, found {package.version!r} in {place}; correct it") from error


def _hidden(path: Path) -> bool:
    """A folder that is being written has a name with a dot in front."""
    return any(part.startswith(".") for part in path.parts)


def _read(model: type[_Model], data: bytes, where: str) -> _Model:
    try:
        values = json.loads(data)
        known = {field.name for field in fields(model)}  # type: ignore[arg-type]  # both are dataclasses
        return check(model, {key: value for key, value in values.items() if key in known}, where)
    except InputError as error:
        raise InvalidData(re.sub("; (correct it|add it)$", "; restore the file", str(error))) from None
    except (ValueError, AttributeError) as error:
        raise InvalidData(f"expected an object in JSON in {where}, but: {error}; restore the file") from error
