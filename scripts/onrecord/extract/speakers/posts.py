"""A post: the word that names it, and the organisation that its own words name."""

import re
from dataclasses import replace

from onrecord.extract.speakers.capitals import runs
from onrecord.extract.speakers.lists import (
    ABBREVIATED,
    COMMON,
    CORPORATE,
    LIMITING,
    MODIFIERS,
    OFFICES,
    OPENERS,
    ORGANISATION_WORDS,
    ORGANISATIONS,
    PARTICIPLES,
    PARTIES,
    PLACES,
    POSTS,
    RELATIONS,
    plain,
)
from onrecord.extract.speakers.names import take_apart
from onrecord.extract.speakers.voices import Post

Span = tuple[int, int]
Word = tuple[int, int, str]
LONGEST_WORD = 25
_ANY = r"[^\s,;:.!?()\"“”\[\]—–]"
# Most words have no full stop behind them, so that they are tried first.
_WORD = re.compile(rf"{_ANY}++(?!\.)|(?:[A-Za-z]\.){{2,}}|{_ANY}+")


def head_of(word: str) -> str | None:
    """The post that a word names, in the form of the lexicon; None for any other word.

    >>> head_of("Spokesman"), head_of("ex-minister"), head_of("table")
    ('spokesman', 'minister', None)
    """
    lower = plain(word)
    if lower in POSTS or lower in RELATIONS:
        return lower
    tail = lower.rpartition("-")[2]
    return tail if tail != lower and tail in POSTS else None


def split(text: str, start: int, end: int) -> list[Word]:
    """The words of a stretch of text with their places."""
    return [(match.start(), match.end(), match.group()) for match in _WORD.finditer(text, start, end)]


def make_post(
    text: str, start: int, end: int, head: str, rule: str, organisation: Span | None = None, why: str | None = None
) -> Post:
    """A post whose words are those between `start` and `end`."""
    lower = frozenset(plain(word) for word in text[start:end].split())
    if head in ABBREVIATED and text[end : end + 1] == ".":
        end += 1
    return Post(start, end, head, lower, rule, organisation, why if organisation else None)


def with_organisation(text: str, row: list[Word], head: str, opens: int) -> Post:
    """The role that a row of words makes, and the organisation in it; "former" keeps the row whole."""
    start, end = row[0][0], row[-1][1]
    lead = 0
    while lead < len(row) - 1 and ((plain(row[lead][2]) in LIMITING and row[lead][2] != "New") or row[lead][2].islower()):
        lead += 1
    named = _capitals(row[lead:])
    whole, why = make_post(text, start, end, head, "speaker.role_before"), "speaker.employer_before"
    institution, party = bool(named) and _institution(named), party_in(row)
    if party and not institution:
        return replace(whole, organisation=party, organisation_rule="speaker.party")
    rest = row[lead + len(named) :]
    employs = bool(named) and head in CORPORATE and _employs(named, rest, opens)
    owned = lead and bool(named) and plain(row[lead - 1][2]) in COMMON  # "textile union Fabrica secretary"
    if owned or (employs and _paired(rest) and plain(named[0][2]) not in MODIFIERS):
        return make_post(text, rest[0][0], end, head, "speaker.role_before", _extent(named), why)
    if not institution and not employs:
        return whole
    if lead or head in OFFICES:
        return replace(whole, organisation=_extent(named), organisation_rule=why)
    return make_post(text, rest[0][0], end, head, "speaker.role_before", _extent(named), why)


def _extent(row: list[Word]) -> Span:
    return row[0][0], row[-1][1]


def _capitals(row: list[Word]) -> list[Word]:
    """The capitalised words that open a role, with what joins them: "Bank of Carthia" before "governor"."""
    count = 0
    while count < len(row) - 1 and (row[count][2][:1].isupper() or plain(row[count][2]) in ("of", "and", "for", "&", "the")):
        count += 1
    if count == len(row) - 1 and row[-1][2][:1].isupper():
        count = _last_mark(row) + 1 or _before_pair(row)
    while count and not row[count - 1][2][:1].isupper():
        count -= 1
    return row[:count]


