"""Every number of a sentence with its sign, its unit, its denominator, and whether it is an age."""

import re
from collections.abc import Sequence
from typing import Final

from onrecord.extract.figures.metres import is_million
from onrecord.extract.figures.numbers import Form, Number, find_numbers
from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.rates import denominator
from onrecord.extract.figures.unit_before import with_unit_before
from onrecord.extract.figures.unit_words import foot_and_inches, named_again, of_temperature, unit_after
from onrecord.extract.lexicon import load, one_of

_MONEY: Final = load("currencies")

_AS: Final = load("figures")["times"]["as"]

_CODES: Final = frozenset(_MONEY["codes"]["list"])

_BEFORE = re.compile(rf"(?:(?<![^\W\d_])(?:{one_of(_MONEY['before'])})|\b(?:{one_of(_CODES)})|(?<![^\W_])\$)[ \u00a0]?$")

_DIGIT_OR_SPACE: Final = frozenset("0123456789 \u00a0")

_TIMES = re.compile(
    rf" times(?= (?:as (?:[a-z]+(?: [a-z]+)? (?:as|to)|{one_of(_AS)})|more|the|that|what|its|his|her|their|those|less|larger"
    rf"|bigger|higher|greater|faster|longer|worse)\b| [a-z]{{2,12}}er than\b)"
)

_OLD = re.compile(r"(?:[ -]{1,3}olds?\b| of age\b)", re.IGNORECASE)

_YO = re.compile(r"[ -]?(?:y/o|yo|yr[ -]olds?)\b")

_AGED = re.compile(
    r"\b(?:aged?|ages)(?:[ :]| (?:of|between|from|about|around|under|over|above|below|up to|is|was|at) ){1,2}"
    r"(?:just |only |about |between )?$"
    r"|\bas (?:young|old) as (?:just |only |about )?$"
)

_MINUS = re.compile(r"(?<!\w)(?:minus[ -]|[-−–])$", re.IGNORECASE)

_THOUSAND = 1000
_RUN = re.compile(r" (?:(?:fun|charity|road|sponsored|park|women's|men's) )?(?:run|race|walk|swim|route|course|runner)s?\b")

_WRONG_BY = re.compile(r" ?± ?\d{1,9}(?:\.\d{1,9})?")

_EITHER: Final = ("plus or ", "plus-or-", "plus/")

_SIGN_ENDS: Final = frozenset(sign[-1] for sign in (*_MONEY["before"], *_CODES))

_FORM_RULES: Final[dict[Form, str]] = {
    "digits": "figure.number",
    "words": "figure.words",
    "vague": "figure.vague",
    "couple": "figure.vague",
    "fraction": "figure.fraction",
    "ratio": "figure.ratio",
    "multiplier": "figure.multiplier",
}


def quantities(text: str, places: Sequence[int] | None = None) -> list[Quantity]:
    """Every number of a sentence with its unit; what is a figure and what belongs together is decided later.

    Args:
        text: the sentence.
        places: where its numbers may begin, where that is known; see `find_numbers`.

    >>> [(q.low, q.unit, q.per) for q in quantities("£1.2m or 30 miles a day")]
    [(1200000.0, 'GBP', None), (30.0, '[mi_i]', 'day')]
    """
    found: list[Quantity] = []
    floor = 0
    for number in find_numbers(text, places):
        if number.start >= floor:
            quantity = _with_unit(text, number, floor)
            floor = _behind(text, quantity)
            found.append(quantity)
    return found


def _behind(text: str, quantity: Quantity) -> int:
    """Where the next number may begin: after the denominator, but within a bracket before it."""
    if quantity.per_span is None or quantity.per_span[0] < quantity.end:
        return quantity.end
    return quantity.end if text.startswith(" (", quantity.end) else quantity.per_span[1]


def _with_unit(text: str, number: Number, floor: int) -> Quantity:
    span = (number.start, number.end)
    quantity = Quantity(
        *span, number.low, number.high, number.form, span, span, scale=number.scale, rule=_FORM_RULES[number.form]
    )
    if number.form == "ratio":
        return quantity._replace(kind="ratio")
    if number.form == "multiplier":
        return quantity._replace(kind="multiplier")
    if "±" in text[number.end : number.end + 2]:
        wrong = _WRONG_BY.match(text, number.end)
        quantity = quantity._replace(end=wrong.end()) if wrong else quantity
    quantity = _negative(text, _money_before(text, quantity, floor), floor)
    quantity = named_again(text, quantity) if quantity.unit else unit_after(text, _metres(text, quantity))
    if quantity.unit == "[ft_i]":
        quantity = foot_and_inches(text, quantity)
    if quantity.form == "fraction" and quantity.unit is None:
        quantity = with_unit_before(text, quantity, floor) or quantity._replace(kind="ratio")
    elif quantity.form == "words" and quantity.low == 2 and quantity.unit is None:
        quantity = with_unit_before(text, quantity, floor) or quantity
    if quantity.unit in ("deg", "cent"):
        quantity = of_temperature(text, quantity)
    if text.startswith(" times", quantity.end) and _multiplies(text, quantity):
        return quantity._replace(end=quantity.end + len(" times"), kind="multiplier", rule="figure.multiplier")
    if quantity.kind == "duration" or quantity.kind == "count":
        quantity = _age(text, quantity, floor)
    return denominator(text, quantity, quantity.end)


