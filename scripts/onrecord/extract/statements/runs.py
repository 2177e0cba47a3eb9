"""A reporting clause, and the runs of reported words around it."""

from dataclasses import dataclass, field

from onrecord.extract.lexicon import words
from onrecord.extract.statements.cues import Cue
from onrecord.extract.statements.extent import Standing, content_end
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, after_dateline, words_of
from onrecord.extract.statements.lead import After
from onrecord.extract.statements.reported import is_answer
from onrecord.extract.statements.subjects import Subject
from onrecord.extract.statements.timing import is_date
from onrecord.extract.statements.verbs import is_participle, is_past, verb_at


@dataclass(slots=True)
class Clause:
    """One act of reporting in a frame, in tokens: its cue, its source, and the runs of reported words, in order."""

    cue: tuple[int, int]
    source: Subject | None
    runs: list[tuple[int, int]]
    rule: str
    addressee: tuple[int, int] | None = None
    clause_end: int = 0
    wants: str = ""
    frame: Frame | None = field(default=None, repr=False)


def resumed_at(frame: Frame, after: After, later: list[Cue]) -> int | None:
    """The token where a quotation goes on behind its reporting clause: "...," she said, (and) "..."."""
    if after.content is not None and frame.words[after.content] == QUOTE:
        return after.content if frame.words[after.content - 1] in _LEADS else None
    for step in (1, 2):
        at = after.clause_end + step
        if (
            after.how == "comma"
            and at < len(frame.words)
            and frame.words[at] == QUOTE
            and (step == 1 or frame.words[at - 1] in {"and", "but", "so"})
        ):
            return at
    tokens = frame.words
    resumed = _joined_quotation(frame, after, later)
    if resumed is not None:
        return resumed
    if after.how == "comma":
        stop = min([after.clause_end + _ASIDE, len(tokens), *(cue.start for cue in later[:1])])
        for at in range(after.clause_end + 1, stop):
            if tokens[at] == QUOTE:
                return at if tokens[at - 1] == "," and frame.text[frame.quotes[at].inner_start].islower() else None
    return None


def _joined_quotation(frame: Frame, after: After, later: list[Cue]) -> int | None:
    """A part of a quoted sentence behind the reporting clause's adverbials, a comma and "and": and (still) "...."."""
    tokens = frame.words
    stop = min([after.clause_end + _ASIDE, len(tokens) - 1, *(cue.start for cue in later[:1])])
    for at in range(after.clause_end, stop):
        if tokens[at] == "," and tokens[at + 1] in {"and", "but", "or"}:
            first = at + 2
            while first < len(tokens) and (tokens[first] in words_of("adverbs") or frame.adverb(first)):
                first += 1
            opens = first < len(tokens) and tokens[first] == QUOTE
            return first if opens and frame.text[frame.quotes[first].inner_start].islower() else None
    return None


# Before a quotation that goes on.
_LEADS = frozenset({",", ":", DASH, "-"})
# How many tokens an aside may have between a reporting clause and the quotation that goes on.
_ASIDE = 20


def past_runs(runs: list[tuple[int, int]], after: After) -> int:
    return max(after.clause_end, runs[-1][1] if len(runs) > 1 else 0)


def said_end(frame: Frame, after: After, later: list[Cue], standing: Standing = Standing.MAIN) -> int:
    """Where the words end that follow a reporting verb: behind a quotation that a comma or colon opens, or with the clause."""
    assert after.content is not None
    start, tokens = after.content, frame.words
    if after.how == "quote" and (tokens[start - 1] in {",", ":"} or frame.last_mark(start) in ",.?!"):
        return quoted_end(frame, start)
    if is_answer(frame, start) or _called_out(frame, start):
        return start + 1
    end = content_end(frame, start, later, standing=standing)
    if after.how in {"question", "that", "bare"} and ";" in tokens[start:end]:
        return _before_semicolon(tokens, start, end)
    if after.how == "bare":
        return _before_relative(frame, start, end)
    if after.how == "to":
        # "asked them to wait, but they left"
        turn = (
            at
            for at in range(start, end - 2)
            if tokens[at] == ","
            and (
                tokens[at + 1] in _TURNS
                or (tokens[at + 1] == "and" and (tokens[at + 2] in _SUBJECTS or frame.caps[at + 2]))
                or is_participle(tokens, at + 1)
            )
        )
        return next(turn, end)
    return end


_LINKS = words("prepositions") | words("conjunctions")


