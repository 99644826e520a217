"""Give out a site's draft to its planner in the open format, without a name.

What other people are given (sheets, calendars, spreadsheets) comes from `see_published`.
"""

from __future__ import annotations

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed
from pipe_sched.actions.errors import NotFound
from pipe_sched.actions.names import labels_of
from pipe_sched.actions.planned import planned_of
from pipe_sched.actions.texts import read_week, write_timetable
from pipe_sched.actions.views import Exported
from pipe_sched.core.clock import Clock
from pipe_sched.core.week import Timetable
from pipe_sched.store import drafts, weeks
from pipe_sched.store.engine import Store
from pipe_sched.store.plans import names_of


def export_week(
    store: Store, actor: Actor, site: str, clock: Clock, *, revision: int | None = None
) -> Exported:
    """The current draft, or that of `revision`, with the very week it was judged in.

    Before the first draft: the week as it was drawn up, and an empty timetable.

    Raises:
        NotFound: the week was not drawn up, or there is no such revision.
    """
    with store.open_session(allowed(actor, "export_draft", [site])) as session:
        row = weeks.site_week(session, site, clock)
        wanted = revision or (row.revision if row else 0)
        draft = drafts.draft(session, site, clock, wanted) if wanted else None
        if row is None or (draft is None and wanted):
            raise NotFound(f"There is nothing to export for {clock} at “{site}”: draw it up first.")
        text = weeks.week_text(session, row.week_hash if draft is None else draft.week_hash)
        week, names = read_week(text), names_of(session)
        return Exported(
            week_text=text,
            timetable_text=write_timetable(Timetable()) if draft is None else draft.timetable,
            week=week,
            timetable=Timetable() if draft is None else planned_of(draft).timetable,
            revision=wanted,
            labels=labels_of(week, names),
            names=names,
        )
