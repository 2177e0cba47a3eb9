"""Sentences of an article, with their place in the stored text."""

import re
from functools import cache

from onrecord.extract.lexicon import words
from onrecord.extract.values import value
from onrecord.records import Article, Role

# A full stop, question mark or exclamation mark (with what closes around it), white space, and what can open a sentence.
# Every run is possessive and starts where no other run can, so that hostile text costs one look a character.
_END = re.compile(r"""([.!?…](?<![.!?…].)[.!?…]*+)["'”’)\]»]*+(?=\s["'“‘(\[«\s]*+[A-Z0-9£$€])""")
_WORD = re.compile(r"[\w.&]*\Z")
_NEXT = re.compile(r"\s{1,4}[\"'“‘(\[]?(\w{1,12})")
_INITIAL = re.compile(r"(?:[A-Za-z]\.)*[A-Z]")
_CLOSING = frozenset('.,;:!?)"”')  # each a token of its own behind a word
# No short form is longer; looking further back for the start of a word would make long words expensive.
_LONGEST_SHORT = 12


@value
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
    text, found = article.text, []
    for number, line in enumerate(article.lines):
        start = line.start
        for match in _END.finditer(text, line.start, line.end):
            if match.group(1) == "." and _is_short(text, line.start, match.start(), match.end()):
                continue
            found.append(Sentence(start, match.end(), number, line.role))
            start = match.end()
            while start < line.end and text[start].isspace():
                start += 1
        if start < line.end:
            found.append(Sentence(start, line.end, number, line.role))
    return found


def lowered(text: str) -> str:
    """A text in lower case in which every character keeps its place: the few that would become two stay as they are.

    >>> lowered("Ab İ")
    'ab İ'
    """
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(letter if len(letter.lower()) > 1 else letter.lower() for letter in text)


def cut(token: re.Pattern[str], text: str, low: str, start: int, end: int) -> tuple[list[str], list[int], list[int]]:
    """The tokens between two places of a text: in lower case, where each begins, and where it ends.

    Args:
        token: finds them where more than letters stands between two blanks; letters alone are one token, and a mark that
            closes them another, which saves the search that nine words in ten would cost. No token may hold a blank.
        text: the text.
        low: the same in lower case, as `lowered` gives it.
        start: where to begin.
        end: where to stop.

    >>> cut(re.compile(r"\\w+|\\S"), "So he left.", "so he left.", 0, 11)
    (['so', 'he', 'left', '.'], [0, 3, 6, 10], [2, 5, 10, 11])
    """
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for chunk in low[start:end].split(" "):
        after = start + len(chunk)
        if chunk.isalpha():
            words.append(chunk)
            starts.append(start)
            ends.append(after)
        elif chunk[-1:] in _CLOSING and (word := chunk[:-1]).isalpha():
            last = after - 1
            words += (word, chunk[-1])
            starts += (start, last)
            ends += (last, after)
        else:
            for match in token.finditer(text, start, after):
                start, last = match.span()
                words.append(low[start:last])
                starts.append(start)
                ends.append(last)
        start = after + 1
    return words, starts, ends


def _is_short(text: str, start: int, end: int, after: int) -> bool:
    """Whether the word that ends at `end` is a short form or an initial, whose full stop ends nothing.

    A short form that can close a sentence ("at 5 p.m.", "the U.S.") ends one before a word that opens one.
    """
    word = text[max(start, end - _LONGEST_SHORT) : end].rpartition(" ")[2]
    if not word.isalpha():
        match = _WORD.search(word)
        word = match.group() if match else ""
    if not (word.casefold() in words("abbreviations") or (word[-1:].isupper() and _INITIAL.fullmatch(word))):
        return False
    following = _NEXT.match(text, after)
    if following is None:
        return True
    if word.casefold() in words("words_as_abbreviations") and word.islower():
        return following.group(1)[0].isdigit()
    return not (word.casefold() in words("closing_abbreviations") and following.group(1).lower() in _openers())


@cache
def _openers() -> frozenset[str]:
    return (
        words("determiners") | words("pronouns") | words("conjunctions") | {"in", "on", "at", "for", "after", "under", "during"}
    )