def _before_relative(frame: Frame, start: int, end: int) -> int:
    """Where a mere thing ends that is reported, before what the reporter tells of it ("reported the theft, which was ...")."""
    tokens = frame.words
    comma = next((at for at in range(start, end - 1) if tokens[at] == ","), end)
    if comma == end or tokens[comma + 1] not in _TELLS_MORE or "," in tokens[comma + 1 : end]:
        return end
    return comma if _is_thing(frame, start, comma) else end


def _is_thing(frame: Frame, start: int, end: int) -> bool:
    """Whether words are a noun group without a verb."""
    verb = verb_at(frame, start, end) is not None or is_past(frame.words[end - 1])
    return not verb and frame.words[start] in words("determiners")


_TELLS_MORE = frozenset({"which", "who", "whose", "where"})


def _called_out(frame: Frame, start: int) -> bool:
    """Whether a quotation is all that is said, and the reporter's phrase follows it ("shouted "I am sorry" from the dock")."""
    tokens = frame.words
    if start not in frame.quotes or not 0 < start < len(tokens) - 1 or tokens[start - 1] not in words_of("outcries"):
        return False
    return tokens[start + 1] in _LINKS


def _before_semicolon(tokens: list[str], start: int, end: int) -> int:
    """Where reported words end whose sentence goes on behind a semicolon ("asked who would pay; Bell did not answer").

    Several semicolons, or one before "that" or "and", part what is reported.
    """
    parts = [at for at in range(start, end) if tokens[at] == ";"]
    return end if len(parts) > 1 or tokens[parts[0] + 1] in {"that", "and"} else parts[0]


# Behind an infinitive and a comma these open a clause of the reporter's.
_SUBJECTS = words("determiners") | words_of("nominatives")
_TURNS = frozenset({"but", "although", "though"})


def quoted_end(frame: Frame, start: int) -> int:
    """The end of quotations that follow each other with no more than "and" between them; woven words go with them."""
    tokens, count = frame.words, len(frame.words)
    quote = frame.quotes[start]
    woven = quote.closed and frame.last_mark(start) not in ".,?!…" and start + 1 < count and tokens[start + 1][0].isalnum()
    if woven and tokens[start + 1] not in words_of("joiners") and tokens[start + 1] not in words_of("openers"):
        return content_end(frame, start, [])
    end = start + 1
    while end + 1 < count and tokens[end] in {"and", "but", ",", "or"}:
        step = 2 if tokens[end + 1] in {"and", "but", "or"} else 1
        if end + step < count and tokens[end + step] == QUOTE:
            end += step + 1
        else:
            break
    return end


def run_start(frame: Frame, floor: int, end: int) -> int:
    """Where a reported sentence starts that ends at token `end`: a quotation alone, or all of the clause around it."""
    tokens, start = frame.words, max(floor, min(after_dateline(frame), end))
    for position in range(end - 1, start - 1, -1):
        if tokens[position] in {";", ":"} and not _within_time(frame, position):
            start = position + 1
            break
    while start < end and tokens[start] in {",", "and", "but", "."}:
        start += 1
    if (
        end - start > 2
        and tokens[end - 1] == QUOTE
        and tokens[end - 2] == ","
        and frame.text[frame.quotes[end - 1].inner_start].isupper()
    ):
        # "Asked about it, ..." only leads over to a whole quotation.
        return end - 1 if tokens[start] in words_of("openers") or tokens[start].endswith("ing") else start
    return start


def _within_time(frame: Frame, colon: int) -> bool:
    """Whether a colon stands between the digits of a time ("8:30")."""
    at = frame.starts[colon]
    return frame.text[at - 1 : at].isdigit() and frame.text[at + 1 : at + 2].isdigit()


# A longer run has a verb, whether we see it or not.
_ADVERBIAL = 9
_PAUSES = frozenset({QUOTE, ","})


def only_adverbial(frame: Frame, start: int, end: int) -> bool:
    """Whether a run is no more than an adverbial that opens a sentence ("Earlier this week on television")."""
    tokens = frame.words
    if not 0 < end - start <= _ADVERBIAL or not _PAUSES.isdisjoint(tokens[start:end]):
        return False
    if not (tokens[start] in words_of("openers") or is_date(tokens, start) or frame.adverb(start) or end - start < 3):
        return False
    helpers, nominatives = words("auxiliaries"), words_of("nominatives")
    return not any(
        tokens[at] in helpers
        or tokens[at] in nominatives
        or "'" in tokens[at].removesuffix("'s")
        or (at > start and tokens[at].endswith("ed") and tokens[at - 1] not in words("determiners"))
        for at in range(start, end)
    )