def _paired(row: list[Word]) -> bool:
    """Whether words are two posts of one person: "President and CEO"."""
    joints = [i for i, word in enumerate(row[:-1]) if plain(word[2]) in ("and", "&")]
    return len(joints) == 1 and joints[0] > 0 and head_of(row[joints[0] - 1][2]) is not None


def _before_pair(row: list[Word]) -> int:
    """How many words name the organisation before two posts in capitals: "Norwick Lines" before "Chairman and CEO"."""
    first = next((i for i, word in enumerate(row) if head_of(word[2]) or plain(word[2]) in MODIFIERS), 0)
    named = {plain(word[2]) for word in row[:first]}
    fit = named.isdisjoint(PLACES) and named.isdisjoint(COMMON) and named.isdisjoint(OPENERS)
    return first if fit and _paired(row[first:]) else 0


def _institution(row: list[Word]) -> bool:
    return len(row) > 1 and (
        plain(row[-1][2]) in ORGANISATION_WORDS
        or (any(plain(word[2]) in ("of", "for") for word in row) and plain(row[0][2]) in ORGANISATION_WORDS)
    )


def _last_mark(row: list[Word]) -> int:
    marks = [i for i, word in enumerate(row[:-1]) if plain(word[2]) in ORGANISATION_WORDS and plain(word[2]) not in MODIFIERS]
    return marks[-1] if marks else -1


def _employs(row: list[Word], rest: list[Word], opens: int) -> bool:
    """Whether capitalised words before a post name an organisation rather than a place, a ward or the sentence's start."""
    lower = [plain(word[2]) for word in row]
    if plain(rest[0][2]) in COMMON or all(word in PLACES for word in lower):
        return False
    if row[-1][2].endswith(("-based", "-born", "ian", "ese", "ish")):
        return False
    if len(row) > 1:
        return True
    word = row[0][2]
    known = lower[0] in ORGANISATIONS
    return known or (word.isupper() and len(word) > 1) or (row[0][0] > opens and lower[0] not in MODIFIERS)


def party_in(row: list[Word]) -> Span | None:
    for i, word in enumerate(row[:-1]):
        if not word[2][:1].isupper():
            continue
        if i + 1 < len(row) and f"{plain(word[2])} {plain(row[i + 1][2])}" in PARTIES:
            return word[0], row[i + 1][1]
        if plain(word[2]) in PARTIES:
            following = row[i + 1]
            return word[0], following[1] if following[2] in ("Party", "party") else word[1]
    return None


def named_at(text: str, row: list[Word], j: int) -> Span | None:
    """The organisation that begins at word `j`: a proper name, or "the council"."""
    if j >= len(row):
        return None
    the = plain(row[j][2]) == "the"
    first = j + 1 if the else j
    if first >= len(row):
        return None
    if row[first][2][:1].isupper():
        for start, end in runs(text, row[first][0], row[-1][1]):
            form = take_apart(text[start:end])
            if start == row[first][0] and form and form.kind != "person" and not _is_place(form.words):
                return start + form.start, _tail(row, first, end)
            break
        return None
    k = first
    while k < len(row) - 1 and k < first + 3 and plain(row[k + 1][2]) not in OPENERS and plain(row[k][2]) not in COMMON:
        k += 1
    return (row[j][0], row[k][1]) if the and plain(row[k][2]) in COMMON else None


def _tail(row: list[Word], first: int, end: int) -> int:
    """Where an organisation's name ends, with a common noun after it: "VOA Eurasian division"."""
    for start, stop, word in row[first + 1 :]:
        if start > end:
            return (
                stop
                if start == end + 1 and plain(word) not in OPENERS and plain(word) not in PARTICIPLES and word.islower()
                else end
            )
    return end


def _is_place(names: tuple[str, ...]) -> bool:
    return all(plain(word) in PLACES for word in names)


def is_organisation(text: str, span: Span) -> bool:
    form = take_apart(text[span[0] : span[1]])
    return form is None or form.kind in ("organisation", "acronym")
