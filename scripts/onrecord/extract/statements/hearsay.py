"""Somebody whom somebody else quotes: the Gazette quoted Flora Bell as saying that ..."""

from onrecord.extract.statements.cues import Cue
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, words_of
from onrecord.extract.statements.source import subject_before
from onrecord.extract.statements.subjects import Subject

# Who is quoted is named in fewer words, with an apposition.
_REACH = 25


def quoted_subject(frame: Frame, cue: Cue) -> Subject | None:
    """Who speaks where "as" and a participle follow those who are quoted; None where nobody is quoted so.

    Args:
        frame: the sentence.
        cue: the participle.
    """
    tokens, last = frame.words, cue.start - 1
    if cue.form.tense != "ing" or last < 2 or tokens[last] != "as":
        return None
    for at in range(last - 1, max(0, last - _REACH), -1):
        if tokens[at] in {QUOTE, ";", ":", DASH}:
            return None
        if tokens[at] in words_of("citing"):
            return _quoted(frame, at, last)
    return None


def _quoted(frame: Frame, verb: int, last: int) -> Subject | None:
    """The object of a verb of quoting, up to "as"; in the passive, its subject ("Bell was quoted by the Gazette as saying")."""
    tokens = frame.words
    if tokens[verb - 1] in words_of("be"):
        return subject_before(frame, verb, 0) if tokens[verb + 1] == "by" else None
    end = last - (tokens[last - 1] == ",")
    return Subject(verb + 1, end) if end > verb + 1 else None


def quotes_another(frame: Frame, cue: Cue) -> bool:
    """Whether a verb only brings in whom it quotes ("cited an aide as saying that")."""
    tokens = frame.words
    if tokens[cue.start] not in words_of("citing"):
        return False
    near = range(cue.end, min(cue.end + _REACH, len(tokens) - 1))
    return any(tokens[at] == "as" and tokens[at + 1] in words_of("saying") for at in near)
