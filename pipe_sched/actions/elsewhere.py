"""Sessions outside a run that its people are in, as bookings: nobody is in two places.

The current drafts of other sites in the same week, and of every site in the weeks on
either side: what lies there counts as held until the record speaks, and drawing up
keeps what touches the days next to the week or belongs to a series. Only ids, times
and the marks that rules need are taken over.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipe_sched.actions.texts import read_timetable, read_week
from pipe_sched.core.clock import Clock
from pipe_sched.core.index import Index
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Assignment, Booking, Demand, Week
from pipe_sched.store import weeks
from pipe_sched.store.engine import Session
from pipe_sched.store.tables import Draft


def elsewhere(session: Session, clock: Clock, sites: Iterable[str]) -> tuple[Booking, ...]:
    """Bookings from all current drafts but those of these sites in this week."""
    planned = set(sites)
    found: list[Booking] = []
    for step in (-1, 0, 1):
        other = clock.neighbour(step)
        for draft in weeks.current_drafts(session, other):
            if step or draft.site not in planned:
                found += _bookings(session, draft, clock, other)
    return tuple(found)


def _bookings(session: Session, draft: Draft, clock: Clock, other: Clock) -> list[Booking]:
    week = read_week(weeks.week_text(session, draft.week_hash))
    index = Index(week)
    later = int((other.origin - clock.origin).total_seconds() // 60)
    return [
        _booking(week, index.demands[a.demand], a, f"{other}:{a.demand}", later)
        for a in read_timetable(draft.timetable).assignments
    ]


def _booking(week: Week, demand: Demand, place: Assignment, id_: str, later: int) -> Booking:
    start = place.start + later
    residents = {p.id for p in week.people if p.type == "resident"}
    return Booking(
        id=id_,
        site=demand.site,
        span=Span(start, start + demand.minutes),
        kind=demand.kind,
        people=place.attendees,
        leaders=tuple(lead.person for lead in place.staff),
        room=place.room,
        off_floor=not demand.on_floor,
        with_residents=any(p in residents for p in place.attendees),
        one_to_one=demand.one_to_one,
        series=demand.series,
        step=demand.step,
    )
