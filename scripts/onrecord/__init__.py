"""onrecord: figures and statements of news articles as open data that points back to the words.

How the package is cut (a test holds it to this):

- leaves, which import nothing of ours: `errors`, `paths`, `hashing`, `records`;
- `settings`, `schemas`, `provenance`: import leaves only;
- `datapackage`, `cells`: a published package, opened for reading, and its cells, typed;
- stages, which never import each other: `source`, `extract`, `tabulate`, `validate`, `package`, `verify`;
- distribution, which never imports `extract`: `catalog`, `serve`;
- drivers, which compose the stages: `pipeline`, `terminal`, `cli`.
"""

__version__ = "0.1.0"
