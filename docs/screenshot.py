"""Take the README's screenshots from the real site: an article in its marked words, and a figure with the words behind it.

python docs/screenshot.py PACKAGE_OR_CATALOG [--out docs]    needs Chromium (Debian: apt-get install chromium)
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT = 1280, 900

# Without these a browser of today asks hosts of its maker's as soon as it starts.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def served(package: Path) -> Iterator[str]:
    """The address of a server for the package, as long as the block runs."""
    command = [sys.executable, "-m", "onrecord", "serve", str(package), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if " at http://" not in line:
                sys.exit("docs/screenshot.py: the server did not start")
            yield line.split(" at ")[1].split()[0]
        finally:
            process.terminate()


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser, as long as the block runs."""
    found = shutil.which("chromium")
    if found is None:
        sys.exit("docs/screenshot.py: expected Chromium, found none; install it (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


def pages(address: str) -> dict[str, str]:
    """The pages to show, by name: the figure that most is known of, the first with somebody who gives it, and its article."""
    with urlopen(f"{address}/.json") as answer:
        base = f"{address}/{quote(next(iter(json.load(answer))))}"
    with urlopen(f"{base}/figures.json?_shape=array&_sort_desc=speaker_id&_size=1") as answer:
        figure = json.load(answer)[0]
    return {"article": f"{base}/articles/{figure['article_id']}", "figure": f"{base}/figures/{figure['figure_id']}"}


def photograph(browser: Any, address: str, out: Path) -> None:
    """Write what a browser shows of the pages."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
    for name, url in pages(address).items():
        page.goto(url)
        page.screenshot(path=out / f"{name}.png")
    page.close()


def main() -> None:
    """Serve the package, photograph the pages, stop."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path)
    parser.add_argument("--out", type=Path, default=HERE, help="the folder for article.png and figure.png")
    arguments = parser.parse_args()
    with served(arguments.package) as address, chromium() as browser:
        photograph(browser, address, arguments.out)


if __name__ == "__main__":
    main()
