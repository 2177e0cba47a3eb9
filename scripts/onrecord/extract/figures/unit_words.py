"""The unit's words or symbol after a number."""

import re
from typing import Any, Final

from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.lexicon import load, one_of

_UNITS: Final[dict[str, Any]] = {code: entry for code, entry in load("units").items() if code != "rules"}

_MONEY: Final = load("currencies")

_STATS: Final[dict[str, list[str]]] = load("figures")["stats"]

_CODES: Final = frozenset(_MONEY["codes"]["list"])

_KINDS: Final[dict[str, str]] = {code: entry["kind"] for code, entry in _UNITS.items()}


def _names() -> dict[str, tuple[tuple[str, str], ...]]:
    """Names of units and currencies with their codes, by their first word, the longest first."""
    first: dict[str, list[tuple[str, str]]] = {}
    pairs = [(name, code) for code, entry in _UNITS.items() for name in entry.get("names", ())]
    pairs += [(name, code) for code, names in _MONEY["names"].items() for name in names]
    pairs += [(code.lower(), code) for code in _CODES]
    for name, code in pairs:
        first.setdefault(re.split(r"[\W\d_]", name, maxsplit=1)[0], []).append((name, code))
    return {word: tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair))) for word, found in first.items()}


_NAMES: Final = _names()

_SYMBOLS: Final[dict[str, str]] = {symbol: code for code, entry in _UNITS.items() for symbol in entry.get("symbols", ())}

_AFTER = re.compile(rf"[ \u00a0]?(?:{one_of(_MONEY['after'])})(?![\w/])")

_SYMBOL = re.compile(
    rf"(?P<gap>\+?[ \u00a0]?-?)(?P<symbol>{one_of(_SYMBOLS)})(?:(?![\w²³]|['’][a-z])|(?<=['′])(?=\d{{1,2}}[\"″]))"
)

# "20 (kg)", as tables and forms write it.
_BRACKETED = re.compile(rf" ?[(\[{{<]({one_of([symbol for symbol in _SYMBOLS if len(symbol) > 1])})[)\]}}>]")
_BRACKETS: Final = frozenset("([{<")

# What no unit begins with, nor a space before one: most numbers that have none end at one of these.
_NO_UNIT: Final = frozenset(["", *",.;:)?!\n”"]) - {sign[0] for sign in (*_SYMBOLS, *_MONEY["after"])}

_MARKS: Final = frozenset({"'", '"'})

_SPACED = frozenset({"m", "W", "V", "L", "C", "F"})  # symbols of one letter that may stand after a space

_ATTACHED = frozenset({"'", "′", "″", '"', "t", "l", "g", "st", "mi", "p", "mb", "in"})

_GAP = re.compile(r"\+?(?: ?[-‑–] ?|[ \u00a0])?[\[({<]?(?=[^\W\d_])")

_OF = re.compile(r" of (?=[^\W\d_])")

_HALF = re.compile(rf"-(?=(?:{one_of(load('figures')['halves']['units'])})\b)")

_POINT = re.compile(r"[ -](?:percentage[ -])?points?\b")  # "a quarter point"

_OF_A = re.compile(r" (?:of )?an? (?=[^\W\d_])")

_SCALED_CODE = re.compile(r" (million|billion|trillion)\b")

_INCHES = re.compile(r" ?(?:in\b\.?|ins\b)")

_FEET = re.compile(r"-(\d{1,2})(?![\d.,]*\d|[-–]?[^\W\d_])")

_WORD = re.compile(r"[^\W\d_]{1,40}")  # no unit is longer, and a run of a million letters is no word

_MILLIONS = re.compile(rf" ?M({one_of(_CODES)})\b")

_WEIGHED = re.compile(
    r"\b(?:cost|costs|paid|pay|price|priced|fined?|worth|earn\w*|spen[dt]|owed?|sterling|bill|salary|profits?|tax|rent)\b",
    re.IGNORECASE,
)

_DEGREES: Final = load("figures")["degrees"]
_WARMTH = re.compile(rf"\b(?:{one_of(_DEGREES['warmth'])})\b", re.IGNORECASE)
_ANGLES = re.compile(rf"\b(?:{one_of(_DEGREES['angles'])})\b", re.IGNORECASE)
_CLAUSE = re.compile("[,;:()]")
_DEGREES_REACH = 60  # characters on either side of degrees in which heat or an angle is looked for

_NOT_AFTER_ONE = frozenset({"point", "mark", "stone", "bit", "min", "won"})


def kind_of(unit: str) -> str:
    """The kind of figure that a unit makes; any unit that is not of measure is money."""
    return _KINDS.get(unit, "money")


