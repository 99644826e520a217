"""Stop a run. The best answer so far is kept; a run that nobody works on ends at once."""

from __future__ import annotations

from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.errors import NotAllowed
from pipe_sched.actions.run_view import run_view
from pipe_sched.actions.see_run import no_run
from pipe_sched.actions.views import RunView
from pipe_sched.core.clock import Clock
from pipe_sched.store import runs
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Store

NOT_WHOLE = (
    "Other premises are being planned with these. Ask somebody who plans those as well to stop it."
)


def stop_run(store: Store, actor: Actor, run_id: str, *, now: datetime | None = None) -> RunView:
    """Ask it to stop; stopping one that has ended changes nothing. Raises `NotFound`."""
    scope, moment = allowed(actor, "stop_run", write=True), present(now)
    with store.open_session(scope) as session:
        run = runs.get_run(session, run_id)
        if run is None:
            raise no_run()
        if not runs.is_whole(session, run.id):
            raise NotAllowed(NOT_WHOLE)
        runs.stop(session, run, moment)
        where = [part.site for part in runs.run_sites(session, run.id)]
        week = Clock(run.year, run.number)
        record(session, sites=where, week=week, about=[("run", run.id)])
        return run_view(session, run, moment)
