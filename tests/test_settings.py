"""collection.toml: what it may say, and that whatever is wrong in it is named in one line."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.settings import DRAFT, ArticleSettings, Contributor, License, load_collection

LUTON = Path(__file__).parents[1] / "seeds" / "luton-county-lines"
LEAST = {
    "name": '"isles"',
    "title": '"Isles"',
    "description": '"Ferries and harbours."',
    "version": '"0.1.0"',
    "created": "2023-03-07T00:00:00Z",
    "licenses": '[{ name = "CC-BY-4.0" }]',
}


def collection(folder: Path, keys: dict[str, str], tail: str = "") -> Path:
    lines = [f"{key} = {value}" for key, value in keys.items()]
    (folder / "collection.toml").write_text("\n".join([*lines, tail]), encoding="utf-8")
    return folder


def message(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_collection(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_seed_collection() -> None:
    luton = load_collection(LUTON)
    assert (luton.name, luton.version, luton.language, luton.time_zone) == (
        "luton-county-lines",
        DRAFT,
        "en-GB",
        "Europe/London",
    )
    assert luton.created == datetime(2026, 11, 24, tzinfo=UTC)
    assert luton.text_rights == "none"
    assert [each.name for each in luton.licenses] == ["CC-BY-4.0"]
    assert (LUTON / luton.articles[0].path).is_file()


def test_what_is_not_said_is_absent(tmp_path: Path) -> None:
    isles = load_collection(collection(tmp_path, LEAST))
    assert (isles.keywords, isles.contributors, isles.articles, isles.language) == ((), (), (), None)
    assert (isles.text_rights, isles.time_zone, isles.folder) == ("none", "Europe/London", tmp_path)


def test_all_that_can_be_said(tmp_path: Path) -> None:
    tail = """
