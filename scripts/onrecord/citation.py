"""How a version is named in a text: BibTeX, APA, or CSL-JSON, from what its descriptor says of it."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from onrecord.pull.resolve import Opened

# What TeX reads as a command.
_TEX = str.maketrans(
    {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {mark: f"\\{mark}" for mark in "&%$#_{}"}
)


def cite(opened: Opened, form: str) -> str:
    """A version's citation.

    Args:
        opened: the version.
        form: bibtex, apa or csl.

    Returns:
        The text, with the digest of SHA256SUMS where the form has a place for it: it pins every byte that was cited.
    """
    return _FORMS[form](_item(opened))


def _item(opened: Opened) -> dict[str, Any]:
    """The citation as CSL-JSON has it; the others are made from it."""
    told, found = opened.descriptor, opened.found
    created = datetime.fromisoformat(str(told["created"])).date() if told.get("created") else None
    item = {
        "id": f"{found.name}-{found.version}",
        "type": "dataset",
        "title": str(told.get("title") or found.name),
        "author": [{"literal": name} for name in authors(told)],
        "issued": {"date-parts": [[created.year, created.month, created.day]]} if created else None,
        "version": found.version,
        "URL": _address(opened),
        "license": ", ".join(str(entry.get("name") or entry.get("title")) for entry in told.get("licenses", ())),
        "note": f"SHA256SUMS sha256:{found.locked.manifest_sha256}",
    }
    return {key: value for key, value in item.items() if value}


def authors(descriptor: Mapping[str, Any]) -> tuple[str, ...]:
    """Whom a package names as its authors: the contributors whose role is creator or author, or all where nobody has one.

    >>> authors({"contributors": [{"title": "Data Desk", "roles": ["creator"]}, {"title": "Ed Itor", "roles": ["editor"]}]})
    ('Data Desk',)
    """
    people: Sequence[Mapping[str, Any]] = descriptor.get("contributors", ())
    named = [who for who in people if {"creator", "author"} & {*who.get("roles", ()), who.get("role")}]
    return tuple(str(who.get("title")) for who in named or people)


def _address(opened: Opened) -> str | None:
    """Where the version lies for everybody: its homepage, or its place in a catalog on the web."""
    address = opened.found.address
    place = f"{address}/{opened.found.folder}/datapackage.json" if "://" in address else None
    home = opened.descriptor.get("homepage")
    return str(home) if home else place


def _apa(item: Mapping[str, Any]) -> str:
    names = [str(author["literal"]) for author in item.get("author", ())]
    who = f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else "".join(names)
    year = item["issued"]["date-parts"][0][0] if "issued" in item else "n.d."
    title = f"{item['title']} (Version {item['version']}) [Data set]."
    text = f"{who.rstrip('.')}. ({year}). {title}" if who else f"{title} ({year})."
    return f"{text} {item['URL']}" if "URL" in item else text


def _bibtex(item: Mapping[str, Any]) -> str:
    date = item["issued"]["date-parts"][0] if "issued" in item else None
    fields = {
        "author": " and ".join(f"{{{_tex(author['literal'])}}}" for author in item.get("author", ())),
        "title": f"{{{_tex(item['title'])}}}",
        "year": str(date[0]) if date else "",
        "month": str(date[1]) if date else "",
        "version": _tex(item["version"]),
        "url": item.get("URL", ""),
        "note": _tex(f"Data set. {item['note']}"),
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
