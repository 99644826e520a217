"""One made-up premises as facts of a frozen week: rooms, staff, shifts, residents.

The numbers follow the draft week of the design notes: 22 beds, 20 residents,
18 staff and a psychologist shared by two premises, 12-hour shifts two by two.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from pipe_sched.core.spans import Span, Spans
from pipe_sched.core.week import (
    Band,
    Block,
    Commitment,
    Hours,
    Limits,
    Person,
    Room,
    Shift,
    Site,
    Stay,
)

DAY = 1440
WEEKDAYS = range(5)
RESIDENTS = 20
KEY_WORKERS = 4
RESIDENTIAL = 11
STAFF_KINDS = ("reflective_practice", "supervision", "group_supervision", "formulation")
FLOOR_KINDS = ("creative", "community_meeting")


def at(day: int, hour: int, minute: int = 0) -> int:
    """The minute of a wall time in a week without a clock change."""
    return day * DAY + hour * 60 + minute


def each(days: range | tuple[int, ...], start: tuple[int, int], end: tuple[int, int]) -> Spans:
    """The same stretch on several days."""
    return tuple(Span(at(d, *start), at(d, *end)) for d in days)


@dataclass(frozen=True)
class Premises:
    """Everything of one premises but its sessions due."""

    site: Site
    rooms: tuple[Room, ...]
    people: tuple[Person, ...]
    shifts: tuple[Shift, ...]
    stays: tuple[Stay, ...]
    commitments: tuple[Commitment, ...]

    def who(self, job: str) -> tuple[str, ...]:
        """Ids of the staff with that job."""
        return tuple(p.id for p in self.people if p.job == job)

    @property
    def residents(self) -> tuple[str, ...]:
        """Ids of the residents."""
        return tuple(p.id for p in self.people if p.type == "resident")


def premises(number: int, random: Random) -> Premises:
    """Premises `number` (from 0); the random source draws appointments and shifts."""
    id = f"s{number}"
    people, shifts = staff(id, random)
    residents = tuple(
        Person(f"{id}-r{i:02d}", "resident", id, step_free=i % 10 == 9) for i in range(RESIDENTS)
    )
    week = Span(-DAY, 8 * DAY)
    return Premises(
        site(id),
        rooms(id),
        people + residents,
        shifts,
        tuple(Stay(p.id, id, week) for p in residents),
        tuple(c for p in residents for c in commitments(p.id, random)),
    )


def site(id: str) -> Site:
    """Hours, routine and cover."""
    week = tuple(range(7))
    routine = [
        Block("medication", span, after=30)
        for hour in ((8, 30), (12, 30), (17, 30), (21, 30))
        for span in each(week, hour, (hour[0], hour[1] + 15))
    ]
    meals = (((8, 0), (8, 30)), ((12, 45), (13, 15)), ((17, 45), (18, 30)))
    routine += [
        Block("meal", s, spares=STAFF_KINDS) for one, two in meals for s in each(week, one, two)
    ]
    routine += [Block("room_check", s, spares=STAFF_KINDS) for s in each(week, (10, 30), (10, 45))]
    hours = (
        Hours(each(week, (9, 0), (20, 0))),
        Hours(each(range(5), (8, 15), (20, 0)), STAFF_KINDS),
    )
    limits = Limits(purposeful=240)
    cover = (Band(Span(-DAY, 8 * DAY), 2),)
    return Site(id, hours=hours, routine=tuple(routine), cover=cover, limits=limits)


def rooms(id: str) -> tuple[Room, ...]:
    """Seven rooms, all but the garden step-free."""
    table = (
        ("group", 12, ("group", "step_free")),
        ("lounge", 26, ("group", "lounge", "step_free")),
        ("one", 4, ("one_to_one", "quiet", "step_free", "in_sight")),
        ("two", 4, ("one_to_one", "quiet", "in_sight", "step_free")),
        ("kitchen", 8, ("kitchen", "step_free")),
        ("garden", 10, ("outdoors",)),
        ("staff", 12, ("quiet", "staff", "step_free")),
    )
    return tuple(Room(f"{id}-{name}", id, seats, features) for name, seats, features in table)


def staff(id: str, random: Random) -> tuple[tuple[Person, ...], tuple[Shift, ...]]:
    """Eighteen staff with their shifts: office, one late each, 12-hour pairs day and night."""
    boss = f"{id}-manager"
    office = [("manager", "ap_manager"), ("regime", "regime_lead")]
    office += [("assistant", "assistant_psychologist")]
    people = [Person(f"{id}-{n}", "staff", id, job=j, manager=boss) for n, j in office]
    shifts = [Shift(p.id, (id,), s) for p in people for s in each(WEEKDAYS, (9, 0), (17, 0))]
    for i in range(KEY_WORKERS):
        worker = Person(f"{id}-k{i}", "staff", id, job="key_worker", manager=boss, counts=True)
        people.append(worker)
        days = tuple(d for d in WEEKDAYS if d != i + 1)
        shifts += [Shift(worker.id, (id,), s) for s in each(days, (9, 0), (17, 0))]
        shifts += [Shift(worker.id, (id,), s) for s in each((i + 1,), (12, 0), (20, 0))]
    crew = [
        Person(f"{id}-w{i:02d}", "staff", id, job="residential_worker", manager=boss, counts=True)
        for i in range(RESIDENTIAL)
    ]
    return (*people, *crew), (*shifts, *crew_shifts(id, [p.id for p in crew], random))


def crew_shifts(id: str, crew: list[str], random: Random) -> list[Shift]:
    """Two residential workers on each 12-hour shift, days and nights by turns."""
    order = list(crew)
    random.shuffle(order)
    out, turn = [], 0
    for day in range(-1, 7):
        for start, end in ((480, 1215), (1200, 1935)):
            for _ in range(2):
                person = order[turn % len(order)]
                turn += 1
                out.append(Shift(person, (id,), Span(day * DAY + start, day * DAY + end)))
    return out


def commitments(person: str, random: Random) -> list[Commitment]:
    """One to four appointments of a resident, some of them away."""
    out = []
    for _ in range(random.randint(1, 4)):
        start = at(random.randrange(5), random.randrange(9, 17), random.choice((0, 30)))
        length = random.choice((30, 60, 90, 180))
        away = random.random() < 0.5
        span = Span(start, start + length)
        out.append(
            Commitment(
                person, span, "appointment", away=away, travel=30 * away, purposeful=length > 60
            )
        )
    return out


def psychologist(number: int, pair: tuple[str, ...]) -> tuple[Person, tuple[Shift, ...]]:
    """A psychologist shared by up to two premises, never both on one day."""
    id = f"psy{number}"
    person = Person(id, "staff", pair[0], job="psychologist", visiting=True)
    days = {pair[0]: (0, 1, 4)} if len(pair) == 1 else {pair[0]: (0, 1, 4), pair[1]: (2, 3)}
    shifts = [
        Shift(id, (where,), span)
        for where, on in days.items()
        for span in each(on, (8, 30), (17, 30))
    ]
    return person, tuple(shifts)
