"""Posts that stand without a name: the noun phrase of whoever is described."""

from onrecord.extract.speakers.lists import (
    DETERMINERS,
    OFFICES,
    OPENERS,
    plain,
)
from onrecord.extract.speakers.roles import (
    Word,
    carries,
    head_of,
    is_organisation,
    make_post,
    named_behind,
    party_of,
    split,
    with_organisation,
)
from onrecord.extract.speakers.voices import Post


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
        if i and plain(word[2]) in OPENERS and not (plain(word[2]) == "and" and carries(row, i, row[i + 1 : i + 2])):
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
        named = named_behind(text, row, j + 1)
        if named and (not office or is_organisation(text, named)):
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
        party = party_of(row[: i + 1])
        if party:
            return make_post(text, row[0][0], row[last][1], head, rule, party, "speaker.party")
        front = with_organisation(text, row[: i + 1], head, row[0][0] - 1) if row[0][2][:1].isupper() else None
        if front and front.organisation and last == i:
            return make_post(text, front.start, row[last][1], head, rule, front.organisation, "speaker.employer_before")
    return make_post(text, row[0][0], row[last][1], head, rule, organisation, "speaker.employer_after")
