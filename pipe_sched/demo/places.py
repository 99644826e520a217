"""The demo's sites, rooms, hours, daily routine, cover and travel (all assumed values)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from pipe_sched.core.plan import CoverRow, HoursRow, RoomRow, RoutineRow, SiteRow, TravelRow
from pipe_sched.demo.house import CROWLEY, KIRK, House

WEEKDAYS = (1, 2, 3, 4, 5)
STAFF_KINDS = (
    "reflective_practice",
    "supervision",
    "group_supervision",
    "training",
    "formulation",
    "consultation",
)
TRAVEL = TravelRow(KIRK.site, CROWLEY.site, 60)


def site(house: House) -> SiteRow:
    """The premises itself."""
    women = house.gender == "woman"
    return SiteRow(house.site, house.name, women=women, beds=house.beds, place=house.place)


def rooms(house: House) -> Iterator[RoomRow]:
    """Seven rooms; the first one-to-one room is in sight and step-free, the second neither."""
    group = ("group", "quiet", "step_free")

    def row(
        key: str, name: str, seats: int, features: tuple[str, ...], next_to: str = "", turn: int = 0
    ) -> RoomRow:
        neighbours = (house.room(next_to),) if next_to else ()
        return RoomRow(house.room(key), house.site, name, seats, features, neighbours, turn)

    yield row("group", "Group room", 12, group, "one-1", 15)
    yield row("lounge", "Lounge and dining room", 24, ("group", "step_free", "in_sight"), "kitchen")
    yield row("one-1", "One-to-one room 1", 4, ("one_to_one", "quiet", "step_free", "in_sight"))
    yield row("one-2", "One-to-one room 2", 3, ("one_to_one", "quiet"))
    yield row("kitchen", "Kitchen", 6, ("kitchen",), turn=15)
    yield row("garden", "Garden and art room", 8, ("outdoors", "art", "step_free"))
    yield row("staff", "Staff room", 10, ("quiet", "staff"))


def hours(house: House) -> Iterator[HoursRow]:
    """When sessions are held: residents' until the evening, staff's in office hours."""
    yield HoursRow(house.site, time(8, 30), time(20, 30))
    yield HoursRow(house.site, time(10, 0), time(21, 30), kinds=("creative",))
    yield HoursRow(house.site, time(8, 30), time(20, 0), WEEKDAYS, STAFF_KINDS)


def routine(house: House) -> Iterator[RoutineRow]:
    """Medication four times, three meals, one room check; staff may meet through the last two."""
    for at in (time(8, 30), time(12, 30), time(17, 30), time(21, 30)):
        yield RoutineRow(house.site, "medication", at, time(at.hour, at.minute + 15), after=30)
    for at, end in (
        (time(8, 0), time(8, 30)),
        (time(12, 30), time(13, 15)),
        (time(17, 30), time(18, 15)),
    ):
        yield RoutineRow(house.site, "meal", at, end, spares=STAFF_KINDS)
    yield RoutineRow(house.site, "room_check", time(10, 30), time(10, 45), spares=STAFF_KINDS)


def cover(house: House) -> Iterator[CoverRow]:
    """Two people on the floor, day and night."""
    yield CoverRow(house.site, 2, time(8, 0), time(20, 0))
    yield CoverRow(house.site, 2, time(20, 0), time(8, 0))
