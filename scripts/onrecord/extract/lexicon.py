"""The language knowledge of `rules/*.toml`, loaded once and never changed."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

RULES = Path(__file__).parent / "rules"


@cache
def load(name: str) -> MappingProxyType[str, Any]:
    """The content of `rules/<name>.toml`, read only.

    >>> "mr" in load("words")["abbreviations"]
    True
    """
    return MappingProxyType(tomllib.loads((RULES / f"{name}.toml").read_text(encoding="utf-8")))


def one_of(listed: Iterable[str]) -> str:
    """A pattern for any of these words, the longest that fits first; it looks at each letter once, rather than at each word.

    >>> one_of(["km", "km/h"])
    '(?:k(?:m(?:/(?:h))?))'
    """
    after: dict[str, list[str]] = {}
    listed = set(listed)
    for word in filter(None, listed):
        after.setdefault(word[0], []).append(word[1:])
    branches = "|".join(re.escape(letter) + one_of(rest) for letter, rest in sorted(after.items()))
    return f"(?:{branches}){'?' if '' in listed else ''}" if after else ""


@cache
def words(name: str) -> frozenset[str]:
    """A closed class of `rules/words.toml` as a set.

    >>> "the" in words("determiners")
    True
    """
    return frozenset(load("words")[name])


@cache
def rules() -> MappingProxyType[str, str]:
    """Every rule that can make a row, by name, with the line that says what it does: the `[rules]` table of each file."""
    found: dict[str, str] = {}
    for path in sorted(RULES.glob("*.toml")):
        found |= load(path.stem).get("rules", {})
    return MappingProxyType(found)
