"""A package whose tables are in several files each: what is written when the files of the tables are there."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import polars as pl

from onrecord import __version__
from onrecord.datapackage import DESCRIPTOR, SUMS
from onrecord.hashing import sha256_bytes, sums_bytes
from onrecord.package.descriptor import Json, file_resource, package_descriptor
from onrecord.package.metadata.citation import citation_cff
from onrecord.package.metadata.crate import ro_crate
from onrecord.package.metadata.schema_org import dataset
from onrecord.package.parts import Part, single_files, table_resources
from onrecord.package.prov import prov_json
from onrecord.package.readme import package_readme
from onrecord.package.write import CHANGELOG, CHANGES, History, as_json
from onrecord.schemas import load_schemas
from onrecord.settings import Collection


def write_partitioned(
    folder: Path, parts: Sequence[Part], collection: Collection, created: datetime, history: History | None = None
) -> dict[str, int]:
    """Write what a package says about its tables: descriptor, README, metadata and digests; replaces what it said before.

    What would repeat each article or each cell outside of the tables (JSON rows, annotations, quotations) is left out, as is
    Croissant, which has no words for a table of several files.

    Args:
        folder: where the files of the tables are.
        parts: those files.
        collection: the settings that describe the package.
        created: the time that the package carries, in UTC.
        history: what a release says of the versions before it.

    Returns:
        The number of rows of each table.
    """
    rows = {name: sum(part.rows for part in parts if (part.table, part.form) == (name, "csv")) for name in load_schemas()}
    sources = _publishers(folder)
    readme = package_readme(collection, created, rows, sources, partitioned=True).encode()
    prov = prov_json(collection, created, rows, pl.DataFrame(), __version__).encode()
    told = {
        "readme": ("README.md", "text/markdown", "Data dictionary and how to cite", readme),
        "prov": ("provenance.json", "application/json", "Provenance of the package (PROV-JSON)", prov),
    }
    if history:
        told |= {
            "changelog": (CHANGELOG, "text/markdown", "What changed from version to version", history.changelog),
            "changes": (CHANGES, "application/json", "Each row that changed since the version before", history.changes),
        }
    resources = [*table_resources(parts), *(file_resource(name, *each) for name, each in told.items())]
    single = single_files(package_descriptor(collection, created, sources, resources))
    linked = {
        "ro-crate": ("ro-crate-metadata.json", "application/ld+json", "RO-Crate 1.1", ro_crate(single)),
        "schema-org": ("schema.jsonld", "application/ld+json", "schema.org Dataset", dataset(single)),
        "citation": ("CITATION.cff", "application/yaml", "Citation File Format 1.2", citation_cff(single)),
    }
    resources += [file_resource(name, *each) for name, each in linked.items()]
    descriptor = package_descriptor(collection, created, sources, resources)
    files = {path: data for path, _, _, data in (told | linked).values()} | {DESCRIPTOR: as_json(descriptor)}
    digests = {part.path: part.hash.removeprefix("sha256:") for part in parts}
    digests |= {path: sha256_bytes(data) for path, data in files.items()}
    files[SUMS] = sums_bytes(digests)
    for path, data in files.items():
        (folder / path).write_bytes(data)
    return rows


def _publishers(folder: Path) -> list[Json]:
    """The sources: of so many articles only their publishers; each article is a row of the table."""
    told = pl.scan_parquet(folder / "data" / "articles" / "*.parquet").select(pl.col("publisher").drop_nulls().unique().sort())
    return [{"title": publisher} for (publisher,) in told.collect().iter_rows()]
