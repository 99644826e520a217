"""What else binds the demo's residents: appointments, curfews, who must not meet, who may see whom.

No reasons are held anywhere, as in a real plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import (
    ApartRow,
    BarredRow,
    CommitmentRow,
    CurfewRow,
    SafeRow,
)
from pipe_sched.demo.house import CROWLEY, House

SIGNS_IN = (2, 6, 9, 13, 17)
COLLEGE, VOLUNTEER = (3, 15), (0, 4)
BUSY = 12
"""Crowley House: away every afternoon on which the practitioner can come."""


def commitments(house: House, clock: Clock) -> Iterator[CommitmentRow]:
    """Sign-ins, regular days out, and one appointment a week for every third resident."""
    for number in SIGNS_IN:
        for tag, at in (("AM", time(10, 0)), ("PM", time(19, 0))):
            yield _here(house, number, f"SIGN-{tag}", at, clock)
    for numbers, name, days in ((COLLEGE, "College", (1, 4)), (VOLUNTEER, "Volunteering", (2, 5))):
        for number in numbers:
            yield _away(house, number, name, time(9, 30), time(12, 30), days, clock, True)
    for number in range(1, 20, 3):
        day, hour = number % 5 + 1, 13 + number % 3
        yield _away(
            house, number, "Appointment", time(hour, 30), time(hour + 1, 15), (day,), clock, False
        )
    if house is CROWLEY:
        yield _away(
            house, BUSY, "Course", time(9, 0), time(16, 30), house.practitioner_days, clock, True
        )


def _here(house: House, number: int, key: str, at: time, clock: Clock) -> CommitmentRow:
    return CommitmentRow(
        f"{house.code}-{key}-{number:02d}",
        house.resident(number),
        "Sign-in",
        at,
        time(at.hour, 10),
        clock.date_of(-84),
        clock.date_of(27),
        site=house.site,
        travel=0,
    )


def _away(
    house: House,
    number: int,
    name: str,
    start: time,
    end: time,
    days: tuple[int, ...],
    clock: Clock,
    purposeful: bool,
) -> CommitmentRow:
    return CommitmentRow(
        f"{house.code}-{name.upper()}-{number:02d}",
        house.resident(number),
        name,
        start,
        end,
        clock.date_of(-84),
        clock.date_of(27),
        days,
        away=True,
        purposeful=purposeful,
    )


def curfews(house: House, clock: Clock) -> Iterator[CurfewRow]:
    """Three extra curfews in all: two at Kirk Lodge, one at Crowley House."""
    for number in (5, 10) if house.is_kirk else (13,):
        yield CurfewRow(house.resident(number), time(19, 0), time(7, 0), since=clock.date_of(-30))


def kept_apart(house: House, clock: Clock) -> Iterator[ApartRow]:
    """Two pairs: one never in the same session, one not next door to each other either."""
    since = clock.date_of(-40)
    yield ApartRow(house.resident(2), house.resident(6), since=since)
    yield ApartRow(house.resident(8), house.resident(15), "rooms", 15, since)


def safe_to_see(house: House) -> Iterator[SafeRow]:
    """Who may see whom one to one; at Crowley House most have been asked."""
    if house.is_kirk:
        yield SafeRow(house.resident(4), two_staff=False, in_sight=True, gender="either")
        yield SafeRow(house.resident(9), never=(house.worker(11),), gender="either")
        return
    for number in range(0, 18, 2):
        gender = "either" if number % 4 else "woman"
        yield SafeRow(house.resident(number), gender=gender)  # type: ignore[arg-type]
    yield SafeRow(house.resident(7), start=time(10, 0), end=time(16, 0), gender="woman")


def barred(house: House) -> Iterator[BarredRow]:
    """One resident who does not use the kitchen, at each premises."""
    yield BarredRow(house.resident(3), room=house.room("kitchen"))
