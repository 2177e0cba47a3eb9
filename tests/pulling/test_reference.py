"""NAME@RANGE picks the version that a reader of npm's ranges expects, and never a retracted one by surprise."""

import tomllib
from typing import Any

import pytest
from sample import CASES

from onrecord.catalog import Index, Release, newest_first
from onrecord.errors import InputError
from onrecord.pull.reference import choose, parse_reference

TOLD = tomllib.loads((CASES / "references.toml").read_text("utf-8"))


def index() -> Index:
    releases = [
        Release(
            version=version,
            created="2021-03-06T12:00:00Z",
            path=f"{version}/datapackage.json",
            manifest_sha256="0" * 64,
            bytes=1,
            status="retracted" if version in TOLD["retracted"] else "current",
            changes={},
        )
        for version in TOLD["versions"]
    ]
    return Index(name="boats", title="Boats", versions=newest_first(releases))


@pytest.mark.parametrize("case", TOLD["case"], ids=[case["id"] for case in TOLD["case"]])
def test_a_reference_picks_a_version(case: dict[str, Any]) -> None:
    if "picks" in case:
        assert choose(parse_reference(case["wanted"]), index(), "C").version == case["picks"]
        return
    with pytest.raises(InputError) as caught:
        choose(parse_reference(case["wanted"]), index(), "C")
    assert case["error"] in str(caught.value)
