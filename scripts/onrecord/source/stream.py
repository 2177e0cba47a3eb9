"""The articles of a collection one after the other, whatever is wrong with some of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.errors import InputError
from onrecord.records import Article
from onrecord.settings import Collection
from onrecord.source import files_of
from onrecord.source.read import read_file


@dataclass(frozen=True, slots=True)
class Found:
    """An article and where it was read: the file, and the article's place in it."""

    article: Article
    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What could not be read as an article, where it is, and why."""

    file: str
    offset: int
    reason: str


def stream(collection: Collection) -> Iterator[Found | Unreadable]:
    """Read a collection's articles in the order of their files, one at a time."""
    for path, known in files_of(collection):
        offset = 0
        try:
            for article in read_file(collection.folder / path, known, time_zone=collection.time_zone):
                yield Found(article, path, offset)
                offset += 1
        except InputError as error:
            yield Unreadable(path, offset, str(error))
