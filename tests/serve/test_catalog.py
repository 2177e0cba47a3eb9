"""A path names packages: one of them, or the newest version of each below a folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.catalog import find_packages
from onrecord.datapackage import Package
from onrecord.errors import InputError, InvalidData

Write = Callable[..., Package]


@pytest.mark.parametrize("place", ["seals", "seals/datapackage.json"])
def test_a_package_is_named_by_its_folder_or_its_descriptor(write_seals: Write, tmp_path: Path, place: str) -> None:
    package = write_seals("seals")
    assert find_packages(tmp_path / place) == [package]


def test_a_catalog_gives_the_newest_version_of_each_package(write_seals: Write, tmp_path: Path) -> None:
    for name, version in [("seals", "0.9.0"), ("seals", "0.10.0"), ("seals", "0.10.0-rc.1"), ("otters", "1.0.0")]:
        write_seals(f"catalog/{name}/{version}", name=name, version=version)
    assert [(package.name, package.version) for package in find_packages(tmp_path / "catalog")] == [
        ("otters", "1.0.0"),
        ("seals", "0.10.0"),
    ]


def test_the_folder_of_one_package_gives_its_newest_version(write_seals: Write, tmp_path: Path) -> None:
    for version in ("0.1.0", "0.2.0"):
        write_seals(f"catalog/seals/{version}", version=version)
    assert [package.version for package in find_packages(tmp_path / "catalog" / "seals")] == ["0.2.0"]


def test_a_folder_that_is_being_written_is_no_package_yet(write_seals: Write, tmp_path: Path) -> None:
    write_seals("catalog/.seals.x7/new", version="9.0.0")
    write_seals("catalog/seals/0.1.0")
    assert [package.version for package in find_packages(tmp_path / "catalog")] == ["0.1.0"]


def test_a_folder_without_packages_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"expected <name>/<version>/datapackage\.json below .*; build or release"):
        find_packages(tmp_path)


def test_a_file_that_is_no_package_is_told(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("words")
    with pytest.raises(InputError, match=r"found a file at .*notes\.txt"):
        find_packages(file)


def test_a_version_that_cannot_be_compared_is_told(write_seals: Write, tmp_path: Path) -> None:
    write_seals("catalog/seals/a", version="1.0.0")
    descriptor = tmp_path / "catalog/seals/a/datapackage.json"
    descriptor.write_text(descriptor.read_text().replace('"version": "1.0.0"', '"version": "the newest"'))
    with pytest.raises(InvalidData, match=r"expected a version like 1\.2\.0, found 'the newest' in .*datapackage\.json"):
        find_packages(tmp_path / "catalog")
