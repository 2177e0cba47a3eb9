"""Noun phrases: the one that begins at a word, the one that ends at a word, and the one that others hang on."""

from typing import Final, NamedTuple

from onrecord.extract.figures.tokens import PHRASE, SMALL, Tokens, irregular, plural
from onrecord.extract.lexicon import load, words

_CLASSES: Final = load("figures")["classes"]

TIMELY: Final = frozenset(words("months")) | frozenset(words("weekdays")) | frozenset(_CLASSES["timely"])

_OPENERS: Final = frozenset(_CLASSES["openers"])

_ADJECTIVES: Final = tuple(_CLASSES["adjectives"])

_COLLECTIVE: Final = frozenset(_CLASSES["collective"])

_PARTICIPLES = ("ed", "ing", "en")

_COMPARATIVES: Final = frozenset(_CLASSES["comparatives"])

_PAST: Final = frozenset(_CLASSES["past_only"])

_HELD: Final = frozenset({"time", "times", "hours", "days", "weeks"})

_HANGS_ON: Final = frozenset({"of", "in", "for", "to", "from", "on", "across", "within", "among"})

_TIES: Final = _HANGS_ON | {"at", "with", "by", "through", "between", "into", "against", "under", "per"}


class Phrase(NamedTuple):
    """A noun phrase as token indexes, end exclusive, and the rule that found it."""

    first: int
    last: int
    rule: str


def skip_bracket(tokens: Tokens, at: int) -> int:
    """The index after a short bracket that opens here: "8 miles (13 km) of tunnel"."""
    if tokens.low[at : at + 1] != ["("]:
        return at
    for index in range(at + 1, min(at + 9, len(tokens.low))):
        if tokens.low[index] == ")":
            return index + 1
    return at


def determined(tokens: Tokens, at: int) -> int:
    """The index after the determiners that stand at a word."""
    while at < len(tokens.tags) and tokens.tags[at] == "D" and tokens.low[at] not in ("which", "what"):
        at += 1
    return at


def phrase_of(tokens: Tokens, at: int) -> Phrase | None:
    """The noun phrase after "of" or another preposition, over its determiners and a number: "of the town's 54 mills"."""
    start = determined(tokens, at + 1)
    start += tokens.low[start : start + 1] in (["last"], ["next"], ["past"]) and _numeral(tokens, start + 1)
    owner = start
    while owner < min(start + 4, len(tokens.tags) - 1) and not _numeral(tokens, owner + 1):
        named = tokens.low[owner] == "of" and owner > start and tokens.capital(owner - 1) and tokens.capital(owner + 1)
        if tokens.tags[owner] != "N" and not named:
            break
        owner += 1
    numbered = tokens.tags[owner : owner + 1] == ["N"] and tokens.tags[owner + 2 : owner + 3] == ["N"]
    if numbered and _numeral(tokens, owner + 1):
        start = owner + 2
    elif tokens.low[start : start + 1] in (["£"], ["$"], ["€"]) and _numeral(tokens, start + 1):
        start += 2 + (tokens.low[start + 2 : start + 3] in (["m"], ["bn"], ["k"], ["million"], ["billion"]))
    elif _numeral(tokens, start) and tokens.low[start + 1 : start + 2] != ["-"]:
        start += 1 + (tokens.low[start + 1 : start + 2] in (["thousand"], ["million"], ["billion"], ["hundred"]))
    return phrase_after(tokens, start, False, "figure.measures.of")


def _numeral(tokens: Tokens, index: int) -> bool:
    return index < len(tokens.tags) and (tokens.tags[index] == "#" or tokens.low[index] in SMALL)


def _owner(tokens: Tokens, index: int) -> bool:
    """Whether a noun before a number owns what it counts, also where its apostrophe is lost: "the groups 40 shops"."""
    return _owns(tokens, index) or (index > 0 and tokens.tags[index - 1] == "D" and plural(tokens.low[index]))


def _owns(tokens: Tokens, index: int) -> bool:
    return tokens.low[index].endswith(("'s", "’s"))


