"""A bucket as a store (s3://bucket/prefix), through s3fs; the account, endpoint and region come from where s3fs looks for them.

Both kinds of writing are conditional in the bucket itself: `create` by If-None-Match, `replace` by If-Match or If-None-Match,
so that two publishers at once cannot undo each other's work. A server that ignores these conditions is no place to publish.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from onrecord.errors import Conflict, InputError, Interrupted, Missing, OnrecordError, OutputError, TransferError
from onrecord.paths import failure
from onrecord.store.base import Part, inside

_CHUNK = 8 << 20  # a request a chunk
_PRECONDITION = ("PreconditionFailed", "ConditionalRequestConflict", "412", "409")


class S3Store:
    """A prefix in a bucket."""

    def __init__(self, address: str) -> None:
        try:
            import s3fs
        except ImportError as error:
            raise InputError(f"expected s3fs to read {address}, found none; pip install 'onrecord[s3]'") from error
        self.address = address
        self._root = address.removeprefix("s3://").rstrip("/")
        if not self._root:
            raise InputError(f"expected s3://bucket or s3://bucket/prefix, found {address!r}; name a bucket")
        # An instance of its own, without s3fs's memory of listings: what is read is what is there now.
        self._files = s3fs.S3FileSystem(use_listings_cache=False, skip_instance_cache=True)

    @contextmanager
    def open(self, path: str, start: int = 0, tag: str | None = None) -> Iterator[Part]:
        key = self._key(path)
        try:
            about = self._files.info(key, refresh=True)
            if about["type"] != "file":
                raise FileNotFoundError
            now, size = str(about["ETag"]), int(about["size"])
            begin = start if start and tag == now and start <= size else 0
            yield Part(begin, now, size, self._chunks(key, begin, size))
        except FileNotFoundError:
            raise Missing(f"expected {path} in {self.address}, found nothing; check the address") from None
        except PermissionError as error:
            raise TransferError(f"expected to read {path} in {self.address}, but: {error}; check your rights") from error
        except _failures() as error:
            if isinstance(error, OnrecordError):  # what the block itself raised
                raise
            raise Interrupted(f"expected {path} in {self.address}, but: {_reason(error)}; try again later") from error

    def close(self) -> None:
        return

    def create(self, path: str, data: bytes) -> None:
        try:
            self._put(path, data, mode="create")
        except Conflict:
            if self._files.cat_file(self._key(path)) != data:  # ours all the same where an earlier try got through
                raise

    def replace(self, path: str, data: bytes, tag: str | None) -> None:
        self._put(path, data, **({"mode": "create"} if tag is None else {"IfMatch": tag}))

    def _put(self, path: str, data: bytes, **condition: str) -> None:
        try:
            self._files.pipe_file(self._key(path), data, **condition)
        except _failures() as error:
            if isinstance(error, FileExistsError) or _refused(error):
                message = f"expected {path} in {self.address} unchanged, found another one there; nothing was overwritten"
                raise Conflict(message) from error
            reason = f"{_reason(error)}; check the bucket and your rights"
            raise OutputError(f"expected to write {path} in {self.address}, but: {reason}") from error

    def _chunks(self, key: str, begin: int, size: int) -> Iterator[bytes]:
        for start in range(begin, size, _CHUNK):
            yield self._files.cat_file(key, start=start, end=min(start + _CHUNK, size))

    def _key(self, path: str) -> str:
        return f"{self._root}/{inside(path, self.address)}"


def _failures() -> tuple[type[Exception], ...]:
    """What goes wrong with a bucket: botocore's errors for a connection, an account or an endpoint are no OSError."""
    from botocore.exceptions import BotoCoreError

    return OSError, BotoCoreError


def _refused(error: BaseException) -> bool:
    """Whether the bucket says that the condition did not hold; s3fs keeps its answer as the cause."""
    answer: Any = getattr(error.__cause__, "response", None) or {}
    return answer.get("Error", {}).get("Code") in _PRECONDITION


def _reason(error: Exception) -> str:
    return failure(error) if isinstance(error, OSError) else str(error).splitlines()[0]
