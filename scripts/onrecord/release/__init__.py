"""A package becomes a release: these bytes, under this version, for ever.

- `policy` works out the version from what differs; `history` tells it to people and programs;
- `publish` puts a version into a catalog, which describes whole releases only, whenever the process is killed;
- `notices` says what was found out about a version later; `sign` signs its manifest; `dcat` describes the catalog.
"""

from onrecord.release.dcat import DCAT
from onrecord.release.history import history
from onrecord.release.notices import add_notice
from onrecord.release.policy import Level, Plan, plan_release
from onrecord.release.publish import alone, last_release, located, publish, read_catalog, read_index, recover, staging
from onrecord.release.sign import sign

__all__ = [
    "DCAT",
    "Level",
    "Plan",
    "add_notice",
    "alone",
    "history",
    "last_release",
    "located",
    "plan_release",
    "publish",
    "read_catalog",
    "read_index",
    "recover",
    "sign",
    "staging",
]
