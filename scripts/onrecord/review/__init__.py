"""What people decide about rows, and what follows from it.

- `decisions`: `reviews.csv` of a collection, one line a decision, made for git;
- `apply`: rejected rows leave with all that hangs on them, corrected cells change and point to the review;
- `session`: the walk through the rows that nobody has decided yet.

A decision is bound to a row's stable id. One whose row is gone stays in the file and is reported.
"""

from onrecord.review.apply import Applied, apply_decisions, undecided
from onrecord.review.decisions import FILE, REVIEWED, Decision, correctable, decide, read_decisions, write_decisions
from onrecord.review.session import Walk, walk

__all__ = [
    "FILE",
    "REVIEWED",
    "Applied",
    "Decision",
    "Walk",
    "apply_decisions",
    "correctable",
    "decide",
    "read_decisions",
    "undecided",
    "walk",
    "write_decisions",
]
