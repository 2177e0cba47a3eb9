"""Clauses: whose subject a verb shares, and which noun a pronoun before a verb stands for."""

from typing import Final

from onrecord.extract.figures.phrases import Phrase, head_of, is_date, phrase_before, premodifies
from onrecord.extract.figures.relatives import agreeing, over_aside, over_name, over_relative
from onrecord.extract.figures.tokens import SMALL, Tokens, plural
from onrecord.extract.lexicon import load

WEAK: Final = frozenset(load("figures")["classes"]["weak"])
COMPARED: Final = frozenset(load("figures")["change"]["after_up"]) | frozenset(load("figures")["change"]["after_down"])
_VERBS: Final = frozenset(load("figures")["measures"]["verbs"])
_DITRANSITIVE: Final = frozenset(load("figures")["measures"]["ditransitive"])
_PRONOUNS: Final[dict[str, bool]] = load("figures")["measures"]["pronouns"]  # whether each stands for several

_SIZED: Final = frozenset(load("figures")["measures"]["sized"])
_EXPECTING: Final = frozenset(load("figures")["measures"]["expecting"])
_BEFORE_DOING: Final = frozenset({"after", "before", "while", "since", "despite", "without", "when"})
_MEASURING: Final = frozenset(load("figures")["measures"]["measuring"])
_BE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_RANKS: Final = frozenset(load("figures")["classes"]["ranks"])
_SEASONS: Final = frozenset({"winter", "summer", "autumn", "spring"})
_SPAN = 30  # words looked back from a figure
_BACK = 40  # words looked back from a verb
_ENDS: Final = frozenset(';.?!"“”')


def joined(tokens: Tokens, verb: int) -> bool:
    """Whether a verb shares the subject of one before it: "owns a mill and employs", "opened a mill, creating"."""
    before = verb - 1
    while before > 0 and tokens.tags[before] == "R":
        before -= 1
    if before < 1:
        return False
    if tokens.low[verb].endswith("ing"):
        return tokens.low[before] == ","
    return tokens.low[before] in ("and", "but", "then") and tokens.tags[before - 1] not in "VA"


def subject_before(tokens: Tokens, end: int, own: bool = False) -> Phrase | None:
    """The subject of the nearest verb before a word that has one directly before it; if `own`, none past a pronoun.

    Args:
        tokens: the sentence.
        end: the index of the word.

    >>> from onrecord.extract.figures.tokens import tokenise
    >>> tokens = tokenise("The stone mill was sold and now earns more")
    >>> found = subject_before(tokens, 5)
    >>> tokens.low[found.first:found.last]
    ['stone', 'mill']
    """
    tags = tokens.tags
    for index in range(end - 1, max(end - _BACK, 0), -1):
        if tokens.low[index] in _ENDS:
            return None
        if tags[index] not in "VA" or (tags[index + 1 : index + 2] == ["N"] and _within_noun(tokens, index)):
            continue
        before = index - 1
        while before > 0 and tags[before] in "RA":
            before -= 1
        relative = tokens.low[before] == "who"
        if relative:
            before -= 1 + (tokens.low[before - 1] == ",")
        elif tokens.low[before] == ",":
            before = over_aside(tokens, before + 1) - 1
        if own and tags[before] == "O":
            return None
        if tags[before] == "N" and before and tags[before - 1] == "#" and tokens.starts[before] == tokens.ends[before - 1]:
            continue  # the m of "the villa let at £2m has"
        number = tags[before] == "#" and before > 0 and tokens.capital(before - 1)
        if (tags[before] == "N" or number) and tokens.low[before] not in SMALL and not is_date(tokens, before):
            phrase = phrase_before(tokens, before, 0, "figure.measures.subject")
            return phrase if relative else head_of(tokens, phrase, 0, True)
    return None


def _within_noun(tokens: Tokens, verb: int) -> bool:
    """Whether a participle is part of a noun phrase and has no subject: "maximum sustained winds"."""
    return tokens.low[verb].endswith("ed") and verb > 0 and premodifies(tokens, verb)


