"""How far a collection has been read, by bytes, from which follows how many articles there seem to be."""

from pathlib import Path

from onrecord.settings import Collection
from onrecord.source.stream import files_of


class Reach:
    """Counts what is read; articles come in the order of their files.

    Attributes:
        articles: how many were read.
    """

    def __init__(self, collection: Collection) -> None:
        """Adds up the sizes of the collection's files.

        Args:
            collection: the one that is read.
        """
        self._folder = collection.folder
        self._all = sum(_size(collection.folder / path) for path, _ in files_of(collection))
        self._before = self._inside = self._size = 0
        self._file: str | None = None
        self.articles = 0

    def read(self, file: str, stored: int) -> None:
        """Note an article that could be read.

        Args:
            file: its path inside the collection.
            stored: how many bytes of the file, as it is stored, were read before it.
        """
        if file != self._file:
            self._before, self._file, self._size = self._before + self._size, file, _size(self._folder / file)
        self._inside = min(stored, self._size)
        self.articles += 1

    def end(self) -> None:
        """Note that all is read."""
        self._before, self._inside, self._size = self._all, 0, 0

    @property
    def total(self) -> float | None:
        """How many articles there seem to be, if the rest of the bytes is like those that were read; None before any was."""
        read = self._before + self._inside
        return self.articles * max(1.0, self._all / read) if read else None


def _size(path: Path) -> int:
    """The bytes of a file; nothing where there is none, which reading it tells."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
