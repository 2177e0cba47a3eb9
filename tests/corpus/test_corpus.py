"""What a build of many articles promises: the same bytes by any engine and after any death, and nobody held up by a bad one."""

import csv
import json
import os
import re
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import deadly
import pytest
from killer import WHOLE
from published import release_of, write_indexes
from rich.progress import Progress
from synthetic import collection, text

from onrecord.corpus import Engine, Plan, build
from onrecord.corpus.report import build_report
from onrecord.datapackage import read_package
from onrecord.diff import diff_packages
from onrecord.errors import InputError, InvalidData
from onrecord.pipeline import validate, verify
from onrecord.publish import release
from onrecord.pull import pull
from onrecord.pull.cache import Cache
from onrecord.pull.run import Means
from onrecord.serve import build_database
from onrecord.terminal import Building

HERE = Path(__file__).resolve().parent
STEPS = 5


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection that is just large enough for several partitions."""
    return collection(tmp_path_factory.mktemp("few") / "ferries", 2 * WHOLE)


@pytest.fixture(scope="session")
def large(few: Path) -> Path:
    """The package of that collection."""
    out = few.parent / "large"
    build(few, out, Plan(engine=Engine.here, workers=1, whole=WHOLE, batch=8))
    return out


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return collection(tmp_path_factory.mktemp("many") / "ferries", 500)


@pytest.fixture(scope="session")
def serial(many: Path) -> Path:
    out = many.parent / "serial"
    build(many, out, Plan(engine=Engine.here, workers=1, whole=WHOLE, batch=64))
    return out


def test_a_large_collection_is_a_valid_package_of_several_files_a_table(few: Path, large: Path) -> None:
    package = read_package(large)
    assert package.tables["figures"]["path"] == [
        "data/figures/2022-01.001.csv",  # a month of more articles than a partition may have
        "data/figures/2022-01.002.csv",
        "data/figures/2022-02.csv",
    ]
    assert package.strings("articles").height == 2 * WHOLE
    assert package.strings("speakers").height == 5
    assert validate(large)[1] == []
    assert verify(large, few)[1] == []
    told = {name: json.loads((large / name).read_bytes()) for name in ("ro-crate-metadata.json", "schema.jsonld")}
    files = {entry["@id"] for entry in told["ro-crate-metadata.json"]["@graph"] if entry["@type"] == "File"}
    assert files >= {path for path in content(large) if path.startswith("data/")}
    variables = [entry["name"] for entry in told["schema.jsonld"]["variableMeasured"]]
    assert len(variables) == len(set(variables)) > 50


def test_speakers_of_many_mentions_are_merged_a_bucket_at_a_time(
    few: Path, large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vars(sys.modules["onrecord.corpus.speakers"]), "_MOST", 4)
    outs = [tmp_path / f"out{batch}" for batch in (3, 50)]
    for out in outs:
        build(few, out, Plan(engine=Engine.here, workers=1, whole=WHOLE, batch=int(out.name.removeprefix("out"))))
    assert content(outs[0]) == content(outs[1])
    cut, uncut = (read_package(folder) for folder in (outs[0], large))
    speakers = uncut.strings("speakers").sort("speaker_id")
    assert cut.strings("speakers").sort("speaker_id").equals(speakers)
    digits = sorted({speaker_id.removeprefix("speaker_")[0] for speaker_id in speakers["speaker_id"]})
    assert [Path(path).stem for path in cut.tables["speakers"]["path"]] == [f"speakers-{digit}" for digit in digits]
    words = [package.strings("provenance").sort("row_id", "field", "article_id", "start") for package in (cut, uncut)]
    assert words[0].equals(words[1])


def test_a_pool_gives_the_bytes_of_one_process(many: Path, serial: Path, tmp_path: Path) -> None:
    build(many, tmp_path / "out", Plan(workers=2, whole=WHOLE, batch=100))
    assert content(tmp_path / "out") == content(serial)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_dask_cluster_gives_the_bytes_of_one_process(many: Path, serial: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="needs onrecord[dask]")
    workers = {"n_workers": 2, "threads_per_worker": 1, "processes": False, "protocol": "tcp"}  # all passes through sockets
    with distributed.LocalCluster(**workers, dashboard_address=None) as cluster:
        plan = Plan(engine=Engine.dask, scheduler=cluster.scheduler_address, whole=WHOLE, batch=100)
        build(many, tmp_path / "out", plan)
    assert content(tmp_path / "out") == content(serial)


@contextmanager
def killer(many: Path) -> Iterator[Callable[[int, Path], list[int]]]:
    """What builds up to a step, and says how that went: where it was let live the steps and the articles, then how it ended."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE.parents[1] / "scripts"), str(HERE.parent)])}
    command = [sys.executable, str(HERE / "killer.py"), str(many)]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        asked, told = process.stdin, process.stdout

        def run(step: int, out: Path) -> list[int]:
            asked.write(f"{step} {out}\n")
            asked.flush()
            return [int(word) for word in told.readline().split()]

        yield run
        asked.close()


