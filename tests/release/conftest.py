"""A small collection to release, and the command line called in this process."""

import shutil
from pathlib import Path

import pytest

from onrecord.publish import release

SETTINGS = """
name = "harbour"
title = "Harbour talk"
description = "What is said about boats."
created = 2021-03-06T12:00:00Z
licenses = [{ name = "CC0-1.0", path = "https://creativecommons.org/publicdomain/zero/1.0/" }]
keywords = ["boats"]
contributors = [{ title = "Data Desk", roles = ["creator"] }]
"""
ARTICLE = """Ferry numbers climb at Portmoor

By Lena Marsh
Thursday, 4 March 2021, 9.30am

About 20 to 30 boats a week leave the harbour, according to harbour master Ana Roe.

"We counted 412 of them in February," said Ms Roe.
"""
MORE = """Gulls thrive at Portmoor

By Lena Marsh
Friday, 5 March 2021, 9.30am

Some 70 gulls nest on the pier, said warden Ben Hale.
"""


def collection(folder: Path) -> Path:
    (folder / "articles").mkdir(parents=True)
    (folder / "collection.toml").write_text(SETTINGS, "utf-8")
    (folder / "articles" / "ferries.txt").write_text(ARTICLE, "utf-8")
    return folder


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A collection of one article."""
    return collection(tmp_path / "harbour")


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog with the collection's release 1.0.0; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("released")
    release(collection(folder / "harbour"), folder / "catalog")
    return folder / "catalog"


@pytest.fixture
def first(released: Path, tmp_path: Path) -> Path:
    """A catalog of one's own with the release 1.0.0."""
    return Path(shutil.copytree(released, tmp_path / "catalog"))
