"""Two small premises that share a psychologist, planned in no time, in as many weeks as needed.

Small, so that a thousand changes take seconds; shared, so that what one premises does is felt
at the other, and short of rooms and days, so that most of what can collide does. A busy week is
one that the planner improves for as long as it has time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from pipe_sched.access import LOCAL
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.core.clock import Clock, week_of
from pipe_sched.core.plan import (
    AllocationRow,
    CoverRow,
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
from pipe_sched.store.engine import Store, open_store

SITES = ("north", "south")
CLOCK = Clock(2026, 49)
"""The week of the attacks that give the program its time."""
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""That time: a week before, so that nothing of the week has passed."""
DAYS = 3
RESIDENTS = 2
MORE = 4
SINCE = date(2020, 1, 6)


def coming(weeks: int) -> tuple[Clock, ...]:
    """Weeks that lie ahead whenever this runs, every other one, so that none touches another."""
    first = week_of(datetime.now(UTC).date() + timedelta(weeks=8))
    return tuple(first.neighbour(2 * n) for n in range(weeks))


def make_store(
    folder: Path, clocks: Iterable[Clock] = (CLOCK,), *, busy: bool = False, name: str = "store"
) -> str:
    """A SQLite file with both premises in it; gives back its address."""
    url = address(folder, name)
    fill(url, clocks, busy=busy)
    return url


def fill(url: str, clocks: Iterable[Clock] = (CLOCK,), *, busy: bool = False) -> None:
    """Both premises in the empty database at this address."""
    store = open_store(url)
    import_plan(store, LOCAL, two_premises(tuple(clocks), busy))
    store.close()


def address(folder: Path, name: str = "store") -> str:
    """The address of a SQLite file in a folder."""
    return f"sqlite:///{folder / name}.db"


def file_of(url: str) -> Path:
    """The SQLite file at an address."""
    return Path(url.removeprefix("sqlite:///"))


def reopened(url: str) -> Store:
    """A store whose tables are there."""
    return open_store(url, upgraded=False)


def two_premises(clocks: tuple[Clock, ...], busy: bool) -> Plan:
    """North and south, with shifts in these weeks."""
    shared = StaffRow("psy", "Psychologist", "psychologist", SITES, several_sites_a_day=True)
    days = [c.monday + timedelta(days=n) for c in clocks for n in range(DAYS)]
    both = Plan(
        travel=(TravelRow("north", "south", 30),),
        staff=(shared,),
        shifts=tuple(ShiftRow("psy", d, time(9), time(17), SITES, "office") for d in days),
    )
    north, south = (_premises(s, m, days, busy) for s, m in zip(SITES, "12", strict=True))
    return _joined(both, north, south)


def _joined(*plans: Plan) -> Plan:
    rows = {f.name: tuple(r for p in plans for r in getattr(p, f.name)) for f in fields(Plan)}
    return Plan(**rows)


def _premises(site: str, mark: str, days: Iterable[date], busy: bool) -> Plan:
    crew = tuple(f"{mark}-w{n}" for n in (1, 2, 3))
    programmes = tuple(_programmes(site, mark))
    people = tuple(f"X00000{mark}{n}" for n in range(1, (MORE if busy else RESIDENTS) + 1))
    return Plan(
        sites=(SiteRow(site, f"{site.title()} House", beds=10),),
        hours=(HoursRow(site, time(9), time(17)),),
        rooms=(
            RoomRow(f"{mark}-lounge", site, f"Lounge {mark}", 12, ("group", "one_to_one")),
            RoomRow(f"{mark}-quiet", site, f"Quiet room {mark}", 6, ("group", "one_to_one")),
        ),
        staff=tuple(
            StaffRow(w, f"Worker {w}", "residential_worker", (site,), counts=True) for w in crew
        ),
        shifts=tuple(ShiftRow(w, day, time(8), time(20), (site,)) for w in crew for day in days),
        residents=tuple(ResidentRow(p, f"Resident {p}") for p in people),
        stays=tuple(StayRow(p, site, SINCE) for p in people),
        allocations=tuple(
            AllocationRow(p, crew[n % 2], SINCE, back_up=crew[2]) for n, p in enumerate(people)
        ),
        programmes=tuple(map(_liked, programmes) if busy else programmes),
        cover=(CoverRow(site, 2, time(8), time(20)),) if busy else (),
    )


def _liked(row: ProgrammeRow) -> ProgrammeRow:
    """The same, more often and with the time that every other is to have."""
    times = 3 if row.kind == "creative" else 1
    return replace(row, times=times, liked_start=time(10), liked_end=time(12))


def _programmes(site: str, mark: str) -> Iterator[ProgrammeRow]:
    lead = Part("lead", 1, ("residential_worker",))
    psychologist = Part("lead", 1, ("psychologist",))
    own = Part("lead", 1, ("own_key_worker",))
    for name in ("art", "music"):
        yield ProgrammeRow(
            f"{mark}-{name}", site, "creative", 60, parts=(lead,), largest=6, on_floor=True
        )
    yield ProgrammeRow(f"{mark}-cook", site, "structured", 90, parts=(lead,), mode="expected")
    yield ProgrammeRow(f"{mark}-case", site, "formulation", 60, parts=(psychologist,), priority=150)
    yield ProgrammeRow(
        f"{mark}-key",
        site,
        "key_work",
        45,
        whom="each_resident",
        mode="required",
        parts=(own,),
        one_to_one=True,
    )
