"""Where the project's own files lie, in a checkout and in an installed wheel, and how files are written whole."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import OutputError

PACKAGE = Path(__file__).resolve().parent


def schemas_dir() -> Path:
    """The folder of Table Schemas: inside the wheel, or `schemas/` at the top of a checkout."""
    installed = PACKAGE / "schemas"
    return installed if installed.is_dir() else PACKAGE.parents[1] / "schemas"


def failure(error: OSError) -> str:
    """The system's own word for what went wrong, without the path that our message names already."""
    return (error.strerror or str(error)).lower()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: a temporary name beside it, then a rename.

    Raises:
        OutputError: the folder cannot be written or the disk is full; nothing is left behind.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(f"expected to write {path}, but: {failure(error)}; choose another place or free it") from error


@contextmanager
def folder_whole(target: Path) -> Iterator[Path]:
    """Give an empty folder to fill, which becomes `target` only when the block ends well.

    A folder that `target` named before is replaced; a reader sees the old one or the new one, never a mixture.

    Raises:
        OutputError: the parent cannot be written or the disk is full; `target` is as it was.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        try:
            fresh = work / "new"
            fresh.mkdir()
            yield fresh
            replace_folder(fresh, target, work / "old")
        finally:
            shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"expected to write {target}, but: {failure(error)}; choose another place or free it") from error


def replace_folder(fresh: Path, target: Path, old: Path) -> None:
    """Put a folder in the place of another one, which goes to `old`; where that fails, the other one stays.

    Raises:
        OSError: `target` cannot be replaced.
    """
    if target.exists():
        target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
