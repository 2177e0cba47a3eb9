"""What a package says for other tools, read by those tools themselves."""

import json
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF
from sample import CREATED, STORED, collection, frames, sample_rows, written

from onrecord.datapackage import read_package
from onrecord.errors import InvalidData
from onrecord.package import write_package
from onrecord.pipeline import verify
from onrecord.settings import License

SCHEMA = Namespace("https://schema.org/")
OA = Namespace("http://www.w3.org/ns/oa#")

# The terms of http://www.w3.org/ns/anno.jsonld that are used, so that the test needs no network.
ANNOTATION_TERMS: dict[str, Any] = {
    "oa": str(OA),
    "rdf": str(RDF),
    "dc": "http://purl.org/dc/elements/1.1/",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "Dataset": "dctypes:Dataset",
    "Text": "dctypes:Text",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "describing": "oa:describing",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "via": {"@id": "oa:via", "@type": "@id"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": "oa:start",
    "end": "oa:end",
    "format": "dc:format",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("metadata") / "p", version="1.0.0")


def parsed(data: bytes | str) -> Graph:
    """The triples of JSON-LD."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib warns of what it calls itself
        return Graph().parse(data=data, format="json-ld")


def test_rocrate_reads_the_crate_with_all_files(folder: Path) -> None:
    from rocrate.rocrate import ROCrate

    crate = ROCrate(str(folder))
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    described = {entity.id for entity in crate.data_entities}
    assert files - described == {"SHA256SUMS", "ro-crate-metadata.json", *LATER}
    assert (crate.name, crate.root_dataset["version"]) == ("Harbour talk", "1.0.0")
    assert crate.license["@id"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert [person["name"] for person in crate.creator] == ["Data Desk"]


LATER = {"croissant.json", "schema.jsonld", "quotations.jsonld", "annotations.jsonl", "CITATION.cff"}
"""Files that say the same as the crate in other words, and are made after it."""


CROISSANT = """
import json, sys
import mlcroissant
dataset = mlcroissant.Dataset(sys.argv[1])
rows = {name: list(dataset.records(name)) for name in sys.argv[2:]}
print(json.dumps(rows, default=lambda value: value.decode() if isinstance(value, bytes) else str(value)))
"""


def test_mlcroissant_validates_and_loads_the_tables(folder: Path) -> None:
    tables = ("figures", "speakers", "dates", "reviews", "provenance")
    command = [sys.executable, "-c", CROISSANT, str(folder / "croissant.json"), *tables]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr.upper()
    rows = json.loads(done.stdout)
    assert {name: len(found) for name, found in rows.items()} == {
        name: len(json.loads((folder / "data" / f"{name}.json").read_bytes())) for name in tables
    }
    assert (rows["figures"][0]["figures/low"], rows["figures"][0]["figures/measures"]) == (20.0, "boats")
    assert rows["speakers"][0]["speakers/aliases"] == ["Roe"]
    assert rows["dates"][0]["dates/start_date"].startswith("2021-03-01")


CITATION = """
import sys
from cffconvert import Citation
for path in sys.argv[1:]:
    citation = Citation(open(path, encoding="utf-8").read())
    citation.validate()
    print(citation.as_bibtex())
"""


def test_cffconvert_validates_the_citation(folder: Path, tmp_path: Path) -> None:
    unknown = (License(name="our own terms"),)
    other = written(tmp_path / "q", contributors=(), keywords=(), licenses=unknown, title='A: "quoted" #title')
    files = [str(place / "CITATION.cff") for place in (folder, other)]
    done = subprocess.run([sys.executable, "-c", CITATION, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "author = {Data Desk}" in done.stdout
    assert 'title = {A: "quoted" #title}' in done.stdout
    Path(files[0]).with_name("bad.cff").write_text("cff-version: 1.2.0\ntitle: none\n", "utf-8")
    bad = subprocess.run([sys.executable, "-c", CITATION, str(folder / "bad.cff")], capture_output=True, text=True, check=False)
    (folder / "bad.cff").unlink()
    assert bad.returncode == 1


def test_rdflib_reads_the_dataset_of_schema_org(folder: Path) -> None:
    graph = parsed((folder / "schema.jsonld").read_bytes())
    dataset = URIRef("urn:onrecord:harbour:1.0.0")
    assert (dataset, RDF.type, SCHEMA.Dataset) in graph
    assert graph.value(dataset, SCHEMA.version) == Literal("1.0.0")
    paths = {str(graph.value(part, SCHEMA.contentUrl)) for part in graph.objects(dataset, SCHEMA.distribution)}
    assert {"data/figures.csv", "data/figures.json", "data/figures.parquet"} <= paths


def test_rdflib_reads_each_statement_as_a_quotation(folder: Path) -> None:
    graph = parsed((folder / "quotations.jsonld").read_bytes())
    (quotation,) = graph.subjects(RDF.type, SCHEMA.Quotation)
    assert graph.value(quotation, SCHEMA.text) == Literal("About 20 to 30 boats a week leave")
    assert graph.value(quotation, SCHEMA.genre) == Literal("indirect")
    assert graph.value(graph.value(quotation, SCHEMA.creator), SCHEMA.name) == Literal("Ana Roe")
    assert graph.value(graph.value(quotation, SCHEMA.isPartOf), SCHEMA.headline) == Literal("Boats leave")


def test_rdflib_reads_an_annotation_for_each_row_of_provenance(folder: Path) -> None:
    lines = (folder / "annotations.jsonl").read_text("utf-8").splitlines()
    rows = json.loads((folder / "data" / "provenance.json").read_bytes())
    assert len(lines) == len(rows)
    annotation = json.loads(lines[0])
    assert annotation["@context"] == "http://www.w3.org/ns/anno.jsonld"
    graph = parsed(json.dumps(annotation | {"@context": ANNOTATION_TERMS}))
    (subject,) = graph.subjects(RDF.type, OA.Annotation)
    target = graph.value(subject, OA.hasTarget)
    exact = {str(value) for selector in graph.objects(target, OA.hasSelector) for value in graph.objects(selector, OA.exact)}
    assert exact == {rows[0]["exact"]}
    assert str(graph.value(subject, OA.hasBody)).endswith(f"{rows[0]['row_id']}:{rows[0]['field']}")
    used = {str(predicate) for predicate in graph.predicates()}
    assert all(name.startswith((str(OA), str(RDF), "http://purl.org/dc/")) for name in used), used


def test_an_unnamed_speaker_is_nobody_in_particular(tmp_path: Path) -> None:
    rows = sample_rows()
    rows["speakers"][0]["kind"] = "unnamed"
    write_package(tmp_path / "p", collection(), CREATED, frames(rows), STORED, "9.9.9")
    (quotation,) = json.loads((tmp_path / "p" / "quotations.jsonld").read_bytes())["@graph"]
    assert "creator" not in quotation


def test_rdflib_reads_the_catalog_in_dcat(first: Path) -> None:
    graph = parsed((first / "dcat.jsonld").read_bytes())
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert graph.value(dataset, DCTERMS.title) == Literal("Harbour talk")
    assert graph.value(dataset, URIRef(f"{DCAT}version")) == Literal("1.0.0")
    sizes = {
        Path(str(graph.value(part, DCAT.downloadURL))).name: int(str(graph.value(part, DCAT.byteSize)))
        for part in graph.objects(dataset, DCAT.distribution)
    }
    assert sizes["figures.csv"] == (first / "harbour" / "1.0.0" / "data" / "figures.csv").stat().st_size


def test_parquet_has_the_types_and_rows_of_the_csv_file(folder: Path) -> None:
    rows = pl.read_parquet(folder / "data" / "figures.parquet")
    assert rows.schema["low"] == pl.Float64
    assert rows.schema["start"] == pl.Int64
    assert rows.to_dicts()[0]["low"] == 20.0
    assert pl.read_parquet(folder / "data" / "dates.parquet").schema["start_date"] == pl.Date
    resource = next(entry for entry in read_package(folder).resources if entry["name"] == "figures-parquet")
    assert f"Written by polars {pl.__version__}." in resource["description"]
    assert pl.__version__ in (folder / "provenance.json").read_text("utf-8")


@pytest.mark.parametrize("change", ["cell", "type", "bytes", "rows"])
def test_parquet_that_says_something_else_is_named(tmp_path: Path, change: str) -> None:
    from test_verify import seal

    place = written(tmp_path / "p")
    path = place / "data" / "figures.parquet"
    rows = pl.read_parquet(path)
    match change:
        case "cell":
            rows.with_columns(pl.lit(31.0).alias("high")).write_parquet(path)
            told = "data/figures.parquet, row 1, field high: expected 30.0 as in the CSV file, found 31.0"
        case "type":
            rows.with_columns(pl.col("start").cast(pl.Int32)).write_parquet(path)
            told = "data/figures.parquet: expected the columns "
        case "rows":
            rows.clear().write_parquet(path)
            told = "data/figures.parquet: expected 1 rows as in the CSV file, found 0"
        case _:
            path.write_bytes(b"PAR1 and no more")
            told = "data/figures.parquet: expected rows in PARQUET, found "
    seal(place)
    with warnings.catch_warnings():
        try:
            found = "\n".join(map(str, verify(place)[1]))
        except InvalidData as error:
            found = str(error)
    assert found.startswith(told)
