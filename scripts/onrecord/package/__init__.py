"""Tables become a Data Package on disk, and a Data Package on disk becomes tables again.

- `descriptor` makes `datapackage.json` (Data Package v2) from the collection's settings and the schemas;
- `readme` makes `README.md`, `prov` makes `provenance.json` (PROV-JSON);
- `write` puts the files down, whole or not at all; `read` opens a package and never leaves its folder.
"""

from onrecord.package.read import Package, read_package
from onrecord.package.write import write_package

__all__ = ["Package", "read_package", "write_package"]
