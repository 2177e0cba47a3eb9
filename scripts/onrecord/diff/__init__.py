"""What two versions of a package say differently, row by row.

- `compare` finds it, with joins on the tables' keys;
- `forms` shows it: to people, as JSON (also the release's `changes.json`), as CSV and as HTML.
"""

from onrecord.diff.compare import TableDiff, diff_packages, diff_tables, load_differing, load_tables
from onrecord.diff.forms import as_csv, as_html, as_json, as_view

__all__ = [
    "TableDiff",
    "as_csv",
    "as_html",
    "as_json",
    "as_view",
    "diff_packages",
    "diff_tables",
    "load_differing",
    "load_tables",
]
