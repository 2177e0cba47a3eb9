"""Where batches are worked on: in this process, in a pool of processes, or on a Dask cluster. All are executors."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from multiprocessing import forkserver, get_all_start_methods, get_context, parent_process
from multiprocessing.connection import wait
from typing import Any, Self

from onrecord.errors import InputError


class Engine(StrEnum):
    """What works on batches."""

    here = "here"
    pool = "pool"
    dask = "dask"


class InProcess(Executor):
    """Does the work at once, in this process.

    >>> InProcess().submit(len, "abc").result()
    3
    """

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def pool(workers: int) -> Executor:
    """A pool of processes; none is a fork of this one, which would copy the locks of polars' threads as they are.

    Where the system can, they are forks of one that has only loaded what they need, which it begins at once: by the time that
    there is work, it has.
    """
    method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    context = get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["onrecord.corpus.preload"])
        forkserver.ensure_running()
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


def _begin() -> None:
    """A worker has one core, on which polars shall not set up threads of its own, and ends when the build is killed."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    threading.Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def _end_with(parent: Any) -> None:
    wait([parent.sentinel])
    os._exit(1)


class Crew:
    """The executors of a build, each opened when it is first asked for and kept until it breaks or the build ends."""

    def __init__(self, workers: int, scheduler: str | None = None) -> None:
        """Opens nothing yet; the arguments are those of `executor`."""
        self._workers, self._scheduler = workers, scheduler
        self._open: dict[Engine, tuple[ExitStack, Executor]] = {}

    def take(self, engine: Engine) -> Executor:
        """The executor of an engine."""
        if engine not in self._open:
            stack = ExitStack()
            self._open[engine] = stack, stack.enter_context(executor(engine, self._workers, self._scheduler))
        return self._open[engine][1]

    def dismiss(self, engine: Engine) -> None:
        """Shut an executor down, so that the next one is new."""
        if engine in self._open:
            self._open.pop(engine)[0].close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for engine in list(self._open):
            self.dismiss(engine)


@contextmanager
def executor(engine: Engine, workers: int, scheduler: str | None = None) -> Iterator[Executor]:
    """An executor, shut down at the end of the block.

    Args:
        engine: which one.
        workers: the number of processes of a pool.
        scheduler: the address of a Dask scheduler.

    Raises:
        InputError: Dask is not installed, or its scheduler was not named or does not answer.
    """
    if engine is Engine.dask:
        with _client(scheduler) as client:
            yield client.get_executor(pure=False)
    elif engine is Engine.pool:
        with pool(workers) as processes:
            yield processes
    else:
        yield InProcess()


def _client(scheduler: str | None) -> Any:
    if not scheduler:
        raise InputError("expected the address of a Dask scheduler, found none; give --scheduler tcp://HOST:8786")
    try:
        from distributed import Client
    except ImportError:
        raise InputError("expected Dask for --engine dask, found it not installed; pip install 'onrecord[dask]'") from None
    try:
        return Client(scheduler, timeout=10)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise InputError(f"expected a Dask scheduler at {scheduler}, but: {error}; check the address") from None


def died() -> tuple[type[BaseException], ...]:
    """What executors raise where a worker was killed."""
    dask = sys.modules.get("distributed")  # where it was not loaded, it raises nothing
    return (BrokenExecutor, dask.scheduler.KilledWorker) if dask else (BrokenExecutor,)
