"""The server's processes: one, or several that share a socket."""

import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

_LAST_ANSWERS_SECONDS = 3
_SIGN_OF_LIFE_SECONDS = 60  # a worker on a busy machine takes its time to start, and is not to be started anew for that


def run(make: Callable[[], Any], listener: socket.socket, workers: int) -> None:
    """Answer on a socket until the process is told to stop.

    Args:
        make: makes the ASGI application, anew in each process; with several it must pickle.
        listener: the socket, bound already.
        workers: the number of processes.
    """
    config = uvicorn.Config(
        make,
        factory=True,
        workers=workers,
        log_level="warning",
        lifespan="on",
        server_header=False,
        timeout_graceful_shutdown=_LAST_ANSWERS_SECONDS,
        timeout_worker_healthcheck=_SIGN_OF_LIFE_SECONDS,
    )
    if workers == 1:
        uvicorn.Server(config).run(sockets=[listener])
    else:
        Multiprocess(config, sockets=[listener]).run()
