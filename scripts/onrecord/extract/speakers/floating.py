"""Quotations with no source: found again in the body, or spoken where one person plainly has the floor."""

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.extract.speakers.pronouns import nobody
from onrecord.extract.speakers.scene import Scene, Source
from onrecord.extract.speakers.voices import Voice

SHARED = 5  # Consecutive words that two statements must share: fewer are common phrases.
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_Gram = tuple[str, ...]


def _grams(text: str, source: Source) -> list[_Gram]:
    row: list[str] = []
    for part in source.parts:
        row.extend(_WORD.findall(text[part.start : part.end].casefold().replace("’", "'")))
    return list(zip(*(row[i:] for i in range(SHARED)), strict=False))


def place(scene: Scene, sources: Sequence[Source], voices: list[Voice | None]) -> None:
    """Give the sources that are named nowhere the voice that they share words or the floor with, in place."""
    floating = [i for i, source in enumerate(sources) if source.start is None and source.parts]
    if not floating:
        return
    wanted: dict[_Gram, list[int]] = {}
    for i in floating:
        for gram in _grams(scene.text, sources[i]):
            wanted.setdefault(gram, []).append(i)
    shared = _shared(scene, sources, wanted)
    for i in floating:
        best = shared.get(i, (0, ()))[1]
        speakers = list(dict.fromkeys(voices[j] for j in best if voices[j]))
        voices[i] = speakers[0] if len(speakers) == 1 else None if best else _floor(scene, sources, voices, i)


def _shared(scene: Scene, sources: Sequence[Source], wanted: dict[_Gram, list[int]]) -> dict[int, tuple[int, tuple[int, ...]]]:
    """For each floating quotation, how many runs of words it shares at most with a named statement, and with which."""
    best: dict[int, tuple[int, tuple[int, ...]]] = {}
    for j, source in enumerate(sources):
        if source.start is None:
            continue
        counts = Counter(i for gram in set(_grams(scene.text, source)) for i in wanted.get(gram, ())[:SHARED])
        for i, count in counts.items():
            most, which = best.get(i, (0, ()))
            if count >= most:
                best[i] = (count, (*which, j) if count == most and len(which) < SHARED else (j,))
    return best


def _floor(scene: Scene, sources: Sequence[Source], voices: list[Voice | None], i: int) -> Voice | None:
    """Whoever speaks right before and right after in the body."""
    around = [j for j in (i - 1, i + 1) if 0 <= j < len(sources)]
    if len(around) < 2 or any(voices[j] is None or _apart(scene, sources[i], sources[j]) for j in around):
        return None
    before, after = voices[i - 1], voices[i + 1]
    return before if before is after and not (before and nobody(scene, before)) else None


def _apart(scene: Scene, one: Source, other: Source) -> bool:
    """Whether more than a line lies between two statements, or either is no body text."""
    if not one.parts or not other.parts:
        return True
    rows = []
    for source in (one, other):
        number = scene.cast.sentence(source.parts[0].start)
        if number < 0 or scene.cast.sentences[number].role != "body":
            return True
        rows.append(scene.cast.sentences[number].line)
    return abs(rows[0] - rows[1]) > 1
