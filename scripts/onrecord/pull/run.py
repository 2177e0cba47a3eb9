"""`pull`: from a name and a range to a folder with the files of one version."""

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.catalog import Index, Release
from onrecord.errors import OutputError
from onrecord.hashing import sha256_bytes
from onrecord.pull.cache import Cache, default_cache
from onrecord.pull.download import Downloader, Meter, NoMeter, Stopped, Wanted
from onrecord.pull.lock import LOCK, Locked, read_lock, write_lock
from onrecord.pull.place import check_target, chosen, contents, is_placed, place
from onrecord.pull.reference import Reference, parse_reference
from onrecord.pull.resolve import (
    Found,
    Opened,
    catalog_address,
    find,
    open_found,
    opened_store,
    read_index,
    remembered_index,
)
from onrecord.store import Store

_AT_ONCE = 4  # files: enough to fill a line with small ones, few enough to be a polite guest


@dataclass(frozen=True, slots=True)
class Means:
    """How files are fetched, whichever they are.

    Attributes:
        cache: where they are kept.
        offline: use only what is in the cache.
        signers: the file of allowed signers; None where nobody's signature is demanded.
        meter: told of every byte that comes.
        patience: seconds after which a silent or dripping connection counts as broken.
        sleep: waits between two attempts.
    """

    cache: Cache = field(default_factory=default_cache)
    offline: bool = False
    signers: Path | None = None
    meter: Meter = field(default_factory=NoMeter)
    patience: float = 30.0
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull did.

    Attributes:
        folder: where the package lies.
        found: the version, and what is known of it.
        signer: who signed it, where that was demanded.
        files: how many files of the release are there.
        fresh: whether the folder had to be written.
    """

    folder: Path
    found: Found
    signer: str | None
    files: int
    fresh: bool


def pull(
    wanted: str,
    catalog: str | None = None,
    target: Path | None = None,
    form: str = "all",
    *,
    lock: Path | None = Path(LOCK),
    locked: bool = False,
    means: Means | None = None,
) -> Pulled:
    """Put a published version into a folder.

    Args:
        wanted: NAME or NAME@RANGE.
        catalog: its address; None for ONRECORD_CATALOG, the lock's, or `datapackage` here.
        target: the folder; None for one of the package's name here. An older version of the package there is replaced.
        form: csv, json, parquet or all; a part is a valid package too.
        lock: the lock file, which is honoured, and written where the choice is a new one; None for none.
        locked: refuse another version than the locked one.
        means: how files are fetched.

    Raises:
        InputError: the call is wrong, or no version will do.
        InvalidData: what the catalog has is not what it says.
        TransferError: it cannot be fetched.
        OutputError: a place cannot be written.
    """
    means = means or Means()
    reference = parse_reference(wanted)
    target = target or Path(reference.name)
    check_target(target, reference.name)
    with opened(reference, catalog, lock, locked, means) as (version, downloader):
        paths = chosen(version, form)
        files = contents(version, paths)
        with means.cache.alone(str(target.absolute())):
            fresh = not is_placed(target, digests_of(version, paths, files))
            if fresh:
                blobs = fetch_all(version, paths, downloader)
                check_target(target, reference.name)
                place(target, blobs, files)
    if lock is not None:
        _remember(lock, version.found, means.cache)
    return Pulled(target, version.found, version.signer, len(paths), fresh)


@contextmanager
def opened(
    reference: Reference, catalog: str | None, lock: Path | None, locked: bool, means: Means
) -> Iterator[tuple[Opened, Downloader]]:
    """A version as `pull` would pick it, and what fetches its files."""
    with found(reference, catalog, lock, locked, means) as (version, store):
        downloader = Downloader(store, means.cache, means.meter, means.sleep)
        yield open_found(version, downloader, means.signers), downloader


@contextmanager
def found(
    reference: Reference, catalog: str | None, lock: Path | None, locked: bool, means: Means
) -> Iterator[tuple[Found, Store | None]]:
    """A version as `pull` would pick it, and the store that it lies in; None offline."""
    address = catalog_address(catalog, reference.name, lock or Path(LOCK))
    kept = read_lock(lock).get(reference.name) if lock else None
    with nullcontext() if means.offline else opened_store(address, means.patience) as store:
        index = (
            remembered_index(address, reference.name, means.cache)
            if store is None
            else read_index(store, reference.name, means.cache, means.sleep)
        )
        yield find(reference, address, index, kept, locked), store


def fetch_all(version: Opened, paths: tuple[str, ...], downloader: Downloader) -> dict[str, Path]:
    """Bring files of a version into the cache, several at once.

    Returns:
        Where each lies in the cache.
    """
    wanted = {path: version.wanted(path) for path in paths}
    known = {
        file.path: file.most for file in wanted.values() if version.found.release and file.most < version.found.release.bytes
    }
    total = version.found.release.bytes if version.found.release else 0
    downloader.meter.expect(total if set(paths) == set(version.files) else sum(known.values()))
    _check_room(downloader.cache, wanted.values(), total)
    pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="onrecord-pull")
    try:
        futures = {path: pool.submit(downloader.fetch, file) for path, file in wanted.items()}
        wait(futures.values(), return_when=FIRST_EXCEPTION)
        failed = [future.exception() for future in futures.values() if future.done()]
        if error := next((error for error in failed if error and not isinstance(error, Stopped)), None):
            raise error
        return {path: future.result() for path, future in futures.items()}
    finally:
        downloader.stop.set()
        pool.shutdown(cancel_futures=True)


def download(store: Store, index: Index, release: Release, target: Path, paths: tuple[str, ...] | None = None) -> None:
    """Put a version that is known from its index into a folder: all of it, or its manifest and some of its files.

    Raises:
        InvalidData: what the catalog has is not what its index says.
        TransferError: it cannot be fetched.
        OutputError: the folder cannot be written.
    """
    locked = Locked(name=index.name, version=release.version, catalog=store.address, manifest_sha256=release.manifest_sha256)
    downloader = Downloader(store, default_cache(), NoMeter(), time.sleep)
    version = open_found(Found(store.address, index, locked, release), downloader)
    own = contents(version, tuple(version.files))
    place(target, fetch_all(version, paths or tuple(version.files), downloader), own)


def digests_of(version: Opened, paths: Iterable[str], files: Mapping[str, bytes]) -> dict[str, str]:
    """The digest of each file of a folder that holds these files of a version, and these bytes."""
    return {path: version.files[path] for path in paths} | {path: sha256_bytes(data) for path, data in files.items()}


def _check_room(cache: Cache, wanted: Iterable[Wanted], total: int) -> None:
    """A size that a catalog declares is believed enough to be refused where it cannot be had."""
    missing = sum(file.most for file in wanted if not cache.blob(file.digest).exists())
    needed = min(missing, total)
    place = next(folder for folder in (cache.folder.absolute(), *cache.folder.absolute().parents) if folder.exists())
    if needed > (free := shutil.disk_usage(place).free):
        where = cache.folder
        raise OutputError(
            f"expected room for {needed} bytes at {where}, found {free}; free some, or set ONRECORD_CACHE elsewhere"
        )


def _remember(lock: Path, found: Found, cache: Cache) -> None:
    with cache.alone(str(lock.absolute())):
        packages = read_lock(lock)
        if packages.get(found.name) != found.locked:
            write_lock(lock, ({**packages} | {found.name: found.locked}).values())
