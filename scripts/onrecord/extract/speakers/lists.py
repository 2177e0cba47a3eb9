"""The word lists of the rule files, as sets to ask and under names to read. A word is asked for in its `plain` form."""

from collections.abc import Mapping
from typing import Any

from onrecord.extract.lexicon import load, words


def _set(file: str, *keys: str) -> frozenset[str]:
    value: Any = load(file)
    for key in keys:
        value = value[key]
    return frozenset(value)


def _given() -> dict[str, str]:
    names = load("givennames")
    genders = {"male": "m", "female": "f", "either": ""}
    return {name: gender for kind, gender in genders.items() for name in names[kind].split()}


DETERMINERS = words("determiners")
PREPOSITIONS = words("prepositions")
AUXILIARIES = words("auxiliaries")
WEEKDAYS = words("weekdays")
CALENDAR = WEEKDAYS | words("months")

HONORIFICS: Mapping[str, str] = load("titles")["honorifics"]
ABBREVIATED = _set("titles", "nouns", "abbreviated")
OFFICES = _set("titles", "nouns", "offices")
POSTS = OFFICES | ABBREVIATED | _set("titles", "nouns", "ranks") | _set("titles", "nouns", "posts")
CORPORATE = _set("titles", "nouns", "corporate")
PERSONS = _set("titles", "nouns", "persons")
RELATIONS = _set("titles", "nouns", "relations")
FEMALE = _set("titles", "nouns", "female")
MALE = _set("titles", "nouns", "male")
MODIFIERS = _set("titles", "nouns", "modifiers")
LIMITING = _set("titles", "nouns", "limiting")
HEADING = _set("titles", "nouns", "heading")
SHORT: Mapping[str, list[str]] = load("titles")["short"]

GIVEN = _given()

ORGANISATION_WORDS = _set("organisations", "words")
ORGANISATION_OPENERS = _set("organisations", "openers")
ORGANISATION_SUFFIXES = _set("organisations", "suffixes")
ORGANISATIONS = _set("organisations", "known", "names")
PARTIES = _set("organisations", "known", "parties")
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
PARTICLES = _set("speakers", "particles")
SUFFIXES = _set("speakers", "suffixes")
DOCUMENTS = _set("speakers", "documents")
PARTICIPLES = _set("speakers", "participles")
GROUPS = _set("speakers", "groups")
VERBS = _set("speakers", "verbs")
PLACES = _set("speakers", "places")
NEUTRAL = tuple(load("speakers")["neutral"])
PRONOUNS: Mapping[str, str] = load("speakers")["pronouns"]


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
    return key in POSTS or key in HONORIFICS
