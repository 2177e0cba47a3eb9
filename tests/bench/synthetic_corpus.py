"""A collection of as many articles as wanted, made from templates with a seed: the same bytes for the same arguments.

    python tests/bench/synthetic_corpus.py DIR [--articles 200000] [--seed 1] [--shard 20000] [--kind jsonl.gz]

An article has about 3 kB and reads as dense as news does: to a thousand characters some two figures, two or three statements
(direct, indirect and mixed), a date, and between them what is neither; its speakers come back by surname or pronoun, and it is
of some day in twenty years. `--damaged 0.01` makes that share of records one that nobody can read.
"""

import argparse
import csv
import gzip
import io
import json
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

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

HE = (
    *("Aled", "Bruno", "Callum", "Dmitri", "Euan", "Farid", "Gareth", "Hugo", "Ivor", "Jonas", "Karim", "Lewis"),
    *("Magnus", "Niall", "Oscar", "Piers", "Quentin", "Rhodri", "Stefan", "Tomos", "Umar", "Viktor", "Walter", "Yusuf"),
)
SHE = (
    *("Adele", "Bronwen", "Clara", "Dalia", "Edith", "Freya", "Greta", "Hanna", "Imogen", "Judith", "Kirsty", "Leila"),
    *("Morag", "Nerys", "Olwen", "Petra", "Rowena", "Saskia", "Tamsin", "Ursula", "Vera", "Wanda", "Yvette", "Zara"),
)
# A surname is one of each: with the first names some fifty thousand people, of whom more speak in more articles.
SURNAME_STARTS = (
    *("Ash", "Bell", "Carr", "Dun", "East", "Fen", "Garrow", "Hol", "Ives", "Jar", "Kest", "Lock", "Mars", "North", "Oak"),
    *(
        "Pen",
        "Quill",
        "Rush",
        "Sel",
        "Thorn",
        "Under",
        "Vane",
        "Whit",
        "Yar",
        "Brack",
        "Crom",
        "Hather",
        "Lang",
        "Mere",
        "Staf",
    ),
)
SURNAME_ENDS = (
    *("bourne", "by", "combe", "cott", "dale", "den", "don", "field", "ford", "gate", "ham", "hurst", "lake", "leigh", "low"),
    *(
        "man",
        "more",
        "ridge",
        "row",
        "shaw",
        "stead",
        "ston",
        "thorpe",
        "ton",
        "vale",
        "ward",
        "water",
        "well",
        "wick",
        "worth",
    ),
)
PLACES = ("Aldermoor", "Brackwater", "Corsley", "Dunwick", "Elmsgate", "Farrowdale", "Glenmarsh", "Hexley", "Ivybridge Cross")
POSTS = ("council leader", "headteacher", "chief executive", "harbour master", "head of planning", "chief inspector")
BODIES = ("council", "hospital trust", "water board", "bus company", "school board", "chamber of commerce", "police force")
TOPICS = ("library", "bridge", "market hall", "swimming pool", "bus station", "flood wall", "bypass", "theatre")
THINGS = ("homes", "jobs", "passengers", "trees", "school places", "parking spaces", "visitors", "complaints")
MONTHS = ("January", "March", "April", "June", "September", "November")
DAYS_OF_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
VERBS = ("said", "added", "argued", "explained", "warned")

HEADS = (
    "{Place} {topic} to cost £{m} million",
    "{n} {things} planned as {topic} is approved",
    "Anger in {place} over the {topic}",
    "{Place}'s {topic} opens at last",
    "{Body} in {place} to think again about the {topic}",
    "A new roof for the {place} {topic}, but no date",
)
LEADS = (
    "The {topic} in {place} is to close for {k} weeks while its roof is mended, the {body} having found the money on {day}.",
    "People in {place} will have to wait for their {topic} after the {body} put its plans aside on {day}.",
    "A {topic} that nobody in {place} thought would ever be built came nearer on {day}, with £{m} million of public money.",
    "About {n} {things} are in doubt in {place}, where the {body} meets on {day} behind closed doors.",
)

