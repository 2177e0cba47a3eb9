"""What a release says of the versions before it: `CHANGELOG.md` and `changes.json`."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from onrecord.diff import as_json
from onrecord.errors import InvalidData
from onrecord.package import CHANGELOG, CHANGES, History
from onrecord.release.policy import Plan

_HEAD = """\
# Changelog of {title}

The first number of a version rises when a column or table leaves or gets another name, type or key, or rows get other ids; the
second when articles, rows or columns are added; the third when wrong rows are corrected or withdrawn, or what is said about
the data changes. `changes.json` has every row that changed.
"""
_MOST = 20  # rows told one by one; all of them stand in changes.json


def history(plan: Plan, title: str, name: str, created: datetime, reviews: pl.DataFrame, last: Path | None) -> History:
    """The history that a release carries.

    Args:
        plan: the release.
        title: the package's title.
        name: its name.
        created: its time.
        reviews: the table of reviews, for who corrected what and why.
        last: the folder of the release before, whose changelog is carried on.

    Raises:
        InvalidData: the changelog of the release before is not there.
    """
    section = "\n".join([f"## {plan.version} - {created:%Y-%m-%d}", "", *_told(plan, reviews)])
    older = _sections(last / CHANGELOG) if last else ""
    changelog = "\n".join([_HEAD.format(title=title), section, *([older] if older else [])]).rstrip() + "\n"
    changes = {
        "name": name,
        "version": plan.version,
        "since": plan.since,
        "level": plan.level.name.lower() if plan.level else None,
        "reasons": list(plan.reasons),
        "counts": {table: entry.counts for table, entry in plan.diff.items()},
        "tables": as_json(plan.diff),
    }
    return History(changelog.encode(), (json.dumps(changes, indent=1, ensure_ascii=False) + "\n").encode())


def _told(plan: Plan, reviews: pl.DataFrame) -> Iterator[str]:
    yield from (f"- {reason}" for reason in plan.reasons)
    lines = list(_reviewed(plan, reviews))
    if lines:
        yield ""
        yield from lines[:_MOST]
    if len(lines) > _MOST:
        yield f"- and {len(lines) - _MOST} more; see `{CHANGES}`"
    yield ""


def _reviewed(plan: Plan, reviews: pl.DataFrame) -> Iterator[str]:
    """The decisions that are new in this release and change a row, with their reasons."""
    if "reviews" not in plan.diff:
        return
    fresh = {*plan.diff["reviews"].added["review_id"], *plan.diff["reviews"].changed_keys["review_id"]}
    changing = pl.col("review_id").is_in(list(fresh)) & pl.col("decision").is_in(["correct", "reject"])
    for row in reviews.filter(changing).iter_rows(named=True):
        what = f"`{row['field']}` is now {_value(row)}" if row["field"] else "withdrawn"
        why = f": {row['note']}" if row["note"] else ""
        yield f"- {row['resource']} `{row['row_id']}`: {what} ({row['reviewer']}{why})"


def _value(row: Mapping[str, Any]) -> str:
    return "empty" if row["value"] is None else f"“{row['value']}”"


def _sections(path: Path) -> str:
    """The sections of an older changelog, without its head."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise InvalidData(
            f"expected the changelog of the release before at {path}, but: {error.strerror}; restore it"
        ) from error
    return text[text.index("\n## ") + 1 :] if "\n## " in text else ""
