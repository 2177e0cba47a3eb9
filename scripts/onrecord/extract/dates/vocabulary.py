"""The lists and tables of `rules/dates.toml`."""

from collections.abc import Mapping
from functools import cache

from onrecord.extract.lexicon import load


@cache
def listed(group: str, name: str) -> frozenset[str]:
    """A list as a set.

    >>> "addams" in listed("guards", "after_named_day")
    True
    """
    return frozenset(load("dates")[group][name])


@cache
def table(name: str) -> Mapping[str, int]:
    """Words and their numbers; months and weekdays come with their full names, which stand in `rules/words.toml`.

    >>> table("months")["september"]
    9
    """
    full = load("words").get(name, [])
    own: dict[str, int] = load("dates")[name]
    return {word: number for number, word in enumerate(full, 1)} | own


def number(name: str, word: str) -> int:
    """The number of a word as written, with or without capitals and the full stop of a short form.

    >>> number("months", "Sept.")
    9
    """
    return table(name)[word.rstrip(".").lower()]


def nth(word: str) -> int:
    """The number of an ordinal, in words or figures.

    >>> nth("nineteenth"), nth("21st"), nth("3")
    (19, 21, 3)
    """
    return table("nths").get(word.lower()) or int("".join(filter(str.isdecimal, word)))
