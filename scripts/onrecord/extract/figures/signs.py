"""Signs around a number that show, before anything is joined, that it is no figure: dates, times, names, phone numbers."""

import re
from typing import Final

from onrecord.extract.figures.calls import is_called, of_office_hours
from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.lexicon import load, one_of

_NOT: Final = load("figures")["not_figures"]

_MONTHS: Final = frozenset(_NOT["months"])

_MONTH_NAMES = one_of(sorted(month.capitalize() for month in _MONTHS))

_DAY_BEFORE = re.compile(
    rf"\b(?:{_MONTH_NAMES})\.?,?[ \u00a0](?:\d{{1,2}}(?:st|nd|rd|th)?(?:, ?| and | to | or |[-–])){{0,2}}(?:the )?$",
    re.IGNORECASE,
)

# The month, or the other days of it, then the month: "3 and 5 May".
_OTHER_DAYS = r"(?:(?: ?[-–] ?|, | (?:and|or|to|until|through) )\d{1,2}(?:st|nd|rd|th)?(?!\d)){0,3}"
_MONTH_AFTER = re.compile(rf"{_OTHER_DAYS}[ \u00a0-](?:of )?(?:{_MONTH_NAMES})\b")

# The clock time that a number goes on to may say for both that they are one: "6 and 7 o'clock".
_CLOCK = re.compile(rf"(?:(?: (?:and|or|to) |[-–])\d{{1,2}}(?:[.:]\d\d)?)? ?-?(?:{one_of(_NOT['clock'])})(?!\w)", re.IGNORECASE)

_FULL_HOUR = re.compile(r"(?:1[3-9]|2[0-3])\.00")

# What makes a year or a clock time of the number before it, even where its first letter could be a unit: 40 b.c., 1 p.m.
_ERA = re.compile(rf" ?(?:(?i:{one_of(_NOT['dotted_eras'])})|(?:{one_of(_NOT['eras'])})\b)")

_ERA_LETTERS: Final = frozenset("".join(era[0].lower() + era[0].upper() for era in (*_NOT["dotted_eras"], *_NOT["eras"])))

_ORDINAL = re.compile(rf"-(?:{one_of(_NOT['ordinals'])}|\w{{2,9}}th)\b", re.IGNORECASE)

_LISTED = 9  # numbers in brackets that can be the marks of a list in a sentence
_LIST_MARK = re.compile(r"(?:^|[:,;] |\b(?:and|or|either) )\($")

_FOUR = 4  # digits of a time of day without its colon

# How far back a quotation mark is looked for that makes a closing one of what could be an inch.
_QUOTED = 400

_THEN_SAID = re.compile(r",? (?:said|says|added|told|he|she|they|according)\b")

_PHONE = re.compile(
    r"\(\d{3}\) \d{3}-\d{4}|"
    r"\+\d{1,3}(?:[ -]\(?\d{1,5}\)?){2,5}"
    r"|(?:\+?\d{2,5}[-. )]{1,2})?\d{3,5}[- ]\d{3,4}[- ]?\d{3,4}(?!\d)|\d{3}-\d{4}(?!\d)"
)

# A word joined on, but not the unit or scale of the number before, which a range goes on from: "£3m-£4m".
_LAST_WORD = re.compile(r"(?:(?<!\d)(?<![^\W\d_])([^\W\d_]+)|\d(st|nd|rd|th))[-–]$")

# A number in words with a capital, joined on: 7-Eleven.
_NAMED = re.compile(rf"(?:{one_of(number.capitalize() for number in load('numbers')['small'])})\b")

_JOINS = frozenset({"sub", "minus", "to", "then", "near", "plus", "over", "under", "up"})


def surely_not(text: str, quantity: Quantity) -> bool:
    """Whether the signs around a number show that it is no figure of its own, before it is joined to others.

    >>> from onrecord.extract.figures.amounts import quantities
    >>> [surely_not(t, quantities(t)[0]) for t in ("9:30", "covid-19", "5G", "5 men")]
    [True, True, True, False]
    """
    return (
        _of_an_era(text, quantity)
        or _of_the_clock(text, quantity)
        or (text.startswith("-", quantity.low_span[1]) and _ORDINAL.match(text, quantity.low_span[1]) is not None)
        or _closes_quotation(text, quantity)
        or _glued_before(text, quantity)
        or _glued_after(text, quantity)
        or (quantity.unit is None and quantity.form in ("digits", "words") and _date_or_time(text, quantity))
    )


def _of_an_era(text: str, quantity: Quantity) -> bool:
    start, end = quantity.low_span
    named = text[end : end + 2].lstrip(" ")[:1] in _ERA_LETTERS and _ERA.match(text, end) is not None
    return named or (quantity.form == "digits" and text[max(0, start - 3) : start] == "AD ")


def _of_the_clock(text: str, quantity: Quantity) -> bool:
    """Whether four digits before "hours" are a time of day: "at 1730 hours", "by 0930 hours"."""
    start, end = quantity.low_span
    if quantity.unit != "h" or end - start != _FOUR or not text[start:end].isdecimal():
        return False
    return text[start] == "0" or text.endswith((" at", " by", " until", " from", " before", " after"), 0, start - 1)


