"""Capitalised runs of words, and what each is the name of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.extract.lexicon import load, words

FormKind = Literal["person", "maybe", "organisation", "post", "single", "acronym", "other"]

_UPPER = "".join(chr(code) for code in (*range(0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())
_SHORT = "|".join(sorted({*load("titles")["honorifics"], *load("titles")["nouns"]["abbreviated"], "jr", "sr", "st"}))
_WORD = (
    rf"(?:(?i:{_SHORT})\.(?=[ \xa0(])|(?:[{_UPPER}]\.){{1,4}}|(?:al|el|ul|as|ad|d|[dl])[-'’][{_UPPER}]\w+"
    rf"|[{_UPPER}]\w*(?:[-'’&](?!s\b)\w+)*)"
)
_PARTICLE = "|".join(sorted(load("speakers")["particles"], key=lambda word: (-len(word), word)))
_RUN = re.compile(
    rf"(?<![\w@#/])(?=[{_UPPER}]|[ade]l?s?[-'’])(?:{_WORD})"
    rf"(?:[ \xa0]{{1,2}}(?:(?:{_PARTICLE}) ){{0,2}}(?:[\"“(][{_UPPER}]\w{{1,15}}[\"”)] )?(?:{_WORD})){{0,8}}"
)
_JOINTS = frozenset({" of ", " for ", " and ", " of the ", " for the ", " & ", " of The ", " on ", " on the ", " to ", "' ", "’ ", "'s ", "’s "})
_POSSESSIVE_HEADS = frozenset({"people", "children", "women", "men", "workers"})
_CONNECTORS = frozenset({"of", "for", "and", "the", "&", "in", "on", "to"})
LONGEST = 120  # Code points of a run that may be a name; longer ones are no names, and bounding them bounds the work.


@dataclass(frozen=True, slots=True)
class Form:
    """A capitalised run taken apart; offsets count from the start of the run.

    `post` is what stands before the name in the run itself ("Queensland Premier"), `honorific` a form of address; `opens` is
    where the first of these, or the name, begins.
    """

    kind: FormKind
    start: int
    end: int
    words: tuple[str, ...]
    post: tuple[int, int] | None = None
    honorific: str | None = None
    opens: int = 0


@cache
def openers() -> frozenset[str]:
    """Words that open a sentence and are no part of a name."""
    closed = ("determiners", "pronouns", "prepositions", "conjunctions", "auxiliaries", "weekdays")
    return frozenset(load("speakers")["openers"]).union(*(words(name) for name in closed))


@cache
def vocabulary(file: str, *keys: str) -> frozenset[str]:
    """A list of a rule file as a set.

    >>> "mayor" in vocabulary("titles", "nouns", "offices")
    True
    """
    value = load(file)
    for key in keys:
        value = value[key]
    return frozenset(value)


@cache
def given() -> dict[str, str]:
    """Given names with the gender they tell, "" where men and women share them."""
    names = load("givennames")
    either = dict.fromkeys(names["either"].split(), "")
    return dict.fromkeys(names["male"].split(), "m") | dict.fromkeys(names["female"].split(), "f") | either


@cache
def posts() -> frozenset[str]:
    """Every noun that can be the last word of a role."""
    kinds = ("abbreviated", "offices", "ranks", "posts")
    return frozenset().union(*(vocabulary("titles", "nouns", kind) for kind in kinds))


def plain(word: str) -> str:
    """A word as the lexicons hold it."""
    return word.lower().rstrip(".").replace("’", "'")


def is_title(word: str) -> bool:
    """Whether a lower-case word can stand before a name: "mrs", "senator"."""
    return word in posts() or word in load("titles")["honorifics"]


def runs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Capitalised runs, those joined that one name is made of ("Ministry" "of" "Health").

    >>> text = "The Ministry of Health told Dr. Ann van Dyke so."
    >>> [text[a:b] for a, b in runs(text)]
    ['The Ministry of Health', 'Dr. Ann van Dyke']
    """
    left, right = -1, -1
    for match in _RUN.finditer(text, start, len(text) if end is None else end):
        a, b = match.span()
        if b - a > LONGEST:
            continue
        if left >= 0 and a - right <= 9 and b - left <= LONGEST and _joins(text, left, right, a, b):
            right = b
            continue
        if left >= 0:
            yield left, right
        left, right = a, b
    if left >= 0:
        yield left, right


def _joins(text: str, left: int, right: int, a: int, b: int) -> bool:
    joint = text[right:a]
    if joint not in _JOINTS:
        return False
    before, after = [plain(word) for word in text[left:right].split()], [plain(word) for word in text[a:b].split()]
    organisation = vocabulary("organisations", "words")
    if joint[0] in "'’":
        plural = before[-1].endswith("s") if len(joint) == 2 else before[-1] in _POSSESSIVE_HEADS
        return plural and after[0] in organisation
    if joint == " & ":
        return len(before) < 5 and len(after) < 4
    if joint == " and ":
        single = len(before) == 1 or (len(before) == 2 and before[0] == "the")
        if after[-1] in organisation and len(after) > 1 and before[0] not in given() and before[-1] not in organisation:
            return True
        chain = "of" in before or "for" in before
        return (single or chain) and len(after) > 1 and (after[-1] in organisation or after[-1] in posts())
    return before[-1] in vocabulary("organisations", "openers")


@cache
def _calendar() -> frozenset[str]:
    return words("weekdays") | words("months")


