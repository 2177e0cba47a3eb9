"""`dcat.jsonld`: the catalog for data portals.

Source: Data Catalog Vocabulary (DCAT) version 3, W3C Recommendation 2024.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from onrecord.catalog import Index, Release
from onrecord.datapackage import DESCRIPTOR, parts_of, read_package

DCAT = "dcat.jsonld"

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "adms": "http://www.w3.org/ns/adms#",
}


def dcat(catalog: Path, title: str, indexes: Iterable[Index]) -> bytes:
    """The catalog in DCAT: every version of every package as a data set, with its files as distributions.

    Args:
        catalog: its folder, to read each version's descriptor.
        title: its title.
        indexes: the packages.
    """
    sets = [_dataset(catalog, index, release) for index in indexes for release in index.versions]
    whole = {
        "@context": _CONTEXT,
        "@id": "urn:onrecord:catalog",
        "@type": "dcat:Catalog",
        "dcterms:title": title,
        "dcat:dataset": sets,
    }
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def _dataset(catalog: Path, index: Index, release: Release) -> dict[str, Any]:
    folder = f"{index.name}/{release.version}"
    package = read_package(catalog / index.name / release.version)
    notes = [f"{notice.date}: {notice.kind}: {notice.reason}" for notice in release.notices]
    before = [each.version for each in index.versions[index.versions.index(release) + 1 :]]
    return {
        "@id": f"urn:onrecord:{index.name}:{release.version}",
        "@type": "dcat:Dataset",
        "dcterms:identifier": f"{index.name}@{release.version}",
        "dcterms:title": package.descriptor["title"],
        "dcterms:description": package.descriptor["description"],
        "dcterms:issued": {"@value": release.created, "@type": "xsd:dateTime"},
        "dcterms:license": [{"@id": each["path"]} for each in package.descriptor["licenses"] if "path" in each],
        "dcat:keyword": package.descriptor.get("keywords", []),
        "dcat:version": release.version,
        "adms:status": release.status,
        "adms:versionNotes": notes,
        "dcat:landingPage": {"@id": f"{folder}/{DESCRIPTOR}"},
        "dcat:distribution": [
            _distribution(folder, dict(each) | dict(part))
            for each in package.resources
            for part in parts_of(each)
            if part["path"].startswith("data/")
        ],
    } | ({"dcat:previousVersion": {"@id": f"urn:onrecord:{index.name}:{before[0]}"}} if before else {})


def _distribution(folder: str, resource: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dcterms:title": resource["title"],
        "dcat:downloadURL": {"@id": f"{folder}/{resource['path']}"},
        "dcat:mediaType": resource["mediatype"],
        "dcat:byteSize": {"@value": str(resource["bytes"]), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": resource["hash"].removeprefix("sha256:"),
        },
    }
