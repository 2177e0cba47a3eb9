"""A catalog in a bucket gets the very bytes that a folder gets, and keeps them whoever else writes."""

from pathlib import Path

import pytest
from conftest import Run
from published import content

from onrecord.bucket import held
from onrecord.errors import Conflict
from onrecord.publish import release
from onrecord.pull import pull
from onrecord.store import open_writable, read_whole
from release.conftest import MORE

MOST = 1 << 20


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "cache"))


def stored(bucket: str) -> dict[str, bytes]:
    """Every file of the bucket by its path."""
    import s3fs

    files = s3fs.S3FileSystem(skip_instance_cache=True)
    root = bucket.removeprefix("s3://")
    return {path.removeprefix(f"{root}/"): files.cat_file(path) for path in files.find(root)}


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


def test_nothing_changed_or_a_dry_run_writes_nothing(run: Run, harbour: Path, bucket: str) -> None:
    assert run("release", harbour, "--catalog", bucket, "--dry-run")[1].startswith("would release harbour 1.0.0\n")
    assert stored(bucket) == {}
    assert run("release", harbour, "--catalog", bucket)[0] == 0
    before = stored(bucket)
    assert "nothing changed since 1.0.0" in run("release", harbour, "--catalog", bucket)[1]
    assert stored(bucket) == before


def test_a_release_is_never_written_over(run: Run, harbour: Path, bucket: str) -> None:
    """Whatever lies under the version's name, it stays, and the catalog does not speak of it."""
    open_writable(bucket).create("harbour/1.0.0/data/figures.csv", b"another")
    code, out, err = run("release", harbour, "--catalog", bucket)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "nothing was overwritten" in err
    assert f"{bucket}/harbour/1.0.0 holds a release that was cut off" in err
    assert stored(bucket)["harbour/1.0.0/data/figures.csv"] == b"another"
    assert "catalog.json" not in stored(bucket)


@pytest.mark.parametrize("lost", [("catalog.json",), ("catalog.json", "dcat.jsonld", "harbour/index.json")])
def test_a_release_that_was_cut_off_is_finished_by_the_next_run(
    run: Run, harbour: Path, bucket: str, lost: tuple[str, ...]
) -> None:
    import s3fs

    assert run("release", harbour, "--catalog", bucket)[0] == 0
    whole = stored(bucket)
    s3fs.S3FileSystem(skip_instance_cache=True).rm([f"{bucket}/{path}" for path in lost])
    assert run("release", harbour, "--catalog", bucket)[0] == 0
    assert stored(bucket) == whole


def test_of_two_publishers_at_once_one_is_told_to_try_again(harbour: Path, bucket: str) -> None:
    release(harbour, bucket)
    add_article(harbour)
    with pytest.raises(Conflict, match="nothing was overwritten"), held(bucket, "harbour") as slow:
        index = slow / "harbour" / "index.json"
        index.write_bytes(index.read_bytes().replace(b"Harbour talk", b"Harbour walk"))
        release(harbour, bucket)
    assert b"1.1.0" in read_whole(open_writable(bucket), "harbour/index.json", MOST)[0]
    assert b"walk" not in stored(bucket)["harbour/index.json"]


def test_a_version_that_changed_in_the_bucket_stops_the_next(run: Run, harbour: Path, bucket: str) -> None:
    import s3fs

    assert run("release", harbour, "--catalog", bucket)[0] == 0
    s3fs.S3FileSystem(skip_instance_cache=True).pipe_file(f"{bucket}/harbour/1.0.0/SHA256SUMS", b"")
    add_article(harbour)
    code, _, err = run("release", harbour, "--catalog", bucket)
    assert (code, err.count("\n")) == (1, 1)
    assert "harbour/1.0.0/SHA256SUMS" in err