def phrase_after(tokens: Tokens, at: int, want_plural: bool, rule: str) -> Phrase | None:
    """The noun phrase from a word on; a plural noun ends it, since what follows would be a verb or another phrase."""
    stop, seen, tags, low = at, False, tokens.tags, tokens.low
    limit = min(len(tags), at + PHRASE)
    while stop < limit:
        tag = tags[stop]
        if tag == "N" or inside(tokens, stop, at, limit):
            if tokens.text[tokens.starts[stop] - 1] == "(" or (stop > at and low[stop] in SMALL and low[stop - 1] != "-"):
                break
            stop += 1
            if tag == "N" and plural(low[stop - 1]):
                seen = True
                if _own_noun(tokens, stop, limit):
                    stop += 1
                elif not (stop < limit and tags[stop] == "N" and _goes_on(tokens, stop, want_plural)):
                    break
            elif stop < limit and _numbered(tokens, stop - 1):
                stop += 1
            continue
        break
    while stop > at and tags[stop - 1] not in "N#":
        stop -= 1
    if not seen and want_plural:
        stop = min(stop, at + 5)
    if stop > at and _owns(tokens, stop - 1):
        stop -= 1
    if stop > at and low[at] in TIMELY and stop == at + 1:
        return None
    return Phrase(at, stop, rule) if stop > at else None


def _goes_on(tokens: Tokens, stop: int, want_plural: bool) -> bool:
    """Whether a noun after a plural one belongs to it: "Colville Lakes Resorts", "police officers", "a police dog"."""
    before, capital = tokens.low[stop - 1], tokens.capital(stop)
    more = plural(tokens.low[stop]) and not is_date(tokens, stop) and tokens.low[stop] != "dead"
    if more and (capital or irregular(before) or want_plural):
        return True
    if before in _COLLECTIVE and not want_plural:
        return True
    if tokens.capital(stop - 1):
        return capital or (want_plural and _plural_follows(tokens, stop))
    return False


def _plural_follows(tokens: Tokens, stop: int) -> bool:
    """Whether a plural that is counted comes after a name that only looks like one: "five Dallas harbour clerks"."""
    while tokens.tags[stop : stop + 1] == ["N"]:
        if plural(tokens.low[stop]):
            return True
        stop += 1
    return False


def _own_noun(tokens: Tokens, stop: int, limit: int) -> bool:
    """Whether a plural before a word is its owner, by an apostrophe: "the growers' votes"."""
    if stop + 1 >= limit or tokens.low[stop] not in "'’" or tokens.tags[stop + 1] != "N":
        return False
    return tokens.starts[stop] == tokens.ends[stop - 1] and tokens.starts[stop + 1] > tokens.ends[stop]


def inside(tokens: Tokens, index: int, at: int, limit: int) -> bool:
    """Whether a word that is no noun by itself stands within a noun phrase."""
    tag, low, more = tokens.tags[index], tokens.low[index], index + 1 < limit and tokens.tags[index + 1] == "N"
    if tag == "R" and low in _COMPARATIVES:
        return more
    if index == at and low in _OPENERS:
        return more or (index + 1 < limit and low != "more")
    if tag in "VG":
        return (
            more
            and (low.endswith(_PARTICIPLES) or (index == at and low not in _PAST))
            and low not in ("including", "excluding", "according", "said")
        )
    if tag == "C":
        return (
            more
            and index > at
            and low in ("and", "or")
            and tokens.tags[index - 1] == "N"
            and not plural(tokens.low[index - 1])
            and (tokens.capital(index - 1) or not tokens.capital(index + 1))
        )
    if tag == "D":
        return index > at and low == "a" and tokens.text[tokens.starts[index]] == "A"
    if tag == "R":
        if index > at and low in _OPENERS:
            return more
        more = more or (index + 2 < limit and tokens.tags[index + 1 : index + 3] == ["V", "N"])
        return more and low.endswith("ly") and index == at
    return tag == "." and low in "&/-" and more and index > at


def is_date(tokens: Tokens, index: int) -> bool:
    """Whether a word tells a time rather than a thing."""
    if tokens.low[index].rstrip(".") not in TIMELY:
        return False
    return not (tokens.low[index] in _HELD and _held(tokens, index))


def _held(tokens: Tokens, index: int) -> bool:
    """Whether a word of time is a thing: "a time of 47 seconds", "opening hours", "the Harlow Times"."""
    if tokens.low[index] == "time" and tokens.low[index + 1 : index + 2] in (["of"], ["was"], ["is"]):
        return tokens.low[index + 2 : index + 3] != ["writing"]
    if index == 0 or not plural(tokens.low[index]):
        return False
    return tokens.low[index - 1].endswith("ing") or (tokens.capital(index) and tokens.capital(index - 1))


