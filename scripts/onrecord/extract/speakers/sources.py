"""A source as written, taken apart: a name, an organisation, a document, a post, a pronoun or somebody nameless."""

import re
from itertools import pairwise

from onrecord.extract.speakers import behind, roles
from onrecord.extract.speakers.descriptors import INTRODUCES, Phrase, described, nameless
from onrecord.extract.speakers.lists import (
    COMMON,
    DOCUMENTS,
    GIVEN,
    GROUPS,
    MODIFIERS,
    NOT_GIVEN,
    OPENERS,
    ORGANISATION_SUFFIXES,
    PARTICIPLES,
    PERSONS,
    POSTS,
    PREPOSITIONS,
    PRONOUNS,
    plain,
)
from onrecord.extract.speakers.names import Form
from onrecord.extract.speakers.people import by_short_name, organisation_key, organisation_of, person_of
from onrecord.extract.speakers.pronouns import antecedent
from onrecord.extract.speakers.scene import Scene
from onrecord.extract.speakers.voices import Voice
from onrecord.hashing import normalise

LONGEST = 300  # Code points of a source that are read; what a name or post needs stands before that.


_CUT = re.compile(r"[,;(\n]|\s(?:[–—-]|--)\s|\s(?:who|whom|whose|which|that|when|where)\b")


_EDGES = " \t\n\xa0\"“”'‘,;:–—-"


_AND = re.compile(
    r" ?\([^)\n]{1,30}\)(?:, [A-Z][^,(\n]{2,40}(?: \([^)\n]{1,30}\))?){0,3},? and (?:the )?(?=[A-Z])"
    r"|(?:, [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)+){1,3},? and (?=[A-Z])"
)


def identify(scene: Scene, start: int, end: int) -> Voice | None:
    """The voice behind a source as written; None where it holds no word."""
    text = scene.text
    end = min(end, start + LONGEST)
    words = text[start:end]
    start += len(words) - len(words.lstrip(_EDGES))
    end = start + len(text[start:end].rstrip(_EDGES))
    if not any(char.isalnum() for char in text[start:end]):
        return None
    if text[end - 2 : end] in ("'s", "’s"):
        end -= 2
    kind = PRONOUNS.get(text[start:end].lower())
    if kind:
        return _pronoun(scene, start, end, kind)
    cut = _CUT.search(text, start + 1, end)
    phrase = Phrase(start, cut.start() if cut else end, end)
    return _named(scene, phrase) or _apposed(scene, phrase) or described(scene, phrase)


def _pronoun(scene: Scene, start: int, end: int, kind: str) -> Voice:
    voice = None
    if kind in ("m", "f", "p", "o"):
        voice = antecedent(scene, start, kind)
    elif kind == "r":
        voice = _relative(scene, start)
    return voice or nameless(scene, start, end)


def _relative(scene: Scene, start: int) -> Voice | None:
    """Whom "who" goes on about: the name, or the source, that ends right before it."""
    before = [mention for mention in scene.cast.within(start - 90, start) if mention.voice.sure]
    if before and start - before[-1].end <= 3:
        return before[-1].voice
    row = scene.spoken.get(scene.cast.sentence(start), [])
    return row[-1][2] if row and 0 <= start - row[-1][1] <= 3 else None


def _named(scene: Scene, phrase: Phrase) -> Voice | None:
    """The person or organisation that is the head of the first noun phrase."""
    text, gap = scene.text, phrase.start
    row = scene.cast.runs_in(phrase.start, phrase.close)[:8]
    lead = {word.lower() for word in text[phrase.start : row[0][0]].split()} if row else set()
    if (not (lead & PREPOSITIONS or any(map(_hangs, lead))) and _coordinated(scene, row)) or _AND.match(
        text, phrase.close, phrase.end
    ):
        return nameless(scene, phrase.start, phrase.end, plural=True)
    for start, end in row:
        between = {word.lower() for word in text[gap:start].split()}
        if "and" in between and gap > phrase.start:
            return nameless(scene, phrase.start, phrase.close, plural=True)
        if between & PREPOSITIONS or any(_hangs(word) for word in between):
            return None
        rest = text[end : phrase.close]
        gap = end
        if rest and not _follows(rest):
            continue
        form = scene.cast.form(start, end)
        if form is None:
            return None
        voice = _of_form(scene, start, form, between | ({text[start:end].split()[0].lower()} if form.start else set()))
        if voice:
            return voice
    return None


def _hangs(word: str) -> bool:
    """Whether a word ends the noun phrase before it, so that a name after it is not the head."""
    return word in PARTICIPLES or word in GROUPS or (word.endswith("ing") and word not in MODIFIERS)


def _follows(rest: str) -> bool:
    """Whether what comes after a name leaves it the head: "of Leeds", "in Delhi", and no noun or possessive."""
    word = rest.split(None, 1)[0].lower() if rest.strip() else ""
    if not word or not rest.strip(" ."):
        return True
    return rest[0].isspace() and (
        word in PREPOSITIONS or word in PARTICIPLES or word in ("himself", "herself", "itself", "jr.")
    )


