"""Whom a pronoun means: the speaker or subject before it that fits, and nobody where two compete."""

import re

from onrecord.extract.speakers import posts
from onrecord.extract.speakers.cast import gender, organisation_key
from onrecord.extract.speakers.lists import (
    AUXILIARIES,
    COMMON,
    FEMALE,
    GROUPS,
    MALE,
    ORGANISATIONS,
    PARTIES,
    PERSONS,
    POSTS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIONS,
    plain,
)
from onrecord.extract.speakers.scene import Scene
from onrecord.extract.speakers.voices import Mention, Voice
from onrecord.extract.text import Sentence

SENTENCES = 8  # Outside quotations, back from the pronoun: farther than two or three paragraphs nobody is plainly meant.
REACH = 1500  # Code points of a sentence that are looked at before the pronoun: longer ones are no sentences.
OPENING = 130  # Code points in which a sentence names its subject.
LOOK_BACK = 60  # Sentences in all, so that a very long quotation ends the search too.
_SUBJECT = re.compile(r"(?:The|A|An|His|Her|Their|Another|One|This|That|My|Our|Your) ((?:[\w'’-]+ ){0,3}?[\w'’-]+)")
_PLURAL_SUBJECT = re.compile(
    r"(?:The|These|Those|All|Both|Some|Many|Most) (?:[a-z][\w'’-]* ){0,3}?([a-z][\w-]+s) (?:are|were|have)\b"
)
_OWNED = re.compile(r"[A-Z][\w-]*(?: [A-Z][\w-]*){0,3}['’]s? ((?:[a-z][\w-]* ){0,2}?[a-z][\w-]*)")  # "Thorpe's sister"
_SUBJECT_PRONOUN = re.compile(r"(?:[\"“'‘(]*)(?:[A-Z]\w+,? ){0,2}(he|she)\b", re.I)
_OBLIQUE = re.compile(
    r"(?:\b(?:of|with|by|to|for|from|against|about|on|at|over|under|than|like|and|between|alongside|after|before|as)|,)"
    r" (?:the |[\w.]+ )?$"
)
_ASIDE = re.compile(r"\b(?:which|what|that|whom) $")
# Between two names that are one subject: "Ann Bell and her colleague Tom Bell".
_JOINT = re.compile(r", |,? (?:and|&) (?:(?:[Hh]is|[Hh]er|[Tt]heir|[Tt]he|[Aa]) (?:[a-z][\w-]* ){1,3})?")
_HUMAN = POSTS | PERSONS | RELATIONS


def antecedent(scene: Scene, start: int, kind: str) -> Voice | None:
    """Whom "he" ("m"), "she" ("f"), "they" ("p") or "it" ("o") at a place means.

    Args:
        scene: what is known so far; sources before `start` are resolved.
        start: where the pronoun begins.
        kind: what the pronoun asks for, as in the `[pronouns]` table of speakers.toml.
    """
    number = scene.cast.sentence(start)
    seen, weak = 0, list[Voice]()
    for i in range(number, max(-1, number - LOOK_BACK), -1):
        sentence = scene.cast.sentences[i]
        if i != number and (
            sentence.role not in ("body", "standfirst") or scene.quoted.holds(sentence.start, sentence.end - 1)
        ):
            continue
        seen += 1
        if seen > SENTENCES:
            break
        answer = _in_sentence(scene, sentence, i, min(sentence.end, start), kind, weak)
        if answer is not None:
            return _against(answer[0], weak) if answer else None
    return weak[0] if len(set(weak)) == 1 else None


def _against(strong: Voice | None, weak: list[Voice]) -> Voice | None:
    """A speaker or subject wins unless somebody else was named after it."""
    return strong if strong and not [voice for voice in weak if voice is not strong] else None


def fits(voice: Voice, kind: str) -> bool:
    """Whether a voice can be what a pronoun of this kind means."""
    if kind in ("m", "f"):
        return voice.kind in ("person", "unnamed") and voice.human and not voice.plural and gender(voice) in ("", kind)
    if kind == "p":
        called = gender(voice) == "n" or voice.noun.endswith("person")
        return (voice.plural and voice.kind != "document") or voice.kind == "organisation" or called
    return voice.kind in ("organisation", "document") and not voice.plural


