"""The site as a visitor and a program see it, asked through Datasette's own client."""

import asyncio
import re
import tomllib
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.datapackage import Package
from onrecord.schemas import load_schemas
from onrecord.serve import build_database, datasette_for
from onrecord.serve.display import unit_name

Ask = Callable[[str], Any]
Write = Callable[..., Package]


def site(packages: list[Package], folder: Path) -> Ask:
    """A function that gets an address from a site of these packages."""
    databases = [folder / f"{package.name}.db" for package in packages]
    for package, database in zip(packages, databases, strict=True):
        build_database(package, database)
    datasette = datasette_for(packages, databases)

    def ask(address: str) -> Any:
        return asyncio.run(datasette.client.get(address, follow_redirects=True))

    return ask


@pytest.fixture(scope="module")
def ask(seals: Package, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    yield site([seals], tmp_path_factory.mktemp("site"))


def page(ask: Ask, address: str) -> str:
    """A page's text without its tags, spaces made single."""
    answer = ask(address)
    assert answer.status_code == 200, answer.text
    body = re.sub(r"<(style|script)\b.*?</\1>", " ", answer.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def rows(ask: Ask, address: str) -> list[dict[str, Any]]:
    found = ask(f"{address}{'&' if '?' in address else '?'}_shape=array")
    assert found.status_code == 200, found.text
    result: list[dict[str, Any]] = found.json()
    return result


def test_the_first_page_tells_what_there_is(ask: Ask) -> None:
    text = page(ask, "/")
    assert "Seals of Port Ellery Figures and statements on seals." in text
    assert text.index("Newest figures") < text.index("Newest statements") < text.index("Figures with their ranges")
    assert "statement parts" not in text
    assert "statements (4)" in text
    assert "figures (4)" in text
    assert "hidden" not in text


@pytest.mark.parametrize("address", ["/", "/seals", "/seals/figures", "/seals/who-said-what"])
def test_every_page_names_licence_source_and_version(ask: Ask, address: str) -> None:
    text = page(ask, address)
    assert "Data license: Creative Commons Attribution 4.0" in text
    assert "Data source: Harbour seals return to Port Ellery in record numbers, Ellery Gazette, 2023-03-04" in text
    assert "About: seals 0.1.0" in text


@pytest.mark.parametrize("address", ["/", "/seals", "/seals/figures", "/seals/statements", "/seals/who-said-what"])
def test_no_page_calls_another_host(ask: Ask, address: str) -> None:
    loaded = re.findall(r"<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=\"([^\"]+)\"", ask(address).text)
    ours = [url for url in loaded if url.startswith("/") and not url.startswith("//")]
    assert [url for url in loaded if url not in ours and not url.startswith("http://localhost/")] == []
    assert {ask(url).status_code for url in ours} == {200}


def test_figures_stand_in_reading_order_with_names_for_ids(ask: Ask) -> None:
    text = page(ask, "/seals/figures")
    assert text.index("40 tonnes") < text.index("12.5%")
    assert "Maud Tarrant" in text
    assert "speaker_a" not in text
    assert "Harbour seals return to Port Ellery in record numbers" in text
    assert "1,200" in text
    assert "1200.0" not in text


def test_columns_are_explained(ask: Ask) -> None:
    assert "qualifier Qualifier: How the article hedges or bounds the number. Values: approximately" in page(
        ask, "/seals/figures"
    )


def test_json_keeps_ids_and_typed_values(ask: Ask) -> None:
    first = rows(ask, "/seals/figures.json?_sort=start")[0]
    assert (first["low"], first["high"], first["article_id"], first["unit"]) == (1200.0, 1500.0, "seals", None)


def test_search_finds_figures_and_statements(ask: Ask) -> None:
    assert [row["text"] for row in rows(ask, "/seals/figures.json?_search=fish")] == ["40 tonnes"]
    assert len(rows(ask, "/seals/statements.json?_search=seals")) == 2
    assert ask("/seals/statements.json?_search=seals").json()["filtered_table_rows_count"] == 2
    assert 'name="_search"' in ask("/seals/statements").text


def test_facets_count_and_name(ask: Ask) -> None:
    facets = ask("/seals/statements.json").json()["facet_results"]
    assert {entry["label"]: entry["count"] for entry in facets["speaker_id"]["results"]} == {"Maud Tarrant": 3, "Ravi Bose": 1}
    assert {entry["value"]: entry["count"] for entry in facets["kind"]["results"]} == {"direct": 2, "indirect": 2}
    assert ask("/seals/figures.json").json()["facet_results"].keys() == {"kind", "unit", "qualifier", "speaker_id"}


def test_nothing_is_suggested_that_costs_every_visit(ask: Ask) -> None:
    assert ask("/seals/figures.json").json()["suggested_facets"] == []


def test_a_figures_page_shows_each_cell_beside_its_words(ask: Ask) -> None:
    figure = rows(ask, "/seals/figures.json?_sort=start")[0]
    answer = ask(f"/seals/figures/{figure['figure_id']}").text
    assert "<h1>About 1,200 to 1,500 seals</h1>" in answer
    assert "About <mark>1,200 to 1,500</mark> seals now rest on the sandbanks…" in answer
    assert "<code>figure.<wbr>number</code>" in answer
    text = page(ask, f"/seals/figures/{figure['figure_id']}")
    assert "Maud Tarrant" in text
    assert "Not known: Unit, " in text
    assert "The same figure elsewhere" in text


def test_a_row_without_a_single_key_has_a_page_too(ask: Ask) -> None:
    links = re.findall(r'href="(/seals/provenance/[^"]+)"', ask("/seals/provenance").text)
    assert "A row of Provenance ." in page(ask, links[0])
    assert ask("/seals/figures/figure_0").status_code == 404


def test_units_and_kinds_are_counted_by_their_names(ask: Ask) -> None:
    facets = page(ask, "/seals/figures").split("Choose by")[1].split("As written")[0]
    assert "tonnes 1" in facets
    assert "at most 1" in facets


def test_every_unit_that_can_be_read_has_a_name() -> None:
    rules = Path(onrecord.__file__).parent / "extract" / "rules" / "units.toml"
    codes = tomllib.loads(rules.read_text("utf-8")).keys() - {"rules"}
    assert [code for code in codes if not re.fullmatch(r"[A-Za-z][A-Za-z -]*( \(US\))?", unit_name(code))] == []


def test_views_have_titles_and_lead_to_rows(ask: Ask) -> None:
    assert "Over all articles Figures by month How many figures" in page(ask, "/seals")
    text = page(ask, "/seals/figures_by_month")
    assert text.index("Figures by month") < text.index("Month Kind Unit Figures")
    assert "2023-03 mass tonnes 1 1 40 40" in text
    assert 'href="/seals/speakers/speaker_' in ask("/seals/speakers_by_statements").text


def test_a_page_of_many_rows_shows_the_first_and_leads_to_all(write_seals: Write, tmp_path: Path) -> None:
    package = write_seals()
    with (package.folder / "data/provenance.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"figures,figure_{n},text,seals,0,9,words,,,figure.number,\n" for n in range(150))
    text = page(site([package], tmp_path), "/seals/where-a-row-comes-from")
    assert re.search(r"The first 100 of \d{3} rows\. This data as JSON , CSV , which has them all\.", text)


def test_charts_have_every_figure_of_a_kind_in_words(ask: Ask) -> None:
    text = page(ask, "/-/charts/seals?kind=mass&unit=t&per=month")
    assert "mass in tonnes a month" in text
    assert "Maud Tarrant" in text
    assert (
        'aria-label="Figures, mass in tonnes a month: up to 40 tonnes of fish a month; '
        in ask("/-/charts/seals?kind=mass&unit=t&per=month").text
    )
    assert "count of seals" in page(ask, "/-/charts/seals?kind=count&measures=seals")
    assert ask("/-/charts/otters").status_code == 404


def test_pages_carry_data_for_search_engines(ask: Ask) -> None:
    key = rows(ask, "/seals/statements.json?_size=1")[0]["statement_id"]
    for address, kind in (("/seals", "Dataset"), (f"/seals/statements/{key}", "Quotation")):
        answer = ask(address).text
        assert f'"@type": "{kind}"' in re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer, re.DOTALL)[0]
        assert '<meta property="og:title"' in answer
        assert f'<meta property="og:url" content="http://localhost{address}">' in answer


def test_every_link_to_a_place_in_an_article_leads_somewhere(ask: Ask) -> None:
    article = ask("/seals/articles/seals").text
    ids = re.findall(r'id="((?:figure|statement)_\w+)"', article)
    assert sorted(ids) == sorted(
        row[f"{table[:-1]}_id"] for table in ("figures", "statements") for row in rows(ask, f"/seals/{table}.json")
    )


def test_a_table_explains_its_values_and_leads_to_its_rows(ask: Ask) -> None:
    text = page(ask, "/seals/figures")
    meanings = load_schemas()["figures"]["review"].categories
    assert meanings
    assert [value for value, words in meanings.items() if f"{value} {words}" not in text] == []
    figure = rows(ask, "/seals/figures.json?_sort=start")[0]
    assert f'href="/seals/figures/{figure["figure_id"]}"' in ask("/seals/figures").text


def test_figures_with_their_ranges(ask: Ask) -> None:
    found = rows(ask, "/seals/figures-with-their-ranges.json")
    assert [(row["figure"], row["range"], row["measures"], row["speaker"], row["repeats"]) for row in found] == [
        ("1,200 to 1,500", "about 1,200 to 1,500", "seals", "Maud Tarrant", None),
        ("40 tonnes", "up to 40 tonnes a month", "fish", None, None),
        ("12.5%", "rise of 12.5%", None, None, None),
        ("1,200 to 1,500", "1,200 to 1,500", "seals", "Maud Tarrant", "1,200 to 1,500"),
    ]
    assert found[1]["in_context"] == "…council. The colony eats up to 40 tonnes of fish a month, a rise of 12.5…"
    assert found[0]["place"] == "Port Ellery"


def test_who_said_what(ask: Ask) -> None:
    found = rows(ask, "/seals/who-said-what.json")
    columns = ("speaker", "role", "statement", "kind", "named_as", "cue", "published_on")
    assert [found[2][column] for column in columns] == [
        *("Ravi Bose", "skipper", "The nets come up empty,", "direct", "Bose", "said", "2023-03-04"),
    ]
    assert [row["speaker"] for row in found] == ["Maud Tarrant", "Maud Tarrant", "Ravi Bose", "Maud Tarrant"]


def test_a_query_links_to_the_rows_it_speaks_of(ask: Ask) -> None:
    statement = rows(ask, "/seals/who-said-what.json")[2]
    answer = ask("/seals/who-said-what").text
    link = re.search(rf'<a href="(/seals/statements/{statement["statement_id"]})"[^>]*>The nets come up empty,</a>', answer)
    assert link is not None
    assert "The nets come up empty," in page(ask, link[1])


def test_where_a_row_comes_from(ask: Ask) -> None:
    figure = rows(ask, "/seals/figures.json?_search=fish")[0]
    found = rows(ask, f"/seals/where-a-row-comes-from.json?row_id={figure['figure_id']}")
    assert {row["resource"] for row in found} == {"figures"}
    assert {(row["words_before"], row["exact_words"], row["words_after"], row["rule"]) for row in found} == {
        ("council.\n\nThe colony eats up to ", "40 tonnes", " of fish a month, a rise of 12.5", "figure.number")
    }
    everything = rows(ask, "/seals/where-a-row-comes-from.json")
    assert len(everything) == len(rows(ask, "/seals/provenance.json?_size=max"))
    assert "empty for all rows" in page(ask, "/seals/where-a-row-comes-from")


def test_the_database_can_be_taken_home(ask: Ask) -> None:
    answer = ask("/seals.db")
    assert answer.status_code == 200
    assert answer.content.startswith(b"SQLite format 3")


def test_nothing_can_be_written(ask: Ask) -> None:
    assert ask("/seals?sql=delete+from+figures").status_code == 400
    assert [entry["is_mutable"] for entry in ask("/-/databases.json").json()] == [False]


def test_hostile_words_are_shown_as_words(write_seals: Write, tmp_path: Path) -> None:
    package = write_seals()
    for file in (package.folder / "data").glob("*.csv"):
        file.write_text(file.read_text().replace("The nets come up empty,", '"<script>alert(1)</script>"'))
    ask = site([package], tmp_path)
    identity = rows(ask, "/seals/statements.json?_search=script")[0]["statement_id"]
    for address in ("/seals/statements", "/seals/who-said-what", f"/seals/statements/{identity}", "/seals/provenance"):
        answer = ask(address).text
        assert "<script>alert(1)" not in answer
        assert "&lt;script&gt;alert(1)" in answer


def test_an_article_may_have_no_day(write_seals: Write, tmp_path: Path) -> None:
    package = write_seals()
    file = package.folder / "data/articles.csv"
    file.write_text(file.read_text("utf-8").replace("2023-03-04", ""), "utf-8")
    ask = site([package], tmp_path)
    keys = {table: rows(ask, f"/seals/{table}.json")[0][f"{table[:-1]}_id"] for table in ("figures", "statements", "speakers")}
    assert "in Harbour seals return to Port Ellery in record numbers , Ellery Gazette" in page(
        ask, f"/seals/figures/{keys['figures']}"
    )
    for address in (
        "/",
        "/-/charts/seals",
        "/-/search?q=seals",
        "/seals/articles/seals",
        *(f"/seals/{t}/{k}" for t, k in keys.items()),
    ):
        assert re.findall(r"None|, ?[.,]|, ?<", page(ask, address)) == []


def test_several_packages_stand_side_by_side(write_seals: Write, tmp_path: Path) -> None:
    packages = [write_seals(name, name=name) for name in ("otters", "seals")]
    ask = site(packages, tmp_path)
    text = page(ask, "/")
    assert "Find Figures and statements on record Seals of Port Ellery" in text
    assert text.count("Licence of the data: Creative Commons Attribution 4.0 .") == 2
    assert len(rows(ask, "/otters/figures.json")) == len(rows(ask, "/seals/figures.json")) == 4


def test_a_package_of_other_tables_is_served_without_our_queries(write_seals: Write, tmp_path: Path) -> None:
    package = write_seals()
    few = [resource for resource in package.resources if resource["name"] in {"articles", "dates"}]
    ask = site([Package(package.folder, {"name": "seals", "resources": few})], tmp_path)
    assert "articles (1)." in page(ask, "/").replace("\xa0", " ")
    assert "beside the words" not in page(ask, "/seals/articles/seals")
    assert ask("/seals/who-said-what").status_code == 404
