"""Hostile rows in a real browser: what would be run is shown as words, and the page's policy lets nothing else run."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.datapackage import Package
from serve.test_server import asked, started

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SCRIPT = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
OVERRIDE = "\u202eright to left"


@pytest.fixture
def hostile(write_seals: Callable[..., Package]) -> Package:
    package = write_seals()
    changes = {
        "statements.csv": {'"The nets come up empty,"': '"' + (SCRIPT + OVERRIDE).replace('"', '""') + '"'},
        "articles.csv": {"https://gazette.example/seals": "javascript:document.title='owned'"},
        "figures.csv": {",fish,": "," + "x" * 1_000_000 + ","},
    }
    for name, replaced in changes.items():
        file = package.folder / "data" / name
        text = file.read_text("utf-8")
        for old, new in replaced.items():
            assert old in text
            text = text.replace(old, new)
        file.write_text(text, "utf-8")
    return package


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here (Debian: apt-get install chromium)")
def test_hostile_rows_are_words_in_a_browser(hostile: Package, tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright here (pip install playwright)")
    with started(hostile.folder, tmp_path / "temporary") as (_, address), playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text) if "Refused to" in message.text else None)
        page.on("dialog", lambda dialog: refused.append(dialog.message))
        row_pages = [
            f"/seals/{table}/{row[f'{table[:-1]}_id']}"
            for table in ("figures", "statements", "speakers")
            for row in asked(f"{address}/seals/{table}.json?_shape=array")
        ]
        for path in (
            "/",
            "/seals",
            "/seals/statements",
            "/seals/articles",
            "/seals/articles/seals",
            "/seals/figures",
            "/seals/who-said-what",
            "/-/charts/seals",
            "/-/search?q=nets",
            *row_pages,
        ):
            page.goto(address + path)
            assert page.title() != "owned"
            links = page.eval_on_selector_all("a, img, iframe, form", "all => all.map(e => e.href || e.src || e.action || '')")
            assert [link for link in links if str(link).startswith("javascript:")] == []
            assert page.locator("img[src=x]").count() == 0
            assert len(page.content()) < 500_000
        page.goto(f"{address}/seals/statements")
        assert "<script>document.title" in page.inner_text("body")
        browser.close()
    assert refused == []
