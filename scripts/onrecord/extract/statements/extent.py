"""Where the reported words end."""

from enum import Enum

from onrecord.extract.lexicon import words
from onrecord.extract.statements.addressee import addressee_end
from onrecord.extract.statements.asides import NOMINATIVES, cut_aside
from onrecord.extract.statements.cues import Cue, progressive
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, words_of
from onrecord.extract.statements.lead import REACH
from onrecord.extract.statements.source import subject_before
from onrecord.extract.statements.subjects import starts_subject, turn
from onrecord.extract.statements.verbs import is_past, verb_at

_PREPOSITIONS = words("prepositions")

# Reporting words of one sentence that are looked at for where the reported words before them end.
_LATER = 12


class Standing(Enum):
    """Where a reporting clause stands in its sentence, which says what can end its words."""

    MAIN = "the main clause"
    SUBORDINATE = "a subordinate clause within the sentence: a comma can end it"
    LEADING = "a subordinate clause that opens the sentence: the comma before the main clause ends it"
    RELATIVE = "a clause of who or which: the comma before the main verb ends it"
    ASIDE = "a clause behind a dash or bracket: the next one ends it"


def content_end(frame: Frame, start: int, cues: list[Cue], *, loose: bool = False, standing: Standing = Standing.MAIN) -> int:
    """Where the reported words end that begin at token `start`: at the end of the frame or before the next act of reporting.

    Args:
        frame: the sentence.
        start: first token of what is reported.
        cues: the later reporting words of the frame, in order.
        loose: what is reported is no clause, so that a further verb or adverbial belongs to the reporter.
        standing: where the reporting clause stands.
    """
    subordinate = standing is not Standing.MAIN
    tokens = frame.words
    end = len(tokens)
    for cue in cues[:_LATER]:
        if cue.start <= start:
            continue
        cut = _cut_before(frame, start, cue, loose, subordinate)
        if cut is not None:
            end = cut
            break
    if standing is Standing.LEADING:
        end = _main_clause(frame, start, end)
    elif standing is Standing.RELATIVE:
        end = _main_verb(frame, start, end)
    elif standing is Standing.ASIDE:
        end = next((at for at in range(start + 1, end) if tokens[at] in {DASH, ")"}), end)
    end = trim_end(tokens, start, cut_aside(frame, start, end, loose, subordinate))
    return _before_hearing(tokens, start, end) if tokens[end - 1] in {"heard", "told"} else end


def _before_hearing(tokens: list[str], start: int, end: int) -> int:
    """Where reported words end that a clause follows with those who heard them: "..., an inquiry has heard"."""
    comma = next((at for at in range(end - 2, max(start, end - _HEARING), -1) if tokens[at] == ","), None)
    return end if comma is None or words_of("hearers").isdisjoint(tokens[comma:end]) else comma


# Such a clause has no more words.
_HEARING = 8


def _main_clause(frame: Frame, start: int, end: int) -> int:
    """The comma behind which the main clause follows a subordinate one; not the first if that opens with another ("if")."""
    tokens = frame.words
    relative = words_of("relative_openers")
    commas = [at for at in range(start + 1, end - 2) if tokens[at] == "," and tokens[at + 1] not in relative]
    for comma in commas[tokens[start] in _SUBORDINATORS :]:
        if tokens[comma + 1].split("'")[0] in NOMINATIVES:
            return comma
        verb = _verb_near(frame, comma + 1, min(comma + _NEAR, end)) if starts_subject(frame, comma + 1) else None
        # "the hull, mast and keel were sound": without a verb before the comma it stands in a list.
        listed = verb is not None and "and" in tokens[comma:verb] and _verb_near(frame, start, comma) is None
        if verb is not None and not listed:
            return comma
    return end


def _main_verb(frame: Frame, start: int, end: int) -> int:
    """The comma that closes a relative clause, behind which the verb of the main clause follows ("who said so, was fined")."""
    tokens = frame.words
    for comma in range(start + 1, end - 2):
        following, further = tokens[comma + 1], tokens[comma + 2]
        past = is_past(following) and further not in {"and", "or", ",", "by"}
        if tokens[comma] == "," and (following in words("auxiliaries") or past):
            return comma
    return end


def _verb_near(frame: Frame, start: int, end: int) -> int | None:
    """The first verb among these tokens, before a comma; a past form behind a noun is one unless a phrase follows it."""
    tokens = frame.words
    stop = next((at for at in range(start, end) if tokens[at] == ","), end)
    plain = verb_at(frame, start, stop)
    if plain is not None:
        return plain
    past = (at for at in range(start + 1, stop) if is_past(tokens[at]) and tokens[at - 1] not in words("determiners"))
    return next((at for at in past if at + 1 < stop and tokens[at + 1] not in _PREPOSITIONS), None)


_SUBORDINATORS = words_of("subordinators") | {"if"}
# How far behind its first word the verb of a main clause is looked for.
_NEAR = 9


_TRAILING = frozenset({".", ",", ";", ":", DASH, "-", "and", "but"})


