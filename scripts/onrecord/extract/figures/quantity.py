"""A number with its unit: the currency sign before it, the unit and the denominator after it."""

import re
from typing import Any, Final, NamedTuple

from onrecord.extract.figures.numbers import Form, Number, find_numbers, one_of
from onrecord.extract.figures.tokens import Tokens, plural
from onrecord.extract.lexicon import load

Span = tuple[int, int]

_UNITS: Final[dict[str, Any]] = {code: entry for code, entry in load("units").items() if code != "rules"}
_MONEY: Final = load("currencies")
_PER: Final = load("figures")["per"]
_STATS: Final[dict[str, list[str]]] = load("figures")["stats"]
_TIME: Final = frozenset(_PER["time"])
_NOT_BEFORE: Final = frozenset(_PER["not_before"])
_NOT_AFTER: Final = frozenset(_PER["not_after"])
_RATED: Final = frozenset({"count", "mass", "volume", "money", "energy", "data", "length"})
_CLAUSE_WORDS = 10  # how far behind a figure its denominator may stand
_CODES: Final = frozenset(_MONEY["codes"]["list"])
_KINDS: Final[dict[str, str]] = {code: entry["kind"] for code, entry in _UNITS.items()}
_SUBUNITS: Final = frozenset({"cent", "penny"})


def _names() -> dict[str, tuple[tuple[str, str], ...]]:
    """Names of units and currencies with their codes, by their first word, the longest first."""
    first: dict[str, list[tuple[str, str]]] = {}
    pairs = [(name, code) for code, entry in _UNITS.items() for name in entry.get("names", ())]
    pairs += [(name, code) for code, names in _MONEY["names"].items() for name in names]
    pairs += [(code.lower(), code) for code in _CODES]
    for name, code in pairs:
        first.setdefault(re.split(r"[^a-z]", name, maxsplit=1)[0], []).append((name, code))
    return {word: tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair))) for word, found in first.items()}


_NAMES: Final = _names()
_SYMBOLS: Final[dict[str, str]] = {symbol: code for code, entry in _UNITS.items() for symbol in entry.get("symbols", ())}
_BEFORE = re.compile(rf"(?:(?<![^\W\d_])(?:{one_of(_MONEY['before'])})|\b(?:{one_of(_CODES)})|(?<![^\W_])\$)[ \u00a0]?$")
_AFTER = re.compile(rf"[ \u00a0]?(?:{one_of(_MONEY['after'])})(?![\w/])")
_SYMBOL = re.compile(rf"(?P<gap>[ \u00a0]?-?)(?P<symbol>{one_of(_SYMBOLS)})(?![\w²³]|['’][a-z])")
_SPACED = frozenset({"m", "W", "V", "L", "C", "F"})  # symbols of one letter that may stand after a space
_ATTACHED = frozenset({"'", "′", "″", '"', "t", "l", "g", "st", "mi", "p", "mb", "in"})
_GAP = re.compile(r"(?: ?[-‑–] ?|[ \u00a0])?[\[({<]?(?=[^\W\d_])")
_OF = re.compile(r" of (?=[^\W\d_])")
_OF_A = re.compile(r" (?:of )?an? (?=[^\W\d_])")
_SCALED_CODE = re.compile(r" (million|billion|trillion)\b")
_BRACKET = re.compile(r" \([^()\n]{1,24}\)(?= (?:a|an|per|each|every) )")
_INCHES = re.compile(r" ?(?:in\b\.?|ins\b)")
_WORD = re.compile(r"[^\W\d_]+")
_MILLIONS = re.compile(rf" ?M({one_of(_CODES)})\b")
_OLD = re.compile(r"(?:[ -]{1,3}olds?\b| of age\b)", re.IGNORECASE)
_YO = re.compile(r"[ -]?(?:y/o|yo|yr[ -]olds?)\b")
_AGED = re.compile(
    r"\b(?:aged?|ages)(?:[ :]| (?:of|between|from|about|around|under|over|is|was|at) ){1,2}(?:just |only |about |between )?$"
)
_PER_GAP = re.compile(
    r"(?:(?P<slash>\s?/\s?|[ -]+per[ -]+)|(?P<article>[ -]+(?:a|an|each|every)[ -]+))(?=[^\W\d_])|[ ](?=[a-z]+ly\b)"
)
_MINUS = re.compile(r"(?<!\w)(?:minus[ -]|[-−–])$", re.IGNORECASE)
_SIGN_ENDS: Final = frozenset(sign[-1] for sign in (*_MONEY["before"], *_CODES))
_WEIGHED = re.compile(
    r"\b(?:cost|costs|paid|pay|price|priced|fined?|worth|earn\w*|spen[dt]|owed?|sterling|bill|salary|profits?|tax|rent)\b",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"[ )-]*(?:long|high|tall|wide|deep|away|above|below|race|final|sprint|hurdles|freestyle|relay|dash|across)\b"
)
_NEXT_WORDS = re.compile(r"(?: [^\W\d_]+(?:-[^\W\d_]+)?){1,3}")
_NOT_AFTER_ONE = frozenset({"point", "mark", "stone", "bit", "min", "won"})


