"""Twelve weeks of made-up delivery: what was held, by whom, and what was missed.

It gives each session a regular leader and a usual time, spreads reviews and
supervision so that a few fall due each week, and leaves a few things overdue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import DeliveryRow, Outcome
from pipe_sched.demo import rota
from pipe_sched.demo.house import (
    ASSISTANT,
    CROWLEY,
    HOUSES,
    KEY_WORKERS,
    MANAGER,
    NIGHT_KEY_WORKER,
    PSYCHOLOGIST,
    REGIME_LEAD,
    RESIDENTIAL,
    House,
)
from pipe_sched.demo.people import ARRIVING, RECALLED, arrival
from pipe_sched.demo.programme import (
    CASE_TEAM,
    CIRCLE,
    MOVING_ON,
    PSYCHOEDUCATION,
    SITTINGS,
)

WEEKS = 12
KEY_WORK_TIMES = dict(
    zip(KEY_WORKERS, (time(13, 15), time(14, 15), time(15, 15), time(16, 15)), strict=True)
)
MISSED_LAST_WEEK = 4
"""The resident whose key work the service cancelled last week: a catch-up is due."""
OVERDUE_REVIEW = 6
OVERDUE_SUPERVISION = {"KL": NIGHT_KEY_WORKER, "CH": 5}
"""Kirk Lodge's is on nights all week, so that it cannot be held then either."""
REVIEW_EVERY, SUPERVISION_EVERY = 6, 5
"""Weeks between two pathway reviews of a resident, two supervisions of a worker."""
SUPERVISION_TIMES = (time(11, 0), time(9, 15), time(16, 0), time(16, 0))
SERIES_HELD = {"KL": 4, "CH": 2}


@dataclass(frozen=True, slots=True)
class Habit:
    """When and where a group usually meets; `day` 0 is Monday. No leader: who was on duty."""

    day: int
    start: time
    minutes: int
    room: str
    leader: int | None
    size: int = 0


GROUPS: dict[str, tuple[Habit, ...]] = {
    "STRUCT": (
        Habit(0, time(10, 45), 75, "group", REGIME_LEAD, 7),
        Habit(2, time(13, 30), 75, "group", REGIME_LEAD, 7),
        Habit(3, time(10, 45), 75, "group", ASSISTANT, 7),
    ),
    "MEET": (Habit(2, time(11, 0), 45, "lounge", MANAGER, 16),),
    "COOK": (Habit(1, time(18, 15), 90, "kitchen", None, 4),),
    "ART": (Habit(4, time(14, 0), 90, "garden", ASSISTANT, 5),),
    "MUSIC": (Habit(3, time(14, 0), 90, "lounge", 5, 6),),
    "GARDEN": (Habit(5, time(14, 0), 90, "garden", None, 5),),
}


def deliveries(clock: Clock, seed: int) -> tuple[DeliveryRow, ...]:
    """All past sessions of both premises, oldest first within a programme."""
    rows: list[DeliveryRow] = []
    for house in HOUSES:
        chance = Random(f"{seed} {house.code}")
        rows.extend(_key_work(house, clock, chance))
        rows.extend(_inductions(house, clock))
        rows.extend(_move_on(house, clock))
        rows.extend(_reviews(house, clock))
        rows.extend(_groups(house, clock, chance))
        rows.extend(_series(house, clock, chance))
        rows.extend(_staff_groups(house, clock, chance))
        rows.extend(_supervision(house, clock))
    return tuple(rows)


def present(house: House, clock: Clock, day: date) -> tuple[int, ...]:
    """Residents whose first whole day has come and who have not left, on a past date."""
    left = RECALLED if house.is_kirk and day >= clock.date_of(-4) else None
    return tuple(
        n
        for n in range(len(house.residents))
        if n != left and arrival(house, n, clock) < day and (house.is_kirk or n != ARRIVING)
    )


