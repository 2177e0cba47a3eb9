"""Releases that kill themselves (SIGKILL) at one step after the other, a process each.

python killer.py BEFORE COLLECTION KEY WORK: BEFORE is a catalog before the release, KEY signs it, WORK is a folder to work in.
Prints a JSON object a step: what the process was about to do, what is wrong with the catalog it left, and what is wrong after
the next run.

What changes no file is done once: a first run, with the real gate, tells the steps, and has to tell the same without it; one
process dies as the real gate ends, the others without waiting for it. This process imports everything and computes nothing,
so that its forks start at once and hold no threads.
"""

import json
import os
import pickle
import re
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dying import in_child

import onrecord.extract.units
import onrecord.pipeline
import onrecord.tabulate
import onrecord.validate
import onrecord.verify  # noqa: F401  all that a release imports when it needs it
from onrecord import publish
from onrecord.assemble import assemble
from onrecord.catalog import parse_catalog, parse_index
from onrecord.datapackage import read_package
from onrecord.hashing import sha256_file
from onrecord.verify import check_files

CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir"}
GATE = publish.gated


def use_gate(gate: Callable[..., object]) -> None:
    """Have all runs from here on pass this gate."""
    vars(publish)["gated"] = gate


def open_gate(*_: object) -> tuple[()]:
    return ()


def deadly_gate(*arguments: Path) -> None:
    """The real gate, and the end."""
    assert GATE(*arguments) == ()
    os.kill(os.getpid(), signal.SIGKILL)


def released(collection: Path, catalog: Path, key: Path, stop: int | None = None) -> list[str]:
    """Release, noting each change to the catalog's files that is about to happen; at number `stop` the process dies."""
    steps: list[str] = []

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        signs = event == "subprocess.Popen"
        path = str(arguments[1][-1] if signs else arguments[0]) if arguments else ""
        if (event in CHANGES or writes or signs) and str(catalog) in path:
            if len(steps) == stop:
                os.kill(os.getpid(), signal.SIGKILL)
            steps.append(f"{event} {path.removeprefix(str(catalog))}")

    sys.addaudithook(watch)
    publish.release(collection, catalog, key=key)
    return steps


def wrong(catalog: Path) -> list[str]:
    """What a reader of the catalog would find that is not whole."""
    found = []
    file = catalog / "catalog.json"
    for listing in parse_catalog(file.read_bytes(), "catalog.json").packages if file.exists() else ():
        index = parse_index((catalog / listing.path).read_bytes(), listing.path)
        if index.release(str(listing.version)) is None:
            found.append(f"{listing.version} is in no index")
    for path in catalog.glob("*/index.json"):
        for release in parse_index(path.read_bytes(), str(path)).versions:
            folder = path.parent / release.version
            found += map(str, check_files(read_package(folder)))
            if sha256_file(folder / "SHA256SUMS") != release.manifest_sha256:
                found.append(f"{folder}: another manifest")
    return found


def content(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): sha256_file(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def again(collection: Path, catalog: Path, key: Path, expected: dict[str, str]) -> list[str]:
    """What the next run leaves that an undisturbed one would not."""
    publish.release(collection, catalog, key=key)
    found = content(catalog)
    return [name for name in sorted(found.keys() | expected.keys()) if found.get(name) != expected.get(name)]


def nameless(steps: list[str]) -> list[str]:
    """Steps without what chance gives to the names of temporary files."""
    return [re.sub(r"(\.release-harbour-|\.package\.|json(ld)?\.)\w+", r"\1", step) for step in steps]


def telling(steps: list[str]) -> list[int]:
    """The steps to die at: all but making and writing one staged file after the other, of which the first and last will do."""
    staged = [number for number, step in enumerate(steps) if ".release-" in step and step.startswith(("open", "os.mkdir"))]
    cleared = [
        number for number, step in enumerate(steps) if ".release-" in step and step.startswith(("os.remove", "os.rmdir"))
    ]
    repeated = [number for number, step in enumerate(steps) if step in steps[:number]]  # a folder that is there already
    return sorted({*range(len(steps))} - {*staged[1:-1]} - {*cleared[1:-1]} - {*repeated})


def main() -> None:
    before, collection, key, work = (Path(argument).resolve() for argument in sys.argv[1:])
    answer = work / "answer.json"

    def ask(task: Callable[[], object]) -> Any:
        assert in_child(lambda: answer.write_text(json.dumps(task()), "utf-8")) == 0, "a run that nobody disturbed failed"
        return json.loads(answer.read_text("utf-8"))

    def copied(name: object) -> Path:
        return Path(shutil.copytree(before, work / f"catalog-{name}"))

    def die(step: str, stop: int | None = None) -> None:
        catalog = copied(stop)
        status = in_child(lambda: released(collection, catalog, key, stop))
        use_gate(open_gate)
        left = wrong(catalog)
        told = {"step": step, "killed": status == -signal.SIGKILL, "left": left}
        told["after"] = ask(lambda: again(collection, catalog, key, expected))
        print(json.dumps(told), flush=True)  # noqa: T201

    tables = work / "tables.pickle"
    ask(lambda: tables.write_bytes(pickle.dumps(assemble(collection))))
    vars(publish)["assemble"] = lambda *_: pickle.loads(tables.read_bytes())
    whole = copied("undisturbed")
    steps = ask(lambda: released(collection, whole, key))
    expected = content(whole)
    use_gate(open_gate)
    ungated = copied("ungated")
    assert nameless(ask(lambda: released(collection, ungated, key))) == nameless(steps), "the gate changes files"
    use_gate(deadly_gate)
    die("the gate's end")
    for number in telling(steps):
        die(steps[number], number)


if __name__ == "__main__":
    main()
