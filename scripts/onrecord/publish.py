"""From a collection to a release: what `onrecord release` does, without a word about terminals."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onrecord import __version__
from onrecord.assemble import Assembled, Progress, assemble, quiet, refuse_undecided
from onrecord.bucket import held
from onrecord.datapackage import SUMS, Package
from onrecord.package import package_descriptor, sources, table_resource, write_package
from onrecord.pipeline import validate, verify
from onrecord.records import Violation
from onrecord.release import Plan, alone, history, last_release, plan_release, publish, recover, sign, staging
from onrecord.schemas import load_schemas
from onrecord.settings import DRAFT


@dataclass(frozen=True, slots=True)
class Released:
    """What became of a release.

    `plan` is None where nothing changed since `last`; `published` says whether the version got its place; `finished` is the
    version of an earlier run that was killed, where this one finished it.
    """

    built: Assembled
    last: str | None
    plan: Plan | None = None
    published: bool = False
    finished: str | None = None
    violations: tuple[Violation, ...] = ()


def release(
    folder: Path,
    catalog: str | Path,
    *,
    dry_run: bool = False,
    key: Path | None = None,
    require_review: bool = False,
    workers: int = 1,
    progress: Progress = quiet,
) -> Released:
    """Build a collection, and release it under the version that its changes call for.

    Args:
        folder: the collection.
        catalog: the folder of releases, or the bucket (s3://).
        dry_run: only say what would be released; nothing is written, nothing that was interrupted is finished.
        key: a key of OpenSSH to sign with.
        require_review: refuse while there are rows that nobody has decided.
        workers: number of processes that extract.
        progress: wraps the articles while they are worked on.

    Returns:
        What was released, or why not: violations, or nothing that changed.

    Raises:
        InputError: the collection, its reviews or the key cannot be read.
        InvalidData: rows are undecided and must not be, or a release is no longer what was released.
        OutputError: the catalog cannot be written, or another release is under way.
    """
    built = assemble(folder, workers, progress)
    if require_review:
        refuse_undecided(built)
    name = built.collection.name
    if built.violations:
        return Released(built, None, violations=built.violations)
    with held(catalog, name) as place:
        if dry_run:
            return _planned(built, last_release(place, name))
        with alone(place):
            finished = recover(place, name)
            last = last_release(place, name)
            planned = replace(_planned(built, last), finished=finished)
            return _published(planned, last, place, folder, key) if planned.plan else planned


def _planned(built: Assembled, last: Package | None) -> Released:
    declared = None if built.collection.version == DRAFT else built.collection.version
    resources = [table_resource(schema, b"") for schema in load_schemas().values()]
    descriptor = package_descriptor(built.collection, built.created, sources(built.tables["articles"]), resources)
    plan = plan_release(last, built.tables, descriptor, declared)
    return Released(built, last.version if last else None, plan)


def _published(planned: Released, last: Package | None, catalog: Path, folder: Path, key: Path | None) -> Released:
    built, plan = planned.built, planned.plan
    assert plan is not None
    collection = replace(built.collection, version=plan.version)
    told = history(
        plan, collection.title, collection.name, built.created, built.tables["reviews"], last.folder if last else None
    )
    with staging(catalog, collection.name) as stage:
        staged = stage / "package"
        write_package(staged, collection, built.created, built.tables, built.stored, __version__, told)
        found = tuple(gated(staged, folder))
        if found:
            return replace(planned, violations=found)
        if key:
            sign(staged / SUMS, key)
        publish(staged, catalog, collection.name, plan.version)
        return replace(planned, published=True)


def gated(staged: Path, sources: Path) -> Iterable[Violation]:
    """All that is wrong with a package that is about to be published: nobody publishes what these three have not passed."""
    checks: tuple[tuple[Any, ...], ...] = ((validate, staged), (verify, staged, sources))
    for check, *arguments in checks:
        found: list[Violation] = check(*arguments)[1]
        if found:
            return found
    return ()
