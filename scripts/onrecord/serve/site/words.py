"""What the templates call: figures, days, units, columns and values in the words that a visitor reads."""

import math
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from datasette.utils import tilde_encode
from markupsafe import Markup, escape

from onrecord.schemas import load_schemas
from onrecord.serve.display import unit_name
from onrecord.serve.site.charts import over_time, ranges
from onrecord.serve.site.published import citations
from onrecord.wording import day_words, figure_sentence, group_words, number

LABEL = 80  # characters of a statement that stands for its id: enough to know it by
TITLE = 200  # characters: what is longer is no heading
_SENTENCE = 300  # characters of a sentence in a list
EXPLAINED = frozenset({"review", "kind", "qualifier"})  # columns whose values a legend explains below the table

_WIDTHS = ((0, "none"), (12, "short"), (40, "middle"), (math.inf, "long"))  # characters in a cell


def short(label: object, most: int = LABEL) -> str:
    """The beginning of a label that is too long."""
    words = "" if label is None else str(label)
    return words if len(words) <= most else f"{words[:most].rstrip()}…"


def figure_title(figure: Mapping[str, Any]) -> str:
    """A figure's sentence, as a page's heading begins."""
    sentence = figure_sentence(figure)
    return sentence[:1].upper() + (sentence[1:] if len(sentence) <= TITLE else f"{sentence[1:TITLE]}…")


def day(row: Mapping[str, Any]) -> Markup:
    """The day of a row's article, for people and for programs."""
    found = row.get("published_on")
    return Markup('<time datetime="{}">{}</time>').format(found, day_words(found)) if found else Markup("")


def listed(*parts: Any) -> Markup:
    """What is known of the parts, in one line; markup among them stays.

    >>> listed("Ines Okafor", None, Markup("<b>2023</b>"))
    Markup('Ines Okafor, <b>2023</b>')
    """
    return Markup(", ").join(part for part in parts if part)


def figure_item(urls: Any, database: str, figure: Mapping[str, Any], by_speaker: bool = True) -> Markup:
    """A figure in a list: what a page says dozens of times, which a template would take long for."""
    speaker = f", says {figure['speaker']}" if by_speaker and figure["speaker"] else ""
    return Markup('<li><a href="{}">{}</a>{}<br><small>“{}” in {}</small></li>').format(
        urls.row(database, "figures", figure["figure_id"]),
        short(figure_sentence(figure), _SENTENCE),
        speaker,
        figure["text"],
        listed(figure["article"] or figure["article_id"], day(figure)),
    )


def statement_item(urls: Any, database: str, statement: Mapping[str, Any], by_article: bool = False) -> Markup:
    """A statement in a list, with who said it, or on a speaker's page with the article."""
    speaker = statement["speaker"] or statement["speaker_text"] or "Speaker not told"
    known = [statement["article"] or statement["article_id"]] if by_article else [speaker, statement["speaker_role"]]
    return Markup('<li><a href="{}">{}</a><br><small>{}</small></li>').format(
        urls.row(database, "statements", statement["statement_id"]),
        said(statement["text"], statement["kind"], 2 * _SENTENCE),
        listed(*known, day(statement)),
    )


def said(text: str, kind: str, most: int) -> Markup:
    """The words of a statement, in quotation marks where all of them are quoted.

    >>> said("It holds.", "direct", 80)
    Markup('<q>It holds.</q>')
    """
    words = short(text, most)
    return Markup("<q>{}</q>").format(words) if kind == "direct" else escape(words)


def heading(titles: Mapping[str, str], column: str) -> str:
    """A column's title; one that is in no schema is called by its name.

    >>> heading({"low": "Value"}, "low"), heading({}, "in_context")
    ('Value', 'In context')
    """
    return titles.get(column) or column.replace("_", " ").capitalize()


def facet_words(column: str, label: object) -> object:
    """A counted value as people say it.

    >>> facet_words("unit", "[mi_i]"), facet_words("qualifier", "more_than"), facet_words("kind", None)
    ('miles', 'more than', 'not known')
    """
    if label in ("", None):
        return "not known"
    if column == "unit":
        return unit_name(str(label))
    return str(label).replace("_", " ") if column in EXPLAINED else label


def width_class(cell: object) -> str:
    """How broad a cell's words want to be: a style of its own for none, short ones, middling ones and long ones.

    >>> width_class(Markup("&nbsp;")), width_class("2022-01-26"), width_class("a spokesman for the council")
    ('none', 'short', 'middle')
    """
    length = len(Markup(cell).striptags().strip()) if cell is not None else 0
    return next(name for most, name in _WIDTHS if length <= most)


def row_link(link: str) -> Markup:
    """Datasette's link to a row with a key of several columns, without the key's many words."""
    return Markup(re.sub(r">.*<", ">This row<", str(link), flags=re.DOTALL))


WORDS: Mapping[str, Any] = MappingProxyType(
    {
        "citations": citations,
        "day": day,
        "day_words": day_words,
        "facet_words": facet_words,
        "figure_item": figure_item,
        "figure_sentence": figure_sentence,
        "figure_title": figure_title,
        "formats": {"json": "JSON", "jsonld": "JSON-LD"},
        "group_words": group_words,
        "heading": heading,
        "listed": listed,
        "known_names": lambda cells: [name for name, value in cells.items() if value not in ("", None)],
        "number": number,
        "over_time": over_time,
        "ranges": ranges,
        "row_link": row_link,
        "said": said,
        "schema": lambda name: load_schemas()[name],
        "statement_item": statement_item,
        "tilde": tilde_encode,
        "unit_name": unit_name,
        "width_class": width_class,
    }
)
