"""Datasette on the databases of packages, and the server that runs it until somebody stops it."""

import errno
import json
import re
import signal
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from datasette.app import Datasette
from datasette.plugins import pm

from onrecord.catalog import find_packages
from onrecord.datapackage import Package, read_package
from onrecord.errors import InputError, InvalidData, OutputError
from onrecord.hashing import sha256_file
from onrecord.paths import failure
from onrecord.serve import feeds, guard, machine, site, tables_as_csv
from onrecord.serve.answers import Answers
from onrecord.serve.database import build_database
from onrecord.serve.frozen import FrozenDatasette
from onrecord.serve.guard import Application, Guard
from onrecord.serve.metadata import site_metadata
from onrecord.serve.site.published import attach
from onrecord.serve.workers import run

# Suggesting facets counts every column of a table on each visit; visitors' SQL can stop a server.
_SETTINGS: Mapping[str, Any] = MappingProxyType(
    {
        "suggest_facets": False,
        "default_allow_sql": False,
        "default_facet_size": 10,
        "default_page_size": 50,
        "max_returned_rows": 1000,
        "sql_time_limit_ms": 1000,
        "allow_download": True,
    }
)
_PLUGINS = (guard, machine, feeds, tables_as_csv, site)
_NOISY_PLUGIN = "datasette.handle_exception"  # prints every local variable for every address that is not there

INSPECTED = "inspected.json"  # beside the databases: their counts and hashes
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")  # a file's name and a part of an address; "-" and "_" begin Datasette's own


def datasette_for(
    packages: Sequence[Package], databases: Sequence[Path], inspected: Mapping[str, Any] | None = None, allow_sql: bool = False
) -> Datasette:
    """Datasette with onrecord's site on it.

    Args:
        packages: the packages to describe.
        databases: the files that `build_database` made of them, each named like its package.
        inspected: what `inspect_databases` found in them; looked up anew if not given.
        allow_sql: whether visitors may ask in SQL of their own.
    """
    for plugin in _PLUGINS:
        if not pm.is_registered(plugin):
            pm.register(plugin, plugin.__name__)
    if pm.has_plugin(_NOISY_PLUGIN):
        pm.unregister(name=_NOISY_PLUGIN)
    found = inspect_databases(databases) if inspected is None else inspected
    settings = {**_SETTINGS, "default_allow_sql": allow_sql}
    datasette = FrozenDatasette(databases, found, metadata=site_metadata(packages), settings=settings)
    attach(datasette, packages)
    return datasette


def application_for(
    packages: Sequence[Package], databases: Sequence[Path], inspected: Mapping[str, Any] | None = None, allow_sql: bool = False
) -> Application:
    """The site as an ASGI application: Datasette behind the guard, its answers completed and kept; arguments as above."""
    application = Guard(datasette_for(packages, databases, inspected, allow_sql).app())
    return Answers(application, packages, f"allow_sql={allow_sql}", machine.alternates)


def application_in(folders: Sequence[Path], databases: Sequence[Path], allow_sql: bool) -> Application:
    """The site in a process of its own, from the packages' folders and from what `serve` has made of them."""
    inspected = json.loads((databases[0].parent / INSPECTED).read_bytes())
    return application_for([read_package(folder) for folder in folders], databases, inspected, allow_sql)


def inspect_databases(databases: Sequence[Path]) -> dict[str, Any]:
    """Each database's hash, size and rows a table, so that nothing is counted while visitors wait."""
    return {path.stem: _inspected(path) for path in databases}


def _inspected(path: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as database:
        names = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        counts = {name: {"count": database.execute(f'select count(*) from "{name}"').fetchone()[0]} for name in names}
    return {"hash": sha256_file(path), "size": path.stat().st_size, "file": path.name, "tables": counts}


def serve(paths: Sequence[Path], host: str, port: int, workers: int = 1, allow_sql: bool = False) -> None:
    """Serve packages until Ctrl-C or SIGTERM.

    Args:
        paths: packages, or folders of them.
        host: the address to listen on.
        port: the port to listen on; 0 takes a free one.
        workers: processes that answer; they share the databases.
        allow_sql: whether visitors may ask in SQL of their own, behind limits.

    Raises:
        InputError: there is no package, two have one name, or the port or the address cannot be had.
        InvalidData: a package is broken.
        OutputError: the temporary databases cannot be written.
    """
    packages = _find_all(paths)
    with (
        suppress(KeyboardInterrupt),
        _sigterm_interrupts(),
        listening(host, port) as listener,
        _temporary_folder() as folder,
    ):
        databases = [folder / f"{package.name}.db" for package in packages]
        for package, database in zip(packages, databases, strict=True):
            build_database(package, database)
        (folder / INSPECTED).write_text(json.dumps(inspect_databases(databases)))
        _announce(packages, host, listener.getsockname()[1])
        folders = [package.folder.resolve() for package in packages]
        run(partial(application_in, folders, databases, allow_sql), listener, workers)


def _find_all(paths: Sequence[Path]) -> list[Package]:
    packages: dict[str, Package] = {}
    for package in (package for path in paths for package in find_packages(path)):
        if not _NAME.fullmatch(package.name):
            raise InvalidData(
                f"expected a package's name in lower-case letters, digits, '.', '_' and '-', found {package.name!r} "
                f"at {package.folder}; rename it"
            )
        other = packages.setdefault(package.name, package)
        if other.folder.resolve() != package.folder.resolve():
            raise InputError(
                f"expected packages of different names, found {package.name} at {other.folder} and at {package.folder}; "
                "serve one of them"
            )
    return list(packages.values())


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that is bound before anything else is done, so that a port in use is told at once."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError, UnicodeError) as error:  # in use, out of range, no name of a host
        raise InputError(_no_listener(host, port, error)) from error
    # Inherited by each connection: head and body of an answer go out at once, not 40 ms apart. asyncio would do it, but for
    # sockets with a protocol's number only, which this has not.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with listener:
        yield listener


def _no_listener(host: str, port: int, error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        advice = "choose another with --port (make serve PORT=...)"
        return f"expected a free port at {host}, found {port} in use; {advice}"
    reason = failure(error) if isinstance(error, OSError) else str(error)
    return f"expected to listen on {host}, port {port}, but: {reason}; choose others with --host and --port"


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    try:
        folder = tempfile.TemporaryDirectory(prefix="onrecord-")
    except OSError as error:
        raise OutputError(f"expected a folder for temporary files, but: {failure(error)}; set TMPDIR to one") from error
    with folder as name:
        yield Path(name)


@contextmanager
def _sigterm_interrupts() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does: by KeyboardInterrupt, with everything tidied up."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _announce(packages: Sequence[Package], host: str, port: int) -> None:
    names = ", ".join(f"{package.name} {package.version or ''}".strip() for package in packages)
    address = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"onrecord: serving {names} at http://{address}:{port} (Ctrl-C to stop)\n")
    sys.stdout.flush()
