"""A reporting participle that opens a sentence: (After) calling it "daft," Bell left. Saying it leaked, Bell left."""

from onrecord.extract.statements.cues import Cue
from onrecord.extract.statements.frames import QUOTE, Frame, words_of
from onrecord.extract.statements.lead import REACH, After
from onrecord.extract.statements.runs import Clause
from onrecord.extract.statements.subjects import Subject, subject_of
from onrecord.extract.statements.verbs import verb_at


def opening_clause(frame: Frame, cue: Cue, after: After) -> Clause | None:
    """What a participle before the subject reports: up to the comma, behind or inside a quotation, that the subject follows.

    Args:
        frame: the sentence.
        cue: a participle at its start, or behind one word like "after".
        after: what follows it.

    Returns:
        The clause, or None where nothing is reported or no subject follows.
    """
    tokens = frame.words
    if cue.start == 0 and after.content is not None and _clausal(frame, cue, after):
        return _clause(frame, cue, after, after.content)
    start = cue.end if after.content is None else after.content
    for at in range(start, min(start + REACH, len(tokens) - 1)):
        quoted = tokens[at] == QUOTE and frame.last_mark(at) == ","
        if tokens[at] != "," and not quoted:
            continue
        end = at + 1 if quoted else at
        source = subject_of(frame, len(tokens), at + 1)
        if source is None or source.start != at + 1 or QUOTE not in tokens[start:end] or not _has_verb_behind(frame, source):
            return None
        return Clause((cue.start, cue.end), source, [(start, end)], "statement.participle", after.addressee, at + 1)
    return None


def _clausal(frame: Frame, cue: Cue, after: After) -> bool:
    """Whether a whole clause follows ("Saying the bridge was unsafe, ...", "Arguing that it leaked, ...")."""
    return after.how == "that" or (
        after.how == "bare" and "bare" in cue.form.classes and QUOTE not in frame.words[: cue.end + 1]
    )


def _clause(frame: Frame, cue: Cue, after: After, start: int) -> Clause | None:
    """What is reported up to the comma behind a verb that a subject and its verb follow."""
    tokens = frame.words
    for at in range(start + 2, min(start + _LONGEST, len(tokens) - 1)):
        if tokens[at] != "," or verb_at(frame, start, at) is None:
            continue
        source = subject_of(frame, len(tokens), at + 1)
        if source is not None and source.start == at + 1 and _has_verb_behind(frame, source):
            return Clause((cue.start, cue.end), source, [(start, at)], "statement.participle", after.addressee, at + 1)
    return None


# A clause that opens a sentence has no more words.
_LONGEST = 30


def _has_verb_behind(frame: Frame, source: Subject) -> bool:
    """Whether a subject ends before its sentence does; a long one without a name has its verb inside."""
    short = frame.caps[source.start] or source.end - source.start <= _GROUP
    return short and source.end < len(frame.words) and frame.words[source.end] != "." and frame.words[source.end - 1] != "."


# A noun group without a name has no more words.
_GROUP = 3


def opens(frame: Frame, cue: Cue) -> bool:
    """Whether a participle opens its sentence, alone or behind a preposition."""
    return cue.form.tense == "ing" and (cue.start == 0 or (cue.start == 1 and frame.words[0] in words_of("openers")))
