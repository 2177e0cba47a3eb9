"""schema.org in JSON-LD: a package as a Dataset, a statement as a Quotation, from what is known of them."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

Json = dict[str, Any]
Row = Mapping[str, Any]


def data_block(data: Json) -> Markup:
    """JSON that can stand inside of a script element, whatever its strings hold.

    >>> str(data_block({"text": "</script><!--"}))
    '{"text": "\\\\u003c/script>\\\\u003c!--"}'
    """
    return Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))


def dataset(address: str, about: Row, package: Row, tables: Iterable[tuple[str, str, int]]) -> Json:
    """A package as a Dataset.

    Args:
        address: of its page.
        about: what the site's metadata says of it.
        package: its version, created, keywords and contributors.
        tables: the name, the address as CSV and the number of rows of each table.

    >>> dataset("https://a.example/seals", {"title": "Seals"}, {"version": "1.0.0"}, [])["version"]
    '1.0.0'
    """
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": about["title"],
        "description": about.get("description"),
        "version": package.get("version"),
        "dateModified": package.get("created"),
        "keywords": package.get("keywords"),
        "license": about.get("license_url") or about.get("license"),
        "creator": [{"@type": "Organization", "name": entry["title"]} for entry in package.get("contributors", ())],
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": table,
                "description": f"{count:,} rows",
                "encodingFormat": "text/csv",
                "contentUrl": url,
            }
            for table, url, count in tables
        ],
    }
    return _known(found)


def quotation(absolute: Callable[[str], str], path: str, row: Row) -> Json:
    """A statement as a Quotation, with who said it and the article it stands in.

    Args:
        absolute: makes an address of a path.
        path: of its page.
        row: its columns with `speaker`, `speaker_kind`, `article` (the title), `article_url`, `publisher`, `published_on` and
            `language`.
    """
    article = {
        "@type": "NewsArticle",
        "headline": row["article"],
        "url": row["article_url"] if str(row["article_url"]).startswith(("http://", "https://")) else None,
        "datePublished": row["published_on"],
        "publisher": {"@type": "Organization", "name": row["publisher"]} if row["publisher"] else None,
    }
    kind = {"person": "Person", "organisation": "Organization"}.get(str(row["speaker_kind"]))
    found = {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "@id": absolute(path),
        "url": absolute(path),
        "text": row["text"],
        "inLanguage": row["language"],
        "dateCreated": row["said_on"],
        "creator": {"@type": kind, "name": row["speaker"]} if kind else None,
        "creditText": row["speaker"],
        "isPartOf": _known(article),
    }
    return _known(found)


def _known(found: Row) -> Json:
    return {key: value for key, value in found.items() if value}
