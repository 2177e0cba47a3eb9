"""The language knowledge of `rules.toml`, loaded once and never changed."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from typing import Any

RULES: MappingProxyType[str, Any] = MappingProxyType(
    tomllib.loads((Path(__file__).parent / "rules.toml").read_text(encoding="utf-8"))
)


def either(phrases: Iterable[str]) -> str:
    """A regular expression for any of the phrases as whole words, the longest first, over any white space.

    >>> either(["by", "written by", "more:"])
    '(?:written\\\\s+by\\\\b|more:|by\\\\b)'
    """
    longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(_whole(phrase) for phrase in longest)})"


def _whole(phrase: str) -> str:
    spaced = r"\s+".join(re.escape(word) for word in phrase.split())
    return rf"{spaced}\b" if phrase[-1].isalnum() else spaced
