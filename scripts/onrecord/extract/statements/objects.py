"""Reports without a clause of their own: objects (she denied the charge), nouns (her claim that) and according to."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements import content as reported
from onrecord.extract.statements import following
from onrecord.extract.statements.apposition import apposition_end
from onrecord.extract.statements.clause import Clause, progressive, run_start, said_end
from onrecord.extract.statements.cues import Cue
from onrecord.extract.statements.frames import QUOTE, Frame, words_of
from onrecord.extract.statements.source import Subject
from onrecord.extract.statements.when import is_date


def object_clause(
    frame: Frame, cue: Cue, later: list[Cue], subject: Subject | None, subordinate: bool = False
) -> Clause | None:
    tokens = frame.words
    start = cue.end
    if subject is None or not _person_like(frame, subject, cue):
        return None
    if (
        start >= len(tokens)
        or tokens[start] in {".", ",", ";", ":", "—", "–", ")", "and", "or", "but"}
        or is_date(tokens, start)
    ):
        return None
    if not _takes_object(frame, cue, start):
        return None
    end = reported.content_end(frame, start, later, loose=True, subordinate=subordinate)
    if (
        cue.form.tense == "ing"
        and "strong" not in cue.form.classes
        and QUOTE not in tokens[start:end]
        and not progressive(frame, cue)
    ):
        return None
    if end <= start:
        return None
    return Clause((cue.start, cue.end), subject, [(start, end)], "statement.object", None, start)


def _takes_object(frame: Frame, cue: Cue, start: int) -> bool:
    """Whether what follows can be the object of a participle that may be an adjective itself ("pledged delegates")."""
    tokens = frame.words
    if cue.end - cue.start > 1 or tokens[cue.start] not in words_of("adjectives"):
        return True
    word = tokens[start]
    return QUOTE in tokens[start : start + 12] or word in words("determiners") or word in words("pronouns") or frame.caps[start]


def _person_like(frame: Frame, subject: Subject, cue: Cue) -> bool:
    """Whether a subject can speak at all, for verbs that do not show it: a name, a pronoun or a definite noun."""
    tokens = frame.words
    if any(
        tokens[at].endswith("ed") and len(tokens[at]) > 4 and not frame.caps[at] and tokens[at - 1] not in words("determiners")
        for at in range(subject.start + 1, min(subject.start + 8, subject.end))
        if tokens[subject.end - 1] != ")" and "," not in tokens[subject.start : subject.end]
    ):
        return False
    if subject.end - subject.start > 20 or any(
        tokens[at] in words("auxiliaries") for at in range(subject.start, min(subject.start + 6, subject.end))
    ):
        return False
    if subject.start and tokens[subject.start - 1] in {"when", "if", "where", "how", "until", "unless"}:
        return False
    return tokens[subject.start] not in {"a", "an", "it", "this", "that", "there", "what", "which"} or cue.form.tense == "ing"


_POSSESSIVES = frozenset({"his", "her", "their", "its", "my", "our", "your"})


def noun_clause(frame: Frame, cue: Cue, later: list[Cue], floor: int) -> Clause | None:
    """Somebody's claim that ...: the source is the possessor, and the clause ends with its commas."""
    tokens, at = frame.words, cue.start - 1
    while at > floor and cue.start - at < 4 and tokens[at] not in _POSSESSIVES and not tokens[at].endswith(("'s", "s'")):
        at -= 1
    if at < floor or not (tokens[at] in _POSSESSIVES or tokens[at].endswith(("'s", "s'"))):
        return None
    start = at
    while start > floor and frame.caps[at] and (frame.caps[start - 1] or tokens[start - 1] == "."):
        start -= 1
    if start > floor and tokens[start - 1] in words("determiners"):
        start -= 1
    end = reported.content_end(frame, cue.end + 1, later, subordinate=True)
    comma = next((p for p in range(cue.end + 1, end) if tokens[p] == ","), end)
    return Clause((cue.start, cue.end), Subject(start, at + 1), [(cue.end + 1, comma)], "statement.noun", None, cue.end)


def according_clause(frame: Frame, cue: Cue, later: list[Cue], floor: int) -> Clause | None:
    """According to a source: the words before it where it stands last, the words after its comma where it stands first."""
    tokens, count = frame.words, len(frame.words)
    start = cue.end
    if start >= count:
        return None
    end = start
    while end < count and tokens[end] not in {",", QUOTE, ";", ":", "—", "–", "?", "!", ")"}:
        if tokens[end] == "." and end == count - 1:
            break
        end += 1
    first = cue.start <= floor + 1 and cue.start <= 1
    if first:
        content_at = end + 1 if end < count and tokens[end] == "," else end
        source = Subject(start, end)
        if content_at >= count or (content_at == end and tokens[end] != QUOTE):
            return None
        how = "quote" if tokens[content_at] == QUOTE else "bare"
        stop = said_end(frame, following.After(None, content_at, content_at, how), later)
        return Clause((cue.start, cue.end), source, [(content_at, stop)], "statement.according_to", None, content_at)
    before_end = cue.start - 1 if tokens[cue.start - 1] == "," else cue.start
    begin = run_start(frame, floor, before_end)
    runs = [(begin, before_end)] if begin < before_end else []
    stop_source = end
    if end < count and tokens[end] == ",":
        extended = apposition_end(frame, end)
        if extended is not None:
            stop_source = reported.trim_end(tokens, start, extended)
            end = extended
        elif end + 1 < count and not tokens[end + 1].endswith("ing") and tokens[cue.start - 1] == ",":
            stop = reported.content_end(frame, end + 1, later)
            if stop > end + 1:
                runs.append((end + 1, stop))
    if stop_source <= start or not runs:
        return None
    return Clause(
        (cue.start, cue.end), Subject(start, stop_source), runs, "statement.according_to", None, max(end, runs[-1][1])
    )
