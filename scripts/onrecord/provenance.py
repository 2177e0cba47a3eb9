"""The words behind each cell, in the terms of the W3C Web Annotation Data Model.

Source: Web Annotation Data Model, W3C Recommendation 2017: TextPositionSelector (4.2.5) and TextQuoteSelector (4.2.4).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.records import Article, Evidence

CONTEXT = 32  # characters before and after the words: enough to find them again, too little to republish an article


def quote(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The words at an offset with what stands before and after them.

    Returns:
        exact, prefix, suffix; prefix and suffix of at most 32 characters, empty at the text's edges.

    >>> quote("about 200 kg a month", 6, 12)
    ('200 kg', 'about ', ' a month')
    """
    return text[start:end], text[start - CONTEXT if start > CONTEXT else 0 : start], text[end : end + CONTEXT]


def provenance_rows(resource: str, row_id: str, article: Article, evidence: Iterable[Evidence]) -> Iterator[dict[str, Any]]:
    """The rows of the table `provenance` for one row of another table."""
    text, article_id = article.text, article.article_id
    for field, start, end, rule in evidence:
        exact, prefix, suffix = quote(text, start, end)
        yield {
            "resource": resource,
            "row_id": row_id,
            "field": field,
            "article_id": article_id,
            "start": start,
            "end": end,
            "exact": exact,
            "prefix": prefix or None,
            "suffix": suffix or None,
            "rule": rule,
            "review_id": None,
        }
