"""Who bears a name that stands where a source does: a person, an organisation, or nobody."""

from onrecord.extract.speakers import posts, roles
from onrecord.extract.speakers.cast import Cast, add_person, by_short_name, surname_only
from onrecord.extract.speakers.lists import (
    COMMON,
    DOCUMENTS,
    FEMALE,
    GIVEN,
    GROUPS,
    MALE,
    NOT_GIVEN,
    OPENERS,
    PARTIES,
    PERSONS,
    PLACES,
    POSTS,
    RELATIONS,
)
from onrecord.extract.speakers.names import Form, called_after
from onrecord.extract.speakers.organisations import organisation_named
from onrecord.extract.speakers.scene import Scene
from onrecord.extract.speakers.voices import Voice

PEOPLE = frozenset({"person", "maybe"})


def of_form(scene: Scene, start: int, form: Form, before: set[str]) -> Voice | None:
    """Whose name a run is; None where it is nobody's.

    Args:
        scene: what is known so far; who is new is added to its cast.
        start: where the run begins.
        form: the run taken apart.
        before: the words of the noun phrase before the run, in lower case.
    """
    cast = scene.cast
    if form.kind in PEOPLE and len(form.words) > 1:
        voice = cast.by_name.get(form.keys) or by_short_name(cast, form, start)
        if (
            form.kind == "maybe"
            and not (voice and voice.sure)
            and ("the" in before or cast.company(form.keys) or called_after(form) or _expands(scene, start, form))
        ):
            return organisation_named(scene, start, form)
        return _sure(voice or add_person(cast, start, form, True))
    if form.kind in ("person", "single", "post", "acronym") or (form.kind == "organisation" and _surname_here(cast, form)):
        voice = by_short_name(cast, form, start)
        if voice:
            return _sure(voice)
        if form.kind == "person":
            return _sure(add_person(cast, start, form, True))
    if form.kind == "post" or form.keys[-1] in GROUPS or any(word.isdigit() for word in before):
        return None
    if before & {"a", "an", "one", "another", "some"}:
        return None
    if form.kind == "single":
        return _single(scene, start, form, before)
    return organisation_named(scene, start, form)


def _surname_here(cast: Cast, form: Form) -> bool:
    """Whether a known company's name is a surname here: it stands alone only after somebody who bears it: "Rosalind Ford"."""
    bearers = cast.by_surname.get(form.keys[0], ())[:1] if len(form.keys) == 1 else ()
    return any(voice.full and voice.full[0] < cast.first.get(form.keys[0], 0) for voice in bearers)


def _sure(voice: Voice) -> Voice:
    voice.sure = True
    return voice


def _single(scene: Scene, start: int, form: Form, before: set[str]) -> Voice | None:
    """A single capitalised word that is nobody's surname: a group, a name alone, or an organisation."""
    word = form.keys[0]
    if (
        word in NOT_GIVEN
        or people(word)
        or word in GROUPS
        or (word in DOCUMENTS and "the" not in before)
        or word in OPENERS
        or posts.head_of(word)
    ):
        return None
    if word in COMMON:
        return None
    shared = len(scene.cast.by_surname.get(word, ())) > 1 or len(scene.cast.by_given.get(word, ())) > 1
    told = any(True for _ in roles.after(scene.text, start + form.end, start + form.end + 80) if _.rule != "speaker.role_is")
    if (word,) in scene.cast.by_name or shared or told or (word in GIVEN and "the" not in before):
        titled = surname_only(scene.cast, word)
        return titled[0] if len(titled) == 1 else _alone(scene, start, form)
    if word in PERSONS:
        return None
    return organisation_named(scene, start, form)


def _expands(scene: Scene, start: int, form: Form) -> bool:
    """Whether a name is what an acronym of the article stands for, as no person's is."""
    span = scene.cast.expansions.get("".join(word[0] for word in form.words))
    return span is not None and scene.text[span[0] : span[1]] == scene.text[start + form.start : start + form.end]


def called(scene: Scene, start: int, form: Form, noun: str) -> Voice | None:
    """Who bears a single name in apposition to a noun: "Her daughter, Sue", "Another operator, Meridian".

    Args:
        scene: what is known so far; who is new is added to its cast.
        start: where the run of the name begins.
        form: the run taken apart.
        noun: the chief word of what stands before the comma, in plain form.
    """
    word = form.keys[0]
    if word in NOT_GIVEN | OPENERS | GROUPS | PARTIES | PLACES or people(word):
        return None
    person = noun in PERSONS | POSTS | RELATIONS
    if noun in COMMON and not (person and word in GIVEN):
        return organisation_named(scene, start, form)
    return _alone(scene, start, form, noun) if person else None


def _alone(scene: Scene, start: int, form: Form, noun: str = "") -> Voice:
    """Somebody who goes by a single name."""
    sex = "f" if noun in FEMALE else "m" if noun in MALE else GIVEN.get(form.keys[0], "")
    voice = Voice("person", start + form.start, start + form.end, form.words, form.keys, gender=sex)
    return scene.cast.by_name.setdefault(form.keys, voice)


def people(word: str) -> bool:
    """Whether a word is a plural for people: "Proponents", "Europeans"."""
    one = word.removesuffix("s")
    return one != word and (one.endswith(("ican", "ian", "ean", "crat")) or one in POSTS or one in PERSONS)
