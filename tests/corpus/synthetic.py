"""A small collection of many articles, made from templates: enough people, places and numbers to fill every table."""

import json
from datetime import date, timedelta
from pathlib import Path

PEOPLE = ("Ana Roe", "Ivo Lund", "Mira Osei", "Tom Hale", "Petra Quill")
TOWNS = ("Wexmouth", "Eastmere", "Holt", "Carrow")

SETTINGS = """name = "ferries"
title = "Ferries"
description = "What is said about ferries."
version = "0.1.0"
created = 2024-01-01T00:00:00Z
licenses = [{ name = "CC0-1.0" }]
"""


def text(number: int) -> str:
    """An article of some sentences, different for each number."""
    speaker, town = PEOPLE[number % len(PEOPLE)], TOWNS[number % len(TOWNS)]
    return (
        f"Ferries of {town} carry more\n\n"
        f"The harbour of {town} counted {number + 20} ferries and {3 * number + 100} kg of mail on Monday.\n\n"
        f'"We saw {number % 17 + 3}% more passengers than in March," said {speaker}, the harbour master of {town}.\n\n'
        f"{speaker} said the pier had cost £{number + 2}.5m.\n"
    )


def collection(folder: Path, articles: int) -> Path:
    """Write a collection whose articles lie in .jsonl files of a hundred each and were published over four months."""
    (folder / "articles").mkdir(parents=True)
    (folder / "collection.toml").write_text(SETTINGS, "utf-8")
    for start in range(0, articles, 100):
        lines = [
            json.dumps(
                {"id": f"ferry-{number:05}", "text": text(number), "date": str(date(2022, 1, 1) + timedelta(number % 120))}
            )
            for number in range(start, min(start + 100, articles))
        ]
        (folder / "articles" / f"{start:06}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return folder
