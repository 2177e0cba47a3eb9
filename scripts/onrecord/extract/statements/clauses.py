"""Reporting clauses: who says what within one frame."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements import content as reported
from onrecord.extract.statements import following
from onrecord.extract.statements import source as naming
from onrecord.extract.statements.clause import (
    Clause,
    past_words,
    progressive,
    quoted_end,
    resumed_at,
    rule_of,
    run_start,
    said_end,
    sayable,
)
from onrecord.extract.statements.cues import Cue, find_cues, skip_back
from onrecord.extract.statements.forms import Form
from onrecord.extract.statements.frames import QUOTE, Frame, words_of
from onrecord.extract.statements.labels import headline, signed
from onrecord.extract.statements.objects import according_clause, noun_clause, object_clause
from onrecord.extract.statements.source import Subject

# A verb form with no class: what follows an inverted subject has no addressee.
_BARE = Form("past", frozenset())


def find_clauses(frame: Frame) -> list[Clause]:
    """The reporting clauses of a frame, in the order of their cues; none lies within what another one reports.

    A clause whose words stand outside the frame has no runs; `wants` says where they are: "before" or "after".
    """
    if len(frame.words) > _LONGEST:
        return []
    signature = signed(frame)
    if signature is not None:
        return [Clause((1, 2), signature, [(0, 1)], "statement.signed", None, len(frame.words))]
    cues = find_cues(frame)
    last = next((n for n in range(len(cues) - 1, -1, -1) if _closes(frame, cues[n])), -1)
    found: list[Clause] = []
    floor = 0
    for number, cue in enumerate(cues):
        if cue.start < floor:
            continue
        clause = _read(frame, cue, cues[number + 1 :], floor, found)
        if clause is None or (number < last and not _stands_before_quote(clause)):
            continue
        found.append(clause)
        floor = max(floor, cue.end, clause.clause_end, *(end for _, end in clause.runs))
    return found


def headline_clause(frame: Frame) -> Clause | None:
    """What a headline with a name and a colon reports."""
    found = headline(frame)
    if found is None:
        return None
    subject, colon = found
    end = reported.trim_end(frame.words, colon + 1, len(frame.words))
    return (
        Clause((colon, colon + 1), subject, [(colon + 1, end)], "statement.headline", None, colon) if end > colon + 1 else None
    )


def _closes(frame: Frame, cue: Cue) -> bool:
    """Whether a clause like ", she said." ends the frame: then it reports all of it."""
    if "say" not in cue.form.classes or cue.form.tense not in {"past", "s", "base"} or cue.start < len(frame.words) - _TAIL:
        return False
    subject = naming.before(frame, cue.start, 0)
    if subject is not None:
        comma = subject.start - 1
        if comma < 1 or frame.words[comma] != "," or frame.words[comma - 1] == QUOTE:
            return False
        after = following.what_follows(frame, cue)
        return after.how == "end" or _parenthetical(frame, subject, after)
    return cue.start > 1 and frame.words[cue.start - 1] == "," and naming.after(frame, cue.end) is not None


# No sentence has more words (a quotation counts as one); a text that does is read for quotations alone.
_LONGEST = 1000


# A reporting clause at the end of a sentence is no longer than this.
_TAIL = 40


def _stands_before_quote(clause: Clause) -> bool:
    return clause.rule == "statement.quote_before" and bool(clause.runs)


def _read(frame: Frame, cue: Cue, later: list[Cue], floor: int, found: list[Clause]) -> Clause | None:
    if cue.form.tense == "according":
        return according_clause(frame, cue, later, floor)
    if cue.form.tense == "noun":
        return noun_clause(frame, cue, later, floor)
    after = following.what_follows(frame, cue)
    loose = cue.form.tense == "ing" and not progressive(frame, cue)
    # "Bell, who called it a shame, said ...": the subject stands before the relative clause.
    reach = 0 if found and _is_relative(frame, found[-1]) and frame.words[cue.start - 1] == "," else floor
    subject = None if loose and not _footage(frame, cue, after) else naming.before(frame, cue.start, reach)
    if subject is not None:
        return _with_subject(frame, cue, later, floor, after, subject)
    inverted = _inverted(frame, cue, floor)
    if inverted is not None:
        return inverted
    return _continued(frame, cue, later, after, found)


def _is_relative(frame: Frame, clause: Clause) -> bool:
    return clause.source is not None and frame.words[clause.source.start] in {"who", "which"}


def _footage(frame: Frame, cue: Cue, after: following.After) -> bool:
    """Whether a participle reports by itself, a quotation behind it and somebody before it ("a clip of her saying")."""
    before = frame.words[cue.start - 1] if cue.start else ","
    return after.how == "quote" and (
        before[0].isalnum() and before not in words("prepositions") and before not in words("conjunctions")
    )


def _with_subject(
    frame: Frame, cue: Cue, later: list[Cue], floor: int, after: following.After, subject: Subject
) -> Clause | None:
    tokens = frame.words
    previous = tokens[subject.start - 1] if subject.start > 0 else ""
    leading = tokens[subject.start - 2] if subject.start > 1 and previous in {"only", "even", "just", "not"} else previous
    before_end = subject.start - 1 if previous == "," else subject.start
    verbal = cue.form.classes & {"say", "ask", "tell"}
    if verbal and _parenthetical(frame, subject, after) and before_end - floor > 1 and tokens[before_end - 1] != QUOTE:
        return _around(frame, cue, floor, after, subject, before_end)
    quoted_before = before_end > floor and tokens[before_end - 1] == QUOTE
    if quoted_before and not verbal and frame.text[frame.quotes[before_end - 1].inner_end - 1] in ",?!":
        verbal = cue.form.classes
    if quoted_before and verbal:
        runs = [(run_start(frame, floor, before_end), before_end)]
        resumed = resumed_at(frame, after, later)
        if resumed is not None:
            runs.append((resumed, quoted_end(frame, resumed)))
        return Clause((cue.start, cue.end), subject, runs, "statement.quote_before", after.addressee, past_words(runs, after))
    if sayable(frame, cue, after) and after.content is not None:
        end = said_end(frame, after, later, leading in _SUBORDINATES or tokens[subject.start] in {"who", "which"})
        rule = rule_of(cue, after)
        return Clause((cue.start, cue.end), subject, [(after.content, end)], rule, after.addressee, after.content)
    if "object" in cue.form.classes and after.how in {"bare", "question"}:
        return object_clause(frame, cue, later, subject, previous in _SUBORDINATES or tokens[subject.start] in {"who", "which"})
    if verbal and previous == "," and before_end - floor > 1 and after.content is None:
        return _clause_before(frame, cue, later, floor, after, subject, before_end)
    if verbal and previous == "as" and after.how in {"comma", "end"}:
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


def _parenthetical(frame: Frame, subject: Subject, after: following.After) -> bool:
    """Whether a clause stands between commas before a quotation that ends a sentence: If it rains, she said, "..."."""
    at = after.content
    if at is None or after.how != "quote" or frame.words[at - 1] != "," or frame.words[subject.start - 1] != ",":
        return False
    return frame.text[frame.quotes[at].inner_start].islower() and frame.words[0] not in words("prepositions")


def _around(frame: Frame, cue: Cue, floor: int, after: following.After, subject: Subject, before_end: int) -> Clause:
    assert after.content is not None
    runs = [(run_start(frame, floor, before_end), before_end), (after.content, quoted_end(frame, after.content))]
    return Clause((cue.start, cue.end), subject, runs, "statement.clause_before", after.addressee, runs[-1][1])


def _as_said(frame: Frame, cue: Cue, later: list[Cue], floor: int, after: following.After, subject: Subject) -> Clause | None:
    """A parenthesis with "as": it reports what follows where it opens the sentence, else what it stands behind."""
    tokens, opening = frame.words, subject.start - 1
    at = after.clause_end
    if opening <= floor + 1 and opening <= 1:
        if after.how != "comma":
            return None
        end = reported.content_end(frame, at + 1, later)
        runs = [(at + 1, end)] if end > at + 1 else []
    else:
        end = opening - 1 if tokens[opening - 1] == "," else opening
        start = run_start(frame, floor, end)
        runs = [(start, end)] if start < end else []
        if runs and after.how == "comma" and at + 1 < len(tokens):
            runs.append((at + 1, reported.content_end(frame, at + 1, later)))
    return Clause((cue.start, cue.end), subject, runs, "statement.as_said", None, at) if runs else None


_SUBORDINATES = frozenset({"what", "while", "although", "though", "when", "after", "as", "if", "because", "since", "before"})


def _clause_before(
    frame: Frame, cue: Cue, later: list[Cue], floor: int, after: following.After, subject: Subject, before_end: int
) -> Clause | None:
    """A reported clause with its source inside or behind it: "..., she said" and "..., she said, ..."."""
    start = run_start(frame, floor, before_end)
    runs = [(start, before_end)]
    tokens = frame.words
    at = after.clause_end
    if after.how == "comma" and at + 1 < len(tokens) and not tokens[at + 1].endswith("ing"):
        end = reported.content_end(frame, at + 1, later)
        if end > at + 1:
            runs.append((at + 1, end))
    if start >= before_end:
        return None
    return Clause((cue.start, cue.end), subject, runs, "statement.clause_before", after.addressee, past_words(runs, after))


def _inverted(frame: Frame, cue: Cue, floor: int) -> Clause | None:
    """Said Flora Bell: the verb before its subject, after a quotation, a comma or at the start of the frame."""
    if "say" not in cue.form.classes or cue.form.tense not in {"past", "s"}:
        return None
    tokens = frame.words
    end = skip_back(frame, cue.start)
    previous = tokens[end - 1] if end > 0 else ""
    if previous not in {QUOTE, ",", ""}:
        return None
    before_end = end - 1 if previous == "," else end
    subject = naming.after(frame, cue.end)
    if subject is None or before_end < floor:
        return None
    runs: list[tuple[int, int]] = []
    if before_end > floor:
        runs.append((run_start(frame, floor, before_end), before_end))
    at = subject.end
    ahead = following.what_follows(frame, Cue(cue.start, at, _BARE))
    if ahead.content is not None and ahead.how == "quote":
        runs.append((ahead.content, quoted_end(frame, ahead.content)))
    rule = "statement.quote_before" if before_end > floor and tokens[before_end - 1] == QUOTE else "statement.clause_before"
    wants = "" if runs else ("after" if ahead.how == "colon" else "before")
    return Clause((cue.start, cue.end), subject, runs, rule, None, max(at, runs[-1][1] if runs else 0), wants)


def _continued(frame: Frame, cue: Cue, later: list[Cue], after: following.After, found: list[Clause]) -> Clause | None:
    """A participle or a co-ordinated verb, whose source is that of the clause before or the subject of the sentence."""
    tokens = frame.words
    at = skip_back(frame, cue.start)
    previous = tokens[at - 1] if at > 0 else ""
    joined = previous in {",", "and", "but", "by", "while", "or", QUOTE, "–", "—"}
    if cue.form.tense == "base" or not (joined or (cue.form.tense == "ing" and after.how in {"that", "quote"})):
        return None
    source = found[-1].source if found else subject_of(frame, at)
    if source is None:
        return None
    if sayable(frame, cue, after) and after.content is not None:
        end = said_end(frame, after, later)
        rule = "statement.participle" if cue.form.tense == "ing" else rule_of(cue, after)
        return Clause((cue.start, cue.end), source, [(after.content, end)], rule, after.addressee, after.content)
    if after.how == "colon" and cue.form.classes & {"say", "ask", "tell"}:
        return Clause((cue.start, cue.end), source, [], "statement.colon", after.addressee, after.clause_end, "after")
    if "object" in cue.form.classes and after.how in {"bare", "question"}:
        return object_clause(frame, cue, later, source)
    return None


def subject_of(frame: Frame, end: int) -> Subject | None:
    """The subject of the sentence, read from its start: the first noun group up to its verb."""
    tokens = frame.words
    start = naming.first_subject(frame, 0, end)
    if start is None:
        return None
    if tokens[start] in words("pronouns"):
        return Subject(start, start + 1)
    at, upper = start, frame.caps[start] and tokens[start] not in words("determiners")
    while at < end:
        word = tokens[at]
        if (
            word in words("auxiliaries")
            or word in {",", QUOTE, ":", ";", "—", "–", "(", "who", "that", "which"}
            or word in words_of("adverbs")
        ):
            break
        if at > start and upper and not frame.caps[at] and word not in {"of", "for", "the", "and", "."}:
            break
        if at > start and not upper and word.endswith("ed"):
            break
        at += 1
        if at - start > 12:
            return None
    return Subject(start, at) if at > start else None
