"""Source: files to articles, each line of which is known for what it is.

- `stream` reads collections: `files` knows which format a file has, `pieces`, `tables` and `web_archive` cut it into articles
  without loading it (`lines`), and `read` reads each of them;
- `encoding` makes text of bytes, `page` finds the text of a web page;
- `layout` says what each line is: `head` reads the headline, standfirst, byline and dates above the first paragraph (with
  `bylines` and `times`), `furniture` knows captions and calls to action among the paragraphs;
- `lexicon` loads `rules.toml`, the language knowledge as data;
- this file reads whole collections into memory.
"""

from onrecord.errors import InputError
from onrecord.records import Article
from onrecord.settings import Collection
from onrecord.source.encoding import decode
from onrecord.source.files import FORMATS, read_file
from onrecord.source.lexicon import RULES
from onrecord.source.read import read_text
from onrecord.source.stream import FOLDER, Found, Unreadable, files_of, stream

__all__ = ["FORMATS", "decode", "files_of", "read_collection", "read_file", "read_text", "rules"]


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
        InputError: a file cannot be read, two articles have one id, or there is none.
    """
    articles = []
    for found in stream(collection):
        if isinstance(found, Unreadable):
            raise InputError(found.reason)
        if isinstance(found, Found):
            articles.append(found.article)
    if not articles:
        raise InputError(
            f"expected articles in {collection.folder / FOLDER}, found none; put .txt, .html or .jsonl files there"
        )
    return sorted(articles, key=lambda article: article.article_id)
