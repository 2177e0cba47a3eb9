"""`onrecord.lock`: which version of each package a project uses, from where, and the digest that pins its bytes.

TOML, a table a package, sorted by name, a key a line: a change of one package touches its own lines only, so that git merges
two branches that changed different ones.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from onrecord.catalog import Digest
from onrecord.errors import InputError
from onrecord.paths import failure, write_whole
from onrecord.settings import Name, Text, Version, check

LOCK = "onrecord.lock"
_HEAD = "# Written by onrecord pull. Keep it with your work: with it, everybody pulls the same bytes.\n"


@dataclass(frozen=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Locked:
    """A package as the lock has it."""

    name: Name
    version: Version
    catalog: Text
    manifest_sha256: Digest


def read_lock(path: Path) -> Mapping[str, Locked]:
    """The packages of a lock file by name; none where there is no file.

    Raises:
        InputError: it is not what `onrecord pull` writes.

    >>> read_lock(Path("nowhere.lock"))
    {}
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InputError(f"expected to read {path}, but: {failure(error)}; allow it") from error
    except ValueError as error:  # TOML or UTF-8
        raise InputError(
            f"expected TOML in {path}, but: {error}; settle it by hand or delete the file and pull again"
        ) from error
    if odd := next((name for name, table in tables.items() if not isinstance(table, dict)), None):
        raise InputError(f"expected a table for each package in {path}, found {odd!r}; delete the file and pull again")
    return {name: check(Locked, {"name": name} | table, f"{path}, package {name}") for name, table in tables.items()}


def write_lock(path: Path, packages: Iterable[Locked]) -> None:
    """Write a lock file whole.

    Raises:
        OutputError: it cannot be written.
    """
    tables = [_table(package) for package in sorted(packages, key=lambda each: each.name)]
    write_whole(path, "\n".join([_HEAD, *tables]).encode())


def _table(package: Locked) -> str:
    keys = ("version", "catalog", "manifest_sha256")
    # A TOML string may hold what a JSON string may.
    lines = [f"{key} = {json.dumps(getattr(package, key), ensure_ascii=False)}\n" for key in keys]
    return f"[{json.dumps(package.name)}]\n{''.join(lines)}"
