"""A version's files are put into a folder: all of it, or a part of its forms that is a valid package too."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from onrecord.datapackage import DESCRIPTOR, SIGNATURE, SUMS
from onrecord.errors import InputError, InvalidData
from onrecord.hashing import sha256_bytes, sha256_file, sums_bytes
from onrecord.paths import folder_whole
from onrecord.pull.cache import writing
from onrecord.pull.manifest import parse_manifest
from onrecord.pull.resolve import Opened
from onrecord.verify import RELEASE, part_of

FORMS = ("csv", "json", "parquet")
_DATA = "data"


def chosen(opened: Opened, form: str) -> tuple[str, ...]:
    """The files that a form needs: each of `data/` in that form, and all that is no table.

    Args:
        opened: the version.
        form: csv, json, parquet, or all.

    Raises:
        InputError: the version has no file of that form.
    """
    paths = tuple(opened.files)
    if form == "all":
        return paths
    forms = {path: PurePosixPath(path).suffix[1:] for path in paths if path.startswith(f"{_DATA}/")}
    if form not in forms.values():
        there = ", ".join(sorted(set(forms.values()) & {*FORMS})) or "none"
        raise InputError(f"expected {form} in {opened.found.name} {opened.found.version}, found {there}; choose one of these")
    return tuple(path for path in paths if forms.get(path, form) in {form, *(set(forms.values()) - {*FORMS})})


def contents(opened: Opened, paths: tuple[str, ...]) -> dict[str, bytes]:
    """The files of the folder that are not the release's own bytes, or that no manifest lists.

    A part has a descriptor and a SHA256SUMS of its own, so that it is a valid package; the release's stand in `release/`.
    """
    own = {SUMS: opened.manifest} | ({SIGNATURE: opened.signature} if opened.signature is not None else {})
    if set(paths) == set(opened.files):
        return own
    if any(path.startswith(f"{RELEASE}/") for path in paths):
        raise InvalidData(f"expected no folder {RELEASE} in {opened.found.name}, found one; pull it with --format all")
    descriptor = (json.dumps(part_of(opened.descriptor, paths), indent=2, ensure_ascii=False) + "\n").encode()
    files = {f"{RELEASE}/{path}": data for path, data in own.items()}
    files |= {f"{RELEASE}/{DESCRIPTOR}": opened.descriptor_bytes, DESCRIPTOR: descriptor}
    digests = {path: opened.files[path] for path in paths} | {path: sha256_bytes(data) for path, data in files.items()}
    return files | {SUMS: sums_bytes(digests)}


def check_target(target: Path, name: str) -> None:
    """Make sure that nothing of the user's is where the package goes.

    Raises:
        InputError: there is something else than a new folder, or than this package in some version.
    """
    if not target.exists() and not target.is_symlink():
        return
    expected = f"expected a new folder or an older {name} at {target}"
    if target.is_symlink() or not target.is_dir():
        raise InputError(f"{expected}, found something else; choose another place with --to")
    there = {path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()}
    if not there:
        return
    try:
        told = json.loads((target / DESCRIPTOR).read_bytes())["name"]
        listed = {*parse_manifest((target / SUMS).read_bytes(), str(target / SUMS)), SUMS, SIGNATURE}
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"{expected}, found something else; choose another place with --to") from None
    if told != name:
        raise InputError(f"{expected}, found {told}; choose another place with --to")
    if more := sorted(there - listed):
        raise InputError(
            f"{expected}, found {more[0]}, which is not of the package; move it, or choose another place with --to"
        )


def is_placed(target: Path, digests: Mapping[str, str]) -> bool:
    """Whether a folder holds just these files, every byte of them."""
    if not target.is_dir() or any(path.is_symlink() for path in target.rglob("*")):
        return False
    there = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    return there == digests.keys() and all(sha256_file(target / path) == digest for path, digest in digests.items())


def place(target: Path, blobs: Mapping[str, Path], files: Mapping[str, bytes]) -> None:
    """Put files into a folder: it is there whole afterwards, or as it was before.

    They are copies: whatever becomes of them, the cache stays as it is.

    Args:
        target: the folder.
        blobs: files of the cache by their path in the folder.
        files: bytes by their path; they win.

    Raises:
        OutputError: it cannot be written.
    """
    with folder_whole(target) as fresh, writing(target):
        for path in {*blobs, *files}:
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            (fresh / path).write_bytes(data)
        copied = {path: blob for path, blob in blobs.items() if path not in files}
        for path, blob in copied.items():
            shutil.copyfile(blob, fresh / path)
