"""A collection of as many articles as wanted, made from templates with a seed: the same bytes for the same arguments.

    python tests/bench/synthetic_corpus.py DIR [--articles 200000] [--seed 1] [--shard 20000] [--kind jsonl.gz]

An article has about 3 kB: figures of every kind, statements direct, indirect and mixed, several speakers who come back by
surname or pronoun, and a date of twenty years. `--damaged 0.01` makes that share of records one that nobody can read.
"""

import argparse
import csv
import gzip
import io
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from backports import zstd

FIRST_DAY, DAYS = date(2004, 1, 1), 7300

SETTINGS = """name = "synthetic"
title = "Synthetic news"
description = "Articles made from templates, of people and places that do not exist."
created = 2024-01-01T00:00:00Z
licenses = [{ name = "CC0-1.0" }]
language = "en-GB"
"""

HE = ("Aled", "Bruno", "Callum", "Dmitri", "Euan", "Farid", "Gareth", "Hugo", "Ivor", "Jonas", "Karim", "Lewis")
SHE = ("Adele", "Bronwen", "Clara", "Dalia", "Edith", "Freya", "Greta", "Hanna", "Imogen", "Judith", "Kirsty", "Leila")
SURNAMES = (
    *("Ashdown", "Bellweather", "Carrick", "Dunmore", "Eastlake", "Fenwick", "Garrowby", "Hollins", "Iveson", "Jardine"),
    *("Kestle", "Lockhart", "Marsden", "Northcote", "Oakley", "Penhale", "Quillan", "Rushworth", "Selby", "Thornbury"),
)
PLACES = ("Aldermoor", "Brackwater", "Corsley", "Dunwick", "Elmsgate", "Farrowdale", "Glenmarsh", "Hexley", "Ivybridge Cross")
POSTS = ("council leader", "headteacher", "chief executive", "harbour master", "head of planning", "chief inspector")
BODIES = ("council", "hospital trust", "water board", "bus company", "school board", "chamber of commerce", "police force")
TOPICS = ("library", "bridge", "market hall", "swimming pool", "bus station", "flood wall", "bypass", "theatre")
THINGS = ("homes", "jobs", "passengers", "trees", "school places", "parking spaces", "visitors", "complaints")
DAYS_OF_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
VERBS = ("said", "added", "argued", "explained", "warned")

HEADS = (
    "{Place} {topic} to cost £{m} million",
    "{n} {things} planned as {topic} is approved",
    "Anger in {place} over {pct}% rise",
    "{Place}'s {topic} opens {k} weeks late",
)

