"""Whether a worker is alive, so that a page can say when Generate would wait for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from pipe_sched.actions.door import present
from pipe_sched.store import runs
from pipe_sched.store.engine import Store
from pipe_sched.store.scope import EverySite, Scope

SILENT_AFTER = timedelta(seconds=10)
"""A worker beats once a second; one silent for so long is taken for dead."""


def worker_alive(store: Store, *, now: datetime | None = None) -> bool:
    """Whether any worker was heard of in the last ten seconds."""
    with store.open_session(Scope(EverySite("worker_alive"), "anyone")) as session:
        return alive(runs.last_heartbeat(session), present(now))


def alive(heartbeat: datetime | None, now: datetime) -> bool:
    """Whether a heartbeat is young enough."""
    return heartbeat is not None and now - heartbeat <= SILENT_AFTER
