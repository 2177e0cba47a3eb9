"""A table of a package with the types of its schema."""

import polars as pl

from onrecord.cells import parse_table
from onrecord.datapackage import Package
from onrecord.errors import InvalidData
from onrecord.records import Violation
from onrecord.schemas import TableSchema


def typed_table(package: Package, schema: TableSchema) -> tuple[pl.DataFrame, list[Violation]]:
    """Read and type a table, all of its files at once; one after the other only where a cell or a file is wrong.

    Args:
        package: the package; the schema's table is read from its CSV files.
        schema: the types that the cells have to have.

    Returns:
        The typed frame, with null for each cell that does not fit, and a violation for each of those, with its file.

    Raises:
        InvalidData: a file is missing or is not CSV in UTF-8.
    """
    try:
        typed, misfits = parse_table(package.strings(schema.name), schema, package.place(schema.name))
    except InvalidData:  # of some file, or because two have other columns
        return _part_by_part(package, schema)
    return _part_by_part(package, schema) if misfits else (typed, [])


def _part_by_part(package: Package, schema: TableSchema) -> tuple[pl.DataFrame, list[Violation]]:
    typed = [parse_table(strings, schema, place) for place, strings in package.parts(schema.name)]
    return pl.concat([frame for frame, _ in typed]), [violation for _, found in typed for violation in found]
