"""The role right before a name: "council leader" Ann Bell, "head of science" Ann Bell."""

from onrecord.extract.speakers.lists import (
    DETERMINERS,
    GROUPS,
    MODIFIERS,
    OPENERS,
    ORGANISATION_OPENERS,
    PERSONS,
    PLACES,
    POSTS,
    RELATIONS,
    VERBS,
    plain,
)
from onrecord.extract.speakers.posts import (
    LONGEST_WORD,
    Word,
    head_of,
    make_post,
    split,
    with_organisation,
)
from onrecord.extract.speakers.voices import Post

REACH = 110  # Code points that are looked at before or after a name: longer roles are sentences of their own.
_COMPLEMENT = 55  # Code points that hold the words of a post with a complement, unless they are long.
_KEPT = 7  # words of it
_COMPLEMENTS = frozenset({"of", "for", "to"})
_NO_FIELD = OPENERS | VERBS | POSTS | PERSONS | GROUPS


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
        return complemented(text, low, end)
    found = _phrase(text, split(text, max(low, end - REACH), end))
    return with_organisation(text, found, head, opens) if found else None


def complemented(text: str, low: int, end: int) -> Post | None:
    """The post with a complement that ends right before a name: "Head of science", "envoy for Iran", but not "a fan of"."""
    row = split(text, max(low, end - _COMPLEMENT), end)
    if len(row) <= _KEPT and end - _COMPLEMENT > low:  # long words; else the first, which may be cut, is not kept
        row = split(text, max(low, end - REACH), end)
    row = row[-_KEPT:]
    for i in range(len(row) - 2, max(0, len(row) - 5), -1):
        lower = plain(row[i][2])
        if lower not in _COMPLEMENTS:
            continue
        head = head_of(row[i - 1][2])
        held = head is not None and head not in RELATIONS and row[-1][1] == end and _field(row[i + 1 :])
        phrase = _phrase(text, row[:i]) if held else []
        bare = not phrase or phrase[0] is row[0] or plain(row[row.index(phrase[0]) - 1][2]) not in DETERMINERS
        return make_post(text, phrase[0][0], end, head, "speaker.role_before") if head and phrase and bare else None
    return None


def _field(row: list[Word]) -> bool:
    """Whether words name what a post is about: a place, or common nouns that stand for nobody."""
    lower = [plain(word[2]) for word in row]
    if len(row) == 1 and lower[0] in PLACES:
        return True
    return all(word[2].islower() and key not in _NO_FIELD for word, key in zip(row, lower, strict=True))


def _phrase(text: str, row: list[Word]) -> list[Word]:
    """The words, from the last one backwards, that make one role."""
    kept: list[Word] = []
    for i in range(len(row) - 1, -1, -1):
        word, lower = row[i][2], plain(row[i][2])
        if kept and not text[row[i][1] : kept[0][0]].isspace():
            break
        inner = lower in ("and", "of", "for", "&", "the") and carries(row, i, kept)
        if not inner and kept and (_breaks(word, lower, kept[0][2]) or len(kept) > 9):
            break
        kept.insert(0, row[i])
    while kept and plain(kept[0][2]) in ("and", "of", "for", "&", "the"):
        kept.pop(0)
    return kept


def carries(row: list[Word], i: int, kept: list[Word]) -> bool:
    """Whether a joining word goes on with a role: the "and" of "Health and Care Secretary".

    Args:
        row: the words.
        i: which of them joins.
        kept: the words after it that are known to belong to the role.
    """
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