keywords = ["ferry"]
text_rights = "held"
[[contributors]]
title = "Ann Moss"
roles = ["creator"]
path = "https://isles.example"
email = "ann@isles.example"
organization = "Isles"
[[articles]]
path = "articles/a.txt"
id = "a"
url = "https://isles.example/a?b=1"
publisher = "Isles"
rights = "All reserved"
published_at = 2023-03-06
updated_at = "2023-03-06T09:30:00+01:00"
"""
    isles = load_collection(collection(tmp_path, LEAST | {"licenses": '[{ name = "CC0-1.0", title = "Zero" }]'}, tail))
    assert isles.licenses == (License(name="CC0-1.0", title="Zero"),)
    assert isles.contributors == (
        Contributor(
            title="Ann Moss", roles=("creator",), path="https://isles.example", email="ann@isles.example", organization="Isles"
        ),
    )
    (article,) = isles.articles
    assert (article.id, article.published_at) == ("a", date(2023, 3, 6))
    assert isinstance(article.updated_at, datetime) and article.updated_at == datetime(2023, 3, 6, 8, 30, tzinfo=UTC)


def test_settings_do_not_change() -> None:
    with pytest.raises(AttributeError):
        ArticleSettings(path="articles/a.txt").path = "articles/b.txt"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("titel", '"Isles"', "found titel in {file}; did you mean title?"),
        ("folder", '"/tmp"', "found folder in {file}"),
        ("paint", '"red"', "found paint in {file}; known are articles, columns, contributors"),
        (
            "name",
            '"Isles of Man"',
            "digits, '.', '_' and '-', found 'Isles of Man' for name in {file}",
        ),
        ("name", "7", "expected a valid string, found 7 for name in {file}"),
        ("title", '""', "found '' for title in {file}"),
        ("version", '"1.0"', "expected a semantic version such as 0.1.0, found '1.0' for version"),
        ("version", '"01.0.0"', "expected a semantic version"),
        ("created", '"yesterday"', "expected an ISO 8601 date or date-time"),
        ("created", "2023-03-07", "expected a date-time with a zone"),
        ("created", "2023-03-07T00:00:00", "expected a date-time with a zone"),
        ("created", "7", "expected an ISO 8601 date or date-time"),
        ("language", '"English"', "expected a language tag (BCP 47) such as en-GB, found 'English' for language"),
        ("time_zone", '"Europe/Luton"', "expected an IANA time zone such as Europe/London, found 'Europe/Luton' for time_zone"),
        ("time_zone", '"Europe"', "expected an IANA time zone"),
        ("time_zone", '"../etc"', "expected an IANA time zone"),
        ("text_rights", '"mine"', "expected 'held' or 'none', found 'mine' for text_rights"),
        ("licenses", "[]", "for licenses in"),
        ("licenses", '[{ name = "CC0-1.0", titel = "Zero" }]', "found licenses[1].titel in {file}; did you mean title?"),
        ("licenses", '[{ title = "Zero" }]', "expected the key licenses[1].name, found none in {file}; add it"),
        ("licenses", '[{ name = "CC0-1.0", path = "zero.html" }]', "expected a web address"),
        ("contributors", '[{ title = "Ann", roles = "creator" }]', "for contributors[1].roles in"),
        ("keywords", '"ferry"', "for keywords in"),
        (
            "articles",
            '[{ path = "a.txt" }, { path = "b.txt", ulr = "x" }]',
            "found articles[2].ulr in {file}; did you mean url",
        ),
        (
            "articles",
            '[{ path = "../a.txt" }]',
            "expected a path inside the collection, with forward slashes",
        ),
        ("articles", '[{ path = "/a.txt" }]', "expected a path inside the collection"),
        ("articles", '[{ path = "a\\\\b.txt" }]', "expected a path inside the collection"),
        ("articles", '[{ path = "a.txt" }, { path = "./a.txt" }]', "found a.txt again at articles[2] in {file}"),
        ("articles", '[{ path = "a.txt", id = "" }]', "expected an id"),
        ("articles", '[{ path = "a.txt", published_at = "26/01/2022" }]', "found '26/01/2022' for articles[1].published_at"),
        ("articles", '[{ path = "a.txt", published_at = 07:30:00 }]', "expected an ISO 8601 date or date-time"),
    ],
    ids=lambda value: value[:60],
)
def test_a_wrong_key_is_named_with_what_was_expected(key: str, value: str, expected: str, tmp_path: Path) -> None:
    found = message(collection(tmp_path, LEAST | {key: value}))
    assert expected.format(file=tmp_path / "collection.toml") in found


def test_a_version_may_be_left_out(tmp_path: Path) -> None:
    keys = {name: value for name, value in LEAST.items() if name != "version"}
    assert load_collection(collection(tmp_path, keys)).version == "0.0.0+draft"


@pytest.mark.parametrize("key", [key for key in LEAST if key != "version"])  # without it, a build is a draft
def test_a_missing_key_is_named(key: str, tmp_path: Path) -> None:
    keys = {name: value for name, value in LEAST.items() if name != key}
    assert f"expected the key {key}, found none in {tmp_path / 'collection.toml'}" in message(collection(tmp_path, keys))


def test_a_folder_that_is_no_collection_is_named(tmp_path: Path) -> None:
    assert f"found nothing at {tmp_path / 'nowhere'}" in message(tmp_path / "nowhere")
    assert f"found no collection.toml in {tmp_path}" in message(tmp_path)
    (tmp_path / "a.txt").write_text("It sank.", encoding="utf-8")
    assert f"found a file at {tmp_path / 'a.txt'}" in message(tmp_path / "a.txt")


def test_what_is_no_toml_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "collection.toml").write_text('name = "isles"\ntitle = Isles\n', encoding="utf-8")
    assert "line 2" in message(tmp_path)
    (tmp_path / "collection.toml").write_bytes('title = "Café"'.encode("cp1252"))
    assert "expected UTF-8" in message(tmp_path)
    (tmp_path / "collection.toml").unlink()
    (tmp_path / "collection.toml").mkdir()
    assert "is a directory" in message(tmp_path)


def test_a_byte_order_mark_is_no_part_of_the_settings(tmp_path: Path) -> None:
    file = collection(tmp_path, LEAST) / "collection.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert load_collection(tmp_path).name == "isles"
