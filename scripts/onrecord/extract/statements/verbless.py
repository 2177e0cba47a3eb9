"""Reporting without a verb: according to somebody, somebody's claim that."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.cues import Cue
from onrecord.extract.statements.extent import Standing, content_end, trim_end
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, words_of
from onrecord.extract.statements.inversion import apposition_end
from onrecord.extract.statements.lead import After
from onrecord.extract.statements.runs import Clause, only_adverbial, quoted_end, run_start, said_end
from onrecord.extract.statements.subjects import Subject, starts_subject
from onrecord.extract.statements.verbs import is_past, verb_at

_POSSESSIVES = words_of("possessives")


def noun_clause(frame: Frame, cue: Cue, later: list[Cue], floor: int) -> Clause | None:
    """Somebody's claim that ...: the source is the possessor, and the clause ends with its commas."""
    tokens, at = frame.words, cue.start - 1
    while at > floor and cue.start - at < 4 and tokens[at] not in _POSSESSIVES and not tokens[at].endswith(("'s", "s'")):
        at -= 1
    if at < floor or not (tokens[at] in _POSSESSIVES or tokens[at].endswith(("'s", "s'"))):
        return None
    start = at
    while start > floor and frame.caps[at] and (frame.caps[start - 1] or tokens[start - 1] == "."):
        start -= 1
    if start > floor and tokens[start - 1] in words("determiners"):
        start -= 1
    end = content_end(frame, cue.end + 1, later, standing=Standing.SUBORDINATE)
    if verb_at(frame, floor, start) is None:
        end = _before_main_verb(frame, cue.end + 1, end)
    comma = next((p for p in range(cue.end + 1, end) if tokens[p] == ","), end)
    quoted = next((p for p in range(cue.end + 1, comma) if tokens[p] == QUOTE and _closes_with_comma(frame, p)), None)
    comma = comma if quoted is None else quoted + 1
    return Clause((cue.start, cue.end), Subject(start, at + 1), [(cue.end + 1, comma)], "statement.noun", None, cue.end)


def _before_main_verb(frame: Frame, start: int, end: int) -> int:
    """Where a clause ends that is part of its sentence's subject ("her claim that he was late was rejected").

    The last verb before a further clause is the main one; where there is no other before it, the clause's own was not seen.
    """
    tokens = frame.words
    stop = next((at for at in range(start + 1, end) if tokens[at] in _FURTHER), end)
    verbs: list[int] = []
    at = verb_at(frame, start, stop)
    while at is not None:
        if not verbs or at > verbs[-1] + 1:
            verbs.append(at)
        at = verb_at(frame, at + 1, stop)
    subject = len(verbs) > 1 and tokens[verbs[-1] - 1] not in words_of("subject_pronouns")
    return verbs[-1] if subject else end


_STOPS = frozenset({",", QUOTE, ".", ":", ";", DASH})
_CLOSES = frozenset({",", QUOTE, ";", ":", DASH, "?", "!", ")"})
_FURTHER = words_of("joiners") | {",", ";", DASH}


def words_clause(frame: Frame, cue: Cue, floor: int) -> Clause | None:
    """In somebody's words: the quotation behind its comma, or the one before it."""
    tokens = frame.words
    source, start, end = _whose_words(frame, cue)
    if source is None or start < floor:
        return None
    comma = end + (end < len(tokens) and tokens[end] == ",")
    if comma < len(tokens) and tokens[comma] == QUOTE:
        runs = [(comma, quoted_end(frame, comma))]
    else:
        before = start - (start > 0 and tokens[start - 1] == ",")
        if before <= floor or tokens[before - 1] != QUOTE:
            return None
        runs = [(before - 1, before)]
    return Clause((cue.start, cue.end), source, runs, "statement.words", None, max(end, runs[0][1]))


def _whose_words(frame: Frame, cue: Cue) -> tuple[Subject | None, int, int]:
    """The one whose words they are, and where the phrase begins and ends: "in her own words", "in the words of Flora Bell"."""
    tokens, at = frame.words, cue.start
    if tokens[max(at - 2, 0) : at] == ["in", "the"] and tokens[at + 1 : at + 2] == ["of"]:
        end = next((n for n in range(at + 2, len(tokens)) if tokens[n] in _STOPS), len(tokens))
        return (Subject(at + 2, end) if end > at + 2 else None), at - 2, end
    owner = at - 1 - (tokens[at - 1] == "own")
    start = owner
    while start > 0 and at - start < _APPOSITION and tokens[start - 1] != "in":
        start -= 1
    owned = tokens[owner] in _POSSESSIVES or tokens[owner].endswith(("'s", "s'"))
    return (Subject(start, owner + 1) if owned and start > 0 and tokens[start - 1] == "in" else None), start - 1, cue.end


