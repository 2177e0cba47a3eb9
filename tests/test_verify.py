"""Whatever is damaged in a package, `validate` or `verify` names file, row, field and what was expected."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sample import written

from onrecord.datapackage import read_package
from onrecord.errors import InvalidData
from onrecord.hashing import sha256_file
from onrecord.pipeline import validate, verify
from onrecord.verify import check_files, check_sources, gate


def reported(check: Callable[..., tuple[object, Sequence[object]]], folder: Path) -> str:
    """What a check prints, whether it returns violations or cannot read the package at all."""
    try:
        return "\n".join(str(violation) for violation in check(folder)[1])
    except InvalidData as error:
        return str(error)


def seal(folder: Path) -> None:
    """Make digests and sizes right again, so that only the content is wrong."""
    descriptor = json.loads((folder / "datapackage.json").read_bytes())
    for resource in descriptor["resources"]:
        path = folder / resource["path"]
        resource |= {"bytes": path.stat().st_size, "hash": f"sha256:{sha256_file(path)}"}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    sums = "".join(f"{sha256_file(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)
    (folder / "SHA256SUMS").write_text(sums, "utf-8")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_whole_package_passes_both(tmp_path: Path) -> None:
    folder = written(tmp_path / "p")
    assert reported(validate, folder) == ""
    assert reported(verify, folder) == ""


def every_file(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_one_byte_changed_in_any_file_is_seen(tmp_path: Path) -> None:
    folder = written(tmp_path / "p")
    for number, name in enumerate(every_file(folder)):
        path = folder / name
        whole = path.read_bytes()
        position = (0, len(whole) // 2, len(whole) - 2)[number % 3]
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        report = reported(verify, folder)
        assert name in report, (name, position, report)
        assert "expected" in report
        path.write_bytes(whole)
    assert reported(verify, folder) == ""


DAMAGE = {
    "a foreign key": (
        "statements",
        ",speaker_00000000000000a1,",
        ",speaker_00000000000000a2,",
        "field speaker_id: expected a row of",
    ),
    "a date": (
        "articles",
        "2021-03-04,",
        "2021-03-34,",
        "articles.csv, row 2 (harbour-1), field published_on: expected",
    ),
    "a time": (
        "articles",
        "T09:30:00Z",
        "T29:30:00Z",
        "row 2 (harbour-1), field published_at: expected a UTC time",
    ),
    "an offset": ("figures", ",6,14,", ",6,x14,", "figures.csv, row 2 (figure_00000000000000c1), field end: expected a whole"),
    "a span": (
        "figures",
        ",6,14,",
        ",16,14,",
        "row 2 (figure_00000000000000c1), field start: expected start < end",
    ),
    "a vocabulary": ("figures", ",approximately,", ",roughly,", "field qualifier: expected one of approximately"),
    "a key": (
        "statement_parts",
        "b1,1,",
        "b1,,",
        "row 2 (statement_00000000000000b1), field part: expected a value",
    ),
    "a column": ("dates", "edtf", "etdf", "data/dates.csv: expected the columns"),
}


@pytest.mark.parametrize(("table", "old", "new", "expected"), DAMAGE.values(), ids=DAMAGE)
@pytest.mark.parametrize("check", [validate, verify], ids=["validate", "verify"])
def test_damage_is_named_even_under_right_digests(
    tmp_path: Path, check: Callable[..., tuple[object, Sequence[object]]], table: str, old: str, new: str, expected: str
) -> None:
    folder = written(tmp_path / "p")
    edit(folder / "data" / f"{table}.csv", old, new)
    seal(folder)
    report = reported(check, folder)
    assert expected in report


def test_damage_is_named_even_where_the_digest_is_wrong_too(tmp_path: Path) -> None:
    folder = written(tmp_path / "p")
    edit(folder / "data" / "figures.csv", ",6,14,", ",7,14,")
    for check in (validate, verify):
        report = reported(check, folder)
        assert "data/figures.csv, row 2 (figure_00000000000000c1), field text: expected text to be end - start long" in report
    assert "data/figures.csv: expected the hash sha256:" in report


def test_json_rows_that_say_something_else_are_named(tmp_path: Path) -> None:
    folder = written(tmp_path / "p")
    edit(folder / "data" / "figures.json", '"high":30.0', '"high":31.0')
    seal(folder)
    assert reported(verify, folder) == "data/figures.json, row 1, field high: expected 30.0 as in the CSV file, found 31.0"


@pytest.mark.parametrize("rows", ["{", '["x"]', "[{}]", "[]"])
def test_json_rows_that_are_none_are_named(tmp_path: Path, rows: str) -> None:
    folder = written(tmp_path / "p")
    (folder / "data" / "figures.json").write_text(rows, "utf-8")
    seal(folder)
    assert reported(verify, folder).startswith("data/figures.json")


def test_a_link_is_refused_wherever_it_leads(tmp_path: Path) -> None:
    folder = written(tmp_path / "p")
    (folder / "data" / "figures.csv").rename(tmp_path / "figures.csv")
    (folder / "data" / "figures.csv").symlink_to(tmp_path / "figures.csv")
    assert "data/figures.csv: expected a file, found a symbolic link" in reported(verify, folder)


@pytest.mark.parametrize("path", ["https://example.org/a.csv", "../a.csv", "/etc/passwd"])
def test_nothing_outside_is_opened(tmp_path: Path, path: str) -> None:
    folder = written(tmp_path / "p")
    descriptor = json.loads((folder / "datapackage.json").read_bytes())
    descriptor["resources"][0]["path"] = path
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    package = read_package(folder)
    assert any("expected a path inside of the package" in str(found) for found in check_files(package))
    with pytest.raises(InvalidData, match="expected a path inside of the package"):
        gate(package)


def test_files_that_nobody_lists_and_files_that_are_gone_are_named(tmp_path: Path) -> None:
    folder = written(tmp_path / "p")
    (folder / "extra.csv").write_text("a\n1\n", "utf-8")
    (folder / "README.md").unlink()
    report = reported(verify, folder)
    assert "extra.csv: expected files that SHA256SUMS lists, found a file that it does not list" in report
    assert "README.md: expected a file, found nothing" in report
    (folder / "SHA256SUMS").unlink()
    assert "SHA256SUMS: expected a file, found nothing" in reported(verify, folder)


def test_sources_with_another_text_or_without_the_article_are_named(tmp_path: Path) -> None:
    package = read_package(written(tmp_path / "p"))
    articles = package.strings("articles")
    assert "found no such article in the sources" in str(check_sources(articles, {})[0])
    assert "field text_sha256: expected the text with SHA-256" in str(check_sources(articles, {"harbour-1": "Other."})[0])


def test_frictionless_has_its_own_word(tmp_path: Path) -> None:
    folder = written(tmp_path / "p")
    edit(folder / "data" / "speakers.csv", "person", "parson")
    seal(folder)
    found = [str(violation) for violation in gate(read_package(folder))]
    assert any("row 2" in line and "field kind" in line for line in found), found
