"""A small premises in plain words, for tests of what is due and how a week is drawn up.

    plan = kirk(programme("ART", "creative", times=2), residents=2)
    assert ids(plan) == ["kirk:ART:group:1", "kirk:ART:group:2"]

The week is 2026-W49 unless said: Monday 30 November to Sunday 6 December, no clock change.
Residents X1, X2, ... arrived on 1 October; workers A and B are key workers on 9am to 5pm from
Monday to Friday of every week from eight before to four after.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from pipe_sched.core.clock import Clock
from pipe_sched.core.due import Due, DueWeek, due
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.plan import (
    AllocationRow,
    DeliveryRow,
    HoursRow,
    Outcome,
    Part,
    Plan,
    ProgrammeRow,
    ResidentRow,
    RoomRow,
    ShiftRow,
    SiteRow,
    StaffRow,
    StayRow,
)

W49 = Clock(2026, 49)
NOW = W49.monday
CAME = date(2026, 10, 1)
OWN = Part("lead", jobs=("own_key_worker",))
ANY = Part("lead", jobs=("key_worker",))


def day(number: int, weeks: int = 0, clock: Clock = W49) -> date:
    """The date of a weekday (1 = Monday) so many weeks from the week."""
    return clock.monday + timedelta(days=number - 1, weeks=weeks)


def programme(id: str, kind: str, minutes: int = 60, **more: Any) -> ProgrammeRow:
    """A programme of Kirk Lodge led by any key worker unless said."""
    return ProgrammeRow(id, "kirk", kind, minutes, **{"parts": (ANY,)} | more)


KEY = programme("KEY", "key_work", 45, whom="each_resident", parts=(OWN,), one_to_one=True)


def kirk(*programmes: ProgrammeRow, residents: int = 1, clock: Clock = W49, **more: Any) -> Plan:
    """Kirk Lodge with so many residents, two workers and these programmes."""
    people = [f"X{n + 1}" for n in range(residents)]
    plan = Plan(
        sites=(SiteRow("kirk", "Kirk Lodge"), SiteRow("hmp", "A prison", "prison")),
        hours=(HoursRow("kirk", time(9), time(20)),),
        rooms=(RoomRow("r1", "kirk", "Room 1", 12, ("group",)),),
        staff=tuple(StaffRow(s, s, "key_worker", ("kirk",), counts=True) for s in "AB"),
        shifts=tuple(_office(clock)),
        residents=tuple(ResidentRow(p, p) for p in people),
        stays=tuple(StayRow(p, "kirk", CAME) for p in people),
        allocations=tuple(AllocationRow(p, "A", CAME, "B") for p in people),
        programmes=programmes,
    )
    return replace(plan, **more)


def _office(clock: Clock) -> list[ShiftRow]:
    weekdays = [day(d, w, clock) for w in range(-8, 5) for d in range(1, 6)]
    return [ShiftRow(s, d, time(9), time(17), ("kirk",)) for d in weekdays for s in "AB"]


def held(
    programme: str,
    on: date,
    person: str | None = None,
    at: time = time(10),
    outcome: Outcome = "held",
    **more: Any,
) -> DeliveryRow:
    """A past session, held unless said, led by A."""
    return DeliveryRow(programme, on, at, 60, outcome, person, **{"led_by": "A"} | more)


def missed(programme: str, on: date, person: str | None = None) -> DeliveryRow:
    """A past session that the service cancelled."""
    return held(programme, on, person, outcome="cancelled_by_service", led_by=None)


def drawn(plan: Plan, clock: Clock = W49) -> DueWeek:
    """What is due at Kirk Lodge."""
    return due(plan, clock, ["kirk"])


def dues(plan: Plan, clock: Clock = W49) -> dict[str, Due]:
    """The sessions due by id."""
    return {d.id: d for d in drawn(plan, clock).items}


def ids(plan: Plan, clock: Clock = W49) -> list[str]:
    """The ids of the sessions due, in order."""
    return list(dues(plan, clock))


def told(notes: tuple[Phrase, ...]) -> list[str]:
    """The notes with ids in place of names."""
    return [n.words.format(*(r.id for r in n.refs)) for n in notes]


def open_dates(found: Due, clock: Clock = W49) -> list[int]:
    """The weekdays (1 = Monday) on which a session due may lie."""
    return [clock.index(w.start) + 1 for w in found.windows]
