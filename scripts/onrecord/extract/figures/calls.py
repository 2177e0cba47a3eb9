"""Numbers to call and hours of work, which measure nothing: "police on 101", "Fire: 999", a nine-to-five job."""

import re
from typing import Final

from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.tokens import plural
from onrecord.extract.lexicon import load, one_of

_CALLED: Final = load("figures")["called"]
_DIGITS: Final = re.compile(r"\d{3,6}(?: \d{3,6})*")
_REACH = 72  # characters before "on 101" in which somebody is to be called
_NEXT: Final = re.compile(r" ([^\W\d_]+)")
# "Police: 101", "NHS 111", "the Samaritans on 116 123"; but "Police: 101 held".
_NAMED: Final = re.compile(rf"\b(?:{one_of(_CALLED['services'])})(?P<tie>: ?| on | )$", re.IGNORECASE)
_CALLING: Final = re.compile(rf"\b(?:{one_of(_CALLED['verbs'])})\b[^.;!?\d]* on $|\btext(?:ing)? [A-Z]+ to $", re.IGNORECASE)
_EMERGENCY: Final = frozenset(_CALLED["emergency"])
_LISTED: Final = re.compile(r"\s*(?:[,;./|•)(–-]|$|or\b|and\b)")
_NINE_TO_FIVE: Final = re.compile(r"\b(?:nine|9)(?: to |-to-|[-–])(?:five|5)\b", re.IGNORECASE)


def is_called(text: str, quantity: Quantity) -> bool:
    """Whether a bare number is one to call.

    >>> from onrecord.extract.figures.amounts import quantities
    >>> [is_called(text, quantities(text)[0]) for text in ("Ring police on 101.", "They called on 101 tenants.")]
    [True, False]
    """
    if not _DIGITS.fullmatch(text, quantity.start, quantity.end):
        return False
    following = _NEXT.match(text, quantity.end)
    if following and plural(following[1].lower()):
        return False
    before = text[max(0, quantity.start - _REACH) : quantity.start]
    named = _NAMED.search(before)
    if named:
        sure = named["tie"] == " on " or text[quantity.start : quantity.end] in _EMERGENCY
        return sure or _LISTED.match(text, quantity.end) is not None
    return before.endswith((" on ", " to ")) and _CALLING.search(before) is not None


def of_office_hours(text: str, quantity: Quantity) -> bool:
    """Whether a number is of "nine to five", the hours of an office; "from nine to five" can be a fall."""
    if quantity.high not in (5, 9):
        return False
    match = _NINE_TO_FIVE.search(text, max(0, quantity.start - len("nine-to-")), quantity.end + len("-to-five"))
    return match is not None and match.start() <= quantity.start < match.end() and not text.endswith("from ", 0, match.start())
