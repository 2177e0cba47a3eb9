"""The words that name who speaks: the subject before a reporting verb, or the inverted one after it."""

from dataclasses import dataclass

from onrecord.extract.lexicon import words
from onrecord.extract.statements.cues import skip_back
from onrecord.extract.statements.frames import QUOTE, Frame, words_of

_HARD = frozenset({";", ":", QUOTE, "—", "–", "--", "(", "?", "!"})
_RELATIVE = frozenset({"who", "which", "that"})
_SUBJECTS = frozenset({"i", "you", "he", "she", "it", "we", "they", "who", "one"})
_STOPS_AFTER = frozenset(
    {"in", "at", "on", "during", "after", "before", "when", "as", "while", "about", "to", "by", "from", "that", "last", "this",
     "earlier", "later", "yesterday", "today", "tonight", "here", "upon", "following", "because", "if", "with", "via", "into", "but", "amid", "not", "through"}
)  # fmt: skip
# A subject longer than this is not one; looking further would only cost.
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Subject:
    """The tokens [start, end) that name a source, and the token where the clause they open begins."""

    start: int
    end: int


def is_date(tokens: list[str], position: int) -> int:
    """How many tokens from `position` on say when: "Monday", "on Friday", "last week", "(January 25)"; 0 where none do."""
    count = len(tokens)
    at = position
    days, months, times = words_of("days"), words("months"), words_of("times")
    if at < count and tokens[at] in {"on", "in", "late", "early", "since", "by"}:
        at += 1
    if at >= count:
        return 0
    word = tokens[at]
    if word in days:
        at += 1
        if at < count and tokens[at] in times:
            at += 1
    elif word in {"last", "this", "earlier", "later", "that", "next"} and at + 1 < count and (tokens[at + 1] in times or tokens[at + 1] in days or tokens[at + 1] in {"this", "that", "in"}):
        at += 2
        if tokens[at - 1] in {"this", "that", "in"}:
            if at < count and (tokens[at] in times or tokens[at] in days or tokens[at] in months):
                at += 1
            elif at + 1 < count and tokens[at] == "the" and tokens[at + 1] in times:
                at += 2
            else:
                return 0
        elif at < count and tokens[at] in times:
            at += 1
    elif (word in months or word[:3] in {m[:3] for m in months} and word in words("abbreviations")) and at + 1 < count:
        at += 1
        if at < count and tokens[at] == ".":
            at += 1
        if at < count and tokens[at][:1].isdigit():
            at += 1
            if at + 1 < count and tokens[at] == "," and tokens[at + 1].isdigit() and len(tokens[at + 1]) == 4:
                at += 2
        elif at == position + 1:
            return 0
    elif at > position and word.isdigit() and len(word) == 4:
        at += 1
    elif at > position and word.isdigit() and at + 1 < count and tokens[at + 1] in months:
        at += 2
    else:
        return 0
    return at - position


def before(frame: Frame, text: str, verb: int, floor: int) -> Subject | None:
    """The subject of the verb whose first word is token `verb`, not reaching back beyond token `floor`.

    Returns:
        None where nothing that could be a subject stands there (a participle, a co-ordinated verb, an inverted clause).
    """
    tokens = frame.words
    end = _skip_dates_back(tokens, skip_back(frame, verb), floor)
    floor = max(floor, end - LONGEST)
    if end <= floor:
        return None
    bracket = _bracket(tokens, end, floor)
    if bracket is not None:
        inner = before(frame, text, bracket, floor)
        return None if inner is None else Subject(inner.start, end)
    last = tokens[end - 1]
    if last in _RELATIVE:
        return Subject(end - 1, end)
    if last in {"and", "or", "but", "to"} or last in _HARD:
        return None
    start = _clause_before_comma(frame, text, floor, end) if last == "," else _plain(frame, text, floor, end)
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


def _skip_dates_back(tokens: list[str], end: int, floor: int) -> int:
    """Step back over "on Monday", "last week" and the like between a subject and its verb."""
    for length in (4, 3, 2, 1):
        start = end - length
        if start > floor and is_date(tokens, start) == length:
            return start
    return end


def _starts_subject(frame: Frame, text: str, position: int) -> bool:
    word = frame.words[position]
    return not (
        word in words_of("openers") or word in words_of("joiners") or word in words("auxiliaries") or not (word[0].isalnum() or word[0] == "#" or word[0] == "@")
    ) or (word == "that" and position + 1 < len(frame.words))


def _clause_before_comma(frame: Frame, text: str, floor: int, end: int) -> int | None:
    """Where the subject begins whose apposition ends with the comma before `end`: from the clause's start on, past adverbials."""
    tokens = frame.words
    starts = [floor]
    for position in range(floor, end - 1):
        word = tokens[position]
        if word in _HARD and word != "(":
            starts.append(position + 1)
        elif word in {"but", "while", "although", "though", "because", "that", "whereas"}:
            starts.append(position + 1)
        elif word == "and" and position > floor and _clause_inside(tokens, floor, position):
            starts.append(position + 1)
    for begin in reversed(starts):
        at = first_subject(frame, text, begin, end - 1)
        if at is None:
            continue
        comma = _next_comma(tokens, at, end - 1)
        if comma is not None and _apposes(frame, text, comma + 1, end - 1) and comma - at <= 12 and not _has_verb(tokens, at, comma):
            return at
    return None


def _has_verb(tokens: list[str], start: int, end: int) -> bool:
    helpers = words("auxiliaries")
    return any(tokens[p] in helpers for p in range(start, end))


def _apposes(frame: Frame, text: str, start: int, end: int) -> bool:
    """Whether the words after a comma can be an apposition or a parenthesis to the noun before it."""
    if start >= end:
        return False
    word = frame.words[start]
    return word not in {"but", "so", "because"}


