"""The site over HTTP: as the process of `onrecord serve`, or, for tests of something else, in a thread of the test's own."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import uvicorn

DEADLINE_SECONDS = 60


@contextmanager
def started(folder: Path, temporary: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a free port, with the address that it says it listens at."""
    temporary.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "onrecord", "serve", str(folder), "--port", "0", *options]
    environment = os.environ | {"TMPDIR": str(temporary), "PYTHONPATH": os.pathsep.join(sys.path)}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, start_new_session=True, **pipes) as process:
        deadline = threading.Timer(DEADLINE_SECONDS, _kill, [process])
        deadline.start()
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert " at http://127.0.0.1:" in line, process.communicate()
            yield process, line.split(" at ")[1].split()[0]
        finally:
            deadline.cancel()
            _kill(process)


def _kill(process: subprocess.Popen[str]) -> None:
    """End a server with its workers, which would keep its pipes open."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def answering(app: Any) -> Iterator[str]:
    """The address at which an ASGI application answers as long as the block runs."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on", timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def asked(address: str) -> list[dict[str, Any]]:
    """The rows that an address gives as JSON."""
    with urlopen(address, timeout=DEADLINE_SECONDS) as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found
