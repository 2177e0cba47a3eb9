"""What docs/researchers.md says of the command line and of Python is there."""

import re
from pathlib import Path

from typer.main import get_command

import onrecord
from onrecord.cli import app

PAGE = (Path(__file__).parents[2] / "docs" / "researchers.md").read_text("utf-8")


def test_every_option_that_the_page_names_is_there() -> None:
    commands = getattr(get_command(app), "commands", {})
    options = {word for name in ("pull", "list", "info", "cite") for each in commands[name].params for word in each.opts}
    named = set(re.findall(r"`(--[a-z]+)", PAGE)) - {"--check"}
    assert named
    assert named <= options


def test_every_method_that_the_page_names_is_there() -> None:
    from onrecord.dataset import Dataset

    assert all(hasattr(Dataset, name) for name in re.findall(r"^p\.(\w+)\(", PAGE, re.MULTILINE))
    assert callable(onrecord.load)
