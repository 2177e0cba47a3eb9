"""What archives are read from: many articles a file, addresses, and damage, on real files that the tests write."""

import csv
import gzip
import io
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from backports import zstd

from onrecord.errors import InputError
from onrecord.settings import load_collection
from onrecord.source import read_collection, read_file
from onrecord.source.lines import LONGEST
from onrecord.source.stream import Copy, Found, Unreadable, stream

SETTINGS = """name = "bees"
title = "Bees"
description = "What is said about bees."
created = 2024-01-01T00:00:00Z
licenses = [{ name = "CC0-1.0" }]
"""


def article(number: int) -> dict[str, str]:
    return {"id": f"bee-{number}", "text": f"The hive gave {number} kg of honey.", "date": "2023-05-04"}


def line(number: int) -> bytes:
    return json.dumps(article(number)).encode() + b"\n"


def records(*numbers: int) -> bytes:
    return b"".join(line(number) for number in numbers)


def read(folder: Path, files: dict[str, bytes], settings: str = "") -> list[Found | Copy | Unreadable]:
    """What a collection of these files gives."""
    (folder / "collection.toml").write_text(SETTINGS + settings, "utf-8")
    for name, data in files.items():
        (folder / "articles" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "articles" / name).write_bytes(data)
    return list(stream(load_collection(folder)))


def ids(found: list[Found | Copy | Unreadable]) -> list[str]:
    return [each.article.article_id for each in found if isinstance(each, Found)]


def bad(found: list[Found | Copy | Unreadable]) -> list[tuple[str, int, str]]:
    return [(each.file, each.offset, each.reason) for each in found if isinstance(each, Unreadable)]


def packed(rows: list[dict[str, str]], kind: str) -> bytes:
    plain = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    table = io.BytesIO()
    pl.DataFrame(rows).rename({"date": "published_at"}).write_parquet(table)
    return {
        "jsonl": plain,
        "jsonl.gz": gzip.compress(plain, 1),
        "jsonl.zst": zstd.compress(plain),
        "parquet": table.getvalue(),
    }[kind]


@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "jsonl.zst", "parquet"])
def test_how_far_a_file_was_read_is_told_in_bytes_as_they_are_stored(kind: str, tmp_path: Path) -> None:
    draw = random.Random(1)  # for much that cannot be packed: in Python 3.13 gzip looks 128 kB ahead
    rows = [article(number) | {"text": f"Hive {number}: {draw.randbytes(10_000).hex()}"} for number in range(120)]
    data = packed(rows, kind)
    found = [each for each in read(tmp_path, {f"bees.{kind}": data}) if isinstance(each, Found)]
    assert [each.stored / len(data) for each in found[::30]] == pytest.approx([0, 0.25, 0.5, 0.75], abs=0.15)


def test_files_of_one_name_in_two_folders_are_two_articles(tmp_path: Path) -> None:
    files = {"hive.txt": b"It rained.", "north/hive.txt": b"It was dry.", "south bank/a b.txt": b"It was hot."}
    dates = "".join(f'[[articles]]\npath = "articles/{name}"\npublished_at = 2023-05-04\n' for name in files)
    assert ids(read(tmp_path, files, dates)) == ["hive", "north/hive", "south_bank/a_b"]


# Kinds of files.


def as_csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_parquet(rows: list[dict[str, str]]) -> bytes:
    out = io.BytesIO()
    pl.DataFrame(rows).write_parquet(out)
    return out.getvalue()


PAGE = """<html lang="en"><head><title>Hive swarms</title><meta property="og:site_name" content="Isles">
<meta property="article:published_time" content="2023-05-04T09:30:00Z"><meta name="author" content="Mairi Tolland"></head>
<body><article><h1>Hive swarms</h1><p>The hive at the mill gave {kg} kg of honey in the spring, said the keeper, who had
expected {kg} at most after a winter that was long and wet.</p><p>It swarmed on Monday and was caught in a box.</p>
</article></body></html>"""


def as_warc(
    pages: list[tuple[str, bytes, str]], compressed: bool = True, status: str = "200 OK", encoding: str | None = None
) -> bytes:
    return b"".join(warc_record(*page, compressed, status, encoding) for page in pages)


