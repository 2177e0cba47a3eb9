"""Whether the m behind a number is a million or metres: "the list stood at 7.4m", "the wall is 7.4m high"."""

import re
from typing import Final

from onrecord.extract.figures.tokens import plural
from onrecord.extract.lexicon import load, one_of

_METRES: Final = load("figures")["metres"]

_OTHER_END = r"(?: ?[-–] ?| (?:to|and|or|by|x) |, )(?:about )?\d[\d.,]* ?m\b"

# What has a length stands right behind: "1.2m high", "1.2m to 1.5m long", "3.5m (11ft)", "2.5m x 4m", "1.5m/s".
_LONG = re.compile(rf"(?:{_OTHER_END})?(?:[ )-]*(?:{one_of(_METRES['after'])})\b|(?: ?[x×] ?\d| by \d))")

_BESIDE: Final = re.compile(rf"(?:\d ?|\b)(?:{one_of(_METRES['units'])})\b")

# Behind a rise in per cent, what a thing rose to is more often millions than metres: "rose 4% to 2.1m".
_MOVED_TO = re.compile(r"(?:%|\bper ?cent)[^.;,%]{0,24} to (?:about |around |nearly |over )?$")
_MOVED = 44

_NEXT_WORDS = re.compile(r"(?: [^\W\d_]+(?:-[^\W\d_]+)?){1,3}")
_REACH = 100  # characters before a number in which what it measures is looked for
_BESIDE_REACH = 60  # characters on either side in which another length is looked for

_NUMBERED = re.compile(rf"\b(?:{one_of(_METRES['numbered'])})\b")
_LENGTHS = re.compile(rf"\b(?:{one_of(_METRES['lengths'])})\b")
_LENGTH_OF = re.compile(rf"\b(?:{one_of(_METRES['lengths'])}) of(?: about| around| up to| nearly| over)? $")
_REACHING = re.compile(rf"\b(?:{one_of(_METRES['reaching'])}) $")
_LEADS = re.compile(rf"\b(?:{one_of(_METRES['leads'])})(?: about| around| nearly| over| just over| almost| some)? $")
_DETERMINED = re.compile(r"(?<!of )(?<!among )\b(?:an?|the|each|every|this|that|his|her|its|their) $")
_SINGLE = re.compile(r"\b[Aa]n? $")
_LISTED = re.compile(r"(?:\d[\d.,]* ?m?(?:,| and| or| to| by| ?[-–x×]) ?){1,4}$")
_STOPS: Final = re.compile(r"[;:()“”\"]")
_GIVEN: Final = frozenset(name for listed in load("givennames").values() for name in listed.split())
_PERSON = re.compile(r"\b([A-Z][a-zà-ÿ]+) (?:[A-Z][\w’'-]+ )?[A-Z][\w’'-]+(?:, | \()$")
_OF_A_PERSON = re.compile(r"\b(?:he|she|his|her|hair|haired|build|built|slim|stocky)\b")
_PERSON_REACH = 48  # characters before a number in which a person's name is looked for
_TALL = (1.3, 2.3)  # metres that a person can measure


def is_million(text: str, start: int, end: int) -> bool:
    """Whether the m that ends a number is a million.

    Another length beside it, or an adjective or noun of length, makes it metres; a plural behind it, or a word before it for
    what is counted, a million. Where nothing tells, the m of a decimal is a million, as news writes it, and any other is not.

    Args:
        text: the sentence.
        start: where the number starts.
        end: where it ends, behind its m.

    >>> [is_million(t, t.index("2"), len(t)) for t in ("The list stood at 2.4m", "She cleared 2.4m", "He ran 200m")]
    [True, False, False]
    """
    if text[end - 1] == "M":
        return True
    if _LONG.match(text, end):
        return False
    following = _NEXT_WORDS.match(text, end)
    if following and any(plural(word) for word in following[0].lower().split()[: _nouns(text, start)]):
        return True
    if _MOVED_TO.search(text, max(0, start - _MOVED), start):
        return True
    if text.startswith("-strong", end):
        return True
    if _BESIDE.search(text, max(0, start - _BESIDE_REACH), start) or _BESIDE.search(text, end, end + _BESIDE_REACH):
        return False
    if _height(text, start, end):
        return False
    before = _LISTED.sub("", _STOPS.split(text[max(0, start - _REACH) : start])[-1].lower())
    return text[end - 2].isdecimal() and _counts(before, following[0].lower() if following else "", "." in text[start:end])


def _height(text: str, start: int, end: int) -> bool:
    """Whether a decimal stands alone behind a person's name, and is how tall she is: "Ada Holm, 1.72m, and"."""
    if text[start - 2 : start] not in (", ", " (") or text[end : end + 1] not in (",", ")", ";", "."):
        return False
    if "." not in text[start:end] or not _TALL[0] <= float(text[start : end - 1].replace(",", "")) <= _TALL[1]:
        return False
    name = _PERSON.search(text, max(0, start - _PERSON_REACH), start)
    if name is None or not (name[1].lower() in _GIVEN or _OF_A_PERSON.search(text, end, end + _REACH)):
        return False
    return not _NUMBERED.search(text[max(0, name.start() - _REACH) : name.start()].lower())


def _nouns(text: str, start: int) -> int:
    """How many words behind a number can be nouns that it counts: behind "a" one, then a verb may come."""
    return 1 if _SINGLE.search(text, max(0, start - 4), start) else 3


def _counts(before: str, after: str, decimal: bool) -> bool:
    """Whether the words around a number say that it counts; where they say nothing, a decimal does."""
    if _DETERMINED.search(before):
        return _NUMBERED.search(after) is not None  # "a 1.2m fence", but "a 1.2m rise"
    if _LENGTH_OF.search(before):
        return False
    if _NUMBERED.search(before):
        return decimal or _LEADS.search(before) is not None
    return decimal and not (_REACHING.search(before) or _LENGTHS.search(before) or _LENGTHS.search(after))
