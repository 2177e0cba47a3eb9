"""What a capitalised run of words is the name of."""

from dataclasses import replace
from functools import lru_cache
from typing import Literal

from onrecord.extract.speakers.lists import (
    ABBREVIATED,
    ADDRESS,
    CALENDAR,
    COMMEMORATED,
    GIVEN,
    GROUPS,
    HONORIFICS,
    HONOUR_LETTERS,
    LEGAL,
    LETTERS,
    LOCAL,
    MODIFIERS,
    NAMING,
    NOT_GIVEN,
    NOT_SURNAME,
    OPENERS,
    ORGANISATION_SURNAMES,
    ORGANISATION_WORDS,
    ORGANISATIONS,
    PARTIES,
    PERSONS,
    PLACE_SURNAMES,
    PLACES,
    POSTS,
    RANKS_OF_TWO,
    SOVEREIGNS,
    SUFFIXES,
    TITLED_SURNAMES,
    VERBS,
    WEEKDAYS,
    fold,
    is_title,
    leads_name,
    plain,
)
from onrecord.extract.values import value

FormKind = Literal["person", "maybe", "organisation", "post", "single", "acronym", "other"]

_CONNECTORS = frozenset({"of", "for", "and", "the", "a", "&", "in", "on", "to"})
_IN_NO_NAME = _CONNECTORS | WEEKDAYS
_OF_BODIES = PLACES | ORGANISATION_WORDS
_PLACED_OR_TITLED = PLACE_SURNAMES | TITLED_SURNAMES
_UNFIT = NOT_GIVEN | NOT_SURNAME | ORGANISATION_WORDS | PLACES | GROUPS | _CONNECTORS | POSTS
_NO_FIRST = _UNFIT | MODIFIERS
_NOT_LAST = NOT_GIVEN | NOT_SURNAME | PLACES
_SHARED_SURNAMES = PLACE_SURNAMES | ORGANISATION_SURNAMES
_ONLY_SURNAMES = PLACE_SURNAMES - PLACES
_NOT_PERSONS = NOT_GIVEN | ORGANISATIONS | PARTIES


@value
class Form:
    """A capitalised run taken apart; offsets count from the start of the run. `keys` are its words as the lexicons hold them.

    `post` is what stands before the name in the run itself ("Queensland Premier"), `honorific` a form of address; `opens` is
    where the first of these, or the name, begins.
    """

    kind: FormKind
    start: int
    end: int
    words: tuple[str, ...]
    keys: tuple[str, ...]
    post: tuple[int, int] | None = None
    honorific: str | None = None
    opens: int = 0


@lru_cache(maxsize=16384)
def take_apart(run: str) -> Form | None:
    """What a capitalised run is the name of, as far as its own words tell.

    >>> form = take_apart("Queensland Premier Bronwyn Hale")
    >>> form.kind, form.words, form.post
    ('person', ('Bronwyn', 'Hale'), (0, 18))
    >>> take_apart("The Ministry of Health").kind
    'organisation'
    """
    written = run.split()
    if len(written) == 1:
        return _alone(run, written[0])
    pieces, end = list[tuple[int, int, str]](), 0
    for word in written:
        start = run.index(word, end)
        end = start + len(word)
        pieces.append((start, end, word))
    while pieces and (_opens(pieces) or (len(pieces) > 1 and pieces[0][2].endswith(("-old", "-olds")))):
        pieces.pop(0)
    while pieces and (plain(pieces[-1][2]) in CALENDAR or pieces[-1][2] in _CONNECTORS) and not _named_so(pieces):
        pieces.pop()
    if not pieces:
        return None
    letters = _letters([piece[2] for piece in pieces]) if pieces[-1][2] in LETTERS else 0
    pieces = pieces[: len(pieces) - letters]
    if len(pieces) == 1:
        return replace(_single(pieces[0]), kind="person") if letters else _single(pieces[0])
    return _several(pieces, lettered=letters > 0)


def _alone(run: str, word: str) -> Form | None:
    """What a run of one word is the name of; nothing where the word only opens a sentence, or is a day or month."""
    key = plain(word)
    if (key in OPENERS and word != "WHO") or key in CALENDAR or word in _CONNECTORS:
        return None
    start = run.index(word)
    return _single((start, start + len(word), word))


