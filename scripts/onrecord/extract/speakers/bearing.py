"""Whether the posts before a name are its bearer's."""

from onrecord.extract.speakers import posts
from onrecord.extract.speakers.lists import DETERMINERS, GIVEN, GROUPS, MODIFIERS, PERSONS, plain
from onrecord.extract.speakers.scene import Phrase, Scene

_PAIR = 2
_PEOPLE = PERSONS | GROUPS


def posts_before_name(scene: Scene, phrase: Phrase, row: list[tuple[int, int]]) -> bool:
    """Whether the first of two runs belongs to the post before the name in the second.

    It is its field ("Road Transport and Bridges Minister Ann Bell") or another post ("Mill Lane President and CEO Ann Bell").
    """
    if len(row) < _PAIR or scene.text[row[0][1] : row[1][0]] != " and ":
        return False
    first, second = scene.cast.form(*row[0]), scene.cast.form(*row[1])
    if first is None or second is None or second.kind != "person" or second.post is None:
        return False
    leading = [plain(word) for word in scene.text[phrase.start : row[0][1]].split()]
    if posts.head_of(leading[-1]):
        return leading[0] not in DETERMINERS  # "The mayor and Councillor Ann Bell" are two.
    named = scene.text[row[1][0] + second.post[0] : row[1][0] + second.post[1]]
    field = first.kind not in ("person", "single") or set(first.keys) <= MODIFIERS
    return len(named.split()) >= _PAIR and field and first.keys[0] not in GIVEN


def posts_of_one(words: list[str]) -> bool:
    """Whether words before a name are its bearer's: two posts, "Singer and activist", or one, "trade and industry minister"."""
    joint = words.index("and") if "and" in words else 0
    if joint == 0 or not posts.head_of(words[-1]):
        return False
    before = words[joint - 1]
    if posts.head_of(before):
        return plain(words[0]) not in DETERMINERS
    return (before.islower() or plain(before) in MODIFIERS) and not before.endswith("s") and plain(before) not in _PEOPLE
