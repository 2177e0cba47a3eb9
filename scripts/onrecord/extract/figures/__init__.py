"""Figures: every quantity of an article, with its unit and what it measures.

- `numbers` finds and reads numbers; `amounts` adds sign, money and age, `unit_words` the unit, `rates` the denominator;
- `signs` drops what its surroundings show to be no figure, `join` makes ranges and lists, `reject`, `scores` and `numerals`
  drop names, scores and words that count nothing;
- `tokens` and `phrases` cut words and noun phrases, `clauses` and `relatives` find subjects, `objects` what a verb does so
  much to, and `following` and `measures` with them what is measured; `context` finds degree, change, place, time;
- this file goes through the sentences; `build` makes the records.
"""

import re
from bisect import bisect_left
from typing import Final

from onrecord.extract.figures.amounts import quantities
from onrecord.extract.figures.build import Found, records
from onrecord.extract.figures.clauses import WEAK
from onrecord.extract.figures.context import Mark, as_of, change, place, qualifier
from onrecord.extract.figures.following import counted, measured_after, of_pronoun, only_change
from onrecord.extract.figures.join import join
from onrecord.extract.figures.measures import apposed, fronted, measured_before, parallel, shares
from onrecord.extract.figures.objects import affected, amounted, dealt, moved_from, moved_to, priced_for
from onrecord.extract.figures.phrases import Phrase, phrase_of, skip_bracket
from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.rates import denominator, later_denominator
from onrecord.extract.figures.reject import after_name, is_figure
from onrecord.extract.figures.signs import surely_not
from onrecord.extract.figures.tokens import Tokens, tokenise
from onrecord.extract.text import Sentence
from onrecord.records import Article, DateMention, Figure

__all__ = ["find_figures"]

_LIST = re.compile(r"-?,? (?:and |or )?|, ")
_PAIR = re.compile(r" for [^,;:]{2,60},? and (?:just |only |about |up to )?")
_AGAIN = re.compile(r",? or | \(")
_LABEL = 6  # a sentence that is shorter and only a number is the label of a list
_NEAR = 80  # characters between two figures that can be said of the same thing
_SERIES = 12  # words between two figures of which the second leaves out the verb
_NEAR_TIME = 6  # the same where the second is a stretch of time
_COUNTED: Final = frozenset({"figure.measures.counted", "figure.measures.shared"})
_OF_BOTH: Final = frozenset({"figure.measures.counted", "figure.measures.modified"})
_JOINING: Final = frozenset({"and", "or", ","})
_ROLES = frozenset({"title", "standfirst", "body", "caption"})


