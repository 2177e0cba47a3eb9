"""Which way a sentence looks at a place: ahead or back. A cheap test: the nearest word that tells."""

from collections.abc import Iterable
from itertools import pairwise

from onrecord.extract.dates.vocabulary import listed

_REACH = 120  # characters before; a clause is rarely longer
_REACH_AFTER = 60
_EDGES = ',.;:!?()[]"“”‘—–'


def looks_ahead(text: str, start: int, end: int, first: int, last: int) -> bool | None:
    """Whether the words nearest to a span look ahead; None where nothing tells.

    Args:
        text: the article's text.
        start: where the span starts.
        end: where it ends.
        first: where its sentence starts.
        last: where its sentence ends.

    >>> looks_ahead("It will open in July.", 16, 20, 0, 21)
    True
    """
    before = ["", *text[max(first, start - _REACH) : start].lower().split()]
    after = ["", *text[end : min(last, end + _REACH_AFTER)].lower().split()]
    told = _nearest(reversed(list(pairwise(before))))
    return _nearest(pairwise(after)) if told is None else told


def _nearest(pairs: Iterable[tuple[str, str]]) -> bool | None:
    ahead, behind = listed("tense", "ahead"), listed("tense", "behind")
    for former, written in pairs:
        word = written.strip(_EDGES).replace("’", "'")
        if word in ahead or f"{former} {word}" in ahead or word.endswith("'ll"):
            return True
        # A regular past form tells, but not as part of "to be closed".
        if word in behind or (word.endswith("ed") and former != "be"):
            return False
    return None
