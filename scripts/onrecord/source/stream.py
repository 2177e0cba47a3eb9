"""The articles of a collection one after the other, in bounded memory, whatever is wrong with some of them."""

import hashlib
import heapq
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from onrecord.errors import InputError
from onrecord.records import Article
from onrecord.settings import FILE, ArticleSettings, Collection
from onrecord.source.files import pieces
from onrecord.source.pieces import Reading, page_id
from onrecord.source.read import Draft

FOLDER = "articles"

# On disk and gone with the connection; in memory are the 16 MB of the cache, however many articles there are.
_SEEN = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16000;
CREATE TABLE seen (article_id TEXT PRIMARY KEY, text BLOB NOT NULL, file TEXT NOT NULL, url TEXT) WITHOUT ROWID;
CREATE UNIQUE INDEX texts ON seen (text);
"""


@dataclass(frozen=True, slots=True)
class Found:
    """An article, whose lines were not looked at, and where it was read.

    Attributes:
        draft: the article as read.
        file: its path inside the collection.
        offset: see `Unreadable`.
        stored: how many bytes of the file as it is stored were read before it.
    """

    draft: Draft
    file: str
    offset: int
    stored: int

    @property
    def article(self) -> Article:
        """The article, its lines looked at."""
        return self.draft.article()


@dataclass(frozen=True, slots=True)
class Copy:
    """Another place of an article that was found before: the same text, perhaps at another address.

    Attributes:
        article_id: of the article that was found first.
        url: the address of the copy, where it is known.
        file: where the copy stands.
        offset: and at which place in it.
    """

    article_id: str
    url: str | None
    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What could not be read as an article, where it is, and why.

    Attributes:
        file: its path inside the collection.
        offset: the byte at which it begins in the file as it is when uncompressed (of a .warc.gz: as it is stored); in
            Parquet, the number of the row, from 0.
        reason: one line.
    """

    file: str
    offset: int
    reason: str


def stream(collection: Collection) -> Iterator[Found | Copy | Unreadable]:
    """Read a collection's articles in the order of their files, one at a time.

    Args:
        collection: as `onrecord.settings.load_collection` gives it.

    Yields:
        Each article with an id of its own, a text of its own, and a date unless those without are kept;
        what has the text of an earlier one, as its copy;
        and what is no article. The same in any process and on any system.
    """
    with closing(sqlite3.connect("")) as seen:
        seen.executescript(_SEEN)
        for path, known in files_of(collection):
            reading = Reading(collection.folder / path, known, collection.time_zone, collection.columns)
            for piece in pieces(reading):
                try:
                    draft = piece.read()
                    if draft.published_on is None and collection.undated == "refuse":
                        raise InputError(_undated(draft, path))
                    stored = piece.offset if piece.stored is None else piece.stored
                    yield _judged(seen, Found(draft, path, piece.offset, stored))
                except InputError as error:
                    yield Unreadable(path, piece.offset, str(error))


def _undated(draft: Draft, path: str) -> str:
    asked = f"set published_at in its [[articles]] entry in {FILE}, or undated to keep there"
    return f"expected a date of publication, found none in {draft.article_id} ({path}); {asked}"


def files_of(collection: Collection) -> Iterator[tuple[str, ArticleSettings]]:
    """The collection's files by their paths inside of it, with what is known of each, in the order of the paths."""
    known = {article.path: article for article in collection.articles}
    for path in known:
        if not (collection.folder / path).is_file():
            raise InputError(
                f"expected a file, found nothing at {collection.folder / path}; correct its entry in collection.toml"
            )
    for path, _ in groupby(heapq.merge(sorted(known), _below(collection.folder / FOLDER, f"{FOLDER}/"))):
        settings = known.get(path) or ArticleSettings(path=path)
        yield path, replace(settings, language=settings.language or collection.language)


def _below(folder: Path, prefix: str) -> Iterator[str]:
    """The files below a folder as if sorted, one folder in memory at a time; hidden ones are the system's or an editor's."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        names = sorted(f"{each.name}/" if each.is_dir() else each.name for each in entries if not each.name.startswith("."))
    for name in names:
        if name.endswith("/"):
            yield from _below(folder / name, prefix + name)
        else:
            yield prefix + name


def _judged(seen: sqlite3.Connection, found: Found) -> Found | Copy:
    """The article if it is new, or the copy that it is.

    Raises:
        InputError: another article has its id.
    """
    article = found.draft
    digest = hashlib.sha256(article.text.encode()).digest()[:16]
    same_id = seen.execute("SELECT text, file, url FROM seen WHERE article_id = ?", (article.article_id,)).fetchone()
    if same_id:
        text, file, url = same_id
        elsewhere = article.url is not None and article.url != url
        if text == digest and (elsewhere or article.article_id == page_id(article.text)):
            return Copy(article.article_id, article.url, found.file, found.offset)
        places = f"{file} and {found.file}" if file != found.file else f"{file} twice"
        raise InputError(f"expected one article an id, found {article.article_id} in {places}; set an id in {FILE}")
    same_text = seen.execute("SELECT article_id FROM seen WHERE text = ?", (digest,)).fetchone()
    if same_text:
        return Copy(same_text[0], article.url, found.file, found.offset)
    seen.execute("INSERT INTO seen VALUES (?, ?, ?, ?)", (article.article_id, digest, found.file, article.url))
    return found
