"""The `README.md` of a package: what it holds, how to cite it and what each column means."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from onrecord.citation import cite
from onrecord.package.descriptor import Json, package_descriptor
from onrecord.schemas import Field, TableSchema, load_schemas
from onrecord.settings import Collection

_FORMS = """\
Every table lies in `data/` as CSV and, with the same name, as JSON rows and as Parquet with the types of its schema. An empty
CSV cell means unknown. Offsets are Unicode code points into the article's stored text, ends exclusive. The table `provenance`
gives the words behind each cell; `provenance.json` tells in PROV-JSON which software made what from what; `SHA256SUMS` has a
digest for each file (`sha256sum --check SHA256SUMS`).

The same is said for other tools in `ro-crate-metadata.json` (RO-Crate), `croissant.json` (Croissant), `schema.jsonld` and
`quotations.jsonld` (schema.org), `annotations.jsonl` (W3C Web Annotations, one a line) and `CITATION.cff`."""

_PARTITIONED = """\
Every table lies in a folder of `data/`, in a file a month as CSV and one as Parquet with the types of its schema; each CSV file
has the header. The month is that of the article's publication, or a hash of its id where that is not known; speakers, who speak
in several, are parted by the first digit of their id, and the provenance of their cells with them. An empty CSV cell means
unknown. Offsets are Unicode code points into the article's stored text, ends exclusive. The table `provenance` gives the words
behind each cell; `SHA256SUMS` has a digest for each file (`sha256sum --check SHA256SUMS`). For other tools, the same is said in
`provenance.json` (PROV-JSON), `ro-crate-metadata.json` (RO-Crate), `schema.jsonld` (schema.org) and `CITATION.cff`."""

_POLICY = """\
A version never changes. The third number rises when wrong rows are corrected or withdrawn, or what is said about the data is;
the second when articles, rows or columns are added; the first when a column or table leaves or gets another name, type or
key, or rows get other ids. What is found out about a version later is said in the catalog, never by deleting it."""


def package_readme(
    collection: Collection, created: datetime, rows: Mapping[str, int], sources: Iterable[Json], partitioned: bool = False
) -> str:
    """The text of a package's README, made from the settings and the schemas.

    Args:
        collection: the settings that name, describe and license the package.
        created: the time that the package carries.
        rows: the number of rows of each table.
        sources: as the descriptor has them.
        partitioned: whether a table is several files.
    """
    schemas, ending = load_schemas(), "/" if partitioned else ".csv"
    counts = [f"| {_anchor(schema.title)} | `data/{name}{ending}` | {rows[name]} |" for name, schema in schemas.items()]
    licences = [_link(licence.title or licence.name, licence.path) for licence in collection.licenses]
    parts = [
        f"# {collection.title}",
        collection.description,
        f"Version {collection.version} of the data package `{collection.name}`. Licence of the data: {', '.join(licences)}.",
        _rights_note(collection),
        "## What is in it",
        "\n".join(["| table | file | rows |", "|---|---|---|", *counts]),
        _PARTITIONED if partitioned else _FORMS,
        "## Versions",
        _POLICY,
        "## How to cite",
        f"> {cite(package_descriptor(collection, created, sources, ()), 'apa')}",
        "## Sources",
        "\n".join(f"- {_link(source['title'], source.get('path'))}" for source in sources),
        "## Data dictionary",
        *(table_dictionary(schema) for schema in schemas.values()),
    ]
    return "\n\n".join(parts) + "\n"


def table_dictionary(schema: TableSchema) -> str:
    """A table's part of the data dictionary, in Markdown."""
    lines = [f"### {schema.title}", "", schema.description, "", "| column | type | meaning |", "|---|---|---|"]
    lines += [f"| `{field.name}` | {field.type} | {_meaning(field)} |" for field in schema.fields]
    keys = [f"Key: {', '.join(f'`{name}`' for name in schema.primary_key)}."]
    keys += [
        f"`{', '.join(key.fields)}` refers to `{', '.join(key.references)}` of {key.table}." for key in schema.foreign_keys
    ]
    return "\n".join([*lines, "", " ".join(keys)])


def _meaning(field: Field) -> str:
    values = "; ".join(f"`{value}`: {label}" if label else f"`{value}`" for value, label in field.categories.items())
    return field.description + (f" Values: {values}." if values else "")


def _rights_note(collection: Collection) -> str:
    if collection.text_rights == "held":
        return "The publisher holds the rights to the articles; their stored texts lie in `texts/`, each under its SHA-256."
    return (
        "The articles themselves are not republished: only figures, the words of statements and 32 characters of context. Of "
        "an article that is mostly quotations that is most of its words."
    )


def _link(words: str, path: str | None) -> str:
    return f"[{words}]({path})" if path else words


def _anchor(title: str) -> str:
    return f"[{title}](#{title.lower().replace(' ', '-')})"
