"""Posts, employers and ages behind a name."""

import re
from collections.abc import Iterator

from onrecord.extract.speakers.lists import (
    HEADING,
)
from onrecord.extract.speakers.names import runs, take_apart
from onrecord.extract.speakers.phrases import noun_phrase
from onrecord.extract.speakers.roles import BREAK, CLAUSE_END, LEAD, REACH, STOP, Span, is_organisation, make_post
from onrecord.extract.speakers.voices import Post

_AGE = re.compile(r"(?:, (?:aged |age )?| \()(\d{1,3})\)?(?=[,.;: ])")


_IS = re.compile(r" (?:is|was|became|is also|remains|is now|has been|will be) (?:also )?(?:the |an? |its |their )?")


_CLAUSE = re.compile(rf"[,—–]? ?,? who ((?:{'|'.join(sorted(HEADING))})\b[^,.;:()\"“”\n—–]{{3,60}})")


_OF = re.compile(r",? (?:of|from) (?:the )?(?=[A-Z])")


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
    lead = LEAD.match(text, start, high)
    start = lead.end() if lead else start
    stop = STOP.search(text, start, high)
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
        if is_organisation(text, (a, b)) and take_apart(text[a:b]):
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
    for mark in CLAUSE_END.finditer(text, low, close):
        low = mark.end()
    for place in (low, *(match.end() for match in BREAK.finditer(text, low, close))):
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
