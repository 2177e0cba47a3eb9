"""A real browser shows the site: the README's screenshots can be taken anew."""

import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.datapackage import Package

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "screenshot.py"


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium here (Debian: apt-get install chromium)")
def test_the_screenshot_of_the_readme_is_taken_from_the_real_site(seals: Package, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(SCRIPT), str(seals.folder), "--out", str(tmp_path)]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    for name in ("article.png", "figure.png"):
        assert struct.unpack(">II", (tmp_path / name).read_bytes()[16:24]) == (1280, 900)
