"""`onrecord.load`: tables typed as their schemas say, what their columns mean, and the words behind a row."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas
import polars as pl
import pytest
from misbehaving import Site
from published import publish
from sample import sample_rows

import onrecord
from onrecord.catalog import Notice
from onrecord.dataset import Dataset
from onrecord.errors import InputError, NoticeWarning
from onrecord.hashing import sha256_file
from onrecord.pull import pull
from onrecord.pull.run import Means
from onrecord.schemas import load_schemas

FIGURE = "figure_00000000000000c1"


@pytest.fixture
def harbour(site: Site, means: Means, work: Path) -> Dataset:
    del work
    return onrecord.load("harbour@^1", catalog=site.url, means=means)


def test_a_package_says_what_it_is(harbour: Dataset) -> None:
    assert (harbour.name, harbour.version, harbour.notices) == ("harbour", "1.0.0", ())
    assert tuple(harbour) == harbour.tables == tuple(load_schemas())
    assert len(harbour) == len(load_schemas())


@pytest.mark.parametrize("table", load_schemas())
def test_every_table_has_the_types_of_its_schema_and_its_rows(harbour: Dataset, table: str) -> None:
    frame = harbour[table]
    assert isinstance(frame, pl.DataFrame)
    assert dict(frame.schema) == load_schemas()[table].dtypes
    assert frame.height == len(sample_rows()[table])


def test_dates_are_dates_and_whole_numbers_with_gaps_stay_whole_in_pandas_too(harbour: Dataset) -> None:
    dates = harbour["dates"].to_pandas()
    assert isinstance(dates, pandas.DataFrame)
    assert dates["start_date"].dtype == "date32[day][pyarrow]"
    assert isinstance(dates["start_date"].dropna().iloc[0], date)
    articles = harbour["articles"]
    gaps = type(articles)(articles.with_columns(words=pl.lit(None, pl.Int64))).to_pandas()
    assert gaps["words"].dtype == "int64[pyarrow]"
    assert gaps["words"].isna().all()


def test_describe_tells_what_each_column_means(harbour: Dataset) -> None:
    told = harbour.describe("figures")
    schema = load_schemas()["figures"]
    assert told["column"].to_list() == list(schema.names)
    assert told["description"].to_list() == [field.description for field in schema.fields]
    (kind,) = told.filter(pl.col("column") == "kind")["values"]
    assert "percent" in kind
    units = {
        field.name: field.descriptor["unit"]
        for table in load_schemas().values()
        for field in table.fields
        if "unit" in field.descriptor
    }
    shown = {
        row["column"]: row["unit"] for table in harbour for row in harbour.describe(table).iter_rows(named=True) if row["unit"]
    }
    assert shown == {name: unit for name, unit in units.items() if unit != "1"}


def test_trace_gives_the_words_behind_a_row(harbour: Dataset) -> None:
    words = harbour.trace(FIGURE)
    assert set(words["table"]) == {"figures"}
    assert set(words["exact"]) == {"Ana Roe"}
    assert "low" in words["field"].to_list()
    assert words.select("prefix", "title", "url", "rule").row(0) == (
        "leave, said ",
        "Boats leave",
        "https://example.org/harbour-1",
        "test.sample",
    )


def test_trace_of_a_row_that_no_words_stand_behind_is_empty(harbour: Dataset) -> None:
    ids = harbour["reviews"]["review_id"].to_list() or harbour["articles"]["article_id"].to_list()
    assert harbour.trace(ids[0]).height in {0, harbour["provenance"].filter(pl.col("row_id") == ids[0]).height}


def test_what_is_not_there_is_told(harbour: Dataset) -> None:
    with pytest.raises(InputError, match=r"expected a table of harbour 1\.0\.0, found 'figure'; did you mean figures\?"):
        harbour["figure"]
    with pytest.raises(InputError, match=r"expected the id of a row of harbour 1\.0\.0, found 'figure_0'"):
        harbour.trace("figure_0")


def test_what_was_loaded_is_there_offline_and_checked_again(site: Site, means: Means, harbour: Dataset) -> None:
    (harbour.package.folder / "data" / "figures.csv").write_text("evil")
    site.log.clear()
    again = onrecord.load("harbour@^1", catalog=site.url, offline=True, means=means)
    assert again["figures"].equals(harbour["figures"])
    assert sha256_file(again.package.folder / "data" / "figures.csv") == sha256_file(
        site.folder / "harbour/1.0.0/data/figures.csv"
    )
    assert site.log == []


def test_loading_honours_the_lock_and_writes_none(site: Site, means: Means, work: Path) -> None:
    assert onrecord.load("harbour", catalog=site.url, means=means).version == "2.0.0"
    assert list(work.iterdir()) == []
    pull("harbour@1.0.0", site.url, means=means)
    assert onrecord.load("harbour", catalog=site.url, locked=True, means=means).version == "1.0.0"


def test_a_retracted_version_warns(tmp_path: Path, means: Means, work: Path) -> None:
    del work
    notice = Notice(date="2024-02-01", kind="retraction", reason="A figure was misread.")
    catalog = publish(tmp_path / "told", ("1.0.0",), {"1.0.0": notice})
    with pytest.warns(NoticeWarning, match=r"harbour 1\.0\.0 is retracted \(2024-02-01: A figure was misread\.\)$") as told:
        loaded = onrecord.load("harbour@1.0.0", catalog=str(catalog), means=means)
    assert told[0].filename == __file__
    assert loaded.notices


def test_importing_onrecord_loads_no_library() -> None:
    code = "import sys, onrecord; print(sorted({'polars', 'urllib3', 'pydantic', 'httpx', 'tenacity'} & sys.modules.keys()))"
    scripts = str(Path(onrecord.__file__).parents[1])
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": scripts}, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
