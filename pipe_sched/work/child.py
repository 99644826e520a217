"""The child process that solves one week and says on its output how it gets on.

It reads one JSON line (`Task`), then "stop" lines; it writes one JSON object per
line: progress, result, reasons, or error. When its parent dies it dies too, by
signal where the system has one and by the end of its input everywhere.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
import threading
from functools import partial
from typing import TextIO

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Solve the task on standard input."""
    _die_with_parent()
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what a library prints must not stand between our lines
    task = json.loads(sys.stdin.readline())
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # loaded with the solver, used for nothing
    _limit_memory(int(task["memory"]))
    asked = threading.Event()
    threading.Thread(target=_listen, args=(sys.stdin, asked), daemon=True).start()
    try:
        from pipe_sched.work.task import work  # here, so that the limit counts for loading too

        work(task, asked.is_set, partial(tell, out))
    except Exception as error:
        tell(out, error="memory" if _of_memory(error) else type(error).__name__)
        raise


def _of_memory(error: Exception) -> bool:
    """Whether memory ran out; a library that finds no room is an import that failed."""
    return isinstance(error, MemoryError) or "map segment" in str(error)


def tell(out: TextIO, **what: object) -> None:
    """Write one line."""
    print(json.dumps(what), file=out, flush=True)


def _listen(lines: TextIO, asked: threading.Event) -> None:
    for line in lines:
        if line.strip() == "stop":
            asked.set()
    os._exit(1)  # the worker is gone: nobody is left to hear an answer


def _die_with_parent() -> None:
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # it died before the signal was set up


def _limit_memory(most: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    main()
