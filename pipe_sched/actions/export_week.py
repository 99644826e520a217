"""Give out a site's week for files: texts in the open format, and the words beside them."""

from __future__ import annotations

from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed
from pipe_sched.actions.errors import NotFound
from pipe_sched.actions.see_week import see_week
from pipe_sched.actions.texts import write_timetable, write_week
from pipe_sched.actions.views import Exported
from pipe_sched.core.clock import Clock
from pipe_sched.store.engine import Store


def export_week(
    store: Store,
    actor: Actor,
    site: str,
    clock: Clock,
    *,
    revision: int | None = None,
    now: datetime | None = None,
) -> Exported:
    """The frozen week that the site was planned in, with its timetable.

    Raises:
        NotFound: the week was not drawn up, or there is no such revision.
    """
    allowed(actor, "export_week", [site])
    view = see_week(store, actor, site, clock, revision=revision, now=now)
    if view is None:
        raise NotFound(f"There is nothing to export for {clock} at “{site}”: draw it up first.")
    return Exported(
        week_text=write_week(view.week),
        timetable_text=write_timetable(view.timetable, view.week),
        week=view.week,
        timetable=view.timetable,
        revision=view.revision,
        labels=view.labels,
        names=view.names,
    )
