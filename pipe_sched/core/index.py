"""Look-ups over a frozen week, built once.

A `Week` is plain tuples so that it can be stored and compared; rules, solver
and pages ask it the same questions over and over, and this answers them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from pipe_sched.core.clock import Clock
from pipe_sched.core.spans import Span, Spans, merged, without
from pipe_sched.core.week import (
    ATTENDS,
    Assignment,
    Booking,
    Commitment,
    Curfew,
    Demand,
    Free,
    Person,
    Room,
    SafeToSee,
    Shift,
    Site,
    Stay,
    Timetable,
    Week,
)

T = TypeVar("T")


def _by_person(items: Iterable[T]) -> Mapping[str, tuple[T, ...]]:
    out: dict[str, list[T]] = defaultdict(list)
    for item in items:
        out[item.person].append(item)  # type: ignore[attr-defined]
    return {key: tuple(value) for key, value in out.items()}


@dataclass(frozen=True)
class Index:
    """Answers about one week. Everything is computed on first use and kept."""

    week: Week
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "clock", self.week.clock)

    @cached_property
    def sites(self) -> Mapping[str, Site]:
        """Sites by id."""
        return {s.id: s for s in self.week.sites}

    @cached_property
    def rooms(self) -> Mapping[str, Room]:
        """Rooms by id."""
        return {r.id: r for r in self.week.rooms}

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """People by id."""
        return {p.id: p for p in self.week.people}

    @cached_property
    def demands(self) -> Mapping[str, Demand]:
        """Demands by id."""
        return {d.id: d for d in self.week.demands}

    @cached_property
    def shifts(self) -> Mapping[str, tuple[Shift, ...]]:
        """Shifts by person, without on-call."""
        return _by_person(s for s in self.week.shifts if not s.on_call)

    @cached_property
    def absences(self) -> Mapping[str, Spans]:
        """Absent minutes by person."""
        found = _by_person(self.week.absences)
        return {p: merged(a.span for a in items) for p, items in found.items()}

    @cached_property
    def commitments(self) -> Mapping[str, tuple[Commitment, ...]]:
        """Commitments by person."""
        return _by_person(self.week.commitments)

    @cached_property
    def stays(self) -> Mapping[str, tuple[Stay, ...]]:
        """Stays by resident."""
        return _by_person(self.week.stays)

    @cached_property
    def safe_to_see(self) -> Mapping[str, SafeToSee]:
        """Safe-to-see settings by resident."""
        return {s.person: s for s in self.week.safe_to_see}

    @cached_property
    def paid(self) -> Mapping[str, Spans]:
        """Paid attendance windows by worker."""
        found = _by_person(self.week.paid)
        return {p: merged(a.span for a in items) for p, items in found.items()}

    @cached_property
    def free(self) -> Mapping[str, tuple[Free, ...]]:
        """When people from outside said they are free, by person."""
        return _by_person(self.week.free)

    @cached_property
    def curfews(self) -> Mapping[str, tuple[Curfew, ...]]:
        """Curfews by resident."""
        return _by_person(self.week.curfews)

    @cached_property
    def bookings_of(self) -> Mapping[str, tuple[Booking, ...]]:
        """The fixed bookings each person leads or attends."""
        out: dict[str, list[Booking]] = defaultdict(list)
        for booking in self.week.bookings:
            for person in dict.fromkeys((*booking.people, *booking.leaders)):
                out[person].append(booking)
        return {key: tuple(value) for key, value in out.items()}

    @cached_property
    def bookings_in(self) -> Mapping[str, tuple[Booking, ...]]:
        """The fixed bookings in each room."""
        out: dict[str, list[Booking]] = defaultdict(list)
        for booking in self.week.bookings:
            if booking.room is not None:
                out[booking.room].append(booking)
        return {key: tuple(value) for key, value in out.items()}

    def rooms_for(self, demand: Demand) -> tuple[Room, ...]:
        """The rooms a demand may name: those of its site (or its own list); none if roomless."""
        if not demand.needs_room:
            return ()
        rooms = self._rooms_at.get(demand.site, ())
        return tuple(r for r in rooms if not demand.rooms or r.id in demand.rooms)

    @cached_property
    def _rooms_at(self) -> Mapping[str, tuple[Room, ...]]:
        out: dict[str, list[Room]] = defaultdict(list)
        for room in self.week.rooms:
            out[room.site].append(room)
        return {site: tuple(rooms) for site, rooms in out.items()}

    def parts(self, demand: Demand) -> tuple[tuple[str, str], ...]:
        """Every (person, role) that may occur in a demand, attending included."""
        leads = [(p, role.name) for role in demand.roles for p in role.people]
        return (*leads, *((p, ATTENDS) for p in demand.attendees))

    @cached_property
    def parts_by_person(self) -> Mapping[str, tuple[tuple[Demand, str], ...]]:
        """For each person, the (demand, role) pairs they may occur in."""
        out: dict[str, list[tuple[Demand, str]]] = defaultdict(list)
        for d in self.week.demands:
            for person, role in self.parts(d):
                out[person].append((d, role))
        return {key: tuple(value) for key, value in out.items()}

    def on_duty(self, person: str, site: str) -> Spans:
        """Minutes on shift at a site list that includes this one, not absent."""
        shifts = (s.span for s in self.shifts.get(person, ()) if site in s.sites)
        return without(shifts, self.absences.get(person, ()))

    def minutes_between(self, a: str, b: str) -> int:
        """Travel minutes between two sites; 0 within a site and for unknown pairs."""
        return 0 if a == b else self._travel.get((a, b), 0)

    @cached_property
    def _travel(self) -> Mapping[tuple[str, str], int]:
        back = {(t.to_site, t.from_site): t.minutes for t in self.week.travel}
        return back | {(t.from_site, t.to_site): t.minutes for t in self.week.travel}

    @cached_property
    def days(self) -> tuple[Span, ...]:
        """The week's seven local dates as spans, Monday first."""
        return tuple(self.clock.day_span(i) for i in range(7))


@dataclass(frozen=True)
class Held:
    """A timetable bound to its week: what is in which session, by demand."""

    index: Index
    timetable: Timetable

    @cached_property
    def by_demand(self) -> Mapping[str, Assignment]:
        """Assignments by demand id."""
        return {a.demand: a for a in self.timetable.assignments}

    @cached_property
    def parts(self) -> frozenset[tuple[str, str, str]]:
        """All (demand, person, role) that occur; attending is the role `attends`."""
        out: set[tuple[str, str, str]] = set()
        for a in self.timetable.assignments:
            out.update((a.demand, lead.person, lead.role) for lead in a.staff)
            out.update((a.demand, p, ATTENDS) for p in a.attendees)
        return frozenset(out)

    @cached_property
    def members(self) -> frozenset[tuple[str, str]]:
        """All (demand, person) that occur in whatever part."""
        return frozenset((d, p) for d, p, _ in self.parts)

    @cached_property
    def spans(self) -> Mapping[str, Span]:
        """When each held demand lies."""
        return {
            a.demand: Span(a.start, a.start + self.index.demands[a.demand].minutes)
            for a in self.timetable.assignments
        }