def _in_sentence(
    scene: Scene, sentence: Sentence, number: int, high: int, kind: str, weak: list[Voice]
) -> tuple[Voice | None, ...] | None:
    """What a sentence answers: (voice,) found, () refused, None to look further back."""
    low = max(sentence.start, high - REACH)
    spoken = _speaking(scene, number, low, high)
    fitting = list(dict.fromkeys(voice for voice in spoken if fits(voice, kind)))
    if kind == "p" and fitting and _ASIDE.search(scene.text, low, scene.spoken[number][-1][0]):
        # "the marchers ..., which the paper calls rude. They ...": who speaks within a relative clause is not meant.
        return ()
    if fitting:
        if len(fitting) == 1:
            return (fitting[0],) if not nobody(scene, fitting[0]) and not _rivalled(scene, fitting[0], kind) else ()
        return ()
    if kind in ("m", "f") and any(_unclear(scene, voice) for voice in spoken):
        return ()
    if kind == "p" and _plural_subject(scene, sentence, high):
        return ()
    if kind in ("p", "o"):
        return _group(scene, sentence, high, kind)
    people = [mention for mention in scene.people(low, high) if fits(mention.voice, kind)]
    free = [mention for mention in people if not (spoken and scene.reported.holds(mention.start, mention.end))]
    stranger = _stranger(scene, sentence, high, kind)
    if stranger:
        return stranger
    return _subject(scene, sentence, high, free, kind, weak)


def _unclear(scene: Scene, voice: Voice) -> bool:
    """Whether a speaker may be a person for all that the words tell: "A fitter", "The other", a name of one word, two names."""
    if voice.kind == "unnamed" and not voice.plural:
        return not voice.human
    named = scene.cast.runs_in(voice.start, voice.end)
    if voice.kind == "unnamed":
        return len(named) > 1 and named[0][0] == voice.start
    lone = voice.kind == "organisation" and len(voice.words) == 1 and named == [(voice.start, voice.end)]
    return lone and voice.keys[0] not in _BODIES and not voice.words[0].isupper()


_BODIES = ORGANISATIONS | PARTIES | GROUPS | frozenset(COMMON)


def _speaking(scene: Scene, number: int, low: int, high: int) -> list[Voice]:
    """Who speaks in a sentence between two places, in the order of the text.

    Not who does so behind "by": in "Ann Bell was told by Sue Orr that ..." it is Bell whom the sentence is about.
    """
    found: list[Voice] = []
    for begin, _, voice in reversed(scene.spoken.get(number, ())):
        if begin < low:
            break
        if begin < high and scene.text[begin - 3 : begin] != "by ":
            found.append(voice)
    return found[::-1]


def _rivalled(scene: Scene, voice: Voice, kind: str) -> bool:
    """Whether the words for somebody nameless hold the name of a better one: "He" after "a source close to Marcus Ferne"."""
    if voice.kind != "unnamed" or gender(voice):
        return False
    return any(gender(mention.voice) == kind for mention in scene.cast.within(voice.start, voice.end))


def nobody(scene: Scene, voice: Voice) -> bool:
    """Whether a voice is itself a pronoun that nobody was found for."""
    return voice.kind == "unnamed" and scene.text[voice.start : voice.end].lower() in PRONOUNS


def _subject(
    scene: Scene, sentence: Sentence, high: int, people: list[Mention], kind: str, weak: list[Voice]
) -> tuple[Voice | None, ...] | None:
    text = scene.text
    pronoun = _SUBJECT_PRONOUN.match(text, sentence.start, min(high, sentence.start + OPENING))
    if pronoun and not scene.quoted.holds(pronoun.start(1), pronoun.end(1)):
        asked = PRONOUNS[pronoun.group(1).lower()]
        if asked == kind:
            return None
    direct = [mention for mention in people if not _owns(text, mention)]
    names = list(dict.fromkeys(mention.voice for mention in direct))
    if not names:
        owners = list(dict.fromkeys(mention.voice for mention in people))
        weak.extend(owner for owner in owners if len(owners) > 1 and owner not in weak)
        return None
    first = direct[0]
    if _opens(text, sentence, first) and not _joined(text, direct):
        rival = not gender(first.voice) and any(gender(name) for name in names)
        return () if rival else (first.voice,)
    if len(names) == 1:
        weak.extend(name for name in names if name not in weak)
        return None
    return ()