def test_a_build_that_was_killed_goes_on_and_ends_in_the_same_bytes(tmp_path: Path) -> None:
    """Killed five times, each time at another step; what was kept is not extracted again."""
    many, out = collection(tmp_path / "ferries", 2 * WHOLE), tmp_path / "out"
    with killer(many) as run:
        steps, extracted, ended = run(0, tmp_path / "clean")
        assert (extracted, ended) == (2 * WHOLE, 0)
        moments = [2 + number * steps // (2 * STEPS) for number in range(STEPS)]
        assert [run(moment, out) for moment in moments] == [[-signal.SIGKILL]] * STEPS
        with closing(sqlite3.connect(out.with_name("out.build") / "manifest.db")) as database:
            (kept,) = database.execute("SELECT count(*) FROM done").fetchone()
        assert 0 < kept <= extracted
        _, again, ended = run(0, out)
        assert (again, ended) == (extracted - kept, 0)
    assert content(out) == content(tmp_path / "clean")


def test_nothing_is_extracted_twice(tmp_path: Path) -> None:
    many = collection(tmp_path / "ferries", 8)
    plan = Plan(engine=Engine.here, workers=1)
    assert build(many, tmp_path / "out", plan).extracted == 8
    assert build(many, tmp_path / "out", plan).extracted == 0
    (many / "articles" / "more.jsonl").write_text(json.dumps({"id": "more", "text": text(40), "date": "2022-05-05"}), "utf-8")
    assert build(many, tmp_path / "out", plan).extracted == 1


def test_a_bad_article_is_quarantined_and_the_others_are_built(tmp_path: Path) -> None:
    many = collection(tmp_path / "ferries", 30)
    (many / "articles" / "empty.txt").write_text("", "utf-8")
    built = build(many, tmp_path / "out", Plan(workers=1, max_bad=0.05))
    assert built.rows["articles"] == 30
    with (built.state / "quarantine.csv").open(encoding="utf-8") as file:
        ((_, row),) = enumerate(csv.DictReader(file))
    assert (row["file"], row["offset"]) == ("articles/empty.txt", "0")
    assert "expected" in row["reason"]
    with pytest.raises(InvalidData, match="1 of 31 articles in quarantine, more than --max-bad 1%"):
        build(many, tmp_path / "out", Plan(workers=1))


@pytest.mark.parametrize(
    ("good", "bad", "limit", "error"),
    [(3, 2, 0.39, InvalidData), (3, 2, 0.4, None), (2, 2, 0.4, InputError), (1, 2, 0.7, None), (0, 2, 1.0, InputError)],
)
def test_half_a_collection_that_is_bad_is_bad_input(
    tmp_path: Path, good: int, bad: int, limit: float, error: type[Exception] | None
) -> None:
    few = collection(tmp_path / "ferries", good)
    for number in range(bad):
        (few / "articles" / f"empty-{number}.txt").write_text("", "utf-8")
    plan = Plan(engine=Engine.here, workers=1, max_bad=limit)
    if error is None:
        assert build(few, tmp_path / "out", plan).rows["articles"] == good
    else:
        with pytest.raises(error, match=f"{bad} of {good + bad} articles in quarantine") as raised:
            build(few, tmp_path / "out", plan)
        assert type(raised.value) is error
        assert not (tmp_path / "out").exists()


class Mortal(Executor):
    """An executor that is killed whenever it is given a certain article, and broken ever after."""

    def __init__(self, deadly: str) -> None:
        self._deadly, self._broken = deadly, False

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self._broken:
            raise BrokenExecutor
        future: Future[Any] = Future()
        articles: Sequence[Any] = args[0]
        if any(article.article_id == self._deadly for article in articles):
            self._broken = True
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def test_an_article_whose_worker_dies_is_tried_alone_and_then_quarantined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def opened(*_: Any) -> Iterator[Executor]:
        yield Mortal("ferry-00007")

    monkeypatch.setitem(vars(sys.modules["onrecord.corpus.engines"]), "executor", opened)
    many = collection(tmp_path / "ferries", 16)
    built = build(many, tmp_path / "out", Plan(workers=2, max_bad=0.1, batch=4))
    assert built.rows["articles"] == 15
    ((file, offset, reason),) = built.quarantine
    assert file == "articles/000000.jsonl"
    assert b'"ferry-00007"' in (many / file).read_bytes()[offset:].splitlines()[0]
    assert "was killed, twice" in reason


def test_a_worker_that_is_killed_is_tried_alone_and_its_article_quarantined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pool whose processes really get SIGKILL, in the middle of their batch, whenever they meet one article."""
    monkeypatch.setitem(vars(sys.modules["onrecord.corpus.run"]), "extract_batch", deadly.extract_batch)
    many = collection(tmp_path / "ferries", 4)
    built = build(many, tmp_path / "out", Plan(workers=2, max_bad=0.3, batch=2))
    assert built.rows["articles"] == 3
    assert [(file, "was killed, twice" in reason) for file, _, reason in built.quarantine] == [("articles/000000.jsonl", True)]
    assert deadly.ARTICLE not in read_package(tmp_path / "out").strings("articles")["article_id"]


_ONE_WORKER = """
import os, sys
from onrecord.corpus.engines import pool
workers = pool(1)
print(workers.submit(os.getpid).result(), flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="a process that is no child can be waited for on Linux only")
def test_a_worker_ends_when_its_build_is_killed() -> None:
    environment = os.environ | {"PYTHONPATH": str(HERE.parents[1] / "scripts")}
    command = [sys.executable, "-c", _ONE_WORKER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as killed:
        assert killed.stdout
        worker = os.pidfd_open(int(killed.stdout.readline()))
        killed.kill()
    ended, _, _ = select.select([worker], [], [], 60)
    os.close(worker)
    assert ended


@pytest.mark.parametrize("form", ["all", "csv", "parquet"])
def test_a_large_package_is_pulled_whole_or_in_one_form(form: str, large: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "catalog"
    release = shutil.copytree(large, catalog / "ferries" / "0.1.0")
    write_indexes(catalog, [release_of(release)], name="ferries")
    means = Means(cache=Cache(tmp_path / "cache"))
    pulled = pull("ferries", str(catalog), tmp_path / "pulled", form, lock=None, means=means)
    assert verify(pulled.folder)[1] == []
    assert validate(pulled.folder)[1] == []
    wanted = {path: data for path, data in content(large).items() if form == "all" or path.endswith(f".{form}")}
    assert {path: data for path, data in content(pulled.folder).items() if path in wanted} == wanted
    assert {path.suffix for path in (pulled.folder / "data").rglob("*.*")} == {
        Path(path).suffix for path in wanted if "/" in path
    }


def test_articles_without_a_date_are_parted_by_a_hash_of_their_ids(tmp_path: Path) -> None:
    many = collection(tmp_path / "ferries", 4)
    settings = many / "collection.toml"
    settings.write_text(f'undated = "keep"\n{settings.read_text("utf-8")}', "utf-8")
    lines = [json.dumps({"id": f"undated-{number}", "text": text(number)}) for number in range(10, 16)]
    (many / "articles" / "undated.jsonl").write_text("\n".join(lines), "utf-8")
    outs = [tmp_path / f"out{batch}" for batch in (3, 50)]
    built = [build(many, out, Plan(Engine.here, 1, batch=batch, whole=4)) for out, batch in zip(outs, (3, 50), strict=True)]
    assert [(each.undated, each.articles) for each in built] == [(6, 10)] * 2
    assert content(outs[0]) == content(outs[1])
    names = [Path(path).stem for path in read_package(outs[0]).tables["articles"]["path"]]
    assert names[0] == "2022-01"
    assert all(re.fullmatch("undated-[0-9a-f]", name) for name in names[1:])
    assert verify(outs[0], many)[1] == []


def test_a_large_collection_is_released_and_compared_by_the_files_that_differ(tmp_path: Path) -> None:
    many, catalog = collection(tmp_path / "ferries", 6), tmp_path / "catalog"
    settings = many / "collection.toml"
    settings.write_text(settings.read_text("utf-8").replace('version = "0.1.0"\n', ""), "utf-8")
    assert release(many, catalog, whole=4).published
    assert release(many, catalog, whole=4).plan is None
    (file,) = (many / "articles").iterdir()
    file.write_text(file.read_text("utf-8").replace("23 ferries and", "2323 ferries and"), "utf-8")
    dry = release(many, catalog, whole=4, dry_run=True)
    again = release(many, catalog, whole=4)
    assert dry.plan and again.plan and again.published
    assert dry.plan.version == again.plan.version == "1.1.0"
    assert "1 row of figures added." in again.plan.reasons
    first, second = (read_package(catalog / "ferries" / version) for version in ("1.0.0", "1.1.0"))
    before, after = (package.strings("figures") for package in (first, second))
    counts = diff_packages(first.folder, second.folder)["figures"].counts
    assert counts["added"] == after.join(before, on="figure_id", how="anti").height == 1
    assert counts["removed"] == before.join(after, on="figure_id", how="anti").height == 1
    assert verify(second.folder, many)[1] == []


def test_progress_tells_how_many_articles_there_seem_to_be(tmp_path: Path) -> None:
    many = collection(tmp_path / "ferries", 30)
    told: list[tuple[int, int, float | None]] = []
    build(many, tmp_path / "out", Plan(Engine.here, 1, batch=4), lambda *seen: told.append(seen))
    assert sum(articles for articles, _, _ in told) == 30
    assert all(total and 24 < total < 40 for _, _, total in told)
    assert told[-1][2] == 30


def test_on_a_pipe_a_line_every_ten_seconds_tells_what_is_left() -> None:
    seconds, lines = iter([0.0, 5.0, 10.0, 12.0]), list[str]()
    meter = Building(Progress(disable=True), lambda: next(seconds), lines.append)
    for articles in (50, 150, 40):
        meter(articles, 10 * articles, 800.0)
    assert lines == ["building: 200 articles, 2,000 rows, 20 articles/s, about 30 s left"]


def test_what_is_written_has_a_progress_of_its_own(few: Path, tmp_path: Path) -> None:
    seconds, lines, told = count(step=10), list[str](), list[tuple[int, int, float | None, str]]()
    meter = Building(Progress(disable=True), lambda: next(seconds), lines.append)

    def seen(articles: int, rows: int, total: float | None, what: str = "building") -> None:
        told.append((articles, rows, total, what))
        meter(articles, rows, total, what)

    built = build(few, tmp_path / "out", Plan(engine=Engine.here, workers=1, whole=WHOLE, batch=20), seen)
    written = [(articles, rows, total) for articles, rows, total, what in told if what == "writing"]
    assert sum(articles for articles, _, _ in written) == 2 * WHOLE
    assert sum(rows for _, rows, _ in written) == sum(built.rows.values())
    assert {total for _, _, total in written} == {2 * WHOLE}
    assert lines[-1].startswith(f"writing: {2 * WHOLE} articles, {sum(built.rows.values()):,} rows, ")


def test_validating_and_verifying_tell_what_they_look_at(large: Path, few: Path) -> None:
    told = list[tuple[str, int | None]]()

    def progress(items: Iterable[Any], total: int | None, what: str) -> Iterable[Any]:
        told.append((what, total))
        return items

    validate(large, progress)
    verify(large, few, progress)
    assert told == [("checking", 2), ("asking frictionless", None), ("comparing digests", None), ("checking", 2)]


def test_views_tell_what_all_articles_say_together(large: Path, tmp_path: Path) -> None:
    build_database(read_package(large), tmp_path / "ferries.db")
    with closing(sqlite3.connect(tmp_path / "ferries.db")) as database:
        months = dict(database.execute("SELECT month, sum(articles) FROM figures_by_month WHERE unit = '%' GROUP BY month"))
        speakers = database.execute("SELECT name, statements, articles FROM speakers_by_statements").fetchall()
        differ = database.execute("SELECT measures, count(DISTINCT article_id) FROM figures_that_differ GROUP BY 1").fetchall()
    assert sum(months.values()) == 2 * WHOLE
    assert [row[1:] for row in speakers] == [(16, 8)] * 5
    assert ("ferries", 2 * WHOLE) in differ


def test_the_report_draws_what_was_built_without_the_network(large: Path) -> None:
    page = build_report(large, [("articles/<b>.txt", 0, "expected words, found none")]).decode()
    assert page == build_report(large, [("articles/<b>.txt", 0, "expected words, found none")]).decode()
    assert "<td>Ana Roe</td><td>16</td>" in page
    assert "articles/&lt;b&gt;.txt" in page
    assert "<svg" in page
    assert not re.findall(r"(?:src|href)=\"?https?://", page)
