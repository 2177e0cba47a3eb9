"""Statements: who is reported as saying what.

- `quotes` pairs quotation marks; `frames` cuts the reporter's own sentences, a quotation in them being one token;
- `forms` spells the reporting verbs of `rules/statements.toml`, `cues` finds them and says which report;
- `source` and `inversion` read the words that name the speaker before and behind a verb, `addressee` who is told;
- `lead` finds where the reported words begin, `extent` where they end, `timing` when, `runs` what a verb has around it;
- `reported` says whether these are words that the verb reports, `verbs` and `infinitives` know verbs by their looks;
- `verbal`, `continued`, `inset`, `objects`, `opening`, `verbless`, `labels` and `introductions` are the kinds of reporting
  clause, `voice` says who can speak at all, `clauses` reads the clauses of one frame;
- `acts` turns clauses into offsets, `join` brings them together across frames and paragraphs, `belongs` says whose words
  a quotation is;
- `rows` makes the records. Who a speaker is, is for `onrecord.extract.speakers`.
"""

from onrecord.extract.speakers import Source, resolve
from onrecord.extract.statements.forms import cue_words
from onrecord.extract.statements.frames import find_frames
from onrecord.extract.statements.join import find_acts
from onrecord.extract.statements.quotes import find_quotes
from onrecord.extract.statements.rows import kind_of, make_statements, parts_of
from onrecord.extract.text import Sentence
from onrecord.records import Article, DateMention, Speaker, Statement

__all__ = ["find_statements"]


def find_statements(
    article: Article, sentences: list[Sentence], dates: list[DateMention]
) -> tuple[list[Statement], list[Speaker]]:
    """Find what an article reports somebody as saying, and who they are.

    Args:
        article: as read; statements come from its title, standfirst and body.
        sentences: of all its lines, as `onrecord.extract.text.sentences` cuts them.
        dates: the dates that the article mentions, in order; one in a reporting clause says when the words were said.

    Returns:
        The statements in the order of the text, and the speakers that their ids point to.

    >>> from onrecord.extract.text import sentences
    >>> from onrecord.records import Line
    >>> article = Article("a", '"Come in," said Flora.', (Line(0, 22, "body"),))
    >>> [(s.kind, s.text, s.speaker_text) for s in find_statements(article, sentences(article), [])[0]]
    [('direct', 'Come in', 'Flora')]
    """
    quotes = find_quotes(article)
    acts = find_acts(article, find_frames(article, sentences, quotes, cue_words()))
    sources = []
    for act in acts:
        start, end = act.source or (None, None)
        sources.append(Source(start, end, parts_of(article, act), kind_of(act)))
    speakers, speaker_ids = resolve(article, sentences, sources)
    return make_statements(article, acts, sources, speaker_ids, dates), speakers
