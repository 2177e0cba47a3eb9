"""Reporting clauses: who says what within one frame."""

from dataclasses import dataclass, field

from onrecord.extract.lexicon import words
from onrecord.extract.statements import content as reported
from onrecord.extract.statements import source as naming
from onrecord.extract.statements.cues import Cue, Form, find_cues, words_of
from onrecord.extract.statements.frames import QUOTE, Frame
from onrecord.extract.statements.source import Subject


@dataclass(slots=True)
class Clause:
    """One act of reporting in a frame, in tokens: its cue, its source, and the runs of reported words, in order."""

    cue: tuple[int, int]
    source: Subject | None
    runs: list[tuple[int, int]]
    rule: str
    addressee: tuple[int, int] | None = None
    clause_end: int = 0
    wants: str = ""
    frame: Frame | None = field(default=None, repr=False)


# A verb form with no class: what follows an inverted subject has no addressee.
_BARE = Form("past", frozenset())


def find_clauses(frame: Frame, text: str) -> list[Clause]:
    """The reporting clauses of a frame, in the order of their cues.

    A clause whose words stand outside the frame has no runs; `wants` says where they are: "before" or "after".
    """
    cues = find_cues(frame)
    found: list[Clause] = []
    floor = 0
    for number, cue in enumerate(cues):
        clause = _read(frame, text, cue, cues[number + 1 :], floor, found)
        if clause is None:
            continue
        found.append(clause)
        floor = max(floor, cue.end, clause.clause_end)
    return found


def _read(frame: Frame, text: str, cue: Cue, later: list[Cue], floor: int, found: list[Clause]) -> Clause | None:
    if cue.form.tense == "according":
        return _according(frame, text, cue, later, floor)
    after = reported.what_follows(frame, text, cue)
    subject = None if cue.form.tense == "ing" and not _progressive(frame, cue) else naming.before(frame, text, cue.start, floor)
    if subject is not None:
        return _with_subject(frame, text, cue, later, floor, after, subject)
    inverted = _inverted(frame, text, cue, floor)
    if inverted is not None:
        return inverted
    return _continued(frame, text, cue, later, after, found)


def _progressive(frame: Frame, cue: Cue) -> bool:
    at = cue.start - 1
    tokens = frame.words
    while at >= 0 and (tokens[at] in words_of("adverbs") or tokens[at].endswith("ly")):
        at -= 1
    return at >= 0 and tokens[at] in {"is", "are", "was", "were", "been", "am"}


def _sayable(frame: Frame, cue: Cue, after: reported.After) -> bool:
    """Whether what follows is something this verb reports."""
    if after.content is None:
        return False
    classes, how = cue.form.classes, after.how
    if how in {"quote", "that", "colon"}:
        return True
    if "ask" in classes and how == "question":
        return True
    if "say" in classes or "tell" in classes:
        tokens = frame.words
        rest = [t for t in tokens[after.content : after.content + 3] if t not in {".", ","}]
        if len(rest) == 1 and rest[0] in words_of("nothings"):
            return False
        return _clausal(tokens, after.content)
    return "show" in classes and how in {"that", "question"}


def _clausal(tokens: list[str], start: int) -> bool:
    """Whether a clause with a verb of its own begins at token `start`, as far as its first words tell."""
    helpers = words("auxiliaries")
    for word in tokens[start : start + 30]:
        if word in helpers or word.endswith(("'s", "’s", "'re", "’re", "'ll", "’ll", "'d", "’d", "'ve", "’ve", "n't", "n’t")) or (word.endswith("ed") and len(word) > 3):
            return True
    return False


