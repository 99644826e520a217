"""See how a run gets on. Pages ask this once a second, so it reads three rows."""

from __future__ import annotations

from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.errors import NotFound
from pipe_sched.actions.run_view import run_view
from pipe_sched.actions.views import RunView
from pipe_sched.store import runs
from pipe_sched.store.engine import Store


def no_run() -> NotFound:
    """The answer for a run that is not there, or not for this actor."""
    return NotFound("There is no such run. The week's page shows its newest one.")


def see_run(store: Store, actor: Actor, run_id: str, *, now: datetime | None = None) -> RunView:
    """State and progress of a run. Raises `NotFound`."""
    with store.open_session(allowed(actor, "see_run")) as session:
        run = runs.get_run(session, run_id)
        if run is None:
            raise no_run()
        return run_view(session, run, present(now))
