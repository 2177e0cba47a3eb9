"""What looks like a date and is none: May the name, March the verb, the Sunday Times, last in the last week of."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from onrecord.extract.dates.around import around
from onrecord.extract.dates.vocabulary import listed
from onrecord.extract.dates.years import counted, is_run_of_years, is_year
from onrecord.extract.lexicon import load, words


def accepts(text: str, rule: str, match: re.Match[str]) -> bool:
    """Whether the words around a match let it be a date."""
    check = _CHECKS.get(rule)
    return check is None or check(text, match)


def _month(text: str, match: re.Match[str]) -> bool:
    if match.lastgroup != "month":  # a year follows
        return not match.groupdict().get("year") or not counted(around(text, *match.span()))
    name, near = match["month"].rstrip(".").lower(), around(text, *match.span())
    if near.first == "of" and near.second in load("dates")["nths"]:  # the Fourth of July is a feast
        return False
    if near.first in listed("guards", "before_unclear_month"):
        return True
    if name in listed("guards", "unclear_months") or name not in words("months"):
        return near.second in words("months") and near.first in listed("guards", "between_months")
    return not (name in listed("guards", "name_months") and near.noun[:1].isupper())


def _day(text: str, match: re.Match[str]) -> bool:
    """In June 5 people left; on June 5 people left."""
    if match["year"] or match["which"]:
        return True
    near = around(text, *match.span())
    number_last = match.start("day") > match.start("month")
    if number_last and near.first == "in" and near.noun.islower():
        return False
    return near.noun not in listed("guards", "after_named_date")


def _weekday(text: str, match: re.Match[str]) -> bool:
    near = around(text, *match.span())
    before = listed("guards", "before_named_day")
    return not (near.first in before or f"{near.second} {near.first}" in before or _title(near.noun, "after_named_day"))


def _title(noun: str, name: str) -> bool:
    return noun[:1].isupper() and noun.lower() in listed("guards", name)


def _relative_day(text: str, match: re.Match[str]) -> bool:
    near = around(text, *match.span())
    if match.group()[0].isupper() and not near.opens_sentence:  # USA Today
        return False
    return "which" not in match.re.groupindex or (
        load("dates")["which"][match["which"].lower()] < 1 and near.first not in listed("guards", "before_no_period")
    )


def _relative_period(text: str, match: re.Match[str]) -> bool:
    near = around(text, *match.span())
    return match["which"].lower() == "coming" or near.first not in listed("guards", "before_no_period")


def _part(text: str, match: re.Match[str]) -> bool:  # noqa: ARG001
    """The end of 2020; not: end 2020, the turn of the year."""
    kind, named = load("dates")["parts"][match["part"].lower()], match.groupdict()
    if match["part"].lower() in ("early", "mid", "late"):
        return True
    return " of " in match.group() and (kind != "middle" or named.get("period") is None or named.get("which") is not None)


def _ago(text: str, match: re.Match[str]) -> bool:
    return around(text, *match.span()).first not in listed("guards", "before_no_ago")


def _with_year(text: str, match: re.Match[str]) -> bool:
    return not match["year"] or not counted(around(text, *match.span()))


_CHECKS: Mapping[str, Callable[[str, re.Match[str]], bool]] = MappingProxyType(
    {
        "date.month": _month,
        "date.day": _day,
        "date.weekday": _weekday,
        "date.relative_weekday": _weekday,
        "date.relative_day": _relative_day,
        "date.relative_period": _relative_period,
        "date.part": _part,
        "date.season": _with_year,
        "date.ago": _ago,
        "date.year": is_year,
        "date.years": is_run_of_years,
    }
)
