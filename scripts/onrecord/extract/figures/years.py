"""Whether a bare number of four digits is a year, and when it counts for all that: "2000 white vans", "the 1900-seat hall"."""

from typing import Final

from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.tokens import Tokens, plural
from onrecord.extract.lexicon import load

_YEAR_BEFORE: Final = frozenset(load("figures")["not_figures"]["year_before"])
_ACTS: Final = frozenset({"act", "bill", "rules", "regulations", "order", "code", "ordinance"})
_OF_A_TIME: Final = frozenset({"era", "style", "vintage", "model", "edition", "version", "season"})
_COUNTED = 3  # words behind a round number of four digits among which what it counts stands


def bare_year(tokens: Tokens, quantity: Quantity, before: str, after: int) -> bool:
    """Whether a quantity without a unit is a year.

    Args:
        tokens: the words of its sentence.
        quantity: the number, or the two that a dash joins.
        before: the word before it, in lower case.
        after: the index of the word after it.
    """
    begin, end = min(quantity.low_span, quantity.high_span)  # of "2019-20" too, whose first number is the higher
    words = tokens.text[begin:end]
    if len(words) != 4 or not words.isdecimal() or not "1000" <= words <= "2100":
        return False
    first = tokens.at(quantity.start)
    if before in _ACTS and tokens.capital(first - 1):
        return True
    if before == "," and tokens.low[first - 2] in _ACTS:
        return True
    following = tokens.low[after] if after < len(tokens.low) else ""
    if words.endswith("00") and _counts_hundreds(tokens, before, after):
        return False
    if words.endswith("00") and _hyphenated_hundreds(tokens, quantity, after):
        return False
    if quantity.ranged:
        return words >= "1500" and not (plural(following) and quantity.high % 100 == quantity.low % 100 == 0)
    if plural(following) and not tokens.capital(after) and before not in _YEAR_BEFORE and not "1990" <= words <= "2035":
        return False
    if following in ("people", "men", "women", "children") and before not in ("in", "since", "the"):
        return False
    if "1500" <= words <= "2100":
        return before not in (
            "about",
            "around",
            "than",
            "least",
            "some",
            "nearly",
            "almost",
            "over",
            "roughly",
            "approximately",
        )
    return before in ("in", "since", "until", "circa") or (before in ("from", "between") and quantity.ranged)


def _counts_hundreds(tokens: Tokens, before: str, after: int) -> bool:
    """Whether a round number of four digits counts what follows: "2000 Olympic pools", "1800 of them"."""
    following = tokens.low[after : after + 2]
    if following[:1] == ["of"]:
        return following[1:] in (["them"], ["those"], ["these"], ["whom"], ["which"])
    if before in _YEAR_BEFORE:
        return False
    stop = after
    while tokens.tags[stop : stop + 1] == ["N"] and stop - after < _COUNTED:
        if plural(tokens.low[stop]):
            return not tokens.capital(stop)
        stop += 1
    return False


def _hyphenated_hundreds(tokens: Tokens, quantity: Quantity, after: int) -> bool:
    """Whether a hyphen ties a round number of four digits to a noun that it counts: "the 1900-seat hall", not "1800-style"."""
    hyphen = tokens.text[quantity.end : quantity.end + 1] == "-" and tokens.low[after : after + 1] == ["-"]
    return hyphen and tokens.tags[after + 1 : after + 2] == ["N"] and tokens.low[after + 1] not in _OF_A_TIME
