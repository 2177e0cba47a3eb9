"""Acts: the parts of one reporting act brought together across sentences and paragraphs."""

from dataclasses import dataclass, field

from onrecord.extract.statements.acts import Act, counts, make_act, quoted_parts
from onrecord.extract.statements.belongs import leads, of_another, other_marks, reported, turned_to
from onrecord.extract.statements.clauses import find_clauses, headline_clause
from onrecord.extract.statements.frames import QUOTE, Frame
from onrecord.extract.statements.introductions import announcement, heading, introduction, view
from onrecord.extract.statements.labels import find_turns, turn_lines
from onrecord.extract.statements.quotes import SPOKEN
from onrecord.extract.statements.runs import Clause
from onrecord.records import Article


@dataclass(slots=True)
class _State:
    """What a walk through the frames has to remember."""

    acts: list[Act] = field(default_factory=list)
    last: Act | None = None  # the act that the last quotation belongs to
    last_line: int = -1  # the line whose end still belongs to `last`
    open_quote: bool = False  # whether `last` was left without a closing mark at the end of its line
    mark: str = ""  # the mark that opened it
    pending: Act | None = None  # a reporting clause whose words are still to come
    pending_line: int = -1
    near: Act | None = None  # the act of the sentence right before, quoted or not


def find_acts(article: Article, frames: list[Frame]) -> list[Act]:
    """Read the reporting clauses of all frames and give each quotation to the act that it belongs to.

    Returns:
        The acts with at least one part, in the order of their first parts.
    """
    state = _State()
    line, spoken = -1, -1
    whole = _all_quotation(frames)
    turns = find_turns(article)
    speaking = turn_lines(article, turns)
    state.acts.extend(_turns(article, turns, speaking))
    first = next((number for number, line_ in enumerate(article.lines) if line_.role in SPOKEN), -1)
    for frame in frames:
        if frame.line in speaking:
            continue
        if frame.line != line:
            spoken, line = line, frame.line
            _enter_line(state, spoken)
        clause = headline_clause(frame) if frame.line == first or frame.role == "title" else None
        if clause is not None:
            state.acts.append(make_act(frame, clause))
            continue
        _read_frame(state, article.text, frame, spoken, whole)
        if frame.role != "body":
            state.near = None
    for act in state.acts:
        if act.follows is not None and act.source is None:
            if act.follows.follows is not None and act.follows.source is None:
                act.follows = act.follows.follows
            act.follows.parts.extend(act.parts)
            act.parts = []
    found = [act for act in state.acts if act.parts and counts(article.text, act)]
    for act in found:
        act.parts.sort()
    return sorted(found, key=lambda act: (act.parts[0][0], act.parts[-1][1]))


def _turns(article: Article, turns: dict[int, tuple[int, int, int]], speaking: dict[int, int]) -> list[Act]:
    """One act a turn of a transcript, one part a paragraph."""
    acts: dict[int, Act] = {}
    for number, opening in sorted(speaking.items()):
        line = article.lines[number]
        if number == opening:
            start, end, at = turns[number]
            colon = _colon(article.text, end)
            acts[opening] = Act([], "statement.transcript", number, (start, end), colon, None, (start, at), True)
        else:
            at = line.start
        while at < line.end and article.text[at] in '"“ ':
            at += 1
        if at < line.end:
            acts[opening].parts.append((at, line.end, True))
    return list(acts.values())


def _colon(text: str, end: int) -> tuple[int, int] | None:
    """The colon behind a name that opens a turn; None where brackets set the name off."""
    return (end, end + 1) if text.startswith(":", end) else None


def _all_quotation(frames: list[Frame]) -> frozenset[int]:
    """The lines in which nothing but quotations stands."""
    mixed = {frame.line for frame in frames if not _only_quotes(frame)}
    return frozenset(frame.line for frame in frames) - mixed


def _only_quotes(frame: Frame) -> bool:
    return bool(frame.quotes) and all(word == QUOTE or not word[0].isalnum() for word in frame.words)


def _enter_line(state: _State, previous: int) -> None:
    """At a new line only what reached to the end of the line before goes on."""
    if state.last is not None and state.last_line != previous:
        state.last, state.open_quote = None, False
    if state.pending is not None and (state.pending_line != previous or state.pending.rule == "statement.gesture"):
        state.pending = None


def _read_frame(state: _State, text: str, frame: Frame, previous: int, whole: frozenset[int]) -> None:
    if not frame.words:
        if state.last is not None and (state.last.line != frame.line or of_another(state.acts, state.last, text, frame)):
            state.last = None
        state.pending = state.near = None
        return
    continues = state.open_quote and 0 in frame.quotes and state.last is not None and state.last_line == previous
    clauses = find_clauses(frame)
    near, state.near = state.near, None
    if clauses and state.pending is not None and state.pending.rule == "statement.gesture":
        state.pending = None
    claimed: set[int] = set()
    touched = False
    for clause in clauses:
        act = make_act(frame, clause)
        tokens = [token for token in frame.quotes if any(start <= token < end for start, end in clause.runs)]
        if clause.wants:
            touched |= _wanting(state, frame, clause, act)
            continue
        claimed.update(tokens)
        continues = continues and not (
            0 in tokens and (other_marks(state.mark, text, frame) or reported(text, state.last, act))
        )
        act = _attach(state, act, continues and 0 in tokens)
        state.near = act
        if act.holds_quote:
            if not (touched and state.last is not None and leads(text, state.last, act)):
                state.last = act
            state.last_line, touched = frame.line, True
    if (
        near is not None
        and state.last_line != frame.line
        and _only_quotes(frame)
        and (near.line == frame.line or frame.line in whole)
    ):
        # "She called it a shame. "Nobody asked us.""
        state.last, state.last_line = near, near.line
    if not clauses and not frame.quotes:
        announced = announcement(frame) or turned_to(state.last, text, frame)
        if announced is not None:
            state.pending, state.pending_line = announced, frame.line
    touched |= _unclaimed(state, text, frame, claimed, continues, whole, bool(clauses))
    if frame.quotes:
        last = frame.quotes[max(frame.quotes)]
        state.open_quote = not last.closed and touched
        state.mark = text[last.start]
        state.last_line = frame.line if touched else state.last_line
    elif not touched and state.last is not None:
        state.open_quote = False
        state.last_line = -1 if state.last.line != frame.line and state.last_line != frame.line else state.last_line


