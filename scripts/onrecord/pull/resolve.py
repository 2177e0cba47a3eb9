"""Which version it is: from a name and a range to a manifest that pins every byte."""

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from onrecord.catalog import CATALOG, INDEX, Catalog, Index, Release, parse_catalog, parse_index
from onrecord.datapackage import DESCRIPTOR, SIGNATURE, SUMS, parts_of
from onrecord.errors import InputError, Interrupted, InvalidData, Missing
from onrecord.pull.cache import Cache
from onrecord.pull.download import ATTEMPTS, WAITS, Downloader, Wanted
from onrecord.pull.lock import LOCK, Locked, read_lock
from onrecord.pull.manifest import check_signature, parse_manifest
from onrecord.pull.reference import LATEST, Reference, choose
from onrecord.store import Store, open_store, plain_address, read_whole

DEFAULT_CATALOG = "datapackage"
_LIST_BYTES = 64 << 20  # catalog.json, an index, a manifest, a signature: more is no list that anybody made


@dataclass(frozen=True, slots=True)
class Found:
    """A version in its catalog.

    Attributes:
        address: the catalog.
        index: what the catalog says of all versions; None where only the lock is known, offline.
        locked: name, version and the manifest's digest.
        release: what the index says of this version; None likewise.
    """

    address: str
    index: Index | None
    locked: Locked
    release: Release | None

    @property
    def name(self) -> str:
        return self.locked.name

    @property
    def version(self) -> str:
        return self.locked.version

    @property
    def folder(self) -> str:
        """Where its files lie in the catalog."""
        path = self.release.path if self.release else f"{self.version}/{DESCRIPTOR}"
        return str(PurePosixPath(self.name, path).parent)

    def notices(self) -> Iterator[str]:
        """What everybody who uses this version has to know, a line each: that it was retracted or superseded, and why."""
        if self.release is None or self.index is None or self.release.status == "current":
            return
        newest = self.index.newest
        later = newest and newest.version != self.version
        other = f"; {newest.version} is the newest version, which {self.name}@latest takes" if newest and later else ""
        status = self.release.status
        kinds = {"retracted": "retraction", "superseded": "supersession"}
        told = [notice for notice in self.release.notices if notice.kind == kinds[status]] or [*self.release.notices]
        why = "; ".join(f"{notice.date}: {notice.reason}" for notice in told)
        yield f"{self.name} {self.version} is {status}{f' ({why})' if why else ''}{other}"


@dataclass(frozen=True, slots=True)
class Opened:
    """A version whose manifest is here: every file's digest is known, and so is what it says of itself."""

    found: Found
    manifest: bytes
    signature: bytes | None
    signer: str | None
    files: Mapping[str, str]
    descriptor: Mapping[str, Any]
    descriptor_bytes: bytes

    @property
    def address(self) -> str | None:
        """Where the version lies for everybody: its place in a catalog on the web."""
        return f"{self.found.address}/{self.found.folder}/{DESCRIPTOR}" if "://" in self.found.address else None

    def wanted(self, path: str) -> Wanted:
        """A file of the version, as it is to be fetched."""
        resources = self.descriptor.get("resources", ())
        told = {str(part.get("path")): part.get("bytes") for entry in resources for part in parts_of(entry)}
        size = told.get(path)
        most = size if isinstance(size, int) else _most(self.found)
        return Wanted(f"{self.found.folder}/{path}", self.files[path], most)


def catalog_address(given: str | None, name: str | None = None, lock: Path = Path(LOCK)) -> str:
    """The catalog that is meant: the one given, else ONRECORD_CATALOG, else the one in the lock, else `datapackage` here."""
    address = given or os.environ.get("ONRECORD_CATALOG")
    if not address and name is not None and name in (packages := read_lock(lock)):
        address = packages[name].catalog
    return plain_address(address or DEFAULT_CATALOG)


@contextmanager
def opened_store(address: str, patience: float) -> Iterator[Store]:
    """The store of a catalog, closed in the end."""
    store = open_store(address, patience)
    try:
        yield store
    finally:
        store.close()


def read_catalog(store: Store, sleep: Callable[[float], None]) -> Catalog:
    """All packages of a catalog.

    Raises:
        TransferError: there is no catalog, or it cannot be fetched.
        InvalidData: it is not one.
    """
    return parse_catalog(fetch_list(store, CATALOG, sleep)[0], f"{store.address}/{CATALOG}")


def read_index(store: Store, name: str, cache: Cache, sleep: Callable[[float], None]) -> Index:
    """All versions of a package; the cache remembers them.

    Raises:
        InputError: the catalog has no such package.
        TransferError: it cannot be fetched.
        InvalidData: it is not what an index has to be.
    """
    path = f"{name}/{INDEX}"
    try:
        data, _ = fetch_list(store, path, sleep)
    except Missing:
        names = [package.name for package in read_catalog(store, sleep).packages]
        near = get_close_matches(name, names, 1)
        advice = f"did you mean {near[0]}?" if near else f"it has {', '.join(names[:8]) or 'none'}"
        raise InputError(f"expected a package {name} in {store.address}, found none; {advice}") from None
    index = _index(data, name, f"{store.address}/{path}")
    cache.remember(store.address, name, data)
    return index


