"""Two premises whose every name and id is a word that can be searched for.

North's people attack, South's are who must not be seen. They share a psychologist, one of
South's residents takes part in a group at North, and rows of either name ids of the other: all
that could carry a word across.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date, time, timedelta

from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import (
    AllocationRow,
    ApartRow,
    BarredRow,
    CommitmentRow,
    CoverRow,
    CurfewRow,
    DeliveryRow,
    EnrolmentRow,
    FreeRow,
    HoursRow,
    OutsideRow,
    Part,
    Plan,
    ProgrammeRow,
    ResidentRow,
    RoomClosedRow,
    RoomRow,
    SafeRow,
    ShiftRow,
    SiteRow,
    StaffRow,
    StayRow,
    TravelRow,
)

SITES = ("north", "south")
ABSENT = "nowhere"
"""A site that there is not."""
MARK = {"north": "northcanary", "south": "southcanary"}
"""Begins every name of a premises, in any case; a title or commitment as well."""
IDS = {"north": "northid", "south": "southid"}
"""Begins every id of a premises."""
CRNS = {"north": "N9900", "south": "S9900"}
INITIALS = {"north": "NQX", "south": "SQX"}
"""Of every resident of a premises."""
SHARED, GUEST = "psy-shared", "G990001"
DAYS = 3
LONG_AGO = date(2022, 1, 10)
JOBS = {
    "manager": "ap_manager",
    "lead": "regime_lead",
    "key1": "key_worker",
    "key2": "key_worker",
    "floor1": "residential_worker",
    "floor2": "residential_worker",
}
PLAIN, LEAVES, LISTED, BANNED, DEPARTED = 1, 2, 3, 4, 5
"""Residents by number: with no list, whose leaving is held back, with a list of who may know
them, with one of who may not, and who left three years ago.
"""
KNOWERS = ("key1",)
STRANGERS = ("manager", "floor1")


def worker(site: str, name: str) -> str:
    """The id of one of a premises' staff."""
    return f"{IDS[site]}-{name}"


def crn(site: str, number: int) -> str:
    """The CRN of one of a premises' residents."""
    return f"{CRNS[site]}{number:02d}"


def named(site: str, what: str) -> str:
    """A name of a premises."""
    return f"{MARK[site].title()}{what}"


def resident_name(site: str, number: int) -> str:
    """The name of one of a premises' residents; its initials are those of every other one."""
    return f"{named(site, 'resident')} Quill{number} Xan"


def plan(clocks: Iterable[Clock]) -> Plan:
    """Both premises, with shifts in these weeks."""
    weeks = tuple(clocks)
    days = [c.monday + timedelta(days=n) for c in weeks for n in range(DAYS)]
    parts = [_shared(days), *(_premises(site, days) for site in SITES)]
    parts += [_crossing(site, other, days[0]) for site, other in (SITES, SITES[::-1])]
    return _joined(parts)


def _joined(plans: Iterable[Plan]) -> Plan:
    several = tuple(plans)
    return Plan(
        **{f.name: tuple(r for p in several for r in getattr(p, f.name)) for f in fields(Plan)}
    )


def _shared(days: list[date]) -> Plan:
    """The psychologist of both, and South's resident who comes to a group at North."""
    since = days[0] - timedelta(days=60)
    return Plan(
        travel=(TravelRow("north", "south", 30),),
        staff=(StaffRow(SHARED, "Shared Sage", "psychologist", SITES, several_sites_a_day=True),),
        shifts=tuple(ShiftRow(SHARED, d, time(9), time(17), SITES, "office") for d in days),
        residents=(ResidentRow(GUEST, "Guest Grove"),),
        stays=(StayRow(GUEST, "south", since),),
        allocations=(AllocationRow(GUEST, worker("south", "key1"), since),),
        enrolments=(EnrolmentRow(f"{IDS['north']}-circle", GUEST, since),),
        safe_to_see=(SafeRow(GUEST, never=(worker("south", "floor2"),)),),
        kept_apart=(ApartRow(crn("north", LEAVES), crn("south", LEAVES)),),
    )


