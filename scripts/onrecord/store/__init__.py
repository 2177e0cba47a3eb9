"""Where catalogs lie: a folder, a static file server, a bucket. Read through one protocol, whatever is behind it.

- `base` says what a store is, and reads small files whole;
- `local` is a folder, `web` a server (http, https), `s3` a bucket (s3://, with the extra `onrecord[s3]`).

A store never follows what it serves to another place: no link out of a folder, no redirect to another host. A release is
written with `create`, which never overwrites, and the catalog's files with `replace`, which only replaces what was read.
"""

from onrecord.errors import InputError
from onrecord.store.base import Part, Store, WritableStore, inside, read_whole
from onrecord.store.local import LocalStore

__all__ = ["Part", "Store", "WritableStore", "inside", "open_store", "open_writable", "plain_address", "read_whole"]


def open_store(address: str, patience: float = 30.0) -> Store:
    """The store at an address.

    Args:
        address: a folder's path, or an address that begins with http://, https:// or s3://; its catalog.json is meant too.
        patience: seconds without an answer, or with next to nothing coming in, after which a connection counts as broken.

    Raises:
        InputError: the address is of no kind known here, or what reads it is not installed.

    >>> open_store("ftp://example.org")
    Traceback (most recent call last):
    onrecord.errors.InputError: expected a folder or an address with http, https or s3, found 'ftp://example.org'; correct it
    """
    address = plain_address(address)
    scheme, mark, _ = address.partition("://")
    if not mark:
        return LocalStore(address)
    if scheme in {"http", "https"}:
        from onrecord.store.web import WebStore

        return WebStore(address, patience)
    if scheme == "s3":
        return _bucket(address)
    raise InputError(f"expected a folder or an address with http, https or s3, found {address!r}; correct it")


def open_writable(address: str) -> WritableStore:
    """The store at an address that can be published to: a folder or a bucket.

    Raises:
        InputError: the address is of another kind, or what writes to it is not installed.

    >>> open_writable("https://example.org")
    Traceback (most recent call last):
    onrecord.errors.InputError: expected a folder or a bucket (s3://) to publish to, found 'https://example.org'; copy it there
    """
    scheme, mark, _ = address.partition("://")
    if mark and scheme != "s3":
        raise InputError(f"expected a folder or a bucket (s3://) to publish to, found {address!r}; copy it there")
    return _bucket(address) if mark else LocalStore(address)


def plain_address(address: str) -> str:
    """An address in the one spelling that a lock file has it in.

    >>> plain_address("https://example.org/data/catalog.json"), plain_address("data/"), plain_address("/")
    ('https://example.org/data', 'data', '/')
    """
    folder = address.strip().removesuffix("catalog.json")
    return folder if folder.endswith("://") else folder.rstrip("/") or folder[:1] or "."


def _bucket(address: str) -> WritableStore:
    from onrecord.store.s3 import S3Store

    return S3Store(address)
