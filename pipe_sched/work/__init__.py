"""The worker: a process of its own that solves queued runs, one at a time.

Solving never happens in a request. The worker claims a run for as long as its
lease lasts, lets a child process solve it under limits of time and memory, and
passes on what the child says; when either is killed, the run is taken up again.
"""

from __future__ import annotations

import threading

from pipe_sched.work.settings import Settings

__all__ = ["Settings", "run_worker"]


def run_worker(
    url: str, settings: Settings | None = None, *, ending: threading.Event | None = None
) -> None:
    """Work until a signal (or `ending`) says so. A run in hand then goes back to the queue.

    Raises:
        StoreUnusable: the address, or what lies there, cannot be used.
    """
    from pipe_sched.work.loop import run  # the child needs none of this, and starts sooner

    run(url, settings or Settings(), ending or threading.Event())
