"""Capitalised runs of words: where a name can stand."""

import re

from onrecord.extract.speakers.lists import (
    ABBREVIATED,
    FIELDS,
    GIVEN,
    HONORIFICS,
    ORGANISATION_OPENERS,
    ORGANISATION_WORDS,
    ORGANISATIONS,
    OWNING,
    PARTICLES,
    PLACES,
    POSTS,
    plain,
)
from onrecord.extract.speakers.names import after_place

_UPPER = "".join(chr(code) for code in (*range(0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())
_SHORT_FORMS = frozenset(HONORIFICS) | ABBREVIATED | {"jr", "sr", "st"}
_PARTICLE = "|".join(sorted(PARTICLES, key=lambda word: (-len(word), word)))
# Greedy without a way back, so that no text makes it slow. A full stop is taken in where a capital follows: "Dr. Bell".
_REST = rf"\w*+(?:[-'’&](?!s\b)\w++)*+(?:\.(?=[ \xa0][{_UPPER}(]|[{_UPPER}]\.)(?:[{_UPPER}]\.)*+)?+"
_NICKNAME = rf"(?:[\"“(][{_UPPER}]\w{{1,15}}[\"”)] )?"
_RUN = re.compile(
    rf"[{_UPPER}](?<![\w@#/].){_REST}"
    rf"(?:[ \xa0]{{1,2}}(?:(?:{_PARTICLE}) ){{0,2}}{_NICKNAME}(?:(?:al|el|ul|as|d)[-'’])?[{_UPPER}]{_REST}){{0,8}}+"
)
_STOPPED = re.compile(r"(\S+)\.[ \xa0]+")
_OPEN_JOINTS = frozenset({" of ", " for ", " of the ", " for the ", " of The ", " for a ", " on ", " on the ", " to "})
_JOINTS = _OPEN_JOINTS | {" and ", " & ", "' ", "’ ", "'s ", "’s "}
LONGEST = 120  # Code points of a run that may be a name; longer ones are no names, and bounding them bounds the work.


def runs(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Capitalised runs, those joined that one name is made of ("Ministry" "of" "Health").

    >>> text = "The Ministry of Health told Dr. Ann van Dyke so."
    >>> [text[a:b] for a, b in runs(text)]
    ['The Ministry of Health', 'Dr. Ann van Dyke']
    """
    found: list[tuple[int, int]] = []
    left, right = -1, -LONGEST
    for match in _RUN.finditer(text, start, len(text) if end is None else end):
        a, b = match.span()
        if b - a > LONGEST:
            continue
        if a - right <= 9 and text[right:a] in _JOINTS and b - left <= LONGEST and _joins(text, left, right, a, b):
            found[-1] = (left, b)
            right = b
            continue
        if text.find(".", a, b) >= 0:
            found.extend(_sentences(text, a, b))
        else:
            found.append((a, b))
        left, right = found[-1]
    return found


def _sentences(text: str, a: int, b: int) -> list[tuple[int, int]]:
    """A run cut where a full stop ends a sentence rather than a short form or an initial."""
    found = []
    for match in _STOPPED.finditer(text, a, b):
        word = match.group(1)
        if plain(word) in _SHORT_FORMS or len(word) == 1 or "." in word:
            continue
        found.append((a, match.end(1)))
        a = match.end()
    return [*found, (a, b)]


def _joins(text: str, left: int, right: int, a: int, b: int) -> bool:
    """Whether the joint between two runs makes one name of them."""
    joint = text[right:a]
    before, after = [plain(word) for word in text[left:right].split()], [plain(word) for word in text[a:b].split()]
    if joint[0] in "'’":
        owner = before[-1].endswith("s") if len(joint) == 2 else before[-1] in OWNING or before[-2:-1] in (["st"], ["saint"])
        return owner and after[0] in ORGANISATION_WORDS
    if joint == " & ":
        return len(before) < 5 and len(after) < 4
    if joint == " and ":
        if " ".join([*before, "and", *after]) in ORGANISATIONS:
            return True
        single = len(before) == 1 or (len(before) == 2 and before[0] == "the")
        if (
            after[-1] in ORGANISATION_WORDS
            and len(after) > 1
            and before[0] not in GIVEN
            and before[-1] not in ORGANISATION_WORDS
        ):
            return True
        chain = "of" in before or "for" in before
        if chain and before[-1] in PLACES and after[0] in PLACES and not ORGANISATION_WORDS.isdisjoint(before):
            return True  # "High Court of England and Wales"
        if chain and not ORGANISATION_OPENERS.isdisjoint(before) and FIELDS.issuperset(after):
            return True  # "Department of Forestry and Fire Protection"
        return (single or chain) and len(after) > 1 and (after[-1] in ORGANISATION_WORDS or after[-1] in POSTS)
    opener = before[-2] if before[-1] == "general" and len(before) > 1 else before[-1]  # "Directorate General of ..."
    return opener in ORGANISATION_OPENERS or (joint == " of " and bool(after_place([before[-1], "of", *after], 1)))
