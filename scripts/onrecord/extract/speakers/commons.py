"""A body that is called by a common noun: "the council", "the government of Carthia"."""

import re

from onrecord.extract.speakers.cast import add_organisation, organisation_key
from onrecord.extract.speakers.lists import COMMON, DETERMINERS, GROUPS, LONE, plain
from onrecord.extract.speakers.names import Form
from onrecord.extract.speakers.scene import Phrase, Scene
from onrecord.extract.speakers.voices import Voice
from onrecord.hashing import normalise

_PLACE = re.compile(r" of (?:the )?(?=[A-Z])")


def common(scene: Scene, phrase: Phrase, head: str, row: list[tuple[int, int, str]]) -> Voice:
    """An organisation called by a common noun: its full name where only one in the article can be meant."""
    marks = COMMON[head]
    extra = {plain(word[2]) for word in row[:-1]} - DETERMINERS - {"local"}
    close = row[-1][1]
    place = _place_behind(scene, close, phrase.close)
    if place:
        extra, close = extra | {plain(word) for word in scene.text[slice(*place)].split()}, place[1]
    found = dict.fromkeys(voice for mark in marks for voice in scene.cast.by_word.get(mark, ())[:9])
    fitting = [voice for voice in found if extra <= set(voice.keys)]
    the = plain(row[0][2]) == "the"
    recent = [
        voice
        for voice in reversed(scene.latest[-3:])
        if voice.kind == "organisation" and (voice in fitting or _alone(voice, head) or (the and _only_one(scene, voice, head)))
    ]
    if not extra and len(fitting) != 1:
        fitting = recent[:1] or (_represented(scene, head) if head in LONE and plain(row[0][2]) in ("the", "this") else [])
    if len(fitting) == 1:
        voice = fitting[0]
        voice.aliases.setdefault(
            normalise(scene.text[phrase.start : phrase.close]), (phrase.start, phrase.close, "speaker.alias_short")
        )
        return voice
    return scene.keep(Voice("organisation", phrase.start, close, plural=head in GROUPS, noun=head))


def _place_behind(scene: Scene, start: int, end: int) -> tuple[int, int] | None:
    """The place that a body's common noun is told by: "Carthia" in "the government of Carthia"."""
    match = _PLACE.match(scene.text, start, end)
    for run in scene.cast.runs_in(match.end(), end)[:1] if match else ():
        form = scene.cast.form(*run)
        return run if match and run[0] == match.end() and form and form.kind != "person" else None
    return None


def _only_one(scene: Scene, voice: Voice, head: str) -> bool:
    """Whether no other body spoke that is called by a noun: "the government" after "the government of Carthia"."""
    return voice.noun == head and sum(other.noun == head for other in scene.unnamed.values()) == 1


def _represented(scene: Scene, head: str) -> list[Voice]:
    """The organisation that the last ones to speak speak for: "a spokesman for Tidewell Gas" before "the company"."""
    others = {mark for noun, marks in COMMON.items() if noun != head for mark in marks} - set(COMMON[head])
    found: dict[str, tuple[int, Form]] = {}
    for voice in scene.latest[-3:]:
        for span in [voice.employer, *(post.organisation for post in voice.posts)]:
            form = scene.cast.form(*span) if span else None
            if span and form and form.kind != "single" and others.isdisjoint(form.keys):
                found.setdefault(organisation_key(form.words), (span[0], form))
    return [add_organisation(scene.cast, start, form) for start, form in found.values()] if len(found) == 1 else []


def _alone(voice: Voice, head: str) -> bool:
    """Whether a one-word name can be what "the company" goes on about."""
    return len(voice.words) == 1 and head in LONE
