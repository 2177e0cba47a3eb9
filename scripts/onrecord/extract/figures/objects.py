"""What a figure does: money spent on a thing, so much taken off it, a thing raised to so much, a price for each."""

from typing import Final

from onrecord.extract.figures.clauses import subject, subject_before
from onrecord.extract.figures.phrases import Phrase, head_of, is_date, phrase_before, phrase_of
from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.tokens import Tokens, plural
from onrecord.extract.lexicon import load

_FIGURES: Final = load("figures")
_TAKING: Final = frozenset(_FIGURES["measures"]["taking"])
_SPENDING: Final = frozenset(_FIGURES["measures"]["spending"])
_GIVING: Final = frozenset(_FIGURES["measures"]["giving"])
_AIMING: Final = frozenset(_FIGURES["measures"]["aiming"])
_DEALING: Final = frozenset(_FIGURES["measures"]["dealing"])
_VERBS: Final = {"on": _SPENDING, "for": _GIVING, "from": _TAKING, "off": _TAKING}
AMOUNTS: Final = frozenset(_FIGURES["measures"]["amounts"])
_CHANGES: Final = frozenset(_FIGURES["change"]["increase"]) | frozenset(_FIGURES["change"]["decrease"])
_NEAR = 5  # words between a verb and its figure
_ENDS: Final = frozenset(';.?!"“”')
_BACK = 40  # words before a verb in which "it" is looked for
_DEAL = 30  # words between dealing and the price
_CLAUSE = 20  # words behind a figure in which "respectively" would tell it from others


def affected(tokens: Tokens, quantity: Quantity, first: int, at: int) -> Phrase | None:
    """What money was spent on, or what so much was taken from.

    Args:
        tokens: the sentence.
        quantity: the figure.
        first: the index of its first word, the qualifier before it included.
        at: the index of the word after it.
    """
    after = tokens.low[at] if at < len(tokens.low) else ""
    if quantity.kind == "money" and tokens.tags[at : at + 1] == ["A"]:
        return _spent(tokens, at)
    verbs = _VERBS.get(after)
    if verbs is None or (quantity.kind != "money" and verbs is not _TAKING):
        return None
    verbs = verbs | _AIMING if after == "from" and quantity.kind == "percent" else verbs
    for index in range(first - 1, max(first - _NEAR, -1), -1):
        if tokens.low[index] in verbs:
            return None if is_date(tokens, at + 1) or tokens.low[at + 1 : at + 2] == ["average"] else phrase_of(tokens, at)
        if tokens.tags[index] in "VP.C":
            break
    return None


def _spent(tokens: Tokens, at: int) -> Phrase | None:
    """What money that a verb follows went to or came off: "£5m was spent on roads", "£2m has been set aside for nets"."""
    while tokens.tags[at : at + 1] in (["A"], ["R"]):
        at += 1
    at += tokens.low[at : at + 2] == ["set", "aside"]
    tie = tokens.low[at + 1] if at + 1 < len(tokens.low) else ""
    spent = tie in _VERBS and tokens.low[at] in _VERBS[tie] and not is_date(tokens, at + 2)
    return phrase_of(tokens, at + 1) if spent else None


def dealt(tokens: Tokens, first: int, floor: int) -> Phrase | None:
    """What was bought or sold for so much, with other words between: "bought the mill in March for £9".

    Args:
        tokens: the sentence.
        first: the index of the figure's first word.
        floor: the offset where the figure before it ends.
    """
    if first < 3 or tokens.low[first - 1] not in ("for", "at"):
        return None
    for index in range(first - 3, max(first - _DEAL, -1), -1):
        if tokens.starts[index] < floor or tokens.low[index] in _ENDS:
            return None
        if tokens.low[index] in _DEALING and tokens.tags[index + 1] in "DNOR#PT":
            return _dealt(tokens, index, first)
        if tokens.tags[index] == "A" or (tokens.tags[index] == "V" and not _aside(tokens, index)):
            return None
    return None


def _aside(tokens: Tokens, verb: int) -> bool:
    """Whether a verb is of a clause about the thing itself: "which runs", "the mill built in 1880"."""
    return tokens.tags[verb - 1] == "C" or (tokens.low[verb].endswith("ed") and tokens.tags[verb - 1] in "N.")


