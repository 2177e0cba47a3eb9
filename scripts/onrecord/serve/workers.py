"""The server's processes: one, or several that share a socket and the databases."""

import json
import socket
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from onrecord.datapackage import read_package

INSPECTED = "inspected.json"
_LAST_ANSWERS_SECONDS = 3


def run(folders: Sequence[Path], databases: Sequence[Path], listener: socket.socket, workers: int, allow_sql: bool) -> None:
    """Answer on a socket until the process is told to stop.

    Args:
        folders: the packages' folders.
        databases: the files made of them, in the same order, beside a file `INSPECTED` with their counts and hashes.
        listener: the socket, bound already.
        workers: the number of processes.
        allow_sql: whether visitors may ask in SQL of their own.
    """
    make = partial(application, [str(path) for path in folders], [str(path) for path in databases], allow_sql)
    config = uvicorn.Config(
        make,
        factory=True,
        workers=workers,
        log_level="warning",
        lifespan="on",
        server_header=False,
        timeout_graceful_shutdown=_LAST_ANSWERS_SECONDS,
    )
    if workers == 1:
        uvicorn.Server(config).run(sockets=[listener])
    else:
        Multiprocess(config, sockets=[listener]).run()


def application(folders: Sequence[str], databases: Sequence[str], allow_sql: bool) -> Any:
    """The ASGI application, made anew in each process."""
    from onrecord.serve.app import application_for

    paths = [Path(path) for path in databases]
    inspected: Mapping[str, Any] = json.loads((paths[0].parent / INSPECTED).read_bytes())
    return application_for([read_package(Path(folder)) for folder in folders], paths, inspected, allow_sql)