def unit_named(word: str) -> str | None:
    """The code of a unit of measure by its name of one word, in lower case.

    >>> unit_named("hour"), unit_named("boat")
    ('h', None)
    """
    return next((code for name, code in _NAMES.get(word, ()) if name == word and code in _UNITS), None)


def unit_after(text: str, quantity: Quantity) -> Quantity:
    """The unit's name, symbol, code or sign directly after the number."""
    at = quantity.end
    if text[at : at + 1] in _NO_UNIT:
        return quantity
    if text[at] == "s" and "." in text[quantity.low_span[0] : at] and not text[at + 1 : at + 2].isalnum():
        return quantity._replace(end=at + 1, unit="s", unit_span=(at, at + 1), kind="duration")  # "in 44.3s"; "40s" are years
    symbol = _SYMBOL.match(text, at)
    if symbol and _symbol_fits(text, symbol):
        code = _SYMBOLS[symbol["symbol"]]
        return quantity._replace(end=symbol.end(), unit=code, unit_span=symbol.span("symbol"), kind=kind_of(code))
    bracketed = _BRACKETED.match(text, at) if text[at : at + 2].lstrip(" ")[:1] in _BRACKETS else None
    if bracketed:
        code = _SYMBOLS[bracketed[1]]
        return quantity._replace(end=bracketed.end(), unit=code, unit_span=bracketed.span(1), kind=kind_of(code))
    money = _AFTER.match(text, at)
    if money:
        sign = money[0].strip(" \u00a0")
        return quantity._replace(
            end=money.end(), unit=_MONEY["after"][sign], unit_span=(money.end() - len(sign), money.end()), kind="money"
        )
    millions = _MILLIONS.match(text, at) if "M" in text[at : at + 2] else None
    if millions:
        worth = quantity.low * 1_000_000
        return quantity._replace(
            end=millions.end(), low=worth, high=worth, unit=millions[1], unit_span=millions.span(1), kind="money"
        )
    return _inches(text, _name_after(text, quantity))


def _symbol_fits(text: str, match: re.Match[str]) -> bool:
    symbol, gap = match["symbol"], match["gap"].lstrip("+")
    if symbol in ("m", "M") and text[match.end() : match.end() + 1] in ("/", "&"):
        return False
    if symbol == "st" and re.search(r"(?<!1)1$", text[: match.start()][-3:]):
        return False
    if symbol in _MARKS and _open_quote(text[max(0, match.start() - 160) : match.start()], symbol):
        return False
    rest = text[match.end() : match.end() + 2]
    if gap in ("", "-"):
        return True
    if len(symbol) == 1 and symbol.isupper() and (rest[:1] == "-" or rest[1:].isupper()):
        return False
    if rest[:1] == "/":
        return True  # "3.8 t/ha"
    return symbol in _SPACED if len(symbol) == 1 and symbol.isalpha() else symbol not in _ATTACHED


def _open_quote(before: str, mark: str) -> bool:
    """Whether a mark that could mean feet or inches closes a quotation instead."""
    return before.count('"') % 2 == 1 if mark == '"' else re.search(r"(?:^|[\s(])'", before) is not None


def _name_after(text: str, quantity: Quantity) -> Quantity:
    gap = _gap(text, quantity).match(text, quantity.end)
    at = gap.end() if gap else quantity.end
    word = _WORD.match(text, at)
    if word is None:
        return quantity
    bracketed = at > quantity.end and text[at - 1] in "[({<"
    first = word[0].lower()
    stats = _STATS.get(first)
    if stats and not bracketed:
        return quantity._replace(
            end=word.end(), unit=stats[0], unit_span=word.span(), kind="rate", per=stats[1], per_span=word.span()
        )
    for name, code in _NAMES.get(first, ()):
        stop = at + len(name)
        if text[at:stop].lower() != name or text[stop : stop + 1].isalnum():
            continue
        if bracketed and text[stop : stop + 1] not in ")]}>":
            return quantity
        if not _name_fits(text, quantity, name, at, stop):
            continue
        code = _pounds(text, quantity, at) if name in ("pound", "pounds") else code
        return _scaled(text, quantity._replace(end=stop + bracketed, unit=code, unit_span=(at, stop), kind=kind_of(code)))
    return quantity


