"""A sentence's words with what class each is, and the noun phrases that begin or end at one of them."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import Final, NamedTuple

from onrecord.extract.lexicon import load, words
from onrecord.extract.text import cut, lowered

_NUMERALS = "|".join(f"[{w[0]}{w[0].upper()}]{w[1:]}" for table in ("tens", "small") for w in load("numbers")[table])
# Nine words in ten are plain letters, so they are tried first: the other branches cost twice as much.
_TOKEN = re.compile(
    r"[a-zA-Z]++(?![^\W\d_]|['’&.-][^\W\d_])"
    rf"|(?:{_NUMERALS})(?=-)|(?:[A-Z]\.){{2,6}}|[^\W\d_]+(?:['’&.-][^\W\d_]+)*|\d+(?:[.,]\d+)*|\S"
)
_CLASSES: Final = load("figures")["classes"]
SMALL: Final = frozenset(load("numbers")["small"])
_PLURAL: Final = frozenset(_CLASSES["people"])
_NOT_PLURAL: Final = frozenset(_CLASSES["not_plural"])
_NOMINAL: Final = frozenset(_CLASSES["nominal"])
_BOTH: Final = frozenset(_CLASSES["both"])
_ING: Final = frozenset(_CLASSES["ing"])
_SINGULAR: Final = frozenset(word for word in _BOTH if not word.endswith("s")) - {
    "cost",
    "hit",
    "set",
    "cut",
    "split",
    "spread",
    "shot",
    "feel",
}
_SUBJECTS: Final = frozenset({"i", "you", "he", "she", "it", "we", "they", "who"})
_EED_VERBS: Final = frozenset({"agreed", "freed", "guaranteed", "decreed", "disagreed"})
_MODALS: Final = frozenset(
    {"to", "can", "could", "will", "would", "may", "might", "must", "shall", "should", "cannot", "can't", "won't"}
)
_BEFORE_NOUN: Final = frozenset(_CLASSES["before_noun"] + _CLASSES["directions"])
_AFTER_DETERMINER: Final = frozenset(_CLASSES["after_determiner"])
_ADJECTIVES: Final = tuple(_CLASSES["adjectives"])
_SIGNS: Final = frozenset("£$€")
_GONE_TO: Final = frozenset(_CLASSES["gone_to"])
MOVES: Final = frozenset(load("figures")["change"]["increase"]) | frozenset(load("figures")["change"]["decrease"])
_SHORT: Final = frozenset({"us", "am"})
_THEN: Final = frozenset({"and", "but", "then"})
_AND: Final = frozenset({"and", "but", "while", "as", "though"})
_LEADS: Final = _MODALS | _SUBJECTS | _THEN
_DIRECTIONS: Final = frozenset(_CLASSES["directions"])
_MANY: Final = SMALL - {"zero", "one"} | frozenset(load("numbers")["vague"])
_SHORTEST = 3  # letters of a plural
_VOWELS: Final = frozenset("aeiou")
_UNSETTLED: Final = frozenset("VGROA")
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
    | dict.fromkeys(_CLASSES["nouns_in_ly"], "N")
    | {"to": "T", "that": "C", "which": "C", "who": "C", "whose": "C", "ago": "R", "past": "P", "none": "O", "neither": "O"}
    | {"plus": "P", "minus": "P"}
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
    low, starts, ends = cut(_TOKEN, text, lowered(text), 0, len(text))
    tags = list(map(word_class, low))
    _settle(text, starts, low, tags)
    return Tokens(text, starts, ends, low, tags)


def _settle(text: str, starts: list[int], low: list[str], tags: list[str]) -> None:
    """Settle by their neighbours the words that can be noun or verb."""
    last = len(low) - 1
    for index, (word, tag) in enumerate(zip(low, tags, strict=True)):
        if tag == "N":
            led = index and (low[index - 1] in _LEADS or tags[index - 1] == "R")
            if led and _turns(low, tags, index) and not text[starts[index]].isupper():
                tags[index] = "V"
        elif tag not in _UNSETTLED:
            continue
        elif tag == "V" and word in _BOTH:
            after = low[index + 1] if index < last else ""
            named = (
                index and text[starts[index]].isupper() and low[index - 1].endswith("ed") and text[starts[index - 1]].isupper()
            )
            if named or _is_noun(low, tags, index) or after in (":", "of"):
                tags[index] = "N"
        elif tag == "V" and word in _NOMINAL:
            if index and low[index - 1] == "the" and index < last and tags[index + 1] in "AV.":
                tags[index] = "N"  # "the injured were"
        elif tag == "G":
            noun = word in _ING or (index and tags[index - 1] == "D") or text[starts[index]].isupper()
            noun = noun or _modified_by(low, tags, index) or _opens_clause(tags, index)
            tags[index] = "N" if noun and not (index and tags[index - 1] == "A") else "G"
        elif tag == "R":
            if index < last and (
                (word in _BEFORE_NOUN and _modifies(text, starts, low, tags, index))
                or (word in _AFTER_DETERMINER and index and tags[index - 1] == "D" and tags[index + 1] in "AV")
            ):
                tags[index] = "N"
        elif word == "there" and index and tags[index - 1] == "N":
            tags[index] = "R"  # "the sea there is"
        elif word in _SHORT and text[starts[index] + 1].isupper():
            tags[index] = "N"


def _opens_clause(tags: list[str], index: int) -> bool:
    """Whether a word in -ing is the subject of the verb after it, with one word before it at most: "Boat building was"."""
    return tags[index + 1 : index + 2] in (["V"], ["A"]) and (not index or (tags[index - 1] == "N" and index < 2))


def _modified_by(low: list[str], tags: list[str], index: int) -> bool:
    """Whether a word in -ing ends a phrase of preposition and adjective: "days of public mourning"."""
    closes = index + 1 == len(tags) or tags[index + 1] in "P."
    return closes and index > 1 and tags[index - 1] == "N" and tags[index - 2] == "P" and low[index - 1].endswith(_ADJECTIVES)


def _modifies(text: str, starts: list[int], low: list[str], tags: list[str], index: int) -> bool:
    """Whether an adverb is an adjective before the noun after it: "hourly pay", "the old mill", "South Dakota"."""
    if tags[index + 1] != "N" and low[index + 1] not in _BOTH:
        return False
    if index and tags[index - 1] == "D" and low[index] not in _DIRECTIONS:
        return True
    if low[index] in _DIRECTIONS and index and tags[index - 1] != ".":
        return text[starts[index]].isupper()
    return low[index].endswith("ly") or (text[starts[index]].isupper() and text[starts[index + 1]].isupper())


def _is_noun(low: list[str], tags: list[str], index: int) -> bool:
    """A word that can be both is a noun after a determiner, and in the singular after a singular noun: "the price range"."""
    if not index:
        opens = plural(low[0]) or not MOVES.isdisjoint(low[1:2])
        return tags[1:2] == ["A"] or (tags[1:2] == ["V"] and opens)  # "Pay is low", "Costs rose"
    if low[index - 1] in _AND and not MOVES.isdisjoint(low[index + 1 : index + 2]) and tags[index + 1] == "V":
        return True  # "and pay rose"
    number = tags[index - 1] == "#" or low[index - 1] in SMALL
    if number and index > 1 and low[index - 2] in _SIGNS:
        return False  # "a fine of £2,500 doubles"
    if number and plural(low[index]) and not _pays(low, tags, index):
        closes = tags[index + 1 : index + 2] in ([], ["."])  # "wind it 3 turns."
        if closes or index < 2 or tags[index - 2] != "N":
            return True
    if plural(low[index]) and tags[index - 1] == "N" and _counted(low, tags, index):
        return True
    compound = tags[index - 1] == "N" and not plural(low[index - 1]) and low[index] in _SINGULAR and index > 1
    estimated = tags[index - 1] == "V" and low[index - 1].endswith(("ed", "ing")) and index > 1 and tags[index - 2] == "D"
    compound = compound and (index + 1 == len(tags) or tags[index + 1] not in "ND")
    if low[index] == "worth":
        return low[index - 1] == "net" or tags[index - 1] == "D"
    return (
        tags[index - 1] == "D"
        or estimated
        or low[index - 1] in ("of", "in")
        or (compound and (tags[index - 2] in "DN" or low[index - 2] in ("-", "of")))
    )


def _pays(low: list[str], tags: list[str], index: int) -> bool:
    """Whether an amount stands right behind a word: "a table for 12 costs £300"."""
    return index + 1 < len(low) and (tags[index + 1] == "#" or low[index + 1] in _SIGNS)


def _counted(low: list[str], tags: list[str], index: int) -> bool:
    """Whether only singular nouns stand between a number and a plural, which it counts: "three legal claims"."""
    back = index - 1
    while back > 0 and tags[back] == "N" and not plural(low[back]) and low[back] not in _MANY:
        back -= 1
    if low[back] == "of":
        back -= 1
    year = len(low[back]) == 4 and low[back][:2] in ("19", "20")
    return low[back] in _MANY or (tags[back] == "#" and not year and low[back] != "1")


def _turns(low: list[str], tags: list[str], index: int) -> bool:
    """Whether what looks like a noun is a verb after the word before it: "will climb", "start at 5 and rise to 9"."""
    if low[index - 1] in _THEN:
        return low[index] in MOVES and low[index + 1 : index + 2] in (["to"], ["by"])
    return low[index].isalpha() and _is_verb(low, tags, index)


def _is_verb(low: list[str], tags: list[str], index: int) -> bool:
    """A word that looks like a noun is a verb after a modal or "to", with adverbs between, and after a pronoun."""
    back = index - 1
    while back > 0 and tags[back] == "R" and low[back] not in ("next", "last"):
        back -= 1
    before = low[back] if back >= 0 else ""
    if before == "to":
        return back == index - 1 and not plural(low[index]) and low[index] not in _GONE_TO
    return before in _MODALS or before in _SUBJECTS


@lru_cache(maxsize=16_384)
def word_class(word: str) -> str:
    """The class of a word in lower case, for itself: what most often it is.

    >>> word_class("the"), word_class("lamp")
    ('D', 'N')
    """
    tag = _TAGS.get(word)
    if tag is not None:
        return tag
    if not word[0].isalpha():
        return "#" if word[0].isdecimal() else "."
    if "-" in word and word.split("-", 1)[0] in _DIRECTIONS:
        return "R"  # "moving north-northeast at 20mph"
    if len(word) > 4:
        if word.endswith("ly"):
            return "R"
        if word.endswith("ed") and "-" not in word and (not word.endswith("eed") or word in _EED_VERBS):
            return "V"
        if word.endswith("ing") and "-" not in word:
            return "G"
    if "'" in word or "’" in word:
        if word.endswith(("n't", "n’t")):
            return "A"
        return _TAGS.get(word.replace("’", "'").split("'")[0], "N").replace("O", "A")
    return "N"


def irregular(word: str) -> bool:
    """Whether a plural noun has no ending that shows it, as in "police", which can also stand before another noun."""
    return word in _PLURAL


def plural(word: str) -> bool:
    """Whether a word in lower case looks like a plural noun.

    >>> plural("houses"), plural("children"), plural("crisis")
    (True, True, False)
    """
    if word in _PLURAL:
        return True
    if len(word) < _SHORTEST or word[-1] != "s" or word[-2] in "su'’" or word in _NOT_PLURAL:
        return False
    return word[-2] != "y" or word[-3] in _VOWELS  # "citys" has lost its apostrophe
