"""The demo's staff, visitors, residents, stays and key-worker allocations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import (
    AllocationRow,
    OutsideRow,
    ResidentRow,
    StaffRow,
    StayRow,
)
from pipe_sched.demo.house import (
    ASSISTANT,
    CROWLEY,
    HOUSES,
    KEY_WORKERS,
    KIRK,
    MANAGER,
    PSYCHOLOGIST,
    REGIME_LEAD,
    RESIDENTIAL,
    House,
)

PLACEMENT = timedelta(weeks=26)
RECALLED = 20
"""Kirk Lodge: the resident whose stay ended at once in the week before."""
ARRIVING = 20
"""Crowley House: the resident who arrives on Friday at 4pm."""
NEWEST, NEW = 19, 18
"""Residents whose inductions are still running."""
RESTRICTED = 7
"""At each premises: the resident whom only some staff may know."""
MAY_KNOW = (MANAGER, REGIME_LEAD, ASSISTANT, *KEY_WORKERS, 9, 13)
"""Those who may, with the psychologist and the visitors: who leads what they take part in."""
EXCLUDED = 14
"""Kirk Lodge: the resident whom two of the staff may not know."""
STEP_FREE = 11
TRAINED = (REGIME_LEAD, ASSISTANT, 4, 6, 9, 13)


def psychologist() -> StaffRow:
    """The clinical lead whom both premises share."""
    return StaffRow(
        PSYCHOLOGIST,
        "Worker Indigo",
        "psychologist",
        tuple(house.site for house in HOUSES),
        employer="NHS",
        gender="woman",
        visiting=True,
    )


def staff(house: House) -> Iterator[StaffRow]:
    """Eighteen workers: four key workers and eleven residential workers count for cover."""
    for number, name in enumerate(house.workers, start=1):
        yield StaffRow(
            house.worker(number),
            f"Worker {name}",
            job(number),
            (house.site,),
            employer="NHS" if number == ASSISTANT else "Probation",
            training=("groupwork",) if number in TRAINED else (),
            manager=line_manager(house, number),
            gender=house.gender_of(number),
            counts=number in KEY_WORKERS or number in RESIDENTIAL,
            womens_one_to_ones=house.gender_of(number) == "woman",
        )


def job(number: int) -> str:
    """The job of staff member 1 to 18."""
    heads = {MANAGER: "ap_manager", REGIME_LEAD: "regime_lead", ASSISTANT: "assistant_psychologist"}
    return heads.get(number, "key_worker" if number in KEY_WORKERS else "residential_worker")


def line_manager(house: House, number: int) -> str | None:
    """Residential workers answer to the regime lead, everyone else to the AP manager."""
    if number in (MANAGER, ASSISTANT):
        return None
    return house.worker(REGIME_LEAD if number in RESIDENTIAL else MANAGER)


def outside(house: House) -> Iterator[OutsideRow]:
    """Two probation practitioners and the facilitator of the psychoeducation group."""
    jobs = ("probation_practitioner", "probation_practitioner", "external")
    for number, (name, work) in enumerate(zip(house.visitors, jobs, strict=True)):
        yield OutsideRow(house.visitor(number), f"Visitor {name}", work, house.gender)


def residents(house: House) -> Iterator[ResidentRow]:
    """Everyone with a stay, past, present or to come."""
    for number, name in enumerate(house.residents):
        restricted = number == RESTRICTED
        hidden = house.is_kirk and number == EXCLUDED
        yield ResidentRow(
            house.resident(number),
            f"Resident {name}",
            house.gender,
            step_free=number == STEP_FREE,
            restricted=restricted,
            hidden_from=tuple(house.worker(n) for n in (10, 16)) if hidden else (),
            seen_by=_may_know(house) if restricted else (),
        )


def _may_know(house: House) -> tuple[str, ...]:
    staff = (*(house.worker(number) for number in MAY_KNOW), PSYCHOLOGIST)
    return (*staff, *(house.visitor(number) for number in range(len(house.visitors))))


def arrival(house: House, number: int, clock: Clock) -> date:
    """When a resident's stay begins: spread over the 24 weeks before, two of them new."""
    special = {NEWEST: -3, NEW: -6, STEP_FREE: -45}
    if not house.is_kirk:
        special |= {NEW: -20, ARRIVING: 4}
    days = special.get(number, -(167 - number * 8 + number % 5))
    return clock.date_of(days)


def stays(house: House, clock: Clock) -> Iterator[StayRow]:
    """One stay each of 26 weeks; one ended at once last Thursday, one is still to begin."""
    for number in range(len(house.residents)):
        arrives = arrival(house, number, clock)
        leaves, leaves_at, status = arrives + PLACEMENT, time(11, 0), "arrived"
        if house is KIRK and number == RECALLED:
            leaves, leaves_at, status = clock.date_of(-4), time(11, 20), "departed"
        if house is CROWLEY and number == ARRIVING:
            status = "upcoming"
        yield StayRow(
            house.resident(number),
            house.site,
            arrives,
            time(16, 0),
            leaves,
            leaves_at,
            status,
        )


def allocations(house: House, clock: Clock) -> Iterator[AllocationRow]:
    """A key worker and a back-up for each resident from the first day."""
    for number in range(len(house.residents)):
        yield AllocationRow(
            house.resident(number),
            house.worker(house.key_worker(number)),
            arrival(house, number, clock),
            house.worker(house.back_up(number)),
        )