class Quantity(NamedTuple):
    """A number, or several that are one, with kind, unit and denominator, each with the span it was read from."""

    start: int
    end: int
    low: float
    high: float
    form: Form
    low_span: Span
    high_span: Span
    kind: str = "count"
    unit: str | None = None
    unit_span: Span | None = None
    signed: bool = False  # the unit stands before the number
    per: str | None = None
    per_span: Span | None = None
    scale: int = 1
    ranged: bool = False
    rule: str = "figure.number"


_FORM_RULES: Final[dict[Form, str]] = {
    "digits": "figure.number",
    "words": "figure.words",
    "vague": "figure.vague",
    "couple": "figure.vague",
    "fraction": "figure.fraction",
    "ratio": "figure.ratio",
    "multiplier": "figure.multiplier",
}


def quantities(text: str) -> list[Quantity]:
    """Every number of a sentence with its unit; what is a figure and what belongs together is decided later.

    >>> [(q.low, q.unit, q.per) for q in quantities("£1.2m or 30 miles a day")]
    [(1200000.0, 'GBP', None), (30.0, '[mi_i]', 'day')]
    """
    found: list[Quantity] = []
    floor = 0
    for number in find_numbers(text):
        if number.start >= floor:
            quantity = _with_unit(text, number, floor)
            floor = max(quantity.end, quantity.per_span[1] if quantity.per_span else 0)
            found.append(quantity)
    return found


def kind_of(unit: str) -> str:
    """The kind of figure that a unit makes; any unit that is not of measure is money."""
    return _KINDS.get(unit, "money")


def _with_unit(text: str, number: Number, floor: int) -> Quantity:
    span = (number.start, number.end)
    quantity = Quantity(
        *span, number.low, number.high, number.form, span, span, scale=number.scale, rule=_FORM_RULES[number.form]
    )
    if number.form == "ratio":
        return quantity._replace(kind="ratio")
    if number.form == "multiplier":
        return quantity._replace(kind="multiplier")
    quantity = _negative(text, _money_before(text, quantity, floor), floor)
    quantity = _named_again(text, quantity) if quantity.unit else _unit_after(text, _metres(text, quantity))
    if quantity.form == "fraction" and quantity.unit is None:
        quantity = quantity._replace(kind="ratio")
    if quantity.kind == "duration" or quantity.kind == "count":
        quantity = _age(text, quantity, floor)
    return denominator(text, quantity, quantity.end)


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
    begin = max(floor, quantity.start - 7)
    match = _MINUS.search(text, begin, quantity.start)
    if match is None or (quantity.start > 1 and match[0] in "-−–" and text[quantity.start - 2] not in " \u00a0("):
        return quantity
    at = match.start()
    low = -quantity.low
    return quantity._replace(
        start=at, low=low, high=low, low_span=(at, quantity.low_span[1]), high_span=(at, quantity.high_span[1])
    )


def _metres(text: str, quantity: Quantity) -> Quantity:
    """Read the m of "48m wide" as metres; it stays a million before a plural: "1.2m jobs", "3m tonnes"."""
    last = text[quantity.end - 1]
    if last not in "mM" or quantity.scale != 1_000_000 or text[quantity.end - 2] not in "0123456789 \u00a0":
        return quantity
    following = _NEXT_WORDS.match(text, quantity.end)
    millions = following and any(plural(word) for word in following[0].lower().split()) and not _LONG.match(text, quantity.end)
    if millions or last == "M":
        return quantity
    number = find_numbers(text[: quantity.end - 1])[-1]
    span = (quantity.start, number.end)
    worth = -number.low if quantity.low < 0 else number.low
    return quantity._replace(end=number.end, low=worth, high=worth, low_span=span, high_span=span, scale=1)


def _unit_after(text: str, quantity: Quantity) -> Quantity:
    """The unit's name, symbol, code or sign directly after the number."""
    at = quantity.end
    symbol = _SYMBOL.match(text, at)
    if symbol and _symbol_fits(text, symbol):
        code = _SYMBOLS[symbol["symbol"]]
        return quantity._replace(end=symbol.end(), unit=code, unit_span=symbol.span("symbol"), kind=kind_of(code))
    money = _AFTER.match(text, at)
    if money:
        sign = money[0].strip(" \u00a0")
        return quantity._replace(
            end=money.end(), unit=_MONEY["after"][sign], unit_span=(money.end() - len(sign), money.end()), kind="money"
        )
    millions = _MILLIONS.match(text, at)
    if millions:
        worth = quantity.low * 1_000_000
        return quantity._replace(
            end=millions.end(), low=worth, high=worth, unit=millions[1], unit_span=millions.span(1), kind="money"
        )
    return _inches(text, _name_after(text, quantity))


