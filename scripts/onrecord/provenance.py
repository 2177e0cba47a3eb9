"""The words behind each cell, in the terms of the W3C Web Annotation Data Model.

Source: Web Annotation Data Model, W3C Recommendation 2017: TextPositionSelector (4.2.5) and TextQuoteSelector (4.2.4).
"""

from collections.abc import Iterable
from typing import Any

from onrecord.records import Article, Evidence

Row = tuple[Any, ...]

CONTEXT = 32  # characters before and after the words: enough to find them again, too little to republish an article


def quote(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The words at an offset with what stands before and after them.

    Returns:
        exact, prefix, suffix; prefix and suffix of at most 32 characters, empty at the text's edges.

    >>> quote("about 200 kg a month", 6, 12)
    ('200 kg', 'about ', ' a month')
    """
    return text[start:end], text[start - CONTEXT if start > CONTEXT else 0 : start], text[end : end + CONTEXT]


def provenance_rows(resource: str, row_id: str, article: Article, evidence: Iterable[Evidence]) -> list[Row]:
    """The rows of the table `provenance` for one row of another table, their cells in the order of its columns.

    Tuples, and `quote` written out, since they are most of all rows: a dozen for each row of the other tables.

    >>> told = Article("a-1", "200 kg a month", ())
    >>> provenance_rows("figures", "figure_1", told, [Evidence("text", 0, 6, "figure.number")])[0][6:9]
    ('200 kg', None, ' a month')
    """
    text, article_id = article.text, article.article_id
    return [
        (
            resource,
            row_id,
            field,
            article_id,
            start,
            end,
            text[start:end],
            text[start - CONTEXT if start > CONTEXT else 0 : start] or None,
            text[end : end + CONTEXT] or None,
            rule,
            None,
        )
        for field, start, end, rule in evidence
    ]
