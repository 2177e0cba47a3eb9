"""How many rows texts give to a thousand characters: python tests/bench/density.py [FILE.jsonl ...]

The synthetic corpus stands for news, so it has to be as dense as news is. Each file has an object with a `text` a line; without
any, those of ../shared/bench where it is.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import synthetic_corpus
from quality import BENCH
from texts import stored

from onrecord.extract import extract
from onrecord.source import read_text
from onrecord.tabulate import columns

TABLES = ("figures", "statements", "speakers", "dates")
SAMPLE = 400


def density(name: str, texts: Sequence[str]) -> str:
    """A line: the articles, their characters, and the rows of each table to a thousand of them."""
    articles = [read_text(f"a-{number}", text) for number, text in enumerate(texts)]
    rows = {table: frame.height for table, frame in columns((each, extract(each)) for each in articles).items()}
    characters, total = sum(map(len, texts)), sum(rows.values())
    told = ", ".join(f"{table} {1000 * rows[table] / characters:5.2f}" for table in TABLES)
    head = f"{name:12} {len(texts):4} articles of {characters / len(texts):5,.0f} characters"
    return f"{head}; to a thousand: {told}, rows {1000 * total / characters:5.1f} ({total / len(texts):.0f} an article)"


def main(paths: Sequence[Path]) -> None:
    for path in paths or [
        found for name in ("wikinews", "polnear-dev") if (found := BENCH / "data" / f"{name}.jsonl").is_file()
    ]:
        print(density(path.stem, stored(path)[:SAMPLE]), flush=True)  # noqa: T201
    texts = [synthetic_corpus.article(number, 1)["text"] for number in range(SAMPLE)]
    print(density("synthetic", texts))  # noqa: T201


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
