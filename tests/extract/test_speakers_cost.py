"""What it costs to find the speakers of hostile text, in calls of functions: twice the text, twice the calls."""

from collections.abc import Callable

import pytest
from counting import calls_of

from onrecord.extract.speakers import Source, resolve
from onrecord.extract.text import sentences
from onrecord.records import Article, Line, Part

UNITS = {
    "one surname, many people": lambda i: f"{chr(65 + i % 26)}{chr(97 + i // 26 % 26)}na Bell said no. Bell left. ",
    "one name again and again": lambda _: "Ann Bell, the mayor, said no. She added more. ",
    "one post, many holders": lambda i: f"Mayor Ann B{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}ll met the mayor. ",
    "pronouns alone": lambda _: "She said he said they said. ",
    "relatives alone": lambda _: "the head of the union, who said, which said ",
    "acronyms": lambda _: "ABC (DEF) of GHI and JKL for MNO ",
    "capitals without an end": lambda _: "Aa Bb Cc ",
    "no blank": lambda _: "Aa,b",
    "commas": lambda _: "the, a, the, ",
    "marks": lambda _: '"“',
}
SAID = ("She", "he", "they", "who", "which", "Bell", "mayor")
SLACK = 1.5  # Times as many calls as a straight line would have: what is done once a text, and what fills up first.


def article(unit: Callable[[int], str], count: int) -> tuple[Article, list[Source]]:
    """A text of so many units in one line, with a source wherever a word stands that can be one."""
    text = "".join(unit(i) for i in range(count))
    sources, place = list[Source](), 0
    for word in text.split(" "):
        bare = word.rstrip(",.")
        if bare in SAID:
            sources.append(Source(place, place + len(bare), (Part(place + len(word) + 1, place + len(word) + 5),), "indirect"))
        place += len(word) + 1
    return Article("a", text, (Line(0, len(text), "body"),)), sources


def calls(piece: Article, sources: list[Source]) -> int:
    """How many functions are called, those of C included."""
    cut = sentences(piece)
    return calls_of(lambda: resolve(piece, cut, sources))


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_four_times_the_text_is_four_times_the_calls(unit: Callable[[int], str]) -> None:
    small, large = calls(*article(unit, 150)), calls(*article(unit, 600))
    assert large <= 4 * SLACK * small
