"""Stores: a folder, a server and a bucket read alike; a folder and a bucket are written alike, and never over what is there."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from published import NAME, content

from onrecord.errors import Conflict, InputError, InvalidData, Missing, OutputError, TransferError
from onrecord.pull import pull
from onrecord.pull.run import Means
from onrecord.store import Store, WritableStore, open_store, open_writable, read_whole
from onrecord.store.web import Pace

MOST = 1000


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> WritableStore:
    return open_writable(str(tmp_path) if request.param == "folder" else request.getfixturevalue("bucket"))


def read(store: Store, path: str) -> bytes:
    return read_whole(store, path, MOST)[0]


def test_a_file_is_created_once(store: WritableStore) -> None:
    store.create("boats/1.0.0/a.txt", b"one")
    with pytest.raises(Conflict, match=r"expected .*boats/1\.0\.0/a\.txt in "):
        store.create("boats/1.0.0/a.txt", b"two")
    assert read(store, "boats/1.0.0/a.txt") == b"one"


def test_a_creation_that_is_taken_up_again_is_no_conflict(store: WritableStore) -> None:
    for _ in range(2):
        store.create("a.txt", b"one")
    assert read(store, "a.txt") == b"one"


def test_a_file_is_replaced_only_as_it_was_read(store: WritableStore) -> None:
    store.replace("index.json", b"first", None)
    with pytest.raises(Conflict):
        store.replace("index.json", b"another first", None)
    _, tag = read_whole(store, "index.json", MOST)
    store.replace("index.json", b"the second", tag)
    with pytest.raises(Conflict):
        store.replace("index.json", b"another second", tag)
    assert read(store, "index.json") == b"the second"


def test_of_many_that_create_or_replace_at_once_one_wins(store: WritableStore) -> None:
    won: list[bytes] = []
    store.replace("index.json", b"none", None)
    _, tag = read_whole(store, "index.json", MOST)

    def write(put: Callable[[bytes], None], data: bytes) -> None:
        try:
            put(data)
        except Conflict:
            return
        won.append(data)

    for put in (lambda data: store.create("new.txt", data), lambda data: store.replace("index.json", data, tag)):
        threads = [threading.Thread(target=write, args=(put, f"by {number}".encode())) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(won) == 2
    assert [read(store, "new.txt"), read(store, "index.json")] == won


def test_reading_goes_on_where_it_broke_off_if_nothing_changed(store: WritableStore) -> None:
    store.replace("a.txt", b"0123456789", None)
    with store.open("a.txt") as part:
        tag = part.tag
    with store.open("a.txt", 4, tag) as part:
        assert (part.start, part.total, b"".join(part.chunks)) == (4, 10, b"456789")
    store.replace("a.txt", b"abcdefghijk", tag)
    with store.open("a.txt", 4, tag) as part:
        assert (part.start, b"".join(part.chunks)) == (0, b"abcdefghijk")


def test_what_is_not_there_is_told(store: WritableStore) -> None:
    with pytest.raises(Missing, match=r"expected boats/index\.json in .*, found nothing; check the address"):
        read(store, "boats/index.json")


@pytest.mark.parametrize("path", ["../a.txt", "/a.txt", "a//b", "", ".", "a/../../b", "c:/a", "a\\b"])
def test_a_path_out_of_a_store_is_refused(store: WritableStore, path: str) -> None:
    for use in (lambda: read(store, path), lambda: store.create(path, b""), lambda: store.replace(path, b"", None)):
        with pytest.raises(InvalidData, match="expected paths inside of the package"):
            use()


def test_more_than_a_list_may_have_is_refused(store: WritableStore) -> None:
    store.create("a.txt", bytes(MOST + 1))
    with pytest.raises(InvalidData, match=rf"expected at most {MOST} bytes for a\.txt in .*, found {MOST + 1}"):
        read(store, "a.txt")


def test_a_catalog_in_a_bucket_is_pulled_from(bucket: str, published: Path, means: Means, work: Path) -> None:
    del work
    store = open_writable(bucket)
    for path, data in content(published).items():
        if path.endswith(("catalog.json", "index.json")):
            store.replace(path, data, None)
        elif "/1.0.0/" in path:
            store.create(path, data)
    pulled = pull("harbour@1.0.0", bucket, means=means)
    assert content(pulled.folder) == content(published / NAME / "1.0.0")


def test_a_bucket_that_is_not_there_is_told(bucket: str) -> None:
    store = open_writable(bucket.replace("published", "nobodys"))
    with pytest.raises(OutputError, match=r"expected to write a\.txt in s3://nobodys.*; check the bucket and your rights"):
        store.create("a.txt", b"")
    with pytest.raises(TransferError, match=r"expected a\.txt in s3://nobodys"):
        read(store, "a.txt")


def test_an_address_of_no_bucket_is_told() -> None:
    with pytest.raises(InputError, match="expected s3://bucket or s3://bucket/prefix, found 's3://'; name a bucket"):
        open_store("s3://")


def test_s3_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "s3fs", None)
    with pytest.raises(InputError, match=r"expected s3fs to read s3://a, found none; pip install 'onrecord\[s3\]'"):
        open_store("s3://a")


def test_a_server_is_no_place_to_publish_to() -> None:
    with pytest.raises(InputError, match="expected a folder or a bucket"):
        open_writable("https://example.org")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputError, match=r"expected to write .*file/a\.txt, but: .*; choose another place or free it"):
        open_writable(str(tmp_path / "file")).create("a.txt", b"")


def test_a_proxy_is_used_where_the_environment_names_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with pytest.raises(TransferError, match=r"expected the whole of http://example\.org/a, but: connection refused"):
        read(open_store("http://example.org"), "a")


def test_a_pace_that_is_slow_but_steady_is_let_be() -> None:
    clock = iter(range(100))
    pace = Pace(5, lambda: float(next(clock)))
    assert sum(map(len, pace.watch(iter([bytes(300)] * 40), "u"))) == 12000
