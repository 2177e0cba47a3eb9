"""Clauses of a subject and a reporting verb, in either order, and the verbs that share a subject."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.cues import Cue, skip_back
from onrecord.extract.statements.extent import Standing, content_end
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, words_of
from onrecord.extract.statements.lead import REACH, After
from onrecord.extract.statements.objects import object_clause
from onrecord.extract.statements.runs import Clause, only_adverbial, past_runs, quoted_end, resumed_at, run_start, said_end
from onrecord.extract.statements.source import Subject, relating_subject, subject_of
from onrecord.extract.statements.verbs import verb_at

_FRAMING = frozenset({"framing"})
_SUBORDINATES = words_of("subordinators")


def sayable(frame: Frame, cue: Cue, after: After) -> bool:
    """Whether what follows is something this verb reports."""
    if after.content is None:
        return False
    classes, how, tokens = cue.form.classes, after.how, frame.words
    if classes == _FRAMING:
        return False
    if how in {"quote", "that", "colon"}:
        return True
    if how == "question" and classes & {"ask", "tell", "show", "say"}:
        return True
    if how == "to":
        return after.addressee is not None or "vow" in classes
    if tokens[after.content] in words("auxiliaries"):
        return False
    if "bare" in classes:
        first, *rest = tokens[after.content : after.content + 2]
        ends = not rest or not rest[0][0].isalnum()
        return not (first in words_of("nothings") and (ends or (first in _EMPTY and rest[0] in words("prepositions"))))
    return bool(classes & {"say", "tell"}) and "quoting" not in classes and _clausal(frame, after.content)


# Said with a phrase behind them these report nothing either ("said nothing of it", "said so on Friday").
_EMPTY = frozenset({"nothing", "little", "so", "much", "goodbye", "hello"})


def _clausal(frame: Frame, start: int) -> bool:
    """Whether a clause with a verb of its own begins at token `start`, as far as its first words tell."""
    tokens, end = frame.words, min(start + 20, len(frame.words))
    relative = next((at for at in range(start, end) if tokens[at] in words_of("relative_openers")), end)
    return verb_at(frame, start, relative) is not None or any(
        word in words("auxiliaries") or word == QUOTE or word.endswith(("'s", "'re", "'ll", "'d", "'ve", "n't"))
        for word in tokens[start:end]
    )


def subject_clause(frame: Frame, cue: Cue, later: list[Cue], floor: int, after: After, subject: Subject) -> Clause | None:
    tokens = frame.words
    previous = tokens[subject.start - 1] if subject.start > 0 else ""
    leading = tokens[subject.start - 2] if subject.start > 1 and previous in {"only", "even", "just", "not"} else previous
    before_end = subject.start - 1 if previous == "," else subject.start
    verbal = cue.form.classes & {"say", "ask", "tell"}
    if verbal and parenthetical(frame, subject, after) and before_end - floor > 1 and tokens[before_end - 1] != QUOTE:
        return _around(frame, cue, floor, after, subject, before_end)
    quoted_before = before_end > floor and tokens[before_end - 1] == QUOTE
    # "Mocking the "plan," Bell ..."
    opened = tokens[floor].endswith("ing") and len(tokens[floor]) > 5 and tokens[floor + 1] != QUOTE
    if quoted_before and not verbal and not opened and frame.text[frame.quotes[before_end - 1].inner_end - 1] in ",?!":
        verbal = cue.form.classes
    if quoted_before and verbal:
        runs = [(run_start(frame, floor, before_end), before_end)]
        resumed = resumed_at(frame, after, later)
        if resumed is not None:
            runs.append((resumed, quoted_end(frame, resumed)))
        return Clause((cue.start, cue.end), subject, runs, "statement.quote_before", after.addressee, past_runs(runs, after))
    standing = _standing(tokens, subject, leading)
    if after.how == "bare" and after.content is not None and "bare" in cue.form.classes:
        relating = relating_subject(frame, subject, after.content)
        if relating is not None:
            end = said_end(frame, after, later, Standing.RELATIVE)
            return Clause((cue.start, cue.end), relating, [(after.content, end)], "statement.clause", None, after.content)
    if sayable(frame, cue, after) and after.content is not None:
        end = said_end(frame, after, later, standing)
        rule = _rule(cue, after)
        return Clause((cue.start, cue.end), subject, [(after.content, end)], rule, after.addressee, after.content)
    if _has_object(cue, after):
        return object_clause(frame, cue, later, subject, standing)
    split = _splits(frame, after) and before_end > floor
    if verbal and previous == "," and (before_end - floor > 1 or split) and after.content is None:
        return _clause_before(frame, cue, later, floor, after, subject, before_end)
    if (
        verbal
        and previous == "as"
        and (after.how in {"comma", "end"} or cue.end > cue.start + 1)
        and tokens[cue.start] not in words_of("happenings")
    ):
        return _as_said(frame, cue, later, floor, after, subject)
    if verbal and after.content is None:
        wants = "after" if after.how == "colon" else "before"
        return Clause(
            (cue.start, cue.end),
            subject,
            [],
            "statement.colon" if wants == "after" else "statement.quote_before",
            after.addressee,
            after.clause_end,
            wants,
        )
    return None


def _standing(tokens: list[str], subject: Subject, leading: str) -> Standing:
    """Where the clause of a subject stands, by the word that leads over to it and what is before that."""
    if leading in {DASH, "("}:
        return Standing.ASIDE
    if tokens[subject.start] in {"who", "which"}:
        return Standing.RELATIVE
    if leading not in _SUBORDINATES:
        return Standing.MAIN
    before = tokens[subject.start - 2] if subject.start > 1 else ""
    return Standing.LEADING if before in _OPENINGS else Standing.SUBORDINATE


# Before a word that opens a sentence, or a part of one.
_OPENINGS = frozenset({"", "and", "but", ";", ":", "so"})


def _has_object(cue: Cue, after: After) -> bool:
    """Whether a verb with an object has one; a quotation is the object only of the verbs that nothing else shows to report."""
    if cue.form.classes == _FRAMING:
        return after.how in {"bare", "question"} or (after.how == "quote" and after.content == cue.end)
    return "object" in cue.form.classes and after.how in {"bare", "question"}


def _splits(frame: Frame, after: After) -> bool:
    """Whether a reporting clause stands between the subject of the reported words and their verb: Ferries, she said, can ..."""
    at = after.clause_end + 1
    return after.how == "comma" and at < len(frame.words) and frame.words[at] in words("auxiliaries")


def parenthetical(frame: Frame, subject: Subject, after: After) -> bool:
    """Whether a clause stands between commas before a quotation that ends a sentence: If it rains, she said, "..."."""
    at = after.content
    if at is None or after.how != "quote" or frame.words[at - 1] != "," or frame.words[subject.start - 1] != ",":
        return False
    return frame.text[frame.quotes[at].inner_start].islower() and frame.words[0] not in words("prepositions")


def _around(frame: Frame, cue: Cue, floor: int, after: After, subject: Subject, before_end: int) -> Clause:
    assert after.content is not None
    runs = [(run_start(frame, floor, before_end), before_end), (after.content, quoted_end(frame, after.content))]
    return Clause((cue.start, cue.end), subject, runs, "statement.clause_before", after.addressee, runs[-1][1])


def _as_said(frame: Frame, cue: Cue, later: list[Cue], floor: int, after: After, subject: Subject) -> Clause | None:
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
        runs = [(start, end)] if start < end else []
        if runs and after.how == "comma" and at + 1 < len(tokens):
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


def _rule(cue: Cue, after: After) -> str:
    if after.how == "colon":
        return "statement.colon"
    if after.how == "quote":
        return "statement.quote_after"
    if after.how == "question" and "ask" in cue.form.classes:
        return "statement.asked"
    return "statement.told" if after.addressee else "statement.clause"


def _clause_before(
    frame: Frame, cue: Cue, later: list[Cue], floor: int, after: After, subject: Subject, before_end: int
) -> Clause | None:
    """A reported clause with its source inside or behind it: "..., she said" and "..., she said, ..."."""
    start = run_start(frame, floor, before_end)
    runs = [(start, before_end)]
    tokens = frame.words
    at = after.clause_end
    if after.how == "comma" and at + 1 < len(tokens) and not tokens[at + 1].endswith("ing"):
        end = content_end(frame, at + 1, later)
        if end > at + 1:
            runs.append((at + 1, end))
    if start >= before_end or (len(runs) == 1 and only_adverbial(frame, start, before_end)):
        return None
    # Things begin and end as well: such verbs report only what is quoted.
    if tokens[cue.start] in words_of("happenings") and QUOTE not in tokens[start:before_end]:
        return None
    return Clause((cue.start, cue.end), subject, runs, "statement.clause_before", after.addressee, past_runs(runs, after))


def continued_clause(frame: Frame, cue: Cue, later: list[Cue], after: After, found: list[Clause]) -> Clause | None:
    """A participle or a co-ordinated verb, whose source is that of the clause before or the subject of the sentence."""
    tokens = frame.words
    at = skip_back(frame, cue.start)
    previous = tokens[at - 1] if at > 0 else ""
    joined = previous in {",", "and", "but", "by", "while", "or", QUOTE, DASH}
    if cue.form.tense == "ing" and "object" in cue.form.classes:
        # "issued a statement calling it ..."
        joined = joined or previous in words_of("papers")
    # "..., going on to say that ...": the infinitive is a report where it only goes on with one.
    aimed = bool(found) and previous in {"and", "or"}
    if (cue.form.tense == "base" and not aimed and tokens[at] not in {"going", "continuing"}) or not (
        joined or (cue.form.tense == "ing" and after.how in {"that", "quote"})
    ):
        return None
    source = found[-1].source if found else subject_of(frame, at)
    if source is None:
        return None
    # "Though she called it daft and urged a halt, ...": the second verb is of the clause that opens the sentence, too.
    leads = bool(found) and tokens[0] in _SUBORDINATES and "," not in tokens[found[-1].cue[0] : cue.start]
    standing = Standing.LEADING if leads else Standing.MAIN
    if sayable(frame, cue, after) and after.content is not None:
        end = said_end(frame, after, later, standing)
        rule = "statement.participle" if cue.form.tense == "ing" else _rule(cue, after)
        return Clause((cue.start, cue.end), source, [(after.content, end)], rule, after.addressee, after.content)
    if after.how == "colon" and cue.form.classes & {"say", "ask", "tell"}:
        return Clause((cue.start, cue.end), source, [], "statement.colon", after.addressee, after.clause_end, "after")
    if _has_object(cue, after):
        return object_clause(frame, cue, later, source, standing)
    return None
