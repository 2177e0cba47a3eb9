"""What Datasette is told comes from the package."""

from collections.abc import Mapping
from typing import Any

from onrecord.datapackage import Package
from onrecord.serve.metadata import database_metadata, site_metadata

BARE = {"name": "bare", "resources": []}


def package_of(package: Package, **changes: Any) -> Package:
    return Package(package.folder, {**package.descriptor, **changes})


def about(package: Package) -> Mapping[str, Any]:
    found = database_metadata(package)
    return {key: found.get(key) for key in ("license", "license_url", "source", "source_url", "about", "about_url")}


def test_a_package_gives_its_title_licence_source_and_version(seals: Package) -> None:
    found = database_metadata(seals)
    assert (found["title"], found["description"]) == ("Seals of Port Ellery", "Figures and statements on seals.")
    assert about(seals) == {
        "license": "Creative Commons Attribution 4.0",
        "license_url": "https://cc.example/by/4.0/",
        "source": "Harbour seals return to Port Ellery in record numbers, Ellery Gazette, 2023-03-04",
        "source_url": "https://gazette.example/seals",
        "about": "seals 0.1.0",
        "about_url": None,
    }


def test_one_package_gives_the_site_its_title_and_several_do_not(seals: Package) -> None:
    other = package_of(seals, name="otters", title="Otters")
    assert site_metadata([seals])["title"] == "Seals of Port Ellery"
    assert site_metadata([seals, other])["title"] == "Figures and statements on record"
    assert list(site_metadata([seals, other])["databases"]) == ["seals", "otters"]


def test_many_sources_are_counted_and_have_no_common_link(seals: Package) -> None:
    sources = [{"title": f"Article {number}", "path": f"https://a.example/{number}"} for number in range(5)]
    found = about(package_of(seals, sources=sources))
    assert (found["source"], found["source_url"]) == ("Article 0; Article 1; Article 2 and 2 more", None)


def test_an_address_that_is_not_of_the_web_is_no_link(seals: Package) -> None:
    sources = [{"title": "A trap", "path": "javascript:alert(1)"}]
    assert about(package_of(seals, sources=sources))["source_url"] is None


def test_a_package_that_says_nothing_of_itself_is_shown_too(seals: Package) -> None:
    assert database_metadata(Package(seals.folder, BARE)) == {
        "title": "bare",
        "about": "bare",
        "tables": {},
        "queries": {},
        "plugins": {"onrecord": {"keys": {}, "tables": {}}},
    }


def test_a_column_is_described_with_the_values_it_may_hold(seals: Package) -> None:
    columns = database_metadata(seals)["tables"]["statements"]["columns"]
    assert columns["kind"] == (
        "Kind: How the words are reported. Values: direct (Quoted word for word), "
        "mixed (Reported, with quoted words in it), indirect (Reported in the article's own words)."
    )
    assert list(columns) == list(seals.schemas()["statements"].names)


def test_what_display_names_beyond_a_package_is_passed_over(seals: Package) -> None:
    resources = [dict(resource) for resource in seals.resources if resource["name"] == "speakers"]
    resources[0]["schema"] = {"fields": [{"name": "speaker_id"}, {"name": "role"}], "primaryKey": "speaker_id"}
    found = database_metadata(package_of(seals, resources=resources))
    assert found["tables"]["speakers"].keys() == {"title", "columns", "fts_table", "fts_pk"}
    assert found["queries"] == {}
