"""What the build reads, an article at a time, and the partition that an article belongs to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.records import Article

BATCH = 256  # articles; long enough that what each batch costs beside extraction (its checks, its file) is little
_BATCH_CHARACTERS = 1_000_000
_HELD_CHARACTERS = 64_000_000  # of articles that wait until their batch is full; bounds the memory


@dataclass(frozen=True, slots=True)
class Keyed:
    """An article that is to be extracted, with the key of the manifest."""

    article: Article
    key: str


def partition_of(article: Article) -> str:
    """The month in which an article was published.

    >>> from datetime import date
    >>> partition_of(Article("a-1", "Ten cats.", (), published_on=date(2022, 1, 26)))
    '2022-01'
    """
    return str(article.published_on)[:7]


def batches(articles: Iterable[Keyed], size: int = BATCH) -> Iterator[list[Keyed]]:
    """Put articles of one partition together, so that a partition can later be read by itself.

    What is left at the end of partitions that did not fill a batch goes into batches of several, one after the other: a batch
    costs some 0.1 s beside its extraction, which 240 months of a few articles each would pay 240 times.

    Args:
        articles: in any order.
        size: the number of articles of a batch; fewer where they are long, or too many others wait.
    """
    waiting: dict[str, list[Keyed]] = {}
    lengths: dict[str, int] = {}
    for keyed in articles:
        name = partition_of(keyed.article)
        waiting.setdefault(name, []).append(keyed)
        lengths[name] = lengths.get(name, 0) + len(keyed.article.text)
        if len(waiting[name]) == size or lengths[name] > _BATCH_CHARACTERS:
            full = name
        elif sum(lengths.values()) > _HELD_CHARACTERS:
            full = max(lengths, key=lambda each: (lengths[each], each))
        else:
            continue
        yield waiting.pop(full)
        del lengths[full]
    yield from _rest((keyed for name in sorted(waiting) for keyed in waiting[name]), size)


def _rest(articles: Iterable[Keyed], size: int) -> Iterator[list[Keyed]]:
    batch: list[Keyed] = []
    length = 0
    for keyed in articles:
        batch.append(keyed)
        length += len(keyed.article.text)
        if len(batch) == size or length > _BATCH_CHARACTERS:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch
