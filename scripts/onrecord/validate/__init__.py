"""Tables are held to their schemas and to the rules across columns and tables.

- `onrecord.cells` has typed a CSV file's strings and told which do not fit;
- `compile` turns a Table Schema into a pandera schema: types, nulls, patterns, vocabularies, bounds, keys;
- `rules` holds what no Table Schema can say: foreign keys as anti-joins, and the rules between columns and tables;
- `behind` holds cells and the words behind them to one another, `typed` reads a package's table;
- `reviewed` holds reviews, rows and provenance to one another.

Everything runs in polars: frictionless, which is some 80 times slower, stays the independent gate on the release.
"""

from collections.abc import Iterable, Mapping

import polars as pl

from onrecord.cells import parse_table
from onrecord.records import Violation
from onrecord.schemas import TableSchema
from onrecord.validate.compile import check_table, compile_schema
from onrecord.validate.rules import check_rules, foreign_key_violations

__all__ = ["check_table", "check_tables", "compile_schema", "parse_table"]


def check_tables(
    tables: Mapping[str, pl.DataFrame], schemas: Iterable[TableSchema], texts: Mapping[str, str] | None = None
) -> list[Violation]:
    """Hold tables to their schemas, their foreign keys and the rules across columns and tables.

    Args:
        tables: a typed frame a table.
        schemas: the schemas to hold them to; a table without a frame is a violation.
        texts: the stored text of articles by article_id; where it is given, words are compared with it.

    Returns:
        All violations, in the order of the schemas; empty where the data is valid.

    >>> from onrecord.schemas import load_schemas
    >>> schema = load_schemas()["reviews"]
    >>> check_tables({"reviews": pl.DataFrame(schema=schema.dtypes)}, [schema])
    []
    """
    schemas = list(schemas)
    missing = [
        Violation(schema.name, "the table to be there", "no such table") for schema in schemas if schema.name not in tables
    ]
    if missing:
        return missing
    found = [violation for schema in schemas for violation in check_table(tables[schema.name], schema)]
    found += [violation for schema in schemas for violation in foreign_key_violations(tables, schema)]
    return found + check_rules(tables, schemas, texts)
