"""What was done: a manifest beside the package, so that no article is extracted twice and a killed build goes on.

A batch is kept in a segment, a file that is whole before the manifest names it; what the manifest does not name was in flight
when a build was killed, and is thrown away.
"""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from onrecord import __version__
from onrecord.corpus.inputs import UNDATED
from onrecord.corpus.segments import Segments
from onrecord.hashing import sha256_bytes, sha256_text
from onrecord.paths import PACKAGE, schemas_dir, write_whole
from onrecord.source.read import Draft

_TABLES = """
CREATE TABLE IF NOT EXISTS done (key TEXT PRIMARY KEY, segment TEXT, reason TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS live (
  article_id TEXT PRIMARY KEY, key TEXT NOT NULL, partition TEXT NOT NULL, file TEXT NOT NULL, offset INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS partitions ON live (partition, article_id);
CREATE TABLE IF NOT EXISTS quarantine (file TEXT, offset INTEGER, reason TEXT);
CREATE TABLE IF NOT EXISTS copies (article_id TEXT, url TEXT, file TEXT, offset INTEGER);
"""

# What decides which rows an article gives: files below the package.
_RULES = ("source", "extract", "tabulate.py", "provenance.py", "records.py", "hashing.py", "validate", "corpus/batch.py")


@cache
def rules_hash() -> str:
    """A digest of all code, language knowledge and schemas that decide which rows an article gives."""
    places = [PACKAGE / name for name in _RULES] + [schemas_dir()]
    files = [path for place in places for path in (sorted(place.rglob("*")) if place.is_dir() else [place])]
    kept = [path for path in files if path.suffix in {".py", ".toml", ".json"}]
    return sha256_text("\n".join(f"{path.name} {sha256_bytes(path.read_bytes())}" for path in kept))


def article_key(draft: Draft) -> str:
    """What an article's rows depend on, as one digest: the article as read, the version of onrecord, and its rules."""
    return sha256_text(f"{__version__} {rules_hash()} {draft!r}")[:32]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of a build, in a folder beside the package."""

    folder: Path
    database: sqlite3.Connection

    def start(self) -> None:
        """Forget which articles the last run saw; what was done stays."""
        self.database.execute("DELETE FROM live")
        self.database.execute("DELETE FROM quarantine")
        self.database.execute("DELETE FROM copies")
        self.database.commit()
        named = {name for (name,) in self.database.execute("SELECT DISTINCT segment FROM done WHERE segment IS NOT NULL")}
        for path in self.folder.glob("segments/*"):
            if path.name not in named:
                path.unlink()

    def see(self, article_id: str, key: str, partition: str, file: str, offset: int) -> bool:
        """Note an article of this run; False where another one has its id."""
        row = (article_id, key, partition, file, offset)
        return self.database.execute("INSERT OR IGNORE INTO live VALUES (?, ?, ?, ?, ?)", row).rowcount == 1

    def is_done(self, key: str) -> bool:
        return self.database.execute("SELECT 1 FROM done WHERE key = ?", (key,)).fetchone() is not None

    def keep(self, keys: Mapping[str, str], segment: bytes, refused: Iterable[tuple[str, str]]) -> None:
        """Keep what a batch gave: the segment first, then its name.

        Args:
            keys: the key of each article of the batch, by its id.
            segment: what the articles gave; empty where all of them were refused.
            refused: the articles that gave nothing, with the reason.
        """
        reasons = dict(refused)
        name = f"{sha256_text(' '.join(keys.values()))[:32]}.zip"
        if segment:
            write_whole(self.folder / "segments" / name, segment)
        rows = [(key, None if id_ in reasons else name, reasons.get(id_)) for id_, key in keys.items()]
        self.database.executemany("INSERT OR REPLACE INTO done VALUES (?, ?, ?)", rows)
        self.database.commit()

    def refuse(self, file: str, offset: int, reason: str) -> None:
        """Put what cannot be used into quarantine."""
        self.database.execute("INSERT INTO quarantine VALUES (?, ?, ?)", (file, offset, reason))

    def copied(self, article_id: str, url: str | None, file: str, offset: int) -> None:
        """Note another place, and perhaps address, of an article of this run."""
        self.database.execute("INSERT INTO copies VALUES (?, ?, ?, ?)", (article_id, url, file, offset))

    def settle(self) -> list[str]:
        """Move the articles that broke a rule, in this run or in one before, into quarantine; gives their ids."""
        refused = "FROM live JOIN done USING (key) WHERE reason IS NOT NULL"
        self.database.execute(f"INSERT INTO quarantine SELECT file, offset, reason {refused}")
        ids = [article_id for (article_id,) in self.database.execute(f"SELECT article_id {refused}").fetchall()]
        self.database.execute(f"DELETE FROM live WHERE article_id IN (SELECT article_id {refused})")
        self.database.commit()
        return ids

    def quarantine(self) -> list[tuple[str, int, str]]:
        return self.database.execute("SELECT * FROM quarantine ORDER BY file, offset, reason").fetchall()

    def copies(self) -> list[tuple[str, str | None, str, int]]:
        sql = "SELECT article_id, url, copies.file, copies.offset FROM copies JOIN live USING (article_id) ORDER BY 1, 3, 4"
        return self.database.execute(sql).fetchall()

    def count(self) -> int:
        number: int = self.database.execute("SELECT count(*) FROM live").fetchone()[0]
        return number

    def undated(self) -> int:
        """How many articles have no date of publication."""
        sql = "SELECT count(*) FROM live WHERE partition LIKE ?"
        number: int = self.database.execute(sql, (f"{UNDATED}%",)).fetchone()[0]
        return number

    def partitions(self, most: int) -> Iterator[tuple[str, Segments]]:
        """The partitions in order, each with its segments; one of too many articles is cut into several, by their ids.

        Args:
            most: the number of articles of a partition, which bounds the memory that writing it takes.
        """
        counts = self.database.execute("SELECT partition, count(*) FROM live GROUP BY partition ORDER BY partition").fetchall()
        for name, count in counts:
            if count <= most:
                yield name, self._segments("WHERE partition = ?", (name,))
                continue
            rows = self.database.execute("SELECT article_id FROM live WHERE partition = ? ORDER BY article_id", (name,))
            ids = [article_id for (article_id,) in rows]
            pieces = -(-count // most)
            for number in range(pieces):
                piece = ids[number * count // pieces : (number + 1) * count // pieces]
                inside = "WHERE partition = ? AND article_id BETWEEN ? AND ?"
                yield f"{name}.{number + 1:03}", self._segments(inside, (name, piece[0], piece[-1]))

    def segments(self) -> Segments:
        """All segments."""
        return self._segments("", ())

    def _segments(self, where: str, values: tuple[str, ...]) -> Segments:
        """The segments of some articles, in a fixed order, each with the ids of those articles."""
        sql = f"SELECT segment, article_id FROM live JOIN done USING (key) {where} ORDER BY segment, article_id"
        rows = self.database.execute(sql, values)
        return [
            (self.folder / "segments" / segment, [article_id for _, article_id in held])
            for segment, held in groupby(rows, itemgetter(0))
        ]


@contextmanager
def manifest(folder: Path) -> Iterator[Manifest]:
    """Open the manifest in a folder, which is made where there is none."""
    (folder / "segments").mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / "new", ignore_errors=True)
    with closing(sqlite3.connect(folder / "manifest.db")) as database:
        database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + _TABLES)
        yield Manifest(folder, database)
