"""A source as written, taken apart: a name, an organisation, a pronoun, or what `descriptors` makes of the rest."""

import re
from itertools import pairwise

from onrecord.extract.speakers import posts, roles, titles
from onrecord.extract.speakers.bearers import PEOPLE, called, of_form, people
from onrecord.extract.speakers.bearing import posts_before_name, posts_of_one
from onrecord.extract.speakers.cast import by_short_name
from onrecord.extract.speakers.descriptors import described, head_of_phrase, nameless
from onrecord.extract.speakers.lists import (
    AUXILIARIES,
    DETERMINERS,
    FRAGMENTS,
    GROUPS,
    MODIFIERS,
    OPENERS,
    PARTICIPLES,
    PREPOSITIONS,
    PRONOUNS,
    VERBS,
    WEEKDAYS,
    plain,
    pronoun,
)
from onrecord.extract.speakers.names import Form
from onrecord.extract.speakers.nearby import nearby
from onrecord.extract.speakers.organisations import OWN, organisation_named, shop_named
from onrecord.extract.speakers.pronouns import antecedent
from onrecord.extract.speakers.scene import Phrase, Scene
from onrecord.extract.speakers.voices import Voice

BACK = 90  # Code points before "who" in which the noun phrase that it goes on about begins.
APART = 150  # Code points before "who" in which the name stands whose apposition it follows.
LONGEST = 300  # Code points of a source that are read; what a name or post needs stands before that.
LONGEST_ACRONYM = 12  # Code points of an acronym in brackets.
_CUT = re.compile(r"[,;(\n]|:(?=\s)|\s(?:[–—-]|--)\s|\s(?:who|whom|whose|which|that|when|where)\b")
_DETERMINER = r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ne|[Aa]nother)"
_ARTICLE = re.compile(rf"{_DETERMINER} ")
_NOUN_PHRASE = re.compile(rf"{_DETERMINER}(?: (?!(?:the|an?|his|her|its|their) )[\w'’.-]+){{1,5}}")
_HEAD_OF = re.compile(rf"{_DETERMINER} (?:[\w-]+ ){{0,2}}?([\w-]+) (?:of|for|at) $")
_UNFIT = AUXILIARIES | VERBS | frozenset(PRONOUNS)  # No noun phrase that is a clause: "the train had banners on it".
_NO_MODIFIERS = OPENERS - MODIFIERS
_EDGES = " \t\n\xa0\"“”'‘,;:–—-"
_AND = re.compile(
    r" ?\([^)\n]{1,30}\)(?:, [A-Z][^,(\n]{2,40}(?: \([^)\n]{1,30}\))?){0,3},? and (?:the )?(?=[A-Z])"
    r"|(?:, [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)+){1,3},? and (?=[A-Z])"
    r"|, (?:which|who) [^,.\n]{3,80}, and (?:the )?(?=[A-Z])"
)
_POST_OF_PLACE = re.compile(r", [^,\n]{2,40}['’]s (?:[a-z][a-z-]* ){0,3}[a-z][a-z-]*, ")
_OWNED_POST = re.compile(r"(?:['’]s|s['’]) (?:[a-z][a-z-]* ){0,3}([a-z][a-z-]*)$")
_APPOSED = re.compile(r", [^,.;:\"“”\n]{3,110}, ")
_ACRONYM = re.compile(r" \(([A-Z][\w&]{1,6})\)$")
_BRACKET = re.compile(r" ?\([^()\n]{1,90}\)(?=,)")
_DAY = "|".join(sorted(WEEKDAYS)).title()
_TIME = re.compile(
    r"(?:\s(?:late|early|yesterday|today|tonight|later|earlier|recently|now|also|again"
    rf"|(?:on|last|this) (?:{_DAY}|week|month|year|morning|afternoon|evening|night)))+\Z"
)
_SITE = re.compile(r"(?:[\w-]+\.)+(?:com|org|net|info|news|tv|gov|edu|io|eu|uk|au|ca|in|ie|nz|za)")
_INTRODUCES = re.compile(r", (?:[a-z-]+ ){0,4}")


