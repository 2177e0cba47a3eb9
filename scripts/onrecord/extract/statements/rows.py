"""Acts made into statements: their words, ids, evidence, dates and repeats."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from itertools import compress, count, pairwise
from typing import Literal

from onrecord.extract.speakers import Source
from onrecord.extract.statements.acts import Act
from onrecord.hashing import normalise, row_id
from onrecord.records import Article, DateMention, Evidence, Part, Statement, evidence_of

Kind = Literal["direct", "mixed", "indirect"]
# A shorter run of words can be the same by chance.
_SAME = 5
# Repeats are looked for among the first words of a statement; nobody repeats more.
_LOOKED_AT = 2000
# Stands for the reporter's words between two parts.
GAP = " … "
_WORD = re.compile(r"\w+(?:['-]\w+)*")


def kind_of(act: Act) -> Kind:
    """Whether all of an act's words are quoted, some, or none."""
    if all(quoted for _, _, quoted in act.parts):
        return "direct"
    return "mixed" if act.holds_quote else "indirect"


def parts_of(article: Article, act: Act) -> tuple[Part, ...]:
    """The parts of an act, without the comma that leads over to its reporting clause."""
    text, found = article.text, []
    for number, (start, end, _) in enumerate(act.parts):
        last = number == len(act.parts) - 1
        resumed = not last and text[act.parts[number + 1][0]].islower()
        if end - start > 1 and text[end - 1] == "," and not resumed:
            end -= 1
        found.append(Part(start, end))
    return tuple(found)


def make_statements(
    article: Article, acts: list[Act], sources: list[Source], speaker_ids: list[str | None], dates: list[DateMention]
) -> list[Statement]:
    """One statement an act, in order, with the words behind every cell that was read."""
    seen: Counter[str] = Counter()
    starts = [mention.start for mention in dates]
    found, keys = [], []
    for act, source, speaker in zip(acts, sources, speaker_ids, strict=True):
        spans = source.parts
        key = normalise(" ".join(article.text[part.start : part.end] for part in spans))
        said = _said_on(act, spans, dates, starts)
        found.append(
            Statement(
                statement_id=row_id("statement", article.article_id, key, str(seen[key])),
                article_id=article.article_id,
                speaker_id=speaker,
                kind=source.kind,
                text=_joined(article.text, spans),
                parts=spans,
                start=spans[0].start,
                end=spans[-1].end,
                speaker_text=_words(article, act.source),
                cue=_words(article, act.cue),
                addressee=_words(article, act.addressee),
                said_on=said.edtf if said else None,
                evidence=_evidence(act, spans, speaker, said),
            )
        )
        seen[key] += 1
        keys.append(key)
    return _with_repeats(found, keys)


def _joined(text: str, parts: tuple[Part, ...]) -> str:
    """The words of all parts, with a mark where the reporter's own words stand between two of them."""
    words = text[parts[0].start : parts[0].end]
    for before, part in pairwise(parts):
        between = any(letter.isalnum() for letter in text[before.end : part.start])
        words += (GAP if between else " ") + text[part.start : part.end]
    return words


def _words(article: Article, span: tuple[int, int] | None) -> str | None:
    return None if span is None else article.text[span[0] : span[1]]


def _evidence(act: Act, parts: tuple[Part, ...], speaker: str | None, said: DateMention | None) -> tuple[Evidence, ...]:
    rows = [("text", part.start, part.end, act.rule) for part in parts]
    rows.append(("kind", parts[0].start, parts[-1].end, act.rule))
    if act.source is not None:
        rows.append(("speaker_text", *act.source, "statement.speaker"))
        if speaker is not None:
            rows.append(("speaker_id", *act.source, "statement.speaker"))
    elif speaker is not None:
        rows.append(("speaker_id", parts[0].start, parts[-1].end, act.rule))
    if act.cue is not None:
        rows.append(("cue", *act.cue, act.rule))
    if act.addressee is not None:
        rows.append(("addressee", *act.addressee, act.rule))
    if said is not None:
        rows.append(("said_on", said.start, said.end, "statement.said_on"))
    return evidence_of(rows)


def _said_on(act: Act, parts: tuple[Part, ...], dates: list[DateMention], starts: list[int]) -> DateMention | None:
    """The date in the reporting clause that stands nearest to its cue; none within what is reported."""
    if act.clause is None or act.cue is None:
        return None
    best: tuple[int, DateMention] | None = None
    for mention in dates[bisect_left(starts, act.clause[0]) :]:
        if mention.start >= act.clause[1]:
            break
        if any(part.start < mention.end and mention.start < part.end for part in parts):
            continue
        gap = mention.start - act.cue[1] if mention.start >= act.cue[1] else act.cue[0] - mention.end
        if best is None or gap < best[0]:
            best = (gap, mention)
    return None if best is None else best[1]


def _with_repeats(statements: list[Statement], keys: list[str]) -> list[Statement]:
    """Point each statement to the first of the article that has the same words, whole or as a part of either.

    Two statements are compared only where one's first words stand in the other, so that the cost grows with their words.
    """
    inside: dict[tuple[str, ...], int] = {}
    opening: dict[tuple[str, ...], int] = {}
    texts: list[str] = []
    found = []
    rows = [_WORD.findall(key)[:_LOOKED_AT] for key in keys]
    openings = {tuple(row[:_SAME]) for row in rows if len(row) >= _SAME}
    first_words = {run[0] for run in openings}
    for number, (statement, row) in enumerate(zip(statements, rows, strict=True)):
        texts.append(f" {' '.join(row)} ")
        starts = compress(count(), map(first_words.__contains__, row))
        runs = [run for at in starts if (run := tuple(row[at : at + _SAME])) in openings]
        first = _first_same(texts, runs, inside, opening)
        found.append(statement if first is None else replace(statement, repeats=statements[first].statement_id))
        if runs:
            opening.setdefault(runs[0], number)
        for run in runs:
            inside.setdefault(run, number)
    return found


def _first_same(
    texts: list[str],
    runs: list[tuple[str, ...]],
    inside: dict[tuple[str, ...], int],
    opening: dict[tuple[str, ...], int],
) -> int | None:
    if not runs:
        return None
    words = texts[-1]
    candidates = {opening[run] for run in opening.keys() & runs}
    if runs[0] in inside:
        candidates.add(inside[runs[0]])
    return min((number for number in candidates if texts[number] in words or words in texts[number]), default=None)
