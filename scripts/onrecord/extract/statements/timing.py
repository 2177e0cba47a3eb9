"""Words that say when, between the words that matter: "Monday", "on Friday", "last week"."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.frames import words_of

_DAYS = words_of("days")
_TIMES = words_of("times")
_MONTHS = words("months")
# As they are shortened, too. "no" opens November but is short for number.
_ANY_MONTHS = _MONTHS | {
    word for word in words("abbreviations") if len(word) > 2 and any(month.startswith(word) for month in _MONTHS)
}
_DATE_OPENERS = (
    _DAYS | _ANY_MONTHS | {"on", "in", "late", "early", "since", "by", "last", "this", "earlier", "later", "that", "next"}
)
_LAST = _DAYS | _TIMES | _ANY_MONTHS | {"."}

# Before "this week" and "in the day".
_WITHIN = frozenset({"earlier", "later"})


def may_end_date(word: str) -> bool:
    """Whether a token can be the last of those that say when."""
    return word in _LAST or word[0].isdigit()


def is_date(tokens: list[str], position: int) -> int:
    """How many tokens from `position` on say when: "Monday", "on Friday", "last week", "(January 25)"; 0 where none do."""
    count = len(tokens)
    if position >= count or tokens[position] not in _DATE_OPENERS:
        return 0
    at = position
    if tokens[at] in {"on", "in", "late", "early", "since", "by"}:
        at += 1
    if at >= count:
        return 0
    word = tokens[at]
    if word in _DAYS:
        at += 1
        if at < count and tokens[at] in _TIMES:
            at += 1
    elif (
        word in {"last", "this", "earlier", "later", "that", "next"}
        and at + 1 < count
        and (
            tokens[at + 1] in _TIMES
            or tokens[at + 1] in _DAYS
            or (word in _WITHIN and tokens[at + 1] in {"this", "that", "in"})
        )
    ):
        at += 2
        if tokens[at - 1] in {"this", "that", "in"}:
            if at < count and (tokens[at] in _TIMES or tokens[at] in _DAYS or tokens[at] in _MONTHS):
                at += 1
            elif at + 1 < count and tokens[at] == "the" and tokens[at + 1] in _TIMES:
                at += 2
            else:
                return 0
        elif at < count and tokens[at] in _TIMES:
            at += 1
    elif word in _ANY_MONTHS and at + 1 < count:
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
    elif at > position and word.isdigit() and at + 1 < count and tokens[at + 1] in _MONTHS:
        at += 2
    else:
        return 0
    return at - position
