"""The organisation of a name as written: by its acronym, its short name or in full."""

import re

from onrecord.extract.speakers.cast import add_organisation, organisation_key
from onrecord.extract.speakers.lists import AUXILIARIES, LEGAL, ORGANISATION_SUFFIXES, VERBS, fold, plain
from onrecord.extract.speakers.names import Form
from onrecord.extract.speakers.scene import Scene
from onrecord.extract.speakers.voices import Voice
from onrecord.hashing import normalise

OWN = len("'s")
_NEXT = re.compile(r" (\w+)")
_BEHIND = VERBS | AUXILIARIES


def shop_named(scene: Scene, start: int, end: int) -> Voice | None:
    """The organisation whose own name ends in 's: "St Mary's said"; None where that tells an owner: "Ann Bell's words"."""
    verb = _NEXT.match(scene.text, end)
    if verb is None or verb.group(1) not in _BEHIND:
        return None
    for a, b in scene.cast.runs_in(start, end - OWN):
        form = scene.cast.form(a, b) if b == end - OWN and scene.text[start:a] in ("", "the ") else None
        return organisation_named(scene, a, form, OWN) if form else None
    return None


def organisation_named(scene: Scene, start: int, form: Form, tail: int = 0) -> Voice:
    """The organisation of a name as written, under the fullest form that the article gives.

    Args:
        scene: what is known so far.
        start: where the run of the name begins.
        form: the run taken apart.
        tail: code points after the run that are part of the name: its 's.
    """
    cast, text = scene.cast, scene.text
    at, end = start + form.start, start + form.end + tail
    voice = cast.organisations.get(organisation_key(form.words))
    bare = form.words[1:] if form.words[0].lower() == "the" and len(form.words) > 1 else form.words
    short = " ".join(bare).replace(".", "")
    if short in cast.expansions:
        span = cast.expansions[short]
        names = tuple(text[span[0] : span[1]].split())
        fresh = Voice("organisation", span[0], span[1], names, tuple(map(plain, names)))
        voice = cast.organisations.setdefault(organisation_key(names), fresh)
    elif voice is None and len(bare) == 1:
        longer = [
            full
            for full in cast.by_word.get(fold(plain(bare[0])), ())[:9]
            if _shortens(bare[0], full, len(bare) < len(form.words) or text[max(0, at - 4) : at].lower() == "the ")
        ]
        voice = longer[0] if len(longer) == 1 else None
    voice = voice or add_organisation(cast, start, form)
    if tail and text[voice.end : voice.end + tail] == text[end - tail : end]:
        voice.end += tail
    written = text[at:end]
    if normalise(written) != normalise(text[voice.start : voice.end]):
        voice.aliases.setdefault(normalise(written), (at, end, "speaker.alias_short"))
    return voice


def _shortens(word: str, full: Voice, the: bool) -> bool:
    """Whether a word is the first of a company's name, or with "the" the last of a newspaper's."""
    row = full.keys
    row = row[1:] if row[0] == "the" else row
    if the and len(row) > 1 and row[-1] == fold(plain(word)):
        return True
    company = row[-1] in LEGAL or all(piece in ORGANISATION_SUFFIXES for piece in row[1:])
    return row[0] == fold(plain(word)) and len(row) > 1 and company
