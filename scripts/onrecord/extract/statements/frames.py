"""Frames: the reporter's own sentences, in which every quotation stands as one token.

Sentence boundaries inside a quotation are no boundaries here, so that a quotation of several sentences and the clause
that reports it share a frame.
"""

import re
from functools import cache
from itertools import zip_longest

from onrecord.extract.lexicon import load, one_of
from onrecord.extract.statements.quotes import SPOKEN, Quote
from onrecord.extract.text import Sentence, cut, lowered
from onrecord.extract.values import value
from onrecord.records import Article, Role

# No token is written so: a mark that opens no quotation is a token of one character.
QUOTE = '""'


@cache
def words_of(name: str) -> frozenset[str]:
    """A word list of `rules/statements.toml` as a set."""
    listed: list[str] = load("statements")["words"][name]
    return frozenset(listed)


# Every dash between words is this token, however it is written.
DASH = "—"
# Nine words in ten are plain letters, so they are tried first: the other branches cost twice as much.
_TOKEN = re.compile(r"[a-zA-Z]++(?!\w|[.'’&-]\w)|\d[\d,.]*\d(?!-\w)|\w+(?:[.'’&-]\w+)*|-{2,3}|[^\w\s]")
_DASHES = frozenset({"–", "―", "--", "---"})
_DASHING = _DASHES | {"-"}


@cache
def _any_of(listed: frozenset[str]) -> re.Pattern[str]:
    """Any of these words in a text in lower case, behind what is no letter: `re` looks closer at no other place."""
    return re.compile(rf"[^a-z](?:{one_of(listed)})(?![a-z])")


@value
class Frame:
    """A sentence as tokens: `words` in lower case with straight apostrophes, a quotation being QUOTE; `quotes` by token."""

    text: str  # of the article
    start: int
    end: int
    line: int
    role: Role
    words: list[str]
    starts: list[int]
    ends: list[int]
    quotes: dict[int, Quote]
    caps: list[bool]

    def last_mark(self, token: int) -> str:
        """The last character of the quotation at a token, but for the marks that close others within it."""
        quote = self.quotes[token]
        return self.text[quote.inner_start : quote.inner_end].rstrip("'’‘ ")[-1:] or "'"

    def adverb(self, token: int) -> bool:
        """Whether the token is an adverb by its ending, and no name ("Kelly") or noun ("family") that shares it."""
        word = self.words[token]
        return word.endswith("ly") and not self.caps[token] and word not in words_of("nouns_in_ly")


def after_dateline(frame: Frame) -> int:
    """The token behind a place in capitals and a dash that opens an article: "CORK, May 4 (Wire) - The lock ..."."""
    if not frame.words or not frame.text[frame.starts[0] : frame.ends[0]].isupper() or frame.ends[0] - frame.starts[0] < 3:
        return 0
    return next((at + 1 for at, word in enumerate(frame.words[:_DATELINE]) if word == DASH), 0)


# A dateline has no more tokens.
_DATELINE = 14


def find_frames(article: Article, sentences: list[Sentence], quotes: list[list[Quote]], cues: frozenset[str]) -> list[Frame]:
    """Cut the lines that can hold speech into frames.

    Args:
        article: the article as read.
        sentences: of all lines, in order.
        quotes: of each line, as `find_quotes` gives them.
        cues: words one of which a frame without a quotation must hold to be worth cutting into tokens.
    """
    found: list[Frame] = []
    start, line, at, first = -1, -1, 0, 0
    caption = False
    low = lowered(article.text)
    spaced = f" {low}"
    for sentence in sentences:
        if sentence.role not in SPOKEN:
            continue
        if sentence.line != line:
            line, start, at, first = sentence.line, -1, 0, 0
            caption = _is_caption(low, sentence.start)
        if caption:
            continue
        start = sentence.start if start < 0 else start
        row = quotes[line]
        while at < len(row) and row[at].end < sentence.end:
            at += 1
        if at < len(row) and row[at].start < sentence.end < row[at].end:
            continue
        inside = row[first : at + 1] if at < len(row) and row[at].start < sentence.end else row[first:at]
        first = at + 1 if at < len(row) and row[at].start < sentence.end else at
        readable = bool(inside) or _may_report(article.text, spaced, start, sentence, cues)
        found.append(_frame(article.text, low, sentence, start, inside, cues, readable))
        start = -1
    return found