def warc_record(address: str, data: bytes, kind: str, compressed: bool, status: str, encoding: str | None) -> bytes:
    sent = f"Content-Encoding: {encoding}\r\n" if encoding else ""
    block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{sent}\r\n".encode() + (gzip.compress(data) if encoding else data)
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:10dc68dd-76c3-4313-b535-be6ae10f56ed>\r\n"
        f"WARC-Target-URI: {address}\r\nWARC-Date: 2024-05-04T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    record = head.encode() + block + b"\r\n\r\n"
    return gzip.compress(record) if compressed else record


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("2001/a.jsonl", lambda rows: b"".join(json.dumps(row).encode() + b"\n" for row in rows)),
        ("a.jsonl.gz", lambda rows: gzip.compress(b"".join(json.dumps(row).encode() + b"\n" for row in rows))),
        ("a.jsonl.zst", lambda rows: zstd.compress(b"".join(json.dumps(row).encode() + b"\n" for row in rows))),
        ("deep/er/a.csv", as_csv),
        ("a.parquet", as_parquet),
    ],
)
def test_every_kind_of_file_gives_the_same_articles(
    name: str, write: Callable[[list[dict[str, str]]], bytes], tmp_path: Path
) -> None:
    rows = [article(1), article(2) | {"text": 'Lines\nand "quotes", and a comma.'}, article(3)]
    found = read(tmp_path, {name: write(rows)})
    assert [each.article.text for each in found if isinstance(each, Found)] == [row["text"] for row in rows]
    assert ids(found) == ["bee-1", "bee-2", "bee-3"]
    direct = list(read_file(tmp_path / "articles" / name))
    assert direct == [each.article for each in found if isinstance(each, Found)]


def test_columns_have_the_names_that_the_settings_give_them(tmp_path: Path) -> None:
    rows = [{"link": "https://isles.example/1", "body": "The hive gave 3 kg of honey.", "day": "2023-05-04", "head": "Hive"}]
    settings = '[columns]\nid = "link"\nurl = "link"\ntext = "body"\npublished_at = "day"\ntitle = "head"\n'
    (found,) = read(tmp_path, {"a.csv": as_csv(rows)}, settings)
    assert isinstance(found, Found)
    assert (found.article.article_id, found.article.url) == ("https://isles.example/1", "https://isles.example/1")
    assert (found.article.title, str(found.article.published_on)) == ("Hive", "2023-05-04")


@pytest.mark.parametrize("write", [as_csv, as_parquet], ids=["csv", "parquet"])
def test_a_table_without_a_column_is_refused_once(write: Callable[[list[dict[str, str]]], bytes], tmp_path: Path) -> None:
    suffix = write.__name__.removeprefix("as_")
    found = read(tmp_path, {f"a.{suffix}": write([{"id": "a", "body": "It rained."}] * 2)})
    assert len(found) == 1
    assert "expected the column text" in bad(found)[0][2]
    assert "[columns]" in bad(found)[0][2]


def test_a_number_is_an_id_in_parquet(tmp_path: Path) -> None:
    out = io.BytesIO()
    pl.DataFrame({"id": [7], "text": ["It rained for 3 days."], "date": ["2023-05-04"]}).write_parquet(out)
    assert ids(read(tmp_path, {"a.parquet": out.getvalue()})) == ["7"]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_the_pages_of_a_web_archive_are_articles_with_their_metadata(name: str, tmp_path: Path) -> None:
    pages = [
        ("https://isles.example/a", PAGE.format(kg=3).encode(), "text/html; charset=utf-8"),
        ("https://isles.example/a.png", b"\x89PNG", "image/png"),
        ("https://isles.example/b", PAGE.format(kg="4 £").encode("cp1252"), "text/html; charset=windows-1252"),
    ]
    found = read(tmp_path, {name: as_warc(pages, compressed=name.endswith("gz"))})
    one, two = (each.article for each in found if isinstance(each, Found))
    assert len(found) == 2
    assert (one.url, one.title, one.byline, one.publisher) == (pages[0][0], "Hive swarms", "Mairi Tolland", "Isles")
    assert (str(one.published_at), one.media_type) == ("2023-05-04 09:30:00+00:00", "text/html")
    assert "4 £" in two.text


def test_what_is_no_page_in_a_web_archive_is_left_out(tmp_path: Path) -> None:
    page = [("https://isles.example/a", PAGE.format(kg=3).encode(), "text/html")]
    files = {"gone.warc.gz": as_warc(page, status="404 Not Found"), "sent.warc.gz": as_warc(page, encoding="gzip")}
    found = read(tmp_path, files)
    assert [each.file for each in found] == ["articles/sent.warc.gz"]


# Copies.


def test_articles_with_one_text_are_one_with_several_addresses(tmp_path: Path) -> None:
    urls = [f"https://isles.example/{number}" for number in range(3)]
    rows = [{"id": f"a{number}", "text": "It rained.", "date": "2023-05-04", "url": url} for number, url in enumerate(urls)]
    data = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    found = read(tmp_path, {"a.jsonl": data})
    assert ids(found) == ["a0"]
    assert [(each.article_id, each.url) for each in found if isinstance(each, Copy)] == [("a0", urls[1]), ("a0", urls[2])]
    assert len(read_collection(load_collection(tmp_path))) == 1


