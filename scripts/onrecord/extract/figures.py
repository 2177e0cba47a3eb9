"""Figures: every quantity of an article."""

from onrecord.extract.text import Sentence
from onrecord.records import Article, DateMention, Figure


def find_figures(article: Article, sentences: list[Sentence], dates: list[DateMention]) -> list[Figure]:
    """Find figures."""
    raise NotImplementedError
