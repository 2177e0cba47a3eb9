"""`schema.jsonld` and `quotations.jsonld`: the package and its statements in the words of schema.org.

Source: https://schema.org/Dataset, https://schema.org/Quotation.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from onrecord.package.metadata.terms import (
    SCHEMA_ORG,
    Json,
    article_urn,
    creators,
    licence,
    package_urn,
    pretty,
    row_urn,
    tables_of,
)

_SPEAKERS = {"person": "Person", "organisation": "Organization", "document": "CreativeWork"}


def dataset(descriptor: Mapping[str, Any]) -> bytes:
    """The package as a schema.org Dataset, as search engines for data read it."""
    data = [resource for resource in descriptor["resources"] if resource["path"].startswith("data/")]
    return pretty(
        {
            "@context": SCHEMA_ORG,
            "@type": "Dataset",
            "@id": package_urn(descriptor),
            "identifier": package_urn(descriptor),
            "name": descriptor["title"],
            "alternateName": descriptor["name"],
            "description": descriptor["description"],
            "version": descriptor["version"],
            "datePublished": descriptor["created"],
            "license": licence(descriptor),
            "keywords": descriptor.get("keywords", []),
            "isAccessibleForFree": True,
            "creator": [{"@type": "Organization", "name": who["title"]} for who in creators(descriptor)],
            "isBasedOn": [_source(source) for source in descriptor.get("sources", [])],
            "distribution": [_download(resource) for resource in data],
            "variableMeasured": [
                _variable(table["name"], field) for table in tables_of(descriptor) for field in _fields(table)
            ],
        }
    )


def quotations(descriptor: Mapping[str, Any], tables: Mapping[str, pl.DataFrame]) -> bytes:
    """Each statement as a Quotation: its words, who said them, and the article that reports it.

    `genre` says how literally: direct, mixed or indirect, as the table does.
    """
    speakers = {row["speaker_id"]: row for row in tables["speakers"].iter_rows(named=True)}
    articles = {row["article_id"]: row for row in tables["articles"].iter_rows(named=True)}
    graph = [
        _known(
            {
                "@type": "Quotation",
                "@id": row_urn(descriptor, row["statement_id"]),
                "text": row["text"],
                "genre": row["kind"],
                "creator": _speaker(descriptor, speakers.get(row["speaker_id"])),
                "isPartOf": _article(articles[row["article_id"]]),
            }
        )
        for row in tables["statements"].iter_rows(named=True)
    ]
    return pretty({"@context": SCHEMA_ORG, "@graph": graph})


def _source(source: Json) -> Json:
    return _known({"@type": "NewsArticle", "name": source["title"], "url": source.get("path")})


def _download(resource: Json) -> Json:
    return {
        "@type": "DataDownload",
        "name": resource["title"],
        "contentUrl": resource["path"],
        "encodingFormat": resource["mediatype"],
        "contentSize": f"{resource['bytes']} B",
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _fields(table: Json) -> list[Json]:
    return list(table["schema"]["fields"])


def _variable(table: str, field: Json) -> Json:
    return {"@type": "PropertyValue", "name": f"{table}.{field['name']}", "description": field["description"]}


def _speaker(descriptor: Mapping[str, Any], speaker: Mapping[str, Any] | None) -> Json | None:
    """An unnamed speaker is said to be nobody in particular: a Thing would claim more than is known."""
    if speaker is None or speaker["kind"] not in _SPEAKERS:
        return None
    kind = _SPEAKERS[speaker["kind"]]
    organisation = {"@type": "Organization", "name": speaker["organisation"]} if speaker["organisation"] else None
    place = {"jobTitle": speaker["role"], "affiliation": organisation} if kind == "Person" else {}
    return _known({"@type": kind, "@id": row_urn(descriptor, speaker["speaker_id"]), "name": speaker["name"]} | place)


def _article(article: Mapping[str, Any]) -> Json:
    return _known(
        {
            "@type": "NewsArticle",
            "@id": article_urn(article["text_sha256"]),
            "headline": article["title"],
            "url": article["url"],
            "datePublished": article["published_on"] and article["published_on"].isoformat(),
        }
    )


def _known(values: Json) -> Json:
    return {key: value for key, value in values.items() if value is not None}
