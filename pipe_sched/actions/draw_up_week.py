"""Draw up a week: store the sessions due and say what is different from the last time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present, some
from pipe_sched.actions.drawing import draw, keep
from pipe_sched.actions.views import DrawnUpWeek
from pipe_sched.core.clock import Clock
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Store


def draw_up_week(
    store: Store,
    actor: Actor,
    sites: Iterable[str],
    clock: Clock,
    *,
    now: datetime | None = None,
) -> DrawnUpWeek:
    """Draw up these sites' week together, as one frozen problem; ids stay what they were.

    Raises:
        NotFound: an unknown site. BadRequest: none named, or a row that makes no sense.
    """
    asked, moment = some(sites), present(now)
    with store.open_session(allowed(actor, "draw_up_week", asked, write=True)) as session:
        drawing = draw(session, clock, asked, moment)
        done = keep(session, actor, clock, asked, drawing, moment, together=asked)
        counts = {"added": len(done.added), "changed": len(done.changed)}
        record(session, sites=asked, week=clock, said={**counts, "withdrawn": len(done.withdrawn)})
        return done
