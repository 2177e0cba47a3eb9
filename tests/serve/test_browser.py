"""The site in a real browser: every page is accessible, wide and narrow, dark and light, and works without JavaScript."""

import re
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from onrecord.datapackage import Package
from serve.test_server import asked, started

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
AXE = "axe.run({resultTypes: ['violations']}).then(r => r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html)))"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: apt-get install chromium)")


@pytest.fixture(scope="module")
def address(seals: Package, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with started(seals.folder, tmp_path_factory.mktemp("server") / "temporary") as (_, found):
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def addresses(address: str) -> dict[str, str]:
    """Every kind of page, by name."""
    base = f"{address}/seals"
    found = {"home": address, "package": base, "search": f"{address}/-/search?q=seals", "table": f"{base}/provenance"}
    found |= {"query": f"{base}/who-said-what", "missing": f"{base}/figures/figure_0"}
    found |= {"charts": f"{address}/-/charts/seals"} | {
        name: f"{address}/-/{name}" for name in ("versions", "plugins", "settings")
    }
    for table in ("articles", "figures", "statements", "speakers"):
        key = asked(f"{base}/{table}.json?_shape=array&_size=1")[0][f"{table[:-1]}_id"]
        found |= {table: f"{base}/{table}", table[:-1]: f"{base}/{table}/{key}"}
    return found


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark")])
def test_every_page_is_accessible(browser: Any, addresses: dict[str, str], width: int, scheme: str) -> None:
    axe = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for name, where in addresses.items():
        page.goto(where)
        page.evaluate(axe)
        wrong = page.evaluate(AXE)
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        found |= {name: [*wrong, *(["is wider than the window"] if wide else [])]}
    context.close()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_visitor_finds_a_figure_and_its_words(browser: Any, address: str, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Search").fill("fish")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="up to 40 tonnes of fish a month").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Up to 40 tonnes of fish a month"
    page.get_by_role("link", name="Harbour seals return").first.click()
    assert page.url.split("#")[1].startswith("figure_")
    page.get_by_title("Figure: up to 40 tonnes of fish a month").click()
    assert "/figures/figure_" in page.url
    context.close()


def test_a_visitor_without_a_mouse_reaches_the_search(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    while page.evaluate("document.activeElement.id") != "site-q":
        page.keyboard.press("Tab")
    page.keyboard.type("seals")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=seals"))
    page.close()


def test_a_package_is_taken_home_and_cited(browser: Any, addresses: dict[str, str], seals: Package) -> None:
    page = browser.new_page()
    page.goto(addresses["package"])
    with page.expect_download() as download:
        page.get_by_role("link", name="data/figures.csv").click()
    assert Path(download.value.path()).read_bytes() == (seals.folder / "data/figures.csv").read_bytes()
    assert page.get_by_role("button", name="Copy BibTeX").is_visible()
    page.close()