def take_apart(run: str) -> Form | None:
    """What a capitalised run is the name of, as far as its own words tell.

    >>> form = take_apart("Queensland Premier Bronwyn Hale")
    >>> form.kind, form.words, form.post
    ('person', ('Bronwyn', 'Hale'), (0, 18))
    >>> take_apart("The Ministry of Health").kind
    'organisation'
    """
    pieces = [(match.start(), match.end(), match.group()) for match in re.finditer(r"\S+", run)]
    while pieces and (_opens(pieces) or len(pieces) > 1 and pieces[0][2].endswith(("-old", "-olds"))):
        pieces.pop(0)
    while pieces and (plain(pieces[-1][2]) in _calendar() or pieces[-1][2] in _CONNECTORS) and not _given_first(pieces):
        pieces.pop()
    if not pieces:
        return None
    if len(pieces) == 1:
        return _single(pieces[0])
    return _several(pieces)


def _given_first(pieces: list[tuple[int, int, str]]) -> bool:
    return len(pieces) == 2 and plain(pieces[0][2]) in given()


def _opens(pieces: list[tuple[int, int, str]]) -> bool:
    word = plain(pieces[0][2])
    if word in load("titles")["honorifics"] and len(pieces) > 1:
        return False
    if word in given() and len(pieces) > 1:
        return False
    return word in openers() or word in _calendar() and len(pieces) > 1


def _single(piece: tuple[int, int, str]) -> Form:
    start, end, word = piece
    kind: FormKind = "post" if is_title(plain(word)) else "single"
    letters = word.replace(".", "").replace("&", "")
    if kind == "single" and 2 <= len(letters) <= 8 and letters.isupper():
        kind = "acronym"
    if plain(word) in vocabulary("organisations", "known", "names"):
        kind = "organisation"
    return Form(kind, start, end, (word,), opens=start)


def _several(pieces: list[tuple[int, int, str]]) -> Form:
    lower = [plain(piece[2]) for piece in pieces]
    last = len(lower) - 1
    while last > 1 and lower[last] in vocabulary("speakers", "suffixes"):
        last -= 1
    title = _last_title(lower, last)
    marks = [i for i, word in enumerate(lower) if word in vocabulary("organisations", "words")]
    if " ".join(lower) in vocabulary("organisations", "known", "names"):
        return _whole("organisation", pieces)
    if is_title(lower[last]) and lower[last] not in vocabulary("titles", "nouns", "abbreviated") and (lower[0] not in given() or lower[0] in posts()) and not (title == 0 and last == 1 and _rare(lower[0])):
        return _whole("organisation" if marks and lower[last] in vocabulary("organisations", "words") else "post", pieces)
    if title is not None and not (marks and marks[-1] > title):
        return _titled(pieces, lower, title)
    if marks and not (lower[0] in given() and len(lower) == 2 and marks == [1] and lower[1] in ("church", "house", "star", "post", "kirk")):
        return _whole("organisation", pieces)
    return _whole(_shape(pieces, lower, last), pieces)


def _rare(word: str) -> bool:
    return word in load("titles")["honorifics"]


def _whole(kind: FormKind, pieces: list[tuple[int, int, str]]) -> Form:
    return Form(kind, pieces[0][0], pieces[-1][1], tuple(piece[2] for piece in pieces), opens=pieces[0][0])


def _shape(pieces: list[tuple[int, int, str]], lower: list[str], last: int) -> FormKind:
    first = lower[0]
    if len(pieces) > 6 or lower[last] in vocabulary("speakers", "not_surname") or any(word in _CONNECTORS for word in lower):
        return "other"
    if any(word in words("weekdays") for word in lower):
        return "other"
    initials = pieces[0][2].endswith(".") and len(first.replace(".", "")) <= 3
    if first in given() or first.split("-")[0] in given() or initials:
        return "person"
    if first in vocabulary("speakers", "not_given") or len(pieces) > 4 or first in vocabulary("organisations", "known", "parties"):
        return "other"
    return "maybe"


def _last_title(lower: list[str], last: int) -> int | None:
    for i in range(last - 1, -1, -1):
        state = lower[i] == "state" and i > 1 and lower[i - 1] == "of"
        if state or is_title(lower[i]):
            named = lower[i] in given() and lower[i] not in load("titles")["honorifics"]
            inner = i > 0 and lower[i - 1] in given() and last - i >= 1 and lower[i] not in load("titles")["honorifics"]
            if not named and not inner:
                return i
    return None


def _titled(pieces: list[tuple[int, int, str]], lower: list[str], title: int) -> Form:
    name = title + 1
    if lower[name] in _CONNECTORS:
        later = [i for i in range(name + 1, len(lower) - 1) if lower[i] in given()]
        if not later:
            return _whole("post", pieces)
        name = later[0]
    honorific, post = None, name
    while post > 0 and lower[post - 1] in load("titles")["honorifics"]:
        post -= 1
        honorific = lower[post]
    span = (pieces[0][0], pieces[post - 1][1]) if post and any(word in posts() for word in lower[:post]) else None
    names = tuple(piece[2] for piece in pieces[name:])
    if lower[-1] in vocabulary("speakers", "not_surname") and honorific is None:
        return _whole("other", pieces)
    return Form("person", pieces[name][0], pieces[-1][1], names, span, honorific, pieces[0][0] if span else pieces[post][0])
