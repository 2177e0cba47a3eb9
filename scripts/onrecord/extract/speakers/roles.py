"""The role and organisation that the words around a name give it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.extract.speakers.lists import (
    ABBREVIATED,
    COMMON,
    CORPORATE,
    DETERMINERS,
    HEADING,
    LIMITING,
    MODIFIERS,
    OFFICES,
    OPENERS,
    ORGANISATION_OPENERS,
    ORGANISATION_WORDS,
    ORGANISATIONS,
    PARTICIPLES,
    PARTIES,
    PLACES,
    POSTS,
    RELATIONS,
    VERBS,
    plain,
)
from onrecord.extract.speakers.names import runs, take_apart
from onrecord.extract.speakers.voices import Post

Span = tuple[int, int]
Word = tuple[int, int, str]

LONGEST_WORD = 25
REACH = 110  # Code points that are looked at before or after a name: longer roles are sentences of their own.
_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\s,;:.!?()\"“”\[\]—–]+")
_AGE = re.compile(r"(?:, (?:aged |age )?| \()(\d{1,3})\)?(?=[,.;: ])")
_LEAD = re.compile(r"(?:the|an?|his|her|its|their|our|who (?:is|was) (?:also )?(?:the |an? )?|currently |now |then )\s*", re.I)
_STOP = re.compile(
    r"[,.;:()\"“”\n—–]|\s(?:who|which|that|and has|and is|and was|and who|said|says|told|when|where|as|if|but|whose)\s"
)
_IS = re.compile(r" (?:is|was|became|is also|remains|is now|has been|will be) (?:also )?(?:the |an? |its |their )?")
_CLAUSE = re.compile(rf"[,—–]? ?,? who ((?:{'|'.join(sorted(HEADING))})\b[^,.;:()\"“”\n—–]{{3,60}})")
_OF = re.compile(r",? (?:of|from) (?:the )?(?=[A-Z])")
_CLAUSE_END = re.compile(r"[.;:\"“”\n,](?=\s)")
_BREAK = re.compile(r"(?:^|\s)(?:the|an?|its|his|her|their|our)\s|['’]s?\s(?=\w)", re.I)


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


def before(text: str, low: int, end: int, opens: int) -> Post | None:
    """The role that ends at `end`, right before a name.

    Args:
        low: where the sentence begins; nothing before it is read.
        end: the end of the role's last word.
        opens: where the sentence begins, to tell a capital that only opens it.

    >>> text = "said Meridian Capital analyst Joanna Frost"
    >>> post = before(text, 0, text.index(" Joanna"), 0)
    >>> text[post.start:post.end], text[post.organisation[0]:post.organisation[1]]
    ('analyst', 'Meridian Capital')
    """
    last = text[max(low, end - LONGEST_WORD) : end].rsplit(None, 1)[-1:]
    head = head_of(last[0]) if last else None
    if head is None:
        return None
    found = _phrase(text, split(text, max(low, end - REACH), end))
    return _with_organisation(text, found, head, opens) if found else None


def _phrase(text: str, row: list[Word]) -> list[Word]:
    """The words, from the last one backwards, that make one role."""
    kept: list[Word] = []
    for i in range(len(row) - 1, -1, -1):
        word, lower = row[i][2], plain(row[i][2])
        if kept and not text[row[i][1] : kept[0][0]].isspace():
            break
        inner = lower in ("and", "of", "for", "&", "the") and _carries(row, i, kept)
        if not inner and kept and (_breaks(word, lower, kept[0][2]) or len(kept) > 9):
            break
        kept.insert(0, row[i])
    while kept and plain(kept[0][2]) in ("and", "of", "for", "&", "the"):
        kept.pop(0)
    return kept


def _carries(row: list[Word], i: int, kept: list[Word]) -> bool:
    if not kept or i == 0:
        return False
    previous, following = row[i - 1][2], kept[0][2]
    if plain(row[i][2]) in ("and", "&"):
        lone = i < 2 or not row[i - 2][2][:1].isupper()  # "Health and Care Secretary", not "Nigel Orme and Green leader"
        return (lone and previous[:1].isupper() and following[:1].isupper()) or head_of(previous) is not None
    return previous[:1].isupper() and following[:1].isupper() and plain(previous) in ORGANISATION_OPENERS


def _breaks(word: str, lower: str, following: str) -> bool:
    if lower in OPENERS or lower in VERBS or word.endswith(("'s", "’s", "s'", "s’")):
        return lower not in MODIFIERS
    if word[:1].isupper() or lower in MODIFIERS or lower in POSTS:
        return False
    if following[:1].isupper():
        return True
    return lower.endswith(("ed", "ing", "ly")) or not word[0].isalpha()


def _with_organisation(text: str, row: list[Word], head: str, opens: int) -> Post:
    """The role that a row of words makes, and the organisation in it; "former" keeps the row whole."""
    start, end = row[0][0], row[-1][1]
    lead = 0
    while lead < len(row) - 1 and (plain(row[lead][2]) in LIMITING and row[lead][2] != "New" or row[lead][2].islower()):
        lead += 1
    named = _capitals(row[lead:])
    whole, why = make_post(text, start, end, head, "speaker.role_before"), "speaker.employer_before"
    institution, party = bool(named) and _institution(named), _party(row)
    if party and not institution:
        return replace(whole, organisation=party, organisation_rule="speaker.party")
    rest = row[lead + len(named) :]
    employs = bool(named) and head in CORPORATE and _employs(named, rest, opens)
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
        count = _last_mark(row) + 1
    while count and not row[count - 1][2][:1].isupper():
        count -= 1
    return row[:count]


def _institution(row: list[Word]) -> bool:
    marks = ORGANISATION_WORDS
    return len(row) > 1 and (
        plain(row[-1][2]) in marks or (any(plain(word[2]) in ("of", "for") for word in row) and plain(row[0][2]) in marks)
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


def _party(row: list[Word]) -> Span | None:
    parties = PARTIES
    for i, word in enumerate(row[:-1]):
        if not word[2][:1].isupper():
            continue
        if i + 1 < len(row) and f"{plain(word[2])} {plain(row[i + 1][2])}" in parties:
            return word[0], row[i + 1][1]
        if plain(word[2]) in parties:
            following = row[i + 1]
            return word[0], following[1] if following[2] in ("Party", "party") else word[1]
    return None


def noun_phrase(text: str, start: int, end: int, rule: str) -> Post | None:
    """The role that opens a stretch of text: "chief executive of Acme Bank".

    >>> text = "professor of geology at the University of Tromso"
    >>> post = noun_phrase(text, 0, len(text), "speaker.role_after")
    >>> text[post.start:post.end], text[post.organisation[0]:post.organisation[1]]
    ('professor of geology', 'University of Tromso')
    """
    row = split(text, start, end)
    owned = [i for i, word in enumerate(row[:7]) if word[2].endswith(("'s", "’s", "s'", "s’"))]
    row = row[owned[-1] + 1 :] if owned else row
    while row and plain(row[0][2]) in DETERMINERS:
        row = row[1:]
    for i, word in enumerate(row[:9]):
        following = plain(row[i + 1][2]) if i + 1 < len(row) else ""
        apart = i + 1 < len(row) and not text[word[1] : row[i + 1][0]].isspace()
        if i and plain(word[2]) in OPENERS and not (plain(word[2]) == "and" and _carries(row, i, row[i + 1 : i + 2])):
            return None
        head = head_of(word[2])
        if head and (i + 1 == len(row) or apart or following in OPENERS or following in ("and", "of", "at", "for")):
            return _complete(text, row, i, head, rule)
    return None


def _complete(text: str, row: list[Word], i: int, head: str, rule: str) -> Post:
    """The post with what follows its head: "of geology", "at the University"; the head is word `i`."""
    last, organisation, office = i, None, head in OFFICES
    j = i + 1
    while j < len(row) and j < i + 12:
        joint = plain(row[j][2])
        if joint not in ("of", "at", "for", "with", "from"):
            break
        named = _named(text, row, j + 1)
        if named and (not office or _is_organisation(text, named)):
            organisation = named
            break
        if joint in ("at", "with", "from"):
            break
        k = j + 1
        while k < len(row) and (plain(row[k][2]) in ("the", "and") or plain(row[k][2]) not in OPENERS) and k < j + 7:
            k += 1
        while k > j + 1 and plain(row[k - 1][2]) in ("the", "and"):
            k -= 1
        if k == j + 1:
            break
        last, j = k - 1, k
    if organisation is None:
        party = _party(row[: i + 1])
        if party:
            return make_post(text, row[0][0], row[last][1], head, rule, party, "speaker.party")
        front = _with_organisation(text, row[: i + 1], head, row[0][0] - 1) if row[0][2][:1].isupper() else None
        if front and front.organisation and last == i:
            return make_post(text, front.start, row[last][1], head, rule, front.organisation, "speaker.employer_before")
    return make_post(text, row[0][0], row[last][1], head, rule, organisation, "speaker.employer_after")


def _named(text: str, row: list[Word], j: int) -> Span | None:
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


def _is_organisation(text: str, span: Span) -> bool:
    form = take_apart(text[span[0] : span[1]])
    return form is None or form.kind in ("organisation", "acronym")


def after(text: str, end: int, high: int) -> Iterator[Post]:
    """The roles that follow a name: in apposition, in a clause or in a sentence that says it."""
    high = min(high, end + REACH)
    aged = _AGE.match(text, end, high)
    end = aged.end() if aged else end
    clause = _CLAUSE.match(text, end, high)
    if clause:
        yield make_post(text, clause.start(1), clause.start(1) + len(clause.group(1).rstrip()), "", "speaker.role_clause")
        return
    said = _IS.match(text, end, high)
    if said:
        start, rule = said.end(), "speaker.role_is"
    elif text[end : end + 2] in (", ", " (") or text[end : end + 3] in (" — ", " – ", " - "):
        start, rule = end + (2 if text[end + 1] != "—" and text[end + 1] not in "–-" else 3), "speaker.role_after"
    else:
        return
    lead = _LEAD.match(text, start, high)
    start = lead.end() if lead else start
    stop = _STOP.search(text, start, high)
    close = stop.start() if stop else high
    owner = re.compile(r"[\w .&-]{2,50}?(?:['’]s|s['’]) ").match(text, start, close)
    post = noun_phrase(text, owner.end() if owner else start, close, rule)
    if post:
        yield _owned(text, post, start, owner.end() if owner else start)


def _owned(text: str, post: Post, start: int, end: int) -> Post:
    """The post with the owner before it as its organisation: "Acme Bank's chairman"."""
    if end == start or post.organisation:
        return post
    for a, b in runs(text, start, end):
        if _is_organisation(text, (a, b)) and take_apart(text[a:b]):
            return Post(post.start, post.end, post.head, post.words, post.rule, (a, b), "speaker.employer_before")
    return post


def employer(text: str, end: int, high: int) -> Span | None:
    """The organisation right after a name: "Ann Bell of Friends of the Earth"."""
    match = _OF.match(text, end, high)
    if not match:
        return None
    for start, stop in runs(text, match.end(), min(high, match.end() + REACH)):
        form = take_apart(text[start:stop])
        if start == match.end() and form and form.kind in ("organisation", "acronym"):
            return start + form.start, start + form.end
        break
    return None


def first(text: str, low: int, start: int) -> Post | None:
    """The role before a comma and the name: "the museum's director, Ann Bell"."""
    close = start - 2
    if text[close:start] != ", ":
        return None
    low = max(low, start - REACH)
    for mark in _CLAUSE_END.finditer(text, low, close):
        low = mark.end()
    for place in (low, *(match.end() for match in _BREAK.finditer(text, low, close))):
        begin = place + len(text[place:close]) - len(text[place:close].lstrip())
        post = noun_phrase(text, begin, close, "speaker.role_first")
        if post and (post.end == close or (post.organisation and post.organisation[1] == close)):
            return _owned(text, post, low, post.start)
    return None


def age(text: str, end: int) -> str | None:
    """The age right after a name, as digits.

    >>> age("Kelvin Mbeki, 34, a driver", 12)
    '34'
    """
    match = _AGE.match(text, end, end + 12)
    return match.group(1) if match else None
