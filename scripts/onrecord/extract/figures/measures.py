"""What a figure measures: the noun phrase after it, or the one that the sentence says it of."""

from typing import Final, NamedTuple

from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.tokens import PHRASE, Tokens, plural
from onrecord.extract.lexicon import load, words

_FIGURES: Final = load("figures")
_WEAK: Final = frozenset(_FIGURES["classes"]["weak"])
_TIMELY: Final = (
    frozenset(words("months"))
    | frozenset(words("weekdays"))
    | frozenset(
        {
            "year",
            "years",
            "month",
            "months",
            "week",
            "weeks",
            "day",
            "days",
            "quarter",
            "night",
            "morning",
            "afternoon",
            "hour",
            "hours",
            "today",
            "time",
            "times",
        }
    )
)
_NOUNS: Final = frozenset(_FIGURES["change"]["nouns_up"]) | frozenset(_FIGURES["change"]["nouns_down"])
_OPENERS: Final = frozenset(
    {
        "other",
        "more",
        "further",
        "additional",
        "such",
        "new",
        "different",
        "extra",
        "own",
        "better",
        "higher",
        "lower",
        "early",
        "late",
        "long",
        "deep",
        "high",
        "likely",
    }
)
_NUMERALS: Final = frozenset(load("numbers")["small"])
_HANGS_ON: Final = frozenset({"of", "in", "for", "to", "from", "on", "across", "within", "among"})
_SPAN = 30  # words looked back for a subject
_STRETCHED: Final = frozenset({"took", "takes", "take", "lasted", "lasts", "last", "spent", "lasting", "taking", "spend"})


class Phrase(NamedTuple):
    """A noun phrase as token indexes, end exclusive, and the rule that found it."""

    first: int
    last: int
    rule: str


def counted(tokens: Tokens, quantity: Quantity) -> Phrase | None:
    """The noun phrase that a bare number counts, if one follows it.

    >>> from onrecord.extract.figures.quantity import quantities
    >>> from onrecord.extract.figures.tokens import tokenise
    >>> text = "She keeps 14 small brown hens in a shed"
    >>> tokens = tokenise(text)
    >>> found = counted(tokens, quantities(text)[0])
    >>> tokens.low[found.first:found.last]
    ['small', 'brown', 'hens']
    """
    at = tokens.at(quantity.end)
    if tokens.text[quantity.end : quantity.end + 1] == "-":
        at += 1
        return _after(tokens, at + (tokens.low[at : at + 1] == ["strong"]), False, "figure.measures.counted")
    if quantity.form in ("vague", "couple", "ratio", "fraction") or tokens.low[at : at + 1] == ["of"]:
        if tokens.low[at : at + 1] == ["of"]:
            return _of(tokens, at)
        if quantity.form == "fraction":
            return _after(tokens, _determined(tokens, at), False, "figure.measures.of")
    return _after(tokens, at, quantity.high != 1, "figure.measures.counted")


def shares(tokens: Tokens, first: int, floor: int) -> bool:
    """Whether a figure is said of what the one before it is said of: a conversion in brackets, "up from", "and"."""
    before = tokens.low[max(0, first - 2) : first]
    if not before or tokens.starts[first - 1] < floor:
        return False
    if before[-1] in ("(", "and", "or", ";") or before in (
        ["up", "from"],
        ["down", "from"],
        ["compared", "with"],
        ["compared", "to"],
    ):
        between = range(tokens.at(floor), first)
        return len(between) <= 8 and not any(
            tokens.tags[index] in "VAG" and tokens.low[index] != "compared" for index in between
        )
    return False


def measured_after(tokens: Tokens, quantity: Quantity) -> Phrase | None:
    """The noun phrase after a figure that has a unit: "of" it, "off" it, or the noun that the figure modifies."""
    at = skip_bracket(tokens, tokens.at(quantity.end))
    if quantity.per_span and quantity.per_span[0] >= quantity.end:
        at = tokens.at(quantity.per_span[1])
    discount = (
        quantity.kind in ("percent", "money") and tokens.low[at : at + 1] == ["off"] and tokens.tags[at + 1 : at + 2] == ["D"]
    )
    if tokens.low[at : at + 1] == ["of"] or discount:
        phrase = _of(tokens, at)
        if phrase:
            return phrase
    return _modified(tokens, quantity, at) if quantity.kind not in ("count", "duration") else None


