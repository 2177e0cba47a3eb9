"""How a version is named in a text: BibTeX, APA, or CSL-JSON, from what its descriptor says of it."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

# What TeX reads as a command.
_TEX = str.maketrans(
    {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {mark: f"\\{mark}" for mark in "&%$#_{}"}
)


def cite(descriptor: Mapping[str, Any], form: str, digest: str | None = None, address: str | None = None) -> str:
    """A version's citation.

    Args:
        descriptor: what the version says of itself.
        form: bibtex, apa or csl.
        digest: the SHA-256 of its SHA256SUMS.
        address: where it lies for everybody, unless it names a homepage.

    Returns:
        The text, with the digest of SHA256SUMS where the form has a place for it: it pins every byte that was cited.

    >>> about = {"name": "boats", "title": "Boats", "version": "1.0.0", "created": "2026-01-02T00:00:00Z"}
    >>> cite(about | {"contributors": [{"title": "Ada"}]}, "apa")
    'Ada. (2026). Boats (Version 1.0.0) [Data set].'
    """
    return _FORMS[form](_item(descriptor, digest, descriptor.get("homepage") or address))


def _item(told: Mapping[str, Any], digest: str | None, address: object) -> dict[str, Any]:
    """The citation as CSL-JSON has it; the others are made from it."""
    name, version = str(told["name"]), str(told.get("version") or "")
    created = datetime.fromisoformat(str(told["created"])).date() if told.get("created") else None
    item = {
        "id": f"{name}-{version}",
        "type": "dataset",
        "title": str(told.get("title") or name),
        "author": [{"literal": str(who.get("title"))} for who in authors(told)],
        "issued": {"date-parts": [[created.year, created.month, created.day]]} if created else None,
        "version": version,
        "URL": str(address or ""),
        "license": ", ".join(str(entry.get("name") or entry.get("title")) for entry in told.get("licenses", ())),
        "note": digest and f"SHA256SUMS sha256:{digest}",
    }
    return {key: value for key, value in item.items() if value}


def authors(descriptor: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Whom a package names as its authors: the contributors whose role is creator or author, or all where nobody has one.

    >>> authors({"contributors": [{"title": "Data Desk", "roles": ["creator"]}, {"title": "Ed Itor", "roles": ["editor"]}]})
    [{'title': 'Data Desk', 'roles': ['creator']}]
    """
    people: Sequence[Mapping[str, Any]] = descriptor.get("contributors", ())
    return [who for who in people if {"creator", "author"} & {*who.get("roles", ()), who.get("role")}] or [*people]


def _apa(item: Mapping[str, Any]) -> str:
    names = [str(author["literal"]) for author in item.get("author", ())]
    who = f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else "".join(names)
    year = item["issued"]["date-parts"][0][0] if "issued" in item else "n.d."
    version = f" (Version {item['version']})" if "version" in item else ""
    title = f"{item['title']}{version} [Data set]."
    text = f"{who.rstrip('.')}. ({year}). {title}" if who else f"{title} ({year})."
    return f"{text} {item['URL']}" if "URL" in item else text


def _bibtex(item: Mapping[str, Any]) -> str:
    date = item["issued"]["date-parts"][0] if "issued" in item else None
    fields = {
        "author": " and ".join(f"{{{_tex(author['literal'])}}}" for author in item.get("author", ())),
        "title": f"{{{_tex(item['title'])}}}",
        "year": str(date[0]) if date else "",
        "month": str(date[1]) if date else "",
        "version": _tex(item.get("version", "")),
        "url": item.get("URL", ""),
        "note": _tex(" ".join(["Data set.", *filter(None, [item.get("note")])])),
    }
    key = re.sub(r"[^A-Za-z0-9.:-]", "-", item["id"])
    lines = [f"  {name:<8}= {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _csl(item: Mapping[str, Any]) -> str:
    return json.dumps([item], ensure_ascii=False, indent=2)


def _tex(words: str) -> str:
    return words.translate(_TEX)


_FORMS: Mapping[str, Callable[[Mapping[str, Any]], str]] = MappingProxyType({"bibtex": _bibtex, "apa": _apa, "csl": _csl})
FORMS = tuple(_FORMS)
