"""Names become voices: the same person or organisation behind its fuller and shorter forms."""

import re
from bisect import bisect_left

from onrecord.extract.speakers import behind, roles
from onrecord.extract.speakers.cast import ACRONYM, BRACKET, CROWD, NEAR, OFTEN, Cast, surname
from onrecord.extract.speakers.facts import ACTS, gender
from onrecord.extract.speakers.lists import (
    GIVEN,
    HONORIFICS,
    RELATIONS,
)
from onrecord.extract.speakers.names import Form
from onrecord.extract.speakers.voices import Mention, Voice


def person_of(cast: Cast, start: int, form: Form, sure: bool) -> Voice:
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


def organisation_of(cast: Cast, start: int, form: Form) -> Voice:
    key = organisation_key(form.words)
    if key not in cast.organisations:
        voice = Voice("organisation", start + form.start, start + form.end, form.words, form.keys)
        cast.organisations[key] = voice
        for word in dict.fromkeys(form.keys):
            cast.by_word[word].append(voice)
    return cast.organisations[key]


def expand(cast: Cast, found: list[tuple[int, int, Form]]) -> None:
    """Find what the acronyms of the article stand for, by the initials of its capitalised runs."""
    acronyms = set(ACRONYM.findall(cast.text))
    if not acronyms:
        return
    for start, end, form in found:
        if len(form.words) < 2 or form.kind == "person":
            continue
        initials = "".join(word[0] for word in cast.text[start:end].split() if word[0].isupper() and word != "The")
        for i in range(max(0, len(initials) - 7), len(initials) - 1):
            if initials[i:] in acronyms:
                cast.expansions.setdefault(initials[i:], (_from_capital(cast.text, start, len(initials) - i, end), end))
        bracket = BRACKET.match(cast.text, end) if cast.text[end : end + 2] == " (" else None
        if bracket:
            cast.expansions.setdefault(bracket.group(1), (start + form.start, end))


def _from_capital(text: str, start: int, count: int, end: int) -> int:
    """Where the last `count` capitalised words before `end` begin."""
    places = [start + match.start() for match in re.finditer(r"\S+", text[start:end]) if match.group()[0].isupper()]
    return places[-count]


def link(cast: Cast, start: int, form: Form) -> None:
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
        voice = person_of(cast, start, form, True)
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
    if start == low and ACTS.match(text, end, high):
        return True
    return (
        roles.before(text, low, start - 1, low) is not None
        or behind.age(text, end) is not None
        or any(True for _ in behind.after(text, end, high))
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
