"""Ages that only the words around a bare number tell: "Ada Bell, 34,", "she was 40", "a girl of eight", "those over 65"."""

from typing import Final

from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.tokens import Tokens
from onrecord.extract.lexicon import load

_AGES: Final = load("figures")["ages"]
_TITLES: Final[dict[str, list[str]]] = load("titles")["nouns"]
_NOT: Final = load("figures")["not_figures"]

_HONORIFICS: Final = frozenset(load("titles")["honorifics"])
_PERSONS: Final = frozenset(load("figures")["classes"]["persons"]).union(
    *(_TITLES[kind] for kind in ("offices", "ranks", "posts", "persons", "relations"))
)
_OF_SO_MANY: Final = frozenset(_AGES["of_so_many"])
_THOSE: Final = frozenset(_AGES["those"])
_BOUNDS: Final = frozenset(_AGES["bounds"])
_ROUGHLY: Final = frozenset(_AGES["roughly"])
_TURNING: Final = frozenset(_AGES["turning"])
_BEING: Final = frozenset(_AGES["being"]) | _TURNING
_GIVEN: Final = frozenset(name for listed in load("givennames").values() for name in listed.split())
_NOT_NAMES: Final = frozenset(_NOT["months"]) | frozenset(load("words")["weekdays"])
_ENDS: Final = frozenset({".", ",", ";", ")", "?", "!", '"', "”", "and", "when", "but", "at", "while", "or"})
_ASIDE_ENDS: Final = frozenset({",", ";", "."})
_PAIR = 6  # words before the comma that hold the "and" of two names
_ANY: Final = 110  # years of the oldest that is believed without "aged"
_LEAST_TO_TURN = 10  # years that somebody is said to turn


def person_age(tokens: Tokens, quantity: Quantity) -> Quantity:
    """Make an age of a bare number that the words around it say somebody has lived; any other stays as it is.

    >>> from onrecord.extract.figures.amounts import quantities
    >>> from onrecord.extract.figures.tokens import tokenise
    >>> text = "It is free for those over 65."
    >>> person_age(tokenise(text), quantities(text)[0]).kind
    'age'
    """
    plain = quantity.unit is None and quantity.form in ("digits", "words") and not quantity.ranged and quantity.scale == 1
    if not plain or not 0 < quantity.high <= _ANY or quantity.low != int(quantity.low):
        return quantity
    first, after = tokens.at(quantity.start), tokens.at(quantity.end)
    if not first:
        return quantity
    closing = tokens.low[after] if after < len(tokens.low) else "."
    if _in_aside(tokens, quantity, first, closing):
        return quantity._replace(kind="age", unit="a", rule="figure.age.after_name")
    if (
        _at_the_start(tokens, first, after)
        or _of_pronoun(tokens, first, closing)
        or _turned(tokens, quantity, first, after)
        or _of_persons(tokens, first, after)
    ):
        return quantity._replace(kind="age", unit="a", rule="figure.age")
    return quantity


def is_person(word: str) -> bool:
    """Whether a noun in lower case, in either number, is somebody rather than something.

    >>> is_person("cyclists"), is_person("bicycles")
    (True, False)
    """
    return word in _PERSONS or word in _THOSE or word.removesuffix("s") in _PERSONS


def _in_aside(tokens: Tokens, quantity: Quantity, first: int, closing: str) -> bool:
    """Whether a number stands alone behind whoever is so old: "Ada Bell, 34,", "her son, 12,", "the pair, both 17,"."""
    if first < 2:
        return False
    opening = tokens.low[first - 1]
    if opening == "both":
        return closing in _ASIDE_ENDS and tokens.tags[first - 2] == "."
    if _in_pair(tokens, first, opening, closing) or _bare_behind(tokens, quantity, first):
        return True
    if opening not in ",(":
        return False
    commas = opening == "," and closing in _ASIDE_ENDS and tokens.text[quantity.start - 1] == " "
    if commas and tokens.low[first - 2] in _PERSONS and tokens.tags[first - 3] in "DNV":
        return True
    name = tokens.capital(first - 2) and tokens.tags[first - 2] == "N" and tokens.low[first - 2] not in _NOT_NAMES
    two = first > 2 and tokens.capital(first - 3) and tokens.tags[first - 3] == "N"
    return name and ((two and opening == "(" and closing == ")") or (commas and (two or closing == ",")))


