"""A source that gives no name: a post and its holder, a document, a common noun, or somebody nameless."""

import re

from onrecord.extract.speakers import posts, roles, titles
from onrecord.extract.speakers.cast import CROWD, OFTEN
from onrecord.extract.speakers.commons import common
from onrecord.extract.speakers.holders import keys
from onrecord.extract.speakers.lists import (
    COMMON,
    DETERMINERS,
    DOCUMENTS,
    FEMALE,
    GROUPS,
    LIMITING,
    MALE,
    MODIFIERS,
    OPENERS,
    PARTICIPLES,
    PARTIES,
    PERSONS,
    PORTFOLIOS,
    POSTS,
    PREPOSITIONS,
    RELATIONS,
    SUCCEEDING,
    VERBS,
    plain,
)
from onrecord.extract.speakers.scene import Phrase, Scene
from onrecord.extract.speakers.voices import Post, Voice
from onrecord.hashing import normalise

LAST = 6  # Statements back to somebody nameless: farther than that the words bring in somebody else.
_ANOTHER = re.compile(r" and (?:an?|another) (?=[a-z])")
_AGE = re.compile(r"(?:the|a) (\d{1,3})[- ]year[- ]old", re.I)
_BY = re.compile(r" (?:by|from|in|of|at) (?:the )?(?=[A-Z])")
_OWNER = re.compile(r"([\w-]+)['’]s? $")
_FOR = re.compile(r" (?:for|at|of|with|from) (the |an? )(?=[a-z])")
_CLAUSE = re.compile(rf" (?:{'|'.join(sorted(VERBS))}) (?:to|the|an?|this|that|his|her|its|their|it|them|him) ")
_TELLING = LIMITING | PORTFOLIOS
_DEFINITE = frozenset({"the", "his", "her", "their", "its", "our", "this", "that"})


def described(scene: Scene, phrase: Phrase) -> Voice:
    text = scene.text
    start, end, row = head_of_phrase(text, phrase)
    head = plain(text[start:end])
    if _CLAUSE.match(text, end, phrase.close):
        phrase = Phrase(phrase.start, end, phrase.end)
    aged = _AGE.match(text, phrase.start, phrase.close)
    if aged and len(scene.cast.by_age.get(aged.group(1), ())) == 1:
        return _alias(scene.cast.by_age[aged.group(1)][0], text, phrase.start, aged.end(), "speaker.alias_role")
    if head in DOCUMENTS:
        return _document(scene, phrase, end)
    if head in COMMON and plain(row[0][2]) not in ("a", "an", "some", "one", "another"):
        return common(scene, phrase, head, row)
    head = posts.head_of(text[start:end]) or head
    holder = _holder(scene, phrase, head, row) or _same_words(scene, phrase, head, row)
    if holder:
        return _alias(holder, text, phrase.start, phrase.close, "speaker.alias_role") if holder.kind == "person" else holder
    plural = (
        any(word[2] == "and" for word in row)
        or _ANOTHER.search(text, phrase.start, phrase.close) is not None
        or head in GROUPS
        or (head.endswith("s") and not head.endswith("ss") and head not in POSTS)
    )
    return nameless(scene, phrase.start, phrase.close, plural, head, (start, end))


def head_of_phrase(text: str, phrase: Phrase) -> tuple[int, int, list[tuple[int, int, str]]]:
    """The chief word of a noun phrase, and all words up to it."""
    row = posts.split(text, phrase.start, phrase.close)
    last = len(row) - 1
    for i, (_, _, word) in enumerate(row):
        lower = plain(word)
        follows = plain(row[i + 1][2]) if i + 1 < len(row) else ""
        if i and word.endswith("ing") and row[i - 1][2].endswith("s") and follows in DETERMINERS:
            # "legislators supporting the law"
            last = i - 1
            break
        clause = i > 1 and _CLAUSE.match(text, row[i - 1][1], phrase.close)
        if i and (lower in PREPOSITIONS or lower in PARTICIPLES or clause) and not row[i][2][:1].isupper():
            last = i - 1
            break
    return (row[last][0], row[last][1], row[: last + 1]) if row else (phrase.start, phrase.close, [])


def _alias(voice: Voice, text: str, start: int, end: int, rule: str) -> Voice:
    if text[start:end].split(None, 1)[0].lower() not in DETERMINERS - {"the"}:
        voice.aliases.setdefault(normalise(text[start:end]), (start, end, rule))
    return voice


def _holder(scene: Scene, phrase: Phrase, head: str, row: list[tuple[int, int, str]]) -> Voice | None:
    """Who holds the post that a descriptor names, when nobody else can be meant."""
    first = row[0][2]
    capital = first[:1].isupper() and plain(first) not in DETERMINERS
    if not (plain(first) in _DEFINITE or capital) or plain(first) in ("a", "an"):
        return None
    asked = {plain(word[2]) for word in row[:-1]} - DETERMINERS
    holders = [voice for voice in scene.cast.by_head.get(head, ())[:9] if _matches(scene, voice, head, asked, phrase, row)]
    recent = [voice for voice in scene.latest[-1:] if voice in holders]
    if len(holders) > 1:
        holders = recent or _most(holders)
    return holders[0] if recent or (len(holders) == 1 and not _succeeded(scene, holders[0], head)) else None


def _succeeded(scene: Scene, holder: Voice, head: str) -> bool:
    """Whether somebody else holds the same post for now, so that its bare name may mean either."""
    if holder.replaced:
        return True
    others = [voice for voice in scene.cast.by_head.get(head, ())[:CROWD] if voice is not holder]
    return any(post.words & SUCCEEDING for voice in others for post in voice.posts if post.head == head)


