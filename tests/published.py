"""A catalog as a publisher would leave it, written by hand: the sample package in several versions, signed where wanted."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sample import written

from onrecord.catalog import Catalog, Index, Notice, Release, catalog_bytes, listing, newest_first
from onrecord.datapackage import read_package
from onrecord.hashing import sha256_file

NAME = "harbour"
VERSIONS = ("1.0.0", "1.2.0", "1.3.0", "2.0.0")


def publish(
    catalog: Path,
    versions: Sequence[str] = VERSIONS,
    notices: Mapping[str, Notice] | None = None,
    key: Path | None = None,
    **changes: Any,
) -> Path:
    """Write a catalog with the sample package in these versions, and return its folder."""
    notices = notices or {}
    releases = [
        release_of(written(catalog / NAME / version, version=version, **changes), notices.get(version), key)
        for version in versions
    ]
    write_indexes(catalog, releases)
    return catalog


def release_of(folder: Path, notice: Notice | None = None, key: Path | None = None) -> Release:
    """What an index says of the version in a folder."""
    if key:
        sign(folder / "SHA256SUMS", key)
    status = {"retraction": "retracted", "supersession": "superseded"}.get(notice.kind if notice else "", "current")
    package = read_package(folder)
    return Release(
        version=str(package.version),
        created="2021-03-06T12:00:00Z",
        path=f"{folder.name}/datapackage.json",
        manifest_sha256=sha256_file(folder / "SHA256SUMS"),
        bytes=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        signed=key is not None,
        status=status,  # type: ignore[arg-type]  # one of the three
        notices=(notice,) if notice else (),
        changes={},
    )


def write_indexes(catalog: Path, releases: Sequence[Release], **changes: Any) -> None:
    """Write index.json and catalog.json."""
    values: dict[str, Any] = {"name": NAME, "title": "Harbour talk", "description": "What is said about boats."}
    index = Index(**values | changes, licenses=({"name": "CC0-1.0"},), versions=newest_first(releases))
    (catalog / index.name / "index.json").write_bytes(catalog_bytes(index))
    (catalog / "catalog.json").write_bytes(catalog_bytes(Catalog(title="Boats", packages=(listing(index),))))


def make_key(folder: Path, name: str = "key") -> Path:
    """A new key for signing, without a passphrase."""
    key = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key], check=True)
    return key


def signers(folder: Path, *keys: Path) -> Path:
    """A file of allowed signers: desk@example.org with each of these keys."""
    path = folder / "signers"
    path.write_text("".join(f"desk@example.org {key.with_suffix('.pub').read_text('utf-8')}" for key in keys), "utf-8")
    return path


def sign(file: Path, key: Path) -> None:
    """Sign a file as `onrecord release --sign` does."""
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", "onrecord", file], check=True, capture_output=True)


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
