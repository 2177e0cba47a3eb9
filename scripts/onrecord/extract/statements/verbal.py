"""Clauses of a subject and the reporting verb behind it."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.cues import Cue
from onrecord.extract.statements.extent import Standing, content_end
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, words_of
from onrecord.extract.statements.inset import around_clause, as_said, clause_before, parenthetical, splits
from onrecord.extract.statements.lead import After
from onrecord.extract.statements.objects import is_named, object_clause
from onrecord.extract.statements.reported import finds, found_clause, has_object, rule_of, sayable
from onrecord.extract.statements.runs import Clause, past_runs, quoted_end, resumed_at, run_start, said_end
from onrecord.extract.statements.source import relating_subject
from onrecord.extract.statements.subjects import Subject

_SUBORDINATES = words_of("subordinators")
_ASIDES = frozenset({DASH, "("})


def subject_clause(frame: Frame, cue: Cue, later: list[Cue], floor: int, after: After, subject: Subject) -> Clause | None:
    """What a verb behind its subject reports: the words beside it, or those around it.

    Args:
        frame: the sentence.
        cue: the verb.
        later: the reporting words behind it.
        floor: the token from which on nothing is reported yet.
        after: what follows the verb.
        subject: who says it.
    """
    tokens = frame.words
    previous = tokens[subject.start - 1] if subject.start > 0 else ""
    before_end = subject.start - 1 if previous == "," else subject.start
    verbal = bool(cue.form.classes & {"say", "ask", "tell"}) or finds(frame, cue, subject.start, subject.end)
    if verbal and parenthetical(frame, subject, after) and before_end - floor > 1 and tokens[before_end - 1] != QUOTE:
        return around_clause(frame, cue, floor, after, subject, before_end)
    quoted = before_end > floor and tokens[before_end - 1] == QUOTE and (verbal or _closes_quotation(frame, floor, before_end))
    if quoted and not _in_adverbial(frame, cue, floor, after, before_end):
        return _quotation_before(frame, cue, later, floor, after, subject, before_end)
    if previous == "as" and subject.start <= 2 and after.how == "bare" and tokens[cue.end] in words("prepositions"):
        # "As Bell pointed out with a smile, ..."
        opened = as_said(frame, cue, later, floor, after, subject)
        if opened is not None:
            return opened
    if previous == "what" and after.how == "question":
        # "That was what Bell said when she left."
        return None
    if verbal and previous == "," and before_end - floor > 2 and (around := _so_that(frame, cue, later, floor, after, subject)):
        return around
    clause = _reported_behind(frame, cue, later, after, subject)
    if clause is not None or has_object(cue, after) or not verbal:
        return clause
    return _said_of_before(frame, cue, later, floor, after, subject)


def _closes_quotation(frame: Frame, floor: int, end: int) -> bool:
    """Whether the quotation before a subject is closed by its own mark, so that any verb can report it."""
    # "Mocking the "plan," Bell ..."
    opened = frame.words[floor].endswith("ing") and len(frame.words[floor]) > 5 and frame.words[floor + 1] != QUOTE
    return not opened and frame.text[frame.quotes[end - 1].inner_end - 1] in ",?!"


def _in_adverbial(frame: Frame, cue: Cue, floor: int, after: After, end: int) -> bool:
    """Whether the quotation that ends at token `end` only belongs to when or where the one behind the verb was said.

    "On a card marked "urgent," a nurse had typed "no visitors.""
    """
    start = run_start(frame, floor, end)
    return after.how == "quote" and after.content == cue.end and end - start > 1 and frame.words[start] in words("prepositions")


def _quotation_before(
    frame: Frame, cue: Cue, later: list[Cue], floor: int, after: After, subject: Subject, before_end: int
) -> Clause:
    # "A storm — "the worst in years," Flora Bell said — is due"
    aside = frame.words[before_end - 2] == DASH and frame.words[after.clause_end : after.clause_end + 1] == [DASH]
    runs = [(before_end - 1 if aside else run_start(frame, floor, before_end), before_end)]
    resumed = resumed_at(frame, after, later)
    if resumed is not None:
        runs.append((resumed, quoted_end(frame, resumed)))
    return Clause((cue.start, cue.end), subject, runs, "statement.quote_before", after.addressee, past_runs(runs, after))


def _so_that(frame: Frame, cue: Cue, later: list[Cue], floor: int, after: After, subject: Subject) -> Clause | None:
    """A clause within its words, which go on with "that": "The air was so bad, Bell noted, that ..."."""
    if after.how != "that" or after.content is None or frame.words[cue.end] != ",":
        return None
    before_end = subject.start - 1
    going_on = (after.content - 1, content_end(frame, after.content, later))
    runs = [(run_start(frame, floor, before_end), before_end), going_on]
    return Clause((cue.start, cue.end), subject, runs, "statement.clause_before", after.addressee, going_on[1])


def _reported_behind(frame: Frame, cue: Cue, later: list[Cue], after: After, subject: Subject) -> Clause | None:
    """The words behind a verb that are a clause, a quotation or an object of it."""
    if after.how == "bare" and after.content is not None and "bare" in cue.form.classes:
        relating = relating_subject(frame, subject, after.content)
        if relating is not None:
            end = said_end(frame, after, later, Standing.RELATIVE)
            return Clause((cue.start, cue.end), relating, [(after.content, end)], "statement.clause", None, after.content)
    standing = _standing(frame.words, subject)
    found = finds(frame, cue, subject.start, subject.end) and found_clause(frame, after)
    if (found or sayable(frame, cue, after)) and after.content is not None and not is_named(frame, cue, subject):
        end = said_end(frame, after, later, standing)
        if found:
            # "The poll found that", but without "that" what follows "but" is the reporter's.
            end = next((at for at in range(after.content, end - 1) if frame.words[at : at + 2] == [",", "but"]), end)
        rule = rule_of(cue, after)
        return Clause((cue.start, cue.end), subject, [(after.content, end)], rule, after.addressee, after.content)
    return object_clause(frame, cue, later, subject, standing) if has_object(cue, after) else None


def _said_of_before(frame: Frame, cue: Cue, later: list[Cue], floor: int, after: After, subject: Subject) -> Clause | None:
    """The words before a subject, or those of another sentence, where nothing behind the verb is reported."""
    tokens = frame.words
    previous = tokens[subject.start - 1] if subject.start > 0 else ""
    before_end = subject.start - 1 if previous == "," else subject.start
    split = splits(frame, after) and before_end > floor
    if previous == "," and (before_end - floor > 1 or split) and after.content is None:
        return clause_before(frame, cue, later, floor, after, subject, before_end)
    closes = after.how in {"comma", "end"} or cue.end > cue.start + 1
    if previous == "as" and closes and tokens[cue.start] not in words_of("happenings"):
        return as_said(frame, cue, later, floor, after, subject)
    if after.content is not None:
        return None
    wants = "after" if after.how == "colon" else "before"
    if wants == "before" and previous in _SUBORDINATES and subject.start == 1:
        # "When she complained, she was moved"
        return None
    rule = "statement.colon" if wants == "after" else "statement.quote_before"
    return Clause((cue.start, cue.end), subject, [], rule, after.addressee, after.clause_end, wants)


def _standing(tokens: list[str], subject: Subject) -> Standing:
    """Where the clause of a subject stands, by the word that leads over to it and what is before that."""
    previous = tokens[subject.start - 1] if subject.start > 0 else ""
    leading = tokens[subject.start - 2] if subject.start > 1 and previous in {"only", "even", "just", "not"} else previous
    if leading in _ASIDES:
        return Standing.ASIDE
    if tokens[subject.start] in {"who", "which", "that"}:
        return Standing.RELATIVE
    if leading in {"that", "which", "whom"}:
        return Standing.SUBORDINATE
    if leading not in _SUBORDINATES:
        return Standing.MAIN
    before = tokens[subject.start - 2] if subject.start > 1 else ""
    return Standing.LEADING if before in _OPENINGS else Standing.SUBORDINATE


# Before a word that opens a sentence, or a part of one.
_OPENINGS = frozenset({"", "and", "but", ";", ":", "so"})
