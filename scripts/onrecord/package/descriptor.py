"""The descriptor of a package: `datapackage.json`.

Source: Data Package v2 (https://datapackage.org/standard/data-package/).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import polars as pl

from onrecord.hashing import sha256_bytes
from onrecord.schemas import Field, TableSchema
from onrecord.settings import Collection

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

PARQUET = "application/vnd.apache.parquet"

Json = dict[str, Any]


def package_descriptor(collection: Collection, created: datetime, sources: Iterable[Json], resources: Iterable[Json]) -> Json:
    """All that a package says about itself.

    Args:
        collection: the settings that name, describe and license it.
        created: the time written as `created`, in UTC.
        sources: as `sources` makes them of the table of articles.
        resources: a resource a file, as `file_resource` and `table_resource` make them.

    Returns:
        The descriptor as JSON values, keys in the order of the standard; what is unknown is absent.
    """
    descriptor = {
        "$schema": PROFILE,
        "name": collection.name,
        "title": collection.title,
        "description": collection.description,
        "version": collection.version,
        "created": utc(created),
        "keywords": list(collection.keywords),
        "licenses": [present(asdict(licence)) for licence in collection.licenses],
        "contributors": [present(asdict(contributor)) for contributor in collection.contributors],
        "sources": list(sources),
        "resources": list(resources),
    }
    return present(descriptor)


def file_resource(name: str, path: str, media_type: str, title: str, data: bytes) -> Json:
    """A file that is not a table, with its size and digest."""
    return {
        "name": name,
        "title": title,
        "path": path,
        "mediatype": media_type,
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256_bytes(data)}",
    }


def table_resource(schema: TableSchema, data: bytes) -> Json:
    """A table as CSV, with its schema."""
    resource = file_resource(schema.name, f"data/{schema.name}.csv", "text/csv", schema.title, data)
    return resource | {"type": "table", "format": "csv", "description": schema.description, "schema": published_schema(schema)}


def rows_resource(schema: TableSchema, data: bytes) -> Json:
    """A table's rows as JSON: a plain file, since frictionless cannot count a JSON table's bytes and refuses an empty one."""
    resource = file_resource(
        f"{schema.name}-json", f"data/{schema.name}.json", "application/json", f"{schema.title} as JSON rows", data
    )
    return resource | {"description": f"The same rows as in the resource {schema.name}, whose schema holds for them too."}


def parquet_resource(schema: TableSchema, data: bytes) -> Json:
    """A table as Parquet: a plain file too, with the library that wrote it, on whose version its bytes depend."""
    resource = file_resource(
        f"{schema.name}-parquet", f"data/{schema.name}.parquet", PARQUET, f"{schema.title} as Parquet", data
    )
    del resource["encoding"]  # of text, which this is not
    resource["format"] = "apache-parquet"  # for "parquet" frictionless wants another library, and finds fault without it
    words = f"The same rows as in the resource {schema.name}, with the types of its schema. Written by polars {pl.__version__}."
    return resource | {"description": words}


def published_schema(schema: TableSchema) -> Json:
    """A table's schema for a package: each list of categories also as the `enum` that other tools enforce."""
    return dict(schema.descriptor) | {"fields": [_published_field(field) for field in schema.fields]}


def sources(articles: pl.DataFrame) -> list[Json]:
    """The articles as sources in the standard's terms: a title, and an address where it is known."""
    return [
        present(
            {
                "title": ", ".join(filter(None, (title or article_id, publisher, published_on and str(published_on)))),
                "path": url,
            }
        )
        for article_id, title, publisher, published_on, url in articles.select(
            "article_id", "title", "publisher", "published_on", "url"
        ).iter_rows()
    ]


def utc(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC.

    >>> from datetime import UTC
    >>> utc(datetime(2022, 1, 26, 14, 14, tzinfo=UTC))
    '2022-01-26T14:14:00Z'
    """
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def present(values: Mapping[str, Any]) -> Json:
    """The entries that say something: unknown stays absent."""
    return {key: value for key, value in values.items() if value not in (None, "", [], ())}


def _published_field(field: Field) -> Json:
    if not field.categories:
        return dict(field.descriptor)
    return dict(field.descriptor) | {"constraints": dict(field.constraints) | {"enum": list(field.categories)}}
