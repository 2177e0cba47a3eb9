"""The subject of a sentence, read from its start."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, after_dateline, words_of
from onrecord.extract.statements.timing import is_date
from onrecord.extract.statements.verbs import is_past, verb_at
from onrecord.extract.values import value

SUBJECTS = words_of("subject_pronouns")
_OPEN_NONE = words_of("openers") | words_of("joiners") | words("auxiliaries")
_DEFINITE = words("determiners") | words("pronouns")
_NO_NAME = words("determiners") | {"one"}


@value
class Subject:
    """The tokens [start, end) that name a source, and the token where the clause they open begins."""

    start: int
    end: int


def starts_subject(frame: Frame, position: int) -> bool:
    word = frame.words[position]
    return not (word in _OPEN_NONE or not (word[0].isalnum() or word[0] == "#" or word[0] == "@")) or (
        word == "that" and position + 1 < len(frame.words)
    )


def first_subject(frame: Frame, start: int, end: int) -> int | None:
    """The first token of what can be a subject, past joiners and past adverbials that end with a comma."""
    tokens = frame.words
    start = max(start, after_dateline(frame))
    while start < end:
        word = tokens[start]
        if word in {"but", "and", "so", "yet", "or", ",", "that", "even", "only", "just", "still", "not"}:
            start += 1
            continue
        dated = is_date(tokens, start)
        if dated and start + dated < end and tokens[start + dated] in words_of("nominatives"):
            # "On May 27 they left"
            return start + dated
        if starts_subject(frame, start) and not _is_participle(tokens, start) and not _rest_of_adverbial(frame, start, end):
            return start
        comma = next_comma(tokens, start, end)
        if comma is None:
            return None
        start = comma + 1
    return None


def _is_participle(tokens: list[str], start: int) -> bool:
    """Whether a participle opens here that stands for a clause ("Leaving the port, ...", "Stung by the vote, ...")."""
    word = tokens[start]
    if start + 1 >= len(tokens):
        return False
    passive = (is_past(word) or word in words_of("participles")) and tokens[start + 1] in words("prepositions")
    return passive or (word.endswith("ing") and len(word) > 5 and tokens[start + 1] != ",")


def _rest_of_adverbial(frame: Frame, start: int, end: int) -> bool:
    """Whether bare words behind a comma only go on with an adverbial ("After a late, noisy meeting, the crew ...")."""
    tokens = frame.words
    if start == 0 or tokens[start - 1] != "," or frame.caps[start] or tokens[start] in _DEFINITE:
        return False
    comma = next_comma(tokens, start, end)
    if comma is None or comma + 1 >= end or verb_at(frame, start, comma) is not None:
        return False
    return frame.caps[comma + 1] or tokens[comma + 1] in words("determiners")


def next_comma(tokens: list[str], start: int, end: int) -> int | None:
    for position in range(start, end):
        if tokens[position] == ",":
            return position
    return None


def subject_of(frame: Frame, end: int, begin: int = 0) -> Subject | None:
    """The subject of the sentence, read from its start or from `begin`: the first noun group up to its verb."""
    tokens = frame.words
    start = first_subject(frame, begin, end)
    if start is None:
        return None
    if tokens[start] in words("pronouns") and tokens[start : start + 2] != ["one", "of"]:
        return Subject(start, start + 1)
    named = frame.caps[start] and tokens[start] not in _NO_NAME
    at = _group_end(frame, start, end, named=named)
    if named and start == 0 and at == 1:
        # "Fifty former pilots signed": the capital that opens a sentence tells nothing where a verb is seen further on.
        further = _group_end(frame, start, end, named=False)
        at = further if further is not None and further < end and is_past(tokens[further]) else at
    while at is not None and at > start and tokens[at - 1] in {"and", "or"}:
        at -= 1
    return Subject(start, at) if at is not None and at > start else None


def _group_end(frame: Frame, start: int, end: int, *, named: bool) -> int | None:
    """Where the noun group ends that begins at a token, a name or words up to a verb; None where it is too long for one."""
    tokens = frame.words
    for at in range(start, end):
        word = tokens[at]
        if word in _ENDS or word in words("auxiliaries") or word in words_of("adverbs"):
            return at
        if at > start and named and not frame.caps[at] and word not in {"of", "for", "the", "and", "."}:
            return at
        if at > start and not named and is_past(word) and not frame.caps[at] and tokens[at - 1] not in words("determiners"):
            return at
        if at > start + 1 and not named and word in _ARTICLES and tokens[at - 1] not in _BEFORE_NOUN:
            # "The report quotes a message"
            return at - 1
        if at + 1 - start > _LONGEST:
            return None
    return end


_ENDS = frozenset({",", QUOTE, ":", ";", DASH, "(", "who", "that", "which"})
_LONGEST = 12
_ARTICLES = frozenset({"a", "an", "the", "his", "her", "its", "their"})
_BEFORE_NOUN = words("prepositions") | words("conjunctions") | {"all", "both", "half"}


def turn(frame: Frame, start: int, end: int) -> tuple[int, Subject] | None:
    """Another subject and what it did, before the comma at token `end`: "..., but the engineer disagreed, saying that ...".

    Returns:
        The comma before "but", "while" or "and", and the subject; None where nobody else acts there.
    """
    tokens = frame.words
    for at in range(end - 2, max(start, end - _TURN), -1):
        if tokens[at] in {"but", "while", "and"} and tokens[at - 1] == ",":
            subject = subject_of(frame, end, at + 1)
            acts = subject is not None and subject.end < end and is_past(tokens[subject.end])
            return (at - 1, subject) if subject is not None and acts and end - subject.end <= _ACT else None
    return None


# How far before a comma another subject is looked for, and how much it can do there.
_TURN = 14
_ACT = 3