def find_figures(article: Article, sentences: list[Sentence], dates: list[DateMention]) -> list[Figure]:
    """Find every figure of an article.

    Args:
        article: its text and id.
        sentences: the article's sentences, in order; those of a byline, a date line or a call to action are passed over.
        dates: the dates already found, which are no figures and may date one.

    Returns:
        The figures in the order of the text.

    >>> from onrecord.records import Line
    >>> article = Article("a", "Ferries carried about 3m people.", (Line(0, 32, "body"),))
    >>> [(f.text, f.low, f.qualifier, f.measures) for f in find_figures(article, [Sentence(0, 32, 0, "body")], [])]
    [('3m', 3000000.0, 'approximately', 'people')]
    """
    found: list[tuple[int, Found]] = []
    ordered = sorted(dates, key=lambda date: date.start)
    starts = [date.start for date in ordered]
    for sentence in sentences:
        if sentence.role in _ROLES:
            # Everything up to the records sees nothing but the sentence: text around it cannot matter.
            text = article.text[sentence.start : sentence.end]
            candidates = _candidates(text)
            if candidates:
                within = ordered[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
                marks = [Mark(date.edtf, (date.start - sentence.start, date.end - sentence.start)) for date in within]
                found += [(sentence.start, one) for one in _in_sentence(text, candidates, marks)]
    return records(article, found)


def _candidates(text: str) -> list[Quantity]:
    """The quantities of a sentence, but for those whose signs show that they are no figures."""
    if len(text) < _LABEL and text.strip(" .)").isdecimal():
        return []
    return [quantity for quantity in quantities(text) if not surely_not(text, quantity)]


def _in_sentence(text: str, candidates: list[Quantity], dates: list[Mark]) -> list[Found]:
    """The figures of a sentence that has candidates for them."""
    tokens = tokenise(text)
    taken = [date.span for date in dates]
    kept = [
        quantity
        for quantity in (after_name(tokens, one) for one in join(text, candidates))
        if is_figure(tokens, quantity, taken)
    ]
    found: list[Found] = []
    for number, quantity in enumerate(kept):
        following = kept[number + 1].start if number + 1 < len(kept) else len(text)
        found.append(_describe(tokens, quantity, following, found, dates))
    return _listed(text, found)


def _listed(text: str, found: list[Found]) -> list[Found]:
    """Give the numbers of a list the noun that is written once, after the last: "five, six or seven boats"."""
    for index in range(len(found) - 2, -1, -1):
        one, following = found[index], found[index + 1]
        if _priced(text, one, following):
            at = skip_bracket(one.tokens, one.tokens.at(one.quantity.end))
            found[index] = one = one._replace(measures=priced_for(one.tokens, one.tokens.at(one.quantity.start), at))
        hanging = text.startswith("-", one.quantity.end)
        alike = one.quantity.kind == following.quantity.kind or _both_modify(text, one.quantity, following.quantity)
        if (one.measures and not hanging) or not alike or not following.measures:
            continue
        if following.measures.rule in _OF_BOTH and _LIST.fullmatch(text, one.quantity.end, following.quantity.start):
            found[index] = one._replace(measures=following.measures)
    return found


def _both_modify(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether hyphens tie two measures to the same noun: "a 10-mile, three-hour slog"."""
    return all(each.unit and not each.ranged and "-" in text[each.start : each.end] for each in (first, second))


def _priced(text: str, one: Found, following: Found) -> bool:
    """Whether two prices are each for a thing: "£12 for the cabin and £8 for the tent"."""
    if one.quantity.kind != "money" or following.quantity.kind != "money" or not following.measures:
        return False
    if one.measures and one.measures.rule == "figure.measures.subject":
        return False
    pair = _PAIR.fullmatch(text, one.quantity.end, following.quantity.start) is not None
    return pair and text.startswith(" for ", following.quantity.end) and following.measures.rule == "figure.measures.of"


def _describe(tokens: Tokens, quantity: Quantity, following: int, found: list[Found], dates: list[Mark]) -> Found:
    """All that a sentence says of one figure."""
    text = tokens.text
    mark, first = qualifier(tokens, quantity)
    previous = found[-1] if found else None
    floor = _floor(found)
    phrase = _measures(tokens, quantity, first, floor, found)
    after = max(quantity.end, tokens.ends[phrase.last - 1] if phrase and tokens.starts[phrase.first] >= quantity.end else 0)
    quantity = denominator(text, quantity, after) if after > quantity.end else quantity
    quantity = later_denominator(tokens, quantity, tokens.at(after), following)
    moved = change(tokens, quantity, first)
    if moved is None and previous and _again(text, previous.quantity, tokens.starts[first]):
        moved = previous.change
    if moved is None and previous and previous.change and _changes_too(tokens, previous.quantity, first):
        moved = previous.change
    return Found(
        tokens, quantity, mark, phrase, moved, _place(text, quantity, after, following), as_of(text, quantity, following, dates)
    )


def _subject_itself(tokens: Tokens, first: int, at: int) -> bool:
    """Whether a figure is the subject of the verb after it, of a noun that the sentence leaves out: "and 60% voted"."""
    at = skip_bracket(tokens, at)
    while tokens.tags[at : at + 1] == ["R"]:
        at += 1
    following = tokens.tags[at : at + 1]
    before = tokens.tags[first - 1] if first else "."
    if following and tokens.low[at].endswith("ing") and first and tokens.low[first - 1] == "with":
        return True  # "with 5% saying so"
    opens = before in ".C" or tokens.low[first - 1] in ("after", "before", "since", "because")
    return (following == ["V"] and opens) or (following == ["A"] and before in ".CV")


def _among(tokens: Tokens, first: int, verb: bool = False) -> Phrase | None:
    """Those at the sentence's start that a figure after a comma is a part of: "Among the 40 cooks who came, 5% stayed"."""
    if first < 2 or tokens.low[0] not in ("of", "among"):
        return None
    after = verb and tokens.tags[first - 1] == "V" and "," in tokens.low[:first]
    return phrase_of(tokens, 0) if after or tokens.low[first - 1] == "," else None


def _as_many(tokens: Tokens, quantity: Quantity, first: int, previous: Found | None) -> bool:
    """Whether a bare number after a verb counts what was counted before: "won 13 seats and the Reds lost 10"."""
    at = tokens.at(quantity.end)
    if previous is None or quantity.kind != "count" or previous.quantity.unit or not previous.measures:
        return False
    ends = tokens.low[at : at + 1] in ([], ["."], [","], [";"])
    told = tokens.tags[first - 1] == "V" or tokens.low[first - 1] in ("had", "has", "have", "with")
    return ends and told and previous.measures.rule in _COUNTED and first - previous.measures.last < _SERIES


def _floor(found: list[Found]) -> int:
    """Where the last figure ends that has a clause of its own: not "in the three months to June", nor "a 10-year bond"."""
    for one in reversed(found[-2:]):
        modifies = "-" in one.tokens.text[one.quantity.start : one.quantity.end] and not one.quantity.ranged
        if one.quantity.kind != "duration" or not (modifies or one.measures is None):
            return max(one.quantity.end, *(one.quantity.per_span or (0,)))
    return found[0].quantity.end if len(found) > 2 else 0


def _previous(found: list[Found]) -> Found | None:
    """The last figure, but for a stretch of time that is said of nothing: "£410m in the six months, from £466m"."""
    skip = len(found) > 1 and found[-1].quantity.kind == "duration" and found[-1].measures is None
    return found[-1 - skip] if found else None


def _again(text: str, before: Quantity, start: int) -> bool:
    """Whether a figure tells the one before it again, in another unit: "fell 40 points, or 2%", "by 3C (5.4F)"."""
    return before.unit is not None and _AGAIN.fullmatch(text, before.end, start) is not None


def _changes_too(tokens: Tokens, before: Quantity, first: int) -> bool:
    """Whether a second thing changes as the one before it does: "fell by a fifth, and thefts by a third"."""
    after = tokens.at(before.end)
    between = tokens.tags[after : first - 1]
    return tokens.low[first - 1] == "by" and "N" in between and not {"V", "A", "P"} & set(between) and first - after < _SERIES


def _place(text: str, quantity: Quantity, after: int, end: int) -> Mark | None:
    """The place after what the figure measures, or after its denominator."""
    found = place(text, after, end)
    return found or (place(text, quantity.per_span[1], end) if quantity.per_span and quantity.per_span[1] >= after else None)


def _object(tokens: Tokens, quantity: Quantity, first: int, at: int, previous: Found | None) -> Phrase | None:
    """What a verb spends, takes, moves or sells so much of, or for so much."""
    floor = previous.quantity.end if previous and previous.quantity.kind == "money" else 0
    return (
        affected(tokens, quantity, first, at)
        or moved_to(tokens, first)
        or moved_from(tokens, first)
        or (dealt(tokens, first, floor) if quantity.kind == "money" else None)
    )


def _measures(tokens: Tokens, quantity: Quantity, first: int, floor: int, found: list[Found]) -> Phrase | None:
    """What it counts, or what it is said of, or what the figure before it in the same clause is said of."""
    previous = _previous(found)
    shared = previous.measures._replace(rule="figure.measures.shared") if previous and previous.measures else None
    if of_pronoun(tokens, tokens.at(quantity.end)):
        return shared
    if previous and tokens.low[first - 1] in _JOINING and _only_counts(previous, quantity):
        shared = None
    if quantity.unit is None and quantity.kind in ("count", "ratio"):
        phrase = counted(tokens, quantity)
        if phrase:
            return amounted(tokens, first, floor) or phrase
        among = _among(tokens, first, quantity.kind == "count")
        if among or _as_many(tokens, quantity, first, previous):
            return among or shared
    at = tokens.at(quantity.per_span[1] if quantity.per_span and quantity.per_span[0] >= quantity.end else quantity.end)
    moved = _object(tokens, quantity, first, at, previous) if quantity.unit else None
    if moved:
        return moved
    after = measured_after(tokens, quantity)
    if after and not only_change(tokens, after):
        return after
    if quantity.kind == "percent" and _subject_itself(tokens, first, at):
        return after or _among(tokens, first)
    if quantity.kind == "ratio" and _subject_itself(tokens, first, at):
        return shared if previous and previous.quantity.kind == "ratio" else _among(tokens, first)
    if previous and quantity.unit and previous.quantity.unit and apposed(tokens, first, at):
        return shared
    prices = any(one.quantity.kind == "money" for one in found[-3:])
    price = priced_for(tokens, first, skip_bracket(tokens, at)) if prices else None
    if shared and previous and _continues(tokens, previous, quantity, first, at, floor):
        return price or shared
    if price and tokens.low[first - 1] in ("and", "or"):
        return price
    told = fronted(tokens, first, at) or measured_before(tokens, quantity, first, floor)
    return told or price or (shared if _near(tokens, quantity, first, floor) else None) or after


def _continues(tokens: Tokens, previous: Found, quantity: Quantity, first: int, at: int, floor: int) -> bool:
    """Whether a figure goes on with what the one before it measures."""
    if shares(tokens, first, floor):
        return True
    alike = previous.quantity.unit == quantity.unit and (quantity.kind != "money" or tokens.low[at : at + 1] == ["from"])
    after = tokens.at(previous.quantity.end)
    if previous.measures and previous.measures.first >= after:
        after = previous.measures.last
    return alike and parallel(tokens, after, first, at)


def _only_counts(previous: Found, quantity: Quantity) -> bool:
    """Whether the figure before counts things, which a measure or price says nothing of: "40 floors and 150m tall"."""
    counts = previous.measures is not None and previous.measures.rule == "figure.measures.counted"
    return counts and quantity.unit is not None and quantity.kind != "percent"


def _near(tokens: Tokens, quantity: Quantity, first: int, floor: int) -> bool:
    """Whether a figure stands so near the one before it that it can be said of the same."""
    before = tokens.low[first - 1] if first else ""
    if quantity.kind == "count" and quantity.unit is None and before not in ("to", "at", "of"):
        return False
    if quantity.kind == "age" and quantity.rule != "figure.age.listed":
        return False
    timed = quantity.kind == "duration" and not (before == "of" and tokens.low[first - 2] in WEAK)
    return quantity.start - floor <= (_NEAR_TIME if timed else _NEAR)
