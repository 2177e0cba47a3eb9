"""The role and organisation that the words after a name, or before a comma and the name, give it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from onrecord.extract.lexicon import one_of
from onrecord.extract.speakers.capitals import runs
from onrecord.extract.speakers.lists import (
    DETERMINERS,
    ENDED,
    GRADES,
    HEADING,
    LETTERS,
    OFFICE_LETTERS,
    OFFICES,
    OPENERS,
    plain,
)
from onrecord.extract.speakers.names import take_apart
from onrecord.extract.speakers.posts import (
    Span,
    Word,
    head_of,
    is_organisation,
    make_post,
    named_at,
    party_in,
    split,
    with_organisation,
)
from onrecord.extract.speakers.titles import REACH, carries
from onrecord.extract.speakers.voices import Post

_AGE = re.compile(r"(?:, (?:aged |age )?| \()(\d{1,3})\)?(?=[,.;: ])")
_LEAD = re.compile(r"(?:the|an?|his|her|its|their|our|who (?:is|was) (?:also )?(?:the |an? )?|currently |now |then )\s*", re.I)
_STOP = re.compile(
    r"[,.;:()\"“”\n—–]|\s(?:who|which|that|and has|and is|and was|and who|said|says|told|when|where|as|if|but|whose)\s"
)
_IS = re.compile(r" (?:is|was|became|is also|remains|is now|has been|will be) (?:also )?(?:the |an? |its |their )?")
_WAS = re.compile(r"\bwas\b")
_ENDED = re.compile(rf",? (?:{'|'.join(ENDED)})\b")
_CLAUSE = re.compile(rf"[,—–]? ?,? who ((?:{'|'.join(sorted(HEADING))})\b[^,.;:()\"“”\n—–]{{3,60}})")
_ONE_OF = re.compile(r"one of (?:the |its |his |her |their |our )?", re.I)
_OF = re.compile(r",? (?:of|from) (?:the )?(?=[A-Z])")
_OF_BEGINS = frozenset({"of", "fr", " o", " f"})
_SECONDS = frozenset("(—–-,wibrh")  # After a blank, how what tells a role can begin: a bracket, a dash, "who", "is" ...
_OWNED = re.compile(r"[\w .&-]{2,50}?(?:['’]s|s['’]) ")
_LETTERS = re.compile(rf" ({one_of(LETTERS)})(?!\w)")
_COMPLEMENTS = frozenset({"of", "for", "at"})
_OPENS_ROLE = DETERMINERS | {"and"}
_LETTERS_BEGIN = frozenset(word[:2] for word in LETTERS)
_AGENTS = ("er", "or", "ist", "ian")
_CLAUSE_END = re.compile(r"[.;:\"“”\n,](?=\s)")
_BREAK = re.compile(r"(?:^|\s)(?:the|an?|its|his|her|their|our)\s|['’]s?\s(?=\w)", re.I)


def noun_phrase(text: str, start: int, end: int, rule: str, one_of: bool = False) -> Post | None:
    """The role that opens a stretch of text: "chief executive of Acme Bank", or "one of its directors".

    Args:
        start: where the stretch begins.
        end: where it ends.
        rule: the rule that it is read by.
        one_of: whether it tells what several are: "one of" stands before it.

    >>> text = "professor of geology at the University of Tromso"
    >>> post = noun_phrase(text, 0, len(text), "speaker.role_after")
    >>> text[post.start:post.end], text[post.organisation[0]:post.organisation[1]]
    ('professor of geology', 'University of Tromso')
    """
    several = _ONE_OF.match(text, start, end)
    row = split(text, several.end() if several else start, end)
    one_of = one_of or several is not None
    owned = [i for i, word in enumerate(row[:7]) if word[2].endswith(("'s", "’s", "s'", "s’")) and not _complemented(row[:i])]
    row = row[owned[-1] + 1 :] if owned else row
    while row and plain(row[0][2]) in _OPENS_ROLE:
        row = row[1:]
    for i, word in enumerate(row[:9]):
        following = plain(row[i + 1][2]) if i + 1 < len(row) else ""
        apart = i + 1 < len(row) and not text[word[1] : row[i + 1][0]].isspace()
        if i and plain(word[2]) in OPENERS and not (plain(word[2]) == "and" and carries(row, i, row[i + 1 : i + 2])):
            return None
        head = head_of(word[2]) or _trade(row, i, rule)
        if head is None and one_of and word[2].endswith("s") and (head := head_of(word[2][:-1])):
            row[i] = (word[0], word[1] - 1, word[2][:-1])
        if head and (i + 1 == len(row) or apart or following in OPENERS or following in ("and", "of", "at", "for")):
            return _complete(text, row, i, head, rule)
    return None


def _complemented(row: list[Word]) -> bool:
    """Whether words hold a post and its "of", so that an owner behind them is no owner of it: "head of the city's police"."""
    return any(head_of(word[2]) and plain(joint[2]) in _COMPLEMENTS for word, joint in pairwise(row))


def _trade(row: list[Word], i: int, rule: str) -> str | None:
    """A trade that no list holds, by the grade before it in an apposition: "head roofer"."""
    word = row[i][2]
    graded = i > 0 and rule == "speaker.role_after" and row[i - 1][2] in GRADES
    return word if graded and word.islower() and word.endswith(_AGENTS) else None


def _complete(text: str, row: list[Word], i: int, head: str, rule: str) -> Post:
    """The post with what follows its head: "of geology", "at the University"; the head is word `i`."""
    last, organisation, office = i, None, head in OFFICES
    j = i + 1
    while j < len(row) and j < i + 12:
        joint = plain(row[j][2])
        if joint not in ("of", "at", "for", "with", "from"):
            break
        named = named_at(text, row, j + 1)
        if named and (not office or is_organisation(text, named)):
            organisation = named
            if text[named[1] : named[1] + 2] not in ("'s", "’s"):
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
        party = party_in(row[: i + 1])
        if party:
            return make_post(text, row[0][0], row[last][1], head, rule, party, "speaker.party")
        front = with_organisation(text, row[: i + 1], head, row[0][0] - 1) if row[0][2][:1].isupper() else None
        if front and front.organisation and last == i:
            return make_post(text, front.start, row[last][1], head, rule, front.organisation, "speaker.employer_before")
    return make_post(text, row[0][0], row[last][1], head, rule, organisation, "speaker.employer_after")


def behind_letters(text: str, end: int) -> int:
    """Where the letters behind a name end, or the name where there are none.

    >>> behind_letters("Ann Bell MP OBE said", 8), behind_letters("Ann Bell said", 8)
    (15, 8)
    """
    while text[end + 1 : end + 3] in _LETTERS_BEGIN and (letters := _LETTERS.match(text, end)):
        end = letters.end()
    return end


def after(text: str, end: int, high: int) -> Iterator[Post]:
    """The roles that follow a name: in letters, in apposition, in a clause or in a sentence that says it."""
    behind = behind_letters(text, end)
    for letters in _LETTERS.finditer(text, end, behind) if behind > end else ():
        if letters.group(1) in OFFICE_LETTERS:
            yield make_post(text, *letters.span(1), plain(letters.group(1)), "speaker.role_after")
    end = behind
    if text[end : end + 1] == " " and text[end + 1 : end + 2] not in _SECONDS:
        return
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
    one_of = _ONE_OF.match(text, start, close)
    start = one_of.end() if one_of else start
    owner = _OWNED.match(text, start, close)
    post = noun_phrase(text, owner.end() if owner else start, close, rule, one_of is not None)
    if post and _WAS.search(text, end, start) and _ENDED.match(text, max(post.end, (post.organisation or (0, 0))[1])):
        post = replace(post, words=post.words | {"former"})
    if post:
        yield _owned(text, post, start, owner.end() if owner else start)


def _owned(text: str, post: Post, start: int, end: int) -> Post:
    """The post with the owner before it as its organisation: "Acme Bank's chairman"."""
    if end == start or post.organisation:
        return post
    for a, b in runs(text, start, end):
        form = take_apart(text[a:b]) if is_organisation(text, (a, b)) else None
        if form:
            span = (a + form.start, _to_owner(text, b, end))
            return Post(post.start, post.end, post.head, post.words, post.rule, span, "speaker.employer_before")
    return post


def _to_owner(text: str, stop: int, end: int) -> int:
    """Where an owner's name ends that goes on behind a run of capitals: "the Society of Bakers and Millers' ..."."""
    close = start = stop
    for word in text[stop:end].split():
        start = text.index(word, start)
        if not (word[0].isupper() or word in ("and", "&", "of", "for")):
            return stop
        close = start + len(word.removesuffix("'s").removesuffix("’s").rstrip("'’"))
        start += len(word)
    return close


