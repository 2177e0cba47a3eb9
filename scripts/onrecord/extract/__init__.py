"""Figures, statements, speakers and dates of one article, by rules.

- `lexicon` loads `rules/*.toml`, the language knowledge as data; `text` cuts sentences;
- `dates`, `statements` (with `speakers`) and `figures` each read sentences and give records;
- this file puts them together: `extract(article)` is the only way in.
"""

from dataclasses import replace

from onrecord.extract.dates import find_dates
from onrecord.extract.figures import find_figures
from onrecord.extract.statements import find_statements
from onrecord.extract.text import sentences
from onrecord.records import Article, Extraction, Figure, Statement

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
    figures = find_figures(article, cut, dates)
    return Extraction(article.article_id, _within(figures, statements), tuple(statements), tuple(speakers), tuple(dates))


def _within(figures: list[Figure], statements: list[Statement]) -> tuple[Figure, ...]:
    """Give each figure the statement whose words hold it, the shortest where several do, and that statement's speaker."""
    spans = [(part.start, part.end, statement) for statement in statements for part in statement.parts]
    spans.sort(key=lambda span: (span[0], -span[1]))
    linked, position, opened = [], 0, list[tuple[int, int, Statement]]()
    for figure in figures:
        while position < len(spans) and spans[position][0] <= figure.start:
            opened.append(spans[position])
            position += 1
        opened = [span for span in opened if span[1] > figure.start]
        around = [span for span in opened if span[1] >= figure.end]
        if around:
            statement = min(around, key=lambda span: span[1] - span[0])[2]
            figure = replace(figure, statement_id=statement.statement_id, speaker_id=statement.speaker_id)
        linked.append(figure)
    return tuple(linked)
