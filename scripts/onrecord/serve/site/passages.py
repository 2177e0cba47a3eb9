"""An article as its passages in reading order, each figure and statement marked in its words.

Where the rights to the text are held, the passages are the whole text; elsewhere only the words that the package publishes:
figures, statements, and the 32 characters before and after each, with dots where words are cut. What lies between is not there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters with the same marks: what they are, and the figure and the statement that they belong to."""

    text: str
    figure: Row | None = None
    statement: Row | None = None
    opens: bool = False  # the first run of its statement, where the speaker is named


def passages(found: Row, text: str | None) -> list[list[Run]]:
    """The article's passages, each a list of runs.

    Args:
        found: what `rows.article` gives.
        text: the whole stored text, where its rights are held.

    >>> around = {"start": 6, "end": 9, "exact": "two", "prefix": "found ", "suffix": " boats"}
    >>> figures = [{"figure_id": "f", "start": 6, "end": 9}]
    >>> found = {"article": {"characters": 90}, "figures": figures, "statements": [], "parts": [], "around": [around]}
    >>> [[(run.text, bool(run.figure)) for run in passage] for passage in passages(found, None)]
    [[('found ', False), ('two', True), (' boats', False), ('…', False)]]
    """
    known = dict(enumerate(text)) if text is not None else _known(found)
    figures = _owners(found["figures"], found["figures"], "figure_id")
    statements = _owners(found["parts"], found["statements"], "statement_id")
    runs: list[list[Run]] = [[]]
    seen: set[str] = set()
    last: int | None = None
    for place in sorted(known):
        cut = place > (-1 if last is None else last) + 1
        if last is not None and (cut or known[last] == "\n" != known[place]) and runs[-1]:
            if cut:
                _cut_after(runs[-1])
            runs.append([])
        if cut and known[place] != "\n":
            runs[-1].append(Run("…"))
        last = place
        _add(runs[-1], known[place], figures.get(place), statements.get(place), seen)
    if text is None and last is not None and last + 1 < found["article"]["characters"]:
        _cut_after(runs[-1])
    whole = [passage for passage in runs if any(run.text.strip() for run in passage)]
    return whole if text is not None else [passage for passage in whole if any(run.figure or run.statement for run in passage)]


def _known(found: Row) -> dict[int, str]:
    """Every character that the package publishes, by its place in the text."""
    pieces = [(each["start"], each["exact"]) for each in found["parts"]]
    for each in found["around"]:
        prefix, suffix = each["prefix"] or "", each["suffix"] or ""
        pieces.append((each["start"] - len(prefix), f"{prefix}{each['exact']}{suffix}"))
    return {start + offset: character for start, words in pieces for offset, character in enumerate(words)}


def _owners(spans: list[Row], owners: list[Row], key: str) -> dict[int, Row]:
    by_key = {each[key]: each for each in owners}
    return {place: by_key[span[key]] for span in spans for place in range(span["start"], span["end"])}


def _cut_after(passage: list[Run]) -> None:
    """Tell that the article goes on where the known words end, unless they end with a paragraph."""
    if passage and not passage[-1].text.endswith(("\n", "…")):
        passage.append(Run("…"))


def _add(passage: list[Run], character: str, figure: Row | None, statement: Row | None, seen: set[str]) -> None:
    before = passage[-1] if passage else None
    if before and before.figure is figure and before.statement is statement:
        passage[-1] = Run(before.text + character, figure, statement, before.opens)
        return
    opens = statement is not None and statement["statement_id"] not in seen
    if statement is not None:
        seen.add(statement["statement_id"])
    passage.append(Run(character, figure, statement, opens))
