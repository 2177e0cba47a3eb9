"""Everybody whom an article names: who is the same person, and what posts they hold."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.extract.speakers import roles
from onrecord.extract.speakers.lists import (
    FEMALE,
    GIVEN,
    HONORIFICS,
    MALE,
    NEUTRAL,
    PARTICLES,
    RELATIONS,
    SHORT,
    SUFFIXES,
    plain,
)
from onrecord.extract.speakers.names import Form, runs, take_apart
from onrecord.extract.speakers.voices import Mention, Post, Voice
from onrecord.extract.text import Sentence
from onrecord.records import Article

NEAR = 400  # Code points before the sentence, some three sentences: who was named in full there is still meant.
MOST_POSTS = 24  # Different posts of one person: more are read from a text that is no article.
OFTEN = 3  # Times as often in full as anybody else of that surname: the person whom the article is about.
CROWD = 8  # Voices of one surname, or holders of one post, that are looked at; a longer list decides nothing anyway.
_BRACKET = re.compile(r" \(([A-Z][\w&]{1,6})\)")
_ACRONYM = re.compile(r"[A-Z](?<!\w.)[A-Z]{1,6}(?!\w)")
_PRONOUN = re.compile(r"\b(he|his|him|she|her|herself|himself)\b")
_ACTS = re.compile(
    r" (?:has|had|is|was|will|would|did|does|also|never|\w+ed|[a-z]+s|met|saw|told|took|gave|lost|won|sat|stood|went|came|left"
    r"|ran|made|wrote|got|became|began|spent|sold|bought|led|built|grew|found|felt|knew|fell|held|kept|put|read|spoke|taught"
    r"|thought|wore)\b"
)
_HEADING_SHARE = 0.7  # Of the words of a sentence: more capitals than this is a heading in title case.


@dataclass(slots=True)
class Cast:
    """The named voices of an article, and the indexes that find them."""

    text: str
    sentences: list[Sentence]
    starts: list[int]
    mentions: list[Mention] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    by_name: dict[tuple[str, ...], Voice] = field(default_factory=dict)
    by_surname: defaultdict[str, list[Voice]] = field(default_factory=lambda: defaultdict(list))
    by_given: defaultdict[str, list[Voice]] = field(default_factory=lambda: defaultdict(list))
    organisations: dict[str, Voice] = field(default_factory=dict)
    by_word: defaultdict[str, list[Voice]] = field(default_factory=lambda: defaultdict(list))
    by_head: defaultdict[str, list[Voice]] = field(default_factory=lambda: defaultdict(list))
    by_age: defaultdict[str, list[Voice]] = field(default_factory=lambda: defaultdict(list))
    expansions: dict[str, tuple[int, int]] = field(default_factory=dict)
    runs: list[tuple[int, int]] = field(default_factory=list)
    opens: list[int] = field(default_factory=list)
    alone: Counter[str] = field(default_factory=Counter)

    def form(self, start: int, end: int) -> Form | None:
        """The capitalised run between two places, taken apart."""
        return take_apart(self.text[start:end])

    def company(self, names: tuple[str, ...]) -> bool:
        """Whether a name is cut to its first word, as companies are and persons are not: "Wells" for "Wells Fargo"."""
        return self.alone[names[0]] > 0 and self.alone[names[-1]] == 0

    def runs_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """The capitalised runs of a stretch of text, cut to it."""
        first, last = bisect_left(self.opens, start), bisect_left(self.opens, end)
        inside = self.runs[first:last]
        if (first and self.runs[first - 1][1] > start) or (inside and inside[-1][1] > end):
            return runs(self.text, start, end)
        return inside

    def sentence(self, position: int) -> int:
        """The number of the sentence that holds a place, or the last one before it; -1 before the first."""
        return bisect_left(self.starts, position + 1) - 1

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence that holds a name begins and ends."""
        number = self.sentence(start)
        if number < 0:
            return start, end
        return min(self.sentences[number].start, start), max(self.sentences[number].end, end)

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in a stretch of text."""
        return self.mentions[bisect_left(self.at, start) : bisect_left(self.at, end)]


def surname(keys: tuple[str, ...]) -> str:
    """The part of a name that stands for its bearer: with its particles, without "Jr".

    >>> surname(("willem", "van", "der", "kolk")), surname(("ann", "bell", "jr"))
    ('van der kolk', 'bell')
    """
    kept = list(keys)
    while len(kept) > 1 and kept[-1] in SUFFIXES:
        kept.pop()
    first = len(kept) - 1
    while first > 1 and kept[first - 1] in PARTICLES:
        first -= 1
    return " ".join(kept[first:])


def gather(article: Article, sentences: list[Sentence], spans: list[tuple[int, int]]) -> Cast:
    """Read the names of an article.

    Args:
        article: its text.
        sentences: its sentences, in order.
        spans: the sources as written; a name there is somebody's.
    """
    cast = Cast(article.text, sentences, [sentence.start for sentence in sentences])
    headings = _Headings(cast)
    cast.runs = runs(article.text)
    cast.opens = [start for start, _ in cast.runs]
    found = [(start, end, form) for start, end in cast.runs if (form := cast.form(start, end))]
    spoken = {start for span in spans for start, _ in cast.runs_in(*span)}
    cast.alone.update(form.keys[0] for _, _, form in found if len(form.words) == 1)
    later = []
    for start, end, form in found:
        if form.kind in ("person", "maybe") and len(form.words) > 1 and not _known_short(cast, form):
            if (form.kind == "maybe" or len(form.words) > 3) and headings.hold(start):
                continue
            said = (start + form.start in spoken or start in spoken) and not cast.company(form.keys)
            _person(cast, start, form, form.kind == "person" or said)
        elif form.kind == "organisation" and not (len(form.words) > 3 and headings.hold(start)):
            _organisation(cast, start, form)
        later.append((start, end, form))
    for start, _, form in later:
        if (
            form.honorific
            and len(form.words) == 1
            and by_short_name(cast, form, start) is None
            and cast.by_surname.get(surname(form.keys))
        ):
            _person(cast, start, form, True)
    _expand(cast, found)
    for start, _, form in later:
        _link(cast, start, form)
    cast.mentions.sort(key=lambda mention: mention.start)
    cast.at = [mention.start for mention in cast.mentions]
    _know(cast)
    return cast


def _known_short(cast: Cast, form: Form) -> bool:
    """Whether all words are a surname with particles: "Van der Kolk"."""
    return " ".join(form.keys) in cast.by_surname


class _Headings:
    """The sentences of an article that are headings in title case; each is looked at once, when it is asked for."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._known: dict[int, bool] = {}

    def hold(self, start: int) -> bool:
        """Whether the sentence that holds a place is one."""
        number = self._cast.sentence(start)
        if number not in self._known:
            self._known[number] = number >= 0 and _heading(self._cast.text, self._cast.sentences[number])
        return self._known[number]