# What the town did, without anybody speaking: with figures, with dates, and with neither.
FACTS = (
    "Work on the {topic} is expected to take {k} months at a cost of £{m} million.",
    "The {body} recorded {n} {things} last year, up {pct}% from the year before.",
    "About {n} people signed a petition, which was handed in by a former mayor and her dog.",
    "The site covers {h} hectares beside the old gasworks, most of it overgrown.",
    "Between {k} and {k2} {things} went in the first round, more than anybody had bargained for.",
    "The {topic} has room for {n2} {things}, of which a good part stands empty in winter.",
    "It stands {k} miles from the centre of {place}, at the end of a lane that floods.",
    "Fewer than {n2} {things} were left when the shutters came down, and the rest were sold off.",
    "The oldest of those who work there is {s}, and has never had another job.",
    "Some {k2} volunteers in yellow jackets kept the doors open through the long wet spring.",
)
DATED = (
    "The first plans were drawn up in {year} and lay in a drawer until a new clerk came upon them.",
    "On {day} a crane arrived by barge, watched from the quay by half the town.",
    "Doors are due to open in {month} {year2}, if the weather holds and the glass is delivered.",
    "Nothing came of an earlier attempt in {month} {year}, when the builder went out of business.",
    "A fence went up on {day} and the footpath along the river has been shut ever since.",
)
PLAIN = (
    "The building has stood beside the canal for as long as anybody in {place} can remember, and it shows.",
    "Rain came through the ceiling all winter, and buckets stood along the corridor where the paintings used to hang.",
    "Much of what was stored in the cellar has been moved to a barn outside the town, and some of it has been thrown away.",
    "Traders along the high street keep a list of what has gone wrong since the road was dug up, and pin it to their doors.",
    "There is a bench outside with a view over the estuary, and on fine days it is never free.",
    "Few of those who pass the {topic} on their way to work give it a second look, although it is a fine piece of brickwork.",
    "The {body} has its offices next door, in a former bank with a clock that has stopped.",
    "It is a quarrel that has divided families and filled the letters page of the local paper for most of a generation.",
    "Children from the school by the church painted the hoardings, with whales and a good many dinosaurs.",
    "The old ferry used to land just below, and its chains can still be seen at low water.",
    "Buses no longer turn at the top of the hill, so that those who cannot walk far depend on their neighbours.",
    "Whether the foundations will bear another storey is a question that engineers have not been able to settle.",
    "Behind it lies a garden with a walnut tree, which is to be kept whatever becomes of the rest.",
    "Money was always the trouble, and each new committee started again from the beginning.",
    "The pipes are older than the street above them, and no map shows where all of them run.",
    "Those who moved here for the quiet have found themselves beside the busiest building site in the county.",
    "A notice on the gate thanks visitors for their patience and gives a telephone number that nobody answers.",
    "The market moved to the car park while the square was being paved, and many of the stalls never came back.",
    "Most of the windows were boarded up long ago, and pigeons come and go through those that were not.",
    "Supporters met in the back room of a pub, under a photograph of the opening with the brass band in front.",
    "Its tower can be seen from the motorway, and strangers often take it for a church.",
    "Neighbouring towns have had the same argument, and came to quite different ends.",
)
INTRODUCED = (
    "{full}, the {post} of the {place} {body}, said that {claim}.",
    "“{Claim},” {verb} {full}, the {post} of the {place} {body}.",
    "{full}, {post} of the {body}, {verb}: “{Claim}. {Claim2}.”",
    "{full}, who is the {post}, told a crowded meeting that {claim}.",
)
QUOTED = (
    "“{Claim},” {surname} {verb}. “{Claim2}.”",
    "“{Claim}, and {claim2},” {pron} {verb}.",
    "“{Claim},” {pron} told the people in the hall.",
)
REPORTED = (
    "{surname} said on {day} that {claim}.",
    "{Pron} told the {body} that {claim}, and that {claim2}.",
    "{surname} denied that {claim}.",
    "{Pron} said {claim}.",
)
OFFICIAL = (
    "According to the {body}, {claim}.",
    "The {place} {body} said {claim}.",
    "A spokesman for the {body} said that {claim}.",
)
MIXED = (
    "{surname} said the {topic} was “{phrase}” and that {claim}.",
    "{Pron} called the whole affair “{phrase}”, adding that {claim}.",
    "The {body} described the plan as “{phrase}”.",
)
COUNTED = (
    "the {topic} will bring {n} {things} to {place}",
    "the {body} has spent £{m}m on the {topic}",
    "{pct}% of the {things} were counted twice",
    "no more than {k} of the {things} are still open",
    "it took {k} people the whole night to find the leak",
)
CLAIMS = (
    "nothing has been decided and everybody will be heard",
    "the people who live beside the {topic} were never asked",
    "there was no other way to keep the {topic} open",
    "the {body} should have seen this coming a long time ago",
    "the town has waited quite long enough for its {topic}",
    "every one of the {things} would be looked at again before anything is signed",
    "the drawings were wrong and somebody has to answer for that",
    "whoever lives in {place} knows what the river can do",
    "the work will be finished properly or not at all",
    "the {things} will go to those who need them most",
    "the old {topic} cannot be mended any more",
    "no money was left for anything but the roof",
)
PHRASES = ("long overdue", "a bitter blow", "good news for the town", "hard to believe", "the best we can afford", "a scandal")
CLOSINGS = (
    "The {body} meets again on {day}, in public, and the gallery is expected to be full.",
    "The {body} has been asked to comment.",
    "A decision is due within {k} weeks, and an appeal is all but certain whichever way it goes.",
)

