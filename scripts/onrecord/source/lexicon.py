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


def either(phrases: Iterable[str], edge: str = r"\b") -> str:
    """A regular expression for any of the phrases, the longest first, over any white space.

    Args:
        phrases: words, in lower case as in `rules.toml`.
        edge: what has to come after a phrase that ends in a letter or digit.

    >>> either(["by", "written by", "more:"])
    '(?:written\\\\s+by\\\\b|more:|by\\\\b)'
    """
    longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(_spaced(phrase) + (edge if phrase[-1].isalnum() else '') for phrase in longest)})"


def _spaced(phrase: str) -> str:
    return r"\s+".join(re.escape(word) for word in phrase.split())
