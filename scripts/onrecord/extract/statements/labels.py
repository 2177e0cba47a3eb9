"""Speakers set before or behind their words without a verb: transcripts, headlines with a colon, "- Name"."""

import re

from onrecord.extract.lexicon import words
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, words_of
from onrecord.extract.statements.subjects import Subject
from onrecord.records import Article, Line

_TURN = re.compile(r"[\"“]?((?:[A-Z][\w.'’-]{0,30} ){0,3}[A-Z][\w.'’-]{1,30})(?: \([^()\n]{1,40}\))?: {1,2}(?=\S)")
# "((Flora Bell)) The lock leaks.": how some interviews set off who speaks.
_BRACKETED = re.compile(r"\(\(((?:[A-Z][\w.'’-]{0,30} ){0,3}[A-Z][\w.'’-]{1,30})\)\) {1,3}(?=\S)")
# An article with fewer turns is no transcript.
_TURNS = 3
# A turn's further paragraphs, before the next one speaks.
_PARAGRAPHS = 12
DASHES = frozenset({DASH, "-"})
# A headline's source is no longer, in tokens.
_NAME = 7


def find_turns(article: Article) -> dict[int, tuple[int, int, int]]:
    """The lines of a transcript that open a turn: line number to (start of the name, its end, start of the words).

    Empty unless several lines open with names and at least one of these speaks twice.
    """
    text = article.text
    turns: dict[int, tuple[int, int, int]] = {}
    names: list[str] = []
    for number, line in enumerate(article.lines):
        pattern = _BRACKETED if text.startswith("((", line.start) else _TURN
        match = pattern.match(text, line.start, line.end) if line.role == "body" else None
        if match and match.group(1).lower() not in words_of("labels"):
            turns[number] = (match.start(1), match.end(1), match.end())
            names.append(match.group(1))
    if 0 in turns and names.count(names[0]) == 1:
        # The first line is a headline even where nobody says so.
        del turns[0], names[0]
    return turns if len(turns) >= _TURNS and len(set(names)) < len(names) else {}


def turn_lines(article: Article, turns: dict[int, tuple[int, int, int]]) -> dict[int, int]:
    """Every line of a transcript's turns, to the line that opens its turn; a last turn has no further paragraphs."""
    found: dict[int, int] = {}
    openings = sorted(turns)
    for opening, following in zip(openings, [*openings[1:], None], strict=False):
        found[opening] = opening
        if following is not None and following - opening <= _PARAGRAPHS:
            for number in range(opening + 1, following):
                if article.lines[number].role == "body" and not _stage_direction(article.text, article.lines[number]):
                    found[number] = opening
    return found


def _stage_direction(text: str, line: Line) -> bool:
    return text[line.start : line.start + 2].lstrip('"“').startswith(("(", "["))


def headline(frame: Frame) -> tuple[Subject, int] | None:
    """The source of a headline like "Bell on parking: permits must go", and the token of its colon."""
    tokens = frame.words
    for colon in range(1, min(_NAME + 1, len(tokens) - 1)):
        if tokens[colon] == ":":
            break
        if tokens[colon] == QUOTE or tokens[colon] in DASHES:
            return None
    else:
        return None
    if len(tokens) - colon < 4 and tokens[colon + 1] != QUOTE:
        return None
    end = next((at for at in range(1, colon) if tokens[at] in {"on", "about", "to"}), colon)
    named = all(frame.caps[at] or tokens[at] in {"of", "the", "for", "and", "'s"} for at in range(end))
    label = tokens[0] not in words_of("sources_in_headlines") and (
        " ".join(tokens[:colon]) in words_of("labels")
        or tokens[0] in words_of("labels")
        or tokens[0] in words("determiners") - {"the"}
    )
    return (Subject(0, end), colon) if named and not label else None


def signed(frame: Frame) -> Subject | None:
    """The name behind a quotation and a dash: "..." - Flora Bell."""
    tokens, count = frame.words, len(frame.words)
    if count < 3 or tokens[0] != QUOTE or tokens[1] not in DASHES:
        return None
    start, end = 2, count
    while start < end and tokens[start] in DASHES:
        start += 1
    while end > start and tokens[end - 1] == ".":
        end -= 1
    if not 0 < end - start <= 12 or not frame.caps[start]:
        return None
    comma = next((at for at in range(start, end) if tokens[at] == ","), end)
    return (
        Subject(start, end)
        if all(frame.caps[at] or tokens[at] in {"of", "the", "de", "."} for at in range(start, comma))
        else None
    )
