"""Quality on gold data: how extraction scores on ../shared/bench, and the floor below which it must not fall.

    python tests/bench/quality.py             print the scores beside the floor
    python tests/bench/quality.py --update    raise tests/quality_floor.toml to them; a lower score leaves it and fails
    python tests/bench/quality.py --lower     rewrite it even where that lowers it: a decision, to be told in the commit

The gold is not part of the project: it is looked for in ../shared/bench, or where ONRECORD_BENCH says.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from typer import echo

ROOT = Path(__file__).resolve().parents[2]
BENCH = Path(os.environ.get("ONRECORD_BENCH", ROOT.parent / "shared" / "bench"))
FLOOR = ROOT / "tests" / "quality_floor.toml"
ABSENT = f"no gold data in {BENCH}: quality is not measured here"

Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A file of gold data, the scorer that reads it, and which of its numbers count.

    A number is named as the scorer prints it, and within its object by a second word: `overlap P`.
    """

    name: str
    scorer: str
    numbers: tuple[str, ...]

    @property
    def path(self) -> Path:
        """The gold file."""
        return BENCH / "data" / f"{self.name}.jsonl"

    @property
    def sha256(self) -> str:
        """The digest of the gold file."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


_FIGURES = ("value F1", "value+unit F1", "value+change F1", "value+concept F1", "span F1")
_STATEMENTS = ("direct", "mixed", "indirect", "speech", "speaker", "exact F1", "overlap P", "overlap F1", "end2end F1")
CORPORA = (
    Corpus("newsquant-dev", "score_figures.py", _FIGURES),
    *(Corpus(f"rtext_{kind}", "score_figures.py", _FIGURES[:2]) for kind in ("age", "currency", "dimension", "temperature")),
    Corpus("polnear-dev", "score_statements.py", _STATEMENTS),
)


def score(corpus: Corpus) -> dict[str, float]:
    """Extract a corpus with the command line, as anyone would, and let the corpus's own scorer judge the output."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "extracted.jsonl"
        with output.open("w", encoding="utf-8") as file:
            command = [sys.executable, "-m", "onrecord", "extract", str(corpus.path), "--format", "jsonl"]
            subprocess.run(command, stdout=file, check=True, env=os.environ | {"PYTHONIOENCODING": "utf-8"})
        judged = [sys.executable, str(BENCH / corpus.scorer), str(corpus.path), str(output)]
        printed = subprocess.run(judged, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    return dict(_numbers(corpus, printed))


def _numbers(corpus: Corpus, printed: str) -> Iterator[tuple[str, float]]:
    values = {name: json.loads(value) for name, value in (line.split(maxsplit=1) for line in printed.splitlines())}
    for number in corpus.numbers:
        name, *within = number.split()
        yield number, values[name][within[0]] if within else values[name]


def read_floor() -> dict[str, dict[str, str | float]]:
    """The floor by corpus: its numbers, and the digest of the gold that they were measured on as `sha256`."""
    corpora: dict[str, dict[str, str | float]] = tomllib.loads(FLOOR.read_text("utf-8"))["corpora"]
    return corpora


def write_floor(measured: Mapping[str, Scores]) -> None:
    """Write the floor file."""
    parts = [
        "# Scores below which extraction must not fall, F1 or recall in per cent. Written by the command; never by hand.",
        'command = "python tests/bench/quality.py --update"',
    ]
    for corpus in CORPORA:
        rows = [f'"{number}" = {value}' for number, value in measured[corpus.name].items()]
        parts.append("\n".join([f'\n[corpora."{corpus.name}"]', f'sha256 = "{corpus.sha256}"', *rows]))
    FLOOR.write_text("\n".join(parts) + "\n", encoding="utf-8")


def table(measured: Mapping[str, Scores], floor: Mapping[str, Mapping[str, str | float]]) -> str:
    """The scores beside the floor, a line a number."""
    lines = [f"{'corpus':20} {'number':18} {'now':>6} {'floor':>6}"]
    for name, scores in measured.items():
        for number, value in scores.items():
            lines.append(f"{name:20} {number:18} {value:6.1f} {floor.get(name, {}).get(number, '-'):>6}")
    return "\n".join(lines)


def fallen(measured: Mapping[str, Scores], floor: Mapping[str, Mapping[str, str | float]]) -> list[str]:
    """Each number that is lower than its floor, in words."""
    return [
        f"{name} {number}: expected at least {floor[name][number]}, found {value}"
        for name, scores in measured.items()
        for number, value in scores.items()
        if value < float(floor.get(name, {}).get(number, 0))
    ]


def main(options: list[str]) -> int:
    """Measure, print and, if told so, write the floor; the exit code."""
    if not BENCH.is_dir():
        echo(ABSENT)
        return 0
    floor = read_floor() if FLOOR.exists() else {}
    measured = {corpus.name: score(corpus) for corpus in CORPORA}
    echo(table(measured, floor))
    lower = fallen(measured, floor)
    for line in lower:
        echo(line, err=True)
    if "--lower" in options or ("--update" in options and not lower):
        write_floor(measured)
        echo(f"wrote {FLOOR}")
        return 0
    return 1 if lower else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
