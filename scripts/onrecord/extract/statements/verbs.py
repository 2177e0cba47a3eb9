"""Finite verbs, told by their looks: an auxiliary, or a past form with an object behind it."""

from functools import cache

from onrecord.extract.lexicon import load, words
from onrecord.extract.statements.frames import Frame, words_of
from onrecord.extract.statements.timing import is_date

_FINITE = (words("auxiliaries") - {"be", "been", "being", "having"}) | words_of("preterites")
_PAST_FORMS = words_of("past_forms")
_DETERMINERS = words("determiners")


@cache
def _object_openers() -> frozenset[str]:
    """Words that open an object: behind a past form they show that it is no participle of the noun before it."""
    return (words("determiners") | words("pronouns") | _numerals()) - _NO_OBJECT


@cache
def _numerals() -> frozenset[str]:
    return frozenset(load("numbers")["small"]) | frozenset(load("numbers")["tens"])


_NO_OBJECT = frozenset({"that", "which", "who", "there", "here", "one"})


def verb_at(frame: Frame, start: int, end: int) -> int | None:
    """The first token of [start, end) that can only be the verb of a clause; None where none is plain.

    A past form counts where an object follows it within the frame and no determiner stands before it ("the elected mayor").
    """
    tokens = frame.words
    for at in range(start, end):
        word = tokens[at]
        if frame.caps[at]:
            continue
        if is_finite(word):
            return at
        if at > start and is_past(word) and tokens[at - 1] not in _DETERMINERS and _object_at(tokens, at + 1):
            return at
    return None


def is_finite(word: str) -> bool:
    """Whether a word can only be the verb of a clause: a finite auxiliary or a past form that is no participle."""
    return word in _FINITE


def is_past(word: str) -> bool:
    """Whether a word looks like the past form of a verb, which may be a participle as well."""
    return (word.endswith("ed") and len(word) > 4) or word in _PAST_FORMS


def is_participle(tokens: list[str], position: int) -> bool:
    """Whether a participle in -ing stands at a token, or behind an adverb there, and opens a clause of its own."""
    word = tokens[position]
    if word.endswith("ly") and position + 1 < len(tokens):
        word = tokens[position + 1]
    return (
        word.endswith("ing")
        and len(word) > 5
        and (position + 1 >= len(tokens) or tokens[position + 1] not in {"and", "or", ",", "."})
        and word not in {"including", "according", "regarding", "nothing", "something", "anything", "everything"}
    )


def _object_at(tokens: list[str], at: int) -> bool:
    if at >= len(tokens) or is_date(tokens, at):
        return False
    opens = tokens[at : at + 3]
    if opens[0] in _QUANTIFIERS and any(word[0].isdigit() or word in _numerals() for word in opens[1:]):
        return True
    return opens[0] in _object_openers() or opens[0][0].isdigit()


# Before a number ("recovered at least ten", "sold some 200 boats").
_QUANTIFIERS = frozenset({"about", "almost", "around", "at", "fewer", "more", "nearly", "over", "some", "up"})
