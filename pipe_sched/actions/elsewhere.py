"""Sessions outside a run that its people are in, as bookings: nobody is in two places.

In the same week both what is published at another site and what its current draft says:
people have been told the one, and the other may be published next. In the weeks on either
side what is published, else the draft: what lies there counts as held until the record
speaks, and drawing up keeps what touches the days next to the week or belongs to a series.
Only ids, times and the marks that rules need are taken over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipe_sched.actions.planned import NEAR
from pipe_sched.actions.texts import read_timetable, read_week
from pipe_sched.core.clock import Clock
from pipe_sched.core.index import Index
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Assignment, Booking, Demand, Timetable, Week
from pipe_sched.store import drafts, versions, weeks
from pipe_sched.store.engine import Session
from pipe_sched.store.tables import Draft, Version


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

    `about_to`: timetables of other sites in this week that count in place of their drafts.
    """
    found: dict[str, Booking] = {}
    fresh = about_to or {}
    for step in NEAR:
        other = clock.neighbour(step)
        later = int((other.origin - clock.origin).total_seconds() // 60)
        for site, told in _stored(session, other, step == 0, () if step else fresh).items():
            if step == 0 and site in sites:
                continue
            for prefix, week, timetable in told(None if step else fresh.get(site)):
                for booking in _bookings(week, timetable, site, f"{other}{prefix}", later):
                    found.setdefault(_place(booking), booking)
    return tuple(found.values())


class _Told:
    """What is said of one site's week: its version in force and its current draft."""

    def __init__(self, session: Session, both: bool) -> None:
        self.session, self.both = session, both
        self.version: Version | None = None
        self.draft: Draft | None = None

    def __call__(self, fresh: Answered | None) -> Iterator[tuple[str, Week, Timetable]]:
        if self.version is not None:
            yield ("", *self._read(self.version))
            if not self.both:
                return
        prefix = "" if self.version is None else ":draft"
        if fresh is not None:
            yield prefix, fresh.week, fresh.timetable
        elif self.draft is not None:
            yield (prefix, *self._read(self.draft))

    def _read(self, found: Draft | Version) -> tuple[Week, Timetable]:
        text = weeks.week_text(self.session, found.week_hash)
        return read_week(text), read_timetable(found.timetable)


def _stored(session: Session, clock: Clock, both: bool, fresh: Iterable[str]) -> dict[str, _Told]:
    out = {site: _Told(session, both) for site in fresh}
    for version in versions.in_force(session, clock):
        out.setdefault(version.site, _Told(session, both)).version = version
    for draft in drafts.current_drafts(session, clock):
        out.setdefault(draft.site, _Told(session, both)).draft = draft
    return out


def _place(booking: Booking) -> str:
    """The same for a session that lies in the same place in draft and version."""
    who = sorted((*booking.people, *booking.leaders))
    session = booking.id.replace(":draft", "", 1)
    return f"{session} {booking.span.start} {booking.span.end} {booking.room} {who}"


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