def _wanting(state: _State, frame: Frame, clause: Clause, act: Act) -> bool:
    """A clause whose words stand outside its frame: behind it, or in the quotation right before."""
    if clause.wants == "after":
        state.pending, state.pending_line = act, frame.line
        return False
    last = state.last
    if last is not None and last.source is None and state.last_line == frame.line and clause is not None:
        last.source, last.cue, last.addressee, last.clause, last.rule = act.source, act.cue, act.addressee, act.clause, act.rule
        return True
    if last is not None and last.line == frame.line and state.last_line == frame.line and _ends_with(frame, clause):
        # "Bell said it was "daft," she added. "It has to go."": what follows is of the second act.
        state.acts.append(act)
        state.last = act
        return True
    return False


def _ends_with(frame: Frame, clause: Clause) -> bool:
    """Whether a reporting clause stands between a quotation and the end of its sentence."""
    source = clause.source
    opening = min(clause.cue[0], source.start if source is not None else clause.cue[0])
    return source is not None and opening > 0 and frame.words[opening - 1] == QUOTE


def _attach(state: _State, act: Act, continues: bool) -> Act:
    """Add a new act, or give its parts to the open quotation that it goes on with."""
    last = state.last
    if continues and last is not None:
        last.parts.extend(act.parts)
        if last.source is None:
            last.source, last.cue, last.addressee, last.clause, last.rule = (
                act.source,
                act.cue,
                act.addressee,
                act.clause,
                act.rule,
            )
        return last
    state.acts.append(act)
    return act


def _unclaimed(
    state: _State, text: str, frame: Frame, claimed: set[int], continues: bool, whole: frozenset[int], reports: bool
) -> bool:
    """Give the quotations that no clause of the frame claims to the act before, to a pending clause, or to one of their own."""
    left = [token for token in sorted(frame.quotes) if token not in claimed]
    if not left:
        if state.pending is not None and state.pending_line != frame.line and not frame.quotes:
            state.pending = None
        return False
    if not (_only_quotes(frame) or (continues and 0 in left) or claimed):
        return _woven(state, text, frame, reports) or _introduced(state, frame, left)
    taken = False
    for token in left:
        quote = frame.quotes[token]
        if claimed and not _adjoins(frame, token, claimed) and not (continues and token == 0):
            continue
        act = _home(state, frame, continues and token == 0, whole, taken or bool(claimed))
        if act is not None and act is state.last and not quote.closed and state.last_line != frame.line and not continues:
            act = Act([], "statement.floating", frame.line, holds_quote=True, follows=act)
            state.acts.append(act)
        if act is None:
            act = Act([], "statement.floating", frame.line, holds_quote=True)
            state.acts.append(act)
        act.parts.append((quote.inner_start, quote.inner_end, True))
        act.holds_quote = True
        state.last, state.last_line, taken = act, frame.line, True
    return taken


def _woven(state: _State, text: str, frame: Frame, reports: bool) -> bool:
    """A sentence right behind a quotation of the same line that opens with more of it and ends in the reporter's words."""
    last, quote = state.last, frame.quotes.get(0)
    if (
        reports
        or last is None
        or quote is None
        or state.last_line != frame.line
        or not text[quote.inner_start].isupper()
        or len(text[quote.inner_start : quote.inner_end].split(None, 5)) < 5
    ):
        return False
    last.parts.extend(quoted_parts(frame, 0, len(frame.words)))
    return True


def _home(state: _State, frame: Frame, continues: bool, whole: frozenset[int], here: bool) -> Act | None:
    """The act that a quotation without a clause of its own belongs to."""
    if state.pending is not None:
        act, state.pending = state.pending, None
        state.acts.append(act)
        return act
    last = state.last
    if last is None:
        return None
    if here or continues or state.last_line == frame.line:
        return last
    if 0 in frame.quotes and not frame.quotes[0].closed and other_marks(state.mark, frame.text, frame):
        # Left open, and with other marks than the quotations before, it is a longer one that those stand in.
        return None
    # A few quoted words that are a whole paragraph are a heading.
    return last if frame.line in whole and frame.end - frame.start >= _HEADING else None


_HEADING = 40


def _adjoins(frame: Frame, token: int, claimed: set[int]) -> bool:
    """Whether a quotation stands right behind a claimed one, with no words between."""
    at = token - 1
    while at >= 0 and not frame.words[at][0].isalnum() and frame.words[at] != QUOTE:
        at -= 1
    return at in claimed


def _introduced(state: _State, frame: Frame, left: list[int]) -> bool:
    """A quotation behind a clause with no reporting verb that we know ("Bell was blunt: ...", "To Bell, ...")."""
    act = heading(frame, left[0]) or introduction(frame, left[0]) or view(frame, left[0])
    if act is None:
        return False
    state.acts.append(act)
    state.last, state.last_line = act, frame.line
    return True
