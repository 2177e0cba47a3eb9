"""Whatever a server does, a pull ends with the right files or with one clear line, and never outside of its folder."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from misbehaving import (
    Fault,
    Site,
    cut,
    drip,
    length,
    longer,
    one_more,
    other_bytes,
    other_range,
    packed,
    redirect,
    reset,
    serving,
    short,
    silence,
    status,
    wrong_range,
)
from published import NAME, content

from onrecord.errors import InvalidData, OnrecordError, TransferError
from onrecord.hashing import sha256_bytes, sha256_file
from onrecord.pull.run import Means, Pulled

Pull = Callable[..., Pulled]

FIGURES = f"{NAME}/1.0.0/data/figures.csv"
INDEX = f"{NAME}/index.json"
SUMS = f"{NAME}/1.0.0/SHA256SUMS"

GOOD_IN_THE_END: dict[str, tuple[list[Fault], list[str | None]]] = {
    "cut, then whole": ([cut(0.5)], [None, "half"]),
    "cut twice": ([cut(0.5), cut(0)], [None, "half", None]),
    "cut before the first byte": ([cut(0)], [None, None]),
    "cut without a word": ([cut(0.5, length=False)], [None, None]),
    "reset": ([reset, reset], [None, None, None]),
    "errors of the server": ([status(500), status(503), status(429)], [None] * 4),
    "half as the whole": ([short], [None, None]),
    "a length that is none": ([length("many")], [None]),
    "silence": ([silence], [None, None]),
    "a drip": ([drip], [None, "some"]),
    "swapped and swapped back": ([cut(0.5), other_bytes], [None, "half", None]),
    "another file's rest": ([cut(0.5), other_range], [None, "half", None]),
    "another range": ([cut(0.5), wrong_range], [None, "half", None]),
    "another file at first": ([other_bytes], [None, None]),
}


def patient(means: Means, faults: list[Fault], seconds: float = 0.5) -> Means:
    """Only what keeps a pull waiting is waited for briefly: a busy machine is no fault of the server's."""
    return replace(means, patience=seconds) if {silence, drip} & {*faults} else means


@pytest.mark.parametrize(("faults", "asked"), GOOD_IN_THE_END.values(), ids=GOOD_IN_THE_END)
def test_a_fault_that_passes_leaves_the_right_files(
    pull_it: Pull, site: Site, faults: list[Fault], asked: list[str | None], waits: list[float], means: Means
) -> None:
    site.faults[FIGURES] = faults
    size = (site.folder / FIGURES).stat().st_size
    pulled = pull_it(means=patient(means, faults))
    assert content(pulled.folder) == content(site.folder / NAME / "1.0.0")
    ranges = {"half": f"bytes={size // 2}-"}
    if "some" not in asked and asked != [None]:
        assert site.asked(FIGURES) == [ranges.get(each or "", each) for each in asked]
    if asked != [None]:
        assert len(waits) == len(asked) - 1
        assert all(0 < wait <= 10 for wait in waits)


def always(fault: Fault) -> list[Fault]:
    return [fault] * 20


BAD: dict[str, tuple[str, list[Fault], str]] = {
    "always cut at the start": (FIGURES, always(cut(0)), r"expected the whole of http.*figures\.csv, but: .*; try again later"),
    "always an error": (FIGURES, always(status(500)), r"figures\.csv, found the server unable to send it \(status 500\)"),
    "forbidden": (FIGURES, always(status(403)), r"figures\.csv, found the server unwilling to send it \(status 403\)"),
    "gone": (FIGURES, always(status(404)), r"figures\.csv, found nothing there \(status 404\); check the address"),
    "always silence": (INDEX, always(silence), r"expected the whole of http.*index\.json, but: .*timed out"),
    "always other bytes": (FIGURES, always(other_bytes), r"figures\.csv with SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}; tell"),
    "always half": (FIGURES, always(short), r"figures\.csv with SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}; tell"),
    "a byte too many": (FIGURES, always(one_more), r"expected at most \d+ bytes for .*figures\.csv, found \d+; tell"),
    "a huge length": (FIGURES, always(length(10**15)), r"expected at most \d+ bytes for .*figures\.csv, found 10{15}; tell"),
    "a huge index": (INDEX, always(length(10**15)), r"expected at most \d+ bytes for harbour/index\.json .*found 10{15}"),
    "more and more": (FIGURES, always(longer), r"expected at most \d+ bytes for .*figures\.csv, found \d+; tell"),
    "packed": (FIGURES, always(packed), r"figures\.csv as it is, found it packed \(gzip\); have the server send it plain"),
    "another host": (FIGURES, always(redirect("http://localhost:9/x")), r"found a redirect to http://localhost:9/x; if you"),
    "another scheme": (FIGURES, always(redirect("ftp://127.0.0.1/x")), r"found a redirect to ftp://127\.0\.0\.1/x; if you"),
    "in circles": (FIGURES, always(redirect(f"/{FIGURES}")), r"figures\.csv, found more than 5 redirects"),
    "another manifest": (SUMS, always(other_bytes), r"SHA256SUMS with SHA-256 [0-9a-f]{64}, found"),
}


