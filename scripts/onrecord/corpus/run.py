"""Batches go to an executor and come back, a few at a time, and a worker that dies takes only its own article with it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import AbstractContextManager
from itertools import chain

from onrecord.corpus.batch import Batch, extract_batch
from onrecord.corpus.engines import died
from onrecord.corpus.inputs import Keyed
from onrecord.tabulate import columns

Open = Callable[[], AbstractContextManager[Executor]]
Keep = Callable[[Sequence[Keyed], Batch], None]

_DIED = "expected to extract the article, but the process that did was killed, twice; it may need more memory than there is"


def work(batches: Iterable[list[Keyed]], open_executor: Open, window: int, keep: Keep) -> None:
    """Extract batches.

    Args:
        batches: read only as far as there is work to give out.
        open_executor: gives a new executor; called again when the last one broke.
        window: how many batches are given out at once.
        keep: takes a batch and what it gave, as soon as it is there, in any order.
    """
    left = iter(batches)
    lost: list[list[Keyed]] = []
    while (first := next(left, None)) is not None or lost:
        left = left if first is None else chain([first], left)
        _alone([keyed for batch in lost for keyed in batch], open_executor, keep)
        with open_executor() as executor:
            lost = _drain(executor, left, window, keep)


def _drain(executor: Executor, batches: Iterator[list[Keyed]], window: int, keep: Keep) -> list[list[Keyed]]:
    """Work until there are no batches any more, or the executor breaks; gives those that were in flight then."""
    flying: dict[Future[Batch], list[Keyed]] = {}
    lost: list[list[Keyed]] = []
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


def _collect(flying: dict[Future[Batch], list[Keyed]], keep: Keep) -> list[list[Keyed]]:
    lost = []
    for future in wait(flying, return_when=FIRST_COMPLETED).done if flying else ():
        batch = flying.pop(future)
        try:
            keep(batch, future.result())
        except died():
            lost.append(batch)
    return lost


def _alone(articles: list[Keyed], open_executor: Open, keep: Keep) -> None:
    """Each article by itself, with no other in flight; one whose worker is killed again is refused."""
    while articles:
        with open_executor() as executor:
            articles = _one_by_one(executor, articles, keep)


def _one_by_one(executor: Executor, articles: list[Keyed], keep: Keep) -> list[Keyed]:
    """Work until the executor breaks; gives the articles behind the one that broke it."""
    for number, keyed in enumerate(articles, 1):
        try:
            result = _submit(executor, [keyed]).result()
        except died():
            keep([keyed], Batch(columns(()), ((keyed.article.article_id, _DIED),)))
            return articles[number:]
        keep([keyed], result)
    return []


def _submit(executor: Executor, batch: list[Keyed]) -> Future[Batch]:
    return executor.submit(extract_batch, [keyed.article for keyed in batch])
