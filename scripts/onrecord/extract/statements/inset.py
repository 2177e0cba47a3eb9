"""Reporting clauses that stand within the words they report, or behind them: "..., she said, ...", "..., as Bell put it"."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.cues import Cue
from onrecord.extract.statements.extent import content_end
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, words_of
from onrecord.extract.statements.lead import REACH, After
from onrecord.extract.statements.runs import Clause, only_adverbial, past_runs, quoted_end, run_start
from onrecord.extract.statements.subjects import Subject
from onrecord.extract.statements.verbs import is_finite, verb_at

_SUBORDINATES = words_of("subordinators")


def parenthetical(frame: Frame, subject: Subject, after: After) -> bool:
    """Whether a clause stands between commas before a quotation that ends a sentence: If it rains, she said, "..."."""
    at = after.content
    if at is None or after.how != "quote" or frame.words[at - 1] != "," or frame.words[subject.start - 1] != ",":
        return False
    if not frame.text[frame.quotes[at].inner_start].islower() or frame.words[0] in words("prepositions"):
        return False
    return not _leads_over(frame, subject.start - 1, at)


def _leads_over(frame: Frame, end: int, quote: int) -> bool:
    """Whether a participle only leads over to who says it ("Writing for the court, Bell said, "no act is a crime"").

    It is what is said where the quotation goes on with its verb ("Swimming here, Bell said, "is deadly"").
    """
    tokens = frame.words
    if not tokens[0].endswith("ing") or len(tokens[0]) < _PARTICIPLE or QUOTE in tokens[:end]:
        return False
    opens = frame.text[frame.quotes[quote].inner_start : frame.quotes[quote].inner_end].partition(" ")[0]
    return verb_at(frame, 0, end) is None and not is_finite(opens)


# No participle is shorter.
_PARTICIPLE = 6


def around_clause(frame: Frame, cue: Cue, floor: int, after: After, subject: Subject, before_end: int) -> Clause:
    assert after.content is not None
    runs = [(run_start(frame, floor, before_end), before_end), (after.content, quoted_end(frame, after.content))]
    return Clause((cue.start, cue.end), subject, runs, "statement.clause_before", after.addressee, runs[-1][1])


def splits(frame: Frame, after: After) -> bool:
    """Whether a reporting clause stands between the subject of the reported words and their verb: Ferries, she said, can ..."""
    at = after.clause_end + 1
    return after.how == "comma" and at < len(frame.words) and frame.words[at] in words("auxiliaries")


def clause_before(
    frame: Frame, cue: Cue, later: list[Cue], floor: int, after: After, subject: Subject, before_end: int
) -> Clause | None:
    """A reported clause with its source inside or behind it: "..., she said" and "..., she said, ..."."""
    start = run_start(frame, floor, before_end)
    runs = [(start, before_end)]
    tokens = frame.words
    at = after.clause_end
    # "Though it leaks, she said, mending it would cost more": the clause that must follow may open with a participle.
    opened = tokens[start] in _SUBORDINATES
    # "..., she said on Friday, as they left": what happened meanwhile is the reporter's.
    meanwhile = tokens[at + 1 : at + 2] == ["as"] and not words_of("nominatives").isdisjoint(tokens[at + 2 : at + 3])
    if after.how == "comma" and at + 1 < len(tokens) and (opened or not (meanwhile or tokens[at + 1].endswith("ing"))):
        end = content_end(frame, at + 1, later)
        if end > at + 1:
            runs.append((at + 1, end))
    if start >= before_end or (len(runs) == 1 and only_adverbial(frame, start, before_end)):
        return None
    if len(runs) > 1 and tokens[before_end - 1] in words_of("relative_openers"):
        # "a trial in Elm, where, she claims, ..."
        del runs[0]
    if tokens[start] in words_of("questioned") and QUOTE not in tokens[start:before_end]:
        # "Asked if she would go, she said."
        return None
    if "quoting" in cue.form.classes and tokens[start] in _SUBORDINATES and QUOTE not in tokens[start:before_end]:
        # "As the boat left, she cried."
        return None
    # Things begin and end as well: such verbs report only what is quoted.
    reached = tokens[cue.start] in _REACHED and tokens[cue.start - 1] in words_of("have")
    if tokens[cue.start] in words_of("happenings") and not reached and QUOTE not in tokens[start:before_end]:
        return None
    return Clause((cue.start, cue.end), subject, runs, "statement.clause_before", after.addressee, past_runs(runs, after))


# "..., investigators have concluded"
_REACHED = frozenset({"concluded", "ruled"})


def as_said(frame: Frame, cue: Cue, later: list[Cue], floor: int, after: After, subject: Subject) -> Clause | None:
    """A parenthesis with "as": it reports what follows where it opens the sentence, else what it stands behind."""
    tokens, opening = frame.words, subject.start - 1
    at = after.clause_end
    if opening <= floor + 1 and opening <= 1:
        if after.how != "comma":
            # "As Bell put it in a letter to the crew, ..."
            at = next((n for n in range(at, min(at + REACH, len(tokens))) if tokens[n] == ","), len(tokens))
        if at == len(tokens):
            return None
        end = content_end(frame, at + 1, later)
        runs = [(at + 1, end)] if end > at + 1 else []
    else:
        end = opening - 1 if tokens[opening - 1] == "," else opening
        start = _last_clause(frame, run_start(frame, floor, end), end)
        # "Yet, as Bell observed, ..."
        leads = end - start == 1 and tokens[start] in words_of("adverbs") | words("conjunctions")
        runs = [(start, end)] if start < end and not leads else []
        if start < end and after.how == "comma" and at + 1 < len(tokens):
            runs.append((at + 1, content_end(frame, at + 1, later)))
    return Clause((cue.start, cue.end), subject, runs, "statement.as_said", None, at) if runs else None


def _last_clause(frame: Frame, start: int, end: int) -> int:
    """Where the clause begins that a quotation at the end of a run is part of: only that is what somebody put so."""
    tokens = frame.words
    if tokens[end - 1] != QUOTE:
        return start
    for at in range(end - 2, start, -1):
        if tokens[at] in _CLAUSE_BEFORE and verb_at(frame, at + 1, end - 1) is not None:
            return at + 1
    return start


_CLAUSE_BEFORE = frozenset({",", ";", DASH, "because", "but", "and"})
