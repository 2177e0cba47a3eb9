"""Batches go to an executor and come back, a few at a time, and a worker that dies takes only its own article with it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import chain

from onrecord.corpus.batch import Batch, extract_batch
from onrecord.corpus.engines import Crew, Engine, died
from onrecord.corpus.inputs import Waiting

Keep = Callable[[Sequence[Waiting], Batch], None]

_DIED = "expected to extract the article, but the process that did was killed, twice; it may need more memory than there is"


def work(batches: Iterable[list[Waiting]], crew: Crew, engine: Engine, window: int, keep: Keep) -> None:
    """Extract batches.

    Args:
        batches: read only as far as there is work to give out.
        crew: gives executors; asked for a new one when the last one broke.
        engine: what kind of executor.
        window: how many batches are given out at once.
        keep: takes a batch and what it gave, as soon as it is there, in any order.
    """
    left = iter(batches)
    lost: list[list[Waiting]] = []
    while (first := next(left, None)) is not None or lost:
        left = left if first is None else chain([first], left)
        _alone([each for batch in lost for each in batch], crew, engine, keep)
        lost = _drain(crew.take(engine), left, window, keep)
        if lost:
            crew.dismiss(engine)


def _drain(executor: Executor, batches: Iterator[list[Waiting]], window: int, keep: Keep) -> list[list[Waiting]]:
    """Work until there are no batches any more, or the executor breaks; gives those that were in flight then."""
    flying: dict[Future[Batch], list[Waiting]] = {}
    lost: list[list[Waiting]] = []
    for batch in batches:
        try:
            flying[_submit(executor, batch)] = batch
        except died():
            lost.append(batch)
        if lost or len(flying) >= window:
            lost += _collect(flying, keep)
        if lost:
            break
    while flying:
        lost += _collect(flying, keep)
    return lost


def _collect(flying: dict[Future[Batch], list[Waiting]], keep: Keep) -> list[list[Waiting]]:
    lost = []
    for future in wait(flying, return_when=FIRST_COMPLETED).done if flying else ():
        batch = flying.pop(future)
        try:
            keep(batch, future.result())
        except died():
            lost.append(batch)
    return lost


def _alone(articles: list[Waiting], crew: Crew, engine: Engine, keep: Keep) -> None:
    """Each article by itself, with no other in flight; one whose worker is killed again is refused."""
    for each in articles:
        try:
            result = _submit(crew.take(engine), [each]).result()
        except died():
            crew.dismiss(engine)
            result = Batch(refused=((each.article_id, _DIED),))
        keep([each], result)


def _submit(executor: Executor, batch: list[Waiting]) -> Future[Batch]:
    return executor.submit(extract_batch, batch)
