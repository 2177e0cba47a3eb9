"""The word lists of the rule files, as sets to ask and under names to read. A word is asked for in its `plain` form."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from onrecord.extract.lexicon import load, words


def _set(file: str, *keys: str) -> frozenset[str]:
    value: Any = load(file)
    for key in keys:
        value = value[key]
    return frozenset(value)


_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})


def fold(word: str) -> str:
    """A word in plain form without diacritics: how two spellings of one name are compared.

    >>> fold("wróblewski"), fold("łukasz")
    ('wroblewski', 'lukasz')
    """
    return word if word.isascii() else _without_marks(word)


@lru_cache(maxsize=8192)
def _without_marks(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.translate(_STROKED))
    return "".join(char for char in parts if not unicodedata.combining(char)) or word


def _given() -> dict[str, str]:
    names = load("givennames")
    genders = {"male": "m", "female": "f", "either": ""}
    return {fold(name): gender for kind, gender in genders.items() for name in names[kind].split()}


DETERMINERS = words("determiners")
PREPOSITIONS = words("prepositions")
AUXILIARIES = words("auxiliaries")
WEEKDAYS = words("weekdays")
CALENDAR = WEEKDAYS | words("months")

HONORIFICS: Mapping[str, str] = load("titles")["honorifics"]
ABBREVIATED = _set("titles", "nouns", "abbreviated")
OFFICES = _set("titles", "nouns", "offices")
POSTS = OFFICES | ABBREVIATED | _set("titles", "nouns", "ranks") | _set("titles", "nouns", "posts")
_TITLES = POSTS | frozenset(HONORIFICS)
CORPORATE = _set("titles", "nouns", "corporate")
PERSONS = _set("titles", "nouns", "persons")
TRADES = _set("titles", "nouns", "trades")
_TRADE_ENDINGS = tuple(TRADES)
RELATIONS = _set("titles", "nouns", "relations")
FEMALE = _set("titles", "nouns", "female")
MALE = _set("titles", "nouns", "male")
MODIFIERS = _set("titles", "nouns", "modifiers")
LIMITING = _set("titles", "nouns", "limiting")
PORTFOLIOS = _set("titles", "nouns", "portfolios")
RANKS_OF_TWO = _set("titles", "nouns", "ranks_of_two")
SUCCEEDING = _set("titles", "nouns", "succeeding")
HEADING = _set("titles", "nouns", "heading")
LOCAL = _set("titles", "nouns", "local")
ENDED = tuple(load("titles")["nouns"]["ended"])
GRADES = _set("titles", "nouns", "grades")
OFFICE_LETTERS = _set("titles", "nouns", "letters_of_office")
HONOUR_LETTERS = _set("titles", "nouns", "letters_of_honour")
LETTERS = OFFICE_LETTERS | HONOUR_LETTERS | _set("titles", "nouns", "letters_of_degree")
ADDRESS = _set("titles", "nouns", "address")
NAMING = _set("titles", "nouns", "naming")
SHORT: Mapping[str, list[str]] = load("titles")["short"]

GIVEN = _given()

ORGANISATION_WORDS = _set("organisations", "words")
ORGANISATION_OPENERS = _set("organisations", "openers")
FIELDS = _set("organisations", "fields")
LEGAL = _set("organisations", "legal")
ORGANISATION_SUFFIXES = _set("organisations", "suffixes")
ORGANISATIONS = _set("organisations", "known", "names")
PARTIES = _set("organisations", "known", "parties")
ORGANISATION_SURNAMES = _set("organisations", "surnames")
TITLED_SURNAMES = _set("organisations", "titled_surnames") | ORGANISATION_SURNAMES
SOVEREIGNS = _set("organisations", "sovereigns")
OWNING = _set("organisations", "owning") | SOVEREIGNS
LONE = _set("organisations", "lone")
COMMON: Mapping[str, list[str]] = load("organisations")["common"]

OPENERS = (
    _set("speakers", "openers")
    | DETERMINERS
    | PREPOSITIONS
    | AUXILIARIES
    | WEEKDAYS
    | words("pronouns")
    | words("conjunctions")
)
NOT_GIVEN = _set("speakers", "not_given")
NOT_SURNAME = _set("speakers", "not_surname")
PLACE_SURNAMES = _set("speakers", "place_surnames")
COMMEMORATED = _set("speakers", "commemorated")
PARTICLES = _set("speakers", "particles")
SUFFIXES = _set("speakers", "suffixes")
DOCUMENTS = _set("speakers", "documents")
PARTICIPLES = _set("speakers", "participles")
FRAGMENTS = _set("speakers", "fragments")
GROUPS = _set("speakers", "groups")
ACTS = "|".join(load("speakers")["acts"])
VERBS = _set("speakers", "verbs")
PLACES = _set("speakers", "places")
NEUTRAL = tuple(load("speakers")["neutral"])
PRONOUNS: Mapping[str, str] = load("speakers")["pronouns"]


_CONTRACTED = ("'m", "'ve", "'re", "'d", "'ll", "'s")


def pronoun(words: str) -> tuple[str, int]:
    """The kind of pronoun that words are, and how long it is without a verb contracted into it; "" and 0 for others.

    >>> pronoun("She"), pronoun("I've"), pronoun("Ann")
    (('f', 3), ('i', 1), ('', 0))
    """
    key = words.lower().replace("’", "'")
    for tail in _CONTRACTED if "'" in key else ():
        key = key.removesuffix(tail)
    return (PRONOUNS[key], len(key)) if key in PRONOUNS else ("", 0)


@lru_cache(maxsize=16384)
def plain(word: str) -> str:
    """A word as the lists hold it.

    >>> plain("Sen.")
    'sen'
    """
    return word.lower().rstrip(".").replace("’", "'")


def is_title(key: str) -> bool:
    """Whether a word in plain form can stand before a name.

    >>> is_title("mrs"), is_title("senator"), is_title("table")
    (True, True, False)
    """
    return key in _TITLES


def leads_name(key: str) -> bool:
    """Whether a word in plain form can stand before a full name although it is no title: a trade, or what somebody is.

    >>> leads_name("beekeeper"), leads_name("resident"), leads_name("maker"), leads_name("rose")
    (True, True, False, False)
    """
    trade = key.endswith(_TRADE_ENDINGS) and any(key.endswith(ending) and len(key) > len(ending) + 1 for ending in TRADES)
    return (trade or key in PERSONS) and key not in GIVEN
