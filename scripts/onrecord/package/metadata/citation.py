"""`CITATION.cff`: how to cite the package, for the tools that read Citation File Format.

Source: Citation File Format 1.2.0 (https://citation-file-format.github.io).
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.package.metadata.terms import creators


def citation_cff(descriptor: Mapping[str, Any]) -> bytes:
    """The citation of a package in YAML; every scalar is quoted as in JSON, which YAML reads alike."""
    return "".join(f"{line}\n" for line in _lines(descriptor)).encode()


def _lines(descriptor: Mapping[str, Any]) -> Iterator[str]:
    yield "cff-version: 1.2.0"
    yield "type: dataset"
    yield f"message: {_quoted('If you use these data, please cite them as below.')}"
    yield f"title: {_quoted(descriptor['title'])}"
    yield f"abstract: {_quoted(descriptor['description'])}"
    yield f"version: {_quoted(descriptor['version'])}"
    yield f"date-released: {_quoted(descriptor['created'][:10])}"
    yield "authors:"
    for who in creators(descriptor):
        yield f"  - name: {_quoted(who['title'])}"
    if descriptor.get("keywords"):
        yield "keywords:"
        yield from (f"  - {_quoted(word)}" for word in descriptor["keywords"])
    yield from _licence(descriptor["licenses"][0])


def _licence(licence: Mapping[str, str]) -> Iterator[str]:
    """By its address where there is one: the format takes a name only from SPDX's list, and a publisher's may not be on it."""
    if "path" in licence:
        yield f"license-url: {_quoted(licence['path'])}"
    elif re.fullmatch(r"(CC0|CC-BY(-[A-Z]+)*|ODbL|PDDL|ODC-By)-\d(\.\d)?", licence["name"]):
        yield f"license: {_quoted(licence['name'])}"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