# The sentences of each paragraph. So many figures, dates and statements to a thousand characters has news, and no more.
PATTERN = (
    (LEADS, PLAIN),
    (INTRODUCED, PLAIN),
    (QUOTED,),
    (PLAIN, FACTS, PLAIN),
    (DATED, PLAIN),
    (INTRODUCED, REPORTED),
    (PLAIN, FACTS, PLAIN),
    (MIXED, PLAIN),
    (PLAIN, DATED, PLAIN),
    (INTRODUCED,),
    (QUOTED, PLAIN),
    (DATED, PLAIN),
    (OFFICIAL, CLOSINGS),
)
SPEAKING = (0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2)  # whose turn it is in each paragraph


def article(number: int, seed: int) -> dict[str, str]:
    """One article, which depends on its number and the seed only, so that any shard can be made by itself.

    >>> article(7, 1) == article(7, 1) != article(7, 2)
    True
    """
    rng = random.Random(f"{seed}/{number}")
    chosen = rng.random
    pick: Callable[[Sequence[Any]], Any] = lambda words: words[int(chosen() * len(words))]  # noqa: E731  twice as fast
    place, topic, body = pick(PLACES), pick(TOPICS), pick(BODIES)
    people = [_person(pick, chosen() < 0.5) for _ in range(3)]
    day = FIRST_DAY + timedelta(int(chosen() * DAYS))

    def values() -> dict[str, object]:
        n = int(chosen() ** 3 * 90_000) + 20
        return {
            "n": f"{n:,}",
            "n2": f"{n * 4 // 5:,}",
            "m": f"{chosen() * 90 + 1:.1f}",
            "k": 2 + int(chosen() * 9),
            "k2": 12 + int(chosen() * 40),
            "pct": f"{chosen() * 60 + 0.5:.1f}",
            "h": 1 + int(chosen() * 300),
            "s": 20 + int(chosen() * 60),
            "year": day.year - 1 - int(chosen() * 8),
            "year2": day.year + 1,
            "month": pick(MONTHS),
            "things": pick(THINGS),
            "place": place,
            "Place": place,
            "topic": topic,
            "body": body,
            "Body": body.capitalize(),
            "day": pick(DAYS_OF_WEEK),
        }

    plain = rng.sample(PLAIN, len(PLAIN))

    def sentence(kind: Sequence[str], person: Mapping[str, str]) -> str:
        if kind is PLAIN:
            return plain.pop().format(place=place, topic=topic, body=body)
        words = values()
        claim, claim2 = (pick(COUNTED if chosen() < _COUNTED else CLAIMS).format_map(words) for _ in range(2))
        claims = {"claim": claim, "claim2": claim2, "Claim": _begun(claim), "Claim2": _begun(claim2)}
        template: str = pick(kind)
        return template.format_map({**words, **claims, **person, "verb": pick(VERBS), "phrase": pick(PHRASES)})

    paragraphs = [
        " ".join(sentence(kind, people[speaking]) for kind in kinds) for kinds, speaking in zip(PATTERN, SPEAKING, strict=True)
    ]
    return {
        "id": f"synthetic-{number:08}",
        "text": "\n\n".join([pick(HEADS).format_map(values()), *paragraphs]),
        "published_at": day.isoformat(),
        "url": f"https://news.example/{day:%Y/%m}/{number}",
        "publisher": f"{place} Courier",
    }


_COUNTED = 0.15  # of what is claimed, the share that has a figure


def _begun(claim: str) -> str:
    """A claim as the beginning of a sentence."""
    return claim[0].upper() + claim[1:]


def _person(pick: Callable[[Sequence[str]], str], woman: bool) -> dict[str, str]:
    surname = pick(SURNAME_STARTS) + pick(SURNAME_ENDS)
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