def _is_caption(low: str, start: int) -> bool:
    """Whether a line says itself that it describes a picture ("Picture caption: ...")."""
    colon = low.find(":", start, start + _LABEL)
    return colon > 0 and low[start:colon] in words_of("captions")


def _may_report(text: str, spaced: str, start: int, sentence: Sentence, cues: frozenset[str]) -> bool:
    """Whether a sentence without a quotation is worth cutting into tokens; `spaced` is a blank and the text in lower case."""
    return sentence.end - start <= _LONGEST and (
        sentence.role == "title"
        or text.find(":", start, min(start + _COLON, sentence.end)) >= 0
        or _any_of(cues).search(spaced, start, sentence.end + 1) is not None
    )


def _frame(
    text: str, low: str, sentence: Sentence, start: int, inside: list[Quote], cues: frozenset[str], readable: bool
) -> Frame:
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    quotes: dict[int, Quote] = {}
    caps: list[bool] = []
    if readable:
        position = start
        for quote, following in zip_longest(inside, inside[1:]):
            _tokens(text, low, position, quote.start, words, starts, ends, caps)
            if _is_title(text, quote, words, cues) or (following is not None and _stray(low, quote, following, cues)):
                _tokens(text, low, quote.inner_start, quote.inner_end, words, starts, ends, caps)
                position = quote.end
                continue
            quotes[len(words)] = quote
            words.append(QUOTE)
            starts.append(quote.start)
            ends.append(quote.end)
            caps.append(False)
            position = quote.end
        _tokens(text, low, position, sentence.end, words, starts, ends, caps)
    return Frame(text, start, sentence.end, sentence.line, sentence.role, words, starts, ends, quotes, caps)


# A longer sentence has too many words to be read for clauses, and without a quotation nothing else is to be read.
_LONGEST = 9_000
# A colon that names who speaks stands within so many characters.
_COLON = 80
# The label of a caption is no longer, in characters.
_LABEL = 20


def _is_title(text: str, quote: Quote, words: list[str], cues: frozenset[str]) -> bool:
    """Whether a quotation names a work or a programme within an adverbial ("On this week's "Quay Talk," Bell said")."""
    if not words or words[0] not in words_of("openers"):
        return False
    work = words[-1] == "," and len(words) > 1 and words[-2] in words_of("works")
    if not (work or words[-1] in _BEFORE_TITLE or words[-1].endswith("'s")):
        return False
    return titled(text, quote) and cues.isdisjoint(words)


def _stray(low: str, quote: Quote, following: Quote, cues: frozenset[str]) -> bool:
    """Whether a mark opens nothing: another quotation cuts its own short, right behind a reporting verb.

    "The crowd came in, chanting “Save the pier!”, where nothing closes the first mark.
    """
    if quote.closed or following.start > quote.end + 1:
        return False
    return low[quote.inner_start : quote.inner_end].rpartition(" ")[2].rstrip(",") in cues


def titled(text: str, quote: Quote) -> bool:
    """Whether a quotation has the capitals of a title."""
    inside = text[quote.inner_start : quote.inner_end].split(None, _TITLE)
    capitals = all(word[0].isupper() for word in inside if len(word) > 3)
    return quote.closed and len(inside) <= _TITLE and inside[0][0].isupper() and capitals


_BEFORE_TITLE = frozenset({"of", "on", "in", "for", "from", "with", "by", "to"})
# A title of a programme has fewer words.
_TITLE = 7


_DASHED = re.compile(r"[–―]|--| - ")


def _spaced(text: str, span: tuple[int, int], word: str) -> bool:
    """Whether a hyphen stands between blanks, as a dash does."""
    return word == "-" and text[span[0] - 1 : span[0]] == " " == text[span[1] : span[1] + 1]


def _tokens(
    text: str, low: str, start: int, end: int, words: list[str], starts: list[int], ends: list[int], caps: list[bool]
) -> None:
    found, opens, closes = cut(_TOKEN, text, low, start, end)
    if text.find("’", start, end) >= 0:
        found = [word.replace("’", "'") for word in found]
    if not _DASHING.isdisjoint(found) and _DASHED.search(text, start, end):
        spans = zip(opens, closes, strict=True)
        found = [
            DASH if word in _DASHES or _spaced(text, span, word) else word for word, span in zip(found, spans, strict=True)
        ]
    words.extend(found)
    starts.extend(opens)
    ends.extend(closes)
    caps.extend([text[first].isupper() for first in opens])