def identify(scene: Scene, start: int, end: int) -> Voice | None:
    """The voice behind a source as written; None where it holds no word."""
    text = scene.text
    end = min(end, start + LONGEST)
    words = text[start:end]
    start += len(words) - len(words.lstrip(_EDGES))
    end = start + len(text[start:end].rstrip(_EDGES))
    if not any(char.isalnum() for char in text[start:end]):
        return None
    if text[end - OWN : end] in ("'s", "’s"):
        shop = shop_named(scene, start, end)
        if shop:
            return shop
        end -= OWN
    body = _spelt_out(scene, start, end)
    if body:
        return body
    kind, length = ("", 0) if text[start:end] in ("US", "WHO") else pronoun(text[start:end])
    if kind:
        return _pronoun(scene, start, start + length, kind)
    if text[start:end].lower() in FRAGMENTS:
        return None
    if _SITE.fullmatch(text, start, end):
        return organisation_named(scene, start, Form("single", 0, end - start, (text[start:end],), (plain(text[start:end]),)))
    end = _without_time(text, start, end)
    cut = _CUT.search(text, start + 1, end)
    phrase = Phrase(start, cut.start() if cut else end, end)
    return (
        _holder_named(scene, phrase)
        or _post_then_name(scene, phrase)
        or _named(scene, phrase)
        or _apposed(scene, phrase)
        or nearby(scene, phrase)
        or described(scene, phrase)
    )


def _without_time(text: str, start: int, end: int) -> int:
    """Where a source ends without the adverbs that tell when: "the latter yesterday"."""
    time = _TIME.search(text, start, end)
    return time.start() if time else end


def _spelt_out(scene: Scene, start: int, end: int) -> Voice | None:
    """The body whose name, with commas in it, and acronym a source is: "the Institute of Tides, Sand and Stone (ITSS)"."""
    acronym = _ACRONYM.search(scene.text, max(start, end - LONGEST_ACRONYM), end) if scene.text[end - 1] == ")" else None
    whole = scene.cast.expansions.get(acronym.group(1)) if acronym else None
    if acronym is None or whole is None or not start <= whole[0] < acronym.start() or "," not in scene.text[slice(*whole)]:
        return None
    form = scene.cast.form(*acronym.span(1))
    return organisation_named(scene, acronym.start(1), form) if form else None


def _holder_named(scene: Scene, phrase: Phrase) -> Voice | None:
    """A post in a place whose name has a comma, and its holder: "the University of Ohio, Lima's chancellor, Ann Bell"."""
    post = _POST_OF_PLACE.match(scene.text, phrase.close, phrase.end)
    if post is None:
        return None
    for start, end in scene.cast.runs_in(post.end(), phrase.end):
        form = scene.cast.form(start, end)
        return of_form(scene, start, form, set()) if form and start == post.end() and form.kind in PEOPLE else None
    return None


def _post_then_name(scene: Scene, phrase: Phrase) -> Voice | None:
    """The holder of a post in a body of any name: "the Society of Bakers and Millers' director, Ann Bell"."""
    post = _OWNED_POST.search(scene.text, phrase.start, phrase.close)
    if post is None or not posts.head_of(post.group(1)):
        return None
    voice = _apposed(scene, phrase)
    return voice if voice is not None and voice.kind == "person" else None


def _pronoun(scene: Scene, start: int, end: int, kind: str) -> Voice:
    voice = None
    if kind in ("m", "f", "p", "o"):
        voice = antecedent(scene, start, kind)
    elif kind == "r":
        voice = _relative(scene, start)
    return voice or nameless(scene, start, end)


def _relative(scene: Scene, start: int) -> Voice | None:
    """Whom "who" or "which" goes on about: the name, the source or the noun phrase that ends right before it."""
    text = scene.text
    before = [mention for mention in scene.cast.within(start - 90, start) if mention.voice.sure]
    if before and start - roles.behind_letters(text, before[-1].end) <= 3:
        return before[-1].voice
    for mention in scene.cast.within(start - APART, start):
        apposed = (
            mention.voice.sure and mention.full and _APPOSED.fullmatch(text, roles.behind_letters(text, mention.end), start)
        )
        if apposed and any(post.rule == "speaker.role_after" for post in roles.after(text, mention.end, start)):
            return mention.voice
    row = scene.spoken.get(scene.cast.sentence(start), [])
    if row and 0 <= start - row[-1][1] <= 3:
        return row[-1][2]
    low = max(scene.cast.bounds(start, start)[0], start - BACK)
    close = low + len(text[low:start].rstrip(" ,—–-"))
    begin = _phrase_before(scene, low, close) if start - close <= 3 else None
    voice = identify(scene, begin, close) if begin is not None else None
    asked = text[start : start + 3].lower()
    kinds = {"who": ("person", "unnamed"), "whi": ("organisation", "document", "unnamed")}.get(asked, ())
    return voice if voice and (voice.kind in kinds or plain(text[begin:close]) in GROUPS) else None


