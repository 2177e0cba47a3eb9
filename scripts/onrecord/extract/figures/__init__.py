"""Figures: every quantity of an article, with its unit and what it measures.

- `numbers` finds and reads numbers; `quantity` gives them unit and denominator; `join` makes ranges of them;
- `reject` knows what is written as a number and is no figure;
- `tokens` and `measures` find noun phrases, `context` the words of degree, change, place and time;
- this file goes through the sentences; `build` makes the records.
"""

from bisect import bisect_left

from onrecord.extract.figures.build import Found, records
from onrecord.extract.figures.context import Mark, as_of, change, place, qualifier
from onrecord.extract.figures.join import join
from onrecord.extract.figures.measures import Phrase, counted, measured_after, measured_before, only_change, shares
from onrecord.extract.figures.quantity import Quantity, denominator, later_denominator, quantities
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
    found: list[tuple[int, Found]] = []
    ordered = sorted(dates, key=lambda date: date.start)
    starts = [date.start for date in ordered]
    for sentence in sentences:
        if sentence.role in _ROLES:
            within = ordered[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            marks = [Mark(date.edtf, (date.start - sentence.start, date.end - sentence.start)) for date in within]
            found += [(sentence.start, one) for one in _in_sentence(article.text[sentence.start : sentence.end], marks)]
    return records(article, found)


def _in_sentence(text: str, dates: list[Mark]) -> list[Found]:
    """The figures of a sentence. Everything up to the records sees nothing but the sentence: text around it cannot matter."""
    candidates = [quantity for quantity in quantities(text) if not surely_not(text, quantity)]
    if not candidates:
        return []
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
        found.append(_describe(tokens, quantity, following, found[-1] if found else None, dates))
    return found


def _describe(tokens: Tokens, quantity: Quantity, following: int, previous: Found | None, dates: list[Mark]) -> Found:
    """All that a sentence says of one figure."""
    text = tokens.text
    mark, first = qualifier(tokens, quantity)
    floor = previous.quantity.end if previous else 0
    phrase = _measures(tokens, quantity, first, floor, previous)
    after = max(quantity.end, tokens.ends[phrase.last - 1] if phrase and tokens.starts[phrase.first] >= quantity.end else 0)
    quantity = denominator(text, quantity, after) if after > quantity.end else quantity
    quantity = later_denominator(tokens, quantity, tokens.at(after), following)
    moved = change(tokens, quantity, first)
    return Found(
        tokens, quantity, mark, phrase, moved, _place(text, quantity, after, following), as_of(text, quantity, following, dates)
    )


def _place(text: str, quantity: Quantity, after: int, end: int) -> Mark | None:
    """The place after what the figure measures, or after its denominator."""
    found = place(text, after, end)
    return found or (place(text, quantity.per_span[1], end) if quantity.per_span and quantity.per_span[1] >= after else None)


def _measures(tokens: Tokens, quantity: Quantity, first: int, floor: int, previous: Found | None) -> Phrase | None:
    """What it counts, or what it is said of, or what the figure before it in the same clause is said of."""
    if quantity.unit is None and quantity.kind in ("count", "ratio"):
        phrase = counted(tokens, quantity)
        if phrase:
            return phrase
    after = measured_after(tokens, quantity)
    if after and not only_change(tokens, after):
        return after
    shared = previous.measures._replace(rule="figure.measures.shared") if previous and previous.measures else None
    if shared and shares(tokens, first, floor):
        return shared
    near = tokens.starts[first] - floor <= (60 if quantity.kind != "duration" else 4)
    return measured_before(tokens, quantity, first, floor) or (shared if near else None) or after