def _owns(text: str, mention: Mention) -> bool:
    return text[mention.end : mention.end + 2] in ("'s", "’s", "' ", "’ ")


def _opens(text: str, sentence: Sentence, mention: Mention) -> bool:
    """Whether a name is the subject of its sentence: nothing but an adverbial before it, and a verb after it."""
    before = text[max(sentence.start, mention.start - 80) : mention.start]
    return not _OBLIQUE.search(before) or _adverbial(before)


def _adverbial(before: str) -> bool:
    return before.endswith(", ") and len(before) < 50 and before.count(",") == 1


def _joined(text: str, people: list[Mention]) -> bool:
    """Whether two names are one subject: "Ann Bell and Tom Bell met"."""
    return (
        len(people) > 1
        and people[0].voice is not people[1].voice
        and _JOINT.fullmatch(text, people[0].end, people[1].start) is not None
    )


def _stranger(scene: Scene, sentence: Sentence, high: int, kind: str) -> tuple[Voice | None, ...]:
    """A common noun as subject: its holder when it is somebody's post, a refusal when it may be the one meant."""
    close = min(high, sentence.start + OPENING)
    match = _SUBJECT.match(scene.text, sentence.start, close) or _OWNED.match(scene.text, sentence.start, close)
    if not match or scene.quoted.holds(match.start(), match.end()):
        return ()
    for word in match.group(1).split():
        lower = plain(word)
        if lower in PREPOSITIONS or lower in AUXILIARIES or word[:1].isupper() or word.endswith(("'s", "’s")):
            return ()
        if posts.head_of(word) or lower in PERSONS:
            return _holder(scene, lower, kind)
    return ()


def _holder(scene: Scene, noun: str, kind: str) -> tuple[Voice | None, ...]:
    if noun in (MALE if kind == "f" else FEMALE):
        return ()
    holders = scene.cast.by_head.get(noun, [])
    if len(holders) == 1 and fits(holders[0], kind):
        return (holders[0],)
    return (None,) if noun in _HUMAN else ()


def _common_subject(scene: Scene, sentence: Sentence, high: int) -> bool:
    """Whether a common noun for an organisation is the subject: "The council met"."""
    match = _SUBJECT.match(scene.text, sentence.start, min(high, sentence.start + OPENING))
    return match is not None and any(plain(word) in COMMON for word in match.group(1).split())


def _plural_subject(scene: Scene, sentence: Sentence, high: int) -> bool:
    """Whether a sentence is about several of a kind: "The shops were reluctant"."""
    match = _PLURAL_SUBJECT.match(scene.text, sentence.start, min(high, sentence.start + OPENING))
    return match is not None and not match.group(1).endswith("ss")


def _group(scene: Scene, sentence: Sentence, high: int, kind: str) -> tuple[Voice | None, ...] | None:
    """An organisation as subject, or for "they" a person who is called so."""
    if scene.text[sentence.start].isupper():
        for start, end in scene.cast.runs_in(sentence.start, min(high, sentence.start + OPENING)):
            form = scene.cast.form(start, end)
            if start == sentence.start and form and form.kind in ("organisation", "acronym"):
                voice = scene.cast.organisations.get(organisation_key(form.words))
                return (voice,) if voice else None
            break
    if kind == "o" and scene.latest and scene.latest[-1].kind == "document" and _common_subject(scene, sentence, high):
        return ()
    if kind == "p":
        people = scene.people(max(sentence.start, high - REACH), high)
        called = list(dict.fromkeys(mention.voice for mention in people if gender(mention.voice) == "n"))
        if len(called) == 1:
            return (called[0],)
    return None