def _multiplies(text: str, quantity: Quantity) -> bool:
    """Whether "times" says how much more it is, and not how often it was: "1.7 times the", "ten times harder than"."""
    if quantity.unit is not None or quantity.form not in ("digits", "words"):
        return False
    return quantity.high != int(quantity.high) or _TIMES.match(text, quantity.end) is not None


def _money_before(text: str, quantity: Quantity, floor: int) -> Quantity:
    """The currency sign or code before the number."""
    at = quantity.start
    last = text[at - 1] if at > floor else ""
    if last in (" ", "\u00a0"):
        last = text[at - 2] if at - 1 > floor else ""
    if last not in _SIGN_ENDS:
        return quantity
    match = _BEFORE.search(text, max(floor, at - 8), at)
    if match is None:
        return quantity
    sign = match[0].strip(" \u00a0")
    unit_span = (match.start(), match.start() + len(sign))
    return quantity._replace(
        start=match.start(), unit=_MONEY["before"].get(sign, sign), unit_span=unit_span, kind="money", signed=True
    )


def _negative(text: str, quantity: Quantity, floor: int) -> Quantity:
    """A minus sign or the word before the number, where nothing that it could join stands before it."""
    at = quantity.start - 1
    if at < floor or (text[at] not in "-–−" and (text[at] != " " or text[at - 1] not in "sS")):
        return quantity
    begin = max(floor, quantity.start - 7)
    match = _MINUS.search(text, begin, quantity.start)
    if match is None or text.endswith(_EITHER, 0, match.start()):
        return quantity
    if match.start() == floor + 1 and floor and text[floor] == " ":
        return quantity
    if quantity.start > 1 and match[0] in "-−–" and text[quantity.start - 2] not in " \u00a0(":
        return quantity
    at = match.start()
    low = -quantity.low
    return quantity._replace(
        start=at, low=low, high=low, low_span=(at, quantity.low_span[1]), high_span=(at, quantity.high_span[1])
    )


def _metres(text: str, quantity: Quantity) -> Quantity:
    """Read the m of "48m wide" as metres, the k of "a 10k run" as kilometres, and a "b" that can be no billion as no scale."""
    last = text[quantity.end - 1]
    if last in "bB" and quantity.scale == 1_000_000_000 and text[quantity.end - 2] in _DIGIT_OR_SPACE:
        return _unscaled(text, quantity)
    if last in "kK" and quantity.scale == _THOUSAND and _RUN.match(text, quantity.end):
        unit_span = (quantity.end - 1, quantity.end)
        return _unscaled(text, quantity)._replace(end=quantity.end, unit="km", unit_span=unit_span, kind="length")
    if last not in "mM" or quantity.scale != 1_000_000 or text[quantity.end - 2] not in _DIGIT_OR_SPACE:
        return quantity
    if is_million(text, quantity.start, quantity.end):
        return quantity
    return _unscaled(text, quantity)


def _unscaled(text: str, quantity: Quantity) -> Quantity:
    """The number without the letter after it."""
    begin = quantity.low_span[0] + (not text[quantity.low_span[0]].isdecimal() and quantity.low < 0)
    number = find_numbers(text[begin : quantity.end - 1])[-1]
    span = (quantity.start, begin + number.end)
    worth = -number.low if quantity.low < 0 else number.low
    return quantity._replace(end=span[1], low=worth, high=worth, low_span=span, high_span=span, scale=1)


def _age(text: str, quantity: Quantity, floor: int) -> Quantity:
    if quantity.kind == "duration":
        old = _OLD.match(text, quantity.end)
        aged = old is None and _aged(text, quantity, floor)
        return quantity._replace(end=old.end() if old else quantity.end, kind="age") if old or aged else quantity
    old = _YO.match(text, quantity.end) if "y" in text[quantity.end : quantity.end + 2] else None
    if old:
        return quantity._replace(
            end=old.end(), kind="age", unit="a", unit_span=(old.start() + (text[old.start()] in " -"), old.end())
        )
    if quantity.low <= 120 and quantity.form in ("digits", "words") and _aged(text, quantity, floor):
        return quantity._replace(kind="age", unit="a", rule="figure.age")
    return quantity


def _aged(text: str, quantity: Quantity, floor: int) -> bool:
    before = text[max(floor, quantity.start - 24) : quantity.start]
    return ("age" in before or " as " in before) and _AGED.search(before) is not None