# What the town did, without anybody speaking.
FACTS = (
    "Work on the {topic} in {place} began on {day} and is expected to take {k} months at a cost of £{m} million.",
    "The {body} recorded {n} {things} last year, up {pct}% from {n2} the year before.",
    "About {n} people signed a petition, which was handed in with {k} boxes of letters.",
    "The site covers {h} hectares and lies {k} miles from the centre of {place}.",
    "Prices rose by {pct} per cent between {year} and {year2}, while wages fell {pct2}%.",
    "The pipe is {k}.{d} km long and carries up to {n} litres of water an hour at {t}C.",
    "Between {k} and {k2} {things} were lost in the first quarter, or one in {d2}.",
    "A survey of {n} households found that more than two thirds used the {topic} at least {word} times a week.",
    "The lorry was travelling at {s}mph when it left the road at about 7.{mm}am and came to rest {k} metres away.",
    "Turnover fell from ${m}bn to €{m2}bn in {year}, and {n2} {things} went with it.",
)
DIRECT = (
    "“{Claim},” {verb} {full}, the {post} of the {place} {body}.",
    "{full}, {post} of the {body}, {verb}: “{Claim}. {Claim2}.”",
    "“{Claim},” {surname} {verb}. “{Claim2}.”",
    "“{Claim},” {pron} {verb}.",
)
INDIRECT = (
    "{full}, the {post}, said that {claim}.",
    "{surname} said on {day} that {claim}.",
    "{Pron} told the {body} that {claim}, and that {claim2}.",
    "According to the {body}, {claim}.",
    "The {place} {body} said {claim}.",
)
MIXED = (
    "{surname} said the {topic} was “{phrase}” and that {claim}.",
    "{Pron} called the figures “{phrase}”, adding that {claim}.",
    "The {body} described the plan as “{phrase}”.",
)
CLAIMS = (
    "the {topic} will bring {n} {things} to {place} by {year2}",
    "the {body} has spent £{m}m on the {topic} since {year}",
    "{pct}% of the {things} were counted twice",
    "no more than {k} of the {n} {things} are still open",
    "the cost per person has fallen to £{k}.{mm}",
    "it took {k} people {d2} weeks to find the leak",
    "fewer than {n2} people use the {topic} on a {day}",
    "nothing has been decided and everybody will be heard",
)
PHRASES = ("long overdue", "a bitter blow", "good news for the town", "hard to believe", "the best we can afford", "a scandal")
CLOSINGS = (
    "The {body} meets again on {day}.",
    "The {body} has been asked to comment.",
    "A decision is due within {k} weeks.",
)
PATTERN = (FACTS, DIRECT, INDIRECT, FACTS, DIRECT, MIXED, FACTS, INDIRECT, DIRECT, FACTS, MIXED, INDIRECT)
PARAGRAPHS = 25


