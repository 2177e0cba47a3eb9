"""The generated pages of docs/ are what code and schemas say, and a page that is not is named with its remedy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GENERATED = ("cli.md", "schemas.md", "rules.md")


def generate(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "docs" / "generate.py"), *options]
    settings = os.environ | {"PYTHONPATH": str(ROOT / "scripts")} | environment
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=False)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    for name in GENERATED:
        shutil.copy(ROOT / "docs" / name, tmp_path)
    return tmp_path


def test_the_committed_pages_are_what_code_and_schemas_say() -> None:
    result = generate("--check")
    assert (result.returncode, result.stderr) == (0, "")


def test_a_page_that_was_changed_by_hand_is_named_with_the_remedy(pages: Path) -> None:
    page = pages / "schemas.md"
    page.write_bytes(page.read_bytes().replace(b"Stable id", b"Random id", 1))
    result = generate("--check", "--to", str(pages))
    assert result.returncode == 1
    assert result.stderr == f"{page}: expected what code and schemas say, found another text; run make docs\n"


def test_whose_terminal_it_is_does_not_show_in_the_pages(tmp_path: Path) -> None:
    generate("--to", str(tmp_path), COLUMNS="40", FORCE_COLOR="1", GITHUB_ACTIONS="true", TERM="xterm-256color", LC_ALL="C")
    for name in GENERATED:
        assert (tmp_path / name).read_bytes() == (ROOT / "docs" / name).read_bytes()
