"""From a collection to a release: what `onrecord release` does, without a word about terminals."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from onrecord import __version__
from onrecord.assemble import Assembled, Progress, assemble, created, quiet, refuse_undecided
from onrecord.bucket import held
from onrecord.corpus import WHOLE, build, is_large
from onrecord.corpus import Plan as CorpusPlan
from onrecord.datapackage import SUMS, Package, read_package
from onrecord.diff import load_differing
from onrecord.package import package_descriptor, sources, table_resource, write_package
from onrecord.package.partitioned import write_partitioned
from onrecord.package.parts import parts_in
from onrecord.pipeline import validate, verify
from onrecord.records import Violation
from onrecord.release import Plan, alone, history, last_release, plan_release, publish, recover, sign, staging
from onrecord.schemas import load_schemas
from onrecord.settings import DRAFT, Collection, load_collection


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
    whole: int = WHOLE,
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
        whole: a collection of more articles is built as `onrecord build` does it, in partitions, and never all in memory.

    Returns:
        What was released, or why not: violations, or nothing that changed.

    Raises:
        InputError: the collection, its reviews or the key cannot be read.
        InvalidData: rows are undecided and must not be, or a release is no longer what was released.
        OutputError: the catalog cannot be written, or another release is under way.
    """
    if is_large(collection := load_collection(folder), whole):
        return _large(
            collection, catalog, dry_run, key, CorpusPlan(workers=workers, require_review=require_review, whole=whole)
        )
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


def _large(collection: Collection, catalog: str | Path, dry_run: bool, key: Path | None, how: CorpusPlan) -> Released:
    """Release a collection that is built in partitions, of which only those that differ from the last release are compared."""
    name, when = collection.name, created(collection)
    with held(catalog, name) as place, TemporaryDirectory() if dry_run else _staged(place, name) as stage:
        finished = None if dry_run else recover(place, name)
        last = last_release(place, name)
        staged = Path(stage) / "package"
        build(collection.folder, staged, how)
        package = read_package(staged)
        before, after = load_differing(last, package) if last else ({}, {})
        plan = plan_release(last, after, dict(package.descriptor), _declared(collection), before)
        shown = Assembled(collection, when, {}, {}, (), (), ())
        released = Released(shown, last.version if last else None, plan, finished=finished)
        if dry_run or plan is None:
            return released
        reviews = pl.DataFrame(schema=load_schemas()["reviews"].dtypes)
        told = history(plan, collection.title, name, when, reviews, last.folder if last else None)
        write_partitioned(staged, parts_in(package.descriptor), replace(collection, version=plan.version), when, told)
        return _out(released, staged, place, collection.folder, key)


@contextmanager
def _staged(catalog: Path, name: str) -> Iterator[Path]:
    """A place inside of a catalog that nobody else changes meanwhile."""
    with alone(catalog), staging(catalog, name) as stage:
        yield stage


def _declared(collection: Collection) -> str | None:
    return None if collection.version == DRAFT else collection.version


def _planned(built: Assembled, last: Package | None) -> Released:
    resources = [table_resource(schema, b"") for schema in load_schemas().values()]
    descriptor = package_descriptor(built.collection, built.created, sources(built.tables["articles"]), resources)
    plan = plan_release(last, built.tables, descriptor, _declared(built.collection))
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
        return _out(planned, staged, catalog, folder, key)


def _out(planned: Released, staged: Path, catalog: Path, folder: Path, key: Path | None) -> Released:
    """Gate, sign and publish a version that is whole."""
    assert planned.plan is not None
    if found := tuple(gated(staged, folder)):
        return replace(planned, violations=found)
    if key:
        sign(staged / SUMS, key)
    publish(staged, catalog, planned.built.collection.name, planned.plan.version)
    return replace(planned, published=True)


def gated(staged: Path, sources: Path) -> Iterable[Violation]:
    """All that is wrong with a package that is about to be published: nobody publishes what these three have not passed."""
    checks: tuple[tuple[Any, ...], ...] = ((validate, staged), (verify, staged, sources))
    for check, *arguments in checks:
        found: list[Violation] = check(*arguments)[1]
        if found:
            return found
    return ()
