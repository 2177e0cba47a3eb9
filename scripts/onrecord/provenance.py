"""The words behind each cell, in the terms of the W3C Web Annotation Data Model.

Source: Web Annotation Data Model, W3C Recommendation 2017: TextPositionSelector (4.2.5) and TextQuoteSelector (4.2.4).
"""

from collections.abc import Sequence
from typing import Any

from onrecord.records import Evidence

CONTEXT = 32  # characters before and after the words: enough to find them again, too little to republish an article


def quote(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The words at an offset with what stands before and after them.

    Returns:
        exact, prefix, suffix; prefix and suffix of at most 32 characters, empty at the text's edges.

    >>> quote("about 200 kg a month", 6, 12)
    ('200 kg', 'about ', ' a month')
    """
    return text[start:end], text[start - CONTEXT if start > CONTEXT else 0 : start], text[end : end + CONTEXT]


def quoted(text: str, evidence: Sequence[Evidence]) -> tuple[Sequence[Any], ...]:
    """The words behind the cells of an article, in columns: field, start, end, exact, prefix, suffix and rule.

    Columns, and `quote` written out, since they are most of all rows: a dozen for each row of the other tables.

    Args:
        text: the article's.
        evidence: where the words of each cell are in it.

    >>> quoted("200 kg a month", [Evidence("text", 0, 6, "figure.number"), Evidence("per", 9, 14, "figure.per")])[3:6]
    (['200 kg', 'month'], [None, '200 kg a '], [' a month', None])
    """
    if not evidence:
        return ((),) * 7
    fields, starts, ends, rules = zip(*evidence, strict=True)
    exact = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    prefix = [text[start - CONTEXT if start > CONTEXT else 0 : start] or None for start in starts]
    suffix = [text[end : end + CONTEXT] or None for end in ends]
    return fields, starts, ends, exact, prefix, suffix, rules
