"""Which software made what from what: `provenance.json`.

Source: PROV-DM, W3C Recommendation 2013, in the PROV-JSON serialisation (W3C Member Submission 2013).
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import polars as pl
from prov.model import ProvDocument, ProvEntity
from prov.serializers.provjson import ProvJSONEncoder  # by its name: document.serialize loads every format, RDF included

from onrecord.settings import Collection


def prov_json(
    collection: Collection, created: datetime, rows: Mapping[str, int], articles: pl.DataFrame, tool_version: str
) -> str:
    """The PROV document of a package as PROV-JSON.

    Args:
        collection: the settings that name the package and its contributors.
        created: the time of the run, in UTC.
        rows: the number of rows of each table, which becomes an entity.
        articles: the table, of which each row becomes an entity; empty where they are too many to be told twice.
        tool_version: the version of onrecord that ran.

    Returns:
        JSON with sorted keys: the articles, the run, the tool, the people, and how they hang together.
    """
    document = ProvDocument()
    document.add_namespace("onrecord", f"urn:onrecord:{collection.name}:")
    document.add_namespace("dcterms", "http://purl.org/dc/terms/")
    document.add_namespace("schema", "https://schema.org/")
    tool = document.agent(
        "onrecord:tool",
        {
            "prov:type": document.valid_qualified_name("prov:SoftwareAgent"),
            "schema:name": "onrecord",
            "schema:softwareVersion": tool_version,
        },
    )
    run = document.activity("onrecord:run", created, created, {"dcterms:title": "Extraction of figures and statements"})
    document.wasAssociatedWith(run, tool)
    writer = document.agent(
        "onrecord:parquet-writer",
        {
            "prov:type": document.valid_qualified_name("prov:SoftwareAgent"),
            "schema:name": "polars",
            "schema:softwareVersion": pl.__version__,
        },
    )
    document.wasAssociatedWith(run, writer)
    package = document.entity("onrecord:package", {"dcterms:title": collection.title, "schema:version": collection.version})
    document.wasGeneratedBy(package, run, created)
    for number, contributor in enumerate(collection.contributors, 1):
        person = document.agent(
            f"onrecord:contributor-{number}",
            {"schema:name": contributor.title, "schema:roleName": ", ".join(contributor.roles)},
        )
        document.wasAttributedTo(package, person)
    read = [_article(document, row) for row in articles.iter_rows(named=True)]
    for article in read:
        document.used(run, article)
    for name in (name for name in rows if name != "reviews"):
        table = document.entity(f"onrecord:table-{name}", {"dcterms:title": name, "schema:size": rows[name]})
        document.wasGeneratedBy(table, run, created)
        document.hadMember(package, table)
        for article in read:
            document.wasDerivedFrom(table, article)
    return json.dumps(document, cls=ProvJSONEncoder, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _article(document: ProvDocument, row: Mapping[str, Any]) -> ProvEntity:
    """An article is named by the digest of its text: whoever has the text can tell that it is the one."""
    named = {
        "dcterms:identifier": "article_id",
        "dcterms:title": "title",
        "dcterms:source": "url",
        "dcterms:publisher": "publisher",
    }
    known = {term: row[column] for term, column in named.items() if row[column] is not None}
    return document.entity(f"onrecord:article-{row['text_sha256']}", known)
