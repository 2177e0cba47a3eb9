"""What the build reads, an article at a time, and the partition that an article belongs to."""

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backports import zstd

from onrecord.hashing import sha256_text
from onrecord.records import Article
from onrecord.source.read import Draft

BATCH = 500  # articles; enough that what each batch costs beside extraction (its checks, its file) is little, some 0.1 s
_BATCH_CHARACTERS = 2_000_000
_HELD_BYTES = 128_000_000  # of articles that wait until their batch is full; bounds the memory


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that is to be extracted, in as few bytes as it takes: thousands wait for the batch of their month.

    Attributes:
        article_id: the article's id.
        key: its key in the manifest.
        partition: see `partition_of`.
        characters: the length of its text.
        packed: the article as read, which only `article` looks into.
    """

    article_id: str
    key: str
    partition: str
    characters: int
    packed: bytes

    def article(self) -> Article:
        """The article, its lines looked at."""
        draft: Draft = pickle.loads(zstd.decompress(self.packed))
        return draft.article()


def waiting(draft: Draft, key: str, partition: str) -> Waiting:
    """Pack an article up until it is its turn."""
    packed = zstd.compress(pickle.dumps(draft, pickle.HIGHEST_PROTOCOL), 1)
    return Waiting(draft.article_id, key, partition, len(draft.text), packed)


UNDATED = "undated"


def partition_of(draft: Draft) -> str:
    """The month in which an article was published; where that is not known, the first digit of a hash of its id.

    >>> from datetime import date
    >>> from onrecord.settings import Known
    >>> partition_of(Draft("a-1", "Ten cats.", Known(published_at=date(2022, 1, 26)), "UTC"))
    '2022-01'
    >>> partition_of(Draft("a-1", "Ten cats.", Known(), "UTC"))
    'undated-2'
    """
    day = draft.published_on
    return f"{UNDATED}-{sha256_text(draft.article_id)[0]}" if day is None else day.isoformat()[:7]


def batches(articles: Iterable[Waiting], size: int = BATCH) -> Iterator[list[Waiting]]:
    """Put articles of one partition together, so that a partition can later be read by itself.

    What is left at the end of partitions that did not fill a batch goes into batches of several, one after the other: a batch
    costs something beside its extraction, which 240 months of a few articles each would pay 240 times.

    Args:
        articles: in any order.
        size: the number of articles of a batch; fewer where they are long, or too many others wait.
    """
    held: dict[str, list[Waiting]] = {}
    lengths: dict[str, int] = {}
    sizes: dict[str, int] = {}
    bytes_held = 0
    for each in articles:
        name = each.partition
        held.setdefault(name, []).append(each)
        lengths[name] = lengths.get(name, 0) + each.characters
        sizes[name] = sizes.get(name, 0) + len(each.packed)
        bytes_held += len(each.packed)
        if len(held[name]) == size or lengths[name] > _BATCH_CHARACTERS:
            full = name
        elif bytes_held > _HELD_BYTES:
            full = max(sizes, key=lambda name: (sizes[name], name))
        else:
            continue
        yield held.pop(full)
        bytes_held -= sizes.pop(full)
        del lengths[full]
    yield from _rest((each for name in sorted(held) for each in held[name]), size)


def _rest(articles: Iterable[Waiting], size: int) -> Iterator[list[Waiting]]:
    batch: list[Waiting] = []
    length = 0
    for each in articles:
        batch.append(each)
        length += each.characters
        if len(batch) == size or length > _BATCH_CHARACTERS:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch
