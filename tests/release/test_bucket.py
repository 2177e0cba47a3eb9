"""A catalog in a bucket gets the very bytes that a folder gets, and keeps them whoever else writes."""

from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends
from published import content

from onrecord.bucket import held
from onrecord.errors import Conflict
from onrecord.publish import release
from onrecord.pull import pull
from release.conftest import MORE


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "cache"))


def behind(bucket: str) -> tuple[Any, str, str]:
    """The server's own store behind a bucket's address, its name for the bucket, and the prefix: asking that is no request."""
    name, _, prefix = bucket.removeprefix("s3://").partition("/")
    return s3_backends[DEFAULT_ACCOUNT_ID]["aws"], name, f"{prefix}/"


def stored(bucket: str) -> dict[str, bytes]:
    """Every file of the bucket by its path."""
    backend, name, prefix = behind(bucket)
    keys = backend.buckets[name].keys
    return {key.removeprefix(prefix): keys[key].value for key in sorted(keys) if key.startswith(prefix)}


def fill(bucket: str, files: dict[str, bytes]) -> None:
    """Have the bucket hold these files, as somebody left them."""
    backend, name, prefix = behind(bucket)
    for path, data in files.items():
        backend.put_object(name, prefix + path, data)


@pytest.fixture
def filled(bucket: str, released: Path) -> str:
    """A bucket with the release 1.0.0."""
    fill(bucket, local(released))
    return bucket


def local(folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in content(folder).items() if not path.startswith(".")}


def add_article(harbour: Path) -> None:
    (harbour / "articles" / "gulls.txt").write_text(MORE, "utf-8")


def test_releases_and_notices_in_a_bucket_are_those_in_a_folder(
    run: Run, harbour: Path, tmp_path: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1616000000")
    places = (str(tmp_path / "catalog"), bucket)
    for place in places:
        assert run("release", harbour, "--catalog", place)[0] == 0
    add_article(harbour)
    for place in places:
        code, out, err = run("release", harbour, "--catalog", place)
        assert (code, err) == (0, "")
        assert out.startswith(f"{place}/harbour/1.1.0: harbour 1.1.0, after 1.0.0\n")
        assert run("correct", "harbour", "1.0.0", "--reason", "One article was missing", "--catalog", place)[0] == 0
    assert stored(bucket) == local(tmp_path / "catalog")
    assert pull("harbour", bucket, tmp_path / "pulled", lock=None).found.version == "1.1.0"


def test_a_dry_run_writes_nothing(run: Run, harbour: Path, bucket: str) -> None:
    assert run("release", harbour, "--catalog", bucket, "--dry-run")[1].startswith("would release harbour 1.0.0\n")
    assert stored(bucket) == {}


def test_nothing_changed_writes_nothing(run: Run, harbour: Path, filled: str) -> None:
    before = stored(filled)
    assert "nothing changed since 1.0.0" in run("release", harbour, "--catalog", filled)[1]
    assert stored(filled) == before


def test_a_release_is_never_written_over(run: Run, harbour: Path, bucket: str) -> None:
    """Whatever lies under the version's name, it stays, and the catalog does not speak of it."""
    fill(bucket, {"harbour/1.0.0/data/figures.csv": b"another"})
    code, out, err = run("release", harbour, "--catalog", bucket)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "nothing was overwritten" in err
    assert f"{bucket}/harbour/1.0.0 holds a release that was cut off" in err
    assert stored(bucket)["harbour/1.0.0/data/figures.csv"] == b"another"
    assert "catalog.json" not in stored(bucket)


@pytest.mark.parametrize("lost", [("catalog.json",), ("catalog.json", "dcat.jsonld", "harbour/index.json")])
def test_a_release_that_was_cut_off_is_finished_by_the_next_run(
    run: Run, harbour: Path, bucket: str, released: Path, lost: tuple[str, ...]
) -> None:
    whole = local(released)
    fill(bucket, {path: data for path, data in whole.items() if path not in lost})
    assert run("release", harbour, "--catalog", bucket)[0] == 0
    assert stored(bucket) == whole


def test_of_two_publishers_at_once_one_is_told_to_try_again(harbour: Path, filled: str) -> None:
    add_article(harbour)
    with pytest.raises(Conflict, match="nothing was overwritten"), held(filled, "harbour") as slow:
        index = slow / "harbour" / "index.json"
        index.write_bytes(index.read_bytes().replace(b"Harbour talk", b"Harbour walk"))
        release(harbour, filled)
    assert b"1.1.0" in stored(filled)["harbour/index.json"]
    assert b"walk" not in stored(filled)["harbour/index.json"]


def test_a_version_that_changed_in_the_bucket_stops_the_next(run: Run, harbour: Path, filled: str) -> None:
    fill(filled, {"harbour/1.0.0/SHA256SUMS": b""})
    add_article(harbour)
    code, _, err = run("release", harbour, "--catalog", filled)
    assert (code, err.count("\n")) == (1, 1)
    assert "harbour/1.0.0/SHA256SUMS" in err
