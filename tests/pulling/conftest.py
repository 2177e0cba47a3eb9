"""A catalog behind a server that misbehaves where it is told to, and a way to pull from it that waits for nothing."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from misbehaving import Site, serving
from published import publish

from onrecord.pull import Pulled, pull
from onrecord.pull.cache import Cache
from onrecord.pull.run import Means

Pull = Callable[..., Pulled]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog that no test changes."""
    return publish(tmp_path_factory.mktemp("published") / "catalog", ("1.0.0", "2.0.0"))


@pytest.fixture
def catalog(published: Path, tmp_path: Path) -> Path:
    """A catalog that a test may change."""
    return Path(shutil.copytree(published, tmp_path / "catalog"))


@pytest.fixture
def site(catalog: Path) -> Iterator[Site]:
    with serving(catalog) as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    """The waits between attempts, which nobody waits for."""
    return []


@pytest.fixture
def means(tmp_path: Path, waits: list[float]) -> Means:
    return Means(cache=Cache(tmp_path / "cache"), patience=10, sleep=waits.append)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, away from any lock, catalog or cache of whoever runs the tests."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("ONRECORD_CATALOG", raising=False)
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def pull_it(site: Site, means: Means, work: Path) -> Pull:
    """Pull harbour from the site into the working folder."""

    def run(wanted: str = "harbour@1.0.0", catalog: str | None = None, **options: Any) -> Pulled:
        return pull(wanted, catalog or site.url, **({"means": means} | options))

    del work
    return run
