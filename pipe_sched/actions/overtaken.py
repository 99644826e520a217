"""Telling a person that the week was changed after they looked at it, and what was changed."""

from __future__ import annotations

from pipe_sched.access import Actor
from pipe_sched.actions.errors import Overtaken
from pipe_sched.actions.names import words_for
from pipe_sched.actions.planned import planned_of
from pipe_sched.actions.texts import read_week
from pipe_sched.core.clock import Clock
from pipe_sched.core.differing import Side, differences
from pipe_sched.store import drafts, versions, weeks
from pipe_sched.store.engine import Session
from pipe_sched.store.tables import Draft, SiteWeek

SENTENCE = "This week was changed after you opened it, so nothing of yours was stored yet."


def check_version(session: Session, actor: Actor, row: SiteWeek, version: int) -> None:
    """Nothing, if the site-week is still at the version that the person saw; else `Overtaken`."""
    if row.version != version:
        raise Overtaken(SENTENCE, tuple(_meanwhile(session, actor, row, version)), row.version)


def _meanwhile(session: Session, actor: Actor, row: SiteWeek, version: int) -> list[str]:
    """What the newest revisions changed: as many as the site-week's version moved on, at most."""
    clock = Clock(row.year, row.number)
    now = drafts.draft(session, row.site, clock, row.revision) if row.revision else None
    before = now
    for _ in range(max(0, min(row.version - version, 20))):
        if before is None or not before.parent:
            break
        before = drafts.draft(session, row.site, clock, before.parent)
    if now is None or before is None or before.id == now.id:
        return ["It was published, drawn up again or taken back to an earlier draft."]
    return _between(session, actor, before, now)


def _between(session: Session, actor: Actor, before: Draft, now: Draft) -> list[str]:
    sides, labels = [], None
    for draft in (before, now):
        week = read_week(weeks.week_text(session, draft.week_hash))
        timetable = planned_of(draft).timetable
        sides.append(Side.of(week, timetable, draft.site))
        if labels is None:
            labels = words_for(session, actor, draft.site, week, timetable.assignments)
        else:
            labels = labels.knowing(week, timetable.assignments)
    untold = versions.untold(session)
    found = differences(*(side.less(untold) for side in sides))
    said = [labels.sentence(say) for one in found for say in one.say] if labels else []
    return said or ["What is kept here or agreed to was changed."]
