"""A sentence's words with what class each is, and the noun phrases that begin or end at one of them."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import Final, NamedTuple

from onrecord.extract.lexicon import load, words

_NUMERALS = "|".join(f"[{w[0]}{w[0].upper()}]{w[1:]}" for table in ("tens", "small") for w in load("numbers")[table])
_TOKEN = re.compile(rf"(?:{_NUMERALS})(?=-)|[^\W\d_]+(?:['’&.-][^\W\d_]+)*|\d+(?:[.,]\d+)*|\S")
_CLASSES: Final = load("figures")["classes"]
_PLURAL: Final = frozenset(_CLASSES["people"])
_NOT_PLURAL: Final = frozenset(_CLASSES["not_plural"])
_BOTH: Final = frozenset(_CLASSES["both"])
_ING: Final = frozenset(_CLASSES["ing"])
_MODALS: Final = frozenset(
    {"to", "can", "could", "will", "would", "may", "might", "must", "shall", "should", "cannot", "can't", "won't"}
)
PHRASE = 12  # the longest noun phrase that is looked for, in words

# N noun or adjective, G a word in -ing that is no noun, T to, D determiner, P preposition, C conjunction, A auxiliary,
# V verb, R adverb, O pronoun, # digits, . other
_TAGS: Final[dict[str, str]] = (
    dict.fromkeys(_CLASSES["verbs"], "V")
    | dict.fromkeys(_CLASSES["adverbs"], "R")
    | dict.fromkeys(words("conjunctions"), "C")
    | dict.fromkeys(words("prepositions"), "P")
    | dict.fromkeys(words("determiners"), "D")
    | dict.fromkeys(words("pronouns"), "O")
    | dict.fromkeys(words("auxiliaries"), "A")
    | {"to": "T", "that": "C", "which": "C", "who": "C", "whose": "C", "ago": "R", "past": "P"}
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
        """Whether a word is written as a name: Paris, iPad."""
        start = self.starts[index]
        return self.text[start].isupper() or self.text[start + 1 : min(start + 2, self.ends[index])].isupper()


def tokenise(text: str) -> Tokens:
    """Cut a sentence into words and give each a class.

    >>> tokens = tokenise("The council spent 40 pounds.")
    >>> "".join(tokens.tags)
    'DNV#N.'
    """
    matches = list(_TOKEN.finditer(text))
    low = [match[0].lower() for match in matches]
    tags = [_tag(word) for word in low]
    _settle(text, matches, low, tags)
    return Tokens(text, [m.start() for m in matches], [m.end() for m in matches], low, tags)


def _settle(text: str, matches: list[re.Match[str]], low: list[str], tags: list[str]) -> None:
    """Settle by their neighbours the words that can be noun or verb."""
    last = len(low) - 1
    for index, word in enumerate(low):
        tag, before = tags[index], low[index - 1] if index else ""
        if tag == "V" and word in _BOTH:
            after = low[index + 1] if index < last else ""
            if (tags[index - 1] == "D" and index) or after in (":", "of") or (before in ("of", "in") and index):
                tags[index] = "N"
        elif tag == "N" and before in _MODALS and word.isalpha():
            if (before != "to" or not plural(word)) and not text[matches[index].start()].isupper():
                tags[index] = "V"
        elif tag == "G":
            noun = word in _ING or (index and tags[index - 1] == "D") or text[matches[index].start()].isupper()
            tags[index] = "N" if noun and not (index and tags[index - 1] == "A") else "G"


@lru_cache(maxsize=16_384)
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
        if word.endswith("ing") and "-" not in word:
            return "G"
    if "'" in word or "’" in word:
        return _TAGS.get(word.replace("’", "'").split("'")[0], "N").replace("O", "A")
    return "N"


def plural(word: str) -> bool:
    """Whether a word in lower case looks like a plural noun.

    >>> plural("houses"), plural("children"), plural("crisis")
    (True, True, False)
    """
    if word in _PLURAL:
        return True
    return len(word) > 2 and word[-1] == "s" and word[-2] not in "su'’" and word not in _NOT_PLURAL
