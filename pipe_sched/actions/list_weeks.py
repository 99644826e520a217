"""List the weeks that were drawn up, each with how far its timetable is."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.run_view import run_view
from pipe_sched.actions.views import WeekLine
from pipe_sched.core.clock import Clock
from pipe_sched.core.week import Tier
from pipe_sched.store import drafts, runs, versions, weeks
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.plans import plan_version
from pipe_sched.store.tables import Draft, SiteWeek


def list_weeks(
    store: Store, actor: Actor, site: str | None = None, *, now: datetime | None = None
) -> tuple[WeekLine, ...]:
    """Every drawn-up site-week, or those of one site; newest week first."""
    scope = allowed(actor, "list_weeks", [] if site is None else [site])
    with store.open_session(scope) as session:
        version = plan_version(session)
        rows = weeks.site_weeks(session, site)
        return tuple(_line(session, row, version, present(now)) for row in rows)


def _line(session: Session, row: SiteWeek, version: int, now: datetime) -> WeekLine:
    clock = Clock(row.year, row.number)
    draft = drafts.draft(session, row.site, clock, row.revision) if row.revision else None
    run = runs.newest_run(session, row.site, clock)
    prices = {} if draft is None else {cast(Tier, t): cost for t, cost in draft.prices.items()}
    return WeekLine(
        site=row.site,
        clock=clock,
        revision=row.revision,
        demands=weeks.demand_count(session, row.site, clock) if draft is None else draft.demands,
        held=0 if draft is None else draft.held,
        prices=prices,
        out_of_date=row.plan_version != version,
        published=row.published,
        changed=_changed(session, row, clock, draft),
        run=None if run is None else run_view(session, run, now),
    )


def _changed(session: Session, row: SiteWeek, clock: Clock, draft: Draft | None) -> bool:
    """Whether the draft is not what is published."""
    if not row.published or draft is None:
        return False
    found = versions.version(session, row.site, clock, row.published)
    if found is None or found.revision == draft.revision:
        return False
    return found.timetable != draft.timetable
