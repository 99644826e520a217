"""One week and one timetable as the oracle sees them: minute by minute, person by person.

Everything is a plain set or range of minutes, made by walking over the week's rows. None of
the program's own algebra is used, so that a mistake there cannot hide here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pipe_sched.core.week import (
    Assignment,
    Booking,
    Commitment,
    Demand,
    Limits,
    Person,
    Room,
    Site,
    Timetable,
    Week,
)

DAY = 1440

NEVER_OVERRIDDEN = {
    "cancelled",
    "one_place",
    "one_session_per_room",
    "kept_apart",
    "safe_to_see",
}
SHOULDS = {
    "every_session_held",
    "owed_attendance",
    "expected_come",
    "keep_published",
    "same_worker",
    "same_time",
    "liked_times",
    "sessions_a_day",
    "neighbouring_days",
    "pause_between",
    "fair_contact",
    "fair_evenings",
    "fair_weekends",
    "few_site_days",
    "little_idle",
    "enough_to_do",
    "floor_staff_last",
    "small_group",
}


@dataclass(frozen=True)
class Session:
    """A session that is held, and who is in it."""

    d: Demand
    a: Assignment

    @cached_property
    def minutes(self) -> range:
        return range(self.a.start, self.a.start + self.d.minutes)

    @cached_property
    def leaders(self) -> set[str]:
        return {lead.person for lead in self.a.staff}

    @cached_property
    def people(self) -> set[str]:
        return self.leaders | set(self.a.attendees)

    @property
    def site(self) -> str:
        return self.d.site


def stretch(start: int, end: int) -> range:
    """The minutes from start to end, half-open."""
    return range(start, max(start, end))


def overlap(a: range, b: range) -> bool:
    """Whether two stretches share a minute."""
    return any(minute in b for minute in a)


def gap(a: range, b: range) -> int:
    """Minutes from the end of the earlier to the start of the later; negative if they overlap."""
    return max(a.start, b.start) - min(a.stop, b.stop)


def booked(b: Booking) -> range:
    """The minutes of a booking."""
    return stretch(b.span.start, b.span.end)


def taken(c: Commitment) -> range:
    """The minutes of a commitment, with its travel when it is away."""
    more = c.travel if c.away else 0
    return stretch(c.span.start - more, c.span.end + more)


class World:
    """Answers about one week with one timetable."""

    def __init__(self, week: Week, timetable: Timetable) -> None:
        self.week = week
        self.clock = week.clock
        self.demands = {d.id: d for d in week.demands}
        self.sessions = [Session(self.demands[a.demand], a) for a in timetable.assignments]
        self.held = {s.d.id: s for s in self.sessions}
        self.people: dict[str, Person] = {p.id: p for p in week.people}
        self.sites: dict[str, Site] = {s.id: s for s in week.sites}
        self.rooms: dict[str, Room] = {r.id: r for r in week.rooms}
        self._on: dict[tuple[str, str | None], set[int]] = {}
        self._day = [self.clock.day(i) for i in range(-3, 12)]

    def of(self, person: str) -> list[Session]:
        """The sessions a person is in, in whatever part."""
        return [s for s in self.sessions if person in s.people]

    def bookings(self, person: str) -> list[Booking]:
        """The sessions outside this run that a person is in."""
        return [b for b in self.week.bookings if person in b.people or person in b.leaders]

    def commitments(self, person: str) -> list[Commitment]:
        """What a person is committed to."""
        return [c for c in self.week.commitments if c.person == person]

    def busy(self, person: str) -> set[int]:
        """Minutes of commitments, travel included."""
        return minutes_of(taken(c) for c in self.commitments(person))

    def absent(self, person: str) -> set[int]:
        """Minutes of absence."""
        rows = (a.span for a in self.week.absences if a.person == person)
        return minutes_of(stretch(s.start, s.end) for s in rows)

    def on(self, person: str, site: str | None = None) -> set[int]:
        """Minutes on shift at a site list with the site (None: any), not absent."""
        key = (person, site)
        if key not in self._on:
            minutes: set[int] = set()
            for s in self.week.shifts:
                if s.person == person and not s.on_call and (site is None or site in s.sites):
                    minutes.update(stretch(s.span.start, s.span.end))
            self._on[key] = minutes - self.absent(person)
        return self._on[key]

    def day(self, minute: int) -> int:
        """The day index of a minute: 0 is Monday."""
        return max(i for i, start in enumerate(self._day) if start <= minute) - 3

    def wall(self, minute: int) -> int:
        """The wall time of a minute, in minutes after midnight."""
        local = self.clock.local(minute)
        return local.hour * 60 + local.minute

    def minutes_between(self, a: str, b: str) -> int:
        """The travel table, read either way."""
        for t in self.week.travel:
            if (t.from_site, t.to_site) == (a, b):
                return t.minutes
        for t in self.week.travel:
            if (t.to_site, t.from_site) == (a, b):
                return t.minutes
        return 0

    def limits(self, person: str) -> Limits:
        """The numbers of a person's home site (reading 5)."""
        return self.sites[self.people[person].site].limits

    def level(self, rule: str, site: str) -> str:
        """Must, should or off at a site."""
        base = "should" if rule in SHOULDS else "must"
        own = next((r for r in self.sites[site].rules if r.rule == rule), None)
        if rule in NEVER_OVERRIDDEN or own is None or own.level is None:
            return base
        return own.level

    def is_resident(self, person: str) -> bool:
        """Whether the person is a resident."""
        return self.people[person].type == "resident"

    def may_be_in(self, d: Demand, person: str) -> bool:
        """Whether the demand names the person in any part."""
        return person in d.attendees or any(person in role.people for role in d.roles)


def minutes_of(stretches: Iterable[range]) -> set[int]:
    """All minutes of some stretches."""
    out: set[int] = set()
    for one in stretches:
        out.update(one)
    return out


def runs(minutes: set[int], pause: int = 1) -> list[range]:
    """Unbroken stretches of a set of minutes; gaps shorter than `pause` do not break them."""
    out: list[range] = []
    for minute in sorted(minutes):
        if out and minute < out[-1].stop + pause:
            out[-1] = range(out[-1].start, minute + 1)
        else:
            out.append(range(minute, minute + 1))
    return out
