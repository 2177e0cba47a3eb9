"""Verbs that share the source of the clause before them: "..., adding that ...", "... and urged a halt"."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.cues import Cue, skip_back
from onrecord.extract.statements.extent import Standing
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, words_of
from onrecord.extract.statements.lead import After
from onrecord.extract.statements.objects import object_clause
from onrecord.extract.statements.reported import has_object, rule_of, sayable
from onrecord.extract.statements.runs import Clause, said_end
from onrecord.extract.statements.subjects import Subject, subject_of, turn
from onrecord.extract.statements.verbs import is_past

_SUBORDINATES = words_of("subordinators")
_JOINTS = frozenset({",", "and", "but", "by", "while", "or", QUOTE, DASH})
_PAUSES = frozenset({",", QUOTE, ";", DASH})
_HELPERS = words("auxiliaries") | words_of("adverbs")
_STOPS = words("prepositions") | words("conjunctions") | {",", QUOTE, DASH}
_NEED_A_NOUN = words("determiners") - {"all", "both", "each"}


def continued_clause(frame: Frame, cue: Cue, later: list[Cue], after: After, found: list[Clause]) -> Clause | None:
    """A participle or a co-ordinated verb, whose source is that of the clause before or the subject of the sentence."""
    tokens = frame.words
    at = skip_back(frame, cue.start)
    previous = tokens[at - 1] if at > 0 else ""
    joined = previous in _JOINTS
    # "wrote to the board saying the lock was shut"
    written = cue.form.tense == "ing" and tokens[cue.start] in words_of("saying")
    joined = joined or (written and not words_of("writes").isdisjoint(tokens[max(0, at - _NEAR) : at]))
    # "issued a statement saying it was closed"
    joined = joined or (written and previous in words_of("papers"))
    if cue.form.tense == "ing" and "object" in cue.form.classes:
        # "issued a statement calling it ..."
        joined = joined or previous in words_of("papers")
    # "..., going on to say that ...": the infinitive is a report where it only goes on with one.
    aimed = bool(found) and previous in {"and", "or"}
    dashed = after.content is not None and tokens[after.content - 1] == DASH
    if (cue.form.tense == "base" and not aimed and tokens[at] not in {"going", "continuing"}) or not (
        joined or (cue.form.tense == "ing" and after.how in {"that", "quote"} and not dashed)
    ):
        return None
    source = _shared(frame, at, previous, found)
    if source is not None and found == [] and cue.form.tense == "s" and source.start == 0:
        source = _of_headline(frame, source, at)
    if source is not None and found == [] and previous == ",":
        source = _agent(frame, source.end, at - 1) or source
    if previous in {"worth", "without"} or (found == [] and source is not None and not _acts(frame, source)):
        # "It goes without saying that", "Cut the rope, adding weight"
        return None
    if source is None or (previous == "by" and _passive(frame, source.end, at)):
        return None
    # "Though she called it daft and urged a halt, ...": the second verb is of the clause that opens the sentence, too.
    leads = bool(found) and tokens[0] in _SUBORDINATES and "," not in tokens[found[-1].cue[0] : cue.start]
    standing = Standing.LEADING if leads else Standing.MAIN
    if sayable(frame, cue, after) and after.content is not None:
        end = said_end(frame, after, later, standing)
        rule = "statement.participle" if cue.form.tense == "ing" else rule_of(cue, after)
        return Clause((cue.start, cue.end), source, [(after.content, end)], rule, after.addressee, after.content)
    if after.how == "colon" and cue.form.classes & {"say", "ask", "tell"}:
        return Clause((cue.start, cue.end), source, [], "statement.colon", after.addressee, after.clause_end, "after")
    if has_object(cue, after):
        return object_clause(frame, cue, later, source, standing)
    return None


def _shared(frame: Frame, at: int, previous: str, found: list[Clause]) -> Subject | None:
    """The source that a verb has in common with the words before it.

    It is that of the clause before; behind "who" that of the sentence, which is the same or the one who goes on speaking; and
    in "after she came and called it daft" that of the clause with "after".
    """
    tokens = frame.words
    if previous == "and":
        start = max(0, at - _NEAR)
        stop = next((n for n in range(at - 2, start, -1) if tokens[n] in _PAUSES or tokens[n] in _OPENS), start)
        own = subject_of(frame, at, stop + 1) if tokens[stop] in _OPENS else None
        if own is not None and (is_past(tokens[own.end]) or tokens[own.end] in _HELPERS):
            return own
    other = turn(frame, found[-1].cue[1], at - 1) if found and previous == "," else None
    if other is not None:
        return other[1]
    source = found[-1].source if found else None
    relative = source is not None and tokens[source.start] in {"who", "which"} and previous == ","
    return (subject_of(frame, at) or source) if source is None or relative else source


# Words that open a clause with a subject of its own.
_OPENS = frozenset({"after", "when", "before", "while", "because", "although", "though", "since", "until"})
# How far its subject may stand before a verb that shares it.
_NEAR = 20


def _of_headline(frame: Frame, source: Subject, end: int) -> Subject:
    """The subject of a headline up to its verb in -s, of which capitals tell nothing ("Harbour firm shuts pier, says ...")."""
    tokens = frame.words
    if tokens[-1] in {".", "?", "!"} or not frame.caps[0]:
        return source
    verb = next((n for n in range(1, end) if tokens[n].endswith("s") and not tokens[n].endswith(("ss", "'s", "us"))), 0)
    return Subject(0, verb) if verb and all(word[0].isalnum() for word in tokens[:verb]) else source


def _acts(frame: Frame, source: Subject) -> bool:
    """Whether a verb can follow the first words of a sentence, so that they are its subject and no order."""
    after = frame.words[source.end] if source.end < len(frame.words) else ""
    return source.end - source.start > 1 or after not in _NEED_A_NOUN


def _agent(frame: Frame, start: int, end: int) -> Subject | None:
    """Who does what a longer subject suffers: "Budget effects on trade were praised by Flora Bell, saying that ..."."""
    tokens = frame.words
    if not tokens[start][0].isalpha() or is_past(tokens[start]) or tokens[start] in words_of("adverbs"):
        return None
    for at in range(start + 1, end - 3):
        if tokens[at] in words_of("be") and is_past(tokens[at + 1]) and tokens[at + 2] == "by":
            close = next((n for n in range(at + 3, end) if tokens[n] in _STOPS), end)
            named = frame.caps[at + 3] or tokens[at + 3] in words("determiners")
            return Subject(at + 3, close) if named and close > at + 3 else None
        if tokens[at] in words("auxiliaries"):
            return None
    return None


def _passive(frame: Frame, start: int, end: int) -> bool:
    """Whether a subject suffers what its verb says, so that it does not speak ("the fee was raised by asking pilots to")."""
    tokens = frame.words
    return any(tokens[at] in words_of("be") and is_past(tokens[at + 1]) for at in range(start, end - 1))