def remembered_index(address: str, name: str, cache: Cache) -> Index | None:
    """All versions of a package as they were when its index was last seen."""
    data = cache.remembered(address, name)
    return None if data is None else _index(data, name, f"{address}/{name}/{INDEX}")


def find(reference: Reference, address: str, index: Index | None, locked: Locked | None, keep: bool) -> Found:
    """Pick a version: the locked one where it will do, else the newest that does.

    Args:
        reference: what is asked for.
        address: the catalog.
        index: what the catalog has; None where it is not known, offline.
        locked: the version that the project uses.
        keep: refuse any other than the locked one.

    Raises:
        InputError: there is none, or none that the lock allows.
        InvalidData: the catalog has other bytes under the locked version.
    """
    here = locked if locked and locked.catalog == address and reference.allows(locked.version) else None
    if keep and here is None:
        found = f"{locked.version} from {locked.catalog}" if locked else "no such package"
        raise InputError(f"expected {reference} from {address} in the lock, found {found}; pull once without --locked")
    if here and (keep or reference.range != LATEST or index is None):
        release = index.release(here.version) if index else None
        _check_unchanged(here, index, release, address)
        return Found(address, index, here, release)
    if index is None:
        raise InputError(f"expected {reference} in the lock or the cache, found neither; pull once without --offline")
    release = choose(reference, index, address)
    digest = release.manifest_sha256
    locked = Locked(name=reference.name, version=release.version, catalog=address, manifest_sha256=digest)
    return Found(address, index, locked, release)


def open_found(found: Found, downloader: Downloader, signers: Path | None = None) -> Opened:
    """Fetch what pins and describes a version: its manifest, its signature, its descriptor.

    Raises:
        InvalidData: a digest is wrong, the signature is not good, or the descriptor speaks of another package.
        TransferError: something cannot be fetched.
    """
    where = f"{found.folder}/{SUMS}"
    manifest = downloader.fetch(Wanted(where, found.locked.manifest_sha256, _LIST_BYTES)).read_bytes()
    files = parse_manifest(manifest, f"{found.address}/{where}")
    signature = _signature(found, downloader)
    what = f"{found.name} {found.version}"
    signer = check_signature(manifest, signature, signers, what) if signers else None
    if DESCRIPTOR not in files:
        raise InvalidData(f"expected {DESCRIPTOR} among the files of {what}, found none; tell its publisher")
    data = downloader.fetch(Wanted(f"{found.folder}/{DESCRIPTOR}", files[DESCRIPTOR], _most(found))).read_bytes()
    return Opened(found, manifest, signature, signer, files, _descriptor(data, found), data)


def fetch_list(store: Store, path: str, sleep: Callable[[float], None] = time.sleep) -> tuple[bytes, str | None]:
    """A small file that no digest pins, with what names its state, tried again where the connection breaks."""
    retrying = Retrying(
        stop=stop_after_attempt(ATTEMPTS), wait=WAITS, retry=retry_if_exception_type(Interrupted), sleep=sleep, reraise=True
    )
    return retrying(lambda: read_whole(store, path, _LIST_BYTES))


def _index(data: bytes, name: str, where: str) -> Index:
    index = parse_index(data, where)
    if index.name != name:
        raise InvalidData(f"expected the versions of {name} in {where}, found those of {index.name}; tell its publisher")
    return index


def _check_unchanged(locked: Locked, index: Index | None, release: Release | None, address: str) -> None:
    if index is not None and release is None:
        raise InputError(f"expected {locked.name} {locked.version} in {address}, found it gone; pull @latest for another")
    if release and release.manifest_sha256 != locked.manifest_sha256:
        raise InvalidData(
            f"expected {locked.name} {locked.version} with the manifest {locked.manifest_sha256} as locked, "
            f"found {release.manifest_sha256} in {address}; a version never changes: ask its publisher"
        )


def _most(found: Found) -> int:
    """How long one file of a version may be: no longer than all of them."""
    return found.release.bytes if found.release else 1 << 62


def _signature(found: Found, downloader: Downloader) -> bytes | None:
    """The signature, which no digest pins: the cache keeps the one that came with the manifest."""
    digest, cache = found.locked.manifest_sha256, downloader.cache
    if found.release is not None and not found.release.signed:
        return None
    if downloader.store is None:
        return cache.remembered("signature", digest)
    try:
        data, _ = fetch_list(downloader.store, f"{found.folder}/{SIGNATURE}", downloader.sleep)
    except Missing:
        return None
    cache.remember("signature", digest, data)
    return data


def _descriptor(data: bytes, found: Found) -> Mapping[str, Any]:
    where = f"{found.address}/{found.folder}/{DESCRIPTOR}"
    try:
        descriptor = json.loads(data)
        told = descriptor["name"], descriptor["version"]
        resources = [dict(entry) for entry in descriptor["resources"]]
    except (ValueError, TypeError, KeyError) as error:
        raise InvalidData(f"expected a data package with name, version and resources in {where}, but: {error!r}") from error
    if told != (found.name, found.version):
        raise InvalidData(f"expected {found.name} {found.version} in {where}, found {told[0]} {told[1]}; tell its publisher")
    return {**descriptor, "resources": resources}
