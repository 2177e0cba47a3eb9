"""Statements and their speakers."""

from onrecord.extract.text import Sentence
from onrecord.records import Article, DateMention, Speaker, Statement


def find_statements(
    article: Article, sentences: list[Sentence], dates: list[DateMention]
) -> tuple[list[Statement], list[Speaker]]:
    """Find statements and speakers."""
    raise NotImplementedError
