"""Every capitalised run of an article, read once: who is named there, and who is the same person."""

import re
from collections import defaultdict
from itertools import pairwise

from onrecord.extract.speakers import roles, titles
from onrecord.extract.speakers.capitals import runs
from onrecord.extract.speakers.cast import (
    Cast,
    add_namesake,
    add_organisation,
    add_person,
    addressed,
    by_short_name,
    surname,
)
from onrecord.extract.speakers.holders import learn
from onrecord.extract.speakers.lists import (
    ACTS,
    GIVEN,
    HONORIFICS,
    fold,
    plain,
)
from onrecord.extract.speakers.names import Form, called_after, take_apart
from onrecord.extract.speakers.voices import Mention
from onrecord.extract.text import Sentence
from onrecord.hashing import normalise
from onrecord.records import Article

_BRACKET = re.compile(r" \(([A-Z][\w&]{1,6})\)")
_CALLED = re.compile(r" \((?:the )?([A-Z]\w{2,14}(?: [A-Z]\w{2,14})?)\)")
_ACRONYM = re.compile(r"[A-Z][A-Z&](?<!\w..)[A-Z&]{0,5}(?!\w)")
_ACTS = re.compile(rf" (?:{ACTS}|\w+ed|[a-z]+s)\b")
_AND = " and "
_AMPERSANDS = frozenset({"and", "&"})
_HEADING_SHARE = 0.7  # Of the words of a sentence: more capitals than this is a heading in title case.


def gather(article: Article, sentences: list[Sentence], spans: list[tuple[int, int]]) -> Cast:
    """Read the names of an article.

    Args:
        article: its text.
        sentences: its sentences, in order.
        spans: the sources as written; a name there is somebody's.
    """
    text = article.text
    cast = Cast(text, sentences, [sentence.start for sentence in sentences])
    headings = _Headings(cast)
    cast.runs = runs(text)
    cast.opens = [start for start, _ in cast.runs]
    found = [(start, end, form) for start, end in cast.runs if (form := take_apart(text[start:end]))]
    spoken = {start for span in spans for start, _ in cast.runs_in(*span)}
    alone = [(form.keys[0], start) for start, _, form in found if len(form.words) == 1]
    cast.alone.update([key for key, _ in alone])
    cast.first.update(reversed(alone))
    later = []
    for start, end, form in found:
        if form.kind in ("person", "maybe") and len(form.words) > 1 and not _known_short(cast, form):
            if (form.kind == "maybe" or len(form.words) > 3) and headings.hold(start):
                continue
            if called_after(form) and not _told(cast, start, form):
                continue
            lettered = form.kind == "maybe" and _lettered(text, end, form.words)
            said = (start + form.start in spoken or start in spoken) and not cast.company(form.keys) and not lettered
            add_person(cast, start, form, form.kind == "person" or said)
        elif form.kind == "organisation" and not (len(form.words) > 3 and headings.hold(start)):
            add_organisation(cast, start, form)
        later.append((start, end, form))
    _share_surnames(cast, found)
    for start, _, form in later:
        if (
            form.honorific
            and len(form.words) == 1
            and by_short_name(cast, form, start) is None
            and cast.by_surname.get(surname(form.keys))
        ):
            add_person(cast, start, form, True)
    _expand(cast, found)
    for start, _, form in later:
        if len(form.words) > 1 or form.kind == "person" or form.keys[0] in cast.by_surname or form.keys[0] in cast.by_given:
            _link(cast, start, form)
    cast.mentions.sort(key=lambda mention: mention.start)
    cast.at = [mention.start for mention in cast.mentions]
    learn(cast)
    return cast


def _lettered(text: str, end: int, words: tuple[str, ...]) -> bool:
    """Whether a name's initials follow in brackets, as an organisation's do: "Neue Woche (NW)"."""
    bracket = _BRACKET.match(text, end) if text[end : end + 2] == " (" else None
    return bracket is not None and bracket.group(1) == "".join(word[0] for word in words)


def _share_surnames(cast: Cast, found: list[tuple[int, int, Form]]) -> None:
    """Note the first of "Callum and Ewan Strand", who shares the surname."""
    for (left, right, _), (start, _, form) in pairwise(found):
        if start - right != len(_AND) or form.kind != "person" or form.keys[0] not in GIVEN or len(form.keys) < 2:
            continue
        words = cast.text[left:right].split()
        alone = len(words) == 1 or (len(words) == 2 and words[0].endswith("s"))  # "Brothers Callum"
        if alone and cast.text[right:start] == _AND and form.opens == 0 and fold(plain(words[-1])) in GIVEN:
            add_namesake(cast, right - len(words[-1]), right, form)


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
    return (
        sentence.role == "body"
        and len(row) > 4
        and len([word for word in row if word[0].isupper()]) > _HEADING_SHARE * len(row)
    )