def trim_end(tokens: list[str], start: int, end: int) -> int:
    """Leave out the punctuation that closes a sentence or leads over to what follows."""
    while end > start and tokens[end - 1] in _TRAILING:
        end -= 1
    return end


def _cut_before(frame: Frame, start: int, cue: Cue, loose: bool, subordinate: bool) -> int | None:
    """The token before which a later reporting word starts an act of its own; None where it is part of what is reported."""
    tokens, at = frame.words, cue.start - 1
    adverbs = words_of("adverbs")
    while at > start and (tokens[at] in adverbs or frame.adverb(at)):
        at -= 1
    previous = tokens[at]
    if cue.form.tense == "according":
        return at if previous == "," else cue.start
    if previous == QUOTE and tokens[at - 1] == ":" and "say" in cue.form.classes and frame.last_mark(at) in ",?!":
        # "noted the need to hurry: "Come along," said Flora Bell"
        return at - 1
    if cue.form.tense == "ing" and not progressive(frame, cue):
        if "quoting" in cue.form.classes and tokens[cue.end : cue.end + 1] and tokens[cue.end] in _PREPOSITIONS:
            # "beginning in May" reports nothing.
            return None
        if previous == ",":
            other = turn(frame, start, at)
            return at if other is None else other[0]
        return at + 1 if previous == QUOTE else None
    if previous == "," and cue.form.tense != "base" and cue.form.classes & {"object", "say", "tell"} and loose:
        return at
    if previous in {"and", "but"} and cue.form.classes & {"say", "tell", "object", "vow"}:
        return at if loose or tokens[at - 1] in {",", QUOTE} or _own_act(frame, start, cue) else None
    subject = subject_before(frame, cue.start, start)
    if subject is None or subject.start - 2 <= start:
        return None
    lead, further = tokens[subject.start - 1], tokens[subject.start - 2]
    if lead in {";", ":"}:
        return subject.start - 1
    if lead == QUOTE and cue.form.classes & {"say"} and subject.start - 1 > start:
        return subject.start - 1 if further in {",", ":"} else subject.start
    if lead in {"and", "but", "while", "though", "although", "as", "whereas", "so"} and (
        further == "," or further == DASH or (further == QUOTE and lead != "as")
    ):
        return subject.start - 1 if further == QUOTE else subject.start - 2
    if lead == "while" or (subordinate and lead == ","):
        return subject.start - 1
    if lead in {"and", "but"} and frame.caps[subject.start] and ("strong" in cue.form.classes or _tells(frame, cue)):
        # "Unions said the depot was unsafe and Mayor Bell accused them of ..."
        return subject.start - 1
    return subject.start - 1 if lead in {",", DASH} and _quotes(tokens, cue) else None


def _own_act(frame: Frame, start: int, cue: Cue) -> bool:
    """Whether a verb behind "and" or "but" reports anew, rather than being part of what is reported."""
    tokens, classes, past = frame.words, cue.form.classes, cue.form.tense == "past"
    opens = tokens[cue.end] if cue.end < len(tokens) else ""
    if "bare" in classes and (opens in {"that", QUOTE, "he", "she", "they", "it"} or _quotes(tokens, cue)):
        return True
    if past and ((opens == "that" and "say" in classes) or (opens == "to" and "vow" in classes)):
        return True
    if cue.form.tense != "base" and QUOTE in tokens[cue.end : cue.end + REACH]:
        return True
    return _calls(tokens, cue) or _tells(frame, cue) or _out_of_step(frame, start, cue)


def _calls(tokens: list[str], cue: Cue) -> bool:
    """Whether something is called something ("and called it a disgrace")."""
    if tokens[cue.start] not in words_of("calling") or cue.form.tense != "past":
        return False
    return tokens[cue.end : cue.end + 1] == ["it"] and tokens[cue.end + 1 : cue.end + 2] in (["a"], ["an"], ["the"], [QUOTE])


def _quotes(tokens: list[str], cue: Cue) -> bool:
    """Whether a comma or colon and a quotation stand right behind a cue."""
    return cue.end + 1 < len(tokens) and tokens[cue.end] in {",", ":"} and tokens[cue.end + 1] == QUOTE


def _out_of_step(frame: Frame, start: int, cue: Cue) -> bool:
    """Whether a past verb cannot go on with the reported words, whose verb is an infinitive ("would close and warned of")."""
    if cue.form.tense != "past" or "object" not in cue.form.classes:
        return False
    tokens = frame.words
    helpers = [tokens[at] for at in range(start, cue.start) if tokens[at] in words("auxiliaries")]
    return bool(helpers) and helpers[-1] in {"would", "will", "can", "could", "should"}


def _tells(frame: Frame, cue: Cue) -> bool:
    """Whether a verb tells somebody to do something or that something is so ("and warned the crew to leave")."""
    if "tell" not in cue.form.classes or cue.form.tense != "past":
        return False
    end = addressee_end(frame, cue.end)
    return end is not None and end < len(frame.words) and frame.words[end] in {"to", "that"}