def _premises(site: str, days: list[date]) -> Plan:
    since = days[0] - timedelta(days=60)
    people = tuple(crn(site, n) for n in (PLAIN, LEAVES, LISTED, BANNED))
    keys = (worker(site, "key1"), worker(site, "key2"))
    return Plan(
        sites=(SiteRow(site, f"{site.title()} House", beds=10),),
        hours=(HoursRow(site, time(9), time(20)),),
        cover=(CoverRow(site, 1, time(8), time(20)),),
        rooms=tuple(_rooms(site)),
        rooms_closed=(RoomClosedRow(f"{IDS[site]}-quiet", days[1], time(9), days[1], time(10)),),
        staff=tuple(_staff(site)),
        outside=(OutsideRow(worker(site, "visitor"), named(site, "visitor"), "external"),),
        free=tuple(FreeRow(worker(site, "visitor"), d, time(9), time(17), (site,)) for d in days),
        shifts=tuple(
            ShiftRow(worker(site, name), d, time(8), time(20), (site,))
            for name in JOBS
            for d in days
        ),
        residents=tuple(_residents(site)),
        stays=(
            *(StayRow(p, site, since) for p in people),
            StayRow(crn(site, DEPARTED), site, LONG_AGO, leaves=LONG_AGO + timedelta(days=100)),
        ),
        allocations=tuple(
            AllocationRow(p, keys[n % 2], since, back_up=keys[(n + 1) % 2])
            for n, p in enumerate(people)
        ),
        commitments=tuple(_commitments(site, days)),
        curfews=(CurfewRow(people[0], time(21), time(7)),),
        kept_apart=(ApartRow(people[0], people[3]),),
        safe_to_see=(SafeRow(people[0], never=(worker(site, "floor2"),)),),
        barred=(BarredRow(people[1], room=f"{IDS[site]}-quiet"),),
        programmes=tuple(_programmes(site)),
        enrolments=(EnrolmentRow(f"{IDS[site]}-circle", people[0], since),),
        deliveries=tuple(_deliveries(site, people, days[0])),
    )


def _rooms(site: str) -> Iterator[RoomRow]:
    for name in ("lounge", "quiet", "kitchen"):
        yield RoomRow(f"{IDS[site]}-{name}", site, named(site, name), 12, ("group", "one_to_one"))


def _staff(site: str) -> Iterator[StaffRow]:
    for name, job in JOBS.items():
        boss = None if name == "manager" else worker(site, "manager")
        counts = job in ("key_worker", "residential_worker")
        yield StaffRow(
            worker(site, name), named(site, name), job, (site,), manager=boss, counts=counts
        )


def _residents(site: str) -> Iterator[ResidentRow]:
    for number in (PLAIN, LEAVES, LISTED, BANNED, DEPARTED):
        seen = tuple(worker(site, name) for name in KNOWERS) if number == LISTED else ()
        hidden = tuple(worker(site, name) for name in STRANGERS) if number == BANNED else ()
        yield ResidentRow(
            crn(site, number),
            resident_name(site, number),
            restricted=number == LISTED,
            hidden_from=hidden,
            seen_by=seen,
        )


def _commitments(site: str, days: list[date]) -> Iterator[CommitmentRow]:
    whose = (crn(site, PLAIN), crn(site, LISTED), worker(site, "key1"))
    for number, person in enumerate(whose):
        id_ = f"{IDS[site]}-date{number}"
        yield CommitmentRow(
            id_,
            person,
            named(site, "appointment"),
            time(14),
            time(15),
            days[0],
            days[-1],
            away=number == 0,
        )


def _programmes(site: str) -> Iterator[ProgrammeRow]:
    lead = Part("lead", 1, ("residential_worker", "key_worker"))
    sage, own = Part("lead", 1, ("psychologist",)), Part("lead", 1, ("own_key_worker",))

    def one(name: str, kind: str, minutes: int, part: Part, **more: object) -> ProgrammeRow:
        row: dict[str, object] = {"title": named(site, name), **more}
        return ProgrammeRow(f"{IDS[site]}-{name}", site, kind, minutes, parts=(part,), **row)  # type: ignore[arg-type]

    yield one("art", "creative", 60, lead, largest=8, on_floor=True)
    yield one("cooking", "structured", 90, lead, mode="expected")
    yield one("circle", "structured", 60, lead, enrolled=True, mode="expected")
    yield one("case", "formulation", 60, sage, confidential=True)
    yield one("key", "key_work", 45, own, whom="each_resident", mode="required", one_to_one=True)
    yield one(
        "supervision",
        "supervision",
        60,
        sage,
        whom="each_worker",
        attend_jobs=("key_worker",),
        mode="required",
        one_to_one=True,
        confidential=True,
        support=True,
    )


def _deliveries(site: str, people: tuple[str, ...], monday: date) -> Iterator[DeliveryRow]:
    """What was held before; some of it led by the worker of both premises."""
    for back, person in enumerate(people, start=1):
        on = monday - timedelta(days=7 * back)
        lead = worker(site, "key1")
        yield DeliveryRow(f"{IDS[site]}-key", on, time(10), 45, "held", person, lead)
        yield DeliveryRow(f"{IDS[site]}-case", on, time(15), 60, "held", person, SHARED)


def _crossing(site: str, other: str, monday: date) -> Plan:
    """Rows of one premises that name ids of the other."""
    return Plan(
        barred=(BarredRow(crn(site, PLAIN), room=f"{IDS[other]}-quiet"),),
        deliveries=(
            DeliveryRow(
                f"{IDS[site]}-art",
                monday - timedelta(days=3),
                time(11),
                60,
                "held",
                crn(site, PLAIN),
                SHARED,
                room=f"{IDS[site]}-lounge",
            ),
        ),
    )
