"""Figures: every quantity of an article, with its unit and what it measures.

- `numbers` finds and reads numbers; `amounts` adds sign, money and age, `unit_words`
  and `unit_before` the unit, `rates` the denominator;
- `signs` and `calls` drop what its surroundings show to be no figure, `join` makes ranges and lists, `ages` finds the ages
  that only the words around tell, `reject`, `years`, `scores` and `numerals` drop what is written as a number and is none;
- `tokens` and `phrases` cut words and noun phrases, `clauses` and `relatives` find subjects, `objects` what a verb does so
  much to, and `following` and `measures` with them what is measured, `series` what the figure before tells; `qualifiers`
  and `context` find degree, change, place, time;
- this file goes through the sentences; `build` makes the records.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from onrecord.extract.figures.ages import person_age
from onrecord.extract.figures.amounts import quantities
from onrecord.extract.figures.build import Found, records
from onrecord.extract.figures.context import as_of, change, place
from onrecord.extract.figures.following import counted, measured_after, of_pronoun, only_change, opines
from onrecord.extract.figures.join import join
from onrecord.extract.figures.measures import apposed, fronted, measured_before
from onrecord.extract.figures.numbers import number_places
from onrecord.extract.figures.objects import affected, amounted, dealt, moved_from, moved_to, priced_for
from onrecord.extract.figures.phrases import Phrase, phrase_of, skip_bracket
from onrecord.extract.figures.qualifiers import qualifier
from onrecord.extract.figures.quantity import Mark, Quantity
from onrecord.extract.figures.rates import denominator, later_denominator
from onrecord.extract.figures.reject import is_figure
from onrecord.extract.figures.series import (
    JOINING,
    again_as_subject,
    as_many,
    changes_too,
    continues,
    floor_of,
    gapped,
    in_series,
    moved_by,
    near,
    only_counts,
    previous_of,
    tied_again,
    told_again,
    told_in_numbers,
    within,
)
from onrecord.extract.figures.signs import surely_not
from onrecord.extract.figures.tokens import Tokens, tokenise
from onrecord.extract.text import Sentence
from onrecord.records import Article, DateMention, Figure, Statement

__all__ = ["find_figures"]

_LIST = re.compile(r"-?,? (?:and |or )?|, ")
_PAIR = re.compile(r" for [^,;:]{2,60},? and (?:just |only |about |up to )?")
_LABEL = 6  # a sentence that is shorter and only a number is the label of a list
_SIZES: Final = frozenset({"length", "area", "volume", "mass"})
_PARTS = 40  # words of a sentence in which "of" at its start can still tell what a number is a part of
_ASKING: Final = frozenset({"survey", "poll", "study", "sample", "trial"})
_OF_BOTH: Final = frozenset({"figure.measures.counted", "figure.measures.modified"})
_ROLES = frozenset({"title", "standfirst", "body", "caption"})


def find_figures(
    article: Article, sentences: list[Sentence], dates: list[DateMention], statements: Sequence[Statement] = ()
) -> list[Figure]:
    """Find every figure of an article.

    Args:
        article: its text and id.
        sentences: the article's sentences, in order; those of a byline, a date line or a call to action are passed over.
        dates: the dates already found, which are no figures and may date one.
        statements: those already found, one of whose words may hold a figure.

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
    # Three sentences in four have no number: one look at the article tells which.
    places = number_places(article.text)
    for sentence in sentences:
        first, last = bisect_left(places, sentence.start), bisect_left(places, sentence.end)
        if first < last and sentence.role in _ROLES:
            # Everything up to the records sees nothing but the sentence: text around it cannot matter.
            text = article.text[sentence.start : sentence.end]
            candidates = _candidates(text, [place - sentence.start for place in places[first:last]])
            if candidates:
                within = ordered[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
                marks = [Mark(date.edtf, (date.start - sentence.start, date.end - sentence.start)) for date in within]
                found += [(sentence.start, one) for one in _in_sentence(text, candidates, marks)]
    return records(article, found, statements)


def _candidates(text: str, places: list[int]) -> list[Quantity]:
    """The quantities of a sentence, but for those whose signs show that they are no figures."""
    if len(text) < _LABEL and text.strip(" .)").isdecimal():
        return []
    return [quantity for quantity in quantities(text, places) if not surely_not(text, quantity)]


def _in_sentence(text: str, candidates: list[Quantity], dates: list[Mark]) -> list[Found]:
    """The figures of a sentence that has candidates for them."""
    tokens = tokenise(text)
    taken = [date.span for date in dates]
    kept = [
        quantity
        for quantity in (person_age(tokens, one) for one in join(text, candidates))
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
    floor = floor_of(found)
    phrase = _measures(tokens, quantity, first, floor, found)
    after = max(quantity.end, tokens.ends[phrase.last - 1] if phrase and tokens.starts[phrase.first] >= quantity.end else 0)
    quantity = denominator(text, quantity, after) if after > quantity.end else quantity
    quantity = later_denominator(tokens, quantity, tokens.at(after), following)
    moved = change(tokens, quantity, first)
    if moved is None and previous and told_again(text, previous.quantity, tokens.starts[first]):
        moved = previous.change
    if moved is None and previous and previous.change and in_series(tokens, previous.quantity, quantity, first):
        moved = previous.change
    if moved is None and previous and tokens.low[first - 1] == "by" and changes_too(tokens, previous.quantity, first):
        moved = next((one.change for one in reversed(found[-2:]) if one.change), None)
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
    if opines(tokens, first, at):
        return True
    opens = before in ".C" or tokens.low[first - 1] in ("after", "before", "since", "because")
    return (following == ["V"] and opens) or (following == ["A"] and before in ".CV")


def _among(tokens: Tokens, first: int, verb: bool = False) -> Phrase | None:
    """Those at the sentence's start that a figure after a comma is a part of: "Among the 40 cooks who came, 5% stayed"."""
    if not 1 < first < _PARTS:
        return None
    if tokens.low[0] == "in" and tokens.low[first - 1] == ",":
        asked = next((at for at in range(2, min(6, first)) if tokens.low[at] == "of" and tokens.low[at - 1] in _ASKING), None)
        return phrase_of(tokens, asked) if asked else None
    if tokens.low[0] not in ("of", "among"):
        return None
    after = verb and tokens.tags[first - 1] == "V" and "," in tokens.low[:first]
    return phrase_of(tokens, 0) if after or tokens.low[first - 1] == "," else None


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


def _counted_before(tokens: Tokens, quantity: Quantity, first: int, previous: Found | None) -> bool:
    """Whether a bare number counts what the figure before it counts."""
    return any(
        told(tokens, quantity, first, previous) for told in (as_many, again_as_subject, told_in_numbers, gapped, moved_by)
    )


def _measures(tokens: Tokens, quantity: Quantity, first: int, floor: int, found: list[Found]) -> Phrase | None:
    """What it counts, or what it is said of, or what the figure before it in the same clause is said of."""
    previous = previous_of(found)
    shared = previous.measures._replace(rule="figure.measures.shared") if previous and previous.measures else None
    if of_pronoun(tokens, tokens.at(quantity.end)):
        return shared
    if previous and tokens.low[first - 1] in JOINING and only_counts(previous, quantity):
        shared = None
    if quantity.unit is None and quantity.kind in ("count", "ratio"):
        phrase = counted(tokens, quantity)
        if phrase:
            return amounted(tokens, first, floor) or phrase
        among = _among(tokens, first, quantity.kind == "count")
        if among or _counted_before(tokens, quantity, first, previous):
            return among or shared
    at = tokens.at(quantity.per_span[1] if quantity.per_span and quantity.per_span[0] >= quantity.end else quantity.end)
    moved = quantity.unit and (
        _object(tokens, quantity, first, at, previous) or tied_again(tokens, quantity, previous, first, at)
    )
    if moved:
        return moved
    after = measured_after(tokens, quantity)
    if after and not only_change(tokens, after):
        return after
    if quantity.kind == "percent" and tokens.low[at : at + 1] == ["who"]:
        return shared if previous and previous.quantity.kind == "percent" else None  # "62% agreed, against 29% who did not"
    if quantity.kind == "percent" and _subject_itself(tokens, first, at):
        return after or _among(tokens, first)
    if quantity.kind == "ratio" and _subject_itself(tokens, first, at):
        return shared if previous and previous.quantity.kind == "ratio" else _among(tokens, first)
    if previous and quantity.unit and previous.quantity.unit and apposed(tokens, first, at):
        return shared
    prices = any(one.quantity.kind == "money" for one in found[-3:])
    price = priced_for(tokens, first, skip_bracket(tokens, at)) if prices else None
    if shared and previous and continues(tokens, previous, quantity, first, at, floor):
        return price or shared
    if price and tokens.low[first - 1] in ("and", "or"):
        return price
    if previous and only_counts(previous, quantity) and within(tokens, quantity, first, previous):
        return after
    told = fronted(tokens, first, at) or measured_before(tokens, quantity, first, floor)
    if told is None and previous and quantity.kind in _SIZES and only_counts(previous, quantity):
        told = measured_before(tokens, quantity, tokens.at(previous.quantity.start), 0)  # "is 50 storeys and 180 metres high"
    return told or price or (shared if near(tokens, quantity, first, floor) else None) or after
