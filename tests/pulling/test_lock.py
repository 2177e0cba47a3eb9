"""The lock file: what is written is read back, two branches merge, and what is no lock is told."""

import subprocess
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.pull.lock import Locked, read_lock, write_lock


def locked(name: str, version: str = "1.0.0", catalog: str = "https://example.org/ü") -> Locked:
    return Locked(name=name, version=version, catalog=catalog, manifest_sha256=version[0] * 64)


def test_a_lock_comes_back_as_it_was_whatever_the_order(tmp_path: Path) -> None:
    packages = [locked("b.2", catalog='a "folder"\\here'), locked("a"), locked("c")]
    write_lock(tmp_path / "one", packages)
    write_lock(tmp_path / "two", reversed(packages))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert list(read_lock(tmp_path / "one").values()) == sorted(packages, key=lambda each: each.name)


def test_two_branches_that_changed_different_packages_merge(tmp_path: Path) -> None:
    write_lock(tmp_path / "base", [locked("a"), locked("b"), locked("c")])
    write_lock(tmp_path / "ours", [locked("a", "2.0.0"), locked("b"), locked("c")])
    write_lock(tmp_path / "theirs", [locked("a"), locked("b", "3.0.0"), locked("c")])
    subprocess.run(["git", "merge-file", "ours", "base", "theirs"], cwd=tmp_path, check=True)
    assert [each.version for each in read_lock(tmp_path / "ours").values()] == ["2.0.0", "3.0.0", "1.0.0"]


NO_LOCK = {
    "no TOML": ('["a"\n', "expected TOML in"),
    "a conflict": ("<<<<<<< HEAD\n", "settle it by hand or delete the file"),
    "a package twice": ('["a"]\n["a"]\n', "expected TOML in"),
    "no table": ('a = "1.0.0"\n', "expected a table for each package in .*, found 'a'"),
    "a missing key": ('["a"]\nversion = "1.0.0"\ncatalog = "x"\n', "expected the key manifest_sha256"),
    "no version": (f'["a"]\nversion = "new"\ncatalog = "x"\nmanifest_sha256 = "{"0" * 64}"\n', "expected a semantic version"),
    "another key": ('["a"]\nhash = "x"\n', "expected a known key, found hash"),
}


@pytest.mark.parametrize(("text", "message"), NO_LOCK.values(), ids=NO_LOCK)
def test_what_is_no_lock_is_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "onrecord.lock").write_text(text, "utf-8")
    with pytest.raises(InputError, match=message):
        read_lock(tmp_path / "onrecord.lock")
