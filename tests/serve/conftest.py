"""A package to serve, made by hand: records, tabulated and written as any other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest
from asking import application, asking
from sample import collection

from onrecord.datapackage import Package, read_package
from onrecord.hashing import row_id, sha256_text
from onrecord.package import write_package
from onrecord.records import Article, Evidence, Extraction, Figure, Part, Speaker, Statement
from onrecord.settings import License
from onrecord.tabulate import tabulate

TEXT = """Harbour seals return to Port Ellery in record numbers

By Ines Okafor

About 1,200 to 1,500 seals now rest on the sandbanks of Port Ellery, warden Maud Tarrant said.

"We counted for three days and nobody believed the tally," she told the parish council.

The colony eats up to 40 tonnes of fish a month, a rise of 12.5%. "The nets come up empty," said skipper Ravi Bose.

Tarrant repeated that 1,200 to 1,500 seals were there to stay.
"""


def article() -> Article:
    """The article, as a reader of files gives it; its lines are of no interest here."""
    title = TEXT.splitlines()[0]
    return Article(
        "seals",
        TEXT,
        (),
        title=title,
        byline="Ines Okafor",
        publisher="Ellery Gazette",
        url="https://gazette.example/seals",
        language="en-GB",
        published_on=date(2023, 3, 4),
        evidence=(_evidence(TEXT, "title", title, "article.title"),),
    )


def extraction(source: Article) -> Extraction:
    """What a reader finds in the article: four statements of two speakers and four figures."""
    text = source.text
    maud = _speaker(text, "Maud Tarrant", role="warden")
    ravi = _speaker(text, "Ravi Bose", role="skipper")
    seals = _statement(source, "About 1,200 to 1,500 seals now rest on the sandbanks of Port Ellery", maud, "indirect", "said")
    tally = _statement(source, "We counted for three days and nobody believed the tally,", maud, "direct", "told")
    nets = _statement(source, "The nets come up empty,", ravi, "direct", "said", occurrence=0)
    stay = _statement(source, "1,200 to 1,500 seals were there to stay", maud, "indirect", "repeated that")
    first = _figure(source, "1,200 to 1,500", 0, low=1200, high=1500, measures="seals", qualifier="approximately",
                    place="Port Ellery", statement=seals)  # fmt: skip
    fish = _figure(source, "40 tonnes", 0, kind="mass", low=None, high=40, qualifier="at_most", unit="t", unit_text="tonnes",
                   per="month", measures="fish")  # fmt: skip
    rise = _figure(source, "12.5%", 0, kind="percent", low=12.5, high=12.5, unit="%", unit_text="%", change="increase")
    again = _figure(source, "1,200 to 1,500", 1, low=1200, high=1500, measures="seals", statement=stay, repeats=first.figure_id)
    return Extraction(source.article_id, (first, fish, rise, again), (seals, tally, nets, stay), (maud, ravi))


def write(folder: Path, name: str = "seals", version: str = "0.1.0", rights: str = "none", more: str = "") -> Package:
    """The package of the article, with more text below it, in a folder."""
    source = replace(article(), text=TEXT + more)
    settings = collection(
        name=name,
        title="Seals of Port Ellery",
        description="Figures and statements on seals.",
        version=version,
        text_rights=rights,
        licenses=(License(name="CC-BY-4.0", title="Creative Commons Attribution 4.0", path="https://cc.example/by/4.0/"),),
    )
    tables = tabulate([(source, extraction(source))])
    write_package(folder, settings, settings.created, tables, {sha256_text(source.text): source.text} if more else {}, version)
    return read_package(folder)


@pytest.fixture
def write_seals(tmp_path: Path) -> Callable[..., Package]:
    """Writes a package about seals below the test's folder: `write_seals("catalog/seals/0.1.0", version="0.1.0")`."""

    def write_below(place: str = "seals", name: str = "seals", version: str = "0.1.0") -> Package:
        return write(tmp_path / place, name, version)

    return write_below


@pytest.fixture(scope="session")
def seals(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The package about seals, for tests that only read it."""
    return write(tmp_path_factory.mktemp("published") / "seals")


@pytest.fixture(scope="module")
def visit(seals: Package, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., httpx.Response]:
    """Asks the public site about seals: `visit("/seals", method="HEAD", **{"if-none-match": "..."})`."""
    return asking(application([seals], tmp_path_factory.mktemp("public")))


def _evidence(text: str, field: str, words: str, rule: str, occurrence: int = 0) -> Evidence:
    start = _find(text, words, occurrence)
    return Evidence(field, start, start + len(words), rule)


def _find(text: str, words: str, occurrence: int) -> int:
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return start


def _speaker(text: str, name: str, role: str) -> Speaker:
    evidence = (
        _evidence(text, "name", name, "speaker.name"),
        _evidence(text, "kind", name, "speaker.name"),
        _evidence(text, "role", role, "speaker.role"),
    )
    return Speaker(row_id("speaker", name), name, "person", role, evidence=evidence)


def _statement(source: Article, words: str, speaker: Speaker, kind: str, cue: str, occurrence: int = 0) -> Statement:
    start = _find(source.text, words, occurrence)
    named = speaker.name.split()[-1]
    evidence = (
        *(_evidence(source.text, field, words, "statement.reported", occurrence) for field in ("text", "kind")),
        _evidence(source.text, "cue", cue, "statement.cue"),
        _evidence(source.text, "speaker_text", named, "statement.speaker"),
    )
    return Statement(
        row_id("statement", source.article_id, words),
        source.article_id,
        speaker.speaker_id,
        kind,  # type: ignore[arg-type]
        words,
        (Part(start, start + len(words)),),
        start,
        start + len(words),
        speaker_text=named,
        cue=cue,
        evidence=evidence,
    )


def _figure(source: Article, words: str, occurrence: int, *, statement: Statement | None = None, **cells: object) -> Figure:
    evidence = [_evidence(source.text, "text", words, "figure.number", occurrence)]
    evidence += [
        _evidence(source.text, field, words, "figure.number", occurrence)
        for field in ("kind", "low", "high", "qualifier", "unit", "unit_text", "per", "measures", "change", "place")
        if (field == "kind") or cells.get(field) is not None
    ]
    return Figure(
        row_id("figure", source.article_id, words, str(occurrence)),
        source.article_id,
        words,
        start=evidence[0].start,
        end=evidence[0].end,
        statement_id=statement.statement_id if statement else None,
        speaker_id=statement.speaker_id if statement else None,
        evidence=tuple(evidence),
        **({"kind": "count"} | cells),  # type: ignore[arg-type]
    )
