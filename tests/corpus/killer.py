"""Builds a collection and kills itself, without a chance to clean up, at the step that it is told.

    python killer.py COLLECTION

Reads a build a line, STEP OUT, and answers each with a line. This process is as the one that workers are forks of, so that its
own forks start at once and hold no threads. A step is a file gets its name (Path.replace, Path.rename) or rows that the
manifest commits. With step 0 nothing is killed, and the line begins with the number of steps and of articles that were
extracted. It ends with how the build's process ended.
"""

import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import Any

from dying import in_child

import onrecord.corpus.preload  # noqa: F401  all that a build imports when it needs it
from onrecord.corpus import Engine, Plan, build, manifest

WHOLE, BATCH = 20, 4


class Steps:
    """Counts steps; kills the process before the one that it waits for."""

    def __init__(self, last: int) -> None:
        self.last, self.count = last, 0

    def step(self) -> None:
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            self.step()
            return function(*args, **kwargs)

        return wrapped


def main(collection: Path, out: Path, last: int) -> None:
    steps = Steps(last)

    class Counting(sqlite3.Connection):
        def commit(self) -> None:
            steps.step()
            super().commit()

    connect = sqlite3.connect
    vars(manifest)["sqlite3"].connect = lambda path: connect(path, factory=Counting)
    for name in ("replace", "rename"):
        setattr(Path, name, steps.counted(getattr(Path, name)))
    built = build(collection, out, Plan(engine=Engine.here, workers=1, whole=WHOLE, batch=BATCH))
    sys.stdout.write(f"{steps.count} {built.extracted} ")
    sys.stdout.flush()


if __name__ == "__main__":
    for line in sys.stdin:
        told, place = line.rstrip("\n").split(" ", 1)
        ended = in_child(partial(main, Path(sys.argv[1]), Path(place), int(told)))
        sys.stdout.write(f"{ended}\n")
        sys.stdout.flush()
