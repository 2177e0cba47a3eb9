"""Verbs with what is said about somebody or something as their object: denied the charge."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.cues import Cue, progressive, title_case
from onrecord.extract.statements.extent import Standing, content_end
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, titled, words_of
from onrecord.extract.statements.runs import Clause
from onrecord.extract.statements.subjects import Subject
from onrecord.extract.statements.timing import is_date
from onrecord.extract.statements.verbs import is_finite, is_past


def object_clause(
    frame: Frame, cue: Cue, later: list[Cue], subject: Subject | None, standing: Standing = Standing.MAIN
) -> Clause | None:
    tokens = frame.words
    start = None if subject is None else _object_start(frame, cue, subject)
    if subject is None or start is None or not person_like(frame, subject, cue) or not _takes_object(frame, cue, start):
        return None
    if tokens[cue.start] in words_of("calling") and cue.end == cue.start + 1 and _only_names(frame, start):
        return None
    if tokens[cue.start].startswith("welcom") and _group_head(frame, start) in words_of("greeted"):
        return None
    if tokens[cue.start].startswith("claim") and _group_head(frame, start) in words_of("claimed"):
        return None
    if tokens[cue.start].startswith("defend") and tokens[start] in _REFLEXIVES:
        return None
    if tokens[start] in _POINTERS and _ends_at(tokens, start + 1) and tokens[cue.start] in words_of("pointless"):
        # "denied it under oath": what is denied stands elsewhere
        return None
    pointer, start = start, _past_pointer(tokens, start)
    end = content_end(frame, start, later, loose=True, standing=standing)
    if start > pointer and tokens[start + 1 : start + 2] == ["and"] and tokens[start + 2] not in {QUOTE, "a", "an", "the"}:
        # "call them "daft" and leave"
        end = start + 1
    if tokens[start - 1] == "as":
        # "described as "a monster" the storm that ...", "what they described as old tricks: ..."
        end = start + 1 if tokens[start] == QUOTE else next((at for at in range(start, end) if tokens[at] in {":", ","}), end)
    if "object" not in cue.form.classes and (":" in tokens[start:end] or not _framed(frame, cue, end)):
        return None
    if (
        cue.form.tense == "ing"
        and "strong" not in cue.form.classes
        and QUOTE not in tokens[start:end]
        and not progressive(frame, cue)
    ):
        return None
    end = _before_semicolon(tokens, start, end)
    if tokens[cue.start].startswith("order") and {"to", QUOTE}.isdisjoint(tokens[start:end]):
        # "ordered bigger boxes from Leeds", "officials who ordered the closure claimed that"
        return None
    if tokens[cue.start] in words_of("likening"):
        start = _past_likened(frame, start, end)
    if end <= start:
        return None
    return Clause((cue.start, cue.end), subject, [(start, end)], "statement.object", None, start)


def is_named(frame: Frame, cue: Cue, subject: Subject) -> bool:
    """Whether a verb of naming has no object, so that it says what its subject is called ("a man described as rude")."""
    tokens, at = frame.words, cue.end
    if tokens[cue.start] not in words_of("naming") or tokens[at : at + 1] not in (["as"], [QUOTE]):
        return False
    # "which they described as a menace", "what they called "a menace""
    relative = subject.start > 0 and tokens[subject.start - 1] in {"what", "which", "that", "who", "whom"}
    return not (relative or progressive(frame, cue))


def _object_start(frame: Frame, cue: Cue, subject: Subject) -> int | None:
    """Where an object begins: behind the verb, a date ("announced on Friday the arrest") or "as" ("what they described as")."""
    tokens = frame.words
    dated = is_date(tokens, cue.end)
    start = cue.end + dated
    if tokens[start : start + 1] in (["as"], [QUOTE]) and start < len(tokens) - 1 and tokens[cue.start] in words_of("naming"):
        if is_named(frame, cue, subject):
            return None
        start += tokens[start] == "as"
    elif dated and tokens[start : start + 1] and tokens[start] not in words("determiners"):
        return None
    return None if start >= len(tokens) or tokens[start] in _NO_OBJECT else start


_REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves"})
_POINTERS = frozenset({"it", "this", "that", "them"})


def _before_semicolon(tokens: list[str], start: int, end: int) -> int:
    """Where an object ends before the one semicolon behind which the reporter goes on ("wanted a vote; Bell refused")."""
    parts = [at for at in range(start, end) if tokens[at] == ";"]
    return end if len(parts) != 1 or tokens[parts[0] + 1] in {"and", "that", "to"} else parts[0]


def _past_pointer(tokens: list[str], start: int) -> int:
    """Where an object begins without the pronoun that it is said of ("called them "daft"", "described him as "a star"")."""
    at = start + 1 + (tokens[start + 1 : start + 2] == ["as"])
    if tokens[start] not in _POINTED or tokens[at : at + 1] != [QUOTE]:
        return start
    closes = _ends_at(tokens, at + 1) or tokens[at + 1] in words("conjunctions")
    return at if closes else start


def _past_likened(frame: Frame, start: int, end: int) -> int:
    """Where quoted words begin to which something is likened ("compared the plan to "a bath with a hole"")."""
    tokens = frame.words
    to = next((at for at in range(start, end - 1) if tokens[at] in {"to", "with"} or tokens[at] == QUOTE), end)
    return to + 1 if to < end and tokens[to] != QUOTE and QUOTE in tokens[to:end] else start


_POINTED = words_of("told_pronouns") - {"everyone", "anyone", "people"}
_PHRASES = words("prepositions") - {"as"}


def _ends_at(tokens: list[str], at: int) -> bool:
    """Whether no more than a phrase follows, from a token on."""
    return at >= len(tokens) or (not tokens[at][0].isalnum() and tokens[at] != QUOTE) or tokens[at] in _PHRASES


_NO_OBJECT = frozenset({".", ",", ";", ":", DASH, ")", "and", "or", "but", "from", "with", "by", "into", "of", "for"})


def _only_names(frame: Frame, start: int) -> bool:
    """Whether what is called is no more than a name ("a stream called Black Water") or a gathering ("called a strike")."""
    tokens, end = frame.words, start
    last = len(tokens) - (tokens[-1] == ".")
    while end < last and (frame.caps[end] or tokens[end] in {"the", "of", "."}):
        end += 1
    if end > start and (end == last or tokens[end] in {",", ")", ";"}):
        return True
    stop = _group_stop(frame, start)
    gathering = stop > start and tokens[stop - 1] in words_of("gatherings")
    return gathering and QUOTE not in tokens[stop : stop + 1] and (stop - start == 1 or tokens[start] in {"a", "an"})


def _group_stop(frame: Frame, start: int) -> int:
    """Where the noun group ends that begins at a token: before a preposition or a mark."""
    tokens = frame.words
    last = len(tokens) - (tokens[-1] == ".")
    return next((at for at in range(start, last) if not tokens[at][0].isalnum() or tokens[at] in words("prepositions")), last)


def _group_head(frame: Frame, start: int) -> str:
    """The last word of the noun group that begins at a token."""
    stop = _group_stop(frame, start)
    return frame.words[stop - 1] if stop > start else ""


def _framed(frame: Frame, cue: Cue, end: int) -> bool:
    """Whether words of an object, or of what it is said to be, are quoted, and are no title of a work.

    In a headline with capitals these tell no title.
    """
    capitals = frame.caps[cue.start] and title_case(frame)
    return any(
        not titled(frame.text, frame.quotes[token])
        or _one_of_a_kind(frame.words, token)
        or (capitals and _says_what(frame, cue, token))
        for token in range(cue.end, end)
        if token in frame.quotes
    )


def _one_of_a_kind(tokens: list[str], token: int) -> bool:
    """Whether a quotation is all that an indefinite article stands before ("fear a "Harbour Pact""): no work is called so."""
    return tokens[token - 1] in {"a", "an"} and not [*tokens[token + 1 : token + 2], "."][0][0].isalnum()


def _says_what(frame: Frame, cue: Cue, token: int) -> bool:
    """Whether a quotation in a headline says what something is ("Brands Plan 'Daft' Over Lock"), and is no title of a work."""
    tokens = frame.words
    before, after = tokens[token - 1], [*tokens[token + 1 : token + 2], ""][0]
    if before in {"as", "a", "an"} or after in words("conjunctions"):
        return True
    closes = not after[:1].isalnum() or after in words("prepositions")
    return closes and token > cue.end and not before.endswith(("'s", "s'"))


_NOMINATIVES = words_of("nominatives") | {"who"}


def _takes_object(frame: Frame, cue: Cue, start: int) -> bool:
    """Whether what follows can be the object of a participle that may be an adjective itself ("pledged delegates")."""
    tokens = frame.words
    perfect = cue.start > 0 and tokens[cue.start - 1] in words_of("have") and tokens[cue.start] != "estimated"
    pronoun = cue.start > 0 and tokens[cue.start - 1] in _NOMINATIVES
    # "Bell rejected calls", "but rejected calls", while "pledged delegates" may stand behind a name as well.
    named = cue.start > 0 and (tokens[cue.start - 1] == "but" or _ends_name(frame, cue.start - 1))
    thing = not (tokens[start] in words("prepositions") or is_finite(tokens[start]) or is_past(tokens[start]))
    verbal = named and thing and tokens[cue.start] in words_of("of_names")
    if perfect or pronoun or verbal or cue.end - cue.start > 1 or tokens[cue.start] not in words_of("adjectives"):
        return True
    word = tokens[start]
    return QUOTE in tokens[start : start + 12] or word in words("determiners") or word in words("pronouns") or frame.caps[start]


def person_like(frame: Frame, subject: Subject, cue: Cue) -> bool:
    """Whether a subject can speak at all, for verbs that do not show it: a name, a pronoun or a definite noun."""
    tokens = frame.words
    group = subject.end
    if tokens[subject.end - 1] != ")":
        group = next((at for at in range(subject.start + 1, subject.end) if tokens[at] in {"who", "whose"}), subject.end)
    if any(
        tokens[at].endswith("ed") and len(tokens[at]) > 4 and not frame.caps[at] and tokens[at - 1] not in words("determiners")
        for at in range(subject.start + 1, min(subject.start + 8, group))
        if tokens[subject.end - 1] != ")" and "," not in tokens[subject.start : subject.end]
    ):
        return False
    if subject.end - subject.start > 20 or any(
        tokens[at] in words("auxiliaries") for at in range(subject.start, min(subject.start + 6, group))
    ):
        return False
    if subject.start and tokens[subject.start - 1] in {"when", "if", "where", "how", "until", "unless"}:
        return False
    if tokens[subject.start] in {"a", "an"}:
        return cue.form.tense == "ing" or QUOTE in tokens[cue.end : cue.end + _QUOTED_NEAR]
    if tokens[subject.start] in {"it", "which"} and "strong" in cue.form.classes:
        return True
    return tokens[subject.start] not in {"it", "this", "that", "there", "what", "which"} or cue.form.tense == "ing"


def _ends_name(frame: Frame, at: int) -> bool:
    """Whether a token ends a name, by its capital, which tells nothing of a word that opens the sentence as others do."""
    word = frame.words[at]
    return frame.caps[at] and not (at == 0 and (word in _OPENS or word.endswith("ly")))


_OPENS = words_of("openers") | words("determiners") | words("prepositions")


# How far behind a verb a quotation shows that an unknown somebody speaks ("a paper hailed her as "the baker"").
_QUOTED_NEAR = 6
