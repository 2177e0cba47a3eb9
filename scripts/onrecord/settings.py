"""`collection.toml`: what a publisher writes down about a collection, and what its articles do not say themselves.

The classes are the whole grammar of the file: a key is a field, its annotation is its type, a field without a default must
be there. pydantic checks them; this module says in one line what is wrong. Unknown stays absent; nothing is filled in.
"""

import re
import tomllib
from dataclasses import fields
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic.dataclasses import dataclass

from onrecord.errors import InputError
from onrecord.paths import failure

FILE = "collection.toml"


def expect(pattern: str, meaning: str) -> AfterValidator:
    """A check that a string matches, with a message that says in words what was expected."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"expected {meaning}")
        return value

    return AfterValidator(check)


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:  # not found, not a path inside of the database, a folder of it
        raise ValueError("expected an IANA time zone such as Europe/London") from error
    return value


def _in_range(value: date) -> date:
    """A date that the tables can hold; those before have another calendar, those after are a system's "never"."""
    if not 1600 <= value.year <= 2999:
        raise ValueError("expected a year from 1600 to 2999")
    return value


def _when(value: object) -> object:
    """A date or a date-time from TOML's own types or from their ISO 8601 spelling."""
    if isinstance(value, date):
        return _in_range(value)
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            found = read(str(value))
        except ValueError:
            continue
        return _in_range(found)
    raise ValueError("expected an ISO 8601 date or date-time such as 2022-01-26 or 2022-01-26T14:14:00Z")


