"""Who wrote it: the line that says so, and the names in it."""

import re

from onrecord.source.lexicon import RULES, either

_BYLINES: dict[str, list[str]] = RULES["bylines"]
_OPENING = re.compile(rf"\s*{either(_BYLINES['openings'])}\s*:?\s+", re.IGNORECASE)
_JOB = re.compile(rf"\b{either([*_BYLINES['jobs'], *(f'{job}s' for job in _BYLINES['jobs'])])}(?!['’])", re.IGNORECASE)
_OUTLET = re.compile(rf"[\s,]*\b{either(_BYLINES['outlets'])}\s*$", re.IGNORECASE)
_DAYS_AND_MONTHS = re.compile(either([*RULES["dates"]["weekdays"], *RULES["dates"]["months"]]), re.IGNORECASE)
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*"
_NAME = re.compile(rf"{_WORD}(?:\s+(?:{either(_BYLINES['particles'])}\s+)*{_WORD}){{0,4}}")
_NEXT = re.compile(r"\s*(?:,\s*and\b|,|&|\band\b)\s*", re.IGNORECASE)
_PLACE = re.compile(rf"\s+in\s+{_NAME.pattern}")
_BEFORE_ROLE = {",", "|", "-", "–", "—", "·", "•"}
_LONGEST_ROLE = 8  # words: "Political correspondent for the South of England"


def read_byline(line: str) -> tuple[int, int] | None:
    """The place of the author's name, or of several from the first to the last, if the line is a byline.

    Args:
        line: one line without dates, or what stands before the date in it.

    >>> line = "By Ann Bell and Joe de Hill, health correspondents"
    >>> line[slice(*read_byline(line))]
    'Ann Bell and Joe de Hill'
    >>> read_byline("By Monday the water had gone.")
    """
    opening = _OPENING.match(line)
    start = opening.end() if opening else len(line) - len(line.lstrip())
    end = _names_end(line, start)
    if end is None:
        return None
    names, rest = line[start:end], line[end:].strip(" \t,|·•–—-")
    if " " not in names and not _OUTLET.fullmatch(names):
        return None  # "By Christmas" is a headline
    if opening:
        return (start, end) if not rest or _is_role(rest) else None
    return (start, end) if line[end:].lstrip()[:1] in _BEFORE_ROLE and is_role(rest) else None


def is_role(line: str, whole: bool = False) -> bool:
    """Whether a line is a job, as one may stand below a name.

    Args:
        line: a short line.
        whole: whether the job has to end the line, which tells it from a sentence where no name was seen.

    >>> is_role("Local Democracy Reporter"), is_role("The reporter was taken to hospital.")
    (True, False)
    """
    if line[-1:] in {".", "!", "?", '"', "”"}:
        return False
    return _is_role(line) and (not whole or any(job.end() == len(line) for job in _JOB.finditer(line)))


def _names_end(line: str, start: int) -> int | None:
    """Where the run of names from `start` ends."""
    end, position = None, start
    while (name := _NAME.match(line, position)) and not _JOB.search(name[0]):
        if _DAYS_AND_MONTHS.match(name[0]) or (end is not None and _OUTLET.fullmatch(name[0])):
            break
        outlet = _OUTLET.search(name[0])
        end = name.end() - (len(outlet[0]) if outlet and outlet.start() else 0)
        following = _NEXT.match(line, name.end())
        if outlet or not following:
            break
        position = following.end()
    return end


def _is_role(words: str) -> bool:
    """Whether words say what or where the author is: a job, an outlet, a place, an address or a handle."""
    if len(words.split()) > _LONGEST_ROLE:
        return False
    return bool(
        _JOB.search(words) or _OUTLET.fullmatch(words) or _PLACE.fullmatch(f" {words}") or re.fullmatch(r"\S*@\S+", words)
    )
