"""The demo's programme: what is due, how often, for whom, and who leads it.

The amounts are those of a draft week for 22 beds; every number is an assumption
that a premises would replace with its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any

from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import EnrolmentRow, Part, ProgrammeRow
from pipe_sched.core.viewer import CONFIDENTIAL_KINDS
from pipe_sched.demo.house import KEY_WORKERS, House
from pipe_sched.demo.people import arrival
from pipe_sched.demo.places import WEEKDAYS

DAY_MINUTES = 24 * 60
OWN = (Part("key_worker", jobs=("own_key_worker",)),)
CREW = ("key_worker", "residential_worker")
MOVING_ON = (0, 1)
PSYCHOEDUCATION = (2, 5, 8, 12, 14, 16)
CASE_TEAM = (2, 3, *KEY_WORKERS)
CIRCLE = (4, 5, 6, 7, 8, 12)
"""Members of group clinical supervision: nobody who manages another."""
SITTINGS = {"RP-A": (4, 5, 8, 10, 12, 14, 16, 18), "RP-B": (6, 7, 9, 11, 13, 15, 17)}
"""Who belongs to which closed reflective practice group; they alternate week by week."""


def programmes(house: House, clock: Clock) -> Iterator[ProgrammeRow]:
    """All programme rows of one premises."""
    yield from _one_to_ones(house)
    yield from _pathway_reviews(house)
    yield from _groups(house)
    yield from _creative(house)
    yield from _staff_groups(house, clock)
    yield from _supervision(house)


def _one_to_ones(house: House) -> Iterator[ProgrammeRow]:
    yield ProgrammeRow(
        house.programme("KEY"),
        house.site,
        "key_work",
        45,
        whom="each_resident",
        mode="required",
        parts=OWN,
        features=("one_to_one",),
        one_to_one=True,
        liked_start=time(10, 0),
        liked_end=time(17, 0),
        priority=120,
    )
    yield ProgrammeRow(
        house.programme("MOVE"),
        house.site,
        "move_on",
        45,
        whom="each_resident",
        mode="required",
        parts=OWN,
        enrolled=True,
        features=("one_to_one",),
        one_to_one=True,
        confidential=True,
        priority=100,
    )
    for step, (first, last, minutes) in enumerate(((1, 2, 30), (3, 5, 45), (5, 8, 60)), start=1):
        yield ProgrammeRow(
            house.programme(f"IND{step}"),
            house.site,
            "induction",
            minutes,
            often="once_a_stay",
            whom="each_resident",
            mode="required",
            parts=(Part("worker", jobs=CREW),),
            features=("one_to_one",),
            one_to_one=True,
            on_floor=step == 1,
            from_day=first,
            to_day=last,
            priority=200,
            statutory=step == 1,
            title=f"Induction {step} of 3",
        )


def _pathway_reviews(house: House) -> Iterator[ProgrammeRow]:
    for number in (0, 1):
        guest = Part("practitioner", jobs=("named",), people=(house.visitor(number),))
        yield ProgrammeRow(
            house.programme(f"PATH{number + 1}"),
            house.site,
            "pathway_review",
            60,
            often="days",
            every=42,
            early=0,
            late=6,
            whom="each_resident",
            mode="required",
            parts=(*OWN, guest),
            enrolled=True,
            features=("one_to_one",),
            one_to_one=True,
            confidential=True,
            on_bank_holidays=False,
            priority=150,
        )


def _groups(house: House) -> Iterator[ProgrammeRow]:
    helpers = Part("co_facilitator", jobs=("regime_lead", "assistant_psychologist", *CREW))
    yield ProgrammeRow(
        house.programme("STRUCT"),
        house.site,
        "structured",
        75,
        times=3,
        mode="offered",
        owed=1,
        parts=(Part("facilitator", training="groupwork"), helpers),
        smallest=4,
        largest=8,
        features=("group",),
        days=WEEKDAYS,
        on_bank_holidays=False,
        priority=130,
    )
    yield _meeting(house)
    yield _series(house)


def _meeting(house: House) -> ProgrammeRow:
    return ProgrammeRow(
        house.programme("MEET"),
        house.site,
        "community_meeting",
        45,
        mode="expected",
        parts=(
            Part("chair", jobs=("ap_manager", "regime_lead")),
            Part("facilitator", 2, jobs=("regime_lead", *CREW)),
        ),
        quorum=10,
        smallest=10,
        largest=21,
        features=("group",),
        days=WEEKDAYS,
        liked_start=time(11, 0),
        liked_end=time(12, 0),
        on_floor=True,
        priority=180,
    )


def _series(house: House) -> ProgrammeRow:
    return ProgrammeRow(
        house.programme("EDUC"),
        house.site,
        "psychoeducation",
        60,
        often="series",
        length=8,
        gap=5 * DAY_MINUTES,
        mode="expected",
        parts=(
            Part("facilitator", jobs=("named",), people=(house.visitor(2),)),
            Part("co_facilitator", jobs=("assistant_psychologist", "regime_lead", "key_worker")),
        ),
        enrolled=True,
        quorum=4,
        smallest=4,
        largest=6,
        features=("group",),
        on_bank_holidays=False,
        priority=140,
    )


def _creative(house: House) -> Iterator[ProgrammeRow]:
    evening, weekend = (time(18, 15), time(21, 30)), (time(10, 0), time(17, 30))
    afternoon = (time(13, 15), time(17, 30))
    for key, title, features, days, (start, end), largest in (
        ("COOK", "Cooking", ("kitchen",), (2, 3), evening, 5),
        ("ART", "Art", ("art",), (1, 3, 5), afternoon, 6),
        ("MUSIC", "Music", ("group",), (1, 2, 4), afternoon, 8),
        ("GARDEN", "Gardening", ("outdoors",), (6, 7), weekend, 6),
    ):
        yield ProgrammeRow(
            house.programme(key),
            house.site,
            "creative",
            90,
            parts=(Part("facilitator", jobs=("regime_lead", "assistant_psychologist", *CREW)),),
            smallest=4,
            largest=largest,
            features=features,
            days=days,
            not_before=start,
            not_after=end,
            on_floor=True,
            title=title,
            priority=90,
        )


def _led_by_psychologist(
    house: House, key: str, kind: str, minutes: int, **rest: Any
) -> ProgrammeRow:
    """Sessions for staff: in a quiet room, never on a bank holiday; supervision is confidential."""
    return ProgrammeRow(
        house.programme(key),
        house.site,
        kind,
        minutes,
        parts=(Part("psychologist", jobs=("psychologist",)),),
        features=("quiet",),
        confidential=kind in CONFIDENTIAL_KINDS,
        on_bank_holidays=False,
        **rest,
    )


def _staff_groups(house: House, clock: Clock) -> Iterator[ProgrammeRow]:
    group: dict[str, Any] = {"mode": "expected", "enrolled": True}
    closed = group | {"support": True, "no_line_manager": True, "quorum": 4, "smallest": 4}
    cases = group | {"quorum": 3, "smallest": 3, "largest": 8}
    yield _led_by_psychologist(house, "FORM", "formulation", 75, priority=110, **cases)
    for turn, key in enumerate(SITTINGS):
        yield _led_by_psychologist(
            house,
            key,
            "reflective_practice",
            75,
            often="n_weekly",
            every=2,
            anchor=clock.date_of(1 - 7 * (12 + turn)),
            largest=9,
            priority=150,
            **closed,
        )
    yield _led_by_psychologist(
        house,
        "CIRCLE",
        "group_supervision",
        90,
        often="monthly",
        anchor=clock.date_of(8 if house.is_kirk else 3),
        largest=6,
        priority=120,
        **closed,
    )


def _supervision(house: House) -> Iterator[ProgrammeRow]:
    single: dict[str, Any] = {
        "whom": "each_worker",
        "mode": "required",
        "support": True,
        "priority": 130,
    }
    yield _led_by_psychologist(
        house,
        "SUPER",
        "supervision",
        60,
        often="days",
        every=35,
        early=6,
        late=6,
        attend_jobs=("ap_manager", "regime_lead", *CREW),
        **single,
    )
    helper = ("assistant_psychologist",)
    yield _led_by_psychologist(house, "ASSIST", "supervision", 60, attend_jobs=helper, **single)


def enrolments(house: House, clock: Clock) -> Iterator[EnrolmentRow]:
    """Who belongs to the programmes that have members."""
    start = clock.date_of(-12 * 7)
    for number in range(len(house.residents)):
        key = house.programme(f"PATH{1 + number % 2}")
        yield EnrolmentRow(key, house.resident(number), arrival(house, number, clock))
    for number in MOVING_ON:
        yield EnrolmentRow(house.programme("MOVE"), house.resident(number), start)
    for number in PSYCHOEDUCATION:
        yield EnrolmentRow(house.programme("EDUC"), house.resident(number), clock.date_of(-28))
    staffed = {"FORM": CASE_TEAM, "CIRCLE": CIRCLE} | SITTINGS
    for name, members in staffed.items():
        for number in members:
            yield EnrolmentRow(house.programme(name), house.worker(number), start)
