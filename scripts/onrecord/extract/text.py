"""Sentences of an article, with their place in the stored text."""

import re
from dataclasses import dataclass

from onrecord.extract.lexicon import words
from onrecord.records import Article, Role

# A full stop, question mark or exclamation mark (with what closes around it), white space, and what can open a sentence.
_END = re.compile(r"""([\w.]*)([.!?…]+)["'”’)\]»]*(?=\s+["'“‘(\[«]*[A-Z0-9£$€])""")
_INITIAL = re.compile(r"(?:[A-Za-z]\.)*[A-Z]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: offsets into the article's text, the line it stands in and what that line is."""

    start: int
    end: int
    line: int
    role: Role


def sentences(article: Article) -> list[Sentence]:
    """Cut the lines of an article into sentences; a line never shares a sentence with another.

    >>> from onrecord.records import Line
    >>> article = Article("a", "Mr. Bell left. He said so.", (Line(0, 26, "body"),))
    >>> [article.text[s.start:s.end] for s in sentences(article)]
    ['Mr. Bell left.', 'He said so.']
    """
    text, short, found = article.text, words("abbreviations"), []
    for number, line in enumerate(article.lines):
        start = line.start
        for match in _END.finditer(text, line.start, line.end):
            word, mark = match.group(1), match.group(2)
            if mark == "." and (word.casefold() in short or _INITIAL.fullmatch(word)):
                continue
            found.append(Sentence(start, match.end(), number, line.role))
            start = match.end()
            while start < line.end and text[start].isspace():
                start += 1
        if start < line.end:
            found.append(Sentence(start, line.end, number, line.role))
    return found
