"""The worker: a process of its own that solves queued runs, one at a time.

Solving never happens in a request. The worker claims a run for as long as its
lease lasts, lets a child process solve it under limits of time and memory, and
passes on what the child says; when either is killed, the run is taken up again.
"""

from pipe_sched.work.loop import run_worker
from pipe_sched.work.settings import Settings

__all__ = ["Settings", "run_worker"]
