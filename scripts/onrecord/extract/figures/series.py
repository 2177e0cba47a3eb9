"""What a figure takes from the one before it: what it measures, its change, the verb that it leaves out."""

import re
from typing import Final

from onrecord.extract.figures.ages import is_person
from onrecord.extract.figures.build import Found
from onrecord.extract.figures.clauses import WEAK
from onrecord.extract.figures.measures import PARENTS, parallel, shares
from onrecord.extract.figures.phrases import Phrase, determined, phrase_of
from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.tokens import MOVES, Tokens
from onrecord.extract.lexicon import load

JOINING: Final = frozenset({"and", "or", ","})
_AGAIN = re.compile(r",? or | \(")
_TIED: Final = frozenset({"on", "off", "from", "for"})
_COUNTED: Final = frozenset({"figure.measures.counted", "figure.measures.shared"})
_CLAUSES: Final = frozenset({"and", "but", "while", "though", "although", ","})
_SUFFERED: Final = frozenset(load("figures")["ages"]["suffered"])
_NEAR = 80  # characters between two figures that can be said of the same thing
_NEAR_TIME = 6  # the same where the second is a stretch of time
_SERIES = 16  # words between two figures of which the second leaves out the verb


def as_many(tokens: Tokens, quantity: Quantity, first: int, previous: Found | None) -> bool:
    """Whether a bare number after a verb counts what was counted before: "won 13 seats and the Reds lost 10"."""
    at = tokens.at(quantity.end)
    if previous is None or quantity.kind != "count" or previous.quantity.unit or not previous.measures:
        return False
    ends = tokens.low[at : at + 1] in ([], ["."], [","], [";"])
    told = tokens.tags[first - 1] == "V" or tokens.low[first - 1] in ("had", "has", "have", "with")
    told = told and (tokens.low[first - 1] not in _SUFFERED or is_person(tokens.low[previous.measures.last - 1]))
    return ends and told and previous.measures.rule in _COUNTED and first - previous.measures.last < _SERIES


def again_as_subject(tokens: Tokens, quantity: Quantity, first: int, previous: Found | None) -> bool:
    """Whether a bare number before a verb counts what the clause before began with: "60 votes were lost and 9 were late"."""
    if previous is None or quantity.kind != "count" or not previous.measures or previous.measures.rule not in _COUNTED:
        return False
    only = first
    while first > 1 and tokens.tags[first - 1] == "R":
        first -= 1
    joined = tokens.low[first - 1] in _CLAUSES or (first < only and tokens.tags[first - 1] == "N")
    if not joined or first - previous.measures.last > _SERIES:
        return False
    at = tokens.at(quantity.end)
    while tokens.tags[at : at + 1] == ["R"]:
        at += 1
    start = began = tokens.at(previous.quantity.start)
    while began > max(0, start - _SERIES) and tokens.tags[began - 1] not in ".CAV":
        began -= 1
    verbs = {"V", "A"} & set(tokens.tags[previous.measures.last : first - 1])
    opens = began == 0 or tokens.tags[began - 1] in ".C"
    return opens and bool(verbs) and tokens.tags[at : at + 1] in (["V"], ["A"]) and _can_both(tokens, previous.measures, at)


def _can_both(tokens: Tokens, phrase: Phrase, verb: int) -> bool:
    """Whether what was counted can do or suffer what the verb says: nobody but persons is hurt or arrested."""
    verb += tokens.tags[verb] == "A"
    return tokens.low[verb : verb + 1] == [] or tokens.low[verb] not in _SUFFERED or is_person(tokens.low[phrase.last - 1])


def told_in_numbers(tokens: Tokens, quantity: Quantity, first: int, previous: Found | None) -> bool:
    """Whether a bare number between commas tells the part before it again: "2% of claims, about 60 a year, fail"."""
    if previous is None or previous.measures is None or previous.quantity.kind not in ("percent", "ratio"):
        return False
    at = tokens.at(max(quantity.end, quantity.per_span[1] if quantity.per_span else 0))
    apposed = tokens.low[first - 1] in (",", "(", "or") and tokens.low[at : at + 1] in ([","], ["."], [")"], [])
    return quantity.kind == "count" and apposed and previous.measures.last in (first - 1, first - 2)