@pytest.mark.parametrize(("path", "faults", "message"), BAD.values(), ids=BAD)
def test_a_fault_that_stays_is_one_line_and_leaves_nothing(
    pull_it: Pull, site: Site, work: Path, means: Means, path: str, faults: list[Fault], message: str
) -> None:
    site.faults[path] = faults
    with pytest.raises(OnrecordError, match=message) as caught:
        pull_it(means=patient(means, faults, seconds=0.05))
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400
    assert list(work.iterdir()) == []
    for blob in (means.cache.folder / "blobs").glob("*/*"):
        assert sha256_file(blob) == blob.name


def test_a_file_swapped_for_good_between_two_requests_is_told(pull_it: Pull, site: Site, work: Path) -> None:
    site.faults[FIGURES] = [cut(0.5)]
    whole = (site.folder / FIGURES).read_bytes()

    def swap(answer: object, data: bytes) -> None:
        (site.folder / FIGURES).write_bytes(whole.replace(b"harbour", b"hamburg"))
        cut(0.5)(answer, data)  # type: ignore[arg-type]

    site.faults[FIGURES] = [swap]
    with pytest.raises(InvalidData, match=r"figures\.csv with SHA-256"):
        pull_it()
    assert list(work.iterdir()) == []


def test_a_drip_that_never_ends_is_given_up(pull_it: Pull, site: Site) -> None:
    site.faults[f"{NAME}/1.0.0/data/provenance.csv"] = always(drip)
    with pytest.raises(TransferError, match=r"expected http.* to come in, found \d+ bytes in 0\.05 s; try again later"):
        pull_it(means=Means(cache=Means().cache, patience=0.05, sleep=lambda _: None))


def test_a_redirect_on_the_same_server_is_followed(pull_it: Pull, site: Site) -> None:
    site.faults[FIGURES] = [redirect(f"/{NAME}/1.0.0/data/../data/figures.csv"), redirect(f"{site.url}/{FIGURES}")]
    assert content(pull_it().folder) == content(site.folder / NAME / "1.0.0")


def test_a_redirect_of_the_catalog_to_another_server_names_it(site: Site, pull_it: Pull, published: Path) -> None:
    with serving(published) as other:
        site.faults[INDEX] = always(redirect(f"{other.url}/{INDEX}"))
        with pytest.raises(TransferError, match=f"found a redirect to {other.url}/{INDEX}; if you trust that place, name it"):
            pull_it()
        assert other.log == []


def test_a_broken_pull_is_gone_on_with_by_the_next(pull_it: Pull, site: Site) -> None:
    half = (site.folder / FIGURES).stat().st_size // 2
    site.faults[FIGURES] = [cut(0.5), *always(status(503))]
    with pytest.raises(TransferError):
        pull_it()
    site.faults[FIGURES].clear()
    site.log.clear()
    pull_it()
    assert site.asked(FIGURES) == [f"bytes={half}-"]
    assert site.asked(f"{NAME}/1.0.0/data/dates.csv") in ([], [None])


def reindex(site: Site, **changes: object) -> None:
    path = site.folder / INDEX
    index = json.loads(path.read_bytes())
    index["versions"][-1] |= changes
    path.write_text(json.dumps(index), "utf-8")


def remanifest(site: Site, change: Callable[[str], str]) -> None:
    """Change SHA256SUMS, and have the index agree: a catalog whose publisher means harm."""
    path = site.folder / SUMS
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    reindex(site, manifest_sha256=sha256_file(path))


