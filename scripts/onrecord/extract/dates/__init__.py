"""Dates as an article words them, resolved against its day of publication.

- `forms` finds wordings (`rules/dates.toml`), `guards` and `years` refuse what only looks like a date;
- `join` puts together what belongs together: yesterday (January 25), between 2015 and 2019;
- `tense` tells whether a sentence looks ahead; `resolve`, `relative` and `parts` give the `period` that is meant.

How a wording is resolved where more than one reading is possible:

- a month or weekday alone is the last one not after publication, or the next one where the sentence looks ahead;
- a day of a month without a year is the nearest such day within thirteen weeks; further off it goes by the tense;
- two dates that bound a time are one mention, an interval; words like in, on, from and between stay outside its text;
- what only other sentences could tell (the previous day, that year, the last week of term) is not given.
"""

from bisect import bisect_right
from collections.abc import Iterator

from onrecord.extract.dates.around import around
from onrecord.extract.dates.forms import scan
from onrecord.extract.dates.join import Worded, joined
from onrecord.extract.dates.period import Period
from onrecord.extract.dates.resolve import Setting, resolve, resolve_interval
from onrecord.extract.dates.tense import looks_ahead
from onrecord.extract.dates.vocabulary import listed
from onrecord.extract.text import Sentence
from onrecord.hashing import normalise, row_id
from onrecord.records import Article, DateMention, evidence_of

_ROLES = frozenset(["title", "standfirst", "body", "caption"])
_BY_TENSE = frozenset(["date.day", "date.days", "date.month", "date.weekday", "date.part", "date.relative_period"])


def find_dates(article: Article, sentences: list[Sentence]) -> list[DateMention]:
    """Find the dates of an article and resolve them.

    Args:
        article: its `text`, `lines` and `published_on` decide; with no day of publication only dates that need none are given.
        sentences: the article's sentences, in order.

    Returns:
        Mentions in the order of the text, none overlapping another.

    >>> from onrecord.records import Line
    >>> found = find_dates(Article("a", "He left in 2010.", (Line(0, 16, "body"),)), [Sentence(0, 16, 0, "body")])
    >>> [(mention.text, mention.edtf) for mention in found]
    [('2010', '2010')]
    """
    mentions, seen = [], dict[str, int]()
    starts = [sentence.start for sentence in sentences]
    for worded in worded_dates(article):
        meant = _meant(article, worded, sentences[bisect_right(starts, worded.start) - 1])
        if meant is None:
            continue
        words = article.text[worded.start : worded.end]
        key = normalise(words)
        seen[key] = seen.get(key, -1) + 1
        date_id = row_id("date", article.article_id, key, str(seen[key]))
        mentions.append(_mention(article, worded, date_id, meant))
    return mentions


def worded_dates(article: Article) -> Iterator[Worded]:
    """Every wording of a date, resolvable or not, in the order of the text: what a reader would not take for a figure."""
    for line in article.lines:
        if line.role in _ROLES:
            yield from joined(article.text, list(scan(article.text, line.start, line.end)))


def _meant(article: Article, worded: Worded, sentence: Sentence) -> Period | None:
    ahead = None
    if article.published_on and worded.first.rule in _BY_TENSE and "year" not in worded.first.groups:
        ahead = looks_ahead(article.text, worded.start, worded.end, sentence.start, sentence.end)
    setting = Setting(article.published_on, ahead, worded.year)
    return resolve_interval(worded.first, worded.last, setting) if worded.last else resolve(worded.first, setting)


def _mention(article: Article, worded: Worded, date_id: str, meant: Period) -> DateMention:
    start, end, rule, words = worded.start, worded.end, worded.rule, article.text[worded.start : worded.end]
    cells = [("text", start, end, rule)]
    near = around(article.text, start, end)
    if near.first in listed("lists", "approximate"):
        meant = meant.approximate()
        qualifier = start - len(near.left) + near.left.lower().rindex(near.first)
        cells.append(("edtf", qualifier, qualifier + len(near.first), "date.approximate"))
    cells += [("edtf", start, end, rule), ("start_date", start, end, rule), ("end_date", start, end, rule)]
    return DateMention(date_id, article.article_id, words, meant.edtf, meant.start, meant.end, start, end, evidence_of(cells))
