"""Which number of the version rises: worked out from what differs, never typed in.

PATCH  wrong rows corrected or withdrawn, what is said about the data, provenance, reviews
MINOR  articles, rows, columns or tables added
MAJOR  tables or columns removed or renamed; types, keys or ids changed

Below 1.0.0, MAJOR and MINOR both raise the second number. docs/releases.md says how this differs from other formats' ideas.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

import polars as pl
from packaging.version import Version

from onrecord.datapackage import Package
from onrecord.diff import TableDiff, diff_tables, load_tables
from onrecord.schemas import TableSchema, load_schemas

FIRST = "1.0.0"

# Tables whose rows follow from those of others: a row more there is nothing new.
_DEPENDENT = {"statement_parts", "provenance", "reviews"}

# What a descriptor says that is no statement about the data.
_VOLATILE = {"version", "created", "resources"}


class Level(IntEnum):
    """How much a release changes."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """A release to be made: its version, the one it is compared with, and why the version is what it is."""

    version: str
    since: str | None
    level: Level | None
    reasons: tuple[str, ...]
    diff: Mapping[str, TableDiff]


def plan_release(
    last: Package | None,
    tables: Mapping[str, pl.DataFrame],
    descriptor: Mapping[str, Any],
    declared: str | None,
    before: Mapping[str, pl.DataFrame] | None = None,
) -> Plan | None:
    """What to release.

    Args:
        last: the newest release, or None before the first.
        tables: the tables now.
        descriptor: what the package says about itself now; its resources are those of `schemas/`.
        declared: the version that the collection wants at least.
        before: the tables of the newest release, where they were loaded already.

    Returns:
        The plan, or None where nothing changed, and no higher version is declared.

    Raises:
        InvalidData: the last release cannot be read.
    """
    if last is None:
        return Plan(declared or FIRST, None, None, ("The first release.",), {})
    schemas = load_schemas()
    descriptor = json.loads(json.dumps(descriptor))  # as a reader gets it: a tuple is a list
    diff = diff_tables(load_tables(last) if before is None else before, tables, last.schemas(), schemas)
    found = [
        *_schema_reasons(last.schemas(), schemas),
        *_row_reasons(diff, schemas),
        *_word_reasons(last.descriptor, descriptor),
    ]
    if not found:
        return _raised(last.version or "0.0.0", declared, diff)
    level = max(each for each, _ in found)
    reasons = tuple(words for each, words in sorted(found, key=lambda entry: -entry[0]))
    return Plan(next_version(last.version or "0.0.0", level, declared), last.version, level, reasons, diff)


def _raised(last: str, declared: str | None, diff: Mapping[str, TableDiff]) -> Plan | None:
    """The same data under a higher version that the collection wants: as when what was provisional becomes 1.0.0."""
    if declared is None or Version(declared) <= Version(last):
        return None
    return Plan(declared, last, None, (f"The same data as in {last}, from now on as {declared}.",), diff)


def next_version(last: str, level: Level, declared: str | None = None) -> str:
    """The version after another one.

    Args:
        last: the version before.
        level: how much changed.
        declared: the version wanted at least.

    >>> [next_version("1.2.3", level) for level in Level]
    ['1.2.4', '1.3.0', '2.0.0']
    >>> next_version("0.2.3", Level.MAJOR), next_version("0.2.3", Level.PATCH, "1.0.0")
    ('0.3.0', '1.0.0')
    """
    first, second, third = Version(last).release
    if level is Level.MAJOR and first:
        worked_out = f"{first + 1}.0.0"
    elif level is Level.PATCH:
        worked_out = f"{first}.{second}.{third + 1}"
    else:
        worked_out = f"{first}.{second + 1}.0"
    return max(filter(None, (worked_out, declared)), key=Version)


def _schema_reasons(old: Mapping[str, TableSchema], new: Mapping[str, TableSchema]) -> Iterator[tuple[Level, str]]:
    for name in (name for name in old if name not in new):
        yield Level.MAJOR, f"The table {name} is gone."
    for name, schema in new.items():
        if name not in old:
            yield Level.MINOR, f"The table {name} is new."
        else:
            yield from _table_reasons(name, old[name], schema)


def _table_reasons(name: str, old: TableSchema, new: TableSchema) -> Iterator[tuple[Level, str]]:
    for column in (column for column in old.names if column not in new.names):
        yield Level.MAJOR, f"The column {column} of {name} is gone."
    for column in (column for column in new.names if column not in old.names):
        yield Level.MINOR, f"The column {column} of {name} is new."
    for column in (column for column in new.names if column in old.names and new[column].type != old[column].type):
        yield Level.MAJOR, f"The column {column} of {name} is of the type {new[column].type} now, not {old[column].type}."
    if [column for column in old.names if column in new.names] != [column for column in new.names if column in old.names]:
        yield Level.MAJOR, f"The columns of {name} stand in another order."
    if old.primary_key != new.primary_key or old.unique_keys != new.unique_keys:
        yield Level.MAJOR, f"The keys of {name} are others now."
    if lost := [key for key in old.foreign_keys if key not in new.foreign_keys]:
        yield Level.MAJOR, f"{name} no longer refers to {', '.join(key.table for key in lost)} as it did."


def _row_reasons(diff: Mapping[str, TableDiff], schemas: Mapping[str, TableSchema]) -> Iterator[tuple[Level, str]]:
    for name, table in diff.items():
        if name not in schemas:
            continue
        added, removed, changed = table.counts.values()
        if renamed := _renamed(table, schemas[name]):
            yield Level.MAJOR, f"{_rows(renamed)} of {name} with other ids than before."
        if added:
            yield (Level.PATCH if name in _DEPENDENT else Level.MINOR), f"{_rows(added)} of {name} added."
        if removed:
            yield Level.PATCH, f"{_rows(removed)} of {name} withdrawn."
        if changed:
            yield Level.PATCH, _changed(name, table)


def _changed(name: str, table: TableDiff) -> str:
    """A row that somebody only found right has not been corrected."""
    corrected = {column: cells for column, cells in table.changed.items() if column != "review"}
    if not corrected:
        return f"{_rows(table.changed_keys.height)} of {name} reviewed."
    rows = replace(table, changed=corrected).changed_keys.height
    reviewed = table.changed_keys.height - rows
    return f"{_rows(rows)} of {name} corrected in {', '.join(corrected)}{f', {reviewed:,} more reviewed' if reviewed else ''}."


def _renamed(table: TableDiff, schema: TableSchema) -> int:
    """How many rows left and came back alike in all but their ids."""
    ids = {*schema.primary_key, *(column for key in schema.foreign_keys for column in key.fields), "review"}
    rest = [name for name in table.added.columns if name in table.removed.columns and name not in ids]
    if len(schema.primary_key) != 1 or not rest or not table.added.height or not table.removed.height:
        return 0
    return table.added.join(table.removed.select(rest).unique(), on=rest, how="semi", nulls_equal=True).height


def _word_reasons(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[Level, str]]:
    for key in sorted((old.keys() | new.keys()) - _VOLATILE):
        if old.get(key) != new.get(key):
            yield Level.PATCH, f"The package's {key} changed."
    before, after = (_described(descriptor) for descriptor in (old, new))
    for name in sorted(before.keys() & after.keys()):
        if before[name] != after[name]:
            yield Level.PATCH, f"What is said about {name} changed."


def _described(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """The tables' schemas with their words and constraints."""
    return {
        str(resource["name"]): (resource.get("title"), resource.get("description"), resource["schema"])
        for resource in descriptor["resources"]
        if resource.get("type") == "table"
    }


def _rows(count: int) -> str:
    return f"{count:,} row{'s' if count > 1 else ''}"
