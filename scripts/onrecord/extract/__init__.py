"""Figures, statements, speakers and dates of one article, by rules.

- `lexicon` loads `rules/*.toml`, the language knowledge as data; `text` cuts sentences;
- `dates`, `statements` (with `speakers`) and `figures` each read sentences and give records;
- this file puts them together: `extract(article)` is the only way in.
"""

from onrecord.extract.dates import find_dates
from onrecord.extract.figures import find_figures
from onrecord.extract.statements import find_statements
from onrecord.extract.text import sentences
from onrecord.records import Article, Extraction

__all__ = ["extract"]


def extract(article: Article) -> Extraction:
    """Read one article; the same article gives the same records, anywhere.

    Args:
        article: as `onrecord.source` reads it; only `text`, `lines` and `published_on` decide what is found.

    Returns:
        The records in the order of the text, each with the words behind every cell.
    """
    cut = sentences(article)
    dates = find_dates(article, cut)
    statements, speakers = find_statements(article, cut, dates)
    figures = find_figures(article, cut, dates, statements)
    return Extraction(article.article_id, tuple(figures), tuple(statements), tuple(speakers), tuple(dates))
