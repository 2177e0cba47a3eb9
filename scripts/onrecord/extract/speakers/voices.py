"""Who there is in an article: persons and organisations, each with the places that name them."""

from dataclasses import dataclass, field
from typing import Literal

from onrecord.extract.values import value

VoiceKind = Literal["person", "organisation", "document", "unnamed"]


@value
class Post:
    """A role that the words give somebody, with the organisation they give it in. `head` is its chief word."""

    start: int
    end: int
    head: str
    words: frozenset[str]
    rule: str
    organisation: tuple[int, int] | None = None
    organisation_rule: str | None = None


@dataclass(slots=True, eq=False)
class Voice:
    """Somebody or something that may speak; filled while an article is read, and gone after it."""

    kind: VoiceKind
    start: int
    end: int
    words: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    gender: str = ""
    plural: bool = False
    sure: bool = True
    human: bool = True
    relative: bool = False
    replaced: bool = False
    noun: str = ""  # The chief word of what stands for somebody nameless.
    styles: set[str] = field(default_factory=set)  # The forms of address before the name.
    styled: tuple[int, int] | None = None  # The name with the first of them.
    posts: list[Post] = field(default_factory=list)
    aliases: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    employer: tuple[int, int] | None = None
    age: str | None = None
    count: int = 0
    full: list[int] = field(default_factory=list)


@value
class Mention:
    """A place that names a voice. `start` is where its title begins, `name` where the name does."""

    start: int
    name: int
    end: int
    voice: Voice
    full: bool
    post: tuple[int, int] | None = None
