"""What a published timetable takes of people and rooms, for the database to guard."""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.actions.outward import outward, outward_week
from pipe_sched.core.decisions import people_in
from pipe_sched.core.index import Held, Index
from pipe_sched.core.week import Timetable, Week
from pipe_sched.store import versions
from pipe_sched.store.engine import Session
from pipe_sched.store.versions import Taken

NOBODY: frozenset[str] = frozenset()


def taken_by(week: Week, timetable: Timetable, but: frozenset[str] = NOBODY) -> Iterator[Taken]:
    """Every person and room that the sessions take, in minutes UTC; `but` these people.

    Whose leaving is held back is free; their worker and room are not, for outside they are
    still in the session.
    """
    held = Held(Index(week), timetable)
    origin = int(held.index.clock.origin.timestamp()) // 60
    for a in timetable.assignments:
        span = held.spans[a.demand]
        start, finish = origin + span.start, origin + span.end
        if a.room is not None:
            yield Taken(a.demand, "room", a.room, start, finish)
        for person in sorted(people_in([a]) - but):
            yield Taken(a.demand, "person", person, start, finish)


def book_again(session: Session) -> None:
    """Free what was only shown still, now that somebody may be known to have left."""
    untold = versions.untold(session)
    for version in versions.shown_otherwise(session):
        shown = outward(session, version)
        taken = taken_by(outward_week(session, version), shown, untold)
        versions.book(session, (version.site, version.year, version.number), tuple(taken))
