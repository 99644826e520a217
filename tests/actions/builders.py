"""Two small premises with a shared psychologist, and timetables made by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import (
    HoursRow,
    Part,
    Plan,
    ProgrammeRow,
    ResidentRow,
    RoomRow,
    ShiftRow,
    SiteRow,
    StaffRow,
    StayRow,
    TravelRow,
)
from pipe_sched.core.week import Assignment, Lead, Timetable

CLOCK = Clock(2026, 49)
MONDAY = CLOCK.monday
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BOTH = ("north", "south")


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def premises(site: str, mark: str) -> Plan:
    """One of the two: three workers on shift on Monday, two residents, art for all of them."""
    crew = tuple(f"{mark}-w{n}" for n in (1, 2, 3))
    people = tuple(f"X00000{mark}{n}" for n in (1, 2))
    return Plan(
        sites=(SiteRow(site, f"{site.title()} House", beds=10),),
        hours=(HoursRow(site, time(9), time(17)),),
        rooms=(RoomRow(f"{mark}-lounge", site, f"Lounge {mark}", 12, ("group",)),),
        staff=tuple(
            StaffRow(w, f"Worker {w}", "residential_worker", (site,), counts=True) for w in crew
        ),
        shifts=tuple(ShiftRow(w, MONDAY, time(8), time(20), (site,)) for w in crew),
        residents=tuple(ResidentRow(p, f"Resident {p}") for p in people),
        stays=tuple(StayRow(p, site, date(2026, 9, 1)) for p in people),
        programmes=(
            ProgrammeRow(
                f"{mark}-art",
                site,
                "creative",
                60,
                parts=(Part("lead", 1, ("residential_worker",)),),
                mode="offered",
                largest=6,
                on_floor=True,
            ),
            ProgrammeRow(
                f"{mark}-case",
                site,
                "formulation",
                60,
                parts=(Part("lead", 1, ("psychologist",)),),
                priority=150,
            ),
        ),
    )


def two_premises() -> Plan:
    """North and south together; the psychologist works at both on Monday."""
    north, south = premises("north", "1"), premises("south", "2")
    joined = {
        name: getattr(north, name) + getattr(south, name)
        for name in ("sites", "hours", "rooms", "residents", "stays", "programmes")
    }
    shared = StaffRow("psy", "Shared Psychologist", "psychologist", BOTH, several_sites_a_day=True)
    return Plan(
        **joined,
        travel=(TravelRow("north", "south", 60),),
        staff=(*north.staff, *south.staff, shared),
        shifts=(
            *north.shifts,
            *south.shifts,
            ShiftRow("psy", MONDAY, time(9), time(17), BOTH, "office"),
        ),
    )


MARK = {"north": "1", "south": "2"}


def art(site: str, at: int, worker: int = 1) -> Assignment:
    """The art session at an hour of Monday, led by that worker, both residents in it."""
    return _session(site, "art", at, f"{MARK[site]}-w{worker}", attend=True)


def case(site: str, at: int) -> Assignment:
    """The case formulation with the shared psychologist at an hour of Monday."""
    return _session(site, "case", at, "psy", attend=False)


def _session(site: str, what: str, at: int, leader: str, attend: bool) -> Assignment:
    mark = MARK[site]
    residents = (f"X00000{mark}1", f"X00000{mark}2") if attend else ()
    demand = f"{site}:{mark}-{what}:group:1"
    return Assignment(demand, at * 60, f"{mark}-lounge", (Lead("lead", leader),), residents)


def timetable(*places: Assignment) -> Timetable:
    """These places, in order of their demands, as a solver's answer comes."""
    return Timetable(tuple(sorted(places, key=lambda a: a.demand)))
