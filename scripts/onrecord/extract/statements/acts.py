"""One act of reporting in offsets, made from a clause of a frame."""

from dataclasses import dataclass

from onrecord.extract.statements.frames import DASH, QUOTE, Frame, titled
from onrecord.extract.statements.runs import Clause

Span = tuple[int, int]


@dataclass(slots=True)
class Act:
    """One act of reporting, in offsets: its parts (with whether each is all quotation), and the words that report it."""

    parts: list[tuple[int, int, bool]]
    rule: str
    line: int
    source: Span | None = None
    cue: Span | None = None
    addressee: Span | None = None
    clause: Span | None = None
    holds_quote: bool = False
    follows: "Act | None" = None  # the act it belongs to unless a clause of its own turns up


def make_act(frame: Frame, clause: Clause) -> Act:
    act = Act([], clause.rule, frame.line)
    for start, end in clause.runs:
        act.parts.extend(quoted_parts(frame, start, end))
        act.holds_quote = act.holds_quote or any(start <= token < end for token in frame.quotes)
    if clause.source is not None:
        act.source = (frame.starts[clause.source.start], frame.ends[clause.source.end - 1])
    act.cue = (frame.starts[clause.cue[0]], frame.ends[clause.cue[1] - 1])
    if clause.addressee is not None:
        act.addressee = (frame.starts[clause.addressee[0]], frame.ends[clause.addressee[1] - 1])
    act.clause = (frame.start, frame.end)
    return act


def quoted_parts(frame: Frame, start: int, end: int) -> list[tuple[int, int, bool]]:
    """A run of tokens as parts: each quotation of its own where nothing else stands in the run, else the whole."""
    words_, found = frame.words, []
    if all(word == QUOTE or not word[0].isalnum() for word in words_[start:end]):
        for token in range(start, end):
            if token in frame.quotes:
                quote = frame.quotes[token]
                found.append((quote.inner_start, quote.inner_end, True))
        return found
    while start < end and words_[start] in _LEADING:
        start += 1
    while end > start and words_[end - 1] in _TRAILING:
        end -= 1
    return [(frame.starts[start], frame.ends[end - 1], False)] if end > start else []


_LEADING = frozenset({",", ";", ":", DASH, "-", ".", ")"})


_TRAILING = frozenset({",", ";", ":", DASH, "-", "."})


def counts(text: str, act: Act) -> bool:
    """Whether an act is one: somebody is said to speak, or one of its quotations is speech by its looks."""
    if act.rule != "statement.floating":
        return True
    spoken = [part for part in act.parts if speechlike(text, part[0], part[1])]
    return len(spoken) > 1 or (len(spoken) == 1 and not capitalised(text[spoken[0][0] : spoken[0][1]]))


def capitalised(inner: str) -> bool:
    """Whether words have the capitals of a heading.

    >>> capitalised("Lost in the Dunes."), capitalised("Nobody came to the dunes.")
    (True, False)
    """
    return all(word[0].isupper() for word in inner.split(None, _HEADING)[:_HEADING] if len(word) > 3 and word[0].isalpha())


# A heading has no more words.
_HEADING = 9


def speechlike(text: str, start: int, end: int) -> bool:
    """Whether a quotation that nobody is said to speak is speech and not a title or a scare quote."""
    inner = text[start:end]
    return len(inner.split(None, 5)) >= 5 and (inner[-1] in ".?!…," or len(inner.split(None, 8)) >= 8)


def whole_sentence(text: str, frame: Frame, token: int) -> bool:
    """Whether a quotation behind a colon is speech: by its looks, or as a short sentence that ends what the colon opens."""
    quote = frame.quotes[token]
    start, end = quote.inner_start, quote.inner_end
    short = text[start].isupper() and text[end - 1] in ".?!" and len(text[start:end].split(None, 3)) >= 3
    return speechlike(text, start, end) or (short and not titled(text, quote))
