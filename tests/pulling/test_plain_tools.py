"""Who has no onrecord needs none: a release is read from its address with the tools that people have.

DuckDB reads a Parquet file over http with an extension that it downloads, which a test cannot: fsspec stands in for it here.
"""

import subprocess
from collections.abc import Callable
from datetime import datetime

import duckdb
import frictionless
import pandas
from fsspec.implementations.http import HTTPFileSystem
from misbehaving import Site
from sample import sample_rows

from onrecord.catalog import find_packages
from onrecord.pull import Pulled

Pull = Callable[..., Pulled]


def test_frictionless_reads_a_release_from_its_address(site: Site) -> None:
    package = frictionless.Package(f"{site.url}/harbour/1.0.0/datapackage.json")
    assert package.version == "1.0.0"
    rows = package.get_table_resource("figures").read_rows()
    assert [row["figure_id"] for row in rows] == [row["figure_id"] for row in sample_rows()["figures"]]
    assert frictionless.validate(f"{site.url}/harbour/1.0.0/datapackage.json").valid


def test_pandas_reads_a_table_from_its_address(site: Site) -> None:
    frame = pandas.read_csv(f"{site.url}/harbour/1.0.0/data/figures.csv")
    assert frame["figure_id"].tolist() == [row["figure_id"] for row in sample_rows()["figures"]]


class OverHttp(HTTPFileSystem):  # type: ignore[misc]  # fsspec ships no types
    """fsspec's files over http, with the time of change that DuckDB asks for and http servers need not tell."""

    def modified(self, path: str) -> datetime:
        del path
        return datetime(1970, 1, 1)


def test_duckdb_reads_a_table_from_its_address(site: Site) -> None:
    with duckdb.connect() as connection:
        connection.register_filesystem(OverHttp(skip_instance_cache=True))
        found = connection.execute(
            "select figure_id, low from read_parquet(?)", [f"{site.url}/harbour/1.0.0/data/figures.parquet"]
        ).fetchall()
    assert found == [(row["figure_id"], row["low"]) for row in sample_rows()["figures"]]


def test_duckdb_reads_a_pulled_table(pull_it: Pull) -> None:
    path = pull_it(form="parquet").folder / "data" / "figures.parquet"
    with duckdb.connect() as connection:
        found = connection.execute("select figure_id, low from read_parquet(?)", [str(path)]).fetchall()
    assert found == [(row["figure_id"], row["low"]) for row in sample_rows()["figures"]]


def test_sha256sum_checks_a_pulled_package(pull_it: Pull) -> None:
    done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=pull_it().folder, check=False)
    assert done.returncode == 0


def test_a_pulled_package_is_served(pull_it: Pull) -> None:
    assert [package.version for package in find_packages(pull_it(form="csv").folder)] == ["1.0.0"]