def _expand(cast: Cast, found: list[tuple[int, int, Form]]) -> None:
    """Find what the acronyms and bracketed short names of the article stand for, by the letters of its capitalised runs."""
    acronyms = set(_ACRONYM.findall(cast.text))
    if not acronyms and _CALLED.search(cast.text) is None:
        return
    spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end, form in found:
        if len(form.words) < 2 or form.kind == "person":
            if cast.text[end : end + 2] == " (" and (single := _BRACKET.match(cast.text, end)):
                # The last word of a name in several runs: "Institute of Tides, Sand and Stone (ITSS)".
                whole = _listed(cast.text, start, single.group(1), cast.text[start])
                if whole is not None:
                    cast.expansions.setdefault(single.group(1), (whole, end))
            continue
        initials = "".join(word[0] for word in cast.text[start:end].split() if word[0].isupper() and word != "The")
        if not _AMPERSANDS.isdisjoint(form.words) and (joined := _with_ampersand(form.words)) in acronyms:
            cast.expansions.setdefault(joined, (start + form.start, start + form.end))
        for i in range(max(0, len(initials) - 7), len(initials) - 1):
            if initials[i:] in acronyms:
                spans[initials[i:]].append((_from_capital(cast.text, start, len(initials) - i, end), end))
        called = _CALLED.match(cast.text, end) if form.kind == "organisation" and cast.text[end : end + 2] == " (" else None
        if called and _blends(called.group(1), form.words):
            cast.expansions.setdefault(called.group(1), (start + form.start, end))
            continue
        bracket = _BRACKET.match(cast.text, end) if cast.text[end : end + 2] == " (" else None
        if bracket and len(bracket.group(1)) > 1 and initials.endswith(bracket.group(1)):
            cast.expansions.setdefault(bracket.group(1), (_from_capital(cast.text, start, len(bracket.group(1)), end), end))
        elif bracket:
            whole = _listed(cast.text, start, bracket.group(1), initials)
            cast.expansions.setdefault(bracket.group(1), (start + form.start if whole is None else whole, end))
    for acronym, places in spans.items():
        if len({normalise(cast.text[start:end]) for start, end in places}) == 1:  # Else no one can tell which is meant.
            cast.expansions.setdefault(acronym, places[0])


def _blends(short: str, words: tuple[str, ...]) -> bool:
    """Whether a short name is made of the beginnings of a name's words, in their order: "StateFire", "Cal Fire", "Ofcom"."""
    rest, used = short.casefold().replace(" ", ""), 0
    for word in map(plain, words):
        count = next((n for n in range(min(len(word), len(rest)), 1, -1) if rest.startswith(word[:n])), 0)
        rest, used = rest[count:], used + (count > 0)
    return not rest and used > 1


def _with_ampersand(words: tuple[str, ...]) -> str:
    """The initials of a name with its "and", as in an acronym: "R&A"."""
    return "".join("&" if word in _AMPERSANDS else word[0] for word in words)


def _listed(text: str, start: int, acronym: str, initials: str) -> int | None:
    """Where a name begins that has a comma in it, by its acronym: "River, Canal and Harbour Board (RCHB)"."""
    missing = acronym.removesuffix(initials)
    if not missing or missing == acronym:
        return None
    before = re.search(rf"(?:[A-Z][\w-]*,? (?:(?:and|of|for) )?){{{len(missing)}}}$", text[max(0, start - 100) : start])
    if before is None or "".join(word[0] for word in before.group().split() if word[0].isupper()) != missing:
        return None
    return start - len(before.group())


def _from_capital(text: str, start: int, count: int, end: int) -> int:
    """Where the last `count` capitalised words before `end` begin."""
    places = [start + match.start() for match in re.finditer(r"\S+", text[start:end]) if match.group()[0].isupper()]
    return places[-count]


def _link(cast: Cast, start: int, form: Form) -> None:
    """Note a mention of a person: by full name, title and surname, or surname or given name alone."""
    post = None
    if form.post:
        post = (start + form.post[0], start + form.post[1])
    voice, full = None, len(form.words) > 1
    if full and form.kind in ("person", "maybe"):
        voice = cast.by_name.get(form.keys)
    if voice is None and form.kind in ("person", "maybe", "single", "post", "other"):
        voice = by_short_name(cast, form, start)
    titled = form.post is not None or form.honorific is not None
    if voice is None and form.kind == "person" and titled and not addressed(cast, form):
        voice = add_person(cast, start, form, True)
    if voice is None:
        return
    if titled:
        voice.sure = True
    if not voice.sure and full:
        voice.sure = _told(cast, start, form)
    if form.honorific and not voice.gender:
        voice.gender = HONORIFICS[form.honorific]
    voice.count += 1
    begin = start + form.opens if titled else start + form.start
    cast.mentions.append(Mention(begin, start + form.start, start + form.end, voice, full or titled, post))


def _told(cast: Cast, start: int, form: Form) -> bool:
    """Whether the words around a name tell that it is a person's: a post before it, an age or a role after it."""
    low, high = cast.bounds(start, start + form.end)
    begin, end = start + form.start, start + form.end
    if begin == low and not called_after(form) and _ACTS.match(cast.text, end, high):
        return True  # "Victoria Park was shut" tells nothing.
    return _introduced(cast.text, begin, end, low, high)


def _introduced(text: str, start: int, end: int, low: int, high: int) -> bool:
    return (
        titles.before(text, low, start - 1, low) is not None
        or roles.first(text, low, start) is not None
        or roles.age(text, end) is not None
        or any(True for _ in roles.after(text, end, high))
    )
