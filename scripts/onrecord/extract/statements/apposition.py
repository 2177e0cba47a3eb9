"""What stands between commas behind a name and belongs to it."""

from onrecord.extract.statements.frames import QUOTE, Frame
from onrecord.extract.statements.when import is_date


def apposition_end(frame: Frame, comma: int) -> int | None:
    """Where the apposition ends that a comma opens after a name; None where something else follows it."""
    tokens, count = frame.words, len(frame.words)
    first = comma + 1
    if first >= count or tokens[first] == QUOTE:
        return None
    word = tokens[first]
    fits = word in {
        "a",
        "an",
        "the",
        "one",
        "another",
        "who",
        "whose",
        "his",
        "her",
        "its",
        "their",
        "now",
        "then",
        "formerly",
        "both",
    }
    fits = fits or word[0].isdigit() or frame.caps[first] or _is_role(tokens, first)
    if not fits or is_date(tokens, first):
        return None
    for position in range(first, count):
        word = tokens[position]
        if word in {QUOTE, ":", ";", "—", "–"}:
            return position
        if word == "," and position + 1 < count and (_ends_apposition(tokens, position + 1)):
            return position
    return count


def _is_role(tokens: list[str], position: int) -> bool:
    """Whether a bare noun phrase opens here that names an office ("president of the club", "head of roads")."""
    return any(tokens[at] in {"of", "for", "at"} for at in range(position + 1, min(position + 5, len(tokens)))) and not tokens[
        position
    ].endswith("ing")


def _ends_apposition(tokens: list[str], position: int) -> bool:
    word = tokens[position]
    return (
        (word.endswith("ing") and len(word) > 5)
        or word in {"but", "although", "though", QUOTE, "after", "when", "as", "while", "in", "during", "because"}
        or bool(is_date(tokens, position))
    )
