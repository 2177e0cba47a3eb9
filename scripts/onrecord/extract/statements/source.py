"""The words that name who speaks, before a reporting verb."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.cues import skip_back
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, words_of
from onrecord.extract.statements.subjects import SUBJECTS, Subject, first_subject, next_comma, starts_subject
from onrecord.extract.statements.timing import is_date, may_end_date

_RELATIVE = words_of("relatives")
_DEFINITE = words("pronouns") | words("determiners")

_JOINERS = words_of("joiners")
_PAUSES = frozenset({",", QUOTE, ";"})
_HARD = frozenset({";", ":", QUOTE, DASH, "(", "?", "!"})


# A subject longer than this is not one; looking further would only cost.
LONGEST = 60


def subject_before(frame: Frame, verb: int, floor: int) -> Subject | None:
    """The subject of the verb whose first word is token `verb`, not reaching back beyond token `floor`.

    Returns:
        None where nothing that could be a subject stands there (a participle, a co-ordinated verb, an inverted clause).
    """
    tokens = frame.words
    end = skip_dates_back(frame, skip_back(frame, verb), floor)
    floor = max(floor, end - LONGEST)
    if end <= floor:
        return None
    bracket = _bracket(tokens, end, floor)
    if bracket is not None:
        inner = subject_before(frame, bracket, floor)
        return None if inner is None else Subject(inner.start, end)
    last = tokens[end - 1]
    if last in _RELATIVE:
        return Subject(end - 1, end)
    if last in {"and", "or", "but", "to"} or last in _HARD:
        return None
    start = _clause_before_comma(frame, floor, end) if last == "," else _plain(frame, floor, end)
    if start is None or start >= end:
        return None
    return Subject(start, _name_end(frame, start, end - 1) if last == "," else end)


def _name_end(frame: Frame, start: int, end: int) -> int:
    """Where the words that name a source end among commas: before an adverbial, behind an apposition or a relative clause."""
    for comma in range(start + 1, end - 1):
        if frame.words[comma] == "," and not _names(frame, comma + 1):
            return comma
    return end


def _names(frame: Frame, position: int) -> bool:
    """Whether an apposition can begin here, and no adverbial."""
    word = frame.words[position]
    return not (word in words_of("openers") or word == "where" or word.endswith("ing"))


def _bracket(tokens: list[str], end: int, floor: int) -> int | None:
    """The token that opens the bracket which closes right before `end` ("Bell (Labour) said")."""
    if tokens[end - 1] != ")":
        return None
    for position in range(end - 2, max(floor, end - 14), -1):
        if tokens[position] == "(":
            return position
    return None


def skip_dates_back(frame: Frame, end: int, floor: int) -> int:
    """Step back over "on Monday", "last week" and the like between a subject and its verb, but not into "USA Today"."""
    tokens = frame.words
    if end > 1 and tokens[end - 1] in {"today", "tonight"} and frame.caps[end - 1]:
        return end
    for length in (4, 3, 2, 1) if may_end_date(tokens[end - 1]) else ():
        start = end - length
        if start > floor and is_date(tokens, start) == length:
            return start
    return end


def relating_subject(frame: Frame, subject: Subject, content: int) -> Subject | None:
    """Who says something of the noun before them, whose verb follows at once: "a pier (which) Flora Bell said was rotten".

    Args:
        frame: the sentence.
        subject: the words before the reporting verb, with that noun or without it.
        content: the token behind the reporting verb.

    Returns:
        Those who say it; None where no verb follows or no noun stands before them.
    """
    tokens = frame.words
    if tokens[content] not in words("auxiliaries") or tokens[content].startswith(("do", "did", "having")):
        return None
    if subject.start and tokens[subject.start - 1] in {"which", "that", "who", "what"}:
        return subject
    first = subject.start if tokens[subject.start] in SUBJECTS else subject.start + 1
    for at in range(subject.end - 1, max(first, 1) - 1, -1):
        opens = tokens[at] in _OPENS_NOUN or (frame.caps[at] and not frame.caps[at - 1])
        if opens and tokens[at - 1][0].isalpha() and not frame.caps[at - 1]:
            return Subject(at, subject.end) if tokens[at - 1] not in _NO_NOUN else None
    return None


_OPENS_NOUN = (words("determiners") | SUBJECTS) - {"own", "other"}
_NO_NOUN = words("prepositions") | words("determiners") | words("conjunctions") | words("auxiliaries")


def _clause_before_comma(frame: Frame, floor: int, end: int) -> int | None:
    """Where the subject begins whose apposition ends with the comma before `end`: past the clause's adverbials."""
    tokens = frame.words
    starts = [floor]
    for position in range(floor, end - 1):
        word = tokens[position]
        if (
            (word in _HARD and word != "(")
            or word in {"but", "while", "although", "though", "because", "that", "whereas"}
            or (word in {"after", "when", "before", "as"} and frame.caps[position + 1])
            or (word == "and" and position > floor and _clause_inside(frame, floor, position))
        ):
            starts.append(position + 1)
    for begin in reversed(starts):
        at = first_subject(frame, begin, end - 1)
        if at is None:
            continue
        comma = next_comma(tokens, at, end - 1)
        if comma is not None and _apposes(frame, comma + 1, end - 1) and comma - at <= 12 and not _has_verb(tokens, at, comma):
            return at
    return None