def according_clause(frame: Frame, cue: Cue, later: list[Cue], floor: int) -> Clause | None:
    """According to a source: the words before it where it stands last, the words after its comma where it stands first."""
    tokens, count = frame.words, len(frame.words)
    start = cue.end
    if start >= count:
        return None
    end = _source_end(frame, start)
    first = cue.start <= floor + 1 and cue.start <= 1
    if first or (tokens[cue.start - 1] in {"and", "but", ";"} and end + 1 < count and tokens[end] == ","):
        end = _past_apposition(frame, start, end)
        content_at = end + 1 if end < count and tokens[end] == "," else end
        source = Subject(start, end)
        if content_at >= count or (content_at == end and tokens[end] != QUOTE):
            return None
        how = "quote" if tokens[content_at] == QUOTE else "bare"
        stop = said_end(frame, After(None, content_at, content_at, how), later)
        return Clause((cue.start, cue.end), source, [(content_at, stop)], "statement.according_to", None, content_at)
    before_end = cue.start - 1 if tokens[cue.start - 1] == "," else cue.start
    begin = run_start(frame, floor, before_end)
    leads = only_adverbial(frame, begin, before_end)
    runs = [(begin, before_end)] if begin < before_end else []
    verb = (
        verb_at(frame, start + 1, end) if tokens[cue.start - 1] == "," and verb_at(frame, begin, before_end) is None else None
    )
    if verb is not None and words_of("relative_openers").isdisjoint(tokens[start:verb]):
        # "Divers, according to the ministry recovered 12 boats": a comma is missing behind the source.
        going_on = (verb, content_end(frame, verb, later))
        return Clause(
            (cue.start, cue.end), Subject(start, verb), [*runs, going_on], "statement.according_to", None, going_on[1]
        )
    stop_source = end
    if end < count and tokens[end] == ",":
        extended = None if leads else apposition_end(frame, end)
        if tokens[end + 1 : end + 2] == ["who"] and any(end < each.start < (extended or end) for each in later):
            # "according to police, who said ...": who they are ends here
            extended = None
            count = end + 1
        if extended is not None and _no_clause(frame, end, extended):
            stop_source = trim_end(tokens, start, extended)
            end = extended
        elif end + 1 < count and tokens[cue.start - 1] == "," and not _describes(tokens[end + 1]):
            stop = content_end(frame, end + 1, later)
            if stop > end + 1:
                runs.append((end + 1, stop))
    if stop_source <= start or not runs or (leads and len(runs) < 2):
        return None
    return Clause(
        (cue.start, cue.end), Subject(start, stop_source), runs, "statement.according_to", None, max(end, runs[-1][1])
    )


def _describes(word: str) -> bool:
    """Whether the word behind a source and a comma opens more about the source or about what it said."""
    return word.endswith("ing") or word in {"who", "which", "whose"}


def _source_end(frame: Frame, start: int) -> int:
    """Where the words end that are relied on, which begin at token `start`; a bracket within them is theirs."""
    tokens, count, end, depth = frame.words, len(frame.words), start, 0
    while end < count and (depth or tokens[end] not in _CLOSES):
        if tokens[end] == "." and end == count - 1:
            break
        depth += (tokens[end] == "(") - (tokens[end] == ")")
        end += 1
    # "According to the Gazette's "Tide Desk", the lock is shut"
    named = end > start and tokens[end : end + 2] == [QUOTE, ","] and tokens[end - 1].endswith(("'s", "s'"))
    return end + named


def _closes_with_comma(frame: Frame, token: int) -> bool:
    return frame.text[frame.quotes[token].inner_end - 1] == ","


def _past_apposition(frame: Frame, start: int, end: int) -> int:
    """The end of a name and its apposition, where a clause follows behind that: "Interlink, a news agency, the mast fell"."""
    tokens = frame.words
    opens = tokens[end + 1] if end + 1 < len(tokens) and tokens[end] == "," and end > start else ""
    relative = opens in {"who", "which", "whose"}
    far = 3 * _APPOSITION if relative else _APPOSITION
    comma = next((at for at in range(end + 1, min(end + far, len(tokens) - 1)) if tokens[at] == ","), None)
    if comma is None or not opens:
        return end
    # "police in Elm, Ohio, the mast fell"
    place = all(frame.caps[end - 1 : comma][at] for at in (0, *range(2, comma - end + 1)))
    apposes = frame.caps[end - 1] and opens in words("determiners") | _HELD and _no_clause(frame, end, comma)
    if not (relative or place or apposes):
        return end
    reach = range(comma + 2, min(comma + _APPOSITION, len(tokens)))
    verb = next((at for at in reach if verb_at(frame, at, at + 1) is not None or is_past(tokens[at])), None)
    subject = starts_subject(frame, comma + 1) and tokens[comma + 1] not in {"who", "which", "and"}
    clause = subject and (relative or (verb is not None and not {",", "and"} & set(tokens[comma + 1 : verb])))
    return comma if clause else end


# Before a post that somebody holds or held ("Ann Bell, formerly the director").
_HELD = frozenset({"currently", "formerly", "now", "once", "then"})
# An apposition, or a subject up to its verb, is no longer in tokens.
_APPOSITION = 12


def _no_clause(frame: Frame, start: int, end: int) -> bool:
    """Whether the words after a source can be its apposition: they have no verb but one of a relative clause."""
    verb = verb_at(frame, start + 1, end)
    return verb is None or not words_of("relative_openers").isdisjoint(frame.words[start:verb])
