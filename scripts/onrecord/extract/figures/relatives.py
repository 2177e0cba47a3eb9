"""Relatives and asides: what "which" and "who" are said of, and what a search for a subject goes over."""

from typing import Final

from onrecord.extract.figures.phrases import Phrase, phrase_before
from onrecord.extract.figures.tokens import Tokens, plural
from onrecord.extract.lexicon import load

_ASIDES: Final = frozenset({",", "—", "–"})
_RELATIVES: Final = frozenset({"who", "which", "that"})
_CLAUSAL: Final = frozenset(load("figures")["measures"]["clausal"])
_LEAST = 4  # words before a verb that can hold a relative clause and what it is said of
_ASIDE = 28  # words of the longest aside that begins with a relative
_PLAIN = 18  # words of the longest other aside


def agreeing(tokens: Tokens, phrase: Phrase, relative: int) -> Phrase:
    """The noun that a relative is said of: before the preposition, where it is in the plural and the noun after is not,
    or where the noun after is a person who is named."""
    verb = relative + 1
    while verb < len(tokens.low) and tokens.tags[verb] == "R":
        verb += 1
    named = over_name(tokens, relative) < relative or _of_a_place(tokens, phrase, relative)
    several = tokens.low[verb : verb + 1] in (["are"], ["were"], ["have"]) and not plural(tokens.low[phrase.last - 1])
    if not (named or several):
        return phrase
    before = phrase.first - 1
    while before > 0 and tokens.tags[before] == "D":
        before -= 1
    if (
        before < 1
        or tokens.tags[before] != "P"
        or tokens.tags[before - 1] != "N"
        or not (named or plural(tokens.low[before - 1]))
    ):
        return phrase
    return phrase_before(tokens, before - 1, 0, phrase.rule)


def _of_a_place(tokens: Tokens, phrase: Phrase, relative: int) -> bool:
    """Whether "who" is said of a person before the name of a place: "a broker in North Harbour who"."""
    who = tokens.low[relative] == "who" and phrase.last == relative and tokens.capital(phrase.first)
    return (
        who
        and phrase.first > 1
        and tokens.low[phrase.first - 1] in ("in", "from", "at")
        and not tokens.capital(phrase.first - 2)
    )


def over_name(tokens: Tokens, index: int) -> int:
    """From "which" to the comma before a name between commas, which it cannot mean: "for its head, Ada Bell, which"."""
    if tokens.low[index] != "which" or index < 4 or tokens.low[index - 1] != ",":
        return index
    name = index - 2
    while name > index - 5 and tokens.capital(name):
        name -= 1
    return name if name < index - 2 and tokens.low[name] == "," else index


def over_aside(tokens: Tokens, index: int) -> int:
    """From a verb after a comma to the comma that opens the aside before it: "Rents, already high, rose"."""
    verb = index
    while index > 3 and tokens.tags[index - 1] == "R":
        index -= 1  # "The mill, sold for £9m, now earns"
    if index < 3 or tokens.low[index - 1] not in _ASIDES:
        return verb
    for opening in range(index - 3, max(index - _ASIDE, 0), -1):
        if tokens.low[opening] == tokens.low[index - 1]:
            if index - opening > _PLAIN and not (
                tokens.low[opening] != "," or tokens.low[opening + 1] in ("who", "which", "whose")
            ):
                return verb
            return opening if tokens.tags[opening - 1] == "N" and tokens.low[opening + 1] not in ("and", "or", "but") else verb
        if tokens.low[opening] in ";.:":
            break
    return verb


def over_relative(tokens: Tokens, verb: int) -> int:
    """From a verb to the relative whose clause stands before it without commas: "the man who scored 14 goals earns"."""
    if verb < _LEAST or tokens.tags[verb - 1] not in "N#":
        return verb
    for index in range(verb - 2, max(verb - _PLAIN, 0), -1):
        if tokens.tags[index] == ".":
            break
        if tokens.low[index] in _RELATIVES:
            own = index + 1
            while tokens.tags[own] == "R":
                own += 1
            group = own
            while tokens.tags[group] in "AVR":
                group += 1
            alone = own < group < verb and {"V", "A"}.isdisjoint(tokens.tags[group:verb])
            told = tokens.tags[index - 1] == "N" and _CLAUSAL.isdisjoint(tokens.low[own:group])
            return index if alone and told else verb
    return verb
