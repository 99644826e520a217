"""The week for those who read it and do not plan it: what is published, and nothing of a draft.

A draft says things before their time: who has gone, what is tried. It stays with the planners.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.names import words_for
from pipe_sched.actions.outward import outward, outward_week
from pipe_sched.actions.publication import version_in_force
from pipe_sched.actions.views import PublishedView, WeekView
from pipe_sched.actions.worker_alive import alive
from pipe_sched.core.clock import Clock
from pipe_sched.core.week import Person, Timetable, Week
from pipe_sched.store import runs, versions
from pipe_sched.store.engine import Session
from pipe_sched.store.tables import SiteWeek


def reading_view(session: Session, actor: Actor, row: SiteWeek, moment: datetime) -> WeekView:
    """The version in force as it is shown outside; before the first nothing, and nobody: whom
    the drawn-up week no longer knows would tell who has gone.
    """
    version = version_in_force(session, row)
    if version is None:
        week, timetable = Week(row.year, row.number, ()), Timetable()
    else:
        week, timetable = outward_week(session, version), outward(session, version)
        week = _with_held_back(session, row, week, moment)
    published = None
    if version is not None:
        published = PublishedView(version.version, version.author, version.published_at, ())
    return WeekView(
        site=row.site,
        sites=(row.site,),
        clock=Clock(row.year, row.number),
        week=week,
        timetable=timetable,
        revision=0 if version is None else version.revision,
        version=row.version,
        findings=(),
        prices={},
        tiers=(),
        unheld=(),
        labels=words_for(session, actor, row.site, week, timetable.assignments),
        notes=(),
        run=None,
        worker_alive=alive(runs.last_heartbeat(session), moment),
        out_of_date=False,
        author=None if version is None else version.author,
        saved_at=None if version is None else version.published_at,
        published=published,
        reading=True,
    )


def _with_held_back(session: Session, row: SiteWeek, week: Week, moment: datetime) -> Week:
    """The week with those whose leaving is held back among its people, until it is over."""
    if Clock(row.year, row.number).neighbour(1).origin <= moment:
        return week
    gone = versions.untold(session, row.site) - {p.id for p in week.people}
    more = (Person(id_, "resident", row.site) for id_ in sorted(gone))
    return replace(week, people=(*week.people, *more))