def test_a_page_that_was_crawled_twice_is_one_article(tmp_path: Path) -> None:
    page = ("https://isles.example/a", PAGE.format(kg=3).encode(), "text/html")
    later = ("https://isles.example/b", page[1], "text/html")
    found = read(tmp_path, {"a.warc.gz": as_warc([page, page, later])})
    assert [type(each).__name__ for each in found] == ["Found", "Copy", "Copy"]


# Damage.

LONG = b'{"id": "long", "text": "' + b"x" * 50_000_000 + b'"}\n'
WITHOUT_TEXT = b"<html><head><title>Hives</title></head><body><div id='app'></div><script>run()</script></body></html>"


def with_text(words: str, **fields: str) -> bytes:
    return json.dumps({"id": "odd", "text": words, "date": "2023-05-04"} | fields).encode() + b"\n"


DAMAGE = [
    pytest.param(line(2).replace(b"honey", b"h\xf6ney"), "expected UTF-8", id="bad bytes"),
    pytest.param(with_text("  "), "found no text", id="empty"),
    pytest.param(LONG, "at most 10 MB", id="50 MB of one line"),
    pytest.param(with_text("3 kg\0 of honey."), "U+0000", id="NUL in JSON"),
    pytest.param(line(2).replace(b"honey", b"ho\0ney"), "expected a JSON object", id="NUL byte"),
    pytest.param(line(2)[:20] + b"\n", "expected a JSON object", id="wrong JSON"),
    pytest.param(b'{"text": "It rained.", "date": "2023-05-04"}\n', "expected the key id", id="a missing id"),
    pytest.param(with_text("Another text.", id="bee-1"), "expected one article an id", id="a duplicate id"),
    pytest.param(line(1), "expected one article an id", id="a duplicate line"),
    pytest.param(with_text("It rained.", date="0000-05-04"), "expected an ISO 8601 date", id="the year 0"),
    pytest.param(with_text("It rained.", date="9999-12-31"), "expected a year from 1600 to 2999", id="the year 9999"),
    pytest.param(with_text("It rained.", date="9999-12-31T23:00:00-05:00"), "expected a year", id="the last hour there is"),
    pytest.param(with_text("It \ud800 rained."), "U+D800", id="a lone surrogate in the text"),
    pytest.param(with_text("It rained.", title="It \udfff"), "U+DFFF", id="a lone surrogate in the title"),
    pytest.param(with_text("It rained.", id="\ud800"), "U+D800", id="a lone surrogate in the id"),
]


