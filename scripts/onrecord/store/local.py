"""A folder as a store."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock

from onrecord.errors import Conflict, InvalidData, Missing, OnrecordError, OutputError, TransferError
from onrecord.hashing import sha256_bytes
from onrecord.paths import failure, write_whole
from onrecord.store.base import Part, inside

_CHUNK = 1 << 20
_LOCK = ".onrecord.lock"  # beside the catalog's files while one of them is being replaced


class LocalStore:
    """A folder; links in it are not followed."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.folder = Path(address).expanduser()

    @contextmanager
    def open(self, path: str, start: int = 0, tag: str | None = None) -> Iterator[Part]:
        place = self._place(path)
        try:
            with place.open("rb") as file:
                stat = place.stat()
                now = f"{stat.st_mtime_ns}-{stat.st_size}"
                begin = start if start and tag == now and start <= stat.st_size else 0
                file.seek(begin)
                yield Part(begin, now, stat.st_size, _chunks(file))
        except (FileNotFoundError, NotADirectoryError):
            raise Missing(f"expected {path} in {self.address}, found nothing; check the address") from None
        except IsADirectoryError:
            raise TransferError(f"expected a file at {place}, found a folder; check the address") from None
        except PermissionError as error:
            raise TransferError(f"expected to read {place}, but: {failure(error)}; allow it") from error

    def close(self) -> None:
        return

    def create(self, path: str, data: bytes) -> None:
        with self._alone(path) as place:
            if not place.exists():
                write_whole(place, data)
            elif sha256_bytes(place.read_bytes()) != sha256_bytes(data):
                raise Conflict(f"expected no {path} in {self.address}, found another one; a release is never overwritten")

    def replace(self, path: str, data: bytes, tag: str | None) -> None:
        with self._alone(path) as place:
            try:
                with self.open(path) as part:
                    now = part.tag
            except Missing:
                now = None
            if now != tag:
                raise Conflict(f"expected {path} in {self.address} as it was read, found it changed; try again")
            write_whole(place, data)

    @contextmanager
    def _alone(self, path: str) -> Iterator[Path]:
        place = self._place(path)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / _LOCK):
                yield place
        except OnrecordError:
            raise
        except OSError as error:
            raise OutputError(f"expected to write {place}, but: {failure(error)}; choose another place or free it") from error

    def _place(self, path: str) -> Path:
        steps = inside(path, self.address).split("/")
        places = [self.folder.joinpath(*steps[:depth]) for depth in range(1, len(steps) + 1)]
        if link := next((place for place in places if place.is_symlink()), None):
            raise InvalidData(f"expected a file, found a symbolic link at {link}; put the file itself there")
        return places[-1]


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
