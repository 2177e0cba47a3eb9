"""`croissant.json`: the tables as record sets that machine-learning tools load.

Source: Croissant Format Specification 1.0 (http://mlcommons.org/croissant/1.0); its context is given there word for word.
"""

from collections.abc import Mapping
from typing import Any

from onrecord.citation import cite
from onrecord.package.metadata.terms import Json, creators, licence, pretty, tables_of

_OWN = (
    *("citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format"),
    *("includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
)
_CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
} | {term: f"cr:{term}" for term in _OWN}

_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
    "list": "sc:Text",
}


def croissant(descriptor: Mapping[str, Any]) -> bytes:
    """The Croissant description of a package: its data files, and a record set a table, read from CSV."""
    files = [_file(resource) for resource in descriptor["resources"] if resource["path"].startswith("data/")]
    return pretty(
        {
            "@context": _CONTEXT,
            "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.0",
            "name": descriptor["name"],
            "alternateName": descriptor["title"],
            "description": descriptor["description"],
            "version": descriptor["version"],
            "datePublished": descriptor["created"][:10],
            "license": licence(descriptor),
            "keywords": descriptor.get("keywords", []),
            "creator": [{"@type": "sc:Organization", "name": who["title"]} for who in creators(descriptor)],
            "url": f"urn:onrecord:{descriptor['name']}",
            "citeAs": cite(descriptor, "bibtex"),
            "distribution": files,
            "recordSet": [_records(table) for table in tables_of(descriptor)],
        }
    )


def _file(resource: Json) -> Json:
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["name"],
        "contentUrl": resource["path"],
        "contentSize": f"{resource['bytes']} B",
        "encodingFormat": "application/x-parquet" if resource["path"].endswith(".parquet") else resource["mediatype"],
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _records(table: Json) -> Json:
    name, schema = table["name"], table["schema"]
    records = {"@type": "cr:RecordSet", "@id": name, "name": name, "description": table["description"]}
    key = {"key": [{"@id": f"{name}/{column}"} for column in schema["primaryKey"]]}
    return records | key | {"field": [_field(table, field) for field in schema["fields"]]}


def _field(table: Json, field: Json) -> Json:
    source: Json = {"fileObject": {"@id": table["path"]}, "extract": {"column": field["name"]}}
    entry = {
        "@type": "cr:Field",
        "@id": f"{table['name']}/{field['name']}",
        "name": field["name"],
        "description": field["description"],
        "dataType": _TYPES[field["type"]],
    }
    if field["type"] == "list":
        entry["repeated"] = True
        source["transform"] = {"separator": field.get("delimiter", ",")}
    return entry | {"source": source}
