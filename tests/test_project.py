"""What the project says about itself in several files agrees, and its make targets tell what is wrong."""

import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import onrecord

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
OUTER_MAKE = {"MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS", "ARGS", "PORT", "PYTHON"}
TOP_LEVEL = {
    *("datapackage", "schemas", "seeds", "scripts", "tests", "docs", ".ci"),
    *("pyproject.toml", "requirements.lock", "README.md", "Makefile", "CHANGELOG.md", "LICENSE", "CITATION.cff", ".gitignore"),
}


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def make(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call make as from a shell of its own: what an outer make hands down is left out."""
    outer = {name: value for name, value in os.environ.items() if name not in OUTER_MAKE}
    return subprocess.run(["make", *arguments], cwd=cwd, env=outer | environment, capture_output=True, text=True, check=False)


def locked() -> Iterator[tuple[Requirement, list[str]]]:
    """Each pinned requirement of the lock with its hashes."""
    for entry in re.split(r"\n(?=[A-Za-z0-9])", LOCK):
        yield Requirement(entry.split(" \\\n")[0]), re.findall(r"--hash=sha256:([0-9a-f]{64})\b", entry)


def declared() -> list[Requirement]:
    groups = [PROJECT["project"]["dependencies"], PROJECT["dependency-groups"]["dev"], PROJECT["build-system"]["requires"]]
    return [Requirement(entry) for group in groups for entry in group]


def test_the_changelog_is_at_the_version_of_the_code() -> None:
    released = re.findall(r"^## \[(\d[^]]*)\] - \d{4}-\d{2}-\d{2}$", read("CHANGELOG.md"), re.MULTILINE)
    assert released[0] == onrecord.__version__


def test_the_changelog_keeps_a_place_for_what_comes_next() -> None:
    assert re.findall(r"^## \[(.*?)\]", read("CHANGELOG.md"), re.MULTILINE)[0] == "Unreleased"


def test_the_citation_is_at_the_version_of_the_code() -> None:
    assert re.findall(r"^version: (.*)$", read("CITATION.cff"), re.MULTILINE) == [onrecord.__version__]


@pytest.mark.parametrize("requirement", declared(), ids=str)
def test_the_lock_satisfies_a_declared_range(requirement: Requirement) -> None:
    pins = [pin for pin, _ in locked() if canonicalize_name(pin.name) == canonicalize_name(requirement.name)]
    assert pins, f"{requirement} is not in requirements.lock; run make lock"
    for pin in pins:
        (version,) = pin.specifier
        assert requirement.specifier.contains(version.version), f"{pin} is not {requirement}; run make lock"


def test_the_lock_pins_one_version_with_hashes_for_everything() -> None:
    assert [str(pin) for pin, hashes in locked() if not hashes or [part.operator for part in pin.specifier] != ["=="]] == []


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_the_lock_names_each_library_once_for_a_python(python: str) -> None:
    here = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux", "platform_system": "Linux"}
    names = [pin.name for pin, _ in locked() if Marker(str(pin.marker or "python_version > '3'")).evaluate(here)]
    assert len(names) == len(set(names)) > 0


def test_the_lock_names_no_host_and_no_path() -> None:
    options = [line for line in LOCK.splitlines() if re.search(r"://|@|^\s*--(?!hash=sha256:)|[/~]", line.split("# via")[0])]
    assert options == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="a checkout's files are known from git")
def test_the_top_level_is_as_designed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {name.split("/")[0] for name in listed.splitlines()} <= TOP_LEVEL


def test_make_help_lists_every_target() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)
    assert re.findall(r"^  ([a-z-]+) {2,}\S", make("help").stdout, re.MULTILINE) == phony.split()


def test_make_check_calls_the_tests_as_make_test_does() -> None:
    command = "-m pytest --numprocesses auto"
    assert [line for line in make("-n", "check").stdout.splitlines() if command in line] == [
        f".venv/bin/python {command} --cov"
    ]
    assert f".venv/bin/python {command} \n" in make("-n", "test").stdout + "\n"


def test_ci_calls_make_check() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").splitlines()[-1] == "make check"


def command(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (folder / name).chmod(0o755)


# Logs its call without the options, and on the first installation brings make.
APT_GET = f"""
line=apt-get
for word; do case "$word" in -*) ;; *) line="$line $word" ;; esac; done
echo "$line" >> calls
[ "$1" = update ] || {shutil.which("cp")} spare/make bin/make
"""


@pytest.mark.parametrize(
    ("present", "calls"),
    [
        ({}, ["apt-get update", "apt-get install make git python3 python3-venv chromium", "make check"]),
        ({"make": "", "git": "", "python3": "", "chromium": ""}, []),
        (
            {"git": "", "python3": "exit 1", "chromium": ""},
            ["apt-get update", "apt-get install make python3-venv", "make check"],
        ),
    ],
    ids=["nothing there", "all there", "python without venv"],
)
def test_ci_installs_what_is_missing_and_nothing_else(present: dict[str, str], calls: list[str], tmp_path: Path) -> None:
    binaries = tmp_path / "bin"
    command(tmp_path / "spare", "make", 'echo "make $*" >> calls')
    for name, script in (present | {"apt-get": APT_GET}).items():
        command(binaries, name, script)
    for name in ("bash", "env", "dirname"):
        (binaries / name).symlink_to(str(shutil.which(name)))
    (tmp_path / ".ci").mkdir()
    copy = shutil.copy(ROOT / ".ci" / "run", str(tmp_path / ".ci"))
    (tmp_path / "calls").touch()
    subprocess.run([copy], env={"PATH": str(binaries)}, check=True, timeout=60)
    assert (tmp_path / "calls").read_text("utf-8").splitlines() == calls


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """As much of a checkout as an installation looks at, in a folder with spaces in its name."""
    folder = tmp_path / "a new clone"
    folder.mkdir()
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    return folder


def fake_python(folder: Path, script: str) -> str:
    command(folder, "python", script)
    return str(folder / "python")


def refusal(clone: Path, python: str) -> str:
    """The one line that says why nothing was installed."""
    result = make("test", f"PYTHON={python}", cwd=clone)
    assert result.returncode == 2
    assert not (clone / ".venv").exists()
    return result.stderr.splitlines()[0]


def test_a_missing_python_is_one_clear_line(clone: Path) -> None:
    assert refusal(clone, "python9").startswith("make: expected Python 3.11-3.13, found no command 'python9'; install it")


def test_a_python_too_old_is_one_clear_line(clone: Path) -> None:
    old = fake_python(clone, 'case "$1" in --version) echo Python 3.9.1;; *) exit 1;; esac')
    assert refusal(clone, old).startswith(f"make: expected Python 3.11-3.13, found Python 3.9.1 as '{old}'; call make PYTHON=")


def test_a_python_without_venv_is_one_clear_line(clone: Path) -> None:
    bare = fake_python(clone, 'case "$2" in *venv*) exit 1;; esac')
    assert refusal(clone, bare).startswith(f"make: expected Python's venv module, found none in '{bare}'; install it")
