"""How sure a figure is: the words before or after it that make it rough or a bound."""

import re
from typing import Final

from onrecord.extract.figures.quantity import Mark, Quantity
from onrecord.extract.figures.tokens import Tokens
from onrecord.extract.lexicon import load

_FIGURES: Final = load("figures")
_BEFORE: Final[dict[str, str]] = {
    phrase: name for name, phrases in _FIGURES["qualifiers"]["before"].items() for phrase in phrases
}
_LAST_WORDS: Final = frozenset(phrase.rpartition(" ")[2] for phrase in _BEFORE)
_AFTER: Final[dict[str, str]] = {
    phrase: name for name, phrases in _FIGURES["qualifiers"]["after"].items() for phrase in phrases
}
_AFTER_PATTERN = re.compile(r"[ -]?(?:" + "|".join(re.escape(p) for p in sorted(_AFTER, key=len, reverse=True)) + r")(?!\w)")
_TOPICAL: Final = frozenset(_FIGURES["about"]["before"])
_OVER_BEFORE: Final = frozenset(_FIGURES["over"]["before"])
_GOING: Final = frozenset(_FIGURES["measures"]["going"])
_DEGREES: Final = frozenset(_FIGURES["measures"]["degree"])
_GRADED = ("ing", "ous", "able", "ible", "ful", "less")
_BEING: Final = frozenset({"is", "are", "was", "were", "be", "been", "being", "still", "currently", "now"})
_AS_SIZED: Final = frozenset({"as long as", "as high as", "as old as"})  # bounds of a measure, but "as long as 12 buses"
_HANDING: Final = frozenset({"turn", "turns", "turned", "turning", "hand", "hands", "handed", "handing"})
_LYING: Final = frozenset({"over", "under", "above", "below", "near", "close to"})
_LONGEST = 4  # words in a qualifier


def qualifier(tokens: Tokens, quantity: Quantity) -> tuple[Mark | None, int]:
    """How sure a figure is, and the index of the first word of figure and qualifier together.

    >>> from onrecord.extract.figures.amounts import quantities
    >>> from onrecord.extract.figures.tokens import tokenise
    >>> text = "It holds well over 40 boats"
    >>> qualifier(tokenise(text), quantities(text)[0])[0].value
    'more_than'
    """
    first = tokens.at(quantity.start)
    start = first
    while start and tokens.low[start - 1] in ("between", "from", "a", "an", "just", "only", "record", "-", "–"):
        if tokens.low[start - 1] in ("a", "an") and not (start > 1 and _phrase(tokens, start - 1, quantity)):
            break
        start -= 1
    mark = _phrase(tokens, start, quantity) or (_phrase(tokens, first, quantity) if start < first else None)
    if mark:
        opens = tokens.at(mark.span[0])
        return mark, opens + (tokens.tags[opens] == "V" and opens < first)  # the search for a subject begins at a verb
    match = _AFTER_PATTERN.match(tokens.text, quantity.end)
    if match and not (
        match[0].strip(" -") in ("plus", "maximum", "at least", "at most", "approximately") and match[0][0] == " "
    ):
        word = match[0].strip(" ")
        value = _AFTER.get(word) or _AFTER[word.strip("-")]
        return Mark(value, (match.end() - len(word), match.end())), _over_degree(tokens, quantity, first)
    if quantity.end > quantity.low_span[1] and tokens.text[quantity.low_span[1]] == "+":
        plus = (quantity.low_span[1], quantity.low_span[1] + 1)  # 12+ hours
        return Mark("at_least", plus), _over_degree(tokens, quantity, first)
    if quantity.form == "couple":
        return Mark("approximately", quantity.low_span), first
    return None, _over_degree(tokens, quantity, first)


def _over_degree(tokens: Tokens, quantity: Quantity, first: int) -> int:
    """The index of the article where only an adjective of the number stands between: "a paltry 3 per cent"."""
    index = first - 1
    if tokens.low[max(0, index - 2) : first] == ["plus", "or", "minus"]:
        return index - 2
    if index < 1 or quantity.kind in ("length", "area", "volume", "duration", "age", "mass") or tokens.capital(index):
        return first
    before = index - 1 - (tokens.low[index - 1] in ("more", "very", "rather") and index > 1)
    graded = tokens.low[before] in ("a", "an") and tokens.low[index].endswith(_GRADED) and tokens.tags[index] in "NGR"
    return before if tokens.tags[before] == "D" and (graded or tokens.low[index] in _DEGREES) else first


def _phrase(tokens: Tokens, stop: int, quantity: Quantity) -> Mark | None:
    if not stop or tokens.low[stop - 1] not in _LAST_WORDS:
        return None
    for length in range(min(_LONGEST, stop), 0, -1):
        phrase = " ".join(tokens.low[stop - length : stop])
        value = _BEFORE.get(phrase)
        if value is None or (quantity.ranged and value != "approximately"):
            continue
        if phrase == "about" and stop > 1 and tokens.low[stop - 2] in _TOPICAL:
            return None
        if phrase == "~" and tokens.ends[stop - 1] != quantity.start:
            return None
        if (
            stop > length
            and tokens.low[stop - length - 1] == "-"
            and tokens.ends[stop - length - 1] == tokens.starts[stop - length]
        ):
            return None  # a four-under 68
        if phrase == "up to" and stop > 2 and tokens.low[stop - 3] in _GOING:
            return None
        if phrase == "over" and quantity.kind == "duration" and not _more(tokens, stop - 2):
            return None
        if phrase == "over" and tokens.text.startswith(" other ", quantity.end):
            return None  # chosen over two other rivals
        if _of_its_own(tokens, phrase, stop, quantity):
            return None
        return Mark(value, (tokens.starts[stop - length], tokens.ends[stop - 1]))
    return None


def _of_its_own(tokens: Tokens, phrase: str, stop: int, quantity: Quantity) -> bool:
    """Whether what looks like a bound is a preposition of its own or compares with another thing."""
    before = tokens.low[max(0, stop - len(phrase.split()) - 1)]
    if phrase in _LYING and tokens.low[stop] in ("a", "an") and tokens.starts[stop] < quantity.start:
        return True  # "spread over a two-mile stretch"
    if phrase == "over" and before in _HANDING and quantity.kind == "money":
        return True  # "turns over £4m a year"
    if phrase == "short of":
        return tokens.low[stop - 3 : stop - 2] != ["just"] and quantity.unit is None and before in _BEING
    compared = before in ("twice", "times", "half") or (phrase == "as long as" and quantity.unit is None)
    return phrase in _AS_SIZED and compared and quantity.kind != "age"


def _more(tokens: Tokens, index: int) -> bool:
    return index >= 0 and tokens.low[index] in _OVER_BEFORE
