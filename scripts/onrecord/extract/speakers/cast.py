"""Everybody whom an article names: who is the same person, and what posts they hold."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from onrecord.extract.speakers.lists import (
    PARTICLES,
    SUFFIXES,
)
from onrecord.extract.speakers.names import Form, runs, take_apart
from onrecord.extract.speakers.voices import Mention, Voice
from onrecord.extract.text import Sentence

NEAR = 400  # Code points before the sentence, some three sentences: who was named in full there is still meant.


MOST_POSTS = 24  # Different posts of one person: more are read from a text that is no article.


OFTEN = 3  # Times as often in full as anybody else of that surname: the person whom the article is about.


CROWD = 8  # Voices of one surname, or holders of one post, that are looked at; a longer list decides nothing anyway.


BRACKET = re.compile(r" \(([A-Z][\w&]{1,6})\)")


ACRONYM = re.compile(r"[A-Z](?<!\w.)[A-Z]{1,6}(?!\w)")


@dataclass(slots=True)
class Cast:
    """The named voices of an article, and the indexes that find them."""

    text: str
    sentences: list[Sentence]
    starts: list[int]
    mentions: list[Mention] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    by_name: dict[tuple[str, ...], Voice] = field(default_factory=dict)
    by_surname: defaultdict[str, list[Voice]] = field(default_factory=lambda: defaultdict(list))
    by_given: defaultdict[str, list[Voice]] = field(default_factory=lambda: defaultdict(list))
    organisations: dict[str, Voice] = field(default_factory=dict)
    by_word: defaultdict[str, list[Voice]] = field(default_factory=lambda: defaultdict(list))
    by_head: defaultdict[str, list[Voice]] = field(default_factory=lambda: defaultdict(list))
    by_age: defaultdict[str, list[Voice]] = field(default_factory=lambda: defaultdict(list))
    expansions: dict[str, tuple[int, int]] = field(default_factory=dict)
    runs: list[tuple[int, int]] = field(default_factory=list)
    opens: list[int] = field(default_factory=list)
    alone: Counter[str] = field(default_factory=Counter)

    def form(self, start: int, end: int) -> Form | None:
        """The capitalised run between two places, taken apart."""
        return take_apart(self.text[start:end])

    def company(self, names: tuple[str, ...]) -> bool:
        """Whether a name is cut to its first word, as companies are and persons are not: "Wells" for "Wells Fargo"."""
        return self.alone[names[0]] > 0 and self.alone[names[-1]] == 0

    def runs_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """The capitalised runs of a stretch of text, cut to it."""
        first, last = bisect_left(self.opens, start), bisect_left(self.opens, end)
        inside = self.runs[first:last]
        if (first and self.runs[first - 1][1] > start) or (inside and inside[-1][1] > end):
            return runs(self.text, start, end)
        return inside

    def sentence(self, position: int) -> int:
        """The number of the sentence that holds a place, or the last one before it; -1 before the first."""
        return bisect_left(self.starts, position + 1) - 1

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence that holds a name begins and ends."""
        number = self.sentence(start)
        if number < 0:
            return start, end
        return min(self.sentences[number].start, start), max(self.sentences[number].end, end)

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in a stretch of text."""
        return self.mentions[bisect_left(self.at, start) : bisect_left(self.at, end)]


def surname(keys: tuple[str, ...]) -> str:
    """The part of a name that stands for its bearer: with its particles, without "Jr".

    >>> surname(("willem", "van", "der", "kolk")), surname(("ann", "bell", "jr"))
    ('van der kolk', 'bell')
    """
    kept = list(keys)
    while len(kept) > 1 and kept[-1] in SUFFIXES:
        kept.pop()
    first = len(kept) - 1
    while first > 1 and kept[first - 1] in PARTICLES:
        first -= 1
    return " ".join(kept[first:])