def _coordinated(scene: Scene, row: list[tuple[int, int]]) -> bool:
    joints = {scene.text[end:start] for (_, end), (start, _) in pairwise(row)}
    return not joints.isdisjoint((" and ", " & ", ", and ", " and the ", ", and the "))


def _of_form(scene: Scene, start: int, form: Form, before: set[str]) -> Voice | None:
    cast = scene.cast
    if form.kind in ("person", "maybe") and len(form.words) > 1:
        voice = cast.by_name.get(form.keys) or by_short_name(cast, form, start)
        if form.kind == "maybe" and not (voice and voice.sure) and ("the" in before or cast.company(form.keys)):
            return _organisation_named(scene, start, form)
        return _sure(voice or person_of(cast, start, form, True))
    if form.kind in ("person", "single", "post", "acronym"):
        voice = by_short_name(cast, form, start)
        if voice:
            return _sure(voice)
        if form.kind == "person":
            return _sure(person_of(cast, start, form, True))
    if form.kind == "post" or form.keys[-1] in GROUPS or any(word.isdigit() for word in before):
        return None
    if before & {"a", "an", "one", "another", "some"}:
        return None
    if form.kind == "single":
        return _single(scene, start, form, before)
    return _organisation_named(scene, start, form)


def _sure(voice: Voice) -> Voice:
    voice.sure = True
    return voice


def _single(scene: Scene, start: int, form: Form, before: set[str]) -> Voice | None:
    """A single capitalised word that is nobody's surname: a group, a name alone, or an organisation."""
    word = form.keys[0]
    if (
        word in NOT_GIVEN
        or _people(word)
        or word in GROUPS
        or (word in DOCUMENTS and "the" not in before)
        or word in OPENERS
        or roles.head_of(word)
    ):
        return None
    if word in COMMON:
        return None
    shared = len(scene.cast.by_surname.get(word, ())) > 1 or len(scene.cast.by_given.get(word, ())) > 1
    told = any(True for _ in behind.after(scene.text, start + form.end, start + form.end + 80) if _.rule != "speaker.role_is")
    if shared or told or (word in GIVEN and "the" not in before):
        key = (word,)
        if key not in scene.cast.by_name:
            voice = Voice("person", start + form.start, start + form.end, form.words, form.keys, gender=GIVEN.get(word, ""))
            scene.cast.by_name[key] = voice
        return scene.cast.by_name[key]
    if word in PERSONS:
        return None
    return _organisation_named(scene, start, form)


def _people(word: str) -> bool:
    """Whether a word is a plural for people: "Proponents", "Europeans"."""
    one = word.removesuffix("s")
    return one != word and (one.endswith(("ican", "ian", "ean", "crat")) or one in POSTS or one in PERSONS)


def _organisation_named(scene: Scene, start: int, form: Form) -> Voice:
    """The organisation of a name as written, under the fullest form that the article gives."""
    cast, text = scene.cast, scene.text
    at, end = start + form.start, start + form.end
    voice = cast.organisations.get(organisation_key(form.words))
    bare = form.words[1:] if form.words[0].lower() == "the" and len(form.words) > 1 else form.words
    if len(bare) == 1 and bare[0].replace(".", "") in cast.expansions:
        span = cast.expansions[bare[0].replace(".", "")]
        names = tuple(text[span[0] : span[1]].split())
        fresh = Voice("organisation", span[0], span[1], names, tuple(map(plain, names)))
        voice = cast.organisations.setdefault(organisation_key(names), fresh)
    elif voice is None and len(bare) == 1:
        longer = [
            full for full in cast.by_word.get(plain(bare[0]), ())[:9] if _shortens(bare[0], full, len(bare) < len(form.words))
        ]
        voice = longer[0] if len(longer) == 1 else None
    voice = voice or organisation_of(cast, start, form)
    written = text[at:end]
    if normalise(written) != normalise(text[voice.start : voice.end]):
        voice.aliases.setdefault(normalise(written), (at, end, "speaker.alias_short"))
    return voice


def _shortens(word: str, full: Voice, the: bool) -> bool:
    """Whether a word is the first of a company's name, or with "the" the last of a newspaper's."""
    row = full.keys
    row = row[1:] if row[0] == "the" else row
    if the and len(row) > 1 and row[-1] == plain(word):
        return True
    return row[0] == plain(word) and len(row) > 1 and all(piece in ORGANISATION_SUFFIXES for piece in row[1:])


def _apposed(scene: Scene, phrase: Phrase) -> Voice | None:
    """A post, a comma and a name: "the museum's director, Ann Bell"."""
    text, start = scene.text, phrase.close
    if text[start : start + 1] != ",":
        return None
    for a, b in scene.cast.runs_in(start, min(phrase.end, start + 90)):
        form = scene.cast.form(a, b)
        rest = text[b : b + 1]
        if set(text[start:a].replace(",", " ").split()) & OPENERS:
            break
        if (
            INTRODUCES.fullmatch(text, start, a)
            and form
            and form.kind in ("person", "maybe", "single")
            and rest not in ("'", "’")
        ):
            if form.kind == "single":
                return by_short_name(scene.cast, form, a)
            return _of_form(scene, a, form, set())
        break
    return None
