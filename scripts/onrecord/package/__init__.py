"""Tables become a Data Package on disk.

- `descriptor` makes `datapackage.json` (Data Package v2) from the collection's settings and the schemas;
- `readme` makes `README.md`, `prov` makes `provenance.json` (PROV-JSON);
- `metadata` says the same in the words of other tools;
- `write` puts the files down, whole or not at all. Reading one back is `onrecord.datapackage`.
"""

from onrecord.package.descriptor import package_descriptor, sources, table_resource
from onrecord.package.write import CHANGELOG, CHANGES, History, write_package

__all__ = ["CHANGELOG", "CHANGES", "History", "package_descriptor", "sources", "table_resource", "write_package"]
