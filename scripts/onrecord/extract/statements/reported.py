"""Whether what follows a reporting verb is something that it reports."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.cues import Cue
from onrecord.extract.statements.frames import QUOTE, Frame, words_of
from onrecord.extract.statements.lead import After
from onrecord.extract.statements.verbs import verb_at

_FRAMING = frozenset({"framing"})


def sayable(frame: Frame, cue: Cue, after: After) -> bool:
    """Whether what follows is something this verb reports."""
    if after.content is None:
        return False
    classes, how, tokens = cue.form.classes, after.how, frame.words
    if classes == _FRAMING:
        return False
    if how == "that" and not classes & {"say", "tell", "show", "ask", "vow"} and tokens[cue.end] == "that":
        # "rejected that argument", but "denied that gulls are ..."
        return _has_verb(frame, after.content) or tokens[cue.start].startswith("den")
    if how == "colon" and tokens[cue.start] in words_of("happenings"):
        return False
    if how in {"quote", "that", "colon"}:
        return True
    if how == "question" and classes & {"ask", "tell", "show", "say"}:
        return True
    if how == "to":
        return after.addressee is not None or "vow" in classes
    if tokens[after.content] in words("auxiliaries") or tokens[cue.end] == "with":
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
    tokens, end = frame.words, min(start + _CLAUSE, len(frame.words))
    return _has_verb(frame, start) or any(
        word in words("auxiliaries") or word == QUOTE or word.endswith(("'s", "'re", "'ll", "'d", "'ve", "n't"))
        for word in tokens[start:end]
    )


def _has_verb(frame: Frame, start: int) -> bool:
    """Whether a verb is seen behind token `start`, before a relative clause."""
    end = min(start + _CLAUSE, len(frame.words))
    relative = next((at for at in range(start, end) if frame.words[at] in words_of("relative_openers")), end)
    return verb_at(frame, start, relative) is not None


# How far the verb of a clause is looked for.
_CLAUSE = 20


def has_object(cue: Cue, after: After) -> bool:
    """Whether a verb with an object has one; a quotation is the object only of the verbs that nothing else shows to report."""
    if cue.form.classes == _FRAMING:
        return after.how in {"bare", "question"} or (after.how == "quote" and after.content == cue.end)
    return "object" in cue.form.classes and after.how in {"bare", "question", "that"}


def rule_of(cue: Cue, after: After) -> str:
    """The name of the rule by which a verb reports what follows it."""
    if after.how == "colon":
        return "statement.colon"
    if after.how == "quote":
        return "statement.quote_after"
    if after.how == "question" and "ask" in cue.form.classes:
        return "statement.asked"
    return "statement.told" if after.addressee else "statement.clause"
