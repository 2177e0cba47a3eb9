"""Reporting clauses: who says what within one frame."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.continued import continued_clause
from onrecord.extract.statements.cues import Cue, find_cues, progressive
from onrecord.extract.statements.extent import trim_end
from onrecord.extract.statements.frames import QUOTE, Frame, titled, words_of
from onrecord.extract.statements.hearsay import quoted_subject, quotes_another
from onrecord.extract.statements.infinitives import causative
from onrecord.extract.statements.inset import parenthetical
from onrecord.extract.statements.inversion import inverted_clause, subject_after
from onrecord.extract.statements.labels import DASHES, headline, signed
from onrecord.extract.statements.lead import After, what_follows
from onrecord.extract.statements.opening import opening_clause, opens
from onrecord.extract.statements.passive import passive_clauses
from onrecord.extract.statements.runs import Clause
from onrecord.extract.statements.source import skip_dates_back, subject_before
from onrecord.extract.statements.subjects import Subject, subject_of
from onrecord.extract.statements.verbal import subject_clause
from onrecord.extract.statements.verbless import according_clause, noun_clause, words_clause
from onrecord.extract.statements.verbs import is_past, verb_at
from onrecord.extract.statements.voice import antecedent, can_speak, rumoured


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
    # Of the first nothing depends on it, and most sentences have no second.
    last = next((n for n in range(len(cues) - 1, 0, -1) if _closes(frame, cues[n])), 0)
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
    passives = passive_clauses(frame, cues, found)
    return sorted([*found, *passives], key=lambda clause: clause.cue) if passives else found


def headline_clause(frame: Frame) -> Clause | None:
    """What a headline with a name and a colon reports."""
    found = headline(frame)
    if found is None:
        return None
    subject, colon = found
    end = trim_end(frame.words, colon + 1, len(frame.words))
    return (
        Clause((colon, colon + 1), subject, [(colon + 1, end)], "statement.headline", None, colon) if end > colon + 1 else None
    )


def _closes(frame: Frame, cue: Cue) -> bool:
    """Whether a clause like ", she said." ends the frame: then it reports all of it."""
    if "say" not in cue.form.classes or cue.form.tense not in {"past", "s", "base"} or cue.start < len(frame.words) - _TAIL:
        return False
    if "," not in frame.words[: cue.start]:
        return False
    subject = subject_before(frame, cue.start, 0)
    if subject is not None:
        comma = subject.start - 1
        if comma < 1 or frame.words[comma] != "," or frame.words[comma - 1] == QUOTE:
            return False
        after = what_follows(frame, cue)
        return after.how == "end" or parenthetical(frame, subject, after)
    return cue.start > 1 and frame.words[cue.start - 1] == "," and subject_after(frame, cue.end) is not None


# No sentence has more words (a quotation counts as one); a text that does is read for quotations alone.
_LONGEST = 1000


# A reporting clause at the end of a sentence is no longer than this.
_TAIL = 40


def _stands_before_quote(clause: Clause) -> bool:
    return clause.rule == "statement.quote_before" and bool(clause.runs)


def _read(frame: Frame, cue: Cue, later: list[Cue], floor: int, found: list[Clause]) -> Clause | None:
    clause = _any_kind(frame, cue, later, floor, found)
    if clause is not None and clause.source is not None:
        clause.source = antecedent(frame, clause.source)
    if clause is None or (clause.source is not None and not can_speak(frame, clause.source, cue)):
        return None
    if clause.source is not None and rumoured(frame, clause.source):
        return None
    return None if _only_title(frame, cue, clause) else clause


def _only_title(frame: Frame, cue: Cue, clause: Clause) -> bool:
    """Whether all that is mentioned is the title of a work: then nobody is reported as saying it."""
    if frame.words[cue.start] not in words_of("mentioning") or clause.rule == "statement.quote_before" or len(clause.runs) != 1:
        return False
    [(start, end)] = clause.runs
    return end - start == 1 and start in frame.quotes and titled(frame.text, frame.quotes[start])


def _any_kind(frame: Frame, cue: Cue, later: list[Cue], floor: int, found: list[Clause]) -> Clause | None:
    if cue.form.tense == "according":
        return according_clause(frame, cue, later, floor)
    if cue.form.tense == "words":
        return words_clause(frame, cue, floor)
    if cue.form.tense == "noun":
        return noun_clause(frame, cue, later, floor)
    after = what_follows(frame, cue)
    if frame.words[cue.start : cue.end] == ["told"] and _passive_told(frame, cue, after):
        return None
    if quotes_another(frame, cue):
        return None
    if (quoted := quoted_subject(frame, cue)) is not None:
        return subject_clause(frame, cue, later, floor, after, quoted)
    loose = cue.form.tense == "ing" and not progressive(frame, cue)
    # "Bell, who called it a shame, said ...": the subject stands before the relative clause.
    reach = 0 if found and _is_relative(frame, found[-1]) and frame.words[cue.start - 1] == "," else floor
    if opens(frame, cue) and (opening := opening_clause(frame, cue, after)) is not None:
        return opening
    footage = loose and _footage(frame, cue, after)
    subject = None if loose and not footage else subject_before(frame, cue.start, reach)
    if loose and not footage:
        subject = _accompanying(frame, cue)
    if footage and subject is not None:
        subject = _shown(frame, subject)
    made = causative(frame.words, cue.start) if cue.form.tense == "base" else None
    if made is not None:
        subject = subject_of(frame, cue.start - 1, made + 1)
    if subject is not None:
        return subject_clause(frame, cue, later, floor, after, subject)
    inverted = inverted_clause(frame, cue, later, floor)
    if inverted is not None:
        return inverted
    return continued_clause(frame, cue, later, after, found)


def _passive_told(frame: Frame, cue: Cue, after: After) -> bool:
    """Whether those before "told" hear it, as nobody behind it does ("mocked and told to go", "Pier rotten, inquiry told")."""
    active = cue.start > 0 and after.how == "that" and frame.words[cue.start - 1] in words_of("nominatives")
    return after.addressee is None and after.how != "question" and not active


def _accompanying(frame: Frame, cue: Cue) -> Subject | None:
    """Who says something while something else goes on: ", with officials saying (that) another 17 were missing"."""
    tokens = frame.words
    for at in range(cue.start - 1, max(0, cue.start - _GROUP), -1):
        if tokens[at] == "with":
            named = tokens[at - 1] == "," and at + 1 < cue.start
            if not named or tokens[cue.start] not in words_of("saying"):
                return None
            return Subject(at + 1, skip_dates_back(frame, cue.start, at + 1))
        if not tokens[at][0].isalnum() or tokens[at] in words("auxiliaries"):
            return None
    return None


# Who says it is named in fewer words.
_GROUP = 8


def _is_relative(frame: Frame, clause: Clause) -> bool:
    return clause.source is not None and frame.words[clause.source.start] in {"who", "which"}


def _shown(frame: Frame, subject: Subject) -> Subject | None:
    """Who is heard in "the spot ends with footage of Flora Bell saying": the last of those words; what "held signs" holds."""
    tokens, inner = frame.words, range(subject.start, subject.end - 1)
    of = [at for at in inner if tokens[at] in {"of", "where", "showing"} or (at > subject.start and _held(frame, at))]
    if of:
        return Subject(of[-1] + 1, subject.end)
    if verb_at(frame, subject.start, subject.end) is None:
        return subject
    opening = subject_of(frame, subject.end)
    return None if opening is not None and opening.start == subject.start else subject


_NO_OBJECT = words("prepositions") | {"not", "to"}


def _held(frame: Frame, at: int) -> bool:
    """Whether a word brings in what somebody has in hand: "marchers carrying signs", "a man with a banner"."""
    word, before = frame.words[at], frame.words[at - 1]
    verb = is_past(word) or (word.endswith("ing") and len(word) > 5) or word == "with"
    return verb and before not in words("determiners") and frame.words[at + 1] not in _NO_OBJECT


def _footage(frame: Frame, cue: Cue, after: After) -> bool:
    """Whether a participle reports by itself, a quotation behind it and somebody before it ("a clip of her saying")."""
    before = frame.words[cue.start - 1] if cue.start else ","
    dashed = after.content is not None and frame.words[after.content - 1] in DASHES
    return (
        after.how == "quote"
        and not dashed
        and before[0].isalnum()
        and before not in words("prepositions")
        and before not in words("conjunctions")
    )