def moved_by(tokens: Tokens, quantity: Quantity, first: int, previous: Found | None) -> bool:
    """Whether a bare number is what the one before moved by, or to: "the toll reached 212, up 30", ", rising to 400"."""
    if previous is None or quantity.kind != "count" or previous.quantity.unit is not None:
        return False
    before = tokens.low[max(0, first - 2) : first]
    rising = before[1:] == ["to"] and before[0].endswith("ing") and before[0] in MOVES
    return rising or (before in ([",", "up"], [",", "down"]) and tokens.tags[first - 3] == "#")


def gapped(tokens: Tokens, quantity: Quantity, first: int, previous: Found | None) -> bool:
    """Whether a second clause leaves out verb and noun: "senators get up to two terms and judges up to three"."""
    if previous is None or quantity.kind != "count" or not previous.measures or previous.measures.rule not in _COUNTED:
        return False
    at, between = tokens.at(quantity.end), range(previous.measures.last, first - 1)
    ends = tokens.low[at : at + 1] in ([], ["."], [","], [";"])
    tie = tokens.low[first - 1]
    same = tokens.tags[first - 1] in "TP" and tokens.low[tokens.at(previous.quantity.start) - 1] == tie
    joined = (
        between and tokens.low[between[0]] in JOINING and {"V", "A", "G"}.isdisjoint(tokens.tags[index] for index in between)
    )
    return ends and same and bool(joined) and len(between) < _SERIES


def floor_of(found: list[Found]) -> int:
    """Where the last figure ends that has a clause of its own: not "in the three months to June", nor "a 10-year bond"."""
    for one in reversed(found[-2:]):
        modifies = "-" in one.tokens.text[one.quantity.start : one.quantity.end] and not one.quantity.ranged
        if one.quantity.kind != "duration" or not (modifies or one.measures is None):
            return max(one.quantity.end, *(one.quantity.per_span or (0,)))
    return found[0].quantity.end if len(found) > 2 else 0


def previous_of(found: list[Found]) -> Found | None:
    """The last figure, but for a stretch of time that is said of nothing: "£410m in the six months, from £466m"."""
    skip = len(found) > 1 and found[-1].quantity.kind == "duration" and found[-1].measures is None
    return found[-1 - skip] if found else None


def told_again(text: str, before: Quantity, start: int) -> bool:
    """Whether a figure tells the one before it again, in another unit: "fell 40 points, or 2%", "by 3C (5.4F)"."""
    return before.unit is not None and _AGAIN.fullmatch(text, before.end, start) is not None


def changes_too(tokens: Tokens, before: Quantity, first: int) -> bool:
    """Whether a second thing changes as the one before it does: "fell by a fifth, and thefts by a third"."""
    after = tokens.at(before.end)
    between = tokens.tags[after : first - 1]
    return "N" in between and not {"V", "A", "P"} & set(between) and first - after < _SERIES


def in_series(tokens: Tokens, before: Quantity, quantity: Quantity, first: int) -> bool:
    """Whether a figure goes on a series that one verb moves: "rose 5% in Wales, 3% in France and 1% in Spain"."""
    if before.unit is None or before.unit != quantity.unit or tokens.low[first - 1] not in JOINING:
        return False
    after, at = tokens.at(before.end), tokens.at(quantity.end)
    if set(tokens.low[after:first]) <= JOINING and before.kind in ("percent", "percentage_points"):
        return True  # "rose 3.1%, 2.4% and 1.9%"
    tied = tokens.tags[after : after + 1] == ["P"] and tokens.low[after : after + 1] == tokens.low[at : at + 1]
    return tied and tokens.low[after] != "of" and first - after < _SERIES and {"V", "A"}.isdisjoint(tokens.tags[after:first])


