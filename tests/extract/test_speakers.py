"""Who is said to speak: the passages of tests/cases/speakers.toml."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from onrecord.extract.speakers import Source, resolve
from onrecord.extract.text import sentences
from onrecord.records import Article, Line, Part, Speaker

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "speakers.toml").read_text(encoding="utf-8"))["case"]
QUOTED = re.compile(r"[\"“]([^\"”\n]+)[\"”]?")
ROLE = re.compile(r"\[(\w+)\] ")


@dataclass(frozen=True)
class Passage:
    """A case made ready: the article and, for each expectation, its source."""

    article: Article
    sources: list[Source]
    order: list[int]


def article_of(case: dict[str, Any]) -> Article:
    """The article of a case: each line of its text is a line, "[title] " and the like name its role."""
    text, lines = "", []
    for row in case["text"].strip().splitlines():
        marked = ROLE.match(row)
        row = row[marked.end() :] if marked else row
        lines.append(Line(len(text), len(text) + len(row), marked.group(1) if marked else "body"))  # type: ignore[arg-type]
        text += row + "\n\n"
    return Article(case["id"], text, tuple(lines))


def place(text: str, words: str, occurrence: int) -> tuple[int, int]:
    """Where words stand, at their nth occurrence as whole words."""
    found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return found[occurrence - 1]


def nearest(quoted: tuple[int, int], spans: list[tuple[int, int]]) -> tuple[int, int]:
    """The span that stands nearest to a quotation."""
    return min(spans, key=lambda span: min(abs(span[0] - quoted[1]), abs(quoted[0] - span[1])))


def statement(article: Article, start: int, end: int, others: list[tuple[int, int]]) -> tuple[str, tuple[Part, ...]]:
    """The words that belong to a source: the nearest quotations of its line and the next, else its sentence."""
    line = next(line for line in article.lines if line.start <= start < line.end)
    quotes = [m for m in QUOTED.finditer(article.text, line.start, line.end) if not m.start() < start < m.end()]
    own = [Part(*match.span(1)) for match in quotes if nearest(match.span(), others) == (start, end)]
    for row in article.lines[article.lines.index(line) + 1 :]:
        if own and article.text[row.start] == '"' and not any(row.start <= span[0] < row.end for span in others):
            own.append(Part(row.start + 1, row.end))
        else:
            break
    if own:
        return "direct", tuple(own)
    sentence = next(s for s in sentences(article) if s.start <= start < s.end)
    before = article.text[sentence.start : start].rstrip().endswith(("according to", "said"))
    return "indirect", (Part(sentence.start, start) if before else Part(min(end + 5, sentence.end), sentence.end),)


def prepare(case: dict[str, Any]) -> Passage:
    """The sources of a case in text order, with the place of each expectation among them."""
    article = article_of(case)
    spans = [place(article.text, e.get("source") or e["words"], e.get("at", 1)) for e in case["expect"]]
    named = [span for span, e in zip(spans, case["expect"], strict=True) if "source" in e]
    sources = []
    for (start, end), e in zip(spans, case["expect"], strict=True):
        if "words" in e:
            sources.append((start, Source(None, None, (Part(start, end),), "direct")))
        else:
            kind, parts = statement(article, start, end, named)
            sources.append((start, Source(start, end, parts, kind)))  # type: ignore[arg-type]
    order = sorted(range(len(sources)), key=lambda i: sources[i][0])
    return Passage(article, [sources[i][1] for i in order], [order.index(i) for i in range(len(order))])


def check(expected: dict[str, Any], speaker: Speaker | None) -> list[str]:
    """What differs between an expectation and the speaker found."""
    if not expected["name"]:
        return [f"nobody expected, got {speaker.name!r}"] if speaker else []
    if speaker is None:
        return [f"{expected['name']!r} expected, got nobody"]
    wanted = {"kind": "person"} | {key: value for key, value in expected.items() if key not in ("source", "at", "words")}
    wrong = []
    for key, value in wanted.items():
        got = getattr(speaker, key)
        got = list(got) if key == "aliases" else got or ""
        if got != value:
            wrong.append(f"{key} {value!r} expected, got {got!r}")
    return wrong


def failures(case: dict[str, Any]) -> list[str]:
    """Everything that a case gets wrong."""
    passage = prepare(case)
    speakers, ids = resolve(passage.article, sentences(passage.article), passage.sources)
    by_id = {speaker.speaker_id: speaker for speaker in speakers}
    wrong = []
    for expected, i in zip(case["expect"], passage.order, strict=True):
        found = ids[i]
        name = expected.get("source") or expected["words"]
        wrong += [f"{name!r}: {problem}" for problem in check(expected, by_id[found] if found else None)]
    if len(speakers) != case.get("speakers", len(speakers)):
        wrong.append(f"{case['speakers']} speakers expected, got {len(speakers)}")
    return wrong


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_source_is_resolved_to_the_fullest_name_the_article_gives(case: dict[str, Any]) -> None:
    assert failures(case) == []