def phrase_before(tokens: Tokens, index: int, floor: int, rule: str) -> Phrase:
    """The noun phrase that ends at a word."""
    first, tags = index, tokens.tags
    while first > 0 and index - first < PHRASE and tokens.starts[first - 1] >= floor:
        tag, low = tags[first - 1], tokens.low[first - 1]
        joined = tag == "." and low in "&/-" and first > 1 and tags[first - 2] == "N"
        name = tag == "#" and first > 1 and tokens.capital(first - 2) and not is_date(tokens, first - 2)
        within = (
            tag in "VG" and low.endswith(_PARTICIPLES) and first > 1 and tags[first] == "N" and premodifies(tokens, first - 1)
        )
        if not (tag == "N" or joined or name or within) or low in SMALL or is_date(tokens, first - 1):
            break
        first -= 1
    while first < index and tags[first] == ".":
        first += 1
    if first > 1 and first < index and tokens.low[first - 1] == "-" and _numeral(tokens, first - 2):
        first += 1  # "the 90-minute film"
    return Phrase(first, index + 1 + _numbered(tokens, index), rule)


def _numbered(tokens: Tokens, index: int) -> bool:
    """Whether a number is written together with a name: S8, A380."""
    return tokens.tags[index + 1 : index + 2] == ["#"] and tokens.starts[index + 1] == tokens.ends[index]


def premodifies(tokens: Tokens, index: int) -> bool:
    """Whether a participle belongs to the noun after it, and is no verb between subject and object."""
    before = tokens.low[index - 1]
    adjective = tokens.tags[index - 1] == "N" and (
        before.endswith(_ADJECTIVES) or "-" in before or (tokens.low[index - 2] == "-" and _numeral(tokens, index - 3))
    )
    return tokens.tags[index - 1] in "DP" or adjective or (tokens.capital(index) and tokens.capital(index + 1))


def _passing(tokens: Tokens, index: int) -> bool:
    """Whether a number or a date stands between a preposition and its noun: "in three wards", "for June delivery"."""
    return _numeral(tokens, index) or (tokens.tags[index] == "N" and is_date(tokens, index))


def _predicative(tokens: Tokens, index: int) -> bool:
    """Whether a word that could be a noun is an adjective said of the subject: "was 94% effective in a trial"."""
    told = index > 0 and (tokens.tags[index - 1] == "A" or tokens.low[index - 1] in ("%", "cent", "percent"))
    return told and tokens.low[index].endswith(_ADJECTIVES)


def head_of(tokens: Tokens, phrase: Phrase, floor: int, verb: bool = False) -> Phrase:
    """The noun phrase that others hang on by prepositions: "sales of bicycles in towns" is about sales of bicycles.

    Before a verb more prepositions tie, and two nouns joined by "and" are one: "places at schools and colleges fell".
    """
    tags, low = tokens.tags, tokens.low
    for _ in range(4):
        index = phrase.first - 1
        while index > 0 and (tags[index] == "D" or (verb and _passing(tokens, index))):
            index -= 1
        if index > 2 and low[index] in "'’" and is_date(tokens, index - 1) and _numeral(tokens, index - 2):
            index -= 3  # "a cook with 10 years' practice"
        index -= index > 1 and tags[index] == "N" and low[index - 1] == "-" and _numeral(tokens, index - 2)
        if index > 2 and low[index] == "-" and _numeral(tokens, index - 1):
            index -= 2 + (tags[index - 2] == "D")  # "the yield on the 10-year bond"
        if verb and index > 1 and tags[index] == "G" and tags[index - 1] == "P" and phrase.first - index <= 2:
            index -= 1  # "the fine for breaking the law was"
        index -= tokens.low[index - 1 : index + 1] == ["out", "of"]
        owned = verb and index + 1 < phrase.first and _numeral(tokens, index + 1) and _owner(tokens, index)
        while owned and index > max(1, phrase.first - PHRASE) and tags[index] in "ND":
            index -= 1  # "sales at the chain's 40 shops"
        counted = verb and index + 1 < phrase.first and (owned or _numeral(tokens, index + 1)) and low[index] in _TIES
        if index <= 0 or tags[index - 1] != "N" or (tokens.starts[index - 1] < floor and not counted):
            return phrase
        if verb and low[index] in ("and", "&") and not is_date(tokens, index - 1):
            first = phrase_before(tokens, index - 1, floor, phrase.rule).first
            first -= first > 1 and tags[first - 1] == "V" and tags[first - 2] in "DP"
            if (first and tags[first - 1] not in "DP") or tokens.capital(first) != tokens.capital(phrase.first):
                return phrase
            phrase = phrase._replace(first=first)
            continue
        tie = low[index + 1] if low[index] == "out" else low[index]
        if verb and tie == "before" and low[index + 1] in ("tax", "interest", "exceptional"):
            tie = "of"
        if tie not in (_TIES if verb else _HANGS_ON) or _predicative(tokens, index - 1):
            return phrase
        before = phrase_before(tokens, index - 1, 0 if counted else floor, phrase.rule)
        if is_date(tokens, index - 1):
            return phrase
        phrase = before._replace(last=phrase.last) if tie == "of" else before
    return phrase