@pytest.mark.parametrize(("damaged", "reason"), DAMAGE)
@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_of_a_damaged_file_exactly_the_damaged_article_is_refused(
    name: str, damaged: bytes, reason: str, tmp_path: Path
) -> None:
    data = line(1) + damaged + line(3)
    found = read(tmp_path, {name: gzip.compress(data, 1) if name.endswith("gz") else data})
    assert ids(found) == ["bee-1", "bee-3"]
    ((file, offset, message),) = bad(found)
    assert (file, offset) == (f"articles/{name}", len(line(1)))
    assert reason in message
    assert "\n" not in message
    assert message.encode()  # it can be written


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("b.txt", b"", "found no text"),
        ("b.jsonl", b"", "found no text"),
        ("b.jsonl.gz", gzip.compress(b"", mtime=0), "found no text"),
        ("b.csv", b"", "found no text"),
        ("b.warc.gz", b"", "found no text"),
        ("b.parquet", b"", "expected a Parquet file"),
        ("b.parquet", as_parquet([article(9)])[:-20], "expected a Parquet file"),
        ("b.txt", b"It rained.\0", "U+0000"),
        ("b.txt", b"It r\xe4ined.", "expected UTF-8"),
        ("b.html", WITHOUT_TEXT, "without running text"),
        ("b.html", b"<html>\xff\xfe\0", "expected"),
        ("b.txt", b"x" * (LONGEST + 1), "at most 10 MB"),
        ("b.jsonl.gz", b"no gzip at all", "cut or damaged"),
        ("b.jsonl.zst", b"no zstd at all", "cut or damaged"),
        ("b.warc.gz", b"no web archive", "cut or damaged"),
        ("b.doc", b"It rained.", "expected a file that ends in"),
    ],
)
def test_a_damaged_file_is_refused_and_the_others_are_read(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    found = read(tmp_path, {"a.jsonl": line(1), name: data, "c.jsonl": line(3)})
    assert ids(found) == ["bee-1", "bee-3"]
    ((file, offset, message),) = bad(found)
    assert (file, offset) == (f"articles/{name}", 0)
    assert reason in message
    assert "\n" not in message


@pytest.mark.parametrize(("name", "compress"), [("a.jsonl.gz", gzip.compress), ("a.jsonl.zst", zstd.compress)])
def test_of_a_compressed_file_that_is_cut_the_articles_before_the_cut_are_read(
    name: str, compress: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    numbers = range(20_000)
    data = compress(records(*numbers))
    found = read(tmp_path, {name: data[: len(data) // 2]})
    read_whole = ids(found)
    assert read_whole == [f"bee-{number}" for number in numbers[: len(read_whole)]]
    assert len(read_whole) > 5_000
    assert [(file, offset) for file, offset, _ in bad(found)] == [
        (f"articles/{name}", len(records(*numbers[: len(read_whole)])))
    ]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_of_a_web_archive_that_is_cut_the_pages_before_the_cut_are_read(name: str, tmp_path: Path) -> None:
    pages = [(f"https://isles.example/{kg}", PAGE.format(kg=kg).encode(), "text/html") for kg in (3, 4)]
    whole, first = (as_warc(some, compressed=name.endswith("gz")) for some in (pages, pages[:1]))
    found = read(tmp_path, {name: whole[:-200]})
    assert [each.article.url for each in found if isinstance(each, Found)] == [pages[0][0]]
    assert len(bad(found)) == 1
    assert abs(bad(found)[0][1] - len(first)) < 10


def test_pages_without_text_are_refused_and_the_others_read(tmp_path: Path) -> None:
    good = ("https://isles.example/a", PAGE.format(kg=3).encode(), "text/html")
    found = read(tmp_path, {"a.warc.gz": as_warc([("https://isles.example/", WITHOUT_TEXT, "text/html"), good])})
    assert len(ids(found)) == 1
    assert "https://isles.example/" in bad(found)[0][2]


def rows_with(cells: bytes) -> bytes:
    return b"id,text,date\na,It rained.,2023-05-04\n" + cells + b"z,It snowed.,2023-05-04\n"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (b"b,It r\xe4ined.,2023-05-04\n", "expected UTF-8"),
        (b"b,It rained\n", "expected 3 cells"),
        (b",It hailed.,2023-05-04\n", "expected the key id"),
        (b"b,,2023-05-04\n", "found no text"),
        (b"b,It\0 rained.,2023-05-04\n", "U+0000"),
        (b"b,It hailed.,0000-05-04\n", "expected an ISO 8601 date"),
        (b"b," + b"x" * 50_000_000 + b",2023-05-04\n", "expected"),
    ],
    ids=["bad bytes", "a cell short", "no id", "no text", "NUL", "the year 0", "50 MB"],
)
def test_of_a_table_exactly_the_damaged_row_is_refused(cells: bytes, reason: str, tmp_path: Path) -> None:
    found = read(tmp_path, {"a.csv": rows_with(cells)})
    assert ids(found) == ["a", "z"]
    ((_, offset, message),) = bad(found)
    assert offset == len(b"id,text,date\na,It rained.,2023-05-04\n")
    assert reason in message


@pytest.mark.parametrize("words", ["قال الوزير إن ٣٠ شخصا وصلوا.", "השר אמר ש-30 איש הגיעו.", "It \u202erained\u202c."])
def test_text_from_right_to_left_is_text(words: str, tmp_path: Path) -> None:
    found = read(tmp_path, {"a.jsonl": line(1) + with_text(words)})
    assert [each.article.text for each in found if isinstance(each, Found)][1] == words
    assert not bad(found)


def test_a_collection_that_must_be_whole_says_what_is_damaged(tmp_path: Path) -> None:
    read(tmp_path, {"a.jsonl": line(1) + b"{\n"})
    with pytest.raises(InputError, match=r"a\.jsonl:2"):
        read_collection(load_collection(tmp_path))


# Memory and order.


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("large")
    read(folder, {"a.jsonl.gz": gzip.compress(b"", 1)})
    with gzip.open(folder / "articles" / "a.jsonl.gz", "wb", 1) as file:
        file.write(line(1))
        for _ in range(6):
            file.write(LONG)
        file.write(line(2))
    yield folder


def test_lines_of_any_length_are_read_in_bounded_memory(large: Path) -> None:
    script = (
        "import sys, pathlib; from onrecord.settings import load_collection; from onrecord.source.stream import stream\n"
        "import resource; before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(sum(1 for _ in stream(load_collection(pathlib.Path(sys.argv[1])))))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    run = subprocess.run([sys.executable, "-c", script, large], capture_output=True, text=True, check=True)
    found, kilobytes = map(int, run.stdout.split())
    assert found == 8
    assert kilobytes < 80_000  # the lines are 50 MB each


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    names = ["b/1.jsonl", "b.jsonl", "a.jsonl", "b-c/2.jsonl"]
    found = read(tmp_path, {name: line(number) for number, name in enumerate(names)})
    assert [each.file for each in found] == sorted(f"articles/{name}" for name in names)
