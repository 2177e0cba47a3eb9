"""What is installed from the built wheel works anywhere, and nothing of the articles is in it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import onrecord

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path, path: Path | None = None) -> str:
    """The output of a command of this Python that sees `path` and its installed libraries, and nothing of the checkout."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
    if path:
        environment["PYTHONPATH"] = str(path)
    result = subprocess.run([sys.executable, *command], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    run("-m", "hatchling", "build", "--target", "wheel", "--directory", target, cwd=ROOT)
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("a place with spaces")
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", target, wheel, cwd=target)
    return target


def test_the_installed_wheel_says_its_version(installed: Path, tmp_path: Path) -> None:
    assert onrecord.__version__ in run("-m", "onrecord", "version", cwd=tmp_path, path=installed)


def test_the_installed_wheel_has_every_schema_inside(installed: Path, tmp_path: Path) -> None:
    code = "from onrecord import paths, schemas; print(paths.schemas_dir(), *schemas.load_schemas(), sep='\\n')"
    folder, *tables = run("-c", code, cwd=tmp_path, path=installed).splitlines()
    assert Path(folder) == installed / "onrecord" / "schemas"
    assert sorted(tables) == sorted(file.stem for file in (ROOT / "schemas").glob("*.json"))


@pytest.mark.parametrize("suffix", ["toml", "html", "css"])
def test_the_installed_wheel_brings_its_language_knowledge_and_its_site(installed: Path, suffix: str) -> None:
    source, there = ROOT / "scripts" / "onrecord", installed / "onrecord"
    files = sorted(file.relative_to(source) for file in source.rglob(f"*.{suffix}"))
    assert sorted(file.relative_to(there) for file in there.rglob(f"*.{suffix}")) == files != []


def test_the_wheel_holds_the_package_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {"onrecord", f"onrecord-{onrecord.__version__}.dist-info"}