def antecedent(tokens: Tokens, index: int) -> Phrase | None:
    """The noun that "it" or "they" stands for, in the same sentence: the subject before it, or the nearest one in number.

    >>> from onrecord.extract.figures.tokens import tokenise
    >>> tokens = tokenise("The bids surprised the owner because they came to more")
    >>> found = antecedent(tokens, 6)
    >>> tokens.low[found.first:found.last]
    ['bids']
    """
    several = _PRONOUNS.get(tokens.low[index])
    if several is None:
        return None
    subject = subject_before(tokens, index) if tokens.low[index] != "one" else None
    if subject and plural(tokens.low[subject.last - 1]) == several:
        return subject
    for back in range(index - 1, max(index - _BACK, -1), -1):
        if tokens.low[back] in _ENDS:
            break
        plain = tokens.tags[back] == "N" and not is_date(tokens, back) and not tokens.capital(back)
        if plain and plural(tokens.low[back]) and several:
            return phrase_before(tokens, back, 0, "figure.measures.subject")
    return None


def weak_alone(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether a phrase is one word that says little: a total, an average."""
    return phrase.last - phrase.first == 1 and tokens.low[phrase.first] in WEAK


def subject(tokens: Tokens, first: int, floor: int) -> Phrase | None:
    """Walk back from the figure: over prepositions to the noun before them, over the verb to its subject."""
    tags, low = tokens.tags, tokens.low
    index, weak, verb, relative = first - 1, None, False, 0
    while index >= 0 and first - index <= _SPAN:
        if tokens.starts[index] < floor:
            return None
        tag = tags[index]
        if tag == "N" and low[index] not in SMALL and low[index] != "half" and not _timed(tokens, index):
            phrase = phrase_before(tokens, index, floor, "figure.measures.subject" if verb else "figure.measures.before")
            source = _source(tokens, phrase)
            if source < phrase.first:
                index = source - 1
                continue
            if not verb and _verb_before(tokens, index, first):
                verb, index = True, index - 1
                continue
            doing = phrase.first - (tokens.tags[phrase.first] != "G")
            if verb and doing > 1 and tags[doing] == "G" and low[doing - 1] in _BEFORE_DOING:
                return subject_before(tokens, doing - 1) or weak  # "fell before paring losses to trade at"
            if _passed_over(tokens, phrase, verb) or (not verb and index == first - 1 and _given(tokens, phrase)):
                index = phrase.first - 1
                continue
            if not verb and _predicate(tokens, phrase, index, first):
                verb, index = True, phrase.first - 1
                continue
            head = _head(tokens, phrase, floor, verb, relative)
            if not weak_alone(tokens, head) or (verb and _own_clause(tokens, head)):
                return head
            weak, index = weak or head, head.first - 1
            continue
        if tag == "V" and low[index] in _EXPECTING and _expects(tokens, index):
            return weak
        if tag in "VAG":
            if tag == "G" and index and low[index - 1] in _BEFORE_DOING:
                return subject_before(tokens, index - 1) or weak
            if tag == "G" and verb and tags[index + 1] == "P" and (index == 0 or low[index - 1] == ","):
                return Phrase(index, index + 1, "figure.measures.subject")
            if joined(tokens, index):
                return subject_before(tokens, index) or weak
            verb = True
            opening = over_aside(tokens, index)
            if opening == index:
                opening = over_relative(tokens, index)
            index, floor = opening, floor if opening == index else 0
        elif tag == "T" and verb and index and low[index - 1] == ",":
            return subject_before(tokens, index) or weak
        elif tag == "O" and verb:
            return antecedent(tokens, index) or weak
        elif (
            tag == "O"
            or (tag == "." and low[index] in ';.?!"“”' and (index < first - 1 or low[index] == ";"))
            or (tag == "C" and not _passes(tokens, index, verb, floor, first))
        ):
            return weak
        if tag == "C" and low[index] in ("which", "who", "that"):
            relative, index = relative or index, over_name(tokens, index)
        index -= 1
    return weak


def _head(tokens: Tokens, phrase: Phrase, floor: int, verb: bool, relative: int) -> Phrase:
    """The noun that a phrase hangs on, where it is followed by a verb, a preposition or an aside: "exports to Oman, at"."""
    low, last = tokens.low, phrase.last
    if low[last - 1] in _SIZED and low[last : last + 1] == ["of"] and not verb:
        return phrase  # "flour to a city of 300,000"
    if relative:
        return agreeing(tokens, phrase, relative)
    tied = tokens.tags[min(last, len(low) - 1)] in "PT" and low[last - 1] not in _MEASURING
    hangs = verb or tied or low[last : last + 2] == [",", "at"]
    return head_of(tokens, phrase, floor, verb and low[last : last + 1] != ["worth"]) if hangs else phrase


def _own_clause(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether a noun that says little is the subject behind a verb of another's: "the charity warned the number could"."""
    before = phrase.first - 1
    return before > 1 and tokens.tags[before] == "D" and tokens.tags[before - 1] == "V"


def _expects(tokens: Tokens, verb: int) -> bool:
    """Whether who does this stands before it: "analysts expect", but not "is expected" nor "prices expected to rise"."""
    if tokens.low[verb + 1 : verb + 2] in (["to"], ["at"]):
        return False
    return not verb or tokens.low[verb - 1] not in _BE


def _timed(tokens: Tokens, index: int) -> bool:
    """Whether a word tells a time, or goes before one that does: "in recent years"."""
    if is_date(tokens, index) or (tokens.low[index] in _SEASONS and index and tokens.low[index - 1] in ("in", "this", "last")):
        return True
    more = index + 1 < len(tokens.low) and tokens.tags[index + 1] == "N" and is_date(tokens, index + 1)
    return more and not tokens.capital(index) and not plural(tokens.low[index])


def _passed_over(tokens: Tokens, phrase: Phrase, verb: bool) -> bool:
    """Whether one word is a rank or an adjective before "to" and names nothing: "came in second", "was able to"."""
    if phrase.last - phrase.first != 1 or phrase.first == 0:
        return False
    word = tokens.low[phrase.first]
    if word in _RANKS or (verb is False and word.endswith("est") and tokens.low[phrase.first - 1] == "the"):
        return True  # "turnout was the lowest since 1945, at 60%"
    return verb and tokens.tags[phrase.first - 1] == "A" and tokens.low[phrase.last : phrase.last + 1] in (["to"], ["enough"])


def _source(tokens: Tokens, phrase: Phrase) -> int:
    """The index of "according" where a phrase is who says so, of "against" before a price's currency, else of the phrase."""
    before = phrase.first - 1
    while before > 0 and tokens.tags[before] == "D":
        before -= 1
    if before > 0 and tokens.low[before] == "against" and tokens.low[phrase.last : phrase.last + 1] == ["at"]:
        return before
    return before - 1 if before > 0 and tokens.low[before - 1] == "according" else phrase.first


def _passes(tokens: Tokens, index: int, verb: bool, floor: int, first: int) -> bool:
    """Whether the search goes on over a conjunction: between years, or after "that" and "which" to the noun before."""
    if tokens.low[index] in ("and", "or", "as", "so", "yet"):
        return (not verb and floor == 0) or (tokens.tags[index + 1 : index + 2] == ["#"] and index + 1 < first)
    much = tokens.low[index] == "that" and tokens.low[index + 1 : index + 2] in (["much"], ["many"])
    relative = tokens.low[index] in ("which", "who") or (tokens.low[index] == "that" and tokens.low[index - 1] != ",")
    return much or (relative and verb)


def _predicate(tokens: Tokens, phrase: Phrase, index: int, first: int) -> bool:
    """Whether one bare word between verb and preposition is an adjective: "was steep at 12 degrees"."""
    if phrase.last - phrase.first != 1 or plural(tokens.low[index]) or tokens.capital(index) or index + 1 >= first:
        return False
    before = phrase.first - 1
    while before > 0 and (tokens.tags[before] == "R" or tokens.low[before] in ("as", "so")):
        before -= 1
    if before < 0 or tokens.low[index + 1] == "of":
        return False
    return tokens.tags[before] == "A" or (tokens.tags[before] == "V" and tokens.tags[index + 1] in "PT")


def _verb_before(tokens: Tokens, index: int, first: int) -> bool:
    """Whether a word that looks like a noun is the verb between subject and figure: it and the subject differ in number."""
    if index != first - 1 or index < 1 or tokens.tags[first] == "P" or tokens.tags[index - 1] != "N":
        return False
    if tokens.capital(index) or any(low in COMPARED for low in tokens.low[first : first + 4]):
        return False
    if tokens.low[index] in _VERBS or (plural(tokens.low[index - 1]) and not plural(tokens.low[index])):
        return True
    singular = index > 1 and tokens.tags[index - 2] in "DN" and not plural(tokens.low[index - 1])
    return singular and tokens.low[index].endswith("s") and plural(tokens.low[index])


def _given(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether a phrase is who gets or loses so much: "cost taxpayers £5m"."""
    before = phrase.first - 1
    while before > 0 and tokens.tags[before] == "D":
        before -= 1
    return before > 0 and tokens.low[before] in _DITRANSITIVE
