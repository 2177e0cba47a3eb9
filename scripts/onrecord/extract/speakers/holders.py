"""What the places of the names tell about their bearers: posts, ages and genders."""

import re
from functools import lru_cache

from onrecord.extract.speakers import posts, roles, titles
from onrecord.extract.speakers.cast import (
    Cast,
    gender,
)
from onrecord.extract.speakers.lists import (
    FEMALE,
    MALE,
    NEUTRAL,
    SHORT,
    plain,
)
from onrecord.extract.speakers.voices import Mention, Post, Voice

MOST_POSTS = 24  # Different posts of one person: more are read from a text that is no article.
_LONG = tuple((short, long) for short, longs in SHORT.items() for long in longs)
_REPLACED = re.compile(r"[^.;\n]{0,60}\b(?:replaced|succeeded) by [A-Z]")
_REPLACING = 60 + len("succeeded by ")
_PRONOUN = re.compile(r"\b(he|his|him|she|her|herself|himself)\b")


def learn(cast: Cast) -> None:
    """Read the posts, ages and genders that the places of the names give."""
    heads: set[tuple[str, Voice]] = set()
    told: set[tuple[Voice, str, str]] = set()
    for mention in cast.mentions:
        voice = mention.voice
        if not voice.sure:
            continue
        voice.replaced = voice.replaced or _is_replaced(cast.text, mention.end)
        for post in _posts(cast, mention):
            same = (voice, cast.text[post.start : post.end], post.rule)
            if same in told or len(voice.posts) >= MOST_POSTS:
                continue
            told.add(same)
            voice.posts.append(post)
            for key in keys(cast, post):
                if (key, voice) not in heads:
                    heads.add((key, voice))
                    cast.by_head[key].append(voice)
            _sex(voice, post.head)
        if voice.age is None and cast.text[mention.end : mention.end + 2] in (", ", " ("):
            voice.age = roles.age(cast.text, mention.end)
            if voice.age:
                cast.by_age[voice.age].append(voice)
    for mention in cast.mentions:
        if mention.voice.sure and not gender(mention.voice):
            _pronoun_after(cast, mention)


def _is_replaced(text: str, end: int) -> bool:
    return text.find("ed by ", end, end + _REPLACING) >= 0 and _REPLACED.match(text, end) is not None


def _sex(voice: Voice, head: str) -> None:
    if not voice.gender and head in FEMALE:
        voice.gender = "f"
    elif not voice.gender and head in MALE:
        voice.gender = "m"


def _posts(cast: Cast, mention: Mention) -> list[Post]:
    text, found = cast.text, []
    low, high = cast.bounds(mention.start, mention.end)
    end = mention.post[1] if mention.post else mention.name - 1
    if mention.post or text[end - 1 : end].isalpha() or text[end - 1 : end] == ".":
        post = titles.before(text, low, end, low)
        if post is None and mention.post:
            post = _inner(text, *mention.post)
        elif post is None and mention.start < mention.name:
            # "hydrologist Dr Ann Bell"
            post = titles.before(text, low, mention.start - 1, low)
        if post:
            found.append(post)
    if mention.full:
        post = roles.first(text, low, mention.start)
        if post:
            found.append(post)
    if text[mention.end : mention.end + 1] in (",", " "):
        found.extend(roles.after(text, mention.end, high))
        if mention.voice.employer is None:
            mention.voice.employer = roles.employer(text, mention.end, high)
    extra = []
    for post in found:
        written = text[post.start : post.end].split()[-1] if post.end > post.start else ""
        if written in cast.expansions:
            start, stop = cast.expansions[written]
            lower = frozenset(plain(word) for word in text[start:stop].split())
            extra.append(
                Post(
                    start,
                    stop,
                    plain(text[start:stop].split()[-1]),
                    lower,
                    "speaker.role_expanded",
                    post.organisation,
                    post.organisation_rule,
                )
            )
    return found + extra


def _inner(text: str, start: int, end: int) -> Post | None:
    """A post in a run of its own whose chief word is not its last: "Secretary of State"."""
    for word in text[start:end].split():
        head = posts.head_of(word)
        if head:
            return posts.make_post(text, start, end, head, "speaker.role_before")
    return None


def keys(cast: Cast, post: Post) -> frozenset[str]:
    """The words by which a post may be called: its head, its initials, its short form."""
    return _calls(cast.text[post.start : post.end], post.head)


@lru_cache(maxsize=4096)
def _calls(words: str, head: str) -> frozenset[str]:
    if not head:
        return frozenset()
    row = [plain(word) for word in words.split()]
    found, phrase = {head}, " ".join(row)
    initials = "".join(word[0] for word in row if word and word not in ("and", "of", "for", "the"))
    found.update(initials[i:] for i in range(max(0, len(initials) - 5), len(initials) - 1))
    found.update(long.split()[-1] for long in SHORT.get(head, ()))
    found.update([short for short, long in _LONG if long in phrase])
    return frozenset(found)


def _pronoun_after(cast: Cast, mention: Mention) -> None:
    """Read a gender from the first pronoun after a name in the same sentence, when nobody else is named between."""
    low, high = cast.bounds(mention.start, mention.end)
    high = min(high, mention.end + 120)
    if mention.start - low > 40 or '"' in cast.text[mention.end : high] or "“" in cast.text[mention.end : high]:
        return
    after = cast.text[mention.end : high].lower()
    if any(mark in after for mark in NEUTRAL):
        mention.voice.gender = "n"
        return
    match = _PRONOUN.search(after)
    if match and not cast.within(mention.end, mention.end + match.start()):
        mention.voice.gender = "m" if match.group(1).startswith("h") and match.group(1) not in ("her", "herself") else "f"
