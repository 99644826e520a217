"""Generate: draw up the week and queue a run for it; solving happens in a worker.

One run at a time per site-week: a second Generate is answered with the first
one's run. So is a repeated request with the same key (of that actor, for these
sites and week), even after that run ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present, some
from pipe_sched.actions.drawing import draw, drawing_scope, keep
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.run_view import run_view
from pipe_sched.actions.views import Generated
from pipe_sched.core.clock import Clock
from pipe_sched.store import runs
from pipe_sched.store.engine import Store

LONGEST = 3600.0
"""Most seconds a run may take."""
MOST_WORKERS = 64


def generate_timetable(
    store: Store,
    actor: Actor,
    sites: Iterable[str],
    clock: Clock,
    *,
    seconds: float = 60.0,
    workers: int = 2,
    seed: int = 1,
    key: str | None = None,
    now: datetime | None = None,
) -> Generated:
    """Queue a run for these sites' week, or give back the one that is already there.

    Raises:
        NotFound: an unknown site. BadRequest: limits out of range, or nothing is due.
    """
    asked, moment = some(sites), present(now)
    allowed(actor, "generate_timetable", asked)
    _check(seconds, workers)
    once = None if key is None else f"{actor.id} {clock} {' '.join(asked)} {key}"
    with store.open_session(drawing_scope(actor, write=True)) as session:
        known = runs.known_run(session, asked, clock, once)
        if known is not None:
            return Generated(run_view(session, known, moment), queued=False)
        drawing = draw(session, clock, asked, moment)
        if not drawing.drawn.week.demands:
            raise BadRequest(f"No session is due in {clock}: fill in the programme first.")
        drawn_up = keep(session, clock, asked, drawing, moment)
        run = runs.queue(
            session,
            runs.Asked(clock, asked, drawing.hash, actor.id, seconds, workers, seed, once),
            moment,
        )
        return Generated(run_view(session, run, moment), queued=True, drawn_up=drawn_up)


def _check(seconds: float, workers: int) -> None:
    if not 0 < seconds <= LONGEST:
        raise BadRequest(f"The time limit must be more than 0 and at most {LONGEST:.0f} seconds.")
    if not 1 <= workers <= MOST_WORKERS:
        raise BadRequest(f"The number of workers must be from 1 to {MOST_WORKERS}.")
