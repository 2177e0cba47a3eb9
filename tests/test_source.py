"""Reading: files to articles, and what each line of them is."""

import json
import os
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.records import Article
from onrecord.settings import ArticleSettings, Known, load_collection
from onrecord.source import read_collection, read_file, read_text, rules
from onrecord.source.bylines import read_byline
from onrecord.source.times import read_stamps

CASES = Path(__file__).parent / "cases"
FIELDS = ("title", "standfirst", "byline", "published_on", "published_at", "updated_at")
LUTON = Path(__file__).parents[1] / "seeds" / "luton-county-lines"
ARTICLE = "Ferry sinks at its moorings\n\nBy Mairi Tolland\n6 March 2023\n\nNobody was on board, police said."


def cases(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def words(article: Article, role: str) -> list[str]:
    return [article.text[line.start : line.end] for line in article.lines if line.role == role]


# What each line is.


@pytest.mark.parametrize("case", cases("layout")["case"], ids=lambda case: case["id"])
def test_lines_and_cells_of_a_text(case: dict[str, Any]) -> None:
    known = Known(title=case["known_title"]) if "known_title" in case else None
    article = read_text("a", case["text"], known)
    assert [line.role for line in article.lines] == case["roles"]
    if known is None:
        cells = {field: getattr(article, field) for field in FIELDS if getattr(article, field) is not None}
        assert cells.items() >= {field: case[field] for field in FIELDS if field in case}.items()
        assert {each.field for each in article.evidence} == cells.keys()


LINES = [(role, line) for role, lines in cases("layout_lines").items() for line in lines]


@pytest.mark.parametrize(("role", "line"), LINES, ids=[line for _, line in LINES])
def test_a_line_between_paragraphs(role: str, line: str) -> None:
    article = read_text("a", f"Ferry sinks\n\nThe ferry sank on Sunday.\n\n{line}\n\nNobody was on board.")
    assert article.lines[2].role == role


@pytest.mark.parametrize("case", cases("layout_dates")["case"], ids=lambda case: case["line"])
def test_a_date_line(case: dict[str, Any]) -> None:
    stamps, _ = read_stamps(case["line"], "Europe/London")
    assert [(each.moment.on, each.moment.at, each.label) for each in stamps] == (
        [(case["on"], case.get("at"), case.get("label"))] if "on" in case else []
    )


@pytest.mark.parametrize("case", cases("bylines")["case"], ids=lambda case: case["line"])
def test_a_byline(case: dict[str, str]) -> None:
    span = read_byline(case["line"])
    assert (case["line"][slice(*span)] if span else "") == case["names"]


def test_the_article_of_the_seed_collection() -> None:
    (article,) = read_collection(load_collection(LUTON))
    assert article.article_id == "2022-01-26-estimated-200-to-500kg-class-a-drugs-luton"
    assert article.title is not None and article.title.startswith("Estimated 200 to 500kg of class A drugs")
    assert article.standfirst is not None and article.standfirst.startswith("'Luton is now a net exporter")
    assert article.byline == "Euan Duncan"
    assert article.published_on == date(2022, 1, 26)
    assert article.published_at == datetime(2022, 1, 26, 14, 14, tzinfo=UTC)
    assert article.updated_at == datetime(2022, 1, 26, 14, 16, tzinfo=UTC)
    assert (article.language, article.url, article.publisher, article.rights) == ("en-GB", None, None, None)
    assert [line.role for line in article.lines[:5]] == ["title", "standfirst", "byline", "published", "updated"]
    assert words(article, "caption") == [
        "A recent heroin seizure from a Luton property (Beds Police)",
        "Beds PCC Festus Akinbusoye",
    ]
    assert words(article, "call_to_action") == ["What's your experience of drug issues in Luton? Email [email\u00a0protected]."]
    assert len(words(article, "body")) == len(article.lines) - 8
    exact = {each.field: article.text[each.start : each.end] for each in article.evidence}
    assert exact["byline"] == "Euan Duncan"
    assert exact["published_at"] == "Wednesday, 26th January 2022, 2:14 pm"
    assert exact["updated_at"] == "Wednesday, 26th January 2022, 2:16 pm"


def test_every_rule_that_evidence_names_is_described() -> None:
    (article,) = read_collection(load_collection(LUTON))
    assert {each.rule for each in article.evidence} == rules().keys()


@given(st.text(alphabet=st.sampled_from("aB .\n\r\t'\"“:1/2\u2028\u00a0é😀"), max_size=80))
def test_lines_are_the_text_without_white_space(text: str) -> None:
    try:
        article = read_text("a", text)
    except InputError:
        assert not text.strip()
        return
    assert "".join("".join(article.text[line.start : line.end].split()) for line in article.lines) == "".join(text.split())
    for line in article.lines:
        words = text[line.start : line.end]
        assert words == words.strip() != "" and "\n" not in words
    assert list(article.lines) == sorted(article.lines, key=lambda line: line.start)


HOSTILE = ("word ", "a\n", "\n", " ", "By Ab Cd ", '"', "(", "Picture: ", "What's your ? ", "1 January 2023 ", "12:12 ")


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_is_read_in_linear_time(unit: str) -> None:
    """No clock: what takes quadratic time takes hours here, and the test run does not end."""
    assert read_text("a", f"a{unit * (500_000 // len(unit))}b").lines


# What is known from elsewhere.


def test_what_is_known_wins_over_the_text_and_then_is_not_evidenced_by_it() -> None:
    article = read_text("a", ARTICLE, Known(title="Ferry goes down", byline="M. Tolland", published_at=date(2023, 3, 7)))
    assert (article.title, article.byline, article.published_on) == ("Ferry goes down", "M. Tolland", date(2023, 3, 7))
    assert article.evidence == ()


def test_what_is_known_and_equal_keeps_its_evidence_and_the_more_exact_time() -> None:
    known = Known(byline="mairi tolland", published_at=datetime(2023, 3, 6, 9, 30))
    article = read_text("a", ARTICLE, known)
    assert article.published_at == datetime(2023, 3, 6, 9, 30, tzinfo=UTC)
    assert {each.field for each in article.evidence} == {"title", "byline", "published_on"}
    timed = ARTICLE.replace("6 March 2023", "6 March 2023, 9:30am")
    assert read_text("a", timed, Known(published_at=date(2023, 3, 6))).published_at == datetime(2023, 3, 6, 9, 30, tzinfo=UTC)


def test_the_day_of_a_known_instant_is_the_local_one() -> None:
    late = datetime(2023, 7, 1, 23, 30, tzinfo=UTC)
    assert read_text("a", "It sank.", Known(published_at=late)).published_on == date(2023, 7, 2)
    there = datetime.fromisoformat("2023-07-01T23:30:00-04:00")
    assert read_text("a", "It sank.", Known(published_at=there)).published_on == date(2023, 7, 1)


def test_the_time_zone_of_the_collection_is_that_of_the_text() -> None:
    article = read_text("a", "Ferry sinks\n1 July 2023, 9:30am\nIt sank on Friday.", time_zone="America/New_York")
    assert article.published_at == datetime(2023, 7, 1, 13, 30, tzinfo=UTC)
    assert article.published_on == date(2023, 7, 1)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_machine_s_time_zone_and_locale_change_nothing(zone: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Ferry sinks\nBy Ann Moss\n1 July 2023, 9:30am\nIt sank on Friday.", encoding="utf-8")
    script = "import sys, pathlib; from onrecord.source import read_file; print(next(read_file(pathlib.Path(sys.argv[1]))))"
    path = os.pathsep.join(each for each in sys.path if each)
    environment = {**os.environ, "TZ": zone, "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONPATH": path}
    run = subprocess.run([sys.executable, "-c", script, str(file)], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == repr(next(read_file(file)))


# Bytes.

SAMPLE = "Café owner: “£5 is too much”\r\n\r\nThe price of a coffee on Skarholm rose to £5 on Monday, the café’s owner said."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_stored_text_is_the_decoded_text_exactly(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(SAMPLE.encode(encoding))
    (article,) = read_file(tmp_path / "a.txt")
    assert article.text == SAMPLE
    assert words(article, "title") == ["Café owner: “£5 is too much”"]


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x06\x00\x00\x00\\r\xa8f"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "found no text", id="empty"),
        pytest.param(b"\xef\xbb\xbf", "found no text", id="only a byte order mark"),
        pytest.param(b" \r\n\t\n", "found no text", id="only white space"),
        pytest.param(PNG, "found a binary file", id="a picture"),
        pytest.param(
            b"\x7fELF\x02\x01\x01" + b"\x00" * 9 + b"\x03\x00\x3e\x00\x01\x00\x00\x00\xa0", "a binary file", id="a program"
        ),
        pytest.param(b"Ferry\x00sinks", "found U+0000 in line 1", id="a NUL"),
        pytest.param(b"Ferry \x01\x02\x03\x04 sinks", "found a binary file", id="control characters"),
        pytest.param(
            SAMPLE.encode("cp1252"),
            "the byte 0xE9 in line 1, as in windows-1252; convert it: iconv -f windows-1252 -t utf-8",
            id="windows-1252",
        ),
        pytest.param(b"F\xe9stus Moor said the ferry sank.", "as in windows-1252", id="one accent"),
        pytest.param(SAMPLE.encode("mac_roman"), "as in mac-roman", id="Mac Roman"),
        pytest.param(SAMPLE.encode("utf-16-le"), "looks like UTF-16 without a byte order mark", id="UTF-16 without a mark"),
        pytest.param(
            b"The ferry sank. " * 9000 + b"\n\xa35", "the byte 0xA3 in line 2, as in windows-1252", id="late in the file"
        ),
        pytest.param(b"\xff\xfeF\x00e", "expected UTF-16", id="UTF-16 that is cut"),
        pytest.param("Паром затонул в понедельник.".encode("cp1251"), "as in windows-1251", id="windows-1251"),
    ],
)
def test_what_is_no_utf_8_text_is_refused_by_name(data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(InputError) as caught:
        list(read_file(tmp_path / "a.txt"))
    assert message in str(caught.value)
    assert str(tmp_path / "a.txt") in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_stray_control_character_of_wire_copy_is_kept() -> None:
    text = "The ferry sank.\x1b " + "Nobody was on board, police said. " * 10
    assert read_text("a", text).text == text


@pytest.mark.parametrize("name", ["missing.txt", "a.pdf", "folder.txt"])
def test_a_file_that_cannot_be_read_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(InputError, match=name):
        list(read_file(tmp_path / name))


# Records.


def jsonl(folder: Path, *records: object) -> Path:
    path = folder / "a.jsonl"
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path


def test_records_are_read_one_a_line(tmp_path: Path) -> None:
    first = {"id": "a", "text": ARTICLE, "url": "https://isles.example/a", "publisher": "Isles", "other": [1]}
    second = {
        "id": "b",
        "text": "It sank.",
        "title": "Ferry sinks",
        "date": "2023-03-06T09:30:00Z",
        "byline": None,
        "rights": "",
    }
    one, two = read_file(jsonl(tmp_path, first, second))
    assert (one.article_id, one.url, one.publisher, one.byline) == ("a", "https://isles.example/a", "Isles", "Mairi Tolland")
    assert (two.article_id, two.title, two.byline, two.rights) == ("b", "Ferry sinks", None, None)
    assert two.published_at == datetime(2023, 3, 6, 9, 30, tzinfo=UTC)
    assert [line.role for line in two.lines] == ["body"]


def test_a_record_wins_over_what_is_known_of_its_file(tmp_path: Path) -> None:
    path = jsonl(tmp_path, {"id": "a", "text": "It sank.", "publisher": "Isles"}, {"id": "b", "text": "It sank."})
    known = ArticleSettings(path="articles/a.jsonl", publisher="Sound", rights="All reserved")
    assert [(each.publisher, each.rights) for each in read_file(path, known)] == [
        ("Isles", "All reserved"),
        ("Sound", "All reserved"),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "expected a JSON object in"),
        ("[" * 100_000, "expected a JSON object in"),
        ("[1]", "found list"),
        ('{"id": "a"}', "expected the key text"),
        ('{"text": "It sank."}', "expected the key id"),
        ('{"id": "", "text": "It sank."}', "expected the key id"),
        ('{"id": 7, "text": "It sank."}', "for id in"),
        ('{"id": "a", "text": 7}', "for text in"),
        ('{"id": "a", "text": ""}', "found no text"),
        ('{"id": "a", "text": "It \\ud800 sank."}', "U+D800"),
        ('{"id": "a", "text": "It sank.", "date": "last week"}', "expected an ISO 8601 date"),
        ('{"id": "a", "text": "It sank.", "url": "isles"}', "a web address"),
    ],
    ids=lambda value: value[:40],
)
def test_a_wrong_record_is_named_by_its_line(line: str, message: str, tmp_path: Path) -> None:
    path = jsonl(tmp_path, {"id": "first", "text": "It sank."})
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list(read_file(path))
    assert message in str(caught.value)
    assert f"{path}:2" in str(caught.value)
    assert "\n" not in str(caught.value)


# Web pages.

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Bridge shut | Isles</title><meta charset="{charset}">
<meta property="og:site_name" content="Isles"><meta property="og:title" content="Bridge shut for six weeks">
<meta property="article:published_time" content="{published}">
<link rel="canonical" href="https://isles.example/bridge"><meta name="author" content="Ann Moss"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Bridge shut for six weeks</h1>{date}
<p>The bridge to Skarholm will shut for six weeks, the council said on Thursday, at a cost of £2m to the café owners.</p>
<p>"We have no choice," said the council's engineer, Tom Reed. "It must be made safe before the winter storms arrive."</p>
</article><footer>Copyright</footer></body></html>"""


def page(folder: Path, encoding: str = "utf-8", published: str = "2023-05-04T09:30:00+01:00", date: str = "") -> Path:
    path = folder / "bridge.html"
    path.write_bytes(PAGE.format(charset=encoding, published=published, date=date).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "iso-8859-1"])
def test_a_page_gives_its_running_text_and_metadata(encoding: str, tmp_path: Path) -> None:
    (article,) = read_file(page(tmp_path, encoding))
    assert (article.article_id, article.media_type, article.language) == ("bridge", "text/html", "en-GB")
    assert (article.title, article.byline, article.publisher) == ("Bridge shut for six weeks", "Ann Moss", "Isles")
    assert article.url == "https://isles.example/bridge"
    assert article.published_at == datetime(2023, 5, 4, 8, 30, tzinfo=UTC)
    assert [line.role for line in article.lines] == ["title", "body", "body"]
    assert "£2m to the café owners" in article.text and "Copyright" not in article.text
    assert [each.field for each in article.evidence] == ["title"]


def test_a_page_s_own_words_win_over_its_metadata(tmp_path: Path) -> None:
    (article,) = read_file(page(tmp_path, date="<p>By Jon Reed</p><p>Published 3 May 2023, 7pm</p>"))
    assert (article.byline, article.published_at) == ("Jon Reed", datetime(2023, 5, 3, 18, 0, tzinfo=UTC))


def test_a_page_that_gives_only_the_day_has_no_time(tmp_path: Path) -> None:
    (article,) = read_file(page(tmp_path, published="2023-05-04"))
    assert (article.published_on, article.published_at) == (date(2023, 5, 4), None)


def test_a_page_without_running_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body></body></html>", encoding="utf-8")
    with pytest.raises(InputError, match=r"found a page without running text|found no text"):
        list(read_file(tmp_path / "a.html"))


# Collections.

SETTINGS = """
name = "isles"
title = "Isles"
description = "Ferries."
version = "0.1.0"
created = 2023-03-07T00:00:00Z
licenses = [{ name = "CC-BY-4.0" }]
language = "en-GB"
"""


def collection(folder: Path, files: dict[str, str], settings: str = "") -> Path:
    (folder / "articles").mkdir()
    (folder / "collection.toml").write_text(SETTINGS + settings, encoding="utf-8")
    for name, text in files.items():
        (folder / "articles" / name).parent.mkdir(exist_ok=True)
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    return folder


def test_a_collection_has_the_files_it_lists_and_those_it_does_not(tmp_path: Path) -> None:
    settings = '[[articles]]\npath = "articles/z.txt"\nid = "first"\npublisher = "Isles"\nlanguage = "en"\n'
    files = {
        "z.txt": ARTICLE,
        "second.txt": ARTICLE + "2",
        "more/third.txt": ARTICLE + "3",
        ".hidden": "",
        "more/.DS_Store": "",
    }
    articles = read_collection(load_collection(collection(tmp_path, files, settings)))
    assert [(each.article_id, each.publisher, each.language) for each in articles] == [
        ("first", "Isles", "en"),
        ("more/third", None, "en-GB"),
        ("second", None, "en-GB"),
    ]


RECORD = '{"id": "a", "text": "It sank.", "date": "2023-03-06"}\n'


@pytest.mark.parametrize(
    ("files", "settings", "message"),
    [
        pytest.param({"a.txt": ARTICLE, "a.TXT": ARTICLE}, "", "found a in articles/a.TXT and articles/a.txt", id="one id"),
        pytest.param({"a.txt": ARTICLE, "r.jsonl": RECORD}, "", "found a in articles/a.txt and", id="formats"),
        pytest.param({"r.jsonl": RECORD * 2}, "", "found a in articles/r.jsonl twice", id="one id in a file"),
        pytest.param({"a.txt": "It sank."}, "", "found none in a (articles/a.txt)", id="no date"),
        pytest.param({}, "", "expected articles in", id="no articles"),
        pytest.param({"a.txt": ""}, "", "found no text", id="an empty file"),
        pytest.param({"a.docx": ""}, "", "expected a file that ends in .txt, .html, .jsonl", id="another format"),
        pytest.param({}, '[[articles]]\npath = "articles/b.txt"', "found nothing at", id="a listed file is missing"),
        pytest.param(
            {"r.jsonl": RECORD}, '[[articles]]\npath = "articles/r.jsonl"\nid = "r"', "no id for", id="one id for many"
        ),
    ],
)
def test_what_is_wrong_in_a_collection_is_named(files: dict[str, str], settings: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_collection(load_collection(collection(tmp_path, files, settings)))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