def tied_again(tokens: Tokens, quantity: Quantity, previous: Found | None, first: int, at: int) -> Phrase | None:
    """What a figure is tied to as the one before it is: "spent £5m on roads and £3m on parks"."""
    if previous is None or previous.measures is None or previous.quantity.unit != quantity.unit:
        return None
    tie = tokens.at(previous.quantity.end)
    alike = tokens.low[tie] in _TIED and tokens.low[at : at + 1] == [tokens.low[tie]]
    near = determined(tokens, tie + 1) == previous.measures.first and previous.measures.last == first - 1
    return phrase_of(tokens, at) if alike and near and tokens.low[first - 1] in JOINING else None


def _same_verb(tokens: Tokens, before: Quantity, first: int) -> bool:
    """Whether a percentage has the same verb right before it as the last: "got 20% of the vote and Bell got 5%"."""
    verb = tokens.low[first - 1] if first and tokens.tags[first - 1] == "V" else None
    return before.kind == "percent" and verb is not None and tokens.low[tokens.at(before.start) - 1] == verb


def continues(tokens: Tokens, previous: Found, quantity: Quantity, first: int, at: int, floor: int) -> bool:
    """Whether a figure goes on with what the one before it measures."""
    if quantity.kind == "percent" and _same_verb(tokens, previous.quantity, first):
        return True
    if shares(tokens, first, floor):
        return quantity.unit is not None or tokens.low[first - 1] != ";"
    alike = previous.quantity.unit == quantity.unit and (quantity.kind != "money" or tokens.low[at : at + 1] == ["from"])
    after = tokens.at(previous.quantity.end)
    if previous.measures and previous.measures.first >= after:
        after = previous.measures.last
    return alike and parallel(tokens, after, first, at)


def only_counts(previous: Found, quantity: Quantity) -> bool:
    """Whether the figure before counts things, which a measure or price says nothing of: "40 floors and 150m tall"."""
    counts = previous.measures is not None and previous.measures.rule == "figure.measures.counted"
    return counts and quantity.unit is not None and quantity.kind != "percent"


def within(tokens: Tokens, quantity: Quantity, first: int, previous: Found) -> bool:
    """Whether a stretch of time or land is when or where the things counted before are: "60 cows on 80 acres"."""
    where = quantity.kind in ("duration", "area") and tokens.low[first - 1] in ("on", "over", "in", "within", "across")
    return where and previous.measures is not None and {"V", "A"}.isdisjoint(tokens.tags[previous.measures.last : first])


def near(tokens: Tokens, quantity: Quantity, first: int, floor: int) -> bool:
    """Whether a figure stands so near the one before it that it can be said of the same."""
    before = tokens.low[first - 1] if first else ""
    if quantity.kind == "count" and quantity.unit is None and before not in ("to", "at", "of"):
        return False
    if before == "of" and tokens.low[first - 2] in PARENTS:
        return False
    if quantity.kind == "age" and quantity.rule != "figure.age.listed":
        return False
    if _of_another_verb(tokens, quantity, first, floor):
        return False
    if quantity.kind == "duration" and before in ("in", "within", "over"):
        return False
    timed = quantity.kind == "duration" and not (before == "of" and tokens.low[first - 2] in WEAK)
    return quantity.start - floor <= (_NEAR_TIME if timed else _NEAR)


def _of_another_verb(tokens: Tokens, quantity: Quantity, first: int, floor: int) -> bool:
    """Whether a verb joined to the one before has the figure: "has 40 staff and costs £3m" does not say it of the staff."""
    if quantity.kind != "money":
        return False
    for index in range(first - 1, max(first - _SERIES, 0), -1):
        if tokens.starts[index] < floor:
            return False
        if tokens.tags[index] == "V":
            return tokens.low[index - 1] == "and"
    return False