def article(number: int, seed: int) -> dict[str, str]:
    """One article, which depends on its number and the seed only, so that any shard can be made by itself.

    >>> article(7, 1) == article(7, 1) != article(7, 2)
    True
    """
    rng = random.Random(f"{seed}/{number}")
    chosen = rng.random
    pick: Callable[[Sequence[str]], str] = lambda words: words[int(chosen() * len(words))]  # noqa: E731  twice as fast
    place, topic, body = pick(PLACES), pick(TOPICS), pick(BODIES)
    people = [_person(pick, chosen() < 0.5) for _ in range(3)]
    day = FIRST_DAY + timedelta(int(chosen() * DAYS))

    def numbers() -> dict[str, object]:
        n = int(chosen() ** 3 * 90_000) + 20
        year = day.year - 1 - int(chosen() * 8)
        return {
            "n": f"{n:,}",
            "n2": f"{n * 4 // 5:,}",
            "m": f"{chosen() * 90 + 1:.1f}",
            "m2": f"{chosen() * 9 + 1:.1f}",
            "k": 2 + int(chosen() * 9),
            "k2": 12 + int(chosen() * 40),
            "d": int(chosen() * 9),
            "d2": 3 + int(chosen() * 7),
            "pct": f"{chosen() * 60 + 0.5:.1f}",
            "pct2": 1 + int(chosen() * 9),
            "h": 1 + int(chosen() * 300),
            "t": 4 + int(chosen() * 60),
            "s": 20 + int(chosen() * 60),
            "mm": 10 + int(chosen() * 49),
            "year": year,
            "year2": day.year + 1,
            "word": pick(("two", "three", "four", "five")),
            "things": pick(THINGS),
            "place": place,
            "Place": place,
            "topic": topic,
            "body": body,
            "day": pick(DAYS_OF_WEEK),
        }

    def paragraph(place_in_text: int) -> str:
        values = numbers()
        claim, claim2 = (pick(CLAIMS).format_map(values) for _ in range(2))
        claims = {
            "claim": claim,
            "claim2": claim2,
            "Claim": claim[0].upper() + claim[1:],
            "Claim2": claim2[0].upper() + claim2[1:],
        }
        values |= claims | people[place_in_text // 4 % 3] | {"verb": pick(VERBS), "phrase": pick(PHRASES)}
        return pick(PATTERN[place_in_text % len(PATTERN)]).format_map(values)

    head = pick(HEADS).format_map(numbers())
    close = pick(CLOSINGS).format_map(numbers())
    text = "\n\n".join([head, *map(paragraph, range(PARAGRAPHS)), close])
    return {
        "id": f"synthetic-{number:08}",
        "text": text,
        "published_at": day.isoformat(),
        "url": f"https://news.example/{day:%Y/%m}/{number}",
        "publisher": f"{place} Courier",
    }


def _person(pick: Callable[[Sequence[str]], str], woman: bool) -> dict[str, str]:
    surname = pick(SURNAMES)
    pronoun = "she" if woman else "he"
    full = f"{pick(SHE if woman else HE)} {surname}"
    return {"full": full, "surname": surname, "post": pick(POSTS), "pron": pronoun, "Pron": pronoun.capitalize()}


# What nobody can read, as a line of a .jsonl file; each has a piece of its article so that no two are equal.
DAMAGES: tuple[Callable[[dict[str, str]], bytes], ...] = (
    lambda row: json.dumps(row).encode().replace(b" the ", b" th\xe9 ", 1),
    lambda row: json.dumps(row | {"text": " "}).encode(),
    lambda row: json.dumps(row | {"text": row["text"] + "\0"}).encode(),
    lambda row: json.dumps(row).encode()[:-2],
    lambda row: json.dumps({key: value for key, value in row.items() if key != "id"}).encode(),
    lambda row: json.dumps(row | {"id": "synthetic-00000000"}).encode(),
    lambda row: json.dumps(row | {"published_at": "0000-01-01"}).encode(),
    lambda row: json.dumps(row | {"published_at": "9999-12-31"}).encode(),
    lambda row: json.dumps(row | {"text": row["text"] + "\ud800"}).encode(),
)


def lines(start: int, stop: int, seed: int, damaged: float = 0.0) -> Iterator[bytes]:
    """Articles as lines of JSON, of which every so many-th is damaged, but never the first."""
    every = round(1 / damaged) if damaged else 0
    for number in range(start, stop):
        row = article(number, seed)
        bad = every and number and number % every == 0
        yield (DAMAGES[number // every % len(DAMAGES)](row) if bad else json.dumps(row).encode()) + b"\n"


def _as_csv(rows: Sequence[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _as_parquet(rows: Sequence[dict[str, str]]) -> bytes:
    out = io.BytesIO()
    pl.DataFrame(rows).write_parquet(out)
    return out.getvalue()


TABLES: dict[str, Callable[[Sequence[dict[str, str]]], bytes]] = {"csv": _as_csv, "parquet": _as_parquet}
PACKED: dict[str, Callable[[bytes], bytes]] = {
    "jsonl": bytes,
    "jsonl.gz": lambda data: gzip.compress(data, 1, mtime=0),
    "jsonl.zst": lambda data: zstd.compress(data, 1),
}


def write_corpus(folder: Path, articles: int, seed: int, shard: int, kind: str, damaged: float) -> int:
    """Write the collection.

    Returns:
        The number of bytes of all articles before they are compressed.
    """
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    (folder / "collection.toml").write_text(SETTINGS, "utf-8")
    size = 0
    for start in range(0, articles, shard):
        stop = min(start + shard, articles)
        if kind in TABLES:
            data = TABLES[kind]([article(number, seed) for number in range(start, stop)])
            size += len(data)
        else:
            whole = b"".join(lines(start, stop, seed, damaged))
            size += len(whole)
            data = PACKED[kind](whole)
        (folder / "articles" / f"{start // shard:05}.{kind}").write_bytes(data)
    return size


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a synthetic collection.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shard", type=int, default=20_000, help="articles a file")
    parser.add_argument("--kind", choices=[*PACKED, *TABLES], default="jsonl.gz")
    parser.add_argument("--damaged", type=float, default=0.0, help="share of records that nobody can read (jsonl only)")
    given = parser.parse_args()
    size = write_corpus(given.folder, given.articles, given.seed, given.shard, given.kind, given.damaged)
    sys.stdout.write(f"{given.folder}: {given.articles:,} articles, {size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
