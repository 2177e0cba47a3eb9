"""A package as it lies on disk: standard, whole, the same bytes every time, and opened without leaving its folder."""

import csv
import json
import subprocess
from pathlib import Path

import frictionless
import pytest
from prov.model import ProvDocument
from sample import CREATED, STORED, TEXTS, collection, frames, sample_rows, written

from onrecord.datapackage import read_package
from onrecord.errors import InputError, InvalidData, OutputError
from onrecord.package import write_package
from onrecord.schemas import load_schemas


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_frictionless_finds_a_package_valid_as_a_user_calls_it(tmp_path: Path) -> None:
    report = frictionless.validate(str(written(tmp_path / "p") / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert {task.name for task in report.tasks} >= set(load_schemas())


def test_the_descriptor_says_what_the_standard_asks_for(tmp_path: Path) -> None:
    descriptor = json.loads((written(tmp_path / "p") / "datapackage.json").read_bytes())
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert descriptor["created"] == "2021-03-06T12:00:00Z"
    assert descriptor["contributors"] == [
        {"title": "Data Desk", "roles": ["creator"]},
        {"title": "Ed Itor", "roles": ["dataCurator"]},
    ]
    assert descriptor["sources"] == [{"title": "Boats leave, 2021-03-04", "path": "https://example.org/harbour-1"}]
    assert descriptor["keywords"] == ["boats", "harbour"]
    for resource in descriptor["resources"]:
        data = (tmp_path / "p" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data), resource["name"]
        assert resource["hash"].startswith("sha256:")


def test_csv_and_json_rows_say_the_same(tmp_path: Path) -> None:
    folder = written(tmp_path / "p") / "data"
    for name in load_schemas():
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        rows = json.loads((folder / f"{name}.json").read_bytes())
        assert len(rows) == len(lines)
        for line, row in zip(lines, rows, strict=True):
            assert {key for key, value in row.items() if value is not None} == {key for key, cell in line.items() if cell}


def test_cells_with_quotes_commas_and_line_ends_come_back_as_they_were(tmp_path: Path) -> None:
    rows = sample_rows()
    awkward = 'He said, "no\r\nnever"; ‘maybe’\n\n—'
    rows["articles"][0]["title"] = awkward
    write_package(tmp_path / "p", collection(), CREATED, frames(rows), STORED, "9.9.9")
    assert read_package(tmp_path / "p").strings("articles")["title"].to_list() == [awkward]


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    assert content(written(tmp_path / "a")) == content(written(tmp_path / "b"))


def test_sha256sums_is_what_coreutils_checks(tmp_path: Path) -> None:
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=written(tmp_path / "p"), capture_output=True
    )
    assert checked.returncode == 0, checked.stderr


def test_prov_json_tells_the_way_from_article_to_table(tmp_path: Path) -> None:
    document = ProvDocument.deserialize(content=(written(tmp_path / "p") / "provenance.json").read_text("utf-8"), format="json")
    names = {str(record.identifier) for record in document.get_records() if record.identifier}
    assert {"onrecord:run", "onrecord:tool", "onrecord:table-figures", "onrecord:contributor-1"} <= names
    assert any(name.startswith("onrecord:article-") for name in names)
    assert "9.9.9" in (tmp_path / "p" / "provenance.json").read_text("utf-8")


def test_the_readme_has_counts_dictionary_and_citation(tmp_path: Path) -> None:
    readme = (written(tmp_path / "p") / "README.md").read_text("utf-8")
    assert "> Data Desk. (2021). Harbour talk (Version 0.2.0) [Data set]." in readme
    assert "| [Figures](#figures) | `data/figures.csv` | 1 |" in readme
    assert all(f"| `{name}` |" in readme for schema in load_schemas().values() for name in schema.names)


def test_an_articles_text_is_published_only_where_its_rights_are_held(tmp_path: Path) -> None:
    assert not any(path.startswith("texts/") for path in content(written(tmp_path / "none")))
    held = content(written(tmp_path / "held", text_rights="held"))
    (path,) = (path for path in held if path.startswith("texts/"))
    assert held[path].decode() == TEXTS["harbour-1"]


def test_an_older_package_is_replaced(tmp_path: Path) -> None:
    written(tmp_path / "p")
    assert read_package(written(tmp_path / "p", version="0.3.0")).version == "0.3.0"
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


def test_what_is_not_a_package_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "novel.txt").write_text("mine", "utf-8")
    with pytest.raises(InputError, match="expected a new folder or an older package at"):
        written(tmp_path / "p")
    assert content(tmp_path / "p") == {"novel.txt": b"mine"}


def test_a_write_that_fails_leaves_the_older_package_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(written(tmp_path / "p"))
    put, calls = Path.write_bytes, []

    def full(path: Path, data: bytes) -> int:
        calls.append(path)
        if len(calls) == 5:
            raise OSError(28, "No space left on device")
        return put(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match=r"expected to write .*, but: no space left on device; choose"):
        written(tmp_path / "p", version="0.3.0")
    assert content(tmp_path / "p") == before
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


BAD_PATHS = {
    "parent": "../secret.csv",
    "absolute": "/etc/passwd",
    "remote": "https://example.org/a.csv",
    "backslash": "..\\a.csv",
    "none": None,
    "several, one of which leads out": ["data/articles.csv", "../b.csv"],
}


@pytest.mark.parametrize("path", BAD_PATHS.values(), ids=BAD_PATHS)
def test_a_resource_never_leads_out_of_its_package(tmp_path: Path, path: object) -> None:
    folder = written(tmp_path / "p")
    descriptor = json.loads((folder / "datapackage.json").read_bytes())
    descriptor["resources"][0]["path"] = path
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    with pytest.raises(InvalidData, match=r"resource articles: expected (a|one) path inside of the package, found"):
        read_package(folder).strings("articles")


def test_a_link_inside_of_a_package_is_not_followed(tmp_path: Path) -> None:
    folder = written(tmp_path / "p")
    (folder / "data").rename(tmp_path / "elsewhere")
    (folder / "data").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InvalidData, match="expected a file, found a symbolic link at"):
        read_package(folder).strings("articles")


NO_PACKAGE = {
    "no JSON": "{",
    "no object": "[]",
    "no resources": "{}",
    "nameless resources": '{"resources": [{"path": "a.csv"}]}',
}


@pytest.mark.parametrize("descriptor", NO_PACKAGE.values(), ids=NO_PACKAGE)
def test_a_broken_descriptor_is_one_line(tmp_path: Path, descriptor: str) -> None:
    (tmp_path / "datapackage.json").write_text(descriptor, "utf-8")
    with pytest.raises(InvalidData, match=r"expected (JSON|a list of named resources) in .*restore the file"):
        read_package(tmp_path)


def test_a_table_that_is_not_csv_is_one_line(tmp_path: Path) -> None:
    folder = written(tmp_path / "p")
    whole = (folder / "data" / "articles.csv").read_bytes()
    (folder / "data" / "articles.csv").write_bytes(whole.replace(b"Boats", b"\xff\xfeoats"))
    with pytest.raises(InvalidData, match=r"expected a table in CSV \(UTF-8\) at .*articles.csv"):
        read_package(folder).strings("articles")
    (folder / "data" / "articles.csv").unlink()
    with pytest.raises(InvalidData, match=r"articles\.csv"):
        read_package(folder).strings("articles")
