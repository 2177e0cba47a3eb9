"""Stand-in for speaker resolution: everybody is who they are written to be. Replaced at merge."""

from dataclasses import dataclass
from typing import Literal

from onrecord.extract.text import Sentence
from onrecord.hashing import normalise, row_id
from onrecord.records import Article, Evidence, Part, Speaker


@dataclass(frozen=True, slots=True)
class Source:
    """Who is said to speak, as written (start and end None where nothing names one), and the statement's own words."""

    start: int | None
    end: int | None
    parts: tuple[Part, ...]
    kind: Literal["direct", "mixed", "indirect"]


def resolve(article: Article, sentences: list[Sentence], sources: list[Source]) -> tuple[list[Speaker], list[str | None]]:  # noqa: ARG001
    """The speakers of an article and, for each source in order, its speaker_id (None where there is nobody at all)."""
    speakers: dict[str, Speaker] = {}
    ids: list[str | None] = []
    for source in sources:
        if source.start is None or source.end is None:
            ids.append(None)
            continue
        name = article.text[source.start : source.end]
        key = row_id("speaker", article.article_id, normalise(name))
        speakers.setdefault(
            key, Speaker(key, name, "unnamed", evidence=(Evidence("name", source.start, source.end, "speaker"),))
        )
        ids.append(key)
    return list(speakers.values()), ids