def _with_subject(
    frame: Frame, text: str, cue: Cue, later: list[Cue], floor: int, after: reported.After, subject: Subject
) -> Clause | None:
    tokens = frame.words
    previous = tokens[subject.start - 1] if subject.start > 0 else ""
    before_end = subject.start - 1 if previous == "," else subject.start
    verbal = cue.form.classes & {"say", "ask", "tell"}
    quoted_before = before_end > floor and tokens[before_end - 1] == QUOTE
    if quoted_before and verbal:
        runs = [(_run_start(frame, floor, before_end), before_end)]
        if after.content is not None and after.how in {"quote", "colon"}:
            runs.append((after.content, _quoted_end(frame, after.content, later)))
        return Clause((cue.start, cue.end), subject, runs, "statement.quote_before", after.addressee, _past(runs, after))
    if _sayable(frame, cue, after) and after.content is not None:
        end = reported.content_end(frame, after.content, later)
        rule = _rule(cue, after)
        return Clause((cue.start, cue.end), subject, [(after.content, end)], rule, after.addressee, after.content)
    if "object" in cue.form.classes and after.how in {"bare", "question"}:
        return _object(frame, cue, later, subject)
    if verbal and previous == "," and before_end - floor > 1 and after.content is None:
        return _clause_before(frame, cue, later, floor, after, subject, before_end)
    if verbal and previous == "as" and after.how in {"comma", "end"}:
        return None
    if verbal and after.content is None:
        wants = "after" if after.how == "colon" else "before"
        return Clause((cue.start, cue.end), subject, [], "statement.colon" if wants == "after" else "statement.quote_before", after.addressee, after.clause_end, wants)
    return None


def _past(runs: list[tuple[int, int]], after: reported.After) -> int:
    return max(after.clause_end, runs[-1][1] if len(runs) > 1 else 0)


def _quoted_end(frame: Frame, start: int, later: list[Cue]) -> int:
    """The end of what follows a resumed quotation: the quotation, and its sentence where it is woven into one."""
    end = reported.content_end(frame, start, later)
    if frame.words[start] == QUOTE and end > start + 1:
        following = frame.words[start + 1]
        if following in {",", "—", "–", ";"}:
            return start + 1
    return end


def _run_start(frame: Frame, floor: int, end: int) -> int:
    """Where a reported sentence starts that ends at token `end`: a quotation alone, or all of the clause around it."""
    tokens, start = frame.words, floor
    for position in range(end - 1, floor - 1, -1):
        if tokens[position] in {";", ":"}:
            start = position + 1
            break
    while start < end and tokens[start] in {",", "and", "but", "."}:
        start += 1
    return start


def _rule(cue: Cue, after: reported.After) -> str:
    if after.how == "colon":
        return "statement.colon"
    if after.how == "quote":
        return "statement.quote_after"
    if after.how == "question" and "ask" in cue.form.classes:
        return "statement.asked"
    return "statement.told" if after.addressee else "statement.clause"


def _object(frame: Frame, cue: Cue, later: list[Cue], subject: Subject | None) -> Clause | None:
    tokens = frame.words
    start = cue.end
    if start >= len(tokens) or tokens[start] in {".", ",", ";", ":", "—", "–", ")", "and", "or", "but"} or naming.is_date(tokens, start):
        return None
    end = reported.content_end(frame, start, later)
    if end <= start:
        return None
    return Clause((cue.start, cue.end), subject, [(start, end)], "statement.object", None, start)


def _clause_before(
    frame: Frame, cue: Cue, later: list[Cue], floor: int, after: reported.After, subject: Subject, before_end: int
) -> Clause | None:
    """A reported clause with its source inside or behind it: "..., she said" and "..., she said, ..."."""
    start = _run_start(frame, floor, before_end)
    runs = [(start, before_end)]
    tokens = frame.words
    at = after.clause_end
    if after.how == "comma" and at + 1 < len(tokens) and not tokens[at + 1].endswith("ing"):
        end = reported.content_end(frame, at + 1, later)
        if end > at + 1:
            runs.append((at + 1, end))
    if start >= before_end:
        return None
    return Clause((cue.start, cue.end), subject, runs, "statement.clause_before", after.addressee, _past(runs, after))