def _next_comma(tokens: list[str], start: int, end: int) -> int | None:
    for position in range(start, end):
        if tokens[position] == ",":
            return position
    return None


def first_subject(frame: Frame, text: str, start: int, end: int) -> int | None:
    """The first token of what can be a subject, past joiners and past adverbials that end with a comma."""
    tokens = frame.words
    while start < end:
        word = tokens[start]
        if word in {"but", "and", "so", "yet", "or", ",", "that", "even", "only", "just", "still", "not"}:
            start += 1
            continue
        if _starts_subject(frame, text, start) and not _is_participle(tokens, start):
            return start
        comma = _next_comma(tokens, start, end)
        if comma is None:
            return None
        start = comma + 1
    return None


def _is_participle(tokens: list[str], start: int) -> bool:
    word = tokens[start]
    return word.endswith("ing") and len(word) > 5 and start + 1 < len(tokens) and tokens[start + 1] != ","


def _plain(frame: Frame, text: str, floor: int, end: int) -> int | None:
    """Where a subject begins that ends right before its verb: after the last comma or joiner, past an adverbial."""
    tokens = frame.words
    start = floor
    for position in range(end - 1, floor - 1, -1):
        word = tokens[position]
        if word in _HARD or word == ",":
            start = position + 1
            break
        if word in words_of("joiners") and not (word == "and" and not _clause_inside(tokens, floor, position)):
            if word in {"as", "so", "that"} and position + 1 >= end:
                return None
            start = position + 1
            break
    while start < end and tokens[start] in {"but", "and", "so", "yet", "or", "that", ",", ".", "even", "only", "just", "still", "not", "then", "now"}:
        start += 1
    if start >= end:
        return None
    if tokens[end - 1] in _SUBJECTS:
        return end - 1
    length = is_date(tokens, start)
    if length and start + length < end:
        start += length
    if _starts_subject(frame, text, start):
        return start
    return _last_noun_group(frame, text, start + 1, end)


def _clause_inside(tokens: list[str], floor: int, position: int) -> bool:
    """Whether a whole clause stands before "and": then what follows it is a subject of its own."""
    helpers = words("auxiliaries")
    for at in range(position - 1, max(floor, position - 25) - 1, -1):
        word = tokens[at]
        if word in {",", QUOTE, ";"}:
            return tokens[position - 1] == "," or word == QUOTE
        if word in helpers or (word.endswith("ed") and len(word) > 4) or word in {"said", "says", "told"}:
            return True
    return False


def _last_noun_group(frame: Frame, text: str, start: int, end: int) -> int | None:
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


def after(frame: Frame, text: str, position: int) -> Subject | None:
    """The inverted subject that begins at token `position` ("said Flora Bell, who chairs planning")."""
    tokens, count = frame.words, len(frame.words)
    if position >= count or not _starts_subject(frame, text, position) or is_date(tokens, position) or tokens[position] == QUOTE:
        return None
    if tokens[position] in _SUBJECTS:
        return Subject(position, position + 1)
    if tokens[position] in words("pronouns"):
        return None
    end = position
    while end < count:
        word = tokens[end]
        if word == ",":
            extended = apposition_end(frame, text, end)
            if extended is None:
                break
            end = extended
            break
        if word == QUOTE or word in {":", ";", "—", "–", "?", "!", "("} or (word == "." and end == count - 1):
            if word == "(" and end + 3 < count and ")" in tokens[end + 1 : end + 7]:
                end = tokens.index(")", end) + 1
                continue
            break
        if word in _STOPS_AFTER and end > position and not _keeps(frame, text, end):
            break
        if end > position and is_date(tokens, end):
            break
        end += 1
    while end > position and tokens[end - 1] in {",", "."} and not (tokens[end - 1] == "." and end < count):
        end -= 1
    return Subject(position, end) if end > position else None


def _keeps(frame: Frame, text: str, position: int) -> bool:
    """Whether a preposition belongs to the name before it ("a lecturer at Leeds", "an aide to the mayor")."""
    word = frame.words[position]
    if word not in {"at", "with", "from", "to", "in", "on"} or position + 1 >= len(frame.words):
        return False
    common = not frame.caps[position - 1]
    return common and (frame.caps[position + 1] or (word != "in" and frame.words[position + 1] == "the")) and not is_date(frame.words, position)


def apposition_end(frame: Frame, text: str, comma: int) -> int | None:
    """Where the apposition ends that a comma opens after a name; None where something else follows it."""
    tokens, count = frame.words, len(frame.words)
    first = comma + 1
    if first >= count or tokens[first] == QUOTE:
        return None
    word = tokens[first]
    fits = word in {"a", "an", "the", "one", "another", "who", "whose", "his", "her", "its", "their", "now", "then", "formerly", "both"}
    fits = fits or word[0].isdigit() or frame.caps[first] or _is_role(tokens, first)
    if not fits or is_date(tokens, first):
        return None
    for position in range(first, count):
        word = tokens[position]
        if word in {QUOTE, ":", ";", "—", "–"}:
            return position
        if word == "," and position + 1 < count and (_ends_apposition(tokens, position + 1)):
            return position
    return count


def _is_role(tokens: list[str], position: int) -> bool:
    """Whether a bare noun phrase opens here that names an office ("president of the club", "head of roads")."""
    return any(tokens[at] in {"of", "for", "at"} for at in range(position + 1, min(position + 5, len(tokens)))) and not tokens[position].endswith("ing")


def _ends_apposition(tokens: list[str], position: int) -> bool:
    word = tokens[position]
    return (word.endswith("ing") and len(word) > 5) or word in {"but", "although", "though", QUOTE, "after", "when", "as", "while", "in", "during", "because"} or bool(is_date(tokens, position))
