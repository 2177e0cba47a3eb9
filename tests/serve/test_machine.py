"""The site for programs: JSON with units, complete CSV, JSON-LD, Atom, sitemap, robots.txt, CORS and links to data."""

import asyncio
import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
from asking import application, asking

from onrecord.datapackage import Package

Visit = Callable[..., httpx.Response]
Write = Callable[..., Package]

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def cells(answer: httpx.Response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.text)))


@pytest.fixture(scope="module")
def many(seals: Package, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """A site whose dates table has more rows than Datasette gives at once."""
    folder = tmp_path_factory.mktemp("many")
    package = Package(folder / "package", seals.descriptor)
    for file in (seals.folder / "data").glob("*.csv"):
        target = package.folder / "data" / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    names = seals.schemas()["dates"].names
    row = {"article_id": "seals", "text": "day, or night", "start": "0", "end": "3", "edtf": "2023-03-04"} | {
        "start_date": "2023-03-04", "end_date": "2023-03-04", "review": "machine"
    }  # fmt: skip
    lines = [
        [str(row.get(name, f"date_{2345 - number:016x}" if name == "date_id" else "")) for name in names]
        for number in range(2345)
    ]
    with (package.folder / "data/dates.csv").open("w", newline="") as added:
        csv.writer(added).writerows([list(names), *lines])
    return asking(application([package], folder))


def test_json_comes_in_objects_with_units(visit: Visit) -> None:
    found = visit("/seals/figures.json?kind=mass").json()
    (figure,) = found["rows"]
    assert (figure["high"], figure[found["units"]["high"]["unit_column"]]) == (40, "t")
    assert found["units"]["low_si"] == {"unit_column": "si_unit"}
    assert visit("/seals/articles.json").json()["units"]["words"] == {"unit": "1"}
    assert isinstance(visit("/seals/figures.json?_shape=arrays").json()["rows"][0], list)


@pytest.mark.parametrize(
    "query", ["", "?_size=max", "?_labels=on&_size=max", "?_sort_desc=date_id", "?_search=day", "?_stream=1"]
)
def test_csv_of_a_table_is_complete(many: Visit, query: str) -> None:
    found = cells(many(f"/seals/dates.csv{query}"))
    assert len(found) == 2346
    assert len({row[0] for row in found}) == 2346
    assert {len(row) for row in found} == {len(found[0])}


def test_csv_gives_as_many_rows_as_are_asked_for(many: Visit) -> None:
    assert len(cells(many("/seals/dates.csv?_size=7"))) == 8


def test_csv_of_a_query_is_complete(many: Visit, visit: Visit) -> None:
    provenance = cells(visit("/seals/provenance.csv"))
    assert len(cells(visit("/seals/where-a-row-comes-from.csv"))) == len(provenance)
    assert len(cells(visit("/seals/who-said-what.csv"))) == 5
    assert many("/seals/who-said-what.csv").status_code == 200


def test_csv_has_names_beside_ids_where_they_are_asked_for(visit: Visit) -> None:
    head, *rows = cells(visit("/seals/statements.csv?_labels=on"))
    assert {row[head.index("speaker_id_label")] for row in rows} == {"Maud Tarrant", "Ravi Bose"}


@pytest.mark.parametrize(
    ("query", "status"),
    [("nowhere.csv", 404), ("figures.csv?_sort=nothing", 400), ("figures.csv?_search=%22&_searchmode=raw", 400)],
)
def test_csv_that_cannot_be_is_an_error(visit: Visit, query: str, status: int) -> None:
    assert visit(f"/seals/{query}").status_code == status


def test_csv_that_breaks_on_its_way_does_not_end_well(seals: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = application([seals], tmp_path)

    async def breaking(*_: object) -> object:
        yield [("a",) * 10]
        raise OSError("the disk is gone")

    monkeypatch.setattr("onrecord.serve.tables_as_csv._rows", breaking)
    sent: list[dict[str, object]] = []

    async def run() -> None:
        async def receive() -> dict[str, object]:
            return {"type": "http.request"}

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/seals/figures.csv", "raw_path": b"/seals/figures.csv",
                 "query_string": b"", "headers": [], "scheme": "http", "http_version": "1.1"}  # fmt: skip
        await app(scope, receive, send)

    with pytest.raises(ConnectionError, match="broken off"):
        asyncio.run(run())
    assert all(message.get("more_body", True) for message in sent)


@pytest.mark.parametrize("query", ["", "_sort=review", "_sort_desc=review", "_sort=text&review=machine", "_sort_desc=date_id"])
def test_the_pages_of_a_tables_json_hold_every_row_once(many: Visit, query: str) -> None:
    """All rows are equal in the column that they are sorted by."""
    page = many(f"/seals/dates.json?_size=max&{query}").json()
    found = page["rows"]
    while page["next_url"]:
        page = many(page["next_url"]).json()
        found += page["rows"]
    assert len(found) == len({row["date_id"] for row in found}) == 2345


def test_a_package_is_a_dataset(visit: Visit) -> None:
    found = visit("/seals.jsonld").json()
    assert (found["@type"], found["name"], found["version"]) == ("Dataset", "Seals of Port Ellery", "0.1.0")
    assert found["license"] == "https://cc.example/by/4.0/"
    assert {entry["contentUrl"] for entry in found["distribution"]} >= {"http://site.example/seals/figures.csv"}
    assert {visit(entry["contentUrl"]).status_code for entry in found["distribution"]} == {200}


def test_a_statement_is_a_quotation(visit: Visit) -> None:
    row = visit("/seals/statements.json?_search=nets").json()["rows"][0]
    found = visit(f"/seals/statements/{row['statement_id']}.jsonld").json()
    assert (found["@type"], found["text"]) == ("Quotation", "The nets come up empty,")
    assert found["creator"] == {"@type": "Person", "name": "Ravi Bose"}
    assert found["isPartOf"]["url"] == "https://gazette.example/seals"


@pytest.mark.parametrize(
    "address",
    ["/seals/figures.jsonld", "/seals/statements/none.jsonld", "/otters.jsonld", "/otters.atom", "/seals/sitemap-dates-1.xml"],
)
def test_what_there_is_not_is_not_found(visit: Visit, address: str) -> None:
    assert visit(address).status_code == 404


def test_feeds_are_valid_atom(visit: Visit) -> None:
    for address, entries in (("/releases.atom", 1), ("/seals.atom", 4)):
        answer = visit(address)
        feed = ElementTree.fromstring(answer.content)
        assert answer.headers["content-type"].startswith("application/atom+xml")
        assert len(feed.findall("a:entry", ATOM)) == entries
        for element in (feed, *feed.findall("a:entry", ATOM)):
            assert all(element.findtext(f"a:{name}", None, ATOM) for name in ("id", "title", "updated"))
        times = [element.text for element in feed.iterfind(".//a:updated", ATOM)]
        assert all(time and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", time) for time in times)
        ids = [element.text for element in feed.iterfind("a:entry/a:id", ATOM)]
        assert len(set(ids)) == len(ids)


def test_the_sitemap_leads_to_every_page(visit: Visit) -> None:
    index = ElementTree.fromstring(visit("/sitemap.xml").content)
    maps = [str(element.text) for element in index.iterfind("s:sitemap/s:loc", SITEMAP)]
    pages = [
        str(element.text)
        for url in maps
        for element in ElementTree.fromstring(visit(url).content).iterfind("s:url/s:loc", SITEMAP)
    ]
    assert len(pages) == 1 + 4 + 2 + 4
    assert {visit(page).status_code for page in pages} == {200}
    assert "Sitemap: http://site.example/sitemap.xml" in visit("/robots.txt").text


def test_data_may_be_read_from_other_sites_and_pages_may_not(visit: Visit) -> None:
    for address in ("/seals/figures.json", "/seals/figures.csv", "/seals.atom", "/seals.jsonld", "/seals.db"):
        assert visit(address).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in visit("/seals/figures").headers
    assert visit("/seals/figures.json", method="OPTIONS").headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"


def test_pages_name_their_feeds_and_data_in_their_head(visit: Visit) -> None:
    assert '<link rel="alternate" type="application/atom+xml" href="/releases.atom">' in visit("/").text
    assert '<link rel="alternate" type="application/atom+xml" href="/seals.atom">' in visit("/seals").text
    assert '<link rel="alternate" type="text/csv" href="/seals/figures.csv">' in visit("/seals/figures").text


def test_pages_link_to_their_data(visit: Visit) -> None:
    row = visit("/seals/statements.json").json()["rows"][0]["statement_id"]
    wanted = {
        "/": ["atom"],
        "/seals": ["json", "atom", "ld"],
        "/seals/figures": ["json", "csv"],
        f"/seals/statements/{row}": ["json", "ld"],
    }
    for address, kinds in wanted.items():
        links = re.findall(
            r'<?([^\s<>,;]+)>?; rel="alternate"; type="([^"]+)"', ", ".join(visit(address).headers.get_list("link"))
        )
        assert all(any(kind in type for _, type in links) for kind in kinds), links
        assert {visit(url).status_code for url, _ in links} == {200}


def test_hostile_words_break_neither_feed_nor_json_ld(write_seals: Write, tmp_path: Path) -> None:
    package = write_seals()
    file = package.folder / "data/statements.csv"
    file.write_text(file.read_text().replace('"The nets come up empty,"', '"]]></script>&\x01\u202eevil"'))
    visit = asking(application([package], tmp_path))
    texts = [element.text for element in ElementTree.fromstring(visit("/seals.atom").content).iterfind(".//a:content", ATOM)]
    assert "]]></script>&\ufffd\u202eevil" in texts
    assert json.loads(visit("/seals.jsonld").text)["@type"] == "Dataset"