def _inverted(frame: Frame, text: str, cue: Cue, floor: int) -> Clause | None:
    """Said Flora Bell: the verb before its subject, after a quotation, a comma or at the start of the frame."""
    if "say" not in cue.form.classes or cue.form.tense not in {"past", "s"}:
        return None
    tokens = frame.words
    end = naming.skip_back(tokens, cue.start)
    previous = tokens[end - 1] if end > 0 else ""
    if previous not in {QUOTE, ",", ""}:
        return None
    before_end = end - 1 if previous == "," else end
    subject = naming.after(frame, text, cue.end)
    if subject is None or before_end < floor:
        return None
    runs: list[tuple[int, int]] = []
    if before_end > floor:
        runs.append((_run_start(frame, floor, before_end), before_end))
    at = subject.end
    following = reported.what_follows(frame, text, Cue(cue.start, at, _BARE))
    if following.content is not None and following.how == "quote":
        runs.append((following.content, _quoted_end(frame, following.content, [])))
    rule = "statement.quote_before" if before_end > floor and tokens[before_end - 1] == QUOTE else "statement.clause_before"
    wants = "" if runs else ("after" if following.how == "colon" else "before")
    return Clause((cue.start, cue.end), subject, runs, rule, None, max(at, runs[-1][1] if runs else 0), wants)


def _continued(frame: Frame, text: str, cue: Cue, later: list[Cue], after: reported.After, found: list[Clause]) -> Clause | None:
    """A participle or a co-ordinated verb, whose source is that of the clause before or the subject of the sentence."""
    tokens = frame.words
    at = naming.skip_back(tokens, cue.start)
    previous = tokens[at - 1] if at > 0 else ""
    if cue.form.tense == "base" or previous not in {",", "and", "but", "by", "while", "or", QUOTE, "–", "—"}:
        return None
    source = found[-1].source if found else subject_of(frame, text, at)
    if source is None:
        return None
    if _sayable(frame, cue, after) and after.content is not None:
        end = reported.content_end(frame, after.content, later)
        rule = "statement.participle" if cue.form.tense == "ing" else _rule(cue, after)
        return Clause((cue.start, cue.end), source, [(after.content, end)], rule, after.addressee, after.content)
    if after.how == "colon" and cue.form.classes & {"say", "ask", "tell"}:
        return Clause((cue.start, cue.end), source, [], "statement.colon", after.addressee, after.clause_end, "after")
    if "object" in cue.form.classes and after.how in {"bare", "question"}:
        return _object(frame, cue, later, source)
    return None


def subject_of(frame: Frame, text: str, end: int) -> Subject | None:
    """The subject of the sentence, read from its start: the first noun group up to its verb."""
    tokens = frame.words
    start = naming.first_subject(frame, text, 0, end)
    if start is None:
        return None
    if tokens[start] in words("pronouns"):
        return Subject(start, start + 1)
    at, upper = start, frame.raw(text, start)[:1].isupper() and tokens[start] not in words("determiners")
    while at < end:
        word = tokens[at]
        if word in words("auxiliaries") or word in {",", QUOTE, ":", ";", "—", "–", "(", "who", "that", "which"} or word in words_of("adverbs"):
            break
        if at > start and upper and not frame.raw(text, at)[:1].isupper() and word not in {"of", "for", "the", "and", "."}:
            break
        if at > start and not upper and word.endswith("ed"):
            break
        at += 1
        if at - start > 12:
            return None
    return Subject(start, at) if at > start else None


def _according(frame: Frame, text: str, cue: Cue, later: list[Cue], floor: int) -> Clause | None:
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
        if content_at >= count or content_at == end and tokens[end] != QUOTE:
            return None
        stop = reported.content_end(frame, content_at, later)
        return Clause((cue.start, cue.end), source, [(content_at, stop)], "statement.according_to", None, content_at)
    before_end = cue.start - 1 if tokens[cue.start - 1] == "," else cue.start
    begin = _run_start(frame, floor, before_end)
    runs = [(begin, before_end)] if begin < before_end else []
    stop_source = end
    if end < count and tokens[end] == ",":
        extended = naming.apposition_end(frame, text, end)
        if extended is not None:
            stop_source = reported.trim_end(tokens, start, extended)
            end = extended
        elif end + 1 < count and not tokens[end + 1].endswith("ing") and tokens[cue.start - 1] == ",":
            stop = reported.content_end(frame, end + 1, later)
            if stop > end + 1:
                runs.append((end + 1, stop))
    if stop_source <= start or not runs:
        return None
    return Clause((cue.start, cue.end), Subject(start, stop_source), runs, "statement.according_to", None, max(end, runs[-1][1]))
