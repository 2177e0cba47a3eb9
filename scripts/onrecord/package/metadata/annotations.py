"""`annotations.jsonl`: one W3C Web Annotation a line for each place that a cell was read from.

Source: Web Annotation Data Model, W3C Recommendation 2017.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from onrecord.package.metadata.terms import Json, article_urn, row_urn

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def annotations(descriptor: Mapping[str, Any], tables: Mapping[str, pl.DataFrame]) -> bytes:
    """Every row of the table `provenance` as an annotation of the article: its body is the cell, its target the words."""
    digests = dict(tables["articles"].select("article_id", "text_sha256").iter_rows())
    urls = dict(tables["articles"].select("article_id", "url").iter_rows())
    lines = (
        json.dumps(_annotation(descriptor, row, digests[row["article_id"]], urls[row["article_id"]]), ensure_ascii=False)
        for row in tables["provenance"].iter_rows(named=True)
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _annotation(descriptor: Mapping[str, Any], row: Mapping[str, Any], digest: str, url: str | None) -> Json:
    cell = f"{row_urn(descriptor, row['row_id'])}:{row['field']}"
    body = {"id": cell, "type": "Dataset", "format": "text/csv", "purpose": "describing"}
    article = {"id": article_urn(digest), "type": "Text"} | ({"via": url} if url else {})
    target = {"source": article, "selector": list(_selectors(row))}
    place = f"{cell}:{row['start']}-{row['end']}"
    known = {"@context": _CONTEXT, "id": place, "type": "Annotation", "motivation": "describing"}
    return known | {"body": body, "target": target}


def _selectors(row: Mapping[str, Any]) -> Iterator[Json]:
    yield {"type": "TextPositionSelector", "start": row["start"], "end": row["end"]}
    around = {name: row[name] for name in ("prefix", "suffix") if row[name] is not None}
    yield {"type": "TextQuoteSelector", "exact": row["exact"]} | around
