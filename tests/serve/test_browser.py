"""The site in a real browser: accessible wide and narrow, dark and light; its ways walked; hostile rows shown as words.

The driver holds this thread's event loop, so what it asks for is answered by another thread.
"""

import importlib.util
import re
import shutil
import struct
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from asking import application

from onrecord.datapackage import Package, read_package
from onrecord.serve.site.published import citations, published
from serve.conftest import write
from serve.running import answering, asked

CHROMIUM = shutil.which("chromium")
SCREENSHOT = Path(__file__).resolve().parents[2] / "docs" / "screenshot.py"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: apt-get install chromium)")


@pytest.fixture(scope="module")
def screenshot() -> Any:
    """docs/screenshot.py, which starts the same browser for the README."""
    pytest.importorskip("playwright.sync_api", reason="needs playwright")
    spec = importlib.util.spec_from_file_location("screenshot", SCREENSHOT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def browser(screenshot: Any) -> Iterator[Any]:
    with screenshot.chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(seals: Package, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with answering(application([seals], tmp_path_factory.mktemp("site"))) as found:
        yield found


@pytest.fixture
def visitor(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page in a window of its own: `visitor(java_script_enabled=False)`."""
    contexts = []

    def opened(**options: Any) -> Any:
        contexts.append(browser.new_context(**options))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def addresses(address: str) -> dict[str, str]:
    """Every kind of page, by name, with few rows."""
    base = f"{address}/seals"
    found = {"home": address, "package": base, "search": f"{address}/-/search?q=seals", "table": f"{base}/provenance?_size=5"}
    found |= {"missing": f"{base}/figures/figure_0", "nothing found": f"{address}/-/search?q=otters"}
    found |= {"charts": f"{address}/-/charts/seals", "view": f"{base}/figures_by_month", "versions": f"{address}/-/versions"}
    for table in ("articles", "figures", "statements", "speakers"):
        key = asked(f"{base}/{table}.json?_shape=array&_size=1")[0][f"{table[:-1]}_id"]
        found |= {table: f"{base}/{table}", table[:-1]: f"{base}/{table}/{key}"}
    row = asked(f"{base}/provenance.json?_shape=array&_size=1")[0]
    return found | {"query": f"{base}/who-said-what", "asking": f"{base}/where-a-row-comes-from?row_id={row['row_id']}"}


# A scheme changes colours only, so that in the second one contrast is all that can differ.
AXE = """
only => axe.run({resultTypes: ['violations'], preload: false, selectors: false, ...(only && {runOnly: only})})
  .then(found => found.violations.map(each => each.id + ' ' + each.nodes.map(node => node.html)))
"""


def test_every_page_is_accessible_and_calls_no_other_host(browser: Any, address: str, addresses: dict[str, str]) -> None:
    context = browser.new_context()
    context.add_init_script((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    page = context.new_page()
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    found: dict[str, list[str]] = {}
    for name, where in addresses.items():
        page.goto(where)
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth") > width
            found[f"{name} at {width}"] = ["is wider than the window"] if wide else []
            for scheme, only in (("light", None), ("dark", ["color-contrast"])):
                page.emulate_media(color_scheme=scheme)
                found[f"{name} at {width} in {scheme}"] = page.evaluate(AXE, only)
    context.close()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert [url for url in asked_for if not url.startswith(f"{address}/")] == []


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_visitor_finds_a_figure_and_its_words(visitor: Callable[..., Any], address: str, script: bool) -> None:
    page = visitor(java_script_enabled=script, viewport={"width": 1280 if script else 375, "height": 900})
    page.goto(address)
    page.get_by_label("Search").fill("fish")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="up to 40 tonnes of fish a month").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Up to 40 tonnes of fish a month"
    page.get_by_role("link", name="Harbour seals return").first.click()
    assert page.url.split("#")[1].startswith("figure_")
    page.get_by_title("Figure: up to 40 tonnes of fish a month").click()
    assert "/figures/figure_" in page.url


def test_a_visitor_without_a_mouse_reaches_the_search_and_is_told_the_rule(visitor: Callable[..., Any], address: str) -> None:
    page = visitor()
    page.goto(f"{address}/seals/articles/seals")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    while page.evaluate("document.activeElement.id") != "site-q":
        page.keyboard.press("Tab")
    page.keyboard.type("seals")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=seals"))
    page.goto(f"{address}/seals/articles/seals")
    while page.evaluate("document.activeElement.className") != "figure":
        page.keyboard.press("Tab")
    told = page.evaluate("getComputedStyle(document.activeElement, '::after').content")
    assert "Figure: about 1,200 to 1,500 seals; rule figure.number" in told
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/figures/figure_"))


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_package_is_taken_home(visitor: Callable[..., Any], addresses: dict[str, str], seals: Package, script: bool) -> None:
    page = visitor(java_script_enabled=script)
    page.goto(addresses["package"])
    with page.expect_download() as download:
        page.get_by_role("link", name="data/figures.csv").click()
    assert Path(download.value.path()).read_bytes() == (seals.folder / "data/figures.csv").read_bytes()


@pytest.mark.parametrize(("style", "width"), [("APA", 1280), ("BibTeX", 375)])
def test_a_citation_is_copied_by_a_button(
    visitor: Callable[..., Any], addresses: dict[str, str], seals: Package, style: str, width: int
) -> None:
    page = visitor(permissions=["clipboard-read", "clipboard-write"], viewport={"width": width, "height": 900})
    page.goto(addresses["package"])
    page.get_by_role("button", name=f"Copy {style}").press("Enter")
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == citations(published(seals))[style]


def test_without_javascript_citations_stand_to_be_copied_by_hand(
    visitor: Callable[..., Any], addresses: dict[str, str], seals: Package
) -> None:
    page = visitor(java_script_enabled=False)
    page.goto(addresses["package"])
    assert page.get_by_role("button").all_inner_texts() == ["Find"]
    shown = page.locator("[data-copy]").all_text_contents()
    assert [words for words in citations(published(seals)).values() if words not in shown] == []


def test_the_screenshots_of_the_readme_are_taken_from_the_site(
    screenshot: Any, browser: Any, address: str, tmp_path: Path
) -> None:
    screenshot.photograph(browser, address, tmp_path)
    for name in ("article.png", "figure.png"):
        assert struct.unpack(">II", (tmp_path / name).read_bytes()[16:24]) == (1280, 900)


SCRIPT = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
OVERRIDE = "\u202eright to left"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose rows would run a script, lead to one, fill memory, and turn the writing round."""
    folder = tmp_path_factory.mktemp("hostile")
    package = write(folder / "seals")
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
    with answering(application([read_package(package.folder)], folder)) as found:
        yield found


def test_hostile_rows_are_words(visitor: Callable[..., Any], hostile: str) -> None:
    page = visitor()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Refused to" in message.text else None)
    page.on("dialog", lambda dialog: refused.append(dialog.message))
    row_pages = [
        f"/seals/{table}/{row[f'{table[:-1]}_id']}"
        for table in ("figures", "statements", "speakers")
        for row in asked(f"{hostile}/seals/{table}.json?_shape=array")
    ]
    tables = ("", "/statements", "/articles", "/articles/seals", "/figures", "/who-said-what")
    for path in ("/", *(f"/seals{table}" for table in tables), "/-/charts/seals", "/-/search?q=nets", *row_pages):
        page.goto(hostile + path)
        assert page.title() != "owned"
        links = page.eval_on_selector_all("a, img, iframe, form", "all => all.map(e => e.href || e.src || e.action || '')")
        assert [link for link in links if str(link).startswith("javascript:")] == []
        assert page.locator("img[src=x]").count() == 0
        assert len(page.content()) < 500_000
    page.goto(f"{hostile}/seals/statements")
    assert "<script>document.title" in page.inner_text("body")
    assert refused == []
