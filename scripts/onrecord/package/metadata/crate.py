"""`ro-crate-metadata.json`: the package as an RO-Crate.

Source: RO-Crate Metadata Specification 1.1 (https://w3id.org/ro/crate/1.1).
"""

from collections.abc import Mapping
from typing import Any

from onrecord.package.metadata.terms import Json, creators, licence, package_urn, pretty

_FILE = "ro-crate-metadata.json"


def ro_crate(descriptor: Mapping[str, Any]) -> bytes:
    """The crate of a package: the data set, its files, who made it and under which licence."""
    files = [_file(resource) for resource in descriptor["resources"]]
    files.append(
        {"@id": "datapackage.json", "@type": "File", "name": "Data Package descriptor", "encodingFormat": "application/json"}
    )
    people = [_agent(number, who) for number, who in enumerate(creators(descriptor), 1)]
    terms = {"@id": licence(descriptor), "@type": "CreativeWork", "name": descriptor["licenses"][0]["name"]}
    root = {
        "@id": "./",
        "@type": "Dataset",
        "identifier": package_urn(descriptor),
        "name": descriptor["title"],
        "description": descriptor["description"],
        "version": descriptor["version"],
        "datePublished": descriptor["created"],
        "license": {"@id": terms["@id"]},
        "keywords": ", ".join(descriptor.get("keywords", [])),
        "creator": [{"@id": who["@id"]} for who in people],
        "hasPart": [{"@id": file["@id"]} for file in files],
    }
    about = {
        "@id": _FILE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    return pretty({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [about, root, *files, *people, terms]})


def _file(resource: Json) -> Json:
    return {
        "@id": resource["path"],
        "@type": "File",
        "name": resource["title"],
        "encodingFormat": resource["mediatype"],
        "contentSize": str(resource["bytes"]),
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _agent(number: int, who: Mapping[str, Any]) -> Json:
    agent = {"@id": who.get("path") or f"#creator-{number}", "@type": "Organization", "name": who["title"]}
    return agent | ({"email": who["email"]} if "email" in who else {})