def _has_verb(tokens: list[str], start: int, end: int) -> bool:
    helpers = words("auxiliaries")
    return any(tokens[p] in helpers for p in range(start, end))


def _apposes(frame: Frame, start: int, end: int) -> bool:
    """Whether the words after a comma can be an apposition or a parenthesis to the noun before it."""
    if start >= end:
        return False
    word = frame.words[start]
    return word not in {"but", "so", "because"}


def _plain(frame: Frame, floor: int, end: int) -> int | None:
    """Where a subject begins that ends right before its verb: after the last comma or joiner, past an adverbial."""
    tokens = frame.words
    start, position = floor, end
    while position > floor:
        position -= 1
        word = tokens[position]
        bracket = _bracket(tokens, position + 1, floor)
        if bracket is not None:
            position = bracket
            continue
        if word == "as" and _role(frame, position + 1):
            continue
        if word == "," and tokens[position - 1 : position] == [")"] and "and" in tokens[position:end]:
            # "Bell (Labour), Finch (Green) and Cole (Independent) said"
            continue
        if word == ":" and (_clock(tokens, position) or _within_name(frame, position, end)):
            continue
        if word == "," and _within_name(frame, position, end):
            # "the Institute of Tides, Sand and Stone (ITSS) said"
            continue
        if word in _HARD or word == ",":
            start = position + 1
            break
        if word in _JOINERS and not (word == "and" and not _clause_inside(frame, floor, position)):
            if word in {"as", "so", "that"} and position + 1 >= end:
                return None
            start = position + 1
            break
    while start < end and tokens[start] in {
        "but",
        "and",
        "so",
        "yet",
        "or",
        "that",
        ",",
        ".",
        "even",
        "only",
        "just",
        "still",
        "not",
        "then",
        "now",
    }:
        start += 1
    if start >= end:
        return None
    if tokens[end - 1] in SUBJECTS:
        return end - 1
    length = is_date(tokens, start) or _while_later(tokens, start, end)
    if length and start + length < end:
        start += length
    if starts_subject(frame, start):
        return start
    return _last_noun_group(frame, start + 1, end)


def _clock(tokens: list[str], colon: int) -> bool:
    """Whether a colon stands in a time: "at 11:00 a.m. the centre said"."""
    return tokens[colon - 1][-1].isdigit() and tokens[colon + 1][0].isdigit()


def _within_name(frame: Frame, colon: int, end: int) -> bool:
    """Whether a colon stands in a name, by the acronym behind it: "Institute for Coasts: Sand and Stone (ICSS) said"."""
    tokens = frame.words
    if end + 2 >= len(tokens) or tokens[end] != "(" or tokens[end + 2] != ")" or not frame.caps[end + 1]:
        return False
    row = [at for at in range(max(0, colon - _NAME), end) if frame.caps[at]]
    initials, behind = "".join(tokens[at][0] for at in row), sum(at > colon for at in row)
    acronym = tokens[end + 1].replace("-", "").replace(".", "")
    return len(acronym) > behind > 0 and initials.endswith(acronym)


# The first part of a name with a colon has no more tokens.
_NAME = 12


def _while_later(tokens: list[str], start: int, end: int) -> int:
    """How many tokens say how much later or earlier: "A few days later", "Two years ago"."""
    for length in (3, 4, 5):
        last = start + length - 1
        if last < end and tokens[last] in {"later", "earlier", "ago"} and tokens[last - 1] in words_of("times"):
            return length
    return 0


def _role(frame: Frame, at: int) -> bool:
    """Whether a bare office stands here ("her years as secretary of state")."""
    word, further = [*frame.words[at : at + 2], "", ""][:2]
    return further in {"of", "for", "at"} and not frame.caps[at] and word not in _DEFINITE


def _clause_inside(frame: Frame, floor: int, position: int) -> bool:
    """Whether a whole clause stands before "and": then what follows it is a subject of its own."""
    tokens, helpers = frame.words, words("auxiliaries")
    for at in range(position - 1, max(floor, position - 25) - 1, -1):
        word = tokens[at]
        if word in _PAUSES:
            return tokens[position - 1] == "," or word == QUOTE
        if frame.caps[at]:
            continue
        if word in helpers or (word.endswith("ed") and len(word) > 4) or word in {"said", "says", "told"}:
            return True
    return False


def _last_noun_group(frame: Frame, start: int, end: int) -> int | None:
    """The last run of words that can name somebody, after an adverbial with no comma ("In a letter Flora Bell said")."""
    tokens, at = frame.words, end - 1
    if at < start:
        return None
    determiners = words("determiners")
    if frame.caps[at]:
        while at > start and (frame.caps[at - 1] or tokens[at - 1] in {".", "of", "the", "for"}):
            at -= 1
        while at < end - 1 and tokens[at] in {".", "of", "for"}:
            at += 1
        while at < end - 1 and (length := is_date(tokens, at)):
            at += length
        return at if at < end else None
    for position in range(start, end):
        if tokens[position] in determiners and position - 1 >= 0 and tokens[position - 1] not in words("prepositions"):
            return position
    return None