def _letters(words: list[str]) -> int:
    """How many of the last words are letters behind a person's name: those of an office stand behind a place's, too."""
    count = 0
    while len(words) - count > 1 and words[-count - 1] in LETTERS:
        left = [plain(word) for word in words[: -count - 1]]
        person = any(fold(word) in GIVEN or is_title(word) for word in left[:-1])
        if words[-count - 1] not in HONOUR_LETTERS and (not person or left[-1] in _NOT_LAST):
            break
        count += 1
    return count


def _named_so(pieces: list[tuple[int, int, str]]) -> bool:
    """Whether a month at the end is a surname: "Theresa May"."""
    return len(pieces) > 1 and plain(pieces[-2][2]) in GIVEN and pieces[-1][2] not in _CONNECTORS


def _opens(pieces: list[tuple[int, int, str]]) -> bool:
    word = plain(pieces[0][2])
    if (word in HONORIFICS or word in GIVEN) and len(pieces) > 1:
        return False
    if pieces[0][2] == "WHO" and len(pieces) == 1:
        return False
    if len(pieces) > 1 and word in ORGANISATION_WORDS and plain(pieces[1][2]) in _OF_BODIES:
        return False  # "Police Scotland"
    if len(pieces) > 2 and plain(pieces[1][2]).split("'")[0] in SOVEREIGNS:
        return False  # "His Majesty's Inspectorate"
    return word in OPENERS or (word in CALENDAR and len(pieces) > 1)


def _single(piece: tuple[int, int, str]) -> Form:
    start, end, word = piece
    key = plain(word)
    kind: FormKind = "post" if is_title(key) else "single"
    letters = word.replace(".", "").replace("&", "")
    if kind == "single" and 2 <= len(letters) <= 8 and letters.isupper():
        kind = "acronym"
    if key in ORGANISATIONS:
        kind = "organisation"
    return Form(kind, start, end, (word,), (fold(key),), opens=start)


def _several(pieces: list[tuple[int, int, str]], lettered: bool) -> Form:
    lower = [plain(piece[2]) for piece in pieces]
    last = len(lower) - 1
    while last > 1 and lower[last] in SUFFIXES:
        last -= 1
    title = _last_title(lower, last)
    marks = [i for i, word in enumerate(lower) if word in ORGANISATION_WORDS]
    if " ".join(lower) in ORGANISATIONS or ("general" in lower and _body_general(lower)):
        return _whole("organisation", pieces, lower)
    if (
        is_title(lower[last])
        and lower[last] not in ABBREVIATED
        and (lower[0] not in GIVEN or lower[0] in POSTS)
        and not (title == 0 and last == 1 and lower[0] in HONORIFICS)
    ):
        return _whole("organisation" if marks and lower[last] in ORGANISATION_WORDS else "post", pieces, lower)
    family = lettered or _family(lower, last, title)
    if marks and marks[-1] == last and family:
        marks.pop()
    if title is not None and not (marks and marks[-1] > title):
        return _titled(pieces, lower, title, family)
    if marks:
        return _whole("organisation", pieces, lower)
    if last > 1 and lower[0] in PLACES and fold(lower[1]) in GIVEN:  # "Vermont Bernie Sanders"
        return _whole(_shape(pieces[1:], lower[1:], last - 1), pieces[1:], lower[1:])
    if last == 2 and leads_name(lower[0]) and not leads_name(lower[1]):  # "Beekeeper Lotte Maas"
        form = _titled(pieces, lower, 0, lettered or _family(lower, last, 0))
        return replace(form, post=(pieces[0][0], pieces[0][1]) if lower[0] not in PERSONS else None)
    return _whole("person" if lettered and len(pieces) < 5 else _shape(pieces, lower, last), pieces, lower)


def _body_general(lower: list[str]) -> bool:
    """Whether the "general" of a name is a body's: "Directorate General of Fisheries", but not "Secretary General"."""
    at = lower.index("general")
    return at > 0 and lower[at - 1] in ORGANISATION_WORDS and (at + 1 == len(lower) or lower[at + 1] in _CONNECTORS)


def _family(lower: list[str], last: int, title: int | None) -> bool:
    """Whether a last word that names places or bodies too is a surname: by the given name, title or post before it."""
    word, first = lower[last], 0 if title is None else title + 1
    if title is not None and lower[title] in ADDRESS and first == last:
        return word not in LEGAL
    if word not in _PLACED_OR_TITLED or last - first > 2:
        return False
    naming = title is not None and lower[title] in NAMING and (title == 0 or lower[title - 1] not in POSTS)
    if first == last:
        return not naming and word in _ONLY_SURNAMES
    given = fold(lower[first]) in GIVEN
    if title is None:
        return given and word in _SHARED_SURNAMES
    if naming:
        return given and lower[first] not in COMMEMORATED
    return given or (last - first == 1 and lower[first] not in _NO_FIRST)