def _gap(text: str, quantity: Quantity) -> re.Pattern[str]:
    """What may stand between number and unit: "a couple of miles", "half an hour"."""
    if quantity.form == "vague" or (quantity.form == "couple" and quantity.scale == 1):
        return _OF
    if quantity.low == 1 / 2 and quantity.form == "fraction" and text[quantity.end : quantity.end + 1] == "-":
        return _HALF
    if quantity.form == "fraction" and _POINT.match(text, quantity.end):
        return _GAP
    return _OF_A if quantity.form == "fraction" and quantity.high < 1 and quantity.end - quantity.start > 3 else _GAP


def _scaled(text: str, quantity: Quantity) -> Quantity:
    """75 USD million."""
    scale = _SCALED_CODE.match(text, quantity.end) if quantity.scale == 1 and quantity.unit in _CODES else None
    if scale is None:
        return quantity
    factor = {"million": 10**6, "billion": 10**9, "trillion": 10**12}[scale[1]]
    return quantity._replace(end=scale.end(), low=quantity.low * factor, high=quantity.high * factor, scale=factor)


def of_temperature(text: str, quantity: Quantity) -> Quantity:
    """Make a temperature of degrees that are below zero or stand beside a word for heat or cold: "31 degrees in the shade"."""
    before = text[max(0, quantity.start - _DEGREES_REACH) : quantity.start]
    after = text[quantity.end : quantity.end + _DEGREES_REACH]
    if quantity.unit == "cent":
        warm = text[quantity.end - 1] == "c" and (quantity.high < 0 or _WARMTH.search(_CLAUSE.split(before)[-1]))
        return quantity._replace(unit="Cel", kind="temperature") if warm else quantity
    if _ANGLES.search(_CLAUSE.split(before)[-1]) or _ANGLES.search(_CLAUSE.split(after)[0]):
        return quantity
    warm = quantity.high < 0 or _WARMTH.search(before) or _WARMTH.search(after)
    return quantity._replace(kind="temperature") if warm else quantity


def foot_and_inches(text: str, quantity: Quantity) -> Quantity:
    """The height that sport writes with hyphens, in inches: "the 6-foot-4 keeper"."""
    inches = _FEET.match(text, quantity.end) if quantity.unit == "[ft_i]" and text.startswith("-", quantity.end) else None
    if inches is None or quantity.low != int(quantity.low) or int(inches[1]) > 11:
        return quantity
    worth = quantity.low * 12 + int(inches[1])
    return quantity._replace(end=inches.end(), low=worth, high=worth, unit="[in_i]", rule="figure.compound")


def _inches(text: str, quantity: Quantity) -> Quantity:
    """The "in" of "6ft 2in" is inches only there."""
    if quantity.unit or quantity.form != "digits" or quantity.low >= 12:
        return quantity
    inches = _INCHES.match(text, quantity.end)
    if inches is None or not re.search(
        r"\d ?(?:ft|foot|feet)\.?,? (?:and )?$", text[max(0, quantity.start - 12) : quantity.start]
    ):
        return quantity
    at = inches.start() + (text[inches.start()] == " ")
    return quantity._replace(end=inches.end(), unit="[in_i]", unit_span=(at, inches.end()), kind="length")


def _name_fits(text: str, quantity: Quantity, name: str, at: int, stop: int) -> bool:
    """Whether a word that could be a unit is one here."""
    if name in ("won", "mark", "marks", "real", "rand", "dong", "ether", "mil") and quantity.low < 100:
        return False
    if name in ("second", "quarter", "bit", "minute") and abs(quantity.low) != 1 and text[at - 1] != "-":
        return name in ("bit", "minute")
    if quantity.low == 1 and quantity.form == "words" and name in _NOT_AFTER_ONE:
        return False
    if text[at].isupper() and name in (
        "day",
        "days",
        "stone",
        "cup",
        "yard",
        "mark",
        "marks",
        "sterling",
        "foot",
        "min",
        "point",
    ):
        return False
    return not (name == "head" or (name == "degree" and text[stop : stop + 5] == "s in "))


def _pounds(text: str, quantity: Quantity, at: int) -> str:
    """Pounds are money where millions of them are, thousands of them of nothing, or money is spoken of; else they weigh."""
    around = text[max(0, quantity.start - 40) : quantity.start]
    many = quantity.form in ("vague", "couple") and quantity.low >= 1000 and not _OF.match(text, at + len("pounds"))
    money = quantity.scale >= 1_000_000 or many or (_WEIGHED.search(around) and text[at - 1] != "-")
    return "GBP" if money else "[lb_av]"


def named_again(text: str, quantity: Quantity) -> Quantity:
    """Take "dollars" in after "$10"; the sign stays the unit's words."""
    named = _name_after(text, quantity._replace(unit=None, kind="count"))
    return quantity._replace(end=named.end) if named.unit == quantity.unit else quantity