def _bare_behind(tokens: Tokens, quantity: Quantity, first: int) -> bool:
    """Whether a number stands without commas between somebody and a verb: "Ada Bell 41 was held", "the pilot 29 had"."""
    after = first + 1
    if quantity.form != "digits" or quantity.high < _LEAST_TO_TURN or tokens.tags[after : after + 1] not in (["A"], ["V"]):
        return False
    if tokens.low[first - 1] in _PERSONS and not tokens.capital(first - 1):
        return tokens.tags[first - 2] == "D"
    named = tokens.capital(first - 1) and tokens.capital(first - 2) and tokens.tags[first - 1] == "N"
    return named and tokens.low[first - 2] in _GIVEN


def _in_pair(tokens: Tokens, first: int, opening: str, closing: str) -> bool:
    """Whether a number is one of two ages behind two names: "Ines Kemp and Ada Bell, 40 and 49,"."""
    after = first + 1
    if opening == "," and closing == "and" and tokens.tags[after + 1 : after + 2] == ["#"]:
        comma, behind = first - 1, after + 2
    elif opening == "and" and first > 3 and tokens.tags[first - 2] == "#" and tokens.low[first - 3] == ",":
        comma, behind = first - 3, after
    else:
        return False
    named = comma > 2 and all(tokens.capital(index) and tokens.tags[index] == "N" for index in (comma - 1, comma - 2))
    return named and tokens.low[behind : behind + 1] == [","] and "and" in tokens.low[max(0, comma - _PAIR) : comma]


def _at_the_start(tokens: Tokens, first: int, after: int) -> bool:
    """Whether a number opens a sentence about somebody: "At 17, she"."""
    return first == 1 and tokens.low[0] == "at" and tokens.low[after : after + 2] in ([",", "he"], [",", "she"])


def _of_pronoun(tokens: Tokens, first: int, closing: str) -> bool:
    """Whether a number is how old "he" or "she" was: "when she was about 57", "he turned 40"."""
    verb = first - 1
    while verb > 0 and tokens.tags[verb] in "RP" and tokens.low[verb] in _ROUGHLY:
        verb -= 1
    ends = closing in _ENDS or (tokens.low[verb] == "been" and closing in ("on", "this", "in", "today", "next"))
    if verb < 1 or tokens.low[verb] not in _BEING or not ends:
        return False
    if tokens.low[verb] == "been":
        return verb > 2 and tokens.low[verb - 2 : verb] == ["would", "have"] and tokens.low[verb - 3] in ("he", "she")
    then = tokens.low[verb - 1] == "i" and verb > 1 and tokens.low[verb - 2] in ("when", "since", "until", "before")
    then = then or (tokens.low[verb - 1] == "i" and closing == "when")
    then = then or (tokens.capital(verb - 1) and _titled(tokens, verb - 1))
    then = then or (tokens.low[verb - 1] in _PERSONS and tokens.tags[verb - 1] == "N" and tokens.low[verb] in ("is", "was"))
    return then or tokens.low[verb - 1] in ("he", "she")


def _titled(tokens: Tokens, index: int) -> bool:
    """Whether a name has Mr, Mrs or the like before it: "Mr Bell was 68"."""
    at = index - 1
    while at >= max(0, index - _PAIR) and tokens.capital(at):
        if tokens.low[at].rstrip(".") in _HONORIFICS:
            return True
        at -= 1
    return False


def _turned(tokens: Tokens, quantity: Quantity, first: int, after: int) -> bool:
    """Whether somebody reaches an age: "Bell, who turned 60 last week"."""
    if tokens.low[first - 1] not in _TURNING or first < 2 or quantity.high < _LEAST_TO_TURN:
        return False
    who = tokens.low[first - 2] in ("who", "he", "she", "i", "since", "after", "before", "on", "upon") or (
        tokens.capital(first - 2) and tokens.tags[first - 2] == "N"
    )
    return who and _alone(tokens, after, ("last", "next", "this", "yesterday", "today", "tomorrow"))


def _of_persons(tokens: Tokens, first: int, after: int) -> bool:
    """Whether a number is the age of persons before it: "a girl of eight", "children under five"."""
    tie, who = tokens.low[first - 1], tokens.low[first - 2] if first > 1 else ""
    if tie == "of":
        return who in _OF_SO_MANY and first > 2 and tokens.tags[first - 3] in "DN" and _alone(tokens, after)
    return tie in _BOUNDS and who in _THOSE and _alone(tokens, after)


def _alone(tokens: Tokens, after: int, times: tuple[str, ...] = ()) -> bool:
    """Whether nothing follows a number that it could count."""
    if after >= len(tokens.low) or tokens.low[after] in times:
        return True
    return tokens.tags[after] in ".CVAPTO" and tokens.low[after] not in ("-", "%", "of", "to", "/")