EVIL = b"evil"
NAMES = {
    "above": "../evil.txt",
    "far above": "data/../../../evil.txt",
    "absolute": "/tmp/evil.txt",
    "a drive": "C:/evil.txt",
    "backslashes": "..\\evil.txt",
    "nothing between": "data//evil.txt",
    "itself": "./evil.txt",
    "a control character": "ev\x01il.txt",
    "its own manifest": "SHA256SUMS",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_manifest_that_leads_out_of_the_folder_is_refused(pull_it: Pull, site: Site, work: Path, name: str) -> None:
    (site.folder / NAME / "evil.txt").write_bytes(EVIL)
    remanifest(site, lambda text: text + f"{sha256_bytes(EVIL)}  {name}\n")
    before = content(work.parent / "catalog")
    with pytest.raises(InvalidData, match=r"expected (paths inside of the package|each file once|a digest, two)"):
        pull_it()
    assert list(work.iterdir()) == []
    assert content(work.parent / "catalog") == before
    assert not Path("/tmp/evil.txt").exists()


MANIFESTS: dict[str, tuple[Callable[[str], str], str]] = {
    "a file twice": (lambda text: text + text.splitlines()[0] + "\n", "expected each file once"),
    "a file and a folder": (lambda text: text + f"{'0' * 64}  data\n", "found 'data' to be both"),
    "no digest": (lambda text: text + "evil.txt\n", "expected a digest, two spaces and a path in line"),
    "no descriptor": (lambda text: text.replace("datapackage.json", "other.json"), "expected datapackage.json among the files"),
}


@pytest.mark.parametrize(("change", "message"), MANIFESTS.values(), ids=MANIFESTS)
def test_a_manifest_that_is_none_is_refused(pull_it: Pull, site: Site, change: Callable[[str], str], message: str) -> None:
    remanifest(site, change)
    with pytest.raises(InvalidData, match=message):
        pull_it()


@pytest.mark.parametrize("path", ["../1.0.0/datapackage.json", "/etc/datapackage.json", "http://localhost/datapackage.json"])
def test_an_index_that_leads_out_of_the_catalog_is_refused(pull_it: Pull, site: Site, path: str) -> None:
    reindex(site, path=path)
    with pytest.raises(InvalidData, match="expected a path inside of the catalog, found"):
        pull_it()


def test_a_declared_size_that_no_disk_has_is_refused(pull_it: Pull, site: Site, work: Path) -> None:
    descriptor = site.folder / NAME / "1.0.0" / "datapackage.json"
    descriptor.write_text(descriptor.read_text("utf-8").replace('"bytes": ', '"bytes": 999999999999999'), "utf-8")
    lines = {"datapackage.json": sha256_file(descriptor)}
    remanifest(
        site,
        lambda text: "".join(f"{lines.get(line[66:], line[:64])}  {line[66:]}\n" for line in text.splitlines()),
    )
    reindex(site, bytes=10**20)
    with pytest.raises(OnrecordError, match=r"expected room for \d+ bytes at .*, found \d+; free some"):
        pull_it()
    assert list(work.iterdir()) == []


def test_a_package_under_another_name_is_refused(pull_it: Pull, site: Site) -> None:
    index = site.folder / INDEX
    index.write_text(index.read_text("utf-8").replace('"name": "harbour"', '"name": "airport"'), "utf-8")
    with pytest.raises(InvalidData, match=r"expected the versions of harbour in .*, found those of airport"):
        pull_it()


def test_a_version_under_another_number_is_refused(pull_it: Pull, site: Site) -> None:
    index = json.loads((site.folder / INDEX).read_bytes())
    first, last = index["versions"][0], index["versions"][-1]
    last |= {"path": first["path"], "manifest_sha256": first["manifest_sha256"]}
    (site.folder / INDEX).write_text(json.dumps(index), "utf-8")
    with pytest.raises(InvalidData, match=r"expected harbour 1\.0\.0 in .*, found harbour 2\.0\.0"):
        pull_it()


@pytest.mark.parametrize("place", ["data/figures.csv", "data", "SHA256SUMS"])
def test_a_link_in_a_local_catalog_is_not_followed(pull_it: Pull, catalog: Path, work: Path, place: str) -> None:
    path = catalog / NAME / "1.0.0" / place
    path.rename(work.parent / "elsewhere")
    path.symlink_to(work.parent / "elsewhere")
    with pytest.raises(InvalidData, match="expected a file, found a symbolic link at"):
        pull_it(catalog=str(catalog))
    assert list(work.iterdir()) == []


def test_a_damaged_cache_mends_itself(pull_it: Pull, site: Site, means: Means, work: Path) -> None:
    pull_it()
    digest = sha256_file(site.folder / FIGURES)
    means.cache.blob(digest).write_bytes(EVIL)
    (work / NAME / "data" / "figures.csv").unlink()
    site.log.clear()
    pulled = pull_it()
    assert content(pulled.folder) == content(site.folder / NAME / "1.0.0")
    assert site.asked(FIGURES) == [None]


def test_what_is_pulled_shares_nothing_with_the_cache(pull_it: Pull, site: Site, means: Means) -> None:
    file = pull_it().folder / "data" / "figures.csv"
    file.write_bytes(EVIL)
    assert means.cache.holds(sha256_file(site.folder / FIGURES))


def test_a_full_disk_is_told(pull_it: Pull, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(OnrecordError, match=r"expected to write harbour, but: no space left on device; free it"):
        pull_it()
    assert list(work.iterdir()) == []
