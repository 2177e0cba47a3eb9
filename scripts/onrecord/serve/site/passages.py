"""An article as its passages in reading order, each figure and statement marked in its words.

Where the rights to the text are held, the passages are the whole text; elsewhere only the words that the package publishes:
figures, statements, and of the 32 characters before and after each the whole words, with dots where more follow. What lies
between is not there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.provenance import CONTEXT

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters with the same marks: what they are, the figure and the statement they belong to, what begins with them."""

    text: str
    figure: Row | None = None
    statement: Row | None = None
    opens: bool = False  # the first run of its statement, where the speaker is named
    anchors: tuple[str, ...] = ()  # the ids of figures and statements, also of those that lie below others


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
    anchors = _anchors(found)
    runs: list[list[Run]] = [[]]
    seen: set[str] = set()
    last: int | None = None
    for piece in _pieces(known, figures, statements, anchors):
        first = piece[0]
        cut = first > (-1 if last is None else last) + 1
        if last is not None and runs[-1] and (cut or known[last] == "\n" != known[first]):
            if cut:
                _cut_after(runs[-1])
            runs.append([])
        if cut and known[first] != "\n":
            runs[-1].append(Run("…"))
        last, statement = piece[-1], statements.get(first)
        opens = statement is not None and statement["statement_id"] not in seen
        seen |= {statement["statement_id"]} if statement is not None else set()
        words = "".join(known[place] for place in piece)
        runs[-1].append(Run(words, figures.get(first), statement, opens, anchors.get(first, ())))
    if text is None and last is not None and last + 1 < found["article"]["characters"]:
        _cut_after(runs[-1])
    whole = [passage for passage in runs if any(run.text.strip() for run in passage)]
    return whole if text is not None else [passage for passage in whole if any(run.figure or run.statement for run in passage)]


def _known(found: Row) -> dict[int, str]:
    """Every character that the package publishes, by its place in the text."""
    pieces = [(each["start"], each["exact"]) for each in found["parts"]]
    for each in found["around"]:
        prefix, suffix = _whole_words(each["prefix"] or "", each["suffix"] or "")
        pieces.append((each["start"] - len(prefix), f"{prefix}{each['exact']}{suffix}"))
    return {start + offset: character for start, words in pieces for offset, character in enumerate(words)}


def _whole_words(prefix: str, suffix: str) -> tuple[str, str]:
    """The context without a word that may be cut at its outer end."""
    before = prefix if len(prefix) < CONTEXT else re.sub(r"^\S*\s", "", prefix)
    return before, suffix if len(suffix) < CONTEXT else re.sub(r"\s\S*$", "", suffix)


def _owners(spans: list[Row], owners: list[Row], key: str) -> dict[int, Row]:
    by_key = {each[key]: each for each in owners}
    return {place: by_key[span[key]] for span in spans for place in range(span["start"], span["end"])}


def _cut_after(passage: list[Run]) -> None:
    """Tell that the article goes on where the known words end, unless they end with a paragraph."""
    if passage and not passage[-1].text.endswith(("\n", "…")):
        passage.append(Run("…"))


def _anchors(found: Row) -> dict[int, tuple[str, ...]]:
    """What begins at a place, by the ids that links lead to."""
    starts: dict[int, tuple[str, ...]] = {}
    for table, key in (("statements", "statement_id"), ("figures", "figure_id")):
        for each in found[table]:
            starts[each["start"]] = (*starts.get(each["start"], ()), each[key])
    return starts


def _pieces(
    known: Mapping[int, str], figures: Mapping[int, Row], statements: Mapping[int, Row], anchors: Mapping[int, object]
) -> Iterator[list[int]]:
    """Places that follow one another in a paragraph and belong to the same figure and statement, where nothing else begins."""
    piece: list[int] = []
    for place in sorted(known):
        before = place - 1
        if piece and not (
            piece[-1] == before
            and figures.get(place) is figures.get(before)
            and statements.get(place) is statements.get(before)
            and place not in anchors
            and not known[before] == "\n" != known[place]
        ):
            yield piece
            piece = []
        piece.append(place)
    if piece:
        yield piece