def _instant(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("expected a date-time with a zone such as 2022-01-26T14:14:00Z")
    return value.astimezone(UTC)


def _inside(value: str) -> str:
    path = PurePosixPath(value)
    if path.is_absolute() or ".." in path.parts or "\\" in value or not path.parts:
        raise ValueError("expected a path inside the collection, with forward slashes")
    return path.as_posix()


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Url = Annotated[str, expect(r"https?://[^\s/?#]+\S*", "a web address that begins with http:// or https://")]
Name = Annotated[str, expect(r"[a-z0-9][a-z0-9._-]*", "lower-case letters, digits, '.', '_' and '-'")]
Identifier = Annotated[str, expect(r"\S(?:[^\x00-\x1f\x7f]*\S)?", "an id without control characters or outer spaces")]
Language = Annotated[str, expect(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", "a language tag (BCP 47) such as en-GB")]
Zone = Annotated[str, AfterValidator(_zone)]
When = Annotated[date | datetime, BeforeValidator(_when)]
Instant = Annotated[datetime, BeforeValidator(_when), AfterValidator(_instant)]
InnerPath = Annotated[str, AfterValidator(_inside)]
_NUMBER, _WORD = r"(0|[1-9]\d*)", r"[0-9A-Za-z-]+"
_SEMANTIC = rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(-{_WORD}(\.{_WORD})*)?(\+{_WORD}(\.{_WORD})*)?"
Version = Annotated[str, expect(_SEMANTIC, "a semantic version such as 0.1.0")]

# The version of a package that nobody has released: `onrecord release` works out the real one.
DRAFT = "0.0.0+draft"

_STRICT = ConfigDict(extra="forbid")
_Model = TypeVar("_Model")


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class License:
    """A licence of the data (not of the articles' text)."""

    name: Text
    title: Text | None = None
    path: Url | None = None


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Contributor:
    """Somebody who made the data; roles in the words of Data Package v2 (creator, contact, funder, dataCurator ...)."""

    title: Text
    roles: tuple[Text, ...] = ()
    path: Url | None = None
    email: Text | None = None
    organization: Text | None = None


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Known:
    """What is known of an article from outside of its text. It wins over what the text says."""

    title: Text | None = None
    standfirst: Text | None = None
    byline: Text | None = None
    publisher: Text | None = None
    url: Url | None = None
    language: Language | None = None
    rights: Text | None = None
    published_at: When | None = None
    updated_at: When | None = None


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class ArticleSettings(Known):
    """An entry of `[[articles]]`: the file it speaks of, and what is known of the articles in that file."""

    path: InnerPath
    id: Identifier | None = None


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Columns:
    """What the columns of tables, or the keys of JSON objects, are called that hold the fields of an article."""

    id: Text = "id"
    text: Text = "text"
    title: Text = "title"
    standfirst: Text = "standfirst"
    byline: Text = "byline"
    publisher: Text = "publisher"
    url: Text = "url"
    language: Text = "language"
    rights: Text = "rights"
    published_at: Text | None = None
    updated_at: Text = "updated_at"

    def named(self) -> tuple[tuple[str, str], ...]:
        """The names of columns with the fields in them; the date is in `date` or, which counts more, `published_at`.

        >>> Columns(text="body").named()[1]
        ('body', 'text')
        """
        names = ((getattr(self, each.name), each.name) for each in fields(self) if each.name != "published_at")
        dates = (self.published_at,) if self.published_at else ("date", "published_at")
        return (*names, *((name, "published_at") for name in dates))


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class _Keys:
    """The keys of collection.toml."""

    name: Name
    title: Text
    description: Text
    created: Instant
    licenses: Annotated[tuple[License, ...], Field(min_length=1)]
    version: Version = DRAFT
    keywords: tuple[Text, ...] = ()
    language: Language | None = None
    time_zone: Zone = "Europe/London"
    contributors: tuple[Contributor, ...] = ()
    text_rights: Literal["held", "none"] = "none"
    undated: Literal["keep", "refuse"] = "refuse"
    articles: tuple[ArticleSettings, ...] = ()
    columns: Columns = Columns()


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Collection(_Keys):
    """A collection of articles, as its collection.toml describes it, and the folder it lies in.

    `version` is what a release gets at least (the policy may want more) and what a build says; it may be left out.
    `created` is the time written into the package, `time_zone` the one of times in the text that name none, and
    `text_rights` is "held" only if the publisher may republish the articles' text. `undated` says whether articles without a
    date of publication, against which words like yesterday cannot be resolved, are kept.
    """

    folder: Path


def load_collection(folder: Path) -> Collection:
    """Read and check a collection's settings.

    Args:
        folder: the collection, which holds `collection.toml` and `articles/`.

    Raises:
        InputError: the folder or its collection.toml is missing or wrong; the message names the file and the key.

    >>> load_collection(Path("nowhere"))
    Traceback (most recent call last):
    onrecord.errors.InputError: expected a collection's folder, found nothing at nowhere; check the path
    """
    if not folder.exists():
        raise InputError(f"expected a collection's folder, found nothing at {folder}; check the path")
    if not folder.is_dir():
        raise InputError(f"expected a collection's folder, found a file at {folder}; name the folder that holds {FILE}")
    path = folder / FILE
    keys = check(_Keys, _read_toml(path), str(path))
    _no_path_twice(keys, path)
    return Collection(folder=folder, **vars(keys))


def check(model: type[_Model], values: dict[str, Any], where: str) -> _Model:
    """Make a settings object of plain values.

    Args:
        model: one of the classes of this module, or one made like them.
        values: as TOML or JSON gives them.
        where: the file (and line) to name in a message.

    Raises:
        InputError: a key is unknown, missing or of the wrong kind.

    >>> check(License, {"name": "CC0-1.0", "titel": "Zero"}, "a.toml")
    Traceback (most recent call last):
    onrecord.errors.InputError: expected a known key, found titel in a.toml; did you mean title?
    """
    try:
        return model(**values)
    except ValidationError as error:
        raise InputError(_one_line(model, error, where)) from None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise InputError(f"expected the settings of a collection, found no {FILE} in {path.parent}; write one") from None
    except OSError as error:
        raise InputError(f"expected to read {path}, but: {failure(error)}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"expected UTF-8 in {path}, found another encoding at byte {error.start}; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"expected TOML in {path}, found: {str(error)[:1].lower()}{str(error)[1:]}; correct it") from error


def _no_path_twice(keys: _Keys, path: Path) -> None:
    seen: set[str] = set()
    for number, article in enumerate(keys.articles, 1):
        if article.path in seen:
            raise InputError(f"expected one entry a path, found {article.path} again at articles[{number}] in {path}; keep one")
        seen.add(article.path)


def _one_line(model: type[object], error: ValidationError, where: str) -> str:
    """The first thing that is wrong, in words; an unknown key before a missing one, which is often its right spelling."""
    unknown = "unexpected_keyword_argument"
    problem = min(error.errors(), key=lambda each: each["type"] != unknown)
    place = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in problem["loc"]).lstrip(".")
    if problem["type"] == unknown:
        return f"expected a known key, found {place} in {where}; {_nearest(model, problem['loc'])}"
    if problem["type"] == "missing":
        return f"expected the key {place}, found none in {where}; add it"
    wanted = re.sub(r"^(Value error, expected|Input should be|\w+ should have|\w+ should be) ", "", problem["msg"])
    return f"expected {wanted}, found {_short(problem['input'])} for {place} in {where}; correct it"


def _nearest(model: type[object], loc: tuple[int | str, ...]) -> str:
    tables: dict[int | str, type[object]] = {
        "articles": ArticleSettings,
        "licenses": License,
        "contributors": Contributor,
        "columns": Columns,
    }
    known = sorted(each.name for each in fields(tables.get(loc[0], model)))  # type: ignore[arg-type]  # all are dataclasses
    near = get_close_matches(str(loc[-1]), known, 1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"


def _short(value: object) -> str:
    words = repr(value)
    return words if len(words) <= 60 else f"{words[:60]}…"