def _closes_quotation(text: str, quantity: Quantity) -> bool:
    """Whether what looks like an inch closes the quotation that the number stands in."""
    at = quantity.end - 1
    if text[at] not in '"”':
        return False
    if _THEN_SAID.match(text, at + 1):
        return True  # the quotation began in a sentence before
    opened = text[max(0, at - _QUOTED) : at]
    return (text[at] == '"' and opened.count('"') % 2 == 1) or (text[at] == "”" and "“" in opened)


def _glued_before(text: str, quantity: Quantity) -> bool:
    at = quantity.start
    if at == 0:
        return False
    last = text[at - 1]
    if last in " \u00a0(\n":
        return False
    if last.isalnum() or last in "#@_\\&":
        return True
    before = text[at - 2] if at > 1 else " "
    if last in "'’‘" and before in " \u00a0(" and quantity.unit is None and quantity.end - at == 2:
        return True
    if last in "-–‑":
        word = _LAST_WORD.search(text[max(0, at - 12) : at])
        return word is not None and (word[1] or word[2]).lower() not in _JOINS and last != "–"
    if last in ".:,":
        return before.isdecimal() or (
            last == "." and before.isalpha() and quantity.unit is None and at > 1 and text[at - 1] != " "
        )
    return last == "/" and not quantity.signed and (before.isalnum() or before == "/")


def _glued_after(text: str, quantity: Quantity) -> bool:
    at = quantity.end
    if at >= len(text):
        return False
    next_, after = text[at], text[at + 1] if at + 1 < len(text) else " "
    closing = after if next_ == " " else next_
    if closing in ")]" and quantity.unit is None and _listed(text, quantity, closing):
        return True
    if quantity.unit is None or quantity.signed:
        if next_.isalnum() or next_ in "_@~":
            return True
        if next_ == "/" and (after.isalnum()) and quantity.form == "digits":
            return not (quantity.signed and after == "$") and after != "$"
        if next_ == "-" and after.isupper() and _NAMED.match(text, at + 1):
            return True
        if next_ in "-–" and after.isupper() and quantity.form == "digits" and not text[at + 1 : at + 3].isalpha():
            return True
    if next_ == ":" and after.isdecimal():
        return True
    return next_ in ".," and after.isdecimal()


def _listed(text: str, quantity: Quantity, closing: str) -> bool:
    """The mark of a list or a note: 1) and [3]."""
    if closing == "]":
        return text[quantity.start - 1 : quantity.start] == "["
    before = text[max(0, quantity.start - 40) : quantity.start]
    if before.endswith("("):
        return quantity.high <= _LISTED and _LIST_MARK.search(before) is not None
    return quantity.high <= 20 and quantity.form == "digits" and "(" not in before


def _date_or_time(text: str, quantity: Quantity) -> bool:
    if quantity.form == "digits" and quantity.scale == 1:
        first = text[quantity.start : quantity.end]
        if (first[0] == "0" and len(first) > 1 and "." not in first) or _FULL_HOUR.fullmatch(first):
            return True
        before = text[max(0, quantity.start - 28) : quantity.start]
        if quantity.high <= 31 or 1000 <= quantity.high <= 2100:
            if _DAY_BEFORE.search(before) or _MONTH_AFTER.match(text, quantity.end):
                return True
            if len(first) == 4 and _year(first, text, quantity, before):
                return True
        if before.endswith(" per "):
            return True
        if _phone(text, quantity) or is_called(text, quantity):
            return True
    if of_office_hours(text, quantity):
        return True
    clock = _CLOCK.match(text, quantity.end)
    return clock is not None and (quantity.high <= 24 or (quantity.end - quantity.start == 4 and quantity.high <= 2400))


def _year(words: str, text: str, quantity: Quantity, before: str) -> bool:
    """A bare year after a word that goes before years; a plural noun after it does not save it."""
    if not words.isdecimal() or not "1000" <= words <= "2100":
        return False
    last = before.rstrip(" ").rsplit(" ", 1)[-1].lower().lstrip("(")
    return last in (
        "in",
        "since",
        "during",
        "until",
        "circa",
        "early",
        "late",
        "mid",
        "summer",
        "winter",
        "autumn",
        "spring",
        "year",
    ) and not (
        words < "1700"
        or (last == "in" and re.match(r" (?:people|men|women|children|homes)\b", text[quantity.end : quantity.end + 10]))
    )


def _phone(text: str, quantity: Quantity) -> bool:
    at, stop = quantity.start, quantity.end
    near = (
        text.startswith(") ", stop)
        or (at and text[at - 1] in "-+ )" and at > 1 and text[at - 2].isdecimal())
        or (text[stop : stop + 1] in ("-", " ") and text[stop + 1 : stop + 2].isdecimal())
    )
    if not near:
        return False
    begin = max(0, at - 14)
    return any(m.start() + begin < stop and m.end() + begin > at for m in _PHONE.finditer(text[begin : stop + 14]))