def _dealt(tokens: Tokens, verb: int, first: int) -> Phrase | None:
    at = verb + 1 + (tokens.low[verb + 1] in ("off", "up", "out", "back"))
    if tokens.low[at] in ("it", "them"):
        return _nearest(tokens, verb - 1, tokens.low[at] == "them")
    if tokens.tags[at] in "PT" and tokens.tags[verb - 1] in "AR":
        return subject_before(tokens, verb + 1)
    phrase = phrase_of(tokens, at - 1) if tokens.tags[at] in ("DN#" if tokens.tags[verb] in "VG" else "D") else None
    more = phrase_of(tokens, phrase.last) if phrase and tokens.low[phrase.last : phrase.last + 1] == ["of"] else None
    phrase = phrase._replace(last=more.last) if phrase and more else phrase
    return phrase if phrase and phrase.last < first and not is_date(tokens, phrase.last - 1) else None


def _nearest(tokens: Tokens, index: int, several: bool) -> Phrase | None:
    """The noun before a verb that "it" or "them" after the verb stands for."""
    last = max(index - _BACK, -1)
    while index > last and tokens.low[index] not in _ENDS:
        if tokens.tags[index] == "N" and not is_date(tokens, index) and plural(tokens.low[index]) == several:
            return head_of(tokens, phrase_before(tokens, index, 0, "figure.measures.before"), 0)
        index -= 1
    return None


def moved_from(tokens: Tokens, first: int) -> Phrase | None:
    """The object that a verb of change moved from one figure to another: "cut its offer for March from 5 to 3 tonnes"."""
    here = first if tokens.low[first] in ("from", "between") else first - 1
    if here < 3 or tokens.low[here] not in ("from", "between") or tokens.tags[here - 1] == "T":
        return None
    for index in range(here - 2, max(here - _CLAUSE, -1), -1):
        if tokens.low[index] in _CHANGES and tokens.tags[index + 1] in "DN" and tokens.tags[index] in "VG":
            phrase = phrase_of(tokens, index)
            return phrase if phrase and phrase.last <= here and not is_date(tokens, phrase.last - 1) else None
        if tokens.tags[index] in "VA" or tokens.low[index] in _ENDS:
            break
    return None


def moved_to(tokens: Tokens, first: int) -> Phrase | None:
    """The object that a verb of change moved to the figure: "raised its output to 3 tonnes of wheat"."""
    if first < 3 or tokens.low[first - 1] != "to" or tokens.tags[first - 2] != "N" or is_date(tokens, first - 2):
        return None
    phrase = head_of(tokens, phrase_before(tokens, first - 2, 0, "figure.measures.before"), 0)
    verb = phrase.first - 1
    while verb > 0 and tokens.tags[verb] == "D":
        verb -= 1
    return phrase if verb >= 0 and tokens.low[verb] in _CHANGES else None


def amounted(tokens: Tokens, first: int, floor: int) -> Phrase | None:
    """The population, turnout or total that is said to be a number of things: "the population is 8,000 people"."""
    before = first - 1
    while before > 0 and tokens.tags[before] == "R":
        before -= 1
    if before < 1 or tokens.tags[before] != "A":
        return None
    phrase = subject(tokens, first, floor)
    return phrase if phrase and any(tokens.low[index] in AMOUNTS for index in range(phrase.first, phrase.last)) else None


def priced_for(tokens: Tokens, first: int, at: int) -> Phrase | None:
    """What the second of two prices is for: "£12 for the cabin and £8 for the tent"."""
    if tokens.low[first - 1] == "(" or "respectively" in tokens.low[at : at + _CLAUSE]:
        return None
    at += tokens.low[at : at + 1] == [")"]
    if tokens.low[at : at + 1] != ["for"] or tokens.tags[at + 1 : at + 2] not in (["D"], ["N"]) or is_date(tokens, at + 1):
        return None
    phrase = phrase_of(tokens, at)
    return None if phrase and is_date(tokens, phrase.last - 1) else phrase
