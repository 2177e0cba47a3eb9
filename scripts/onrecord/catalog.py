"""Where published packages lie: a package's own folder, or a catalog with a folder a package and a folder a version."""

from collections.abc import Iterable
from pathlib import Path

from packaging.version import InvalidVersion, Version

from onrecord.datapackage import DESCRIPTOR, Package, read_package
from onrecord.errors import InputError, InvalidData


def find_packages(path: Path) -> list[Package]:
    """The packages that a path names, each in its newest version.

    Args:
        path: a package's folder or its datapackage.json; or a folder with packages one or two levels below, such as a
            catalog (`<name>/<version>/datapackage.json`).

    Returns:
        The packages by name.

    Raises:
        InputError: there is no package at the path or below it.
        InvalidData: a package's descriptor cannot be read, or its version cannot be compared with another's.

    >>> find_packages(Path("nowhere"))
    Traceback (most recent call last):
    onrecord.errors.InputError: expected a package or a catalog, found nothing at nowhere; name a folder with a datapackage.json
    """
    if path.name == DESCRIPTOR or (path / DESCRIPTOR).is_file():
        return [read_package(path)]
    if not path.is_dir():
        found = "a file" if path.exists() else "nothing"
        raise InputError(f"expected a package or a catalog, found {found} at {path}; name a folder with a {DESCRIPTOR}")
    files = [file for pattern in ("*", "*/*") for file in sorted(path.glob(f"{pattern}/{DESCRIPTOR}"))]
    packages = [read_package(file) for file in files if not _hidden(file.relative_to(path))]
    if not packages:
        raise InputError(f"expected <name>/<version>/{DESCRIPTOR} below {path}, found none; build or release a package first")
    return [
        newest(package for package in packages if package.name == name) for name in sorted({each.name for each in packages})
    ]


def newest(packages: Iterable[Package]) -> Package:
    """The package with the highest version; one without a version is older than any.

    >>> newest(Package(Path(), {"version": version}) for version in ("0.10.0", "0.9.0", "0.10.0-rc.1")).version
    '0.10.0'
    """
    return max(packages, key=_version)


def _version(package: Package) -> Version:
    try:
        return Version(package.version or "0.dev0")
    except InvalidVersion as error:
        place = package.folder / DESCRIPTOR
        raise InvalidData(f"expected a version like 1.2.0, found {package.version!r} in {place}; correct it") from error


def _hidden(path: Path) -> bool:
    """A folder that is being written has a name with a dot in front."""
    return any(part.startswith(".") for part in path.parts)
