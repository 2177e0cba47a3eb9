"""The wordings of `rules/dates.toml`, compiled, and the scan of a line for them.

One search for the few words that a date can start with finds every candidate; only there are the forms of that kind of
word tried. So the cost is one fast pass over the text, and a bounded look at each candidate.
"""

import re
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from onrecord.extract.dates.guards import accepts
from onrecord.extract.lexicon import load, one_of
from onrecord.extract.values import value

_TO = r"(?: ?[-–—] ?| to | and | through )"
_YEAR = r"(?<!\w)(?P<year>(?:1[5-9]|20)\d\d)(?!\w)(?![,.]\d)(?!%)"
_DIGITS = MappingProxyType({1: "number", 2: "number", 4: "year"})
_AGO_REACH = 32  # characters: "three and a half" and longer counts are no dates


@value
class Found:
    """A wording found: its place, the rule of its form, and what the names in the form stand for."""

    start: int
    end: int
    rule: str
    groups: dict[str, str]


def _either(listed: list[str] | dict[str, int] | dict[str, str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(listed, key=lambda word: (-len(word), word)))


def _named(name: str) -> str:
    """Names are capitalised, short forms may have a full stop: September, SEPTEMBER, Sept."""
    full, short = load("words")[name], load("dates")[name]
    titles = _either([word.title() for word in full] + [word.upper() for word in full])
    return rf"(?:(?:{titles})|(?:{_either([word.title() for word in short])})\b\.?)"


@cache
def _names() -> dict[str, str]:
    data, lists = load("dates"), load("dates")["lists"]
    any_case = {
        "which": _either(data["which"]),
        "period": _either(lists["periods"]),
        "daypart": _either(lists["dayparts"]),
        "season": _either(data["seasons"]),
        "fraction": _either(lists["fractions"]),
        "part": _either(data["parts"]),
        "dayword": _either(data["daywords"]),
    }
    names = {name: rf"(?P<{name}>(?i:{words}))(?!\w)" for name, words in any_case.items()}
    names["period"] = rf"(?P<period>{any_case['period']})(?!\w)"  # capitals make it a title: This Week
    digits = r"(?P<{}>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\w)(?![,.:]\d)(?!%)"
    return names | {
        "month": rf"(?P<month>{_named('months')})(?!\w)",
        "weekday": rf"(?P<weekday>{_named('weekdays')})(?!\w)",
        "day": digits.format("day"),
        "day2": digits.format("day2"),
        "to": _TO,
        "of": r"(?:-| | of | in )(?:the )?",
        "year": _YEAR,
        "decade": r"(?P<decade>(?:1[5-9]|20)\d0)['’]?s(?!\w)",
        "nth": rf"(?P<nth>(?i:{_either(data['nths'])})|\d\d?(?:st|nd|rd|th))(?!\w)",
    }


def _compile(wording: str) -> re.Pattern[str]:
    for name, pattern in _names().items():
        wording = wording.replace("{" + name + "}", pattern)
    return re.compile(wording.replace(" ", r"(?:[ \t\xa0]{1,3})"))


@cache
def _forms() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    """Forms by the kind of word that they start with."""
    kinds: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for form in load("dates")["forms"]:
        kinds.setdefault(form["start"], []).append((form["rule"], _compile(form["words"])))
    return {kind: tuple(forms) for kind, forms in kinds.items()}


@cache
def _starters() -> dict[str, str]:
    """How candidates look, each with the kind of word it may be. All are literal, so that the search is one fast pass."""
    data, names = load("dates"), load("words")
    kinds = dict.fromkeys((word[:3].title() for word in names["months"]), "month")
    kinds |= dict.fromkeys((word[:3].title() for word in names["weekdays"]), "weekday")
    kinds |= {word.upper(): kind for word, kind in kinds.items()}
    for name, kind in (("daywords", "dayword"), ("which", "which"), ("seasons", "season"), ("parts", "part"), ("nths", "nth")):
        kinds |= {form: kind for word in data[name] for form in (word, word.title())}
    return kinds | {f"Q{n}": "quarter" for n in range(1, 5)} | {mark + n: "apostrophe" for mark in "'’" for n in "123456789"}


@cache
def _search() -> re.Pattern[str]:
    # It begins with what stands before a candidate, which is no letter, and with the two letters that one can begin with: `re`
    # looks closer at no other place, and that takes a quarter of the time. A run of digits is one candidate, however long;
    # after 5' there is only the one that begins with '.
    words = [*(word for word in _starters() if word[0].isalpha()), "ago"]
    first, second = (re.escape("".join(sorted({word[at] for word in words}))) for at in (0, 1))
    begins = rf"[0-9'’]|[{first}][{second}]"
    return re.compile(rf"[^a-zA-Z](?={begins})({one_of([*_starters(), 'ago'])}|(?<![0-9]['’](?=[1-9]))[0-9]+)")


@cache
def _ago() -> re.Pattern[str]:
    data = load("dates")
    units = _either(data["lists"]["units"])
    return re.compile(rf"(?<![\w,.-])(?P<count>(?i:{_either(data['counts'])})|\d{{1,3}})\s(?P<unit>{units})s?\sago\Z")


def _at(text: str, start: int, kind: str, end: int) -> Found | None:
    for rule, pattern in _forms()[kind]:
        match = pattern.match(text, start, end)
        if match and accepts(text, rule, match):
            return Found(*match.span(), rule, {name: words for name, words in match.groupdict().items() if words})
    return None


def _inside_word(text: str, at: int) -> bool:
    before = text[at - 1]
    return before.isalnum() or (
        text[at].isdigit() and (before in "$£€¥₹#" or (before in ".,:" and text[at - 2 : at - 1].isdigit()))
    )


def scan(text: str, start: int, end: int) -> Iterator[Found]:
    """Every wording of a date between two places of a text, left to right, none overlapping another.

    Args:
        text: the article's text.
        start: where a line starts.
        end: where it ends; no date runs over the end of a line.

    >>> [(found.rule, found.groups) for found in scan("It rained on May 3.", 0, 19)]
    [('date.day', {'month': 'May', 'day': '3'})]
    """
    free = start
    for match in _search().finditer(f" {text[start:end]}"):
        at = start + match.start()
        if at >= free and not (at and _inside_word(text, at)) and (found := _candidate(text, free, at, match[1], end)):
            yield found
            free = found.end


def _candidate(text: str, free: int, start: int, word: str, end: int) -> Found | None:
    if word == "ago":
        back = _ago().search(text, max(free, start - _AGO_REACH), start + len(word))
        return Found(*back.span(), "date.ago", back.groupdict()) if back and accepts(text, "date.ago", back) else None
    kind = _DIGITS.get(len(word)) if word.isdigit() else _starters()[word]
    return _at(text, start, kind, end) if kind else None
