"""A package whose tables are in several files each: what is written when the files of the tables are there."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import polars as pl

from onrecord.datapackage import DESCRIPTOR, SUMS
from onrecord.hashing import sha256_bytes, sums_bytes
from onrecord.package.descriptor import Json, file_resource, package_descriptor
from onrecord.package.metadata.citation import citation_cff
from onrecord.package.parts import Part, table_resources
from onrecord.package.readme import package_readme
from onrecord.package.write import CHANGELOG, CHANGES, History, as_json
from onrecord.schemas import load_schemas
from onrecord.settings import Collection


def write_partitioned(
    folder: Path, parts: Sequence[Part], collection: Collection, created: datetime, history: History | None = None
) -> dict[str, int]:
    """Write what a package says about its tables: descriptor, README, citation and digests; what it said before is replaced.

    What would repeat each article or each cell outside of the tables (JSON rows, annotations, quotations, PROV) is left out.

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
    resources = [
        *table_resources(parts),
        file_resource("readme", "README.md", "text/markdown", "Data dictionary and how to cite", readme),
    ]
    told = (
        {
            "changelog": (CHANGELOG, "text/markdown", "What changed from version to version", history.changelog),
            "changes": (CHANGES, "application/json", "Each row that changed since the version before", history.changes),
        }
        if history
        else {}
    )
    resources += [file_resource(name, *each) for name, each in told.items()]
    descriptor = package_descriptor(collection, created, sources, resources)
    cited = citation_cff(descriptor)
    resources.append(file_resource("citation", "CITATION.cff", "application/yaml", "Citation File Format 1.2", cited))
    descriptor = package_descriptor(collection, created, sources, resources)
    files = {"README.md": readme, "CITATION.cff": cited, DESCRIPTOR: as_json(descriptor)}
    files |= {path: data for path, _, _, data in told.values()}
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
