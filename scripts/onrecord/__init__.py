"""onrecord: figures and statements of news articles as open data that points back to the words.

How the package is cut (a test holds it to this):

- leaves, which import nothing of ours: `errors`, `paths`, `hashing`, `records`, `wording`;
- `settings`, `schemas`, `provenance`: import leaves only;
- `datapackage`, `cells`, `citation`: a published package, opened for reading, its cells, typed, and how it is cited;
- stages, which never import each other: `source`, `extract`, `tabulate`, `review`, `validate`, `package`, `verify`;
- distribution, which never imports `extract`: `catalog`, `diff`, `release`, `store`, `pull`, `dataset`, `serve`;
- drivers, which compose the stages: `assemble`, `corpus`, `pipeline`, `reviewing`, `publish`, `bucket`, `terminal`, `cli`.

For a researcher: `onrecord.load`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.dataset import Dataset
    from onrecord.pull.run import Means

__all__ = ["__version__", "load"]

__version__ = "0.1.0"


def load(
    wanted: str,
    catalog: str | None = None,
    *,
    offline: bool = False,
    locked: bool = False,
    signers: "str | Path | None" = None,
    means: "Means | None" = None,
) -> "Dataset":
    """Open a published version: its tables as polars frames, what their columns mean, and the words behind each row.

    Args:
        wanted: NAME or NAME@RANGE, such as "luton-county-lines@^1".
        catalog: a folder, or an address with http, https or s3; None for ONRECORD_CATALOG, the lock's, or `datapackage` here.
        offline: use only what was fetched before.
        locked: refuse another version than the one in onrecord.lock, which is honoured in any case and never written here.
        signers: a file of allowed signers (ssh-keygen), one of whom must have signed the version.
        means: how files are fetched: cache, patience, retries.

    Raises:
        InputError: the call is wrong, or no version will do.
        InvalidData: what the catalog has is not what it says.
        TransferError: it cannot be fetched.

    Warns:
        NoticeWarning: the version was superseded or retracted after its release.

    >>> load("boats@newest")
    Traceback (most recent call last):
    onrecord.errors.InputError: expected a range such as 1.2.0, ^1.2, ~1.2, '>=1,<2' or latest, found 'newest'; correct it
    """
    # Not before it is called: `import onrecord` stays as quick as it is.
    from onrecord.dataset import load as run

    return run(wanted, catalog, offline=offline, locked=locked, signers=signers, means=means)