def employer(text: str, end: int, high: int) -> Span | None:
    """The organisation right after a name: "Ann Bell of Friends of the Earth"."""
    end = behind_letters(text, end)
    match = _OF.match(text, end, high) if text[end + 1 : end + 3] in _OF_BEGINS else None
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
    if text[start - 6 : start] == ", the ":  # "the Bishop of Wexley, the Rt Rev Ann Bell"
        start -= 4
    close = start - 2
    if text[close:start] != ", ":
        return None
    low = max(low, start - REACH)
    if text[close - 1] == ")":  # "the secretary of the NWU (National Weavers' Union), Hugo Prest"
        close = max(low, text.rfind("(", low, close) - 1)
    for mark in _CLAUSE_END.finditer(text, low, close):
        low = mark.end()
    for place in (low, *(match.end() for match in _BREAK.finditer(text, low, close))):
        begin = place + len(text[place:close]) - len(text[place:close].lstrip())
        post = noun_phrase(text, begin, close, "speaker.role_first")
        if post and (text[post.end : close] in ("", "s") or (post.organisation and post.organisation[1] == close)):
            return _owned(text, post, low, post.start)
    return None


def age(text: str, end: int) -> str | None:
    """The age right after a name, as digits.

    >>> age("Kelvin Mbeki, 34, a driver", 12)
    '34'
    """
    match = _AGE.match(text, end, end + 12)
    return match.group(1) if match else None
