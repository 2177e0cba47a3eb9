"""Builds a collection and tells what it took: python timed.py COLLECTION OUT WORKERS

Of every process that extracts, the processor time of extraction goes into a file of its own in OUT.times: from a text to the
words behind each cell (lines, figures, statements, speakers, dates, provenance), as `turn.py` times it too. What is measured is
the build as it is: timers are put around these three functions, and cost less than a hundredth of what they measure.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache, wraps
from pathlib import Path
from typing import Any

import onrecord.extract
import onrecord.tabulate
from onrecord.corpus import Engine, Plan, batch, build, run
from onrecord.corpus.inputs import Waiting
from onrecord.source.read import Draft


class Watch:
    """Adds up the seconds of processor time that functions take in this thread."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def on(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def watched(*args: Any, **kwargs: Any) -> Any:
            started = time.thread_time()
            result = function(*args, **kwargs)
            self.seconds += time.thread_time() - started
            return result

        return watched


@cache
def watch() -> Watch:
    """This process's watch, put around what it times when it is first asked for."""
    found = Watch()
    for place, name in ((Draft, "article"), (onrecord.extract, "extract"), (onrecord.tabulate, "quoted")):
        setattr(place, name, found.on(getattr(place, name)))
    return found


def extract_batch(articles: Sequence[Waiting]) -> batch.Batch:
    """What an executor is given in place of the function of the same name."""
    timer = watch()
    result = batch.extract_batch(articles)
    Path(os.environ["ONRECORD_TIMES"], str(os.getpid())).write_text(str(timer.seconds), "utf-8")
    return result


def main(collection: Path, out: Path, workers: int) -> None:
    import timed  # by this name workers find it

    times = out.with_name(f"{out.name}.times")
    times.mkdir()
    os.environ["ONRECORD_TIMES"] = str(times)
    vars(run)["extract_batch"] = timed.extract_batch
    started = time.perf_counter()
    built = build(collection, out, Plan(Engine.pool if workers > 1 else Engine.here, workers))
    seconds = time.perf_counter() - started
    extracting = sum(float(path.read_text("utf-8")) for path in times.iterdir())
    json.dump({"seconds": seconds, "extracting": extracting, "rows": built.rows, "bad": len(built.quarantine)}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
