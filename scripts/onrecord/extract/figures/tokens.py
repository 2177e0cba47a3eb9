"""A sentence's words with what class each is, and the noun phrases that begin or end at one of them."""

import re
from bisect import bisect_left
from typing import Final, NamedTuple

from onrecord.extract.lexicon import load, words

_TOKEN = re.compile(r"[^\W\d_]+(?:['’&.-][^\W\d_]+)*|\d+(?:[.,]\d+)*|\S")
_CLASSES: Final = load("figures")["classes"]
_PLURAL: Final = frozenset(_CLASSES["people"])
_NOT_PLURAL: Final = frozenset(_CLASSES["not_plural"])
PHRASE = 12  # the longest noun phrase that is looked for, in words

# N noun or adjective, D determiner, P preposition, C conjunction, A auxiliary, V verb, R adverb, O pronoun, # digits, . other
_TAGS: Final[dict[str, str]] = (
    {word: "V" for word in _CLASSES["verbs"]}
    | {word: "R" for word in _CLASSES["adverbs"]}
    | {word: "C" for word in words("conjunctions")}
    | {word: "P" for word in words("prepositions")}
    | {word: "D" for word in words("determiners")}
    | {word: "O" for word in words("pronouns")}
    | {word: "A" for word in words("auxiliaries")}
    | {"to": "T", "that": "C", "which": "C", "who": "C", "whose": "C", "ago": "R"}
)


class Tokens(NamedTuple):
    """The words of a sentence: where each begins and ends, in lower case, and its class."""

    text: str
    starts: list[int]
    ends: list[int]
    low: list[str]
    tags: list[str]

    def at(self, offset: int) -> int:
        """The index of the first word that begins at or after an offset."""
        return bisect_left(self.starts, offset)

    def capital(self, index: int) -> bool:
        """Whether a word begins with a capital."""
        return self.text[self.starts[index]].isupper()


def tokenise(text: str, start: int, end: int) -> Tokens:
    """Cut a sentence into words and give each a class.

    >>> tokens = tokenise("The council spent 40 pounds.", 0, 28)
    >>> "".join(tokens.tags)
    'DNV#N.'
    """
    matches = list(_TOKEN.finditer(text, start, end))
    low = [match[0].lower() for match in matches]
    return Tokens(text, [m.start() for m in matches], [m.end() for m in matches], low, [_tag(word) for word in low])


def _tag(word: str) -> str:
    tag = _TAGS.get(word)
    if tag is not None:
        return tag
    if not word[0].isalpha():
        return "#" if word[0].isdecimal() else "."
    if len(word) > 4:
        if word.endswith("ly"):
            return "R"
        if word.endswith("ed") and "-" not in word:
            return "V"
    return "N"


def plural(word: str) -> bool:
    """Whether a word in lower case looks like a plural noun.

    >>> plural("houses"), plural("children"), plural("crisis")
    (True, True, False)
    """
    if word in _PLURAL:
        return True
    return len(word) > 2 and word[-1] == "s" and word[-2] not in "su'’" and word not in _NOT_PLURAL
