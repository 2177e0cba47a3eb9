"""Whether a number from 1500 to 2099 is a year: only the words around it can tell."""

import re

from onrecord.extract.dates.around import Around, around
from onrecord.extract.dates.vocabulary import listed
from onrecord.extract.lexicon import words

_YEAR = r"(?<![\d,.])(?:1[5-9]|20)\d\d(?:[-–/]\d\d(?:\d\d)?)?"
_AFTER_A_YEAR = re.compile(rf"{_YEAR}(?:,\s(?:and\s|or\s)?|\s(?:and|or|to|than|through)\s(?:in\s)?|\s?[-–/]\s?)\Z")
_RANGE_END = re.compile(r"(?:\s(?:and|to|or)\s|[-–])\d[\d,.]*(?:\s|-)(\w+)")
_HYPHENATED = re.compile(r"-([a-z]{3,})")
_NAMED_PLURAL = re.compile(r"\s[A-Z][\w-]+\s[a-z]+s\b")  # 2000 Olympic pools
_NEVER_AFTER = tuple("$£€¥₹#@+*=/.:&_")
_OPEN, _CLOSE = ("(", "["), tuple(")],;:–-")


def is_year(text: str, match: re.Match[str]) -> bool:
    """Whether the words around a match say that its number is a year."""
    near, number = around(text, *match.span()), match["year"]
    if near.left.endswith(_NEVER_AFTER) or counted(near) or _many(number, near):
        return False
    return any(
        ground(near) for ground in (_event, _preposition, _another_year, _bracket, _possessor, _determiner, _name, _subject)
    )


def is_run_of_years(text: str, match: re.Match[str]) -> bool:
    """Whether two numbers are years: 2019-20 follows on; 2015-2019 only where nothing is counted."""
    first, last = int(match["year"]), match["year2"]
    second = int(last) if len(last) == 4 else first // 100 * 100 + int(last) + (100 if int(last) < first % 100 else 0)
    near = around(text, *match.span())
    if near.left.endswith(_NEVER_AFTER) or counted(near) or not 0 < second - first < 200:
        return False
    if second == first + 1:
        return True
    return (len(last) == 4 and not (first % 100 == 0 and second % 100 == 0)) or is_year(text, match)


def counted(near: Around) -> bool:
    """Whether a number, or the range that it opens, is followed by what it counts or by a unit."""
    other = _RANGE_END.match(near.right)
    return any(noun.lower() in listed("years", "counted") for noun in (near.noun, other[1] if other else ""))


def _many(number: str, near: Around) -> bool:
    """A round number before a plural is a count: 1500 visitors; but the 2000 elections."""
    if not number.endswith("00"):
        return False
    hyphen = _HYPHENATED.match(near.right)
    if hyphen:
        return hyphen[1] not in listed("years", "hyphenated")  # a 1900-seat hall, but a 1900-style one
    plural = near.noun.endswith("s") and near.noun not in words("auxiliaries")
    grounded = near.first in listed("years", "determiners") or near.first in listed("years", "before")
    named = not grounded and _NAMED_PLURAL.match(near.right) is not None
    return named or (plural and near.noun not in listed("years", "events"))


def _event(near: Around) -> bool:
    return near.noun in listed("years", "events")


def _preposition(near: Around) -> bool:
    if near.first == "of" and near.second in listed("years", "quantities"):
        return False
    if near.first == "to":
        return near.second in listed("years", "before_to")
    if near.first in listed("lists", "approximate") and near.second in listed("years", "before"):  # in about 2010
        return True
    return near.first in listed("years", "before") and (
        not near.left.endswith("-") or near.first in listed("years", "prefixes")
    )


def _another_year(near: Around) -> bool:
    return bool(_AFTER_A_YEAR.search(near.left))


def _bracket(near: Around) -> bool:
    return near.left.endswith(_OPEN) and (near.right.startswith(_CLOSE) or bool(near.noun))


def _possessor(near: Around) -> bool:
    return near.right.startswith(("'s ", "’s "))


def _determiner(near: Around) -> bool:
    return bool(near.noun) and near.left.endswith(" ") and (near.possessed or near.first in listed("years", "determiners"))


def _name(near: Around) -> bool:
    """The recalled 2005 Opel; not Flight 1549 Captain, not 1500 Syrians, nor its roughly 2000 Thai stores."""
    if near.first in listed("lists", "approximate"):
        return False
    *_, word = ["", *near.left.split()]
    return near.noun[:1].isupper() and near.left.endswith(" ") and word.isalpha() and word.islower()


def _subject(near: Around) -> bool:
    return near.opens_sentence and near.noun in listed("years", "verbs")
