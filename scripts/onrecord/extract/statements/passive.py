"""Passive reporting, whose source stands behind "by": rejected as "unworkable" by officers, told by the manager that ..."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.cues import Cue
from onrecord.extract.statements.extent import Standing, content_end
from onrecord.extract.statements.forms import Form, forms
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, words_of
from onrecord.extract.statements.inversion import before_report, subject_after
from onrecord.extract.statements.runs import Clause
from onrecord.extract.statements.source import subject_before
from onrecord.extract.statements.subjects import SUBJECTS, Subject
from onrecord.extract.statements.timing import is_date
from onrecord.extract.statements.voice import can_speak

# How far behind a verb "by" stands where what is said comes first ("described as "a slow and costly mess" by").
_FAR = 10
_TELLS = frozenset({"that", "whether", "if", "to"})


def passive_clauses(frame: Frame, cues: list[Cue], found: list[Clause]) -> list[Clause]:
    """The clauses of a frame in the passive that say by whom, outside of what others report.

    Args:
        frame: the sentence.
        cues: its reporting words in the active, in order.
        found: its clauses in the active, in order.
    """
    tokens, table = frame.words, forms()
    made: list[Clause] = []
    if not found and "as" in tokens and (known := as_reported(frame, cues)) is not None:
        return [known]
    if "by" not in tokens:
        return made
    taken = [run for clause in found for run in [*clause.runs, clause.cue]]
    for at in range(1, len(tokens) - 2):
        if tokens[at] not in table or frame.caps[at]:
            continue
        form = next((form for form in table[tokens[at]] if form.tense == "past" and not form.rest), None)
        if form is None or tokens[_verb(frame, at) - 1] not in words_of("be"):
            continue
        later = [cue for cue in cues if cue.start > at]
        clause = _passive(frame, Cue(at, at + 1, form), later, made[-1].clause_end if made else 0)
        if clause is not None and not _overlaps(clause, taken):
            made.append(clause)
    return made


def as_reported(frame: Frame, cues: list[Cue]) -> Clause | None:
    """What "as" and a participle say somebody or a paper has made known: "As reported by the Gazette, the lock is shut"."""
    tokens = frame.words
    for at in range(len(tokens) - 4):
        if tokens[at] != "as" or (at > 0 and tokens[at - 1] != ",") or tokens[at + 2] not in {"by", "in"}:
            continue
        form = next((form for form in forms().get(tokens[at + 1], ()) if form.tense == "past" and not form.rest), None)
        if form is None or not form.classes & {"say", "show"} or is_date(tokens, at + 3):
            continue
        close = next((n for n in range(at + 3, len(tokens)) if tokens[n] in {",", QUOTE, ";", ":", DASH}), len(tokens))
        source = Subject(at + 3, close - (close == len(tokens) and tokens[-1] == "."))
        written = tokens[at + 2] == "by" or not words_of("papers").isdisjoint(tokens[source.start : source.end])
        if source.end <= source.start or not written or not can_speak(frame, source, Cue(close, close, form)):
            return None
        run = (0, at - 1) if at else (close + 1, content_end(frame, close + 1, cues) if close + 1 < len(tokens) else 0)
        return Clause((at + 1, at + 2), source, [run], "statement.as_said", None, close) if run[0] < run[1] else None
    return None


def _verb(frame: Frame, at: int) -> int:
    """The first token of a participle with the adverbs before it ("was widely criticised")."""
    while at > 1 and (frame.words[at - 1] in words_of("adverbs") or frame.adverb(at - 1)):
        at -= 1
    return at


def _overlaps(clause: Clause, taken: list[tuple[int, int]]) -> bool:
    ends = [*clause.runs, clause.cue, *([clause.addressee] if clause.addressee else [])]
    return any(start < stop and first < end for start, end in ends for first, stop in taken)


def _passive(frame: Frame, cue: Cue, later: list[Cue], floor: int) -> Clause | None:
    subject = subject_before(frame, cue.start, floor)
    by = _by(frame, cue)
    if subject is None or by is None or _negated(frame, subject.end, cue.start):
        return None
    source = _agent(frame, by, cue.form, later)
    if source is None or not can_speak(frame, source, Cue(source.end, source.end, cue.form)):
        return None
    if "tell" in cue.form.classes and frame.words[source.end : source.end + 1] and frame.words[source.end] in _TELLS:
        return _told(frame, cue, later, subject, source)
    return _said_of(frame, cue, later, subject, by, source)


def _negated(frame: Frame, start: int, end: int) -> bool:
    modals = words_of("modals") | words_of("negations")
    return any(frame.words[at] in modals for at in range(start, end))


def _by(frame: Frame, cue: Cue) -> int | None:
    """Where "by" stands: behind the verb and when it was said, or behind what is said with "as" or in quotation marks."""
    tokens, at = frame.words, cue.end
    at += is_date(tokens, at)
    while at < len(tokens) and frame.adverb(at):
        at += 1
    if tokens[at : at + 1] == ["by"]:
        return at
    if tokens[at : at + 1] not in (["as"], [QUOTE]) or tokens[cue.start] not in words_of("passives"):
        return None
    stop = min(at + _FAR, len(tokens) - 1)
    return next((n for n in range(at + 1, stop) if tokens[n] == "by" and tokens[n - 1] == QUOTE), None)


def _agent(frame: Frame, by: int, form: Form, later: list[Cue]) -> Subject | None:
    """Who is named behind "by": up to what they say of whom ("by the mayor of hiding it", "by residents for being slow")."""
    tokens, first = frame.words, by + 1
    if tokens[first].endswith("ing") or tokens[first] in words_of("media") or is_date(tokens, first):
        return None
    agent = subject_after(frame, first)
    if agent is not None and tokens[by - 1] == QUOTE and "," in tokens[first : agent.end]:
        # "a man described as "a menace" by police, sent ..."
        agent = Subject(first, tokens.index(",", first))
    if agent is None or not (frame.caps[first] or tokens[first] in words("determiners") | SUBJECTS or _plural(tokens, agent)):
        return None
    for at in range(first + 1, agent.end):
        gerund = tokens[at + 1 : at + 2] and tokens[at + 1].endswith("ing") and len(tokens[at + 1]) > 5
        if (tokens[at] in {"of", "for", "over"} and gerund) or (tokens[at] == "for" and "tell" not in form.classes):
            return Subject(first, at)
    return before_report(frame, agent, later)


def _plural(tokens: list[str], agent: Subject) -> bool:
    return any(tokens[at].endswith("s") for at in range(agent.start, min(agent.end, agent.start + 3)))


def _told(frame: Frame, cue: Cue, later: list[Cue], subject: Subject, source: Subject) -> Clause | None:
    """Somebody is told something by somebody: the one told is the subject."""
    start = source.end + (frame.words[source.end] == "that")
    end = content_end(frame, start, later)
    if end <= start + 1:
        return None
    return Clause((cue.start, cue.end), source, [(start, end)], "statement.passive", (subject.start, subject.end), start)


def _said_of(frame: Frame, cue: Cue, later: list[Cue], subject: Subject, by: int, source: Subject) -> Clause | None:
    """Something is called something by somebody: the subject, where it is more than a pronoun, and what is said of it."""
    tokens = frame.words
    relative = tokens[subject.start] in words_of("relatives")
    if tokens[cue.start] not in words_of("passives") or (relative and tokens[cue.start] in words_of("calling")):
        # "files that are called "mods" by the engine"
        return None
    before = by > cue.end and QUOTE in tokens[cue.end : by]
    start = cue.end if before else source.end
    standing = Standing.RELATIVE if relative else Standing.MAIN
    end = by if before else min(start, len(tokens))
    if end == start < len(tokens):
        end = content_end(frame, start, later, loose=True, standing=standing)
    start += start < end and tokens[start] == "as"
    opens = tokens[start - 1] == "as" or tokens[start : start + 1] == [QUOTE] or tokens[start : start + 1] in (["of"], ["for"])
    named = tokens[subject.start] not in words("pronouns") | words_of("voiceless") and not relative
    about = [(subject.start, subject.end)] if named else []
    said = [(start, end)] if opens and start < end else []
    if not said and not (about and "strong" in cue.form.classes):
        return None
    return Clause((cue.start, cue.end), source, about + said, "statement.passive", None, max(end, source.end))