def _heading(text: str, sentence: Sentence) -> bool:
    if sentence.role == "title":
        return True
    row = text[sentence.start : min(sentence.end, sentence.start + 200)].split()
    return sentence.role == "body" and len(row) > 4 and sum(word[0].isupper() for word in row) > _HEADING_SHARE * len(row)


def _person(cast: Cast, start: int, form: Form, sure: bool) -> Voice:
    key = form.keys
    voice = cast.by_name.get(key) or (cast.by_name.get(key[1:]) if len(key) > 2 else None) or _same(cast, key, form)
    if voice and key not in cast.by_name and len(key) > 2 and cast.by_name.get(key[1:]) is voice and key[0] not in GIVEN:
        cast.by_name[key] = voice
        voice.full.append(start + form.start)
        return voice
    if voice is None:
        voice = Voice("person", start + form.start, start + form.end, form.words, form.keys, sure=sure)
        voice.relative = cast.text[max(0, start - 20) : start].rstrip(" ,").rpartition(" ")[2] in RELATIONS
        _index(cast, voice)
    elif len(form.words) > len(voice.words) and len(key) <= 5:
        voice.aliases.setdefault(" ".join(voice.words).lower(), (voice.start, voice.end, "speaker.alias_name"))
        voice.start, voice.end, voice.words, voice.keys = start + form.start, start + form.end, form.words, form.keys
    voice.sure = voice.sure or sure
    voice.full.append(start + form.start)
    cast.by_name[key] = voice
    return voice


