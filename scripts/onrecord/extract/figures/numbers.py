"""Numbers as news English writes them, in digits and in words: where they stand and what they are worth."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from onrecord.extract.lexicon import load, one_of
from onrecord.extract.text import lowered

Form = Literal["digits", "words", "vague", "couple", "fraction", "ratio", "multiplier"]

_RULES: Final = load("numbers")
_SMALL: Final[dict[str, int]] = _RULES["small"]
_TENS: Final[dict[str, int]] = _RULES["tens"]
_SCALES: Final[dict[str, int]] = _RULES["scales"]
_SHORT: Final[dict[str, int]] = _RULES["short"]
_VAGUE: Final[dict[str, list[int]]] = _RULES["vague"]
_FRACTIONS: Final[dict[str, int]] = _RULES["fractions"]
_VULGAR: Final[dict[str, list[int]]] = _RULES["vulgar"]
_MULTIPLIERS: Final[dict[str, int]] = _RULES["multipliers"]
_DENOMINATORS: Final = frozenset({2, 3, 4, 5, 6, 8, 10, 12, 16, 32, 64})


class Number(NamedTuple):
    """A number: its span, its value (low = high for a point), how it is written, and the scale that its words name."""

    start: int
    end: int
    low: float
    high: float
    form: Form
    scale: int = 1


_ONES = one_of(list(_SMALL)[1:10])
_BIG = one_of(_SCALES)
_GLYPHS = "".join(_VULGAR)
# Where a number may begin: at a word, or at a digit that no digit stands before. Both begin with one character of a few,
# before which `re` looks at nothing, and words are looked for in lower case: that takes a third of the time.
_WORD_BEGINS = re.compile(rf"[^a-z_](?:{one_of({*_SMALL, *_TENS, *_SCALES, *_FRACTIONS, *_MULTIPLIERS, *_VAGUE, 'couple'})})\b")
_DIGIT_BEGINS = re.compile(rf"[0-9{_GLYPHS}.](?:(?<=[0-9])(?<!\d\d)|(?<=[{_GLYPHS}])(?<!\d.)|(?<=\.)(?<!\w\.)\d)")
_NO_DIGIT = re.compile(r"\D")
_DIGITS = re.compile(
    r"(?P<whole>\d{1,3}(?:(?:,\d{3}){1,6}|(?:, 000){1,3})(?!\d)|\d{1,2}(?:,\d{2}){1,5},\d{3}(?!\d)"
    r"|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,4}(?![\d,./-]?\d)|\d{1,15}(?!\d))?"
    r"(?P<point>\.\d{1,12}(?!\d))?"
    rf"(?P<part>[ -]?\d{{1,2}}/\d{{1,2}}(?![\d/])|/\d{{1,2}}(?![\d/])| ?[{_GLYPHS}])?"
    rf"(?P<scale>(?:[ \u00a0-]{{0,2}}(?:{_BIG})s?(?![^\W\d_])){{1,2}}|[ \u00a0]?(?:{one_of(_SHORT)})(?!\w|/[A-Za-z]|'s))?",
    re.IGNORECASE,
)
_SMALLS = rf"(?:(?:{one_of(_TENS)})(?:[ -](?:{_ONES})\b)?|(?:{one_of(_SMALL)}))\b"
_HUNDREDS = rf"(?:{_SMALLS}|an?(?=[ -]hundred))(?:[ -]hundred\b(?:[ -](?:and[ -])?{_SMALLS})?)?"
_WORDS = re.compile(
    rf"{_HUNDREDS}(?:[ -](?:{_BIG})\b){{0,2}}(?:,?[ -](?:and )?{_HUNDREDS}[ -](?:{_BIG})\b){{0,2}}", re.IGNORECASE
)
_TAIL = re.compile(rf",?[ -](?:and )?({_HUNDREDS})(?![ -](?:{_BIG}))", re.IGNORECASE)
_AND_A_HALF = re.compile(r" and a half\b", re.IGNORECASE)
_SCALE = re.compile(rf"(?:{_BIG})\b(?:[ -](?:{_BIG})\b)?", re.IGNORECASE)
_VAGUES = re.compile(rf"(?:tens|{one_of(_VAGUE)})\b(?: of (?:thousands|millions|billions)\b)?", re.IGNORECASE)
_PARTS = re.compile(
    rf"(?P<over>{_ONES})[ -](?P<under>{one_of(_FRACTIONS)})\b(?!-)(?:[ -](?:of )?(?:an? )?(?P<scale>{_BIG})\b)?", re.IGNORECASE
)
_PART = re.compile(rf"(?P<under>half|quarter)[ -](?:of )?(?:an?[ -])?(?P<scale>{_BIG})\b", re.IGNORECASE)
_IN = re.compile(
    rf" (?:in|out of)(?: every)? (?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}})(?![\d,.:/-]?\d)"
    rf"|(?P<words>{one_of([*_SMALL, *_TENS])})\b)(?: (?P<scale>thousand|million|billion)\b)?",
    re.IGNORECASE,
)
_IN_BEGINS: Final = frozenset({" i", " o", " I", " O"})
_COUPLE_OF = re.compile(r" (?:of )?(hundred|thousand|million|billion|dozen)\b")
_LASTING = re.compile(r"(?:[ -](?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?|overs?)\b)")
_LETTERS = re.compile(r"[a-z]+")
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLE = re.compile(r"\ban?[ -]", re.IGNORECASE)
_POWER = re.compile(
    r" ?[×x] ?10(?:\^ ?(?P<raised>[-−–]?\d{1,3})(?!\d)|(?P<above>⁻?[⁰¹²³⁴-⁹]{1,3})|(?P<sunk>[−–]\d{1,3})(?!\d))"
)
_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−–", "0123456789---")
_FOLD = re.compile(r"[ -]?fold\b")


def find_numbers(text: str, places: Sequence[int] | None = None) -> list[Number]:
    """All numbers of a text, from left to right, none within another.

    Args:
        text: a sentence.
        places: where its numbers may begin, as `number_places` gives them; None to have them looked for.

    Returns:
        Everything that is written as a number, whether it measures something or not.

    >>> [(n.low, n.high, n.form) for n in find_numbers("half a million of 2.5m in dozens, 1 in 4")]
    [(500000.0, 500000.0, 'words'), (2500000.0, 2500000.0, 'digits'), (24.0, 99.0, 'vague'), (0.25, 0.25, 'ratio')]
    """
    found: list[Number] = []
    position = 0
    for at in number_places(text) if places is None else places:
        number = _read(text, at, position) if at >= position else None
        if number is not None:
            number = _powered(text, number) or _ratio(text, number)
            found.append(number)
            position = number.end
    return found


def number_places(text: str) -> list[int]:
    """Where a number may begin, from left to right: no word in capitals.

    >>> number_places("Two of 12 SIX, and one")
    [0, 7, 19]
    """
    low = f" {lowered(text)}"
    places = [
        match.start()
        for match in _WORD_BEGINS.finditer(low)
        if text[match.start() + 1 : match.end() - 1].islower() and not low[match.start()].isalnum()
    ]
    return sorted(places + [match.start() for match in _DIGIT_BEGINS.finditer(text)])


def value_of(words: str) -> int:
    """What whole number words say.

    >>> value_of("two hundred and fifty thousand")
    250000
    """
    total = current = 0
    for word in _LETTERS.findall(words.lower()):
        if word in _SMALL or word in _TENS:
            current += _SMALL.get(word, 0) or _TENS.get(word, 0)
        elif word == "hundred" or (word in _SCALES and not current):
            current = (current or 1) * _SCALES[word]
        elif word in _SCALES:
            total, current = (total + current) * _SCALES[word] if _SCALES[word] > total else total + current * _SCALES[word], 0
    return total + current


def _read(text: str, at: int, begin: int) -> Number | None:
    if not text[at].isalpha():
        return _digits(text, at, len(text))
    word = text[at : at + 4].lower()
    if word in ("half", "quar"):
        match = _PART.match(text, at)
        if match:
            worth = _SCALES[match["scale"].lower()] / _FRACTIONS[match["under"].lower()]
            return Number(_with_article(text, at, begin), match.end(), worth, worth, "words", _SCALES[match["scale"].lower()])
    return _parts(text, at) or _words(text, at) or _article(text, at, begin)


def _digits(text: str, at: int, end: int) -> Number | None:
    match = _DIGITS.match(text, at, end)
    if match is None or match.end() == at or match.start("scale") == at:
        return None
    whole, point, part, scale = match.group("whole", "point", "part", "scale")
    factor = _factor(scale)
    if factor is None:
        return None
    if part is None and point is None:
        worth = float(int(_NO_DIGIT.sub("", whole)) * factor)
        return Number(at, match.end(), worth, worth, "digits", factor)
    alone = part is not None and (whole is None or part[0] == "/")
    over, under = _over_under(f"{whole or 1}{part}" if part and part[0] == "/" else part)
    if under not in _DENOMINATORS or over >= under or (alone and point is not None):
        stop = match.start("part")
        return _digits(text, at, stop) if stop > at else None
    value = Decimal(0 if alone else _NO_DIGIT.sub("", whole or "") or 0) + Decimal(point or 0)
    worth = float((value + Decimal(over) / Decimal(under)) * factor)
    return Number(at, match.end(), worth, worth, "fraction" if alone and factor == 1 else "digits", factor)


def _factor(scale: str | None) -> int | None:
    """The product of scale words; None for a short form in a case that nobody writes it in ("5T")."""
    factor = 1
    for word in _WORD.findall(scale) if scale else ():
        step = _SHORT.get(word) or _SHORT.get(word.lower() if len(word) > 1 else "") or _SCALES.get(word.lower())
        step = step or _SCALES.get(word.lower().removesuffix("s"))
        if step is None:
            return None
        factor *= step
    return factor


def _over_under(part: str | None) -> tuple[int, int]:
    if part is None:
        return 0, 2
    glyph = part[-1]
    if glyph in _VULGAR:
        return _VULGAR[glyph][0], _VULGAR[glyph][1]
    over, under = part.strip(" -").split("/")
    return int(_NO_DIGIT.sub("", over)), int(under)


def _parts(text: str, at: int) -> Number | None:
    """Two-thirds, three quarters of a million."""
    match = _PARTS.match(text, at)
    if match is None:
        return None
    scale = _SCALES[match["scale"].lower()] if match["scale"] else 1
    worth = _SMALL[match["over"].lower()] * scale / _FRACTIONS[match["under"].lower()]
    return Number(at, match.end(), worth, worth, "words" if match["scale"] else "fraction", scale)


def _words(text: str, at: int) -> Number | None:
    match = _WORDS.match(text, at)
    if match is None:
        return None
    stop, worth = match.end(), float(value_of(match[0]))
    scale = next((_SCALES[w] for w in reversed(_LETTERS.findall(match[0].lower())) if w in _SCALES), 1)
    tail = _TAIL.match(text, stop) if scale > 100 and scale != 12 else None
    if tail:
        stop, worth = tail.end(), worth + value_of(tail[1])
    half = _AND_A_HALF.match(text, stop)
    if half:
        stop, worth = half.end(), worth + 0.5 * scale
    fold = _FOLD.match(text, stop)
    return Number(at, fold.end() if fold else stop, worth, worth, "multiplier" if fold else "words", scale)


def _article(text: str, at: int, begin: int) -> Number | None:
    """Words that are numbers by their article or alone: a million, a couple, dozens, half, a third, twice."""
    vague = _VAGUES.match(text, at)
    if vague and vague[0].lower() in _VAGUE:
        low, high = _VAGUE[vague[0].lower()]
        return Number(_with_article(text, at, begin), vague.end(), float(low), float(high), "vague")
    start = _with_article(text, at, begin)
    match = _WORD.match(text, at)
    word = match[0].lower() if match else ""
    stop = at + len(word)
    if word == "couple":
        scale = _COUPLE_OF.match(text, stop)
        worth = float(_SCALES[scale[1]]) if scale else 1.0
        return Number(start, scale.end() if scale else stop, 2 * worth, 2 * worth, "couple", int(worth)) if start < at else None
    if word in _MULTIPLIERS:
        return Number(at, stop, float(_MULTIPLIERS[word]), float(_MULTIPLIERS[word]), "multiplier")
    if word in _SCALES and (start < at or word == "dozen"):
        scale = _SCALE.match(text, at)
        worth = float(value_of(scale[0])) if scale else float(_SCALES[word])
        stop = scale.end() if scale else stop
        half = _AND_A_HALF.match(text, stop)
        worth += 0.5 * _SCALES[word] if half else 0
        return Number(start, half.end() if half else stop, worth, worth, "words", _SCALES[word])
    if word in _FRACTIONS and (word == "half" or start < at) and not word.endswith("s"):
        return Number(start, stop, 1 / _FRACTIONS[word], 1 / _FRACTIONS[word], "fraction")
    return None


def _with_article(text: str, at: int, begin: int) -> int:
    """Where "a" or "an" before an offset begins, or the offset."""
    match = _ARTICLE.search(text, max(begin, at - 3), at)
    return match.start() if match and match.end() == at else at


def _powered(text: str, number: Number) -> Number | None:
    """1.99 × 10³⁰, 3 x 10^8."""
    match = _POWER.match(text, number.end) if text[number.end : number.end + 2].strip()[:1] in ("×", "x") else None
    if match is None or number.form != "digits":
        return None
    power = (match["raised"] or match["above"] or match["sunk"]).translate(_RAISED)
    worth = float(Decimal(str(number.low)).scaleb(int(power)))
    return number._replace(end=match.end(), low=worth, high=worth)


def _ratio(text: str, number: Number) -> Number:
    """One in five, 3 out of 10: one number, the part of the whole; not 3-2 in 90 minutes, nor two in five years."""
    if number.scale != 1 or number.low < 1 or number.low != int(number.low) or number.form not in ("digits", "words"):
        return number
    match = _IN.match(text, number.end) if text[number.end : number.end + 2] in _IN_BEGINS else None
    if match is None or _scored(text, number) or ("every" not in match[0].lower() and _LASTING.match(text, match.end())):
        return number
    under = int(match["digits"].replace(",", "")) if match["digits"] else value_of(match["words"])
    plain = match["scale"] is None and "," not in match[0]
    under *= _SCALES[match["scale"].lower()] if match["scale"] else 1
    whole = number.low == under > 1 and " out of " in match[0]  # ten out of ten
    if not (number.low < under or whole) or (plain and under > 1000) or (not plain and number.low > 10):
        return number
    return Number(number.start, match.end(), number.low / under, number.low / under, "ratio")


def _scored(text: str, number: Number) -> bool:
    """Whether a hyphen or dash joins a number to the one before: 3-2."""
    return number.start > 1 and text[number.start - 1] in "-–‑" and text[number.start - 2].isdecimal()
