"""Draw up a week: store the sessions due and say what is different from the last time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present, some
from pipe_sched.actions.drawing import draw, drawing_scope, keep
from pipe_sched.actions.views import DrawnUpWeek
from pipe_sched.core.clock import Clock
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
    allowed(actor, "draw_up_week", asked)
    with store.open_session(drawing_scope(actor, write=True)) as session:
        drawing = draw(session, clock, asked, moment)
        return keep(session, clock, asked, drawing, moment, together=asked)