def _phrase_before(scene: Scene, low: int, close: int) -> int | None:
    """Where the noun phrase that ends at a place begins: a name, "a night porter", "the head of the union"."""
    text = scene.text
    places = [
        match.start() for match in _ARTICLE.finditer(text, low, close) if _NOUN_PHRASE.fullmatch(text, match.start(), close)
    ]
    if not places or not _UNFIT.isdisjoint(text[places[-1] : close].lower().split()):
        row = [run for run in scene.cast.runs_in(low, close) if run[1] == close]
        form = scene.cast.form(*row[0]) if row else None
        if form is None:
            return _plural_before(text, low, close)
        return row[0][0] if form.kind in ("organisation", "acronym", "person") else None
    begin = places[-1]
    owner = _HEAD_OF.search(text, low, begin)
    while owner and posts.head_of(owner.group(1)):
        begin, owner = owner.start(), _HEAD_OF.search(text, low, owner.start())
    return begin


def _plural_before(text: str, low: int, close: int) -> int | None:
    word = text[low:close].rpartition(" ")[2]
    return close - len(word) if (word and people(plain(word))) or plain(word) in GROUPS else None


def _named(scene: Scene, phrase: Phrase) -> Voice | None:
    """The person or organisation that is the head of the first noun phrase."""
    text, gap = scene.text, phrase.start
    row = scene.cast.runs_in(phrase.start, phrase.close)[:8]
    if row and plain(text[slice(*row[0])]) in DETERMINERS:
        gap, row = row[0][1], row[1:]  # "The director of Harbour Tourism and Chair of ..."
    row = row[1:] if posts_before_name(scene, phrase, row) else row
    lead = {word.lower() for word in text[phrase.start : row[0][0]].split()} if row else set()
    if (not (lead & PREPOSITIONS or any(map(_hangs, lead))) and _coordinated(scene, row)) or _AND.match(
        text, phrase.close, phrase.end
    ):
        return nameless(scene, phrase.start, phrase.end, plural=True)
    for start, end in row:
        between = {word.lower() for word in text[gap:start].split()}
        form = scene.cast.form(start, end)
        titled = form is not None and form.post is not None and form.post[0] == 0
        opens = start + form.post[1] if form and form.post and titled else start
        if "and" in between and gap > phrase.start and not posts_of_one(text[phrase.start : opens].split()):
            return nameless(scene, phrase.start, phrase.close, plural=True)
        hangs = between & PREPOSITIONS or any(_hangs(word) and not (titled and word == "police") for word in between)
        if hangs and not (form and form.kind in PEOPLE and titles.complemented(text, phrase.start, start + form.start - 1)):
            return None
        rest = text[end : phrase.close]
        gap = end
        if rest and not _follows(rest):
            continue
        if form is None:
            return None
        voice = of_form(scene, start, form, between | ({text[start:end].split()[0].lower()} if form.start else set()))
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


def _apposed(scene: Scene, phrase: Phrase) -> Voice | None:
    """A post, a comma and a name: "the museum's director, Ann Bell"."""
    text = scene.text
    bracket = _BRACKET.match(text, phrase.close, phrase.end)
    if bracket is None and phrase.close == phrase.end and (bracket := _BRACKET.match(text, phrase.close)):
        # "the secretary of the NWU (Weavers' Union), Ann Bell"
        phrase = Phrase(phrase.start, phrase.close, bracket.end() + APART)
    start = bracket.end() if bracket else phrase.close
    if text[start : start + 1] != ",":
        return None
    for a, b in scene.cast.runs_in(start, min(phrase.end, start + 90)):
        form = scene.cast.form(a, b)
        rest = text[b : b + 1]
        if set(text[start:a].replace(",", " ").split()) & _NO_MODIFIERS:
            break
        if (
            _INTRODUCES.fullmatch(text, start, a)
            and form
            and form.kind in ("person", "maybe", "single")
            and rest not in ("'", "’")
        ):
            if form.kind == "single":
                alone = text[start:a] == ", " and (b == phrase.end or rest == ",")
                start, end, _ = head_of_phrase(text, phrase)
                return by_short_name(scene.cast, form, a) or (called(scene, a, form, plain(text[start:end])) if alone else None)
            return of_form(scene, a, form, set())
        break
    return None
