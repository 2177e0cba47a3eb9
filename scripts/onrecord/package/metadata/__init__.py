"""What other worlds read: the package's one descriptor said again in their own words.

- `crate`: RO-Crate 1.1, `croissant`: Croissant 1.0, `schema_org`: a schema.org Dataset and its Quotations;
- `annotations`: W3C Web Annotations, a line for each place that a cell was read from;
- `citation`: CITATION.cff. The catalog's DCAT is made by `onrecord.release`, since it is about all packages.

Nothing is told here that the descriptor or a table does not say.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from onrecord.package.metadata.annotations import annotations
from onrecord.package.metadata.citation import citation_cff
from onrecord.package.metadata.crate import ro_crate
from onrecord.package.metadata.croissant import croissant
from onrecord.package.metadata.schema_org import dataset, quotations

__all__ = ["metadata_files"]

_LINKED = "application/ld+json"


def metadata_files(
    descriptor: Mapping[str, Any], tables: Mapping[str, pl.DataFrame]
) -> Iterator[tuple[str, str, str, str, bytes]]:
    """The metadata of a package.

    Args:
        descriptor: the descriptor, with a resource for each file but these.
        tables: the tables, for annotations and quotations.

    Yields:
        A file at a time: the resource's name, path, media type, title and bytes.
    """
    yield "ro-crate", "ro-crate-metadata.json", _LINKED, "RO-Crate 1.1", ro_crate(descriptor)
    yield "croissant", "croissant.json", _LINKED, "Croissant 1.0", croissant(descriptor)
    yield "schema-org", "schema.jsonld", _LINKED, "schema.org Dataset", dataset(descriptor)
    yield "quotations", "quotations.jsonld", _LINKED, "Statements as schema.org Quotations", quotations(descriptor, tables)
    yield "annotations", "annotations.jsonl", "application/x-ndjson", "W3C Web Annotations", annotations(descriptor, tables)
    yield "citation", "CITATION.cff", "application/yaml", "Citation File Format 1.2", citation_cff(descriptor)
