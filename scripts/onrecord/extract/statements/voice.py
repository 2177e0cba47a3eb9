"""Whether the words read as a source can speak at all: no clause, no fragment, no bare determiner."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.cues import Cue
from onrecord.extract.statements.frames import DASH, Frame, words_of
from onrecord.extract.statements.subjects import Subject
from onrecord.extract.statements.verbs import verb_at

_NOMINATIVES = words_of("nominatives") | {"you"}
_NEED_A_NOUN = words("determiners") - words_of("pronoun_determiners")
_ONLY_DETERMINERS = _NEED_A_NOUN - {"another"}
_ENDS_HEAD = words_of("relatives") | {",", "(", "whose", "where"}
_VOICELESS = words_of("voiceless")
# What stands before a noun group and is no part of it.
_OUTSIDE = words("prepositions") | words("conjunctions") | words("auxiliaries")
# A noun group with a relative clause has no more words.
_GROUP = 6
# With 's no owners: "that's a part of it".
_POINTING = frozenset({"that", "what", "here", "where"})
_CONTRACTED = ("'re", "'ve", "'ll", "'m", "n't")


def can_speak(frame: Frame, subject: Subject, cue: Cue) -> bool:
    """Whether a source names somebody or something that can say things, by its words up to a comma or a relative clause.

    Args:
        frame: the sentence.
        subject: the tokens taken for the source.
        cue: the reporting word; "you" reports in a question only where it is in the past.
    """
    tokens, start = frame.words, subject.start
    end = _head_end(tokens, start, subject.end)
    first, last = tokens[start], tokens[end - 1]
    if first == "you" and cue.form.tense == "base":
        return False
    if cue.form.tense in {"noun", "words"}:
        return True
    if end - start == 1:
        contracted = _contracted(last) and cue.form.tense != "ing"
        return not (last in _VOICELESS or last in _ONLY_DETERMINERS or contracted or _loose_word(frame, start))
    if first == "the" and "time" in tokens[start + 1 : start + 3]:
        # "The last time the port ordered a crew to leave"
        return False
    if first in _NOMINATIVES and tokens[start + 1] not in words_of("after_pronoun") and not frame.adverb(start + 1):
        return False
    # A date may stand between a preposition and the verb ("a poll released in May found").
    dated = last in {"in", "on"} and end < cue.start
    return not (
        _has_verb(frame, start, end)
        or verb_at(frame, start, end) is not None
        or (_left_open(frame, end - 1, last) and not dated)
    )


def rumoured(frame: Frame, source: Subject) -> bool:
    """Whether a source speaks only within what is rumoured ("refused to comment on reports that it had asked for a fee")."""
    tokens, at = frame.words, source.start
    return at > 2 and tokens[at - 1] == "that" and tokens[at - 2] in words_of("rumours")


def antecedent(frame: Frame, source: Subject) -> Subject:
    """The noun group before "which" or "that" where that is the source; else the source itself."""
    tokens, end = frame.words, source.start
    if source.end - source.start != 1 or tokens[source.start] not in {"which", "that"}:
        return source
    end -= end > 0 and tokens[end - 1] in {",", DASH}
    start = end
    while start > max(0, end - _GROUP) and tokens[start - 1][0].isalnum() and tokens[start - 1] not in _OUTSIDE:
        start -= 1
        if tokens[start] in _NEED_A_NOUN:
            break
    return Subject(start, end) if start < end and (frame.caps[start] or tokens[start] in _NEED_A_NOUN) else source


def _head_end(tokens: list[str], start: int, end: int) -> int:
    return next((at for at in range(start + 1, end) if tokens[at] in _ENDS_HEAD), end)


def _contracted(word: str) -> bool:
    return word.endswith(_CONTRACTED) or (word.endswith("'s") and word[:-2] in _NOMINATIVES | _POINTING)


def _loose_word(frame: Frame, at: int) -> bool:
    """A participle, an adverb or a preposition that stands alone."""
    word = frame.words[at]
    if word in words("prepositions") and (at == 0 or not frame.caps[at]):
        return True
    gerund = word.endswith("ing") and len(word) > 5
    return not frame.caps[at] and (word.endswith("ed") or gerund or frame.adverb(at))


def _has_verb(frame: Frame, start: int, end: int) -> bool:
    helpers = words("auxiliaries")
    return any(
        _contracted(frame.words[at]) or (frame.words[at] in helpers and frame.words[at] != "being" and not frame.caps[at])
        for at in range(start, end)
    )


def _left_open(frame: Frame, at: int, word: str) -> bool:
    """Whether the last word wants another one behind it ("the report on", "and the")."""
    if word == "other" and at > 0 and frame.words[at - 1] == "the":
        return False
    return not frame.caps[at] and (word in words("prepositions") or word in _NEED_A_NOUN or word in words("conjunctions"))
