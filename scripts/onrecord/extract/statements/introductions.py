"""What leads over to somebody's words without a reporting verb: a colon, whose view it is, what they do as they speak."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.acts import Act, speechlike, whole_sentence
from onrecord.extract.statements.frames import DASH, Frame, titled, words_of
from onrecord.extract.statements.subjects import Subject, subject_of


def introduction(frame: Frame, token: int) -> Act | None:
    """The quotation at a token behind a colon ("Bell was blunt: ..."); None where it is no speech by its looks."""
    if token < 2 or frame.words[token - 1] != ":" or not whole_sentence(frame.text, frame, token):
        return None
    quote = frame.quotes[token]
    return _act(frame, token - 1, subject_of(frame, token - 1), [(quote.inner_start, quote.inner_end, True)])


def heading(frame: Frame, token: int) -> Act | None:
    """The quotation that opens a headline, its colon behind it (""Nobody came": ferry crew on the night it sank")."""
    if token > 0 or frame.words[1:2] != [":"] or frame.role != "title":
        return None
    quote = frame.quotes[0]
    if len(frame.text[quote.inner_start : quote.inner_end].split(None, _SPOKEN)) < _SPOKEN or titled(frame.text, quote):
        return None
    act = Act([(quote.inner_start, quote.inner_end, True)], "statement.headline", frame.line, holds_quote=True)
    act.cue = (frame.starts[1], frame.ends[1])
    act.clause = (frame.start, frame.end)
    return act


# Fewer words in marks may be a name.
_SPOKEN = 3


def view(frame: Frame, token: int) -> Act | None:
    """The quotation at a token behind somebody whose view it is ("To Bell, ..."); None where it is no speech by its looks."""
    tokens, comma = frame.words, token - 1
    if comma < 2 or tokens[comma] != ",":
        return None
    at = next((n for n in range(comma - 2, max(-1, comma - _VIEWER), -1) if tokens[n] in {"to", "for"}), None)
    if at is None or not (at == 0 or tokens[at - 1] in _BEFORE_VIEW):
        return None
    source = subject_of(frame, comma, at + 1)
    named = source is not None and source.start == at + 1 and source.end == comma
    if source is None or not named or (tokens[at + 1] not in _VIEWERS and not frame.caps[at + 1]):
        return None
    quote = frame.quotes[token]
    if not speechlike(frame.text, quote.inner_start, quote.inner_end):
        return None
    act = Act([(quote.inner_start, quote.inner_end, True)], "statement.view", frame.line, holds_quote=True)
    act.source = (frame.starts[source.start], frame.ends[source.end - 1])
    act.cue = (frame.starts[at], frame.ends[at])
    act.clause = (frame.start, frame.ends[comma])
    return act


# The words for somebody whose view something is are no more.
_VIEWER = 8
_BEFORE_VIEW = frozenset({",", ";", DASH, "and", "but", "because", "that", "though", "while"})
_VIEWERS = words_of("told_pronouns") - {"it", "anyone", "themselves", "himself", "herself"}


def gesture(frame: Frame) -> Act | None:
    """A sentence that says what somebody does, who speaks in the next ("Flora Bell laughed."); None where no name opens it."""
    tokens = frame.words
    if len(tokens) > _GESTURE or words_of("gestures").isdisjoint(tokens):
        return None
    source = subject_of(frame, len(tokens))
    if source is None or not (source.start == 0 or tokens[0] in words_of("questioned")):
        return None
    if not frame.caps[source.start] or tokens[source.start] in words("pronouns") | words("determiners"):
        return None
    at = next((n for n in range(source.end, len(tokens)) if tokens[n] in words_of("gestures")), None)
    shaken = at is not None and tokens[at] == "shook" and tokens[at + 1 : at + 2] not in (["his"], ["her"], ["their"])
    if at is None or shaken or any(frame.caps[n] for n in range(source.end, at)):
        return None
    act = Act([], "statement.gesture", frame.line)
    act.source = (frame.starts[source.start], frame.ends[source.end - 1])
    act.cue = (frame.starts[at], frame.ends[at])
    act.clause = (frame.start, frame.end)
    return act


# A sentence that does no more than that is short, in tokens.
_GESTURE = 16


def announcement(frame: Frame) -> Act | None:
    """A sentence that says that somebody made what follows its colon ("Bell made the following statement:")."""
    colon = len(frame.words) - 1
    if colon < 3 or frame.words[colon] != ":" or words_of("sayings").isdisjoint(frame.words):
        return None
    source = subject_of(frame, colon)
    if source is None or not frame.caps[source.start] or frame.words[source.end] not in words_of("channel_verbs"):
        return None
    return _act(frame, colon, source, [])


def _act(frame: Frame, colon: int, source: Subject | None, parts: list[tuple[int, int, bool]]) -> Act:
    act = Act(parts, "statement.colon", frame.line, holds_quote=bool(parts))
    if source is not None:
        act.source = (frame.starts[source.start], frame.ends[source.end - 1])
    act.cue = (frame.starts[colon], frame.ends[colon])
    act.clause = (frame.start, frame.ends[colon])
    return act
