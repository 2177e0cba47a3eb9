"""A source as written, taken apart: a name, an organisation, a document, a post, a pronoun or somebody nameless."""

import re
from dataclasses import dataclass

from onrecord.extract.speakers import roles
from onrecord.extract.speakers.cast import OFTEN, _organisation, _person, by_short_name, organisation_key
from onrecord.extract.speakers.lists import (
    COMMON,
    DETERMINERS,
    DOCUMENTS,
    FEMALE,
    GIVEN,
    GROUPS,
    LIMITING,
    MALE,
    MODIFIERS,
    NOT_GIVEN,
    OPENERS,
    ORGANISATION_SUFFIXES,
    PARTICIPLES,
    PERSONS,
    POSTS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIONS,
    plain,
)
from onrecord.extract.speakers.names import Form
from onrecord.extract.speakers.pronouns import antecedent, fits
from onrecord.extract.speakers.scene import Scene
from onrecord.extract.speakers.voices import Post, Voice
from onrecord.hashing import normalise

LONGEST = 300  # Code points of a source that are read; what a name or post needs stands before that.
_CUT = re.compile(r"[,;(\n]|\s(?:[–—-]|--)\s|\s(?:who|whom|whose|which|that|when|where)\b")
_EDGES = " \t\n\xa0\"“”'‘,;:–—-"
_AGE = re.compile(r"(?:the|a) (\d{1,3})[- ]year[- ]old", re.I)
_BY = re.compile(r" (?:by|from|in|of|at) (?:the )?(?=[A-Z])")
_AND = re.compile(
    r" ?\([^)\n]{1,30}\)(?:, [A-Z][^,(\n]{2,40}(?: \([^)\n]{1,30}\))?){0,3},? and (?:the )?(?=[A-Z])"
    r"|(?:, [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)+){1,3},? and (?=[A-Z])"
)
_OWNER = re.compile(r"([\w-]+)['’]s? $")
_INTRODUCES = re.compile(r", (?:[a-z-]+ ){0,4}")
_DEFINITE = frozenset({"the", "his", "her", "their", "its", "our", "this", "that"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source without what hangs on it: `close` is where its first noun phrase ends, `end` where all of it does."""

    start: int
    close: int
    end: int


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
    return _named(scene, phrase) or _apposed(scene, phrase) or _described(scene, phrase)


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
    if (
        not (lead & PREPOSITIONS or any(map(_hangs, lead)))
        and _coordinated(scene, row)
        or _AND.match(text, phrase.close, phrase.end)
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
        voice = _of_form(scene, start, end, form, between | ({text[start:end].split()[0].lower()} if form.start else set()))
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
    if len(row) < 2:
        return False
    for (_, end), (start, _) in zip(row, row[1:], strict=False):
        if scene.text[end:start] in (" and ", " & ", ", and ", " and the ", ", and the "):
            return True
    return False


def _of_form(scene: Scene, start: int, end: int, form: Form, before: set[str]) -> Voice | None:
    cast, at = scene.cast, start + form.start
    if form.kind in ("person", "maybe") and len(form.words) > 1:
        voice = cast.by_name.get(form.keys) or by_short_name(cast, form, start)
        if form.kind == "maybe" and not (voice and voice.sure) and ("the" in before or cast.company(form.keys)):
            return _organisation_named(scene, start, form)
        return _spoken(voice or _person(cast, start, form, True), start, at, start + form.end, scene)
    if form.kind in ("person", "single", "post", "acronym"):
        voice = by_short_name(cast, form, start)
        if voice:
            return _spoken(voice, start if form.honorific or form.post else at, at, start + form.end, scene)
        if form.kind == "person":
            return _spoken(_person(cast, start, form, True), start, at, start + form.end, scene)
    if form.kind == "post" or form.keys[-1] in GROUPS or any(word.isdigit() for word in before):
        return None
    if before & {"a", "an", "one", "another", "some"}:
        return None
    if form.kind == "single":
        return _single(scene, start, form, before)
    return _organisation_named(scene, start, form)


def _spoken(voice: Voice, start: int, name: int, end: int, scene: Scene) -> Voice:
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
    told = any(True for _ in roles.after(scene.text, start + form.end, start + form.end + 80) if _.rule != "speaker.role_is")
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
    voice = voice or _organisation(cast, start, form)
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
            _INTRODUCES.fullmatch(text, start, a)
            and form
            and form.kind in ("person", "maybe", "single")
            and rest not in ("'", "’")
        ):
            if form.kind == "single":
                return by_short_name(scene.cast, form, a)
            return _of_form(scene, a, b, form, set())
        break
    return None


def _head(text: str, phrase: Phrase) -> tuple[int, int, list[tuple[int, int, str]]]:
    """The chief word of a noun phrase, and all words up to it."""
    row = roles.split(text, phrase.start, phrase.close)
    last = len(row) - 1
    for i, (_, _, word) in enumerate(row):
        lower = plain(word)
        if i and (lower in PREPOSITIONS or lower in PARTICIPLES) and not row[i][2][:1].isupper():
            last = i - 1
            break
    return (row[last][0], row[last][1], row[: last + 1]) if row else (phrase.start, phrase.close, [])


def _described(scene: Scene, phrase: Phrase) -> Voice:
    text = scene.text
    start, end, row = _head(text, phrase)
    head = plain(text[start:end])
    aged = _AGE.match(text, phrase.start, phrase.close)
    if aged and len(scene.cast.by_age.get(aged.group(1), ())) == 1:
        return _alias(scene.cast.by_age[aged.group(1)][0], text, phrase.start, aged.end(), "speaker.alias_role")
    if head in DOCUMENTS:
        return _document(scene, phrase, end)
    if head in COMMON and plain(row[0][2]) not in ("a", "an", "some", "one", "another"):
        return _common(scene, phrase, head, row)
    head = roles.head_of(text[start:end]) or head
    holder = _holder(scene, head, row)
    if holder:
        return _alias(holder, text, phrase.start, phrase.close, "speaker.alias_role") if holder.kind == "person" else holder
    plural = (
        any(word[2] == "and" for word in row)
        or head in GROUPS
        or (head.endswith("s") and not head.endswith("ss") and head not in POSTS)
    )
    return nameless(scene, phrase.start, phrase.close, plural, head, (start, end))


def _alias(voice: Voice, text: str, start: int, end: int, rule: str) -> Voice:
    if text[start:end].split(None, 1)[0].lower() not in DETERMINERS - {"the"}:
        voice.aliases.setdefault(normalise(text[start:end]), (start, end, rule))
    return voice


def _holder(scene: Scene, head: str, row: list[tuple[int, int, str]]) -> Voice | None:
    """Who holds the post that a descriptor names, when nobody else can be meant."""
    first = row[0][2]
    capital = first[:1].isupper() and plain(first) not in DETERMINERS
    if not (plain(first) in _DEFINITE or capital) or plain(first) in ("a", "an"):
        return None
    asked = {plain(word[2]) for word in row[:-1]} - DETERMINERS
    holders = [voice for voice in scene.cast.by_head.get(head, ())[:9] if _matches(scene, voice, head, asked, row)]
    if len(holders) > 1:
        recent = [voice for voice in scene.latest[-1:] if voice in holders]
        holders = recent or _most(holders)
    if len(holders) == 1:
        return holders[0]
    if plain(first) in ("the", "this", "that"):
        for voice in reversed(scene.latest[-6:]):
            if voice.kind == "unnamed" and any(post.head == head for post in voice.posts):
                return voice
    return None


def _most(holders: list[Voice]) -> list[Voice]:
    """The holder whom the article names far more often than any other."""
    ranked = sorted(holders, key=lambda voice: -voice.count)
    return ranked[:1] if ranked[0].count >= OFTEN * max(1, ranked[1].count) else holders


def _matches(scene: Scene, voice: Voice, head: str, asked: set[str], row: list[tuple[int, int, str]]) -> bool:
    limiting = LIMITING
    from onrecord.extract.speakers.cast import keys

    known: set[str] = set()
    for post in voice.posts:
        known |= post.words
        if post.organisation:
            known |= {plain(word) for word in scene.text[post.organisation[0] : post.organisation[1]].split()}
        owner = _OWNER.search(scene.text, max(0, post.start - 40), post.start)
        if owner:
            known.add(plain(owner.group(1)))
    held = [post for post in voice.posts if head in keys(scene.cast, post)]
    if not any((post.words & limiting) <= asked for post in held) or not (asked & limiting) <= known:
        return False
    strict = {plain(word[2]) for word in row[:-1] if word[2][:1].isupper()} & asked
    return all(word in known or word.rstrip("s'’") in known for word in strict - DETERMINERS) and (
        not any(word[2].endswith(("'s", "’s")) for word in row[:-1])
    )


def _document(scene: Scene, phrase: Phrase, end: int) -> Voice:
    text = scene.text
    close = phrase.close
    for start, stop, word in roles.split(text, end, phrase.close):
        if plain(word) in PARTICIPLES:
            close = start
            break
        end = stop
    close = min(close, phrase.close)
    while close > phrase.start and not text[close - 1].isalnum():
        close -= 1
    voice = _keep(scene, Voice("document", phrase.start, close))
    match = _BY.search(text, phrase.start, phrase.close)
    if match and voice.employer is None:
        for a, b in scene.cast.runs_in(match.end(), phrase.close):
            form = scene.cast.form(a, b)
            if a == match.end() and form and form.kind in ("organisation", "acronym"):
                voice.employer = (a + form.start, a + form.end)
            break
    return voice


def _common(scene: Scene, phrase: Phrase, head: str, row: list[tuple[int, int, str]]) -> Voice:
    """An organisation called by a common noun: its full name where only one in the article can be meant."""
    marks = COMMON[head]
    extra = {plain(word[2]) for word in row[:-1]} - DETERMINERS - {"local"}
    found = dict.fromkeys(voice for mark in marks for voice in scene.cast.by_word.get(mark, ())[:9])
    fitting = [voice for voice in found if extra <= set(voice.keys)]
    recent = [
        voice
        for voice in reversed(scene.latest[-3:])
        if voice.kind == "organisation" and (voice in fitting or _alone(voice, head))
    ]
    if not extra and recent and (len(fitting) != 1):
        fitting = recent[:1]
    if len(fitting) == 1:
        voice = fitting[0]
        voice.aliases.setdefault(
            normalise(scene.text[phrase.start : phrase.close]), (phrase.start, phrase.close, "speaker.alias_short")
        )
        return voice
    close = row[-1][1]
    return _keep(scene, Voice("organisation", phrase.start, close, plural=head in GROUPS))


def _alone(voice: Voice, head: str) -> bool:
    """Whether a one-word name can be what "the company" goes on about."""
    return len(voice.words) == 1 and head in (
        "company",
        "firm",
        "retailer",
        "supermarket",
        "carmaker",
        "manufacturer",
        "bank",
        "airline",
        "group",
        "charity",
    )


def nameless(
    scene: Scene, start: int, end: int, plural: bool = False, head: str = "", at: tuple[int, int] | None = None
) -> Voice:
    """Somebody whom the article names nowhere, under the words it has for them."""
    text = scene.text
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ".)%"):
        end -= 1
    gender = "f" if head in FEMALE else "m" if head in MALE else ""
    human = not head or head in POSTS or head in PERSONS or head in RELATIONS
    voice = _keep(scene, Voice("unnamed", start, end, gender=gender, plural=plural, human=human))
    if at and not voice.posts and head in POSTS and not plural:
        voice.posts.append(_post(scene, start, end, head, at))
    return voice


def _post(scene: Scene, start: int, end: int, head: str, at: tuple[int, int]) -> Post:
    text = scene.text
    found = roles.before(text, start, at[1], start - 1)
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
    match = re.compile(r" (?:for|at|of|with|from) (the |an? )(?=[a-z])").match(text, start, end)
    if not match:
        return None
    row = roles.split(text, match.end(), end)
    last = None
    for word in row[:6]:
        if plain(word[2]) in OPENERS or plain(word[2]) in PARTICIPLES:
            break
        last = word
    return (match.start(1), last[1]) if last else None


def _keep(scene: Scene, voice: Voice) -> Voice:
    """The voice that the same words made before, or this one."""
    key = f"{voice.kind} {normalise(scene.text[voice.start : voice.end])}"
    return scene.unnamed.setdefault(key, voice)


__all__ = ["fits", "identify", "nameless"]
