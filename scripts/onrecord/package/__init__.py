"""Tables become a Data Package on disk.

- `descriptor` makes `datapackage.json` (Data Package v2) from the collection's settings and the schemas;
- `readme` makes `README.md`, `prov` makes `provenance.json` (PROV-JSON);
- `write` puts the files down, whole or not at all. Reading one back is `onrecord.datapackage`.
"""

from onrecord.package.write import write_package

__all__ = ["write_package"]
