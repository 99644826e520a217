"""What leaves the planners' pages of a version: walls, feeds, files, and busy times elsewhere.

While an ended stay is held back, nothing outside may show that somebody is gone. A version
published meanwhile keeps a second timetable for the outside: their one-to-ones stay where they
were shown, they stay in the groups that are still held, and what that takes is not free for
anybody else. Where this cannot be shown without giving it away, nothing is published.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipe_sched.actions.texts import read_timetable, read_week
from pipe_sched.core.differing import theirs_alone
from pipe_sched.core.week import Timetable, Week
from pipe_sched.store import versions, weeks
from pipe_sched.store.engine import Session
from pipe_sched.store.tables import Version

People = frozenset[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A timetable for the outside with the week that knows its sessions; `who` is held back."""

    week: Week
    timetable: Timetable
    who: People


def outward(session: Session, version: Version) -> Timetable:
    """What is shown outside of a version now: of those held back only who still is."""
    return _shown_of(session, version, versions.untold(session)).timetable


def outward_week(session: Session, version: Version) -> Week:
    """The week that knows the sessions which are shown outside."""
    return _shown_of(session, version, versions.untold(session)).week


def last_shown(session: Session, version: Version) -> Shown:
    """What was shown outside when the version was published, whoever has been told since."""
    return _shown_of(session, version, frozenset(version.held_back))


def _shown_of(session: Session, version: Version, untold: People) -> Shown:
    still = untold & frozenset(version.held_back)
    if not still or version.shown is None or version.shown_week is None:
        week = read_week(weeks.week_text(session, version.week_hash))
        return Shown(week, read_timetable(version.timetable), frozenset())
    week = read_week(weeks.week_text(session, version.shown_week))
    told = frozenset(version.held_back) - still
    return Shown(week, _without(week, read_timetable(version.shown), told), still)


def _without(week: Week, timetable: Timetable, people: People) -> Timetable:
    demands = {d.id: d for d in week.demands}
    return Timetable(
        tuple(
            replace(a, attendees=tuple(p for p in a.attendees if p not in people))
            for a in timetable.assignments
            if not theirs_alone(demands.get(a.demand), a, people)
        )
    )
