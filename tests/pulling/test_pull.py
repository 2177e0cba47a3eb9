"""Pulling: the release to the byte, or a part that is valid; the lock is honoured, what is against a version is told."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import frictionless
import pytest
from misbehaving import Site
from published import NAME, content, make_key, publish, release_of, sign, signers, write_indexes
from sample import written
from test_verify import edit

from onrecord.catalog import Notice
from onrecord.datapackage import read_package
from onrecord.errors import InputError, InvalidData, OnrecordError, TransferError
from onrecord.hashing import sha256_file
from onrecord.pipeline import validate, verify
from onrecord.pull import Pulled, pull
from onrecord.pull.run import Means

Pull = Callable[..., Pulled]


def test_a_pulled_package_is_the_release_to_the_byte(pull_it: Pull, site: Site) -> None:
    pulled = pull_it("harbour@^1")
    assert (pulled.folder, pulled.found.version, pulled.fresh) == (Path(NAME), "1.0.0", True)
    assert content(pulled.folder) == content(site.folder / NAME / "1.0.0")
    assert verify(pulled.folder)[1] == []


def test_a_pull_of_what_is_there_leaves_it_alone(pull_it: Pull, site: Site) -> None:
    before = {path: path.stat().st_mtime_ns for path in pull_it().folder.rglob("*")}
    site.log.clear()
    pulled = pull_it()
    assert not pulled.fresh
    assert {path: path.stat().st_mtime_ns for path in pulled.folder.rglob("*")} == before
    assert [path for path, _ in site.log] == [f"{NAME}/index.json"]


def test_a_damaged_copy_is_put_right(pull_it: Pull, site: Site) -> None:
    (pull_it().folder / "README.md").write_text("mine", "utf-8")
    assert content(pull_it().folder) == content(site.folder / NAME / "1.0.0")


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_a_part_is_a_valid_package_that_holds_that_form_only(pull_it: Pull, site: Site, form: str) -> None:
    folder = pull_it(form=form).folder
    assert {path.suffix for path in (folder / "data").iterdir()} == {f".{form}"}
    assert frictionless.validate(str(folder / "datapackage.json")).valid
    assert verify(folder)[1] == []
    assert validate(folder)[1] == []
    checked = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True)
    assert checked.returncode == 0
    release = site.folder / NAME / "1.0.0"
    for name in ("SHA256SUMS", "datapackage.json"):
        assert (folder / "release" / name).read_bytes() == (release / name).read_bytes()
    assert not any(f"/data/figures.{other}" in path for other in {"csv", "json", "parquet"} - {form} for path, _ in site.log)


def digest_of(folder: Path) -> str:
    """What SHA256SUMS says of the descriptor."""
    (line,) = (line for line in (folder / "SHA256SUMS").read_text().splitlines() if line.endswith("  datapackage.json"))
    return line[:64]


def test_a_part_that_was_changed_is_seen_even_under_right_digests(pull_it: Pull) -> None:
    folder = pull_it(form="csv").folder
    figures = folder / "data" / "figures.csv"
    before = sha256_file(figures)
    edit(figures, "20", "21")
    for name in ("datapackage.json", "SHA256SUMS"):
        edit(folder / name, before, sha256_file(figures))
    edit(folder / "SHA256SUMS", digest_of(folder), sha256_file(folder / "datapackage.json"))
    found = [str(violation) for violation in verify(folder)[1]]
    assert any(line.startswith("data/figures.csv: expected the digest in release/SHA256SUMS") for line in found)


def test_a_form_that_is_not_there_is_told(pull_it: Pull, site: Site) -> None:
    folder = site.folder / NAME / "1.0.0"
    sums = [line for line in (folder / "SHA256SUMS").read_text().splitlines() if not line.endswith(".parquet")]
    (folder / "SHA256SUMS").write_text("\n".join(sums) + "\n")
    write_indexes(site.folder, [release_of(folder)])
    with pytest.raises(InputError, match=r"expected parquet in harbour 1\.0\.0, found csv, json; choose one of these"):
        pull_it(form="parquet")


def test_a_newer_version_replaces_an_older_one(pull_it: Pull) -> None:
    pull_it("harbour@1.0.0")
    assert read_package(pull_it("harbour@latest").folder).version == "2.0.0"


OTHERS = {
    "a file": (lambda place: place.write_text("mine"), "found something else"),
    "a folder of files": (lambda place: (place.mkdir(), (place / "novel.txt").write_text("mine")), "found something else"),
    "another package": (lambda place: written(place, name="airport"), "found airport"),
    "a link": (lambda place: (place.parent.parent.mkdir(exist_ok=True), place.symlink_to("..")), "found something else"),
}


@pytest.mark.parametrize(("make", "message"), OTHERS.values(), ids=OTHERS)
def test_what_is_not_ours_is_never_replaced(pull_it: Pull, work: Path, make: Callable[[Path], object], message: str) -> None:
    make(work / NAME)
    before = content(work)
    with pytest.raises(InputError, match=f"expected a new folder or an older harbour at harbour, {message}"):
        pull_it()
    assert content(work) == before


def test_notes_in_a_pulled_folder_are_not_lost(pull_it: Pull, work: Path) -> None:
    pull_it()
    (work / NAME / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"found notes\.txt, which is not of the package; move it"):
        pull_it("harbour@2.0.0")
    assert (work / NAME / "notes.txt").read_text() == "mine"


def lock_text() -> str:
    return Path("onrecord.lock").read_text("utf-8")


def test_the_lock_keeps_a_version_until_another_is_asked_for(pull_it: Pull) -> None:
    pull_it("harbour@1.0.0")
    locked = lock_text()
    assert pull_it("harbour").found.version == "1.0.0"
    assert pull_it("harbour@>=1").found.version == "1.0.0"
    assert lock_text() == locked
    assert pull_it("harbour@^2").found.version == "2.0.0"
    assert pull_it("harbour").found.version == "2.0.0"


def test_the_lock_names_the_catalog_when_nobody_else_does(pull_it: Pull, site: Site, means: Means) -> None:
    pull_it("harbour@1.0.0")
    assert pull("harbour", means=means).found.address == site.url


def test_locked_takes_no_other_version_and_changes_no_lock(pull_it: Pull) -> None:
    with pytest.raises(InputError, match=r"expected harbour from http.* in the lock, found no such package; pull once without"):
        pull_it("harbour", locked=True)
    pull_it("harbour@1.0.0")
    locked = lock_text()
    assert pull_it("harbour@^1", locked=True).found.version == "1.0.0"
    for wanted in ("harbour@^2", "harbour@1.0.1"):
        with pytest.raises(InputError, match=r"in the lock, found 1\.0\.0 from http"):
            pull_it(wanted, locked=True)
    assert lock_text() == locked


def test_a_version_whose_bytes_were_changed_in_the_catalog_is_told(pull_it: Pull, site: Site) -> None:
    pull_it("harbour@1.0.0")
    folder = site.folder / NAME / "1.0.0"
    written(folder, version="1.0.0", title="Another harbour")
    write_indexes(site.folder, [release_of(folder)])
    with pytest.raises(
        InvalidData, match=r"harbour 1\.0\.0 with the manifest [0-9a-f]{64} as locked, .*a version never changes"
    ):
        pull_it("harbour")


def test_offline_uses_what_was_fetched_before(pull_it: Pull, site: Site, means: Means) -> None:
    offline = replace(means, offline=True)
    with pytest.raises(
        InputError, match=r"expected harbour@1\.0\.0 in the lock or the cache, found neither; pull once without"
    ):
        pull_it(means=offline)
    pull_it("harbour@1.0.0")
    site.log.clear()
    pulled = pull_it("harbour", target=Path("again"), means=offline)
    assert content(pulled.folder) == content(site.folder / NAME / "1.0.0")
    with pytest.raises(TransferError, match=r"expected harbour/2\.0\.0/SHA256SUMS in the cache at .*, found none; pull once"):
        pull_it("harbour@2.0.0", means=offline)
    assert site.log == []


def test_a_lock_alone_is_enough_offline(pull_it: Pull, site: Site, means: Means) -> None:
    pull_it("harbour@1.0.0")
    for index in (means.cache.folder / "indexes").iterdir():
        index.unlink()
    pulled = pull_it("harbour", target=Path("again"), locked=True, means=replace(means, offline=True))
    assert content(pulled.folder) == content(site.folder / NAME / "1.0.0")


@pytest.mark.parametrize(("status", "kind"), [("retracted", "retraction"), ("superseded", "supersession")])
def test_what_is_known_against_a_version_is_told(tmp_path: Path, work: Path, means: Means, status: str, kind: str) -> None:
    del work
    notice = Notice(date="2024-02-01", kind=kind, reason="A figure was misread.")  # type: ignore[arg-type]
    catalog = publish(tmp_path / "told", ("1.0.0", "1.0.1"), {"1.0.0": notice})
    found = pull("harbour@1.0.0", str(catalog), means=means).found
    why = f"harbour 1.0.0 is {status} (2024-02-01: A figure was misread.)"
    why += "; 1.0.1 is the newest version, which harbour@latest takes"
    assert list(found.notices()) == [why]
    assert list(pull("harbour@latest", str(catalog), means=means).found.notices()) == []


def test_a_package_that_is_not_there_has_its_neighbour_named(pull_it: Pull) -> None:
    with pytest.raises(InputError, match=r"expected a package harbor in http.*, found none; did you mean harbour\?"):
        pull_it("harbor")


def test_a_place_without_a_catalog_is_told(pull_it: Pull, tmp_path: Path) -> None:
    with pytest.raises(TransferError, match=r"expected catalog\.json in .*empty, found nothing; check the address"):
        pull_it(catalog=str(tmp_path / "empty"))


ADDRESSES = {
    "another scheme": ("ftp://example.org", "expected a folder or an address with http, https or s3"),
    "a password": ("https://ann:secret@example.org", "expected an address without a password, found one for example.org"),
    "no host": ("https://", "expected the address of a folder"),
    "a question": ("https://example.org/?a=b", "expected the address of a folder"),
    "a port that is none": ("https://example.org:many", "expected a web address"),
}


@pytest.mark.parametrize(("address", "message"), ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_that_is_none_is_told(pull_it: Pull, address: str, message: str) -> None:
    with pytest.raises(OnrecordError, match=message) as caught:
        pull_it(catalog=address)
    assert "secret" not in str(caught.value)


def test_nobody_at_an_address_is_told(pull_it: Pull) -> None:
    with pytest.raises(TransferError, match=r"expected the whole of http://127\.0\.0\.1:1/harbour/index\.json, but: .*refused"):
        pull_it(catalog="http://127.0.0.1:1")


def test_the_address_of_the_catalog_file_does_too(pull_it: Pull, site: Site) -> None:
    assert pull_it(catalog=f"{site.url}/catalog.json").found.address == site.url


def test_a_signature_of_an_allowed_signer_is_demanded(tmp_path: Path, work: Path, means: Means) -> None:
    key, other = make_key(tmp_path), make_key(tmp_path, "other")
    catalog = publish(tmp_path / "signed", ("1.0.0",), key=key)
    good = replace(means, signers=signers(tmp_path, key))
    pulled = pull("harbour", str(catalog), means=good)
    assert pulled.signer == "desk@example.org"
    assert (pulled.folder / "SHA256SUMS.sig").is_file()
    assert verify(pulled.folder)[1] == []
    part = pull("harbour", str(catalog), Path("part"), "csv", means=good)
    assert (part.folder / "release" / "SHA256SUMS.sig").is_file()
    assert verify(part.folder)[1] == []
    assert pull("harbour", target=Path("off"), means=replace(good, offline=True)).signer == "desk@example.org"
    with pytest.raises(
        InvalidData, match=r"expected a good signature of harbour 1\.0\.0 by .*signers, found one of somebody else"
    ):
        pull("harbour", str(catalog), work / "x", means=replace(means, signers=signers(tmp_path, other)))
    assert not (work / "x").exists()


def _sign_another(sums: Path, key: Path) -> None:
    other = sums.parent.parent / "other"
    other.write_text("another text", "utf-8")
    sign(other, key)
    other.with_name("other.sig").replace(sums.with_name("SHA256SUMS.sig"))


SIGNED_WRONG: dict[str, tuple[Callable[[Path, Path], object], str]] = {
    "no signature": (lambda sums, _: sums.with_name("SHA256SUMS.sig").unlink(), "found no signature"),
    "another text": (_sign_another, "found one of desk@example.org that does not fit"),
    "no signature at all": (lambda sums, _: sums.with_name("SHA256SUMS.sig").write_text("sig"), "found one of somebody else"),
}


@pytest.mark.parametrize(("spoil", "message"), SIGNED_WRONG.values(), ids=SIGNED_WRONG)
def test_a_signature_that_does_not_hold_is_told(
    tmp_path: Path, work: Path, means: Means, spoil: Callable[[Path, Path], object], message: str
) -> None:
    key = make_key(tmp_path)
    catalog = publish(tmp_path / "signed", ("1.0.0",), key=key)
    spoil(catalog / NAME / "1.0.0" / "SHA256SUMS", key)
    with pytest.raises(InvalidData, match=message):
        pull("harbour", str(catalog), means=replace(means, signers=signers(tmp_path, key)))
    assert list(work.iterdir()) == []


def test_a_file_of_signers_that_is_not_there_is_told(pull_it: Pull, means: Means, work: Path) -> None:
    with pytest.raises(InputError, match="expected a file of allowed signers, found none at nobody"):
        pull_it(means=replace(means, signers=Path("nobody")))
    assert list(work.iterdir()) == []
