"""Denominators: per month, a head, each year, per 100,000 people."""

import re
from typing import Final

from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.tokens import Tokens
from onrecord.extract.lexicon import load

_PER: Final = load("figures")["per"]

_TIME: Final = frozenset(_PER["time"])

_NOT_BEFORE: Final = frozenset(_PER["not_before"])

_NOT_AFTER: Final = frozenset(_PER["not_after"])

_RATED: Final = frozenset({"count", "mass", "volume", "money", "energy", "data", "length"})

_TOOK = re.compile(r"\b(?:takes?|took|taken|taking) (?:[a-z]+ ){0,3}$")
_TOOK_REACH = 40  # characters before a figure in which it is told what took so many

_CLAUSE_WORDS = 10  # how far behind a figure its denominator may stand

_BRACKET = re.compile(r" \([^()\n]{1,24}\)(?= (?:a|an|per|each|every) )")

_METRIC = re.compile(r" tons?\b")

_MORE = re.compile(r"\.?[ -]([^\W\d_]+)")

_SO_MANY = re.compile(r" per (\d{1,3}(?:,\d{3})*(?: (?:million|thousand|billion))?(?: [^\W\d_]+)?)")

_WORD = re.compile(r"[^\W\d_]+")

_PER_GAP = re.compile(
    r"(?:(?P<slash>\s?/\s?|[ -]+per[ -]+)|(?P<article>[ -]+(?:a|an|each|every)[ -]+))(?=[^\W\d_])|[ ](?=[a-z]+ly\b)"
)


def denominator(text: str, quantity: Quantity, at: int) -> Quantity:
    """Give a quantity the denominator that stands at an offset: per month, a head, /kg, annually.

    >>> from onrecord.extract.figures.amounts import quantities
    >>> denominator("12 visits a week", quantities("12 visits a week")[0], 9).per
    'week'
    """
    if quantity.per or quantity.kind in ("age", "ratio", "multiplier"):
        return quantity
    following = text[at : at + 2]
    if not following or not (following[0].isspace() or following[0] in "-/"):
        return quantity
    bracket = _BRACKET.match(text, at) if following == " (" else None
    so_many = _SO_MANY.match(text, at) if following == " p" else None
    if so_many:
        return quantity._replace(per=so_many[1], per_span=so_many.span(1))
    gap = _PER_GAP.match(text, bracket.end() if bracket else at)
    word = _WORD.match(text, gap.end()) if gap else None
    if gap is None or word is None:
        return quantity
    name = word[0].lower()
    stop = word.end()
    if gap["slash"]:
        if name in ("cent", "se"):
            return quantity
        name, stop = _long_denominator(text, name, stop)
    elif gap["article"]:
        if not (name in _PER["time"] or name in _PER["counted"]) or not _article_fits(text, quantity, name, stop):
            return quantity
    elif name not in _PER["adverbs"]:
        return quantity
    return quantity._replace(per=_PER["spelled"].get(name, name), per_span=(gap.end(), stop))


def _long_denominator(text: str, name: str, stop: int) -> tuple[str, int]:
    """Square feet and the like are one denominator in two words."""
    if name == "metric":
        tonne = _METRIC.match(text, stop)
        return ("tonne", tonne.end()) if tonne else (name, stop)
    if name not in ("square", "sq", "cubic"):
        return name, stop
    more = _MORE.match(text, stop)
    if more is None:
        return name, stop
    noun = {"m": "metre", "meter": "metre", "ft": "foot", "feet": "foot", "km": "kilometre"}.get(
        more[1].lower(), more[1].lower()
    )
    return f"{'square' if name == 'sq' else name} {noun}", more.end()


def _article_fits(text: str, quantity: Quantity, name: str, stop: int) -> bool:
    """A year ago, a day later and a week-long strike are no denominators; nor is time for a stretch of time."""
    if (
        name in _TIME
        and text.startswith(" to ", stop)
        and _TOOK.search(text, max(0, quantity.start - _TOOK_REACH), quantity.start)
    ):
        return False  # "it took 40 men a year to build"
    after = _WORD.match(text, stop + 1)
    if text[stop : stop + 1] == "-" or (after and after[0].lower() in _PER["not_after"] and text[stop : stop + 1] == " "):
        return False
    return quantity.kind != "duration" or name != "year" or quantity.unit != "a"


def later_denominator(tokens: Tokens, quantity: Quantity, at: int, end: int) -> Quantity:
    """The denominator at the end of the clause: "12 boats pass through the lock each day".

    Args:
        tokens: the sentence.
        quantity: the figure.
        at: the index of the word to begin at, after what the figure measures.
        end: the offset of the next figure or the sentence's end.
    """
    if quantity.per or quantity.kind not in _RATED:
        return quantity
    low, tags = tokens.low, tokens.tags
    for index in range(at, min(at + _CLAUSE_WORDS, len(low) - 1)):
        if tokens.ends[index + 1] > end or tags[index] == ".":
            break
        if low[index] in ("every", "each", "a", "per") and low[index + 1] in _TIME:
            article = low[index] != "a" or (index > at and tags[index - 1] == "N")
            after = low[index + 2] if index + 2 < len(low) else ""
            if article and low[index - 1] not in _NOT_BEFORE and after not in _NOT_AFTER and after != "-":
                return quantity._replace(per=low[index + 1], per_span=(tokens.starts[index + 1], tokens.ends[index + 1]))
            break
    return quantity