def _index(cast: Cast, voice: Voice) -> None:
    family = surname(voice.keys)
    cast.by_surname[family].append(voice)
    tail = family.split()[-1]
    for short in {tail, tail.rpartition("-")[2] if tail.startswith(("al-", "el-", "ul-", "as-")) else tail} - {family}:
        cast.by_surname[short].append(voice)
    if len(voice.words) > 1:
        cast.by_given[voice.keys[0]].append(voice)


def _same(cast: Cast, key: tuple[str, ...], form: Form) -> Voice | None:
    """Somebody who is known by a shorter or fuller form of the same name."""
    for voice in cast.by_surname[surname(form.keys)][:CROWD]:
        other = voice.keys
        short, long = sorted((key, other), key=len)
        if len(short) > 1 and long[-len(short) :] == short:
            return voice
        if len(short) > 1 and short[0] == long[0] and len(short) < len(long) and set(short) <= set(long):
            return voice
    return None


def organisation_key(words: tuple[str, ...]) -> str:
    """An organisation's name as it is compared, without its article."""
    kept = [word.lower() for word in words]
    return " ".join(kept[1:] if kept[0] == "the" and len(kept) > 1 else kept)


def _organisation(cast: Cast, start: int, form: Form) -> Voice:
    key = organisation_key(form.words)
    if key not in cast.organisations:
        voice = Voice("organisation", start + form.start, start + form.end, form.words, form.keys)
        cast.organisations[key] = voice
        for word in dict.fromkeys(form.keys):
            cast.by_word[word].append(voice)
    return cast.organisations[key]


def _expand(cast: Cast, found: list[tuple[int, int, Form]]) -> None:
    """Find what the acronyms of the article stand for, by the initials of its capitalised runs."""
    acronyms = set(_ACRONYM.findall(cast.text))
    if not acronyms:
        return
    for start, end, form in found:
        if len(form.words) < 2 or form.kind == "person":
            continue
        initials = "".join(word[0] for word in cast.text[start:end].split() if word[0].isupper() and word != "The")
        for i in range(max(0, len(initials) - 7), len(initials) - 1):
            if initials[i:] in acronyms:
                cast.expansions.setdefault(initials[i:], (_from_capital(cast.text, start, len(initials) - i, end), end))
        bracket = _BRACKET.match(cast.text, end) if cast.text[end : end + 2] == " (" else None
        if bracket:
            cast.expansions.setdefault(bracket.group(1), (start + form.start, end))


def _from_capital(text: str, start: int, count: int, end: int) -> int:
    """Where the last `count` capitalised words before `end` begin."""
    places = [start + match.start() for match in re.finditer(r"\S+", text[start:end]) if match.group()[0].isupper()]
    return places[-count]


def _link(cast: Cast, start: int, form: Form) -> None:
    """Note a mention of a person: by full name, title and surname, or surname or given name alone."""
    if (
        len(form.words) == 1
        and form.keys[0] not in cast.by_surname
        and form.keys[0] not in cast.by_given
        and form.kind != "person"
    ):
        return
    text, post = cast.text, None
    if form.post:
        post = (start + form.post[0], start + form.post[1])
    voice, full = None, len(form.words) > 1
    if full and form.kind in ("person", "maybe"):
        voice = cast.by_name.get(form.keys)
    if voice is None and form.kind in ("person", "maybe", "single", "post", "other"):
        voice = by_short_name(cast, form, start)
    titled = form.post is not None or form.honorific is not None
    if voice is None and form.kind == "person" and titled and not cast.by_surname.get(surname(form.keys)):
        voice = _person(cast, start, form, True)
    if voice is None:
        return
    if titled:
        voice.sure = True
    if not voice.sure and full:
        low, high = cast.bounds(start, start + form.end)
        voice.sure = _introduced(text, start + form.start, start + form.end, low, high)
    if form.honorific and not voice.gender:
        voice.gender = HONORIFICS[form.honorific]
    voice.count += 1
    begin = start + form.opens if titled else start + form.start
    cast.mentions.append(Mention(begin, start + form.start, start + form.end, voice, full or titled, post))