def called_after(form: Form) -> bool:
    """Whether a name is rather a place's, called after somebody: "Victoria Park"; only the words around make it a person's."""
    place = form.kind == "maybe" and form.keys[-1] in PLACE_SURNAMES
    return place and (form.keys[0] in COMMEMORATED or form.keys[0] not in GIVEN)


def _whole(kind: FormKind, pieces: list[tuple[int, int, str]], lower: list[str]) -> Form:
    start = pieces[0][0]
    return Form(kind, start, pieces[-1][1], tuple([piece[2] for piece in pieces]), tuple(map(fold, lower)), opens=start)


def _shape(pieces: list[tuple[int, int, str]], lower: list[str], last: int) -> FormKind:
    first = lower[0]
    placed = last == 1 and lower[last] in PLACE_SURNAMES and first not in _NO_FIRST and first not in PARTIES
    if lower[last] in NOT_SURNAME and (placed or _family(lower, last, None)):
        return "maybe"
    joined = not _IN_NO_NAME.isdisjoint(lower) and any(
        plain(piece[2]) in _IN_NO_NAME for piece in pieces if piece[2][-1] != "."
    )
    if len(pieces) > 6 or lower[last] in NOT_SURNAME or lower[last] in GROUPS or joined:
        return "other"
    initials = first not in NOT_GIVEN and pieces[0][2].endswith(".") and len(first.replace(".", "")) <= 3
    if fold(first) in GIVEN or fold(first.split("-")[0]) in GIVEN or initials:
        return "person"
    network = pieces[0][2].isupper() and len(first) > 2 and not pieces[-1][2].isupper()  # "CNN Philippines"
    if first in _NOT_PERSONS or len(pieces) > 4 or (network and "." not in first):
        return "other"
    return "maybe"


def _last_title(lower: list[str], last: int) -> int | None:
    for i in range(last - 1, -1, -1):
        state = lower[i] == "state" and i > 1 and lower[i - 1] == "of"
        if state or is_title(lower[i]) or (i and f"{lower[i - 1]} {lower[i]}" in RANKS_OF_TWO):
            named = lower[i] in GIVEN and lower[i] not in HONORIFICS
            inner = i > 0 and lower[i - 1] in GIVEN and lower[i + 1] not in GIVEN and lower[i] not in HONORIFICS
            if not named and not inner:
                return i
    return None


def after_place(lower: list[str], joint: int) -> list[int]:
    """Where the name begins after the place that a post is held in, as a list that is empty where none does.

    Args:
        lower: the words in plain form.
        joint: which of them is the "of" between post and place.

    >>> after_place(["mayor", "of", "elbing", "karol", "kern"], 1)
    [3]
    """
    name = len(lower) - 2
    if lower[joint - 1] not in LOCAL or lower[joint] != "of" or not joint + 1 < name <= joint + 3:
        return []
    return [] if not _UNFIT.isdisjoint(lower[name:]) else [name]


def _titled(pieces: list[tuple[int, int, str]], lower: list[str], title: int, family: bool) -> Form:
    name = title + 1
    if lower[name] in _CONNECTORS:
        later = [i for i in range(name + 1, len(lower) - 1) if fold(lower[i]) in GIVEN] or after_place(lower, name)
        if not later:
            return _whole("post", pieces, lower)
        name = later[0]
    honorific, post = None, name
    while post > 0 and lower[post - 1] in HONORIFICS:
        post -= 1
        honorific = lower[post]
    span = (pieces[0][0], pieces[post - 1][1]) if post and not POSTS.isdisjoint(lower[:post]) else None
    names = tuple([piece[2] for piece in pieces[name:]])
    if honorific is None and len(names) == 1 and lower[-1] in VERBS:
        return _whole("post", pieces, lower)
    if lower[-1] in NOT_SURNAME and honorific is None and not family:
        return _whole("other", pieces, lower)
    return Form(
        "person",
        pieces[name][0],
        pieces[-1][1],
        names,
        tuple(map(fold, lower[name:])),
        span,
        honorific,
        pieces[0][0] if span else pieces[post][0],
    )
