"""An article's own text: shown as a whole where its rights are held, and nowhere at all otherwise."""

from pathlib import Path

import pytest
from asking import application, asking

from onrecord.hashing import sha256_text
from serve.conftest import TEXT, write

WORDS = "A heron stood by all day long and nobody has counted it"
ADDRESSES = (
    "/", "/seals", "/seals/articles/seals", "/seals/articles/seals.json", "/seals/articles.json", "/seals/articles.csv",
    "/seals/provenance.csv", "/seals/statement_parts.csv", "/seals/articles.json?_search=heron", "/-/search?q=heron",
    "/seals/figures-with-their-ranges.csv", "/seals/where-a-row-comes-from.csv", "/seals.jsonld", "/seals.atom",
    "/-/metadata.json", "/seals.json?sql=select+*+from+articles", "/-/files/seals/datapackage.json",
)  # fmt: skip


@pytest.mark.parametrize("rights", ["none", "held"])
def test_the_text_is_where_its_rights_allow(tmp_path: Path, rights: str) -> None:
    more = f"\nThe tide went out in the evening and came back at night. {WORDS}.\n"
    package = write(tmp_path / "seals", rights=rights, more=more)
    file = f"/-/files/seals/texts/{sha256_text(TEXT + more)}.txt"
    ask = asking(application([package], tmp_path, allow_sql=True))
    shown = [address for address in (*ADDRESSES, file) if WORDS in ask(address).text]
    assert shown == (["/seals/articles/seals", file] if rights == "held" else [])
    assert b"heron" not in ask("/seals.db").content
    assert ask(file).status_code == (200 if rights == "held" else 404)