def _introduced(text: str, start: int, end: int, low: int, high: int) -> bool:
    if start == low and _ACTS.match(text, end, high):
        return True
    return (
        roles.before(text, low, start - 1, low) is not None
        or roles.age(text, end) is not None
        or any(True for _ in roles.after(text, end, high))
    )


def by_short_name(cast: Cast, form: Form, position: int) -> Voice | None:
    """Whom a surname or given name, with or without a title, stands for; None where more than one person could be meant."""
    key = " ".join(form.keys)
    family = cast.by_surname.get(key) or (cast.by_surname.get(surname(form.keys)) if len(form.words) < 3 else None) or []
    family = family[: CROWD * CROWD]
    if len(form.words) == 2 and family and key not in cast.by_surname:
        family = [voice for voice in family if voice.keys[0] == form.keys[0]]
    candidates = list(dict.fromkeys(family))[: CROWD + 1]
    if not candidates and len(form.words) == 1:
        candidates = cast.by_given.get(key, [])[: CROWD + 1]
    sex = HONORIFICS[form.honorific] if form.honorific else ""
    if sex:
        known = [voice for voice in candidates if gender(voice) == sex]
        candidates = known or [voice for voice in candidates if not gender(voice)]
    if len(candidates) > 1 and form.post:
        candidates = [voice for voice in candidates if len(voice.words) == 1] or candidates
    if len(candidates) > 1:
        candidates = _settled(cast, candidates, position)
    return candidates[0] if len(candidates) == 1 else None


def _settled(cast: Cast, candidates: list[Voice], position: int) -> list[Voice]:
    """The one whom a shared surname means by itself: named in full just before, or far more often than the others."""
    principals = [voice for voice in candidates if not voice.relative]
    if len(principals) == 1:
        return principals
    near = cast.bounds(position, position)[0] - NEAR
    recent = [voice for voice in candidates if bisect_left(voice.full, near) < bisect_left(voice.full, position)]
    if len(recent) == 1:
        return recent
    if recent:
        return candidates
    often = sorted(candidates, key=lambda voice: -len(voice.full))
    return often[:1] if len(often[0].full) >= OFTEN * len(often[1].full) else candidates


def gender(voice: Voice) -> str:
    """What the name, the title or the posts tell: "m", "f", "n" or "" for nothing."""
    if not voice.gender and voice.kind == "person" and len(voice.words) > 1:
        known = GIVEN
        names = voice.keys[:2]
        first = names[0] if len(names[0].replace(".", "")) > 1 else names[1]
        voice.gender = known.get(first, "") or known.get(first.split("-")[0], "")
    return voice.gender


def _know(cast: Cast) -> None:
    """Read the posts, ages and genders that the places of the names give."""
    heads: set[tuple[str, Voice]] = set()
    told: set[tuple[Voice, str, str]] = set()
    for mention in cast.mentions:
        voice = mention.voice
        if not voice.sure:
            continue
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
        post = roles.before(text, low, end, low)
        if post is None and mention.post:
            post = _inner(text, *mention.post)
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
        head = roles.head_of(word)
        if head:
            return roles.make_post(text, start, end, head, "speaker.role_before")
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
    for short, longs in SHORT.items():
        if short == head:
            found.update(long.split()[-1] for long in longs)
        elif any(long in phrase for long in longs):
            found.add(short)
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
