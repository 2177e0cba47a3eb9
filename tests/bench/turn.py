"""One turn of one engine, in a process of its own: python tests/bench/turn.py ENGINE TEXTS.json [REPEATS]

ENGINE is onrecord or quantulum3, TEXTS.json a list of texts. Prints one JSON object: the seconds of processor time and of
the clock for all texts, the best of so many repeats, and the number of rows found. Word lists and expressions are loaded
before the watch starts, by reading one sentence.
"""

import importlib
import json
import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Engine = Callable[[str], int]
"""Reads one text; returns how many rows it found."""


def onrecord_engine() -> Engine:
    """All of extraction, from the text to the words behind each cell: layout, four kinds of records, provenance."""
    from onrecord.extract import extract
    from onrecord.provenance import quoted
    from onrecord.records import DateMention, Figure, Speaker, Statement
    from onrecord.source import read_text

    def read(text: str) -> int:
        article = read_text("bench", text)
        found = extract(article)
        groups: list[Sequence[Figure | Statement | Speaker | DateMention]]
        groups = [found.figures, found.statements, found.speakers, found.dates]
        records = [record for group in groups for record in group]
        words = quoted(text, [each for record in records for each in record.evidence])
        return len(records) + len(words[0])

    return read


def quantulum3_engine() -> Engine:
    """quantulum3 as its documentation calls it: quantities only, no classifier."""
    logging.disable(logging.CRITICAL)
    parser = importlib.import_module("quantulum3.parser")
    return lambda text: len(parser.parse(text))


ENGINES: dict[str, Callable[[], Engine]] = {"onrecord": onrecord_engine, "quantulum3": quantulum3_engine}


def measure(engine: Engine, texts: Sequence[str], repeats: int = 1) -> dict[str, float]:
    """The best of some runs over all texts."""
    engine("Ada Bell said on Monday that it took 5 tonnes.")  # pint too is loaded by a unit that is no SI one
    best = {"processor": float("inf"), "clock": float("inf"), "rows": 0.0}
    for _ in range(repeats):
        processor, clock = time.process_time(), time.perf_counter()
        rows = sum(engine(text) for text in texts)
        taken = {"processor": time.process_time() - processor, "clock": time.perf_counter() - clock, "rows": float(rows)}
        best = min(best, taken, key=lambda each: each["processor"])
    return best


if __name__ == "__main__":
    name, path, *rest = sys.argv[1:]
    texts = json.loads(Path(path).read_text("utf-8"))
    json.dump(measure(ENGINES[name](), texts, int(rest[0]) if rest else 1), sys.stdout)
