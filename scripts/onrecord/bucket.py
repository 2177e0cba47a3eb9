"""A catalog that is changed where it lies, or, in a bucket, here and then carried there.

A release or a notice is worked out by the same code wherever the catalog is. From a bucket come the catalog's lists, what
describes each version, and the whole of the version to compare with, all of it checked against the digests that pin it. Back go
the new version's files, each only where nothing is, and then `index.json`, `dcat.jsonld` and `catalog.json`, each only over the
one that was read: two publishers at once cannot undo each other's work, and what is cut off is finished by the next run.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord.catalog import CATALOG, INDEX, Index, parse_catalog, parse_index
from onrecord.datapackage import DESCRIPTOR
from onrecord.errors import Conflict, Missing
from onrecord.package import CHANGES
from onrecord.pull import download
from onrecord.pull.resolve import fetch_list
from onrecord.release import DCAT
from onrecord.store import WritableStore, open_writable


@dataclass(frozen=True, slots=True)
class _List:
    """A file of the catalog that changes: its bytes as they were read, and the tag that names them; None before the first."""

    data: bytes | None
    tag: str | None


@contextmanager
def held(catalog: str | Path, name: str) -> Iterator[Path]:
    """The folder of a catalog, to be changed.

    Args:
        catalog: a folder, or an address that begins with s3://; what is changed in the folder is carried there in the end.
        name: the package that is about to change.

    Raises:
        InputError: the address is of another kind, or s3fs is not installed.
        InvalidData: what lies in the bucket is not what its catalog says.
        TransferError: the bucket cannot be read.
        Conflict: somebody else has changed it meanwhile, or another release of the same version was begun there.
        OutputError: it cannot be written.

    >>> with held("datapackage", "luton-county-lines") as folder:
    ...     print(folder)
    datapackage
    """
    if "://" not in str(catalog):
        yield Path(catalog)
        return
    store = open_writable(str(catalog))
    try:
        with TemporaryDirectory(prefix="onrecord-") as place:
            folder = Path(place)
            lists = _fetch(store, folder, name)
            known = _files(folder)
            yield folder
            _carry(store, folder, known, lists)
    finally:
        store.close()


def _fetch(store: WritableStore, folder: Path, name: str) -> dict[str, _List]:
    """Bring what a release reads, and give the lists as they were."""
    lists = {path: _list(store, folder, path) for path in (CATALOG, DCAT)}
    listed = lists[CATALOG].data
    packages = parse_catalog(listed, f"{store.address}/{CATALOG}").packages if listed else ()
    for each in sorted({name, *(package.name for package in packages)}):
        lists[f"{each}/{INDEX}"] = found = _list(store, folder, f"{each}/{INDEX}")
        if found.data:
            _versions(store, folder, parse_index(found.data, f"{store.address}/{each}/{INDEX}"), whole=each == name)
    return lists


def _list(store: WritableStore, folder: Path, path: str) -> _List:
    try:
        data, tag = fetch_list(store, path)
    except Missing:
        return _List(None, None)
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_bytes(data)
    return _List(data, tag)


def _versions(store: WritableStore, folder: Path, index: Index, whole: bool) -> None:
    """What describes each version, and the newest whole where it is the one to compare with."""
    for number, release in enumerate(index.versions):
        paths = None if whole and number == 0 else (DESCRIPTOR, CHANGES)
        download(store, index, release, folder / index.name / release.version, paths)


def _carry(store: WritableStore, folder: Path, known: set[str], lists: dict[str, _List]) -> None:
    for path in sorted(_files(folder) - known - lists.keys()):
        try:
            store.create(path, (folder / path).read_bytes())
        except Conflict as error:
            where = "/".join([store.address, *path.split("/")[:2]])
            raise Conflict(
                f"{error}; {where} holds a release that was cut off: look at it, remove it, and try again"
            ) from error
    for path in sorted(lists, key=[CATALOG, DCAT].count):  # what names a version goes before what names the packages
        data = (folder / path).read_bytes() if (folder / path).is_file() else None
        if data is not None and data != lists[path].data:
            store.replace(path, data, lists[path].tag)


def _files(folder: Path) -> set[str]:
    """The files of a catalog; its lock has a dot in front."""
    return {path.relative_to(folder).as_posix() for path in folder.glob("[!.]*/**/*") if path.is_file()}
