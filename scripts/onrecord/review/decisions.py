"""`reviews.csv`: the decisions on a collection's rows, in a form that git can merge.

A decision is one line, lines are sorted by the row they are about, and a line's id depends on nothing but that row and column:
two people who review different rows change different lines.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from onrecord.cells import cell_text, parse_cell, parse_table
from onrecord.datapackage import csv_strings
from onrecord.errors import InputError, InvalidData
from onrecord.hashing import row_id as stable_id
from onrecord.paths import write_whole
from onrecord.schemas import Field, TableSchema, load_schemas

FILE = "reviews.csv"

# The tables whose rows people decide on.
REVIEWED = ("speakers", "statements", "figures", "dates")

# Cells that say where a row stands: with another value it would be another row, to be rejected rather than corrected.
_BOUND = ("article_id", "text", "start", "end", "review")

_VERDICTS = ("accept", "reject", "correct")


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a row or, with a field, about one of its cells; as in the table `reviews`."""

    resource: str
    row_id: str
    decision: str
    field: str | None
    value: str | None
    note: str | None
    reviewer: str
    decided_at: datetime

    @property
    def review_id(self) -> str:
        """Stable id: what the decision is about, not what it says."""
        return stable_id("review", self.resource, self.row_id, self.field or "")

    @property
    def row(self) -> tuple[str, str]:
        return self.resource, self.row_id


def correctable(schema: TableSchema) -> tuple[Field, ...]:
    """The columns of a table that a correction may change: what was read, and links; never ids, offsets or the words there.

    >>> [field.name for field in correctable(load_schemas()["dates"])]
    ['edtf', 'start_date', 'end_date']
    """
    links = {key.fields[0] for key in schema.foreign_keys}
    return tuple(
        field
        for field in schema.fields
        if (field.origin == "read" or field.name in links) and field.name not in (*schema.primary_key, *_BOUND)
    )


def read_decisions(folder: Path) -> tuple[Decision, ...]:
    """The decisions on a collection; none where it has no `reviews.csv`.

    Raises:
        InputError: the file is not what it has to be; the message names the line.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    schema = load_schemas()["reviews"]
    try:
        rows, misfits = parse_table(csv_strings(path), schema, str(path))
    except InvalidData as error:
        raise InputError(str(error)) from error
    if misfits:
        raise InputError(f"{misfits[0]}; correct it")
    found = tuple(_decision(row) for row in rows.iter_rows(named=True))
    for line, decision in enumerate(found, 2):
        try:
            check_decision(decision)
        except ValueError as error:
            raise InputError(f"{path}, line {line} ({decision.row_id}): {error}; correct the line") from None
    _one_a_subject(found, path)
    return found


def check_decision(decision: Decision) -> None:
    """Hold a decision to what its table allows.

    Raises:
        ValueError: it names no such table or column, is no decision, lacks who or when, or its value does not fit.
    """
    if decision.resource not in REVIEWED:
        raise ValueError(f"expected a table of {', '.join(REVIEWED)}, found {decision.resource!r}")
    if decision.decision not in _VERDICTS:
        raise ValueError(f"expected a decision of {', '.join(_VERDICTS)}, found {decision.decision!r}")
    if not decision.row_id or not decision.reviewer or decision.decided_at is None:
        raise ValueError("expected row_id, reviewer and decided_at to be given, found an empty cell")
    if (decision.decision == "correct") != (decision.field is not None):
        raise ValueError(f"expected a field exactly where the decision is correct, found {decision.field!r}")
    if decision.field is not None:
        corrected_value(decision)


def corrected_value(decision: Decision) -> Any:
    """The typed value that a correction gives; None empties the cell.

    Raises:
        ValueError: the column is not there, may not be corrected, must not be empty, or is of another type.
    """
    known = {field.name: field for field in correctable(load_schemas()[decision.resource])}
    field = known.get(decision.field or "")
    if field is None:
        raise ValueError(f"expected a column of {', '.join(known)}, found {decision.field!r}")
    value = parse_cell(decision.value, field)
    if value is None and field.constraints.get("required"):
        raise ValueError(f"expected a value for {field.name}, found nothing")
    if field.categories and value is not None and value not in field.categories:
        raise ValueError(f"expected one of {', '.join(field.categories)}, found {value!r}")
    return value


def decide(decisions: Iterable[Decision], new: Decision) -> tuple[Decision, ...]:
    """Decisions with one more: accepting or rejecting a row settles it anew, a correction settles its own cell."""
    whole = new.field is None
    kept = (old for old in decisions if old.row != new.row or not (whole or old.field in (None, new.field)))
    return tuple(sorted((*kept, new), key=_order))


def write_decisions(folder: Path, decisions: Iterable[Decision]) -> None:
    """Write `reviews.csv`, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    names = load_schemas()["reviews"].names
    lines.writerow(names)
    for decision in sorted(decisions, key=_order):
        row = decision_row(decision)
        lines.writerow(cell_text(row[name], load_schemas()["reviews"][name]) or "" for name in names)
    write_whole(folder / FILE, text.getvalue().encode())


def decision_row(decision: Decision) -> dict[str, Any]:
    """A decision as a row of the table `reviews`."""
    return {"review_id": decision.review_id} | asdict(decision)


def _decision(row: dict[str, Any]) -> Decision:
    return Decision(**{field.name: row[field.name] for field in fields(Decision)})


def _order(decision: Decision) -> tuple[str, str, str]:
    return (*decision.row, decision.field or "")


def _one_a_subject(decisions: Iterable[Decision], path: Path) -> None:
    """What a merge of two people's files can leave behind: one row decided twice in ways that exclude each other."""
    seen: dict[tuple[str, str], dict[str | None, str]] = {}
    for decision in decisions:
        told = seen.setdefault(decision.row, {})
        apart = decision.field is None or None in told
        if decision.field in told or (apart and told):
            also = " and ".join(dict.fromkeys((*told.values(), decision.decision)))
            message = f"expected one decision on {decision.row_id} in {path}, found {also}; keep one"
            raise InputError(message)
        told[decision.field] = decision.decision