def _same_words(scene: Scene, phrase: Phrase, head: str, row: list[tuple[int, int, str]]) -> Voice | None:
    """Somebody nameless who spoke before and whom the words go on about: "the source" after "a source close to the union"."""
    if plain(row[0][2]) not in ("the", "this", "that"):
        return None
    asked = _plain_words(scene.text, phrase.start, phrase.close) - DETERMINERS - {head}
    for voice in reversed(scene.latest[-LAST:]):
        if voice.kind == "unnamed" and not voice.plural and voice.noun == head:
            return voice if asked <= _plain_words(scene.text, voice.start, voice.end) else None
    return None


def _plain_words(text: str, start: int, end: int) -> set[str]:
    return {plain(word) for _, _, word in posts.split(text, start, end)}


def _most(holders: list[Voice]) -> list[Voice]:
    """The holder whom the article names far more often than any other."""
    ranked = sorted(holders, key=lambda voice: -voice.count)
    return ranked[:1] if ranked[0].count >= OFTEN * max(1, ranked[1].count) else holders


def _matches(scene: Scene, voice: Voice, head: str, asked: set[str], phrase: Phrase, row: list[tuple[int, int, str]]) -> bool:
    known: set[str] = set()
    for post in voice.posts:
        known |= post.words
        if post.organisation:
            known |= {plain(word) for word in scene.text[post.organisation[0] : post.organisation[1]].split()}
        owner = _OWNER.search(scene.text, max(0, post.start - 40), post.start)
        if owner:
            known.add(plain(owner.group(1)))
    held = [post for post in voice.posts if head in keys(scene.cast, post)]
    if not any((post.words & LIMITING) <= asked for post in held) or not asked & _TELLING <= known:
        return False
    if _elsewhere(scene, held, known, phrase.close, row[-1][1]):
        return False
    strict = {plain(word[2]) for word in row[:-1] if word[2][:1].isupper()} & asked
    return all(word in known or word.rstrip("s'’") in known for word in strict - DETERMINERS) and (
        not any(word[2].endswith(("'s", "’s")) for word in row[:-1])
    )


def _elsewhere(scene: Scene, held: list[Post], known: set[str], close: int, end: int) -> bool:
    """Whether names after a post's word make it another's: "the mayor of Selby" is not she who is mayor of Goole."""
    told = {plain(word) for _, _, word in posts.split(scene.text, end, close) if word[:1].isupper()} - DETERMINERS
    if not told or told & known:
        return False
    if any((form := scene.cast.form(*run)) and form.kind in ("person", "maybe") for run in scene.cast.runs_in(end, close)):
        return True
    named = {plain(word) for post in held for word in scene.text[post.start : post.end].split()[1:] if word[:1].isupper()}
    rivals = [voice for post in held for voice in scene.cast.by_head.get(post.head, ())[:2]]
    return bool(named - POSTS - MODIFIERS - PARTIES) or len(set(rivals)) > 1


def _document(scene: Scene, phrase: Phrase, end: int) -> Voice:
    text = scene.text
    close = phrase.close
    for start, stop, word in posts.split(text, end, phrase.close):
        if plain(word) in PARTICIPLES:
            close = start
            break
        end = stop
    close = min(close, phrase.close)
    while close > phrase.start and not text[close - 1].isalnum():
        close -= 1
    plural = (text[phrase.start : end].split() or [""])[-1].endswith("s")
    voice = scene.keep(Voice("document", phrase.start, close, plural=plural))
    match = _BY.search(text, phrase.start, phrase.close)
    if match and voice.employer is None:
        for a, b in scene.cast.runs_in(match.end(), phrase.close):
            form = scene.cast.form(a, b)
            if a == match.end() and form and form.kind in ("organisation", "acronym"):
                voice.employer = (a + form.start, a + form.end)
            break
    return voice


def nameless(
    scene: Scene, start: int, end: int, plural: bool = False, head: str = "", at: tuple[int, int] | None = None
) -> Voice:
    """Somebody whom the article names nowhere, under the words it has for them."""
    text = scene.text
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ".)%"):
        end -= 1
    gender = "f" if head in FEMALE else "m" if head in MALE else ""
    human = not head or head in POSTS or head in PERSONS or head in RELATIONS
    voice = scene.keep(Voice("unnamed", start, end, gender=gender, plural=plural, human=human, noun=head))
    if at and not voice.posts and head in POSTS and not plural:
        voice.posts.append(_post(scene, start, end, head, at))
    return voice


def _post(scene: Scene, start: int, end: int, head: str, at: tuple[int, int]) -> Post:
    text = scene.text
    found = titles.before(text, start, at[1], start - 1)
    begin = found.start if found else at[0]
    organisation = found.organisation if found else None
    behind = roles.noun_phrase(text, begin, end, "speaker.role_descriptor")
    if organisation is None and behind:
        organisation = behind.organisation
    if organisation is None:
        organisation = _principal(scene, at[1], end)
    lower = frozenset(plain(word) for word in text[begin : at[1]].split())
    return Post(
        begin,
        at[1],
        head,
        lower,
        "speaker.role_descriptor",
        organisation,
        "speaker.employer_descriptor" if organisation else None,
    )


def _principal(scene: Scene, start: int, end: int) -> tuple[int, int] | None:
    """The lower-case organisation somebody speaks for: "for the harbour board"."""
    text = scene.text
    match = _FOR.match(text, start, end)
    if not match:
        return None
    row = posts.split(text, match.end(), end)
    last = None
    for word in row[:6]:
        if plain(word[2]) in OPENERS or plain(word[2]) in PARTICIPLES:
            break
        last = word
    return (match.start(1), last[1]) if last else None
