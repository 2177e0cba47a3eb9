"""Words that say when, between the words that matter: "Monday", "on Friday", "last week"."""

from functools import cache

from onrecord.extract.lexicon import words
from onrecord.extract.statements.frames import words_of


@cache
def _months() -> frozenset[str]:
    """Months in full and as they are shortened."""
    full = words("months")
    # "no" opens November but is short for number.
    short = (word for word in words("abbreviations") if len(word) > 2)
    return full | {word for word in short if any(month.startswith(word) for month in full)}


@cache
def _date_openers() -> frozenset[str]:
    return (
        words_of("days")
        | _months()
        | {"on", "in", "late", "early", "since", "by", "last", "this", "earlier", "later", "that", "next"}
    )


# Before "this week" and "in the day".
_WITHIN = frozenset({"earlier", "later"})


def is_date(tokens: list[str], position: int) -> int:
    """How many tokens from `position` on say when: "Monday", "on Friday", "last week", "(January 25)"; 0 where none do."""
    count = len(tokens)
    if position >= count or tokens[position] not in _date_openers():
        return 0
    at = position
    days, months, times = words_of("days"), words("months"), words_of("times")
    if at < count and tokens[at] in {"on", "in", "late", "early", "since", "by"}:
        at += 1
    if at >= count:
        return 0
    word = tokens[at]
    if word in days:
        at += 1
        if at < count and tokens[at] in times:
            at += 1
    elif (
        word in {"last", "this", "earlier", "later", "that", "next"}
        and at + 1 < count
        and (
            tokens[at + 1] in times or tokens[at + 1] in days or (word in _WITHIN and tokens[at + 1] in {"this", "that", "in"})
        )
    ):
        at += 2
        if tokens[at - 1] in {"this", "that", "in"}:
            if at < count and (tokens[at] in times or tokens[at] in days or tokens[at] in months):
                at += 1
            elif at + 1 < count and tokens[at] == "the" and tokens[at + 1] in times:
                at += 2
            else:
                return 0
        elif at < count and tokens[at] in times:
            at += 1
    elif word in _months() and at + 1 < count:
        at += 1
        if at < count and tokens[at] == ".":
            at += 1
        if at < count and tokens[at][:1].isdigit():
            at += 1
            if at + 1 < count and tokens[at] == "," and tokens[at + 1].isdigit() and len(tokens[at + 1]) == 4:
                at += 2
        elif at == position + 1:
            return 0
    elif at > position and word.isdigit() and len(word) == 4:
        at += 1
    elif at > position and word.isdigit() and at + 1 < count and tokens[at + 1] in months:
        at += 2
    else:
        return 0
    return at - position
