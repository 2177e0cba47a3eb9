"""The import rules of the package, the size of its modules and functions, and proof that breaking a rule is seen.

A module belongs to the layer that names it, a folder with all that is in it; whoever adds one places it here.
"""

import ast
import statistics
import tomllib
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "scripts"
PACKAGE = "onrecord"

LAYERS = {
    "leaf": {"errors", "paths", "hashing", "memory", "records", "wording"},
    "base": {"settings", "schemas", "provenance"},
    "published": {"datapackage", "cells", "citation"},
    "stage": {"source", "extract", "tabulate", "review", "validate", "package", "verify"},
    "distribution": {"catalog", "diff", "release", "store", "pull", "dataset", "serve"},
    "driver": {"assemble", "pipeline", "reviewing", "publish", "bucket", "corpus", "terminal", "cli", "__main__"},
}
MAY_IMPORT: dict[str, set[str]] = {
    "leaf": set(),  # but errors, so that every module can say what is wrong
    "base": {"leaf"},
    "published": {"leaf", "base"},
    "stage": {"leaf", "base", "published"},
    "distribution": {"leaf", "base", "published", "stage", "distribution"},
    "driver": {"leaf", "base", "published", "stage", "distribution", "driver"},
}
ONLY_IN = {"typer": "cli", "datasette": "serve", "dask": "corpus", "distributed": "corpus"}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc"}
MODULE_LINES = 300
FUNCTION_LINES = 60

Graph = Mapping[str, set[str]]
"""Each module's dotted name with the dotted names that it imports, ours and others'."""


def module_name(file: Path, source: Path) -> str:
    parts = file.relative_to(source).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(tree: ast.Module, module: str, is_package: bool) -> Iterator[tuple[str, str | None]]:
    """Each import as (module, name taken from it), relative ones made absolute; those inside functions count too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: len(module.split(".")) - node.level + is_package] if node.level else []
            target = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((target, alias.name) for alias in node.names)


def at_once(tree: ast.Module) -> ast.Module:
    """What the package's own module does when it is imported: its functions, and what is for types only, are for later."""
    later = (ast.FunctionDef, ast.If)
    return ast.Module([node for node in tree.body if not isinstance(node, later)], [])


def import_graph(source: Path) -> dict[str, set[str]]:
    """Every module below `source` with what it imports; `from x import y` leads to x.y where that is a module of ours.

    Of the package's own module, which everybody imports, only what it imports at once.
    """
    files = {module_name(file, source): file for file in sorted(source.rglob("*.py"))}
    graph: dict[str, set[str]] = {}
    for module, file in files.items():
        tree = ast.parse(file.read_text("utf-8"))
        found = imported_names(at_once(tree) if module == PACKAGE else tree, module, file.name == "__init__.py")
        graph[module] = {f"{target}.{name}" if f"{target}.{name}" in files else target for target, name in found}
    return graph


def unit(module: str) -> str:
    """The module or folder right below the package: what the layers name. The package itself is ''."""
    return module.split(".")[1] if "." in module else ""


def layer_of(module: str) -> str | None:
    return next((layer for layer, units in LAYERS.items() if unit(module) in units), None)


def ours(graph: Graph, module: str) -> set[str]:
    return {name for name in graph[module] if name in graph}


def unplaced(graph: Graph) -> Iterator[str]:
    for module in graph:
        if NAMELESS & set(module.split(".")):
            yield f"{module}: a name that says nothing; name it after what it does"
        elif unit(module) and layer_of(module) is None:
            yield f"{module}: in no layer; place it in LAYERS of tests/test_architecture.py"


def crossed_layers(graph: Graph) -> Iterator[str]:
    for module in graph:
        layer = layer_of(module)
        for other in sorted(ours(graph, module)):
            if unit(other) in {unit(module), "", "errors"} or layer_of(other) in MAY_IMPORT.get(layer or "", set(LAYERS)):
                continue
            yield f"{module} ({layer}): imports {other} ({layer_of(other)})"


