"""Figures: every quantity of an article, with its unit and what it measures.

- `numbers` finds and reads numbers; `quantity` gives them unit and denominator; `join` makes ranges of them;
- `reject` knows what is written as a number and is no figure;
- `tokens` and `measures` find noun phrases, `context` the words of degree, change, place and time;
- this file goes through the sentences; `build` makes the records.
"""

from bisect import bisect_left

from onrecord.extract.figures.build import Found, records
from onrecord.extract.figures.context import as_of, change, place, qualifier
from onrecord.extract.figures.join import join
from onrecord.extract.figures.measures import Phrase, counted, measured, shares
from onrecord.extract.figures.quantity import Quantity, denominator, quantities
from onrecord.extract.figures.reject import after_name, is_figure, surely_not
from onrecord.extract.figures.tokens import Tokens, tokenise
from onrecord.extract.text import Sentence
from onrecord.records import Article, DateMention, Figure

__all__ = ["find_figures"]

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
    found: list[Found] = []
    ordered = sorted(dates, key=lambda date: date.start)
    starts = [date.start for date in ordered]
    for sentence in sentences:
        if sentence.role in _ROLES:
            within = ordered[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            found += _in_sentence(article.text, sentence.start, sentence.end, within)
    return records(article, found)


def _in_sentence(text: str, start: int, end: int, dates: list[DateMention]) -> list[Found]:
    candidates = [q for q in quantities(text, start, end) if not surely_not(text, q, start, end)]
    if not candidates:
        return []
    tokens = tokenise(text, start, end)
    taken = [(date.start, date.end) for date in dates]
    kept = [q for q in (after_name(tokens, q) for q in join(text, candidates)) if is_figure(tokens, q, taken)]
    found: list[Found] = []
    for number, quantity in enumerate(kept):
        following = kept[number + 1].start if number + 1 < len(kept) else end
        found.append(_describe(tokens, quantity, start, end, following, found[-1] if found else None, dates))
    return found


def _describe(tokens: Tokens, quantity: Quantity, start: int, end: int, following: int, previous: Found | None, dates: list[DateMention]) -> Found:
    """All that a sentence says of one figure."""
    text = tokens.text
    mark, first = qualifier(tokens, quantity)
    floor = previous.quantity.end if previous else start
    phrase = _measures(tokens, quantity, first, floor, previous)
    after = max(quantity.end, tokens.ends[phrase.last - 1] if phrase and tokens.starts[phrase.first] >= quantity.end else 0)
    quantity = denominator(text, quantity, after, end) if after > quantity.end else quantity
    moved = change(tokens, quantity, first)
    return Found(
        tokens, quantity, mark, phrase, moved, place(text, max(after, quantity.per_span[1] if quantity.per_span else 0), min(end, following)),
        as_of(text, quantity, start, end, following, dates),
    )  # fmt: skip


def _measures(tokens: Tokens, quantity: Quantity, first: int, floor: int, previous: Found | None) -> Phrase | None:
    """What it counts, or what it is said of, or what the figure before it in the same clause is said of."""
    if quantity.unit is None and quantity.kind in ("count", "ratio"):
        phrase = counted(tokens, quantity)
        if phrase:
            return phrase
    shared = previous.measures._replace(rule="figure.measures.shared") if previous and previous.measures else None
    if shared and shares(tokens, first, floor):
        return shared
    phrase = measured(tokens, quantity, first, floor)
    near = tokens.starts[first] - floor <= (60 if quantity.kind != "duration" else 4)
    return phrase or (shared if near else None)
