"""Spellings of the reporting verbs that `rules/statements.toml` lists."""

from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from onrecord.extract.lexicon import load
from onrecord.extract.statements.frames import words_of
from onrecord.extract.values import value

CLASSES = ("say", "tell", "show", "bare", "quoting", "strong", "vow", "ask", "object", "framing")


_VOWELS = frozenset("aeiou")


@value
class Form:
    """One spelling of a reporting verb: its tense ("base", "s", "past", "ing"), the classes it is in, the words after it."""

    tense: str
    classes: frozenset[str]
    rest: tuple[str, ...] = ()


@cache
def forms() -> MappingProxyType[str, tuple[Form, ...]]:
    """Every spelling of a reporting verb's first word, the longest phrases first.

    >>> [form.tense for form in forms()["insisted"]][:1]
    ['past']
    """
    data = load("statements")
    found: dict[tuple[str, str], set[str]] = {}
    for name in CLASSES:
        for lemma in data[name]:
            for tense, spelling in _inflect(lemma, data["irregular"]):
                found.setdefault((spelling, tense), set()).add(name)
    by_word: dict[str, list[Form]] = {}
    for (spelling, tense), classes in found.items():
        first, *rest = spelling.split()
        by_word.setdefault(first, []).append(Form(tense, frozenset(classes), tuple(rest)))
    return MappingProxyType(
        {word: tuple(sorted(many, key=lambda f: (-len(f.rest), _ORDER.index(f.tense)))) for word, many in by_word.items()}
    )


_ORDER = ("past", "s", "base", "ing")


ACCORDING = Form("according", frozenset({"according"}))


SAYING = Form("noun", frozenset({"noun"}))


WORDS = Form("words", frozenset({"noun"}))


@cache
def cue_words() -> frozenset[str]:
    """The words one of which a frame needs to be looked at when it holds no quotation."""
    return frozenset(forms()) | words_of("sayings") | words_of("gestures") | {"according"}


def _inflect(lemma: str, irregular: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    yield "base", lemma
    if lemma in irregular:
        for spelling in irregular[lemma]:
            first = spelling.split()[0]
            yield ("ing" if first.endswith("ing") else "s" if first.endswith("s") else "past"), spelling
        return
    verb, *rest = lemma.split()
    if verb in irregular:
        for spelling in irregular[verb]:
            tense = "ing" if spelling.endswith("ing") else "s" if spelling.endswith("s") else "past"
            yield tense, " ".join([spelling, *rest])
        return
    for tense, spelling in _regular(verb):
        yield tense, " ".join([spelling, *rest])


def _regular(verb: str) -> Iterator[tuple[str, str]]:
    """The regular forms of an English verb that doubles no consonant."""
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        yield "s", verb + "es"
    elif verb.endswith("y") and verb[-2] not in _VOWELS:
        yield "s", verb[:-1] + "ies"
    else:
        yield "s", verb + "s"
    if verb.endswith("e"):
        yield "past", verb + "d"
        yield "ing", verb[:-1] + "ing"
    elif verb.endswith("y") and verb[-2] not in _VOWELS:
        yield "past", verb[:-1] + "ied"
        yield "ing", verb + "ing"
    else:
        yield "past", verb + "ed"
        yield "ing", verb + "ing"
