"""Source: files to articles, each line of which is known for what it is.

- `read` turns files into articles; `encoding` makes text of their bytes, `page` finds the text of a web page;
- `layout` says what each line is: `head` reads the headline, standfirst, byline and dates above the first paragraph (with
  `bylines` and `times`), `furniture` knows captions and calls to action among the paragraphs;
- `lexicon` loads `rules.toml`, the language knowledge as data;
- this file reads collections.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from onrecord.errors import InputError
from onrecord.records import Article
from onrecord.settings import FILE, ArticleSettings, Collection
from onrecord.source.encoding import decode
from onrecord.source.lexicon import RULES
from onrecord.source.read import FORMATS, read_file, read_record, read_text

__all__ = ["FORMATS", "decode", "read_collection", "read_file", "read_record", "read_text", "rules"]

_FOLDER = "articles"


def rules() -> dict[str, str]:
    """Every rule by which a cell of `articles` is read from words, with the line that says what it does.

    >>> rules()["source.byline"]
    'The names after By, Words: and the like, or before a job such as reporter'
    """
    return dict(RULES["rules"])


def read_collection(collection: Collection) -> list[Article]:
    """Read all articles of a collection: those that collection.toml lists, and every other file in `articles/`.

    Args:
        collection: as `onrecord.settings.load_collection` gives it.

    Returns:
        The articles in the order of their ids.

    Raises:
        InputError: a file cannot be read, two articles have one id, an article has no date of publication, or there is none.
    """
    seen: dict[str, str] = {}
    articles = []
    for path, known in files_of(collection):
        for article in read_file(collection.folder / path, known, time_zone=collection.time_zone):
            if article.article_id in seen:
                places = f"{seen[article.article_id]} and {path}" if seen[article.article_id] != path else f"{path} twice"
                raise InputError(f"expected one article an id, found {article.article_id} in {places}; set an id in {FILE}")
            seen[article.article_id] = path
            articles.append(_dated(article, path))
    if not articles:
        raise InputError(
            f"expected articles in {collection.folder / _FOLDER}, found none; put .txt, .html or .jsonl files there"
        )
    return sorted(articles, key=lambda article: article.article_id)


def _dated(article: Article, path: str) -> Article:
    if article.published_on is None:
        raise InputError(undated(article, path))
    return article


def undated(article: Article, path: str) -> str:
    """What to say of an article without a date of publication, against which its words could be resolved."""
    return (
        f"expected a date of publication, found none in {article.article_id} ({path}); "
        f"set published_at in its [[articles]] entry in {FILE}"
    )


def files_of(collection: Collection) -> Iterator[tuple[str, ArticleSettings]]:
    """The collection's files by their paths inside of it, with what is known of each."""
    known = {article.path: article for article in collection.articles}
    for path in sorted(known.keys() | set(_found(collection.folder))):
        settings = known.get(path) or ArticleSettings(path=path)
        yield path, replace(settings, language=settings.language or collection.language)


def _found(folder: Path) -> Iterator[str]:
    """The files below `articles/`; hidden ones are the system's or an editor's."""
    for path in (folder / _FOLDER).rglob("*"):
        inner = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in inner.parts):
            yield inner.as_posix()
