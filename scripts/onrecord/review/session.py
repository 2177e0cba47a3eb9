"""The walk through rows that wait for a decision: what is asked, how an answer reads, and when it counts.

An answer is one line, typed or piped:

    accept                                   the row is right (also: a)
    reject -- the harbour is another one     the row is wrong and leaves (r); a note stands behind --
    correct place=Leith -- as the map says   cells get other values (c); FIELD= alone empties a cell
    skip                                     decide later (s)
    quit                                     stop here (q)
"""

import shlex
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from onrecord.review.decisions import Decision, check_decision, decide

_WORDS = {"a": "accept", "r": "reject", "c": "correct", "s": "skip", "q": "quit"}

# (table, id) and what was wrong with the answer before; gives the next line, or None where there are no more.
Ask = Callable[[str, str, str | None], str | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of a reviewer: what to do, the cells to correct, and why."""

    verdict: str
    cells: tuple[tuple[str, str | None], ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk came to: all decisions now, and how many rows were decided and passed over."""

    decisions: tuple[Decision, ...]
    decided: int
    skipped: int


def parse_answer(line: str) -> Answer:
    """Read an answer.

    Raises:
        ValueError: it is none; the message says what was expected.

    >>> parse_answer('correct place="Port Ellery" per= -- as the map says')
    Answer(verdict='correct', cells=(('place', 'Port Ellery'), ('per', None)), note='as the map says')
    """
    command, _, note = f" {line.strip()} ".partition(" -- ")
    words = shlex.split(command)
    verdict = _WORDS.get(words[0], words[0]) if words else ""
    if verdict not in _WORDS.values():
        raise ValueError(f"expected accept, reject, correct FIELD=VALUE, skip or quit, found {line.strip()!r}")
    if verdict != "correct" and len(words) > 1:
        raise ValueError(f"expected a note behind --, found {' '.join(words[1:])!r} behind {verdict}")
    if verdict == "correct" and not all(word.partition("=")[1] for word in words[1:] or [""]):
        raise ValueError(f"expected correct FIELD=VALUE, found {line.strip()!r}")
    cells = [word.partition("=") for word in words[1:]]
    return Answer(verdict, tuple((name, value or None) for name, _, value in cells), " ".join(note.split()) or None)


def walk(
    rows: Iterable[tuple[str, str]],
    decisions: tuple[Decision, ...],
    reviewer: str,
    now: Callable[[], datetime],
    ask: Ask,
    problem: Callable[[tuple[Decision, ...]], str | None],
    save: Callable[[tuple[Decision, ...]], None],
) -> Walk:
    """Ask about one row after the other.

    Args:
        rows: the rows to ask about, as (table, id).
        decisions: those there are already.
        reviewer: who decides.
        now: the time of a decision.
        ask: shows a row and gives the reviewer's line.
        problem: what would be wrong with the tables under some decisions, or None.
        save: keeps the decisions; called after each one, so that none is lost.
    """
    decided = skipped = 0
    for table, row_id in rows:
        wrong: str | None = None
        while (line := ask(table, row_id, wrong)) is not None:
            try:
                answer = parse_answer(line)
                after = _decided(decisions, answer, (table, row_id), reviewer, now())
                wrong = problem(after) if after != decisions else None
            except ValueError as error:
                wrong = str(error)
            if wrong is None:
                break
        if line is None or answer.verdict == "quit":
            break
        if answer.verdict == "skip":
            skipped += 1
            continue
        decisions, decided = after, decided + 1
        save(decisions)
    return Walk(decisions, decided, skipped)


def _decided(
    decisions: tuple[Decision, ...], answer: Answer, row: tuple[str, str], reviewer: str, now: datetime
) -> tuple[Decision, ...]:
    if answer.verdict in ("skip", "quit"):
        return decisions
    for field, value in answer.cells or ((None, None),):
        decision = Decision(*row, answer.verdict, field, value, answer.note, reviewer, now)
        check_decision(decision)
        decisions = decide(decisions, decision)
    return decisions
