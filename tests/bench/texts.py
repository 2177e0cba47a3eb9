"""Texts to measure with: articles made from templates of our own, one article grown to a size, and hostile texts."""

import json
import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

_FIRST = ("Ada", "Bruno", "Carys", "Dilip", "Edith", "Femi", "Gwen", "Hamid", "Ines", "Jonah", "Kezia", "Lars")
_LAST = ("Ashdown", "Birch", "Castellan", "Drummond", "Eaves", "Fairlie", "Ghosh", "Hallam", "Idris", "Jessop", "Kettle")
_ROLES = ("council leader", "headteacher", "harbour master", "trade unionist", "chief constable", "transport secretary")
_PLACES = ("Westerleigh", "Port Anwell", "Great Corsby", "Dunmarrow", "Saltby", "Upper Thorley", "Kirkmere", "Brackenford")
_THINGS = ("ferries", "allotments", "street lamps", "library books", "flood barriers", "apprentices", "care homes", "beehives")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_MONTHS = ("January", "March", "June", "September", "November")
_SENTENCES = (
    "{role} {name} said the plan would cost £{a}m and create about {b} jobs in {place}.",
    '"We have lost {b} {things} since {year}, and nobody has asked why," {last} told a meeting on {weekday}.',
    "According to the report, {c} per cent of households in {place} pay more than £{b} a year.",
    "{last} denied that the number of {things} had fallen from {b} to {c}.",
    "The road between {place} and {other} was shut for {c} hours after up to {b} tonnes of shale came down.",
    '"It is not about money," said {name}. "It is about {things}, and there are between {c} and {b} of them."',
    "Residents were told in {month} that the work would take {c} weeks.",
    "A spokesman for the council insisted that one in {c} of the {things} had been repaired.",
    "Temperatures at {place} fell to minus {c}C on {weekday} night, the coldest since {month} {year}.",
    "{name}, {c}, who has lived in {other} for a quarter of a century, asked whether the {things} could be saved.",
    "The committee meets again next {weekday}; its chair, {name}, will step down at the end of the year.",
    "Nothing in {place} was as it had been, and the wind came off the water as it always does.",
    "“They promised us {things},” {last} added. “What we got was a letter.”",
    "The firm's shares rose {c}.{c}% to {b}p, and sales in the first quarter of {year} reached $3.{c} billion.",
)


def generated(characters: int, seed: int = 1) -> list[str]:
    """Articles of about 3,000 characters each, with `characters` in all; the same for the same seed.

    >>> generated(5000) == generated(5000)
    True
    """
    draw, articles, total = random.Random(seed), list[str](), 0
    while total < characters:
        articles.append(_article(draw))
        total += len(articles[-1])
    return articles


def _article(draw: random.Random) -> str:
    day = date(2020, 1, 1) + timedelta(days=draw.randrange(1500))
    people = [f"{draw.choice(_FIRST)} {last}" for last in draw.sample(_LAST, 3)]
    head = f"Anger in {draw.choice(_PLACES)} over {draw.choice(_THINGS)}\n\nBy {draw.choice(_FIRST)} Penn\n{day:%A, %d %B %Y}"
    return "\n\n".join([head, *(" ".join(_sentence(draw, people) for _ in range(draw.randint(1, 3))) for _ in range(14))])


def _sentence(draw: random.Random, people: list[str]) -> str:
    name = draw.choice(people)
    words = {"name": name, "last": name.split()[1], "role": draw.choice(_ROLES), "things": draw.choice(_THINGS)}
    words |= {"place": draw.choice(_PLACES), "other": draw.choice(_PLACES), "year": str(draw.randint(1990, 2019))}
    words |= {"weekday": draw.choice(_WEEKDAYS), "month": draw.choice(_MONTHS), "a": str(draw.randint(1, 90) / 10)}
    words |= {"b": str(draw.randint(100, 1400)), "c": str(draw.randint(2, 60))}
    filled = draw.choice(_SENTENCES).format_map(words)
    return filled[0].upper() + filled[1:]


def stored(path: Path) -> list[str]:
    """The texts of a file of articles, one JSON object a line."""
    return [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]


def grown(text: str, characters: int) -> str:
    """One article's text, repeated paragraph by paragraph up to a size."""
    body = text.strip() + "\n\n"
    return (body * (characters // len(body) + 1))[:characters].rstrip()


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda characters: (unit * (characters // len(unit) + 1))[:characters]


def _nested(characters: int) -> str:
    depth = characters // 10  # 100,000 brackets in a million characters
    return "(" * depth + _repeated("He said so. ")(characters - 2 * depth) + ")" * depth


def _unspaced(characters: int) -> str:
    return "".join("".join(generated(2 * characters)).split())[:characters]


def _one_line(characters: int) -> str:
    return " ".join(" ".join(generated(characters)).split())[:characters]


HOSTILE: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "quote marks": _repeated('"'),
        "opening quote marks": _repeated("“"),
        "single quote marks": _repeated("'a "),
        "digits": _repeated("1"),
        "numbers": _repeated("1 to 2, "),
        "capital letters": _repeated("A"),
        "capitalised words": _repeated("Ada Bell "),
        "full stops": _repeated("."),
        "short forms": _repeated("Mr. "),
        "cues": _repeated("he said that "),
        "dates": _repeated("last May 2 "),
        "blank space": lambda characters: "a" + " " * (characters - 2) + "b",
        "nested brackets": _nested,
        "no spaces": _unspaced,
        "no newlines": _one_line,
    }
)
"""Hostile texts by name; each function gives a text of so many characters."""
