"""Quotations with no source: found again in the body, or spoken where one person plainly has the floor."""

import re
from collections.abc import Sequence

from onrecord.extract.speakers.scene import Scene, Source
from onrecord.extract.speakers.voices import Voice

SHARED = 5  # Consecutive words that two statements must share: fewer are common phrases.
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_Gram = tuple[str, ...]


def _grams(text: str, source: Source) -> list[_Gram]:
    row: list[str] = []
    for part in source.parts:
        row.extend(word.replace("’", "'") for word in _WORD.findall(text[part.start : part.end].casefold()))
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
    heard: dict[int, list[Voice]] = {}
    for j, source in enumerate(sources):
        voice = voices[j]
        if source.start is None or voice is None:
            continue
        for i in {i for gram in _grams(scene.text, source) for i in wanted.get(gram, ())[:SHARED]}:
            heard.setdefault(i, []).append(voice)
    for i in floating:
        same = list(dict.fromkeys(heard.get(i, ())))
        voices[i] = same[0] if len(same) == 1 else None if same else _floor(scene, sources, voices, i)


def _floor(scene: Scene, sources: Sequence[Source], voices: list[Voice | None], i: int) -> Voice | None:
    """Whoever speaks right before and right after in the body."""
    around = [j for j in (i - 1, i + 1) if 0 <= j < len(sources)]
    if len(around) < 2 or any(voices[j] is None or _apart(scene, sources[i], sources[j]) for j in around):
        return None
    before, after = voices[i - 1], voices[i + 1]
    return before if before is after else None


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
