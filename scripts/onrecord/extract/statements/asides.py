"""What the reporter adds to reported words: asides and adverbials, behind which no more of them come."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, words_of
from onrecord.extract.statements.timing import is_date
from onrecord.extract.statements.verbs import is_participle, is_past, verb_at

_WHEN = words_of("meanwhile")
_THEN = words_of("reporters_clauses")
_ADDS = words_of("after_dash")
NOMINATIVES = words_of("nominatives") | {"you"}
_ADVERBS = words_of("adverbs") - {"both", "all", "each", "even", "so"}
# One of these opens what is no part of an object any more.
_TURNS = frozenset({DASH, "but", "in", "and", "as"})
_TURNING = words_of("subordinators") | {"upon"}
_ADDED = _ADVERBS | words("auxiliaries")
# Behind one of these, or at a dash, an aside begins, unless what is reported is no clause.
_LEADS_ASIDE = frozenset({QUOTE, DASH, ","})


def cut_aside(frame: Frame, start: int, end: int, loose: bool, subordinate: bool) -> int:
    """Leave out what the reporter adds, behind a dash or with a participle, or an adverbial of the verb's."""
    tokens, quoted, dashed = frame.words, False, False
    if not loose and _LEADS_ASIDE.isdisjoint(tokens[start:end]):
        return end
    for position in range(start + 1, end):
        word, previous = tokens[position], tokens[position - 1]
        if not loose and previous not in _LEADS_ASIDE and word != DASH:
            continue
        quoted = quoted or previous == QUOTE
        dashed = dashed or previous == DASH
        if previous == QUOTE and loose and (is_date(tokens, position) or (word in _ADVERBS and position + 1 < end)):
            return position
        if previous == QUOTE and loose and _comma_inside(frame, position - 1) and is_participle(tokens, position):
            return position
        if previous == QUOTE and word == "but" and (loose or _comma_inside(frame, position - 1)):
            return position
        if previous == QUOTE and (
            (word == DASH and not dashed)
            or (word == "," and position + 1 < end and (tokens[position + 1] in _WHEN or is_participle(tokens, position + 1)))
            or (word == "," and subordinate)
        ):
            return position
        if word == DASH and position + 1 < end and tokens[position + 1] in _ADDS and not _closed_dash(tokens, position, end):
            return position
        if previous == "," and word == "as" and position + 1 < end and tokens[position + 1] in words("auxiliaries"):
            return position - 1
        if loose and word in _TURNS and (_turns(frame, position) or _goes_on(frame, start, position)):
            return position
        if loose and (word in _WHEN or (quoted and word in {"after", "when", "before", "during"})):
            return position
        if previous == "," and _sums_up(tokens, position):
            return position - 1
        if previous == "," and word == "as" and QUOTE in tokens[position + 1 : min(position + 4, end)]:
            continue
        if previous == "," and (
            (loose and word in _THEN and not _resumed(tokens, position, end))
            or ((loose or quoted) and is_participle(tokens, position))
        ):
            return position - 1
    return end


def _sums_up(tokens: list[str], position: int) -> bool:
    """Whether the reporter says here what it is that was said (", a charge the yard denied", ", the latest firm to ...")."""
    following = tokens[position + 1 : position + 3]
    if tokens[position] == "the":
        return following[:1] == ["latest"]
    return tokens[position] in {"a", "an"} and len(following) == 2 and following[0] in words_of("sayings") | words_of("askings")


def _resumed(tokens: list[str], position: int, end: int) -> bool:
    """Whether what a relative clause stands in goes on behind it ("accused Bell, who was born there, of lying")."""
    if tokens[position] not in words_of("relative_openers"):
        return False
    comma = next((at for at in range(position + 1, end - 1) if tokens[at] == ","), None)
    return comma is not None and tokens[comma + 1] in {"of", "for", "to", "as"}


def _turns(frame: Frame, position: int) -> bool:
    """Whether what is no clause ends here: at another thing its source did ("but also had to") or where it was said."""
    tokens = frame.words
    following = tokens[position + 1 : position + 3]
    if len(following) < 2:
        return False
    if tokens[position] == DASH:
        return is_participle(tokens, position + 1) and not _closed_dash(tokens, position, len(tokens))
    if tokens[position] == "but":
        opens = frame.caps[position + 1] or following[0] in _TURNING
        return (tokens[position - 1] == "," and opens) or following[0] in _ADDED
    return tokens[position] == "in" and following[0] in {"a", "an"} and following[1] in words_of("media")


def _goes_on(frame: Frame, start: int, position: int) -> bool:
    """Whether a clause of the reporter's follows ("pledged funds and Syria is ...", "condemned the strike as Cork burned")."""
    tokens = frame.words
    if position + 2 >= len(tokens) or tokens[position] not in {"and", "as"}:
        return False
    if not (frame.caps[position + 1] or (tokens[position] == "as" and tokens[position + 1] in NOMINATIVES)):
        return False
    verb = tokens[position + 2]
    acts = verb in words("auxiliaries") or (tokens[position] == "as" and is_past(verb))
    return acts and verb_at(frame, start, position) is None


def _comma_inside(frame: Frame, token: int) -> bool:
    """Whether a quotation ends with a comma, behind which a clause of the reporter's may begin."""
    quote = frame.quotes.get(token)
    return quote is not None and frame.text[quote.inner_end - 1] == ","


def _closed_dash(tokens: list[str], position: int, end: int) -> bool:
    """Whether a dash opens an aside within the reported words, which another dash closes."""
    return any(tokens[at] == DASH for at in range(max(0, position - 30), min(position + 30, end)) if abs(at - position) > 1)
