"""Work in a fork that may die; for scripts that import everything and compute nothing, so that forks hold no threads."""

import os
from collections.abc import Callable


def in_child(work: Callable[[], object]) -> int:
    """Do it in a fork; gives the exit status, negative for a signal."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
