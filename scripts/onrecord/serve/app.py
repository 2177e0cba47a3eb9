"""Datasette on the databases of packages, and the server that runs it until somebody stops it."""

import errno
import re
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from onrecord.catalog import find_packages
from onrecord.datapackage import Package
from onrecord.errors import InputError, InvalidData, OutputError
from onrecord.paths import failure
from onrecord.serve import site
from onrecord.serve.database import build_database
from onrecord.serve.metadata import site_metadata
from onrecord.serve.site.published import attach

# Suggesting facets counts every column of a table on each visit. Visitors' SQL is on, as Datasette has it.
_SETTINGS: Mapping[str, Any] = MappingProxyType(
    {
        "suggest_facets": False,
        "default_facet_size": 10,
        "default_page_size": 50,
        "max_returned_rows": 1000,
        "sql_time_limit_ms": 1000,
        "allow_download": True,
    }
)

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")  # a file's name and a part of an address; "-" and "_" begin Datasette's own
_LAST_ANSWERS_SECONDS = 3


def datasette_for(packages: Sequence[Package], databases: Sequence[Path]) -> Datasette:
    """Datasette with onrecord's site on it.

    Args:
        packages: the packages to describe.
        databases: the files that `build_database` made of them, each named like its package.
    """
    if not pm.is_registered(site):
        pm.register(site, site.__name__)
    immutables = [str(database) for database in databases]
    datasette = Datasette(immutables=immutables, metadata=site_metadata(packages), settings=dict(_SETTINGS))
    attach(datasette, packages)
    return datasette


def serve(paths: Sequence[Path], host: str, port: int) -> None:
    """Serve packages until Ctrl-C or SIGTERM.

    Args:
        paths: packages, or folders of them.
        host: the address to listen on.
        port: the port to listen on; 0 takes a free one.

    Raises:
        InputError: there is no package, two have one name, or the port or the address cannot be had.
        InvalidData: a package is broken.
        OutputError: the temporary databases cannot be written.
    """
    packages = _find_all(paths)
    with (
        suppress(KeyboardInterrupt),
        _sigterm_interrupts(),
        _listening(host, port) as listener,
        _temporary_folder() as folder,
    ):
        databases = [folder / f"{package.name}.db" for package in packages]
        for package, database in zip(packages, databases, strict=True):
            build_database(package, database)
        application = datasette_for(packages, databases).app()
        _announce(packages, host, listener.getsockname()[1])
        config = uvicorn.Config(
            application, log_level="warning", lifespan="on", timeout_graceful_shutdown=_LAST_ANSWERS_SECONDS
        )
        uvicorn.Server(config).run(sockets=[listener])


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
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that is bound before anything else is done, so that a port in use is told at once."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError, UnicodeError) as error:  # in use, out of range, no name of a host
        raise InputError(_no_listener(host, port, error)) from error
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
