"""Where batches are worked on: in this process, in a pool of processes, or on a Dask cluster. All are executors."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from enum import StrEnum
from multiprocessing import get_context
from typing import Any

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
    """A pool of processes; spawned, since a fork would copy the locks of polars' threads as they are."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


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