def _symbol_fits(text: str, match: re.Match[str]) -> bool:
    symbol, gap = match["symbol"], match["gap"]
    if symbol in ("m", "M") and text[match.end() : match.end() + 1] in ("/", "&"):
        return False
    rest = text[match.end() : match.end() + 2]
    if gap in ("", "-"):
        return True
    if len(symbol) == 1 and symbol.isupper() and (rest[:1] == "-" or rest[1:].isupper()):
        return False
    return symbol in _SPACED if len(symbol) == 1 and symbol.isalpha() else symbol not in _ATTACHED


def _name_after(text: str, quantity: Quantity) -> Quantity:
    gap = _gap(quantity).match(text, quantity.end)
    at = gap.end() if gap else quantity.end
    word = _WORD.match(text, at)
    if word is None:
        return quantity
    bracketed = at > quantity.end and text[at - 1] in "[({<"
    stats = _STATS.get(word[0].lower())
    if stats and not bracketed:
        return quantity._replace(
            end=word.end(), unit=stats[0], unit_span=word.span(), kind="rate", per=stats[1], per_span=word.span()
        )
    for name, code in _NAMES.get(word[0].lower(), ()):
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


def _gap(quantity: Quantity) -> re.Pattern[str]:
    """What may stand between number and unit: "a couple of miles", "half an hour"."""
    if quantity.form in ("vague", "couple"):
        return _OF
    return _OF_A if quantity.form == "fraction" and quantity.high < 1 and quantity.end - quantity.start > 3 else _GAP


def _scaled(text: str, quantity: Quantity) -> Quantity:
    """75 USD million."""
    scale = _SCALED_CODE.match(text, quantity.end) if quantity.scale == 1 and quantity.unit in _CODES else None
    if scale is None:
        return quantity
    factor = {"million": 10**6, "billion": 10**9, "trillion": 10**12}[scale[1]]
    return quantity._replace(end=scale.end(), low=quantity.low * factor, high=quantity.high * factor, scale=factor)


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
    """Pounds are money where millions of them are, or where money is spoken of; otherwise they weigh."""
    around = text[max(0, quantity.start - 40) : quantity.start]
    return "GBP" if quantity.scale >= 1_000_000 or (_WEIGHED.search(around) and text[at - 1] != "-") else "[lb_av]"


def _named_again(text: str, quantity: Quantity) -> Quantity:
    """Take "dollars" in after "$10"; the sign stays the unit's words."""
    named = _name_after(text, quantity._replace(unit=None, kind="count"))
    return quantity._replace(end=named.end) if named.unit == quantity.unit else quantity


def _age(text: str, quantity: Quantity, floor: int) -> Quantity:
    if quantity.kind == "duration":
        old = _OLD.match(text, quantity.end)
        aged = old is None and _AGED.search(text[max(floor, quantity.start - 24) : quantity.start])
        return quantity._replace(end=old.end() if old else quantity.end, kind="age") if old or aged else quantity
    old = _YO.match(text, quantity.end)
    if old:
        return quantity._replace(
            end=old.end(), kind="age", unit="a", unit_span=(old.start() + (text[old.start()] in " -"), old.end())
        )
    aged = _AGED.search(text[max(floor, quantity.start - 24) : quantity.start])
    if aged and quantity.low <= 120 and quantity.form in ("digits", "words"):
        return quantity._replace(kind="age", unit="a", rule="figure.age")
    return quantity


def denominator(text: str, quantity: Quantity, at: int) -> Quantity:
    """Give a quantity the denominator that stands at an offset: per month, a head, /kg, annually.

    >>> denominator("12 visits a week", quantities("12 visits a week")[0], 9).per
    'week'
    """
    if quantity.per or quantity.kind in ("age", "ratio", "multiplier"):
        return quantity
    bracket = _BRACKET.match(text, at)
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
    if name not in ("square", "sq", "cubic"):
        return name, stop
    more = re.compile(r"\.?[ -]([^\W\d_]+)").match(text, stop)
    if more is None:
        return name, stop
    noun = {"m": "metre", "meter": "metre", "ft": "foot", "feet": "foot", "km": "kilometre"}.get(
        more[1].lower(), more[1].lower()
    )
    return f"{'square' if name == 'sq' else name} {noun}", more.end()


def _article_fits(text: str, quantity: Quantity, name: str, stop: int) -> bool:
    """A year ago, a day later and a week-long strike are no denominators; nor is time for a stretch of time."""
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
