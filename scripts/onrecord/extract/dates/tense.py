"""Which way a sentence looks at a place: ahead or back. A cheap test: the nearest word that tells."""

import re
from functools import cache

from onrecord.extract.lexicon import load

_REACH = 120  # characters before; a clause is rarely longer
_REACH_AFTER = 60


@cache
def _cue() -> re.Pattern[str]:
    words = load("dates")["tense"]
    ahead, behind = ("|".join(sorted(map(re.escape, words[side]), key=len, reverse=True)) for side in ("ahead", "behind"))
    # A regular past form tells, but not as part of "to be closed".
    return re.compile(
        rf"(?<!\w)(?:(?P<ahead>{ahead})|(?P<behind>{behind})|(?<!be )(?P<past>\w{{2,20}}ed))(?!\w)", re.IGNORECASE
    )


def looks_ahead(text: str, start: int, end: int, first: int, last: int) -> bool | None:
    """Whether the words nearest to a span look ahead; None where nothing tells.

    Args:
        text: the article's text.
        start: where the span starts.
        end: where it ends.
        first: where its sentence starts; `last`: where that ends.

    >>> looks_ahead("It will open in July.", 16, 20, 0, 21)
    True
    """
    cue = None
    for match in _cue().finditer(text, max(first, start - _REACH), start):
        cue = match
    cue = cue or _cue().search(text, end, min(last, end + _REACH_AFTER))
    return None if cue is None else cue["ahead"] is not None