def root_imports(graph: Graph) -> Iterator[str]:
    """The package's own module is what everybody imports, so it loads nothing that needs a stage before it is asked to."""
    for other in sorted(ours(graph, PACKAGE)) if PACKAGE in graph else ():
        if layer_of(other) not in {"leaf", "base"}:
            yield f"{PACKAGE}: imports {other} ({layer_of(other)})"


def reachable(graph: Graph, start: str) -> set[str]:
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        fresh = ours(graph, ahead.pop()) - seen
        seen |= fresh
        ahead += fresh
    return seen


def distribution_that_extracts(graph: Graph) -> Iterator[str]:
    for module in graph:
        if layer_of(module) == "distribution" and any(unit(other) == "extract" for other in reachable(graph, module)):
            yield f"{module} (distribution): reaches extract; it sees published packages only"


def strayed_libraries(graph: Graph) -> Iterator[str]:
    for module, imports in graph.items():
        for library in sorted({name.split(".")[0] for name in imports} & ONLY_IN.keys()):
            if unit(module) != ONLY_IN[library]:
                yield f"{module}: imports {library}, which only {ONLY_IN[library]} may"


def cycles(graph: Graph) -> Iterator[str]:
    try:
        TopologicalSorter({module: sorted(ours(graph, module)) for module in graph}).prepare()
    except CycleError as error:
        yield f"import cycle: {' <- '.join(error.args[1])}"


def broken_rules(source: Path) -> list[str]:
    """All that is wrong with the imports and names of the modules below `source`, one line each."""
    graph = import_graph(source)
    rules = (unplaced, crossed_layers, root_imports, distribution_that_extracts, strayed_libraries, cycles)
    return [line for rule in rules for line in rule(graph)]


def module_sizes(source: Path) -> dict[str, int]:
    return {module_name(file, source): len(file.read_text("utf-8").splitlines()) for file in source.rglob("*.py")}


def function_sizes(source: Path) -> dict[str, int]:
    """Lines of every function from its `def` to its end, by module and name."""
    return {
        f"{module_name(file, source)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for file in source.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def oversize(sizes: Mapping[str, int], limit: int, what: str) -> list[str]:
    """Those above the limit, and behind them how large the others are."""
    large = [f"{name}: {lines} lines, at most {limit} wanted" for name, lines in sorted(sizes.items()) if lines > limit]
    return large and [*large, f"(median of all {len(sizes)} {what}: {statistics.median(sizes.values()):g} lines)"]


def write_tree(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        file = folder / PACKAGE / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


CASES = tomllib.loads((HERE / "cases" / "architecture.toml").read_text("utf-8"))["case"]


def test_the_package_keeps_its_import_rules() -> None:
    assert not broken_rules(SOURCE)


def test_no_module_outgrows_one_sitting() -> None:
    assert not oversize(module_sizes(SOURCE), MODULE_LINES, "modules")


def test_no_function_outgrows_one_screen() -> None:
    assert not oversize(function_sizes(SOURCE), FUNCTION_LINES, "functions")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_broken_import_rule_is_named(case: dict[str, object], tmp_path: Path) -> None:
    files, error = case["files"], case.get("error")
    assert isinstance(files, dict)
    assert broken_rules(write_tree(tmp_path, files)) == ([error] if error else [])


def test_a_large_module_and_a_long_function_are_named(tmp_path: Path) -> None:
    long = "def f() -> None:\n" + "    print()\n" * FUNCTION_LINES
    source = write_tree(tmp_path, {"paths.py": long + "\n" * MODULE_LINES, "errors.py": "def g() -> None: ...\n"})
    assert oversize(module_sizes(source), MODULE_LINES, "modules") == [
        "onrecord.paths: 361 lines, at most 300 wanted",
        "(median of all 2 modules: 181 lines)",
    ]
    assert oversize(function_sizes(source), FUNCTION_LINES, "functions") == [
        "onrecord.paths:1 f: 61 lines, at most 60 wanted",
        "(median of all 2 functions: 31 lines)",
    ]
