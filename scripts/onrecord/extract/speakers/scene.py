"""What is known while the sources of an article are resolved one after the other."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from onrecord.extract.speakers.cast import Cast
from onrecord.extract.speakers.voices import Mention, Voice
from onrecord.extract.values import value
from onrecord.hashing import normalise
from onrecord.records import Part


@value
class Source:
    """Who is said to speak, as written (start and end None where nothing names one), and the statement's own words."""

    start: int | None
    end: int | None
    parts: tuple[Part, ...]
    kind: Literal["direct", "mixed", "indirect"]


@value
class Phrase:
    """A source without what hangs on it: `close` is where its first noun phrase ends, `end` where all of it does."""

    start: int
    close: int
    end: int


@dataclass(slots=True)
class Cover:
    """Stretches of text, to ask whether a place lies in one of them."""

    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, stretches: list[tuple[int, int]]) -> "Cover":
        """These stretches, those that touch put together."""
        starts: list[int] = []
        ends: list[int] = []
        for start, end in sorted(stretches):
            if ends and start <= ends[-1]:
                ends[-1] = max(ends[-1], end)
            elif end > start:
                starts.append(start)
                ends.append(end)
        return cls(starts, ends)

    def holds(self, start: int, end: int) -> bool:
        """Whether one stretch holds all from `start` to `end`."""
        i = bisect_right(self.starts, start) - 1
        return i >= 0 and self.ends[i] >= end


@dataclass(slots=True)
class Scene:
    """The cast, the words that are somebody's statement, and the speakers found so far."""

    cast: Cast
    quoted: Cover
    reported: Cover
    spoken: defaultdict[int, list[tuple[int, int, Voice]]] = field(default_factory=lambda: defaultdict(list))
    unnamed: dict[str, Voice] = field(default_factory=dict)
    latest: list[Voice] = field(default_factory=list)
    text: str = field(init=False)  # of the article

    def __post_init__(self) -> None:
        self.text = self.cast.text

    def note(self, start: int, end: int, voice: Voice) -> None:
        """Remember that a voice speaks at a place."""
        self.spoken[self.cast.sentence(start)].append((start, end, voice))
        self.latest.append(voice)

    def keep(self, voice: Voice) -> Voice:
        """The voice that the same words made before, or this one."""
        key = f"{voice.kind} {normalise(self.text[voice.start : voice.end])}"
        return self.unnamed.setdefault(key, voice)

    def people(self, start: int, end: int) -> list[Mention]:
        """Persons named in a stretch of text outside quotations."""
        return [
            mention
            for mention in self.cast.within(start, end)
            if mention.voice.sure and not self.quoted.holds(mention.start, mention.end)
        ]
