"""Statements, by passages of our own in tests/cases/statements.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.extract.statements import find_statements
from onrecord.extract.text import sentences
from onrecord.records import Article, Line, Role, Statement

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "statements.toml").read_text(encoding="utf-8")
)["case"]


def article(text: str, roles: list[Role] | None = None) -> Article:
    """An article of the given text, each of its lines that is not blank with its role (body where none is given)."""
    lines: list[Line] = []
    position = 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            start = position + raw.index(words)
            role: Role = roles[len(lines)] if roles else "body"
            lines.append(Line(start, start + len(words), role))
        position += len(raw)
    return Article("a", text, tuple(lines))


def found(text: str, roles: list[Role] | None = None) -> list[Statement]:
    read = article(text, roles)
    return find_statements(read, sentences(read), [])[0]


def seen(text: str, statement: Statement, keys: set[str]) -> dict[str, Any]:
    told = {
        "kind": statement.kind,
        "parts": [text[part.start : part.end] for part in statement.parts],
        "speaker": statement.speaker_text or "",
        "cue": statement.cue or "",
        "addressee": statement.addressee or "",
    }
    return {key: told[key] for key in keys}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_passage_has_these_statements(case: dict[str, Any]) -> None:
    text = case["text"]
    statements = found(text, case.get("roles"))
    expected = case["statements"]
    keys = [set(one) for one in expected] + [{"kind", "parts", "speaker"}] * len(statements)
    assert [seen(text, one, wanted) for one, wanted in zip(statements, keys, strict=False)] == expected