def _key_work(house: House, clock: Clock, chance: Random) -> Iterator[DeliveryRow]:
    for week in range(-WEEKS, 0):
        for number in range(len(house.residents)):
            worker = house.key_worker(number)
            day = clock.date_of(week * 7 + number // len(KEY_WORKERS) % 5)
            if number not in present(house, clock, day):
                continue
            outcome = _outcome(chance, week, number)
            yield DeliveryRow(
                house.programme("KEY"),
                day,
                KEY_WORK_TIMES[worker],
                45,
                outcome,
                house.resident(number),
                house.worker(worker) if outcome == "held" else None,
                room=house.room("one-1" if worker < KEY_WORKERS[2] else "one-2"),
            )


def _outcome(chance: Random, week: int, number: int) -> Outcome:
    """Mostly held; in the last three weeks, which decide what is due, only the one miss."""
    if week >= -3:
        return "cancelled_by_service" if (week, number) == (-1, MISSED_LAST_WEEK) else "held"
    return chance.choices(("held", "absent", "cancelled_by_service"), (92, 5, 3))[0]


def _inductions(house: House, clock: Clock) -> Iterator[DeliveryRow]:
    for number in range(len(house.residents)):
        came = arrival(house, number, clock)
        for step, (days, minutes) in enumerate(((1, 30), (3, 45), (5, 60)), start=1):
            day = came + timedelta(days=days)
            if clock.date_of(-7 * WEEKS) <= day < clock.monday and step < 4:
                yield DeliveryRow(
                    house.programme(f"IND{step}"),
                    day,
                    time(14, 0),
                    minutes,
                    "held",
                    house.resident(number),
                    house.worker(house.key_worker(number)),
                    room=house.room("one-1"),
                )


def _move_on(house: House, clock: Clock) -> Iterator[DeliveryRow]:
    for week in range(-4, 0):
        for number in MOVING_ON:
            yield DeliveryRow(
                house.programme("MOVE"),
                clock.date_of(week * 7 + 3),
                time(15, 15) if number % 2 else time(14, 15),
                45,
                "held",
                house.resident(number),
                house.worker(house.key_worker(number)),
                room=house.room("one-2"),
            )


def _reviews(house: House, clock: Clock) -> Iterator[DeliveryRow]:
    for number in range(len(house.residents)):
        visitor = number % 2
        at = time(14, 0) if visitor == 0 else time(10, 45)
        weeks = REVIEW_EVERY - number % REVIEW_EVERY + 2 * (number == OVERDUE_REVIEW)
        while weeks <= WEEKS:
            day = clock.date_of(house.practitioner_days[visitor] - 1 - 7 * weeks)
            if number in present(house, clock, day):
                yield DeliveryRow(
                    house.programme(f"PATH{1 + visitor}"),
                    day,
                    at,
                    60,
                    "held",
                    house.resident(number),
                    house.worker(house.key_worker(number)),
                    room=house.room("one-1"),
                )
            weeks += REVIEW_EVERY


def _groups(house: House, clock: Clock, chance: Random) -> Iterator[DeliveryRow]:
    for week in range(-WEEKS, 0):
        for key, habits in GROUPS.items():
            for habit in habits:
                day = clock.date_of(week * 7 + habit.day)
                here = present(house, clock, day)
                people = chance.sample(here, min(habit.size, len(here)))
                yield from _session(house, key, day, habit, map(house.resident, sorted(people)))


def _session(
    house: House, key: str, day: date, habit: Habit, people: Iterable[str], step: int = 0
) -> Iterator[DeliveryRow]:
    """The whole group's row and one for each who was there."""
    number = _on_duty(day) if habit.leader is None else habit.leader
    leader = house.worker(number) if number else PSYCHOLOGIST
    room = house.room(habit.room)
    for person in (None, *people):
        yield DeliveryRow(
            house.programme(key),
            day,
            habit.start,
            habit.minutes,
            "held",
            person,
            leader,
            step,
            room,
        )


def _on_duty(day: date) -> int:
    """A residential worker on the day shift of a past date."""
    return next(n for n in RESIDENTIAL if rota.turn(n, day) == "D")


def _series(house: House, clock: Clock, chance: Random) -> Iterator[DeliveryRow]:
    held = SERIES_HELD[house.code]
    for step in range(1, held + 1):
        day = clock.date_of(7 * (step - held - 1) + house.outside_day - 1)
        absent = chance.choice(PSYCHOEDUCATION)
        people = (house.resident(n) for n in PSYCHOEDUCATION if n != absent)
        for row in _session(house, "EDUC", day, Habit(0, time(14), 60, "group", 1), people, step):
            yield _led_by(row, house.visitor(2))


def _led_by(row: DeliveryRow, leader: str) -> DeliveryRow:
    return DeliveryRow(
        row.programme,
        row.date,
        row.start,
        row.minutes,
        row.outcome,
        row.person,
        leader,
        row.step,
        row.room,
    )


def _staff_groups(house: House, clock: Clock, chance: Random) -> Iterator[DeliveryRow]:
    """Formulation weekly, reflective practice in turns, group supervision three weeks ago."""
    first = 3 if house is CROWLEY else 0
    for week in range(-WEEKS, 0):
        turn = tuple(SITTINGS)[week % 2]
        held = {
            "FORM": (CASE_TEAM, 1, time(15, 0), 75),
            turn: (SITTINGS[turn], 1, time(13, 45), 75),
        }
        if week % 4 == 0:
            held["CIRCLE"] = (CIRCLE, 0, time(13, 30), 90)
        for key, (members, later, start, minutes) in held.items():
            people = chance.sample(members, len(members) - len(members) // 4)
            habit = Habit(0, start, minutes, "staff", 0)
            day = clock.date_of(week * 7 + first + later)
            yield from _session(house, key, day, habit, map(house.worker, sorted(people)))


def _supervision(house: House, clock: Clock) -> Iterator[DeliveryRow]:
    """One in five workers a week; one of them has waited two weeks longer."""
    first = 3 if house is CROWLEY else 0
    workers = (MANAGER, REGIME_LEAD, *KEY_WORKERS, *RESIDENTIAL)
    for place, number in enumerate(workers):
        weeks = (place + 1) % SUPERVISION_EVERY or SUPERVISION_EVERY
        if number == OVERDUE_SUPERVISION[house.code]:
            weeks = SUPERVISION_EVERY + 2
        start = SUPERVISION_TIMES[place // SUPERVISION_EVERY]
        while weeks <= WEEKS:
            day = clock.date_of(first + place // SUPERVISION_EVERY % 2 - 7 * weeks)
            yield _single(house, "SUPER", day, start, house.worker(number))
            weeks += SUPERVISION_EVERY
    for week in range(-WEEKS, 0):
        day = clock.date_of(week * 7 + first)
        yield _single(house, "ASSIST", day, time(9, 15), house.worker(ASSISTANT))


def _single(house: House, key: str, day: date, start: time, person: str) -> DeliveryRow:
    room = house.room("staff")
    programme = house.programme(key)
    return DeliveryRow(programme, day, start, 60, "held", person, PSYCHOLOGIST, room=room)
