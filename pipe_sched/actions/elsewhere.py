"""Sessions outside a run that its people are in, as bookings: nobody is in two places.

Of each other site-week what is published counts, as it is shown outside; before its first
publication the draft does. What lies in the weeks on either side counts as held until the
record speaks, and drawing up keeps what touches the days next to the week or belongs to a
series. Only ids, times and the marks that rules need are taken over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipe_sched.actions.outward import outward, outward_week
from pipe_sched.actions.planned import NEAR
from pipe_sched.actions.texts import read_timetable, read_week
from pipe_sched.core.clock import Clock
from pipe_sched.core.index import Index
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Assignment, Booking, Demand, Timetable, Week
from pipe_sched.store import drafts, versions, weeks
from pipe_sched.store.engine import Session
from pipe_sched.store.gate import passage


@dataclass(frozen=True, slots=True)
class Answered:
    """A timetable of another site that is about to be saved, with its week."""

    week: Week
    timetable: Timetable


def elsewhere(
    session: Session,
    clock: Clock,
    sites: Iterable[str],
    about_to: Mapping[str, Answered] | None = None,
) -> tuple[Booking, ...]:
    """Bookings of all site-weeks but those of these sites in this week.

    `about_to`: timetables of other sites in this week that count in place of what is stored.
    """
    found: list[Booking] = []
    for step in NEAR:
        other = clock.neighbour(step)
        later = int((other.origin - clock.origin).total_seconds() // 60)
        with passage(session, "busy_elsewhere"):
            stored = _stored(session, other)
        known = {**stored, **(about_to or {} if step == 0 else {})}
        for site, said in known.items():
            if step or site not in sites:
                found += _bookings(said.week, said.timetable, site, str(other), later)
    return tuple(found)


def _stored(session: Session, clock: Clock) -> dict[str, Answered]:
    """Each site's timetable of one ISO week: the version in force, else the draft."""
    out = {}
    for version in versions.in_force(session, clock):
        shown = outward(session, version)
        out[version.site] = Answered(outward_week(session, version), shown)
    for draft in drafts.current_drafts(session, clock):
        if draft.site not in out:
            week = read_week(weeks.week_text(session, draft.week_hash))
            out[draft.site] = Answered(week, read_timetable(draft.timetable))
    return out


def drafted(session: Session, site: str, clock: Clock) -> Answered | None:
    """A site's current draft with the week it was judged in; None before the first."""
    row = weeks.site_week(session, site, clock)
    draft = drafts.draft(session, site, clock, row.revision) if row and row.revision else None
    if draft is None:
        return None
    week = read_week(weeks.week_text(session, draft.week_hash))
    return Answered(week, read_timetable(draft.timetable))


def _bookings(
    week: Week, timetable: Timetable, site: str, prefix: str, later: int
) -> Iterator[Booking]:
    demands = Index(week).demands
    for a in timetable.assignments:
        demand = demands.get(a.demand)
        if demand is not None and demand.site == site:
            yield _booking(week, demand, a, f"{prefix}:{a.demand}", later)


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
