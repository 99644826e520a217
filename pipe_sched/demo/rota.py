"""The demo's rota: who works when, who is away, and when crews off shift could attend.

Residential workers follow an eight-day pattern, two days, two nights, four off,
in four pairs; three more fill in. The pattern runs on the calendar's own day
number, so it continues through any week, ordinary, Christmas or clock change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import AbsenceRow, FreeRow, PaidRow, ShiftRow
from pipe_sched.demo.house import (
    ASSISTANT,
    CROWLEY,
    HOUSES,
    KEY_WORKERS,
    KIRK,
    MANAGER,
    NIGHT_KEY_WORKER,
    PSYCHOLOGIST,
    REGIME_LEAD,
    SICK,
    House,
)
from pipe_sched.formats.bank_holidays import bank_holidays

DAY = (time(8, 0), time(20, 15))
NIGHT = (time(20, 0), time(8, 15))
OFFICE = (time(9, 0), time(17, 0))
LATE = (time(12, 0), time(20, 0))
PATTERN = "DDNNOOOO"
FIRST_DAY, LAST_DAY = -7, 28
"""The rota runs from a week before the week to three weeks after it."""
TEAMS = ((8, 9), (10, 11), (12, 13), (14, 15))
RELIEF: dict[int, tuple[int, ...]] = {16: (1, 2, 6), 17: (3, 4, 7), 18: (2, 5)}
"""Weekdays on which the three fill-in workers have a day shift."""


def dates(clock: Clock) -> tuple[date, ...]:
    """Every date of the demo's rota."""
    return tuple(clock.date_of(index) for index in range(FIRST_DAY, LAST_DAY))


def free_dates(clock: Clock) -> frozenset[date]:
    """The bank holidays on which offices are closed."""
    return frozenset(bank_holidays({day.year for day in dates(clock)}))


def turn(number: int, day: date) -> str:
    """D, N or O: what the eight-day pattern gives a residential worker on a date."""
    team = next((i for i, pair in enumerate(TEAMS) if number in pair), None)
    if team is None:
        return "D" if day.isoweekday() in RELIEF[number] else "O"
    return PATTERN[(day.toordinal() + 2 * team) % len(PATTERN)]


def shifts(house: House, clock: Clock) -> Iterator[ShiftRow]:
    """All shifts of one premises' own staff, a week before to three weeks after."""
    closed = free_dates(clock)
    for day in dates(clock):
        yield from _office(house, day, closed)
        yield from _key_workers(house, clock, day, closed)
        yield from _residential(house, day)


def _shift(house: House, number: int, day: date, span: tuple[time, time], type: str) -> ShiftRow:
    return ShiftRow(house.worker(number), day, *span, (house.site,), type)


def _office(house: House, day: date, closed: frozenset[date]) -> Iterator[ShiftRow]:
    if day.isoweekday() > 5 or day in closed:
        return
    for number in (MANAGER, REGIME_LEAD, ASSISTANT):
        yield _shift(house, number, day, OFFICE, "office")


def _key_workers(
    house: House, clock: Clock, day: date, closed: frozenset[date]
) -> Iterator[ShiftRow]:
    saturday = KEY_WORKERS[(day - clock.monday).days // 7 % len(KEY_WORKERS)]
    for place, number in enumerate(KEY_WORKERS):
        if house is KIRK and number == NIGHT_KEY_WORKER and 0 <= (day - clock.monday).days < 7:
            if day.isoweekday() <= 4:
                yield _shift(house, number, day, NIGHT, "12-hour")
            continue
        if day in closed or day.isoweekday() == 6:
            if number == saturday:
                yield _shift(house, number, day, (time(10, 0), time(18, 0)), "other")
        elif day.isoweekday() < 6:
            late = day.isoweekday() == place + 1
            yield _shift(house, number, day, LATE if late else OFFICE, "late" if late else "office")


def _residential(house: House, day: date) -> Iterator[ShiftRow]:
    for number in (*(n for pair in TEAMS for n in pair), *RELIEF):
        type = turn(number, day)
        if house is CROWLEY and number == min(RELIEF):
            type = turn(SICK, day)
        if type != "O":
            yield _shift(house, number, day, DAY if type == "D" else NIGHT, "12-hour")


def psychologist_shifts(clock: Clock) -> Iterator[ShiftRow]:
    """Two days at each premises and Wednesday at either: 2.5 days each, never both on one day."""
    closed = free_dates(clock)
    first, second = (house.site for house in HOUSES)
    for day in dates(clock):
        weekday = day.isoweekday()
        if weekday > 5 or day in closed:
            continue
        sites = (first, second) if weekday == 3 else (first if weekday < 3 else second,)
        yield ShiftRow(PSYCHOLOGIST, day, *OFFICE, sites, "office")


def absences(house: House, clock: Clock) -> Iterator[AbsenceRow]:
    """Crowley House: long sickness, and leave; Kirk Lodge: leave of a worker on nights."""
    if house is CROWLEY:
        yield AbsenceRow(
            house.worker(SICK), clock.date_of(-40), time(8, 0), clock.date_of(30), time(8, 0)
        )
    yield AbsenceRow(house.worker(18), clock.date_of(4), time(0, 0), clock.date_of(7), time(0, 0))


def paid(house: House, clock: Clock) -> Iterator[PaidRow]:
    """Afternoons in which residential workers off duty that day agreed to come in for support.

    The afternoon before a first night or on a day off keeps eleven hours' rest either way.
    """
    closed = free_dates(clock)
    for number in (n for pair in TEAMS for n in pair):
        if house is CROWLEY and number == SICK:
            continue
        for day in dates(clock)[7:]:
            if day.isoweekday() > 5 or day in closed or (number + day.isoweekday()) % 2:
                continue
            before, now = turn(number, day - timedelta(days=1)), turn(number, day)
            if before != "N" and (now == "O" or (now, before) == ("N", "D")):
                yield PaidRow(house.worker(number), day, time(13, 0), time(17, 0))


def free(house: House, clock: Clock) -> Iterator[FreeRow]:
    """When the probation practitioners and the outside facilitator said they can come."""
    closed = free_dates(clock)
    windows = (
        (0, house.practitioner_days[0], time(13, 30), time(16, 30)),
        (1, house.practitioner_days[1], time(9, 0), time(12, 30)),
        (2, house.outside_day, time(13, 30), time(16, 30)),
    )
    for day in dates(clock)[7:]:
        for number, weekday, start, end in windows:
            if day.isoweekday() == weekday and day not in closed:
                yield FreeRow(house.visitor(number), day, start, end, (house.site,))
