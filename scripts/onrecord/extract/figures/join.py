"""Numbers that belong together: ranges, lists that share one unit, and units that make one quantity."""

import re
from collections.abc import Iterator
from typing import Final

from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.tokens import word_class
from onrecord.extract.figures.unit_words import kind_of
from onrecord.extract.lexicon import load

_CHANGE: Final = frozenset(load("figures")["change"]["increase"]) | frozenset(load("figures")["change"]["decrease"])
_TO = re.compile(r"[ \u00a0]{0,2}(?:-?to-?|up to|[-–—‑]|through|till)[ \u00a0]{0,2}")
_DASH = re.compile(r"[ ]{0,2}[-–—‑][ ]{0,2}")
_LATER = re.compile(
    r"(?: (?:in|last|this|a|on|at) [^\W_]{1,10}(?: [^\W_]{1,10})?,? to "
    r"| to (?:about|around|almost|nearly|over|more than|less than|just(?: over| under)?|well over|only|barely) )"
)
_TO_JUST: Final = frozenset(f" to {word} " for word in ("just", "only", "about", "around", "nearly", "almost", "over"))
_OR = re.compile(r" or ")
_AND = re.compile(r" and (?:about |around |up to )?")
_LIST = re.compile(r"-?,? (?:and |or )?|, | ?& | ?/ ?")
_BETWEEN = re.compile(
    r"\b(?:between|from|ranging from|of)(?: (?:about|around|roughly|nearly|just|an estimated|approximately|some|the))? $",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom(?: (?:about|around|roughly|nearly|just|an estimated|the))? $", re.IGNORECASE)
# "Sales fell by £3m and profits by £1m to £2m".
_AND_BY = re.compile(r"\b(?:and|while|but) [^\W\d]+(?: [^\W\d]+){0,2} by $")
_LAST_WORD = re.compile(r"([^\W\d_]+)(?: by)?\s$")
# The smaller units that can follow a unit in one quantity, and how many of them it has.
_SMALLER: Final = {
    "[ft_i]": {"[in_i]": 12}, "[stone_av]": {"[lb_av]": 14}, "[lb_av]": {"[oz_av]": 16},
    "a": {"mo": 12}, "wk": {"d": 7}, "d": {"h": 24}, "h": {"min": 60, "s": 3600}, "min": {"s": 60},
}  # fmt: skip
_BARE_END = re.compile(r"(?! ?[^\W\d_])|[ ](?:and|or|to|for|more|less|each|in|on|at)\b")
_AND_THEN = re.compile(r",? ?(?:and )?")
_AGES_END = re.compile(r"[.,;)]|$|,? (?:and|or|were|was|are|is|who|when|have|had|from|in|at|died)\b")
_FROM_THEN = re.compile(
    r"(?: (?:for|in|on|of|to) [a-z]+(?: [a-z]+)?(?=, (?:up|down|compared)))?"
    r",? (?:up |down |compared )?(?:from|with|against) (?:about |around |nearly )?"
    r"| to (?:fewer than|less than|more than|just(?: over| under)?|only|about|around|nearly|almost|barely|over|under) "
)
_THEN_ENDS = re.compile(r"[.,;)]|$| (?:in|on|at|last|earlier|the|a|this|and|when|during|before|per)\b")
_NOUN_IN = re.compile(r" [a-z]{3,} in (?:every )?")
_NEXT_WORD = re.compile(r" ([^\W\d_]+)")
_MILLION = 1_000_000
_APART = 5  # times by which what a thing moved to is more than what it moved by, if no range is meant
_GAP = 24  # characters between two numbers of one range, at most


def join(text: str, found: list[Quantity]) -> list[Quantity]:
    """Put together what is one figure and give lists their shared unit.

    >>> from onrecord.extract.figures.amounts import quantities
    >>> [(q.low, q.high, q.unit) for q in join("3 to 4 kg", quantities("3 to 4 kg"))]
    [(3.0, 4.0, 'kg')]
    """
    joined: list[Quantity] = []
    for quantity in reversed(found):
        if joined and 0 <= joined[-1].start - quantity.end <= _GAP:
            both = (
                _compound(text, quantity, joined[-1])
                or _range(text, quantity, joined[-1])
                or _one_in(text, quantity, joined[-1])
            )
            if both:
                joined[-1] = both
                continue
            quantity = _shared(text, quantity, joined[-1])
        joined.append(quantity)
    joined.reverse()
    return list(_carried(text, joined))


def _carried(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Each figure, with what it takes from the one before it: its age, or the currency whose conversion stands behind."""
    before: Quantity | None = None
    converted: dict[str, Quantity] = {}
    for index, quantity in enumerate(found):
        after = found[index + 1] if index + 1 < len(found) else None
        if before and before.kind == "age" and before.unit_span is None and _next_age(text, before, quantity):
            quantity = quantity._replace(kind="age", unit="a", rule="figure.age.listed")
        if before and _told_from(text, before, quantity):
            quantity = quantity._replace(
                unit=before.unit, unit_span=before.unit_span, kind=before.kind, per=before.per, per_span=before.per_span,
                rule="figure.unit.shared",
            )  # fmt: skip
        if after and after.kind == "money" and after.unit and text[quantity.end : after.start] == " (":
            model = converted.get(after.unit)
            if quantity.kind == "money":
                converted[after.unit] = quantity
            elif model and quantity.unit is None and quantity.form == "digits":
                quantity = quantity._replace(
                    unit=model.unit, unit_span=model.unit_span, kind="money", rule="figure.unit.shared"
                )
        before = quantity
        yield quantity


def _told_from(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether a bare number is what the figure before it was: "fell to 40 barrels a day from 110"."""
    if (
        first.unit is None
        or first.signed
        or first.kind == "age"
        or (first.kind == "money" and second.scale < _MILLION)
        or (first.kind == "duration" and text[first.end : first.end + 4] not in (", up", ", do"))
        or second.unit
        or second.kind != "count"
    ):
        return False
    begin = max(first.end, first.per_span[1] if first.per_span else 0)
    alike = second.form == "digits" and not 1500 <= second.high <= 2100 and second.high <= _APART * 10 * max(first.high, 1)
    return alike and bool(_FROM_THEN.fullmatch(text, begin, second.start) and _THEN_ENDS.match(text, second.end))


def _next_age(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether a number goes on a list of ages: "aged nine, ten and 13 were"."""
    plain = second.unit is None and second.kind == "count" and second.scale == 1 and 0 < second.high <= 120
    following = _NEXT_WORD.match(text, second.end)
    ends = _AGES_END.match(text, second.end) or (following and word_class(following[1]) in "VA")
    return plain and bool(ends and _LIST.fullmatch(text, first.end, second.start))


def _range(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    gap = text[first.end : second.start]
    if gap == "-" and text[second.start].isupper():
        return None  # a 7-Eleven
    before = text[max(0, first.start - 30) : first.start]
    if not _same(first, second, gap) or not _connects(first, second, gap, before):
        return None
    low = first.low * second.scale if _shares_scale(first, second) else first.low
    low_span, high_span, high = first.low_span, second.high_span, second.high
    if low > high:
        low, high, low_span, high_span = high, low, high_span, low_span
    unit = second if second.unit else first
    return second._replace(
        start=first.start, low=low, high=high, low_span=low_span, high_span=high_span, ranged=True, rule="figure.range",
        unit=unit.unit, unit_span=unit.unit_span, kind=unit.kind, signed=first.signed, per=second.per or first.per,
        per_span=second.per_span or first.per_span,
    )  # fmt: skip


def _one_in(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """One of so many, with its noun between: "one woman in four"; but not "one goal in six games"."""
    bare = first.unit is None and second.unit is None and first.kind == second.kind == "count" and not second.ranged
    if not bare or first.low != 1 or first.form != "words" or second.high < 2 or second.form not in ("digits", "words"):
        return None
    if not _NOUN_IN.fullmatch(text, first.end, second.start):
        return None
    following = _NEXT_WORD.match(text, second.end)
    if text[second.end : second.end + 1] == "-" or (following and word_class(following[1].lower()) in "NG"):
        return None
    return second._replace(
        start=first.start, low=1 / second.high, high=1 / second.high, low_span=(first.start, second.end),
        high_span=(first.start, second.end), kind="ratio", form="ratio", scale=1, rule="figure.ratio",
    )  # fmt: skip


def _same(first: Quantity, second: Quantity, gap: str) -> bool:
    """Whether two numbers can be the ends of one range: one unit, or a unit that the other shares."""
    forms = {"digits", "words", "fraction"}
    if second.ranged or first.form not in forms or second.form not in forms:
        return False
    if first.per and first.per != second.per:
        return False
    if first.kind == "age" and first.unit_span is None:
        return second.unit is None and second.kind == "count"
    if first.unit and second.unit is None:
        said_once = second.kind == "count" and second.scale > 1 and (_TO.fullmatch(gap) or _AND.fullmatch(gap))
        return first.signed and bool(_DASH.fullmatch(gap) or said_once)
    return first.unit is None or first.unit == second.unit


def _connects(first: Quantity, second: Quantity, gap: str, before: str) -> bool:
    if _TO.fullmatch(gap):
        if first.form == "fraction" and second.unit is None and second.high > _APART:
            return False  # "dropped by a quarter to 48,600"
        word = _LAST_WORD.search(before)
        apart = first.unit or (first.form == "fraction" and second.unit) or second.high > _APART * first.high
        moved = word and word[1].lower() in _CHANGE and (first.unit or (apart and word[0].endswith(" by ")))
        moved = moved or (first.unit and before.endswith(" by ") and _moves(before))
        rising = first.low <= second.high or _shares_scale(first, second)
        return (not moved or _DASH.fullmatch(gap) is not None) and (rising or bool(_BETWEEN.search(before)))
    if _AND.fullmatch(gap):
        return bool(re.search(r"\bbetween\b[\w ]{0,16}$", before, re.IGNORECASE))
    if _OR.fullmatch(gap):
        plain = first.unit_span is None and first.kind in ("count", "age") and first.scale == 1 and not second.signed
        return plain and first.low < second.low <= 2 * first.low + 1
    counts = first.unit is None and first.kind == second.kind == "count" and gap in _TO_JUST
    return bool((first.unit or counts) and first.unit == second.unit and _LATER.fullmatch(gap) and _FROM.search(before))


def _moves(before: str) -> bool:
    """Whether a verb of change stands before "by", or in the clause before: "cut fares by £5 to £20", "and profits by £1m"."""
    return _AND_BY.search(before) is not None or not _CHANGE.isdisjoint(before.lower().split())


def _shares_scale(first: Quantity, second: Quantity) -> bool:
    """Whether the second number's million is the first one's too: "3-4 million", but not "900 to 1 million"."""
    return second.scale > 1 and first.scale == 1 and 0 < first.low < 1000 and first.low < second.high / second.scale


def _shared(text: str, first: Quantity, second: Quantity) -> Quantity:
    """A number in a list takes the unit that is written once, after the last: "3, 4 and 5 kg"."""
    gap = text[first.end : second.start]
    if (
        first.unit
        or second.unit is None
        or first.kind != "count"
        or (second.signed and gap != " or ")
        or not _LIST.fullmatch(gap)
        or gap == " "
    ):
        return first
    if first.form not in ("digits", "words") or first.scale > 1 or not _near(first, second):
        return first
    return first._replace(unit=second.unit, unit_span=second.unit_span, kind=second.kind, rule="figure.unit.shared")


def _near(first: Quantity, second: Quantity) -> bool:
    return first.low <= second.high * 50 and not (1500 <= first.low <= 2100)


def _compound(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """6ft 2in, 10st 4lb, 7lb 3oz: in the smaller unit, which keeps it exact; dollars and cents in dollars."""
    if text[first.end : second.start] == " (" and text.startswith(")", second.end) and _told_twice(first, second):
        return first._replace(end=second.end + 1)
    if second.kind == "ratio" and second.low == 1 / 2 and first.unit and text[first.end : second.start] == " and ":
        return _one(first, second, first.low + 1 / 2, first.unit)
    if first.form == "fraction" and first.unit is None and second.low == 1 and second.kind in ("percent", "percentage_points"):
        return _one(first, second, first.low, second.unit or "") if text[first.end : second.start] == " of " else None
    if first.unit is None or second.ranged or not _AND_THEN.fullmatch(text[first.end : second.start]):
        return None
    if second.unit == "cent" and first.kind == "money" and first.unit not in ("cent", "penny") and second.low < 100:
        if first.low != int(first.low) or text.startswith(",", first.end):
            return None  # "$2.85, 12 cents more"
        return _one(first, second, (first.low * 100 + second.low) / 100, first.unit)
    if first.kind == "money" and not first.signed and second.unit is None and second.kind == "count" and second.scale == 1:
        whole = second.low == int(second.low) and 10 <= second.low < 100 and first.low == int(first.low) and first.scale == 1
        if whole and first.unit not in ("cent", "penny") and _BARE_END.match(text, second.end):
            return _one(first, second, (first.low * 100 + second.low) / 100, first.unit)
    if first.unit == "[ft_i]" and second.unit is None and second.kind == "count" and first.form == second.form:
        whole = first.low == int(first.low) and second.low == int(second.low) < 12 and text[first.end : second.start] == " "
        inches = whole and _BARE_END.match(text, second.end) is not None
        return _one(first, second, first.low * 12 + second.low, "[in_i]") if inches else None
    times = _SMALLER.get(first.unit, {}).get(second.unit or "", 0)
    whole = 0 <= second.low < times and "," not in text[first.end : second.start] and first.low == int(first.low)
    return _one(first, second, first.low * times + second.low, second.unit or "") if whole else None


def _told_twice(first: Quantity, second: Quantity) -> bool:
    """Whether digits in brackets tell the number in words before them again: "three (3) bids"."""
    plain = first.unit is None and second.unit is None and first.kind == second.kind == "count"
    return plain and first.form == "words" and second.form == "digits" and first.low == second.low


def _one(first: Quantity, second: Quantity, worth: float, unit: str) -> Quantity:
    span = (first.low_span[0], second.end)
    unit_span = second.unit_span if second.unit == unit else first.unit_span
    return second._replace(
        start=first.start, low=worth, high=worth, low_span=span, high_span=span, unit=unit, unit_span=unit_span,
        kind=first.kind if "age" in (first.kind, second.kind) else kind_of(unit), rule="figure.compound",
    )  # fmt: skip
