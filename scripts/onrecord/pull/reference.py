"""NAME@RANGE: which package, and which of its versions will do."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import nodesemver

from onrecord.catalog import Index, Release
from onrecord.errors import InputError

LATEST = "latest"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Reference:
    """A package's name and the range of versions that will do, in npm's words; None where nothing is said of it."""

    name: str
    range: str | None = None

    def allows(self, version: str) -> bool:
        """Whether a version will do.

        >>> Reference("boats", ">=1 <2").allows("1.4.0"), Reference("boats", "~1.2").allows("1.3.0")
        (True, False)
        """
        return self.range in {None, LATEST} or bool(nodesemver.satisfies(version, self.range, loose=False))

    def __str__(self) -> str:
        return self.name if self.range is None else f"{self.name}@{self.range}"


def parse_reference(text: str) -> Reference:
    """Read NAME or NAME@RANGE.

    Args:
        text: a range is a version (1.2.0), a part of one (1.2), ^1.2 (below 2), ~1.2 (below 1.3), bounds (>=1,<2) or latest.

    Raises:
        InputError: the name or the range is none.

    >>> parse_reference("boats@>=1,<2")
    Reference(name='boats', range='>=1 <2')
    >>> parse_reference("boats@newest")
    Traceback (most recent call last):
    onrecord.errors.InputError: expected a range such as 1.2.0, ^1.2, ~1.2, '>=1,<2' or latest, found 'newest'; correct it
    """
    name, mark, wanted = text.strip().partition("@")
    if not _NAME.fullmatch(name):
        raise InputError(f"expected a package's name, or NAME@RANGE, found {text!r}; see onrecord list")
    if not mark:
        return Reference(name)
    wanted = " ".join(wanted.replace(",", " ").split())
    try:
        if wanted != LATEST:
            nodesemver.make_range(wanted or "nothing", loose=False)
    except ValueError:
        examples = "1.2.0, ^1.2, ~1.2, '>=1,<2' or latest"
        raise InputError(f"expected a range such as {examples}, found {wanted!r}; correct it") from None
    return Reference(name, wanted)


def choose(reference: Reference, index: Index, where: str) -> Release:
    """The newest version that will do and is not retracted; a retracted one only where it is named exactly.

    Raises:
        InputError: there is none.
    """
    if exact := index.release(reference.range or ""):
        return exact
    fit = [release for release in index.versions if reference.allows(release.version)]
    good = [release for release in fit if release.status != "retracted"]
    if not good:
        raise InputError(_none(reference, index, fit, where))
    if reference.range in {None, LATEST}:
        return index.newest or good[0]
    best = nodesemver.max_satisfying([release.version for release in good], reference.range, loose=False)
    return next(release for release in good if release.version == best)


def _none(reference: Reference, index: Index, retracted: Iterable[Release], where: str) -> str:
    expected = f"expected a version of {reference.name} that is {reference.range or LATEST} in {where}"
    if names := ", ".join(release.version for release in retracted):
        return f"{expected}, found only retracted ones ({names}); name one exactly to have it all the same"
    there = ", ".join(release.version for release in index.versions[:5]) or "none"
    return f"{expected}, found {there}; choose one of them"
