"""Generate: draw up the week and queue a run for it; solving happens in a worker.

Once a week is published, what a run finds is only proposed: it keeps what was published as
far as it can, and a person accepts it or not (`settle_proposal`).

One run at a time per site-week: a second Generate is answered with the first
one's run. So is a repeated request with the same key (of that actor, for these
sites and week), even after that run ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present, some
from pipe_sched.actions.drawing import AsIf, draw, keep
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.run_view import run_view
from pipe_sched.actions.views import Generated
from pipe_sched.core.clock import Clock
from pipe_sched.store import runs, weeks
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Session, Store

LONGEST = 3600.0
"""Most seconds a run may take."""
MOST_WORKERS = 64
MOST_CHANGES = 999


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
    most_changes: int | None = None,
    extra_changes: int = 0,
    now: datetime | None = None,
) -> Generated:
    """Queue a run for these sites' week, or give back the one that is already there.

    After publication `most_changes` caps the changes to what was published, and up to
    `extra_changes` more than the fewest may be made to hold more sessions.

    Raises:
        NotFound: an unknown site. BadRequest: limits out of range, or nothing is due.
    """
    asked, moment = some(sites), present(now)
    allowed(actor, "generate_timetable", asked)
    _check(seconds, workers)
    _check_changes(most_changes, extra_changes)
    once = None if key is None else f"{actor.id} {clock} {' '.join(asked)} {key}"
    limits = (seconds, workers, seed, once)
    wanted = runs.Asked(clock, asked, "", actor.id, *limits, False, most_changes, extra_changes)
    with store.open_session(allowed(actor, "generate_timetable", asked, write=True)) as session:
        known = runs.known_run(session, asked, clock, once)
        if known is not None:
            return Generated(run_view(session, known, moment), queued=False)
        drawing = draw(session, clock, asked, moment, AsIf(most_changes=most_changes))
        if not drawing.drawn.week.demands:
            raise BadRequest(f"No session is due in {clock}: fill in the programme first.")
        again = _published(session, asked, clock)
        together = None if again else asked
        drawn_up = keep(session, actor, clock, asked, drawing, moment, together=together)
        weeks.freeze(session, clock, drawing.text, moment)
        wanted = replace(wanted, week_hash=drawing.hash, proposes=again)
        run = runs.queue(session, wanted, moment)
        record(session, sites=asked, week=clock, about=[("run", run.id)])
        return Generated(run_view(session, run, moment), queued=True, drawn_up=drawn_up)


def _published(session: Session, sites: tuple[str, ...], clock: Clock) -> bool:
    rows = (weeks.site_week(session, site, clock) for site in sites)
    return any(row is not None and row.published for row in rows)


def _check_changes(most: int | None, extra: int) -> None:
    if most is not None and not 0 <= most <= MOST_CHANGES:
        raise BadRequest(f"The most changes must be a number from 0 to {MOST_CHANGES}.")
    if not 0 <= extra <= MOST_CHANGES:
        raise BadRequest(f"The extra changes must be a number from 0 to {MOST_CHANGES}.")


def _check(seconds: float, workers: int) -> None:
    if not 0 < seconds <= LONGEST:
        raise BadRequest(f"The time limit must be more than 0 and at most {LONGEST:.0f} seconds.")
    if not 1 <= workers <= MOST_WORKERS:
        raise BadRequest(f"The number of workers must be from 1 to {MOST_WORKERS}.")
