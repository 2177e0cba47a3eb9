"""What was found out about a version after its release: a dated notice in the index, never a deletion."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from onrecord.catalog import Index, Notice, Release, Status
from onrecord.errors import InputError
from onrecord.release.publish import alone, read_index, recover, rename_all


def add_notice(catalog: Path, name: str, version: str, reason: str, day: date, retract: bool = False) -> Release:
    """Say of a version that it is superseded or retracted.

    Args:
        catalog: the catalog.
        name: the package.
        version: the version that is wrong.
        reason: why, for whoever uses it.
        day: the day that the notice carries.
        retract: nobody should use the version any more; else a later version sets it right.

    Returns:
        The release with its notices.

    Raises:
        InputError: there is no such release, no reason, or no later version that would set it right.
        OutputError: the catalog cannot be written, or a release is under way.
    """
    if not " ".join(reason.split()):
        raise InputError("expected a reason, found none; say in --reason what is wrong with the version")
    if read_index(catalog, name) is None:
        raise InputError(f"expected the package {name} in the catalog, found none; check the name and --catalog")
    with alone(catalog):
        recover(catalog, name)
        index = read_index(catalog, name)
        assert index is not None  # it was there, and only a release, which we exclude, changes it
        release = _noticed(index, version, " ".join(reason.split()), day, retract)
        rename_all(
            catalog, replace(index, versions=tuple(release if each.version == version else each for each in index.versions))
        )
    return release


def _noticed(index: Index, version: str, reason: str, day: date, retract: bool) -> Release:
    release = index.release(version)
    if release is None:
        known = ", ".join(each.version for each in index.versions)
        raise InputError(f"expected a version of {index.name}, found {version!r}; there are {known}")
    later = index.versions[: index.versions.index(release)]
    if not retract and not any(each.status != "retracted" for each in later):
        wanted = f"a later version that sets {index.name} {version} right"
        raise InputError(f"expected {wanted}, found none; release it first or call with --retract")
    notice = Notice(date=day.isoformat(), kind="retraction" if retract else "supersession", reason=reason)
    status: Status = "retracted" if retract or release.status == "retracted" else "superseded"
    return replace(release, status=status, notices=tuple(dict.fromkeys((*release.notices, notice))))
