"""Dates as an article words them, resolved against its day of publication."""

from onrecord.extract.text import Sentence
from onrecord.records import Article, DateMention


def find_dates(article: Article, sentences: list[Sentence]) -> list[DateMention]:
    """Find and resolve dates."""
    raise NotImplementedError