def measured_before(tokens: Tokens, quantity: Quantity, first: int, floor: int) -> Phrase | None:
    """What the words before a figure say it of; None when in doubt.

    Args:
        tokens: the sentence.
        quantity: the figure.
        first: the index of its first word, the qualifier before it included.
        floor: the offset where the figure before it ends; a search that comes so far has found nothing.
    """
    if quantity.kind == "duration" and not (first and tokens.low[first - 1] in _STRETCHED):
        return None
    return _subject(tokens, first, floor)


def only_change(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether a phrase is nothing but a noun of change, which says little if anything better is found."""
    return phrase.last - phrase.first == 1 and tokens.low[phrase.first] in _NOUNS


def skip_bracket(tokens: Tokens, at: int) -> int:
    """The index after a short bracket that opens here: "8 miles (13 km) of tunnel"."""
    if tokens.low[at : at + 1] != ["("]:
        return at
    for index in range(at + 1, min(at + 9, len(tokens.low))):
        if tokens.low[index] == ")":
            return index + 1
    return at


def _determined(tokens: Tokens, at: int) -> int:
    while at < len(tokens.tags) and tokens.tags[at] == "D" and tokens.low[at] not in ("which", "what"):
        at += 1
    return at


def _of(tokens: Tokens, at: int) -> Phrase | None:
    return _after(tokens, _determined(tokens, at + 1), False, "figure.measures.of")


def _after(tokens: Tokens, at: int, want_plural: bool, rule: str) -> Phrase | None:
    """The noun phrase from a word on; a plural noun ends it, since what follows would be a verb or another phrase."""
    stop, seen, tags, low = at, False, tokens.tags, tokens.low
    limit = min(len(tags), at + PHRASE)
    while stop < limit:
        tag = tags[stop]
        if tag == "N" or _inside(tokens, stop, at, limit):
            if tokens.text[tokens.starts[stop] - 1] == "(":
                break
            stop += 1
            if tag == "N" and plural(low[stop - 1]):
                seen = True
                if not (stop < limit and tags[stop] == "N" and plural(low[stop]) and tokens.capital(stop)):
                    break
            continue
        break
    while stop > at and tags[stop - 1] not in "N#":
        stop -= 1
    if not seen and want_plural:
        stop = min(stop, at + 5)
    if stop > at and low[at] in _TIMELY and stop == at + 1:
        return None
    return Phrase(at, stop, rule) if stop > at else None


def _inside(tokens: Tokens, index: int, at: int, limit: int) -> bool:
    """Whether a word that is no noun by itself stands within a noun phrase."""
    tag, low, more = tokens.tags[index], tokens.low[index], index + 1 < limit and tokens.tags[index + 1] == "N"
    if index == at and low in _OPENERS:
        return more or (index + 1 < limit and low != "more")
    if tag in "VG":
        return (
            more and (low.endswith(("ed", "ing")) or index == at) and low not in ("including", "excluding", "according", "said")
        )
    if tag == "C":
        return (
            more and index > at and low in ("and", "or") and tokens.tags[index - 1] == "N" and not plural(tokens.low[index - 1])
        )
    if tag == "D":
        return index > at and low == "a" and tokens.text[tokens.starts[index]] == "A"
    if tag == "R":
        return more and low.endswith("ly") and index == at
    return tag == "." and low in "&/-" and more and index > at


def _modified(tokens: Tokens, quantity: Quantity, at: int) -> Phrase | None:
    """The noun that the figure stands before: a 10-mile run, a £2m grant, a 5 per cent rise in rents."""
    if tokens.text[quantity.end : quantity.end + 1] == "-" and at < len(tokens.low) and tokens.low[at] == "-":
        at += 1
    at = _past_number(tokens, at)
    if (
        at >= len(tokens.tags)
        or tokens.tags[at] == "G"
        or tokens.low[at] in _TIMELY
        or not (tokens.tags[at] == "N" or _inside(tokens, at, at, len(tokens.tags)))
    ):
        return None
    phrase = _after(tokens, at, False, "figure.measures.modified")
    if phrase is None or any(tokens.low[index] in _TIMELY for index in range(phrase.first, min(phrase.last, phrase.first + 2))):
        return None
    if tokens.low[phrase.last - 1] in _NOUNS:
        if phrase.last - phrase.first > 1:
            return phrase._replace(last=phrase.last - 1)
        if tokens.low[phrase.last : phrase.last + 1] in (["in"], ["of"], ["to"], ["for"]):
            return _after(tokens, _determined(tokens, phrase.last + 1), False, "figure.measures.of") or phrase
    return phrase


def _past_number(tokens: Tokens, at: int) -> int:
    """Over the number of another figure that modifies the same noun: "a 2-litre four-door car"."""
    if at + 2 < len(tokens.low) and (tokens.tags[at] == "#" or tokens.low[at] in _NUMERALS):
        at += 2 if tokens.low[at + 1] == "-" else 1
    return at


def _subject(tokens: Tokens, first: int, floor: int) -> Phrase | None:
    """Walk back from the figure: over prepositions to the noun before them, over the verb to its subject."""
    tags, low = tokens.tags, tokens.low
    index, weak, verb = first - 1, None, False
    while index >= 0 and first - index <= _SPAN:
        if tokens.starts[index] < floor:
            return None
        tag = tags[index]
        if tag == "N" and not _date(tokens, index):
            phrase = _back(tokens, index, floor, "figure.measures.subject" if verb else "figure.measures.before")
            if not verb and _predicate(tokens, phrase, index, first):
                verb, index = True, phrase.first - 1
                continue
            head = _head(tokens, phrase, floor) if verb or tags[min(index + 1, len(tags) - 1)] in "PT" else phrase
            if not (head.last - head.first == 1 and low[head.first] in _WEAK):
                return head
            weak, index = weak or head, head.first - 1
            continue
        if tag in "VAG":
            verb = True
            index = _over_aside(tokens, index)
        elif (
            tag == "O"
            or (tag == "." and low[index] in ';.?!"“”' and index < first - 1)
            or (tag == "C" and not _passes(tokens, index, verb))
        ):
            return weak
        index -= 1
    return weak


def _passes(tokens: Tokens, index: int, verb: bool) -> bool:
    """Whether the search goes on over a conjunction: between years, or after "that" and "which" to the noun before."""
    if tokens.low[index] in ("and", "or", "as", "so", "yet"):
        return not verb or tokens.tags[index + 1 : index + 2] == ["#"]
    return tokens.low[index] in ("that", "which", "who") and verb


def _predicate(tokens: Tokens, phrase: Phrase, index: int, first: int) -> bool:
    """Whether one bare word between verb and preposition is an adjective: "was steep at 12 degrees"."""
    if phrase.last - phrase.first != 1 or plural(tokens.low[index]) or tokens.capital(index) or index + 1 >= first:
        return False
    before = phrase.first - 1
    while before > 0 and (tokens.tags[before] == "R" or tokens.low[before] in ("as", "so")):
        before -= 1
    return (
        before >= 0 and tokens.tags[before] in "VA" and tokens.tags[index + 1] in "PT" and tokens.low[index + 1] not in ("of",)
    )


def _over_aside(tokens: Tokens, index: int) -> int:
    """From a verb after a comma to the comma that opens the aside before it: "Rents, already high, rose"."""
    if index < 3 or tokens.low[index - 1] != ",":
        return index
    for opening in range(index - 3, max(index - 14, 0), -1):
        if tokens.low[opening] == ",":
            return opening if tokens.tags[opening - 1] == "N" else index
        if tokens.low[opening] in ";.:":
            break
    return index


def _date(tokens: Tokens, index: int) -> bool:
    return tokens.low[index].rstrip(".") in _TIMELY


def _back(tokens: Tokens, index: int, floor: int, rule: str) -> Phrase:
    """The noun phrase that ends at a word."""
    first, tags = index, tokens.tags
    while first > 0 and index - first < PHRASE and tokens.starts[first - 1] >= floor:
        tag, low = tags[first - 1], tokens.low[first - 1]
        joined = tag == "." and low in "&/-" and first > 1 and tags[first - 2] == "N"
        name = tag == "#" and first > 1 and tokens.capital(first - 2)
        premodifies = (
            tag in "VG" and low.endswith(("ed", "ing")) and first > 1 and tags[first - 2] in "DN" and tags[first] == "N"
        )
        if not (tag == "N" or joined or name or premodifies) or _date(tokens, first - 1):
            break
        first -= 1
    return Phrase(first, index + 1, rule)


def _head(tokens: Tokens, phrase: Phrase, floor: int) -> Phrase:
    """The noun phrase that others hang on by prepositions: "sales of bicycles in towns" is about sales of bicycles."""
    tags, low = tokens.tags, tokens.low
    for _ in range(4):
        index = phrase.first - 1
        while index > 0 and tags[index] == "D":
            index -= 1
        if (
            index <= 0
            or tags[index] not in "PT"
            or tags[index - 1] != "N"
            or tokens.starts[index - 1] < floor
            or low[index] not in _HANGS_ON
        ):
            return phrase
        before = _back(tokens, index - 1, floor, phrase.rule)
        if before.first == before.last or _date(tokens, index - 1):
            return phrase
        phrase = before._replace(last=phrase.last) if low[index] == "of" else before
    return phrase
