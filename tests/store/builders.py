"""Small plans and scopes for tests of the store."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import (
    AbsenceRow,
    AllocationRow,
    ApartRow,
    CommitmentRow,
    DeliveryRow,
    EnrolmentRow,
    HoursRow,
    OutsideRow,
    Part,
    Plan,
    ProgrammeRow,
    ResidentRow,
    RoomClosedRow,
    RoomRow,
    RuleRow,
    ShiftRow,
    SiteRow,
    StaffRow,
    StayRow,
    TravelRow,
)
from pipe_sched.store.scope import EverySite, Scope

MONDAY = date(2026, 11, 30)
CLOCK = Clock(2026, 49)
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)

READ = Scope(EverySite("test"), "tester")
WRITE = Scope(EverySite("test"), "tester", write=True)


def later(seconds: float) -> datetime:
    """So many seconds after NOW."""
    return NOW + timedelta(seconds=seconds)


def only(*sites: str, write: bool = False) -> Scope:
    """A scope of these sites."""
    return Scope(frozenset(sites), "tester", write=write)


def small_plan() -> Plan:
    """Two premises and an office, one worker shared, with a row in most sheets."""
    return Plan(
        sites=(
            SiteRow("north", "North House", beds=20, limits=(("rest", 600), ("handover", 20))),
            SiteRow("south", "South House", women=True),
            SiteRow("office", "Office", type="office"),
        ),
        hours=(
            HoursRow("north", time(9), time(20), (1, 2, 3, 4, 5)),
            HoursRow("south", time(9), time(18), kinds=("key_work",)),
        ),
        rooms=(
            RoomRow("n1", "north", "Lounge", 12, ("group",), ("n2",)),
            RoomRow("n2", "north", "Quiet room", 3),
            RoomRow("s1", "south", "Garden room", 8),
        ),
        rooms_closed=(RoomClosedRow("n1", MONDAY, time(9), MONDAY, time(12)),),
        travel=(TravelRow("north", "south", 55),),
        staff=(
            StaffRow("kw-n", "Worker North", "key_worker", ("north",), manager="both"),
            StaffRow("kw-s", "Worker South", "key_worker", ("south",), training=("a", "b")),
            StaffRow("both", "Shared Person", "psychologist", ("north", "south"), visiting=True),
        ),
        outside=(OutsideRow("pp", "Practitioner", "probation_practitioner"),),
        shifts=(
            ShiftRow("kw-n", MONDAY, time(8), time(20), ("north",)),
            ShiftRow("kw-s", MONDAY, time(20), time(8), ("south",)),
            ShiftRow("both", MONDAY, time(9), time(17), ("north", "south"), "office"),
        ),
        absences=(AbsenceRow("kw-s", MONDAY, time(8), MONDAY, time(20)),),
        residents=(
            ResidentRow("X000001", "Resident One", hidden_from=("kw-s",)),
            ResidentRow("X000002", "Resident Two"),
            ResidentRow("X000003", "Resident Three"),
        ),
        stays=(
            StayRow("X000001", "north", date(2026, 9, 1), time(14)),
            StayRow("X000002", "north", date(2026, 10, 1)),
            StayRow("X000003", "south", date(2026, 10, 5)),
        ),
        allocations=(
            AllocationRow("X000001", "kw-n", date(2026, 9, 1)),
            AllocationRow("X000003", "kw-s", date(2026, 10, 5), back_up="both"),
        ),
        commitments=(
            CommitmentRow("c1", "X000001", "Appointment one", time(10), time(11), MONDAY),
        ),
        kept_apart=(ApartRow("X000001", "X000002", "rooms", 30),),
        programmes=(
            ProgrammeRow(
                "n-key",
                "north",
                "key_work",
                45,
                whom="each_resident",
                parts=(Part("lead", 1, ("own_key_worker",)), Part("second", people=("both",))),
            ),
            ProgrammeRow("s-key", "south", "key_work", 45, anchor=MONDAY),
        ),
        enrolments=(EnrolmentRow("n-key", "X000001", MONDAY),),
        deliveries=(DeliveryRow("s-key", date(2026, 11, 2), time(10), 45, "held", "X000003"),),
        rules=(RuleRow("north", "same_time", "off"), RuleRow("south", "travel", price=3)),
        bank_holidays=(date(2026, 12, 25), date(2026, 12, 28)),
    )
