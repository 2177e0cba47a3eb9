"""Names and forms that several vocabularies share."""

import json
from collections.abc import Mapping
from typing import Any

from onrecord.citation import authors

Json = dict[str, Any]

# Inline, so that whoever parses the file needs no network.
SCHEMA_ORG = {"@vocab": "https://schema.org/"}


def package_urn(descriptor: Mapping[str, Any]) -> str:
    """A name for a version of a package that needs no server.

    >>> package_urn({"name": "harbour", "version": "1.0.0"})
    'urn:onrecord:harbour:1.0.0'
    """
    return f"urn:onrecord:{descriptor['name']}:{descriptor['version']}"


def row_urn(descriptor: Mapping[str, Any], row_id: str) -> str:
    """A name for a row, the same in every version."""
    return f"urn:onrecord:{descriptor['name']}:{row_id}"


def article_urn(text_sha256: str) -> str:
    """A name for an article's stored text: whoever has the text can tell that it is the one."""
    return f"urn:sha256:{text_sha256}"


def creators(descriptor: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The package's authors; the package itself where it names nobody, since the vocabularies want somebody."""
    return authors(descriptor) or [{"title": descriptor["name"]}]


def licence(descriptor: Mapping[str, Any]) -> str:
    """The first licence as an address, or its name where none is known."""
    first = descriptor["licenses"][0]
    return str(first.get("path") or first["name"])


def tables_of(descriptor: Mapping[str, Any]) -> list[Json]:
    """The resources that are tables."""
    return [resource for resource in descriptor["resources"] if resource.get("type") == "table"]


def pretty(value: Json) -> bytes:
    """JSON for people and for git."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
