"""Everybody whom an article names, and the indexes by which a name finds its bearer."""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from onrecord.extract.speakers.capitals import runs
from onrecord.extract.speakers.lists import GIVEN, HONORIFICS, PARTICLES, RELATIONS, SUFFIXES, fold, plain
from onrecord.extract.speakers.names import Form, take_apart
from onrecord.extract.speakers.voices import Mention, Voice
from onrecord.extract.text import Sentence

NEAR = 400  # Code points before the sentence, some three sentences: who was named in full there is still meant.
OFTEN = 3  # Times as often in full as anybody else of that surname: the person whom the article is about.
CROWD = 8  # Voices of one surname, or holders of one post, that are looked at; a longer list decides nothing anyway.


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
    first: dict[str, int] = field(default_factory=dict)

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


def organisation_key(words: tuple[str, ...]) -> str:
    """An organisation's name as it is compared, without its article."""
    kept = [fold(word.lower()) for word in words]
    return " ".join(kept[1:] if kept[0] == "the" and len(kept) > 1 else kept)


def add_person(cast: Cast, start: int, form: Form, sure: bool) -> Voice:
    voice = _added(cast, start, form, sure)
    if form.honorific:
        voice.styles.add(form.honorific)
        voice.styled = voice.styled or (start + form.opens, start + form.end)
    return voice


def _added(cast: Cast, start: int, form: Form, sure: bool) -> Voice:
    key = (form.honorific, *form.keys) if form.honorific and len(form.keys) == 1 else form.keys  # "Mr Hale" is not "Mrs Hale".
    voice = cast.by_name.get(key) or (cast.by_name.get(key[1:]) if len(key) > 2 else None) or _same(cast, key, form)
    if voice and key not in cast.by_name and len(key) > 2 and cast.by_name.get(key[1:]) is voice and key[0] not in GIVEN:
        cast.by_name[key] = voice
        voice.full.append(start + form.start)
        return voice
    if voice is None:
        sex = HONORIFICS[form.honorific] if form.honorific else ""
        voice = Voice("person", start + form.start, start + form.end, form.words, form.keys, gender=sex, sure=sure)
        voice.relative = cast.text[max(0, start - 20) : start].rstrip(" ,").rpartition(" ")[2] in RELATIONS
        _index(cast, voice)
    elif len(form.words) > len(voice.words) and len(key) <= 5:
        voice.aliases.setdefault(" ".join(voice.words).lower(), (voice.start, voice.end, "speaker.alias_name"))
        voice.start, voice.end, voice.words, voice.keys = start + form.start, start + form.end, form.words, form.keys
    voice.sure = voice.sure or sure
    voice.full.append(start + form.start)
    cast.by_name[key] = voice
    return voice


def add_namesake(cast: Cast, start: int, end: int, form: Form) -> None:
    """Note somebody who shares the surname of the name after "and": "Callum" in "Callum and Ewan Strand"."""
    given = cast.text[start:end]
    keys = (fold(plain(given)), *surname(form.keys).split())
    if keys not in cast.by_name and keys[0] not in cast.by_surname:
        cast.by_name[keys] = Voice("person", start, end, (given,), keys)
        _index(cast, cast.by_name[keys])
    if keys in cast.by_name:
        insort(cast.by_name[keys].full, start)


def _index(cast: Cast, voice: Voice) -> None:
    family = surname(voice.keys)
    cast.by_surname[family].append(voice)
    tail = family.split()[-1]
    for short in {tail, tail.rpartition("-")[2] if tail.startswith(("al-", "el-", "ul-", "as-")) else tail} - {family}:
        cast.by_surname[short].append(voice)
    if len(voice.keys) > 1:
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


def add_organisation(cast: Cast, start: int, form: Form) -> Voice:
    key = organisation_key(form.words)
    if key not in cast.organisations:
        voice = Voice("organisation", start + form.start, start + form.end, form.words, form.keys)
        cast.organisations[key] = voice
        for word in dict.fromkeys(form.keys):
            cast.by_word[word].append(voice)
    return cast.organisations[key]


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
    if not candidates:
        return None
    sex = HONORIFICS[form.honorific] if form.honorific else ""
    if sex:
        known = [voice for voice in candidates if gender(voice) == sex]
        candidates = known or [voice for voice in candidates if not gender(voice)]
    if len(candidates) > 1:
        candidates = [voice for voice in candidates if voice.sure] or candidates
    if len(candidates) > 1 and form.honorific:
        candidates = [voice for voice in candidates if form.honorific in voice.styles] or candidates
    if len(candidates) > 1 and form.post:
        candidates = [voice for voice in candidates if len(voice.keys) == 1] or candidates
    if len(candidates) > 1:
        candidates = _settled(cast, candidates, position)
    return candidates[0] if len(candidates) == 1 else None


def surname_only(cast: Cast, key: str) -> list[Voice]:
    """Those who are known by a surname with a title only."""
    return [voice for voice in dict.fromkeys(cast.by_surname.get(key, ())[:CROWD]) if len(voice.keys) == 1]


def addressed(cast: Cast, form: Form) -> bool:
    """Whether somebody of this surname can be meant by the form of address before it."""
    sex = HONORIFICS[form.honorific] if form.honorific else ""
    return any(gender(voice) in ("", sex) or not sex for voice in cast.by_surname.get(surname(form.keys), ())[:CROWD])


def _settled(cast: Cast, candidates: list[Voice], position: int) -> list[Voice]:
    """The one whom a shared surname means by itself: named in full just before, or far more often than the others.

    A relative of that one is named as such, once; who is named in full again is somebody in their own right.
    """
    principals = [voice for voice in candidates if not voice.relative or bisect_left(voice.full, position) > 1]
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
    if not voice.gender and voice.kind == "person" and len(voice.keys) > 1:
        names = voice.keys[:2]
        first = names[0] if len(names[0].replace(".", "")) > 1 else names[1]
        voice.gender = GIVEN.get(first, "") or GIVEN.get(first.split("-")[0], "")
    return voice.gender
