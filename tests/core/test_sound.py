"""A frozen week from anywhere is sound, or says where it is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipe_sched.core.sound import faults, misplaced
from pipe_sched.core.spans import Span
from pipe_sched.core.week import (
    Assignment,
    Barred,
    Booking,
    Commitment,
    Demand,
    KeptApart,
    Lead,
    Owed,
    Person,
    Role,
    Room,
    RuleSetting,
    SafeToSee,
    Shift,
    Site,
    Timetable,
    Travel,
    Week,
)

MEET = Demand(
    "meet",
    "kirk",
    "community_meeting",
    45,
    (Span(0, 1440),),
    roles=(Role("chair", 1, ("A",)),),
    expected=("X1",),
)
WEEK = Week(
    2026,
    49,
    sites=(Site("kirk"),),
    plans=("kirk",),
    rooms=(Room("r1", "kirk", 6),),
    people=(Person("A", "staff", "kirk"), Person("X1", "resident", "kirk")),
    demands=(MEET,),
)


def meet(**more: Any) -> dict[str, Any]:
    """The week's one session, changed."""
    return {"demands": (replace(MEET, **more),)}


def test_a_sound_week_has_no_faults() -> None:
    assert faults(WEEK) == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": 54}, "Week 54 of 2026 does not exist"),
        ({"grid": 7}, "grid: 7 minutes do not divide an hour"),
        ({"grid": 0}, "grid: 0 minutes"),
        ({"sites": (Site("kirk"), Site("kirk"))}, "sites: the id “kirk” occurs 2 times"),
        ({"plans": ("moon",)}, "plans: there is no site “moon”"),
        ({"rooms": (Room("r1", "kirk", 0),)}, "rooms[r1].seats: 0"),
        ({"rooms": (Room("r1", "kirk", 1, turn_round=-5),)}, "turn_round: -5"),
        ({"rooms": (Room("r1", "kirk", 1, next_to=("r9",)),)}, "there is no room “r9”"),
        ({"rooms": (Room("r1", "moon", 1),)}, "rooms[r1]: there is no site “moon”"),
        ({"shifts": (Shift("Z", ("kirk",), Span(0, 9)),)}, "shifts[0]: there is no person “Z”"),
        ({"shifts": (Shift("A", ("moon",), Span(0, 9)),)}, "shifts[0]: there is no site “moon”"),
        ({"commitments": (Commitment("X1", Span(0, 9), site="moon"),)}, "no site “moon”"),
        ({"kept_apart": (KeptApart("X1", "Z"),)}, "kept_apart[0].b: there is no person “Z”"),
        ({"safe_to_see": (SafeToSee("X1", never=("Z",)),)}, "safe_to_see[0]"),
        ({"barred": (Barred("X1", room="r9"),)}, "barred[0]: there is no room “r9”"),
        ({"travel": (Travel("kirk", "moon", 5),)}, "travel[0]: there is no site “moon”"),
        ({"travel": (Travel("kirk", "kirk", -5),)}, "travel: -5 minutes"),
        ({"bookings": (Booking("b", "kirk", Span(0, 9), "x", ("Z",)),)}, "bookings[b]"),
        ({"owed": (Owed("X1", ("gone",), 1),)}, "owed: there is no demand “gone”"),
        ({"pins": (Assignment("gone", 0, None),)}, "pins[gone]: there is no demand “gone”"),
        ({"published": (Assignment("meet", 0, "r9"),)}, "there is no room “r9”"),
        (meet(site="moon"), "demands[meet]: there is no site “moon”"),
        (meet(own_worker="Z"), "demands[meet]: there is no person “Z”"),
        (meet(follows="gone"), "there is no demand “gone”"),
        (meet(rooms=("r9",)), "demands[meet].rooms: there is no room “r9”"),
        (meet(minutes=0), "demands[meet].minutes: 0"),
        (meet(minutes=1441), "demands[meet].minutes: 1441"),
        (meet(worth=-1), "demands[meet].worth: -1"),
        (meet(smallest=5, largest=4), "largest 4 is below smallest 5"),
        (meet(gap=-1), "gap, quorum and smallest are 0 or more"),
        (meet(roles=(Role("attends", 1, ("A",)),)), "none may be “attends”"),
        (meet(required=("X1",)), "asked for twice"),
        (meet(windows=(Span(0, 30),)), "45 minutes do not fit its windows"),
        ({"sites": (Site("kirk", rules=(RuleSetting("x", price=-1),)),)}, "price is below 0"),
    ],
)
def test_a_fault_is_told_with_its_place(change: dict[str, Any], words: str) -> None:
    found = faults(replace(WEEK, **change))
    assert any(words in fault for fault in found), found


def test_a_timetable_may_name_only_what_its_week_holds() -> None:
    fine = Assignment("meet", 600, "r1", (Lead("chair", "A"),), ("X1",))
    assert misplaced(WEEK, Timetable((fine,))) == ()
    strange = Assignment("gone", 600, "r9", (Lead("chair", "Z"),), ("X1",))
    found = misplaced(WEEK, Timetable((fine, fine, strange)))
    assert [f.split("no ")[-1].split(" in")[0] for f in found[:3]] == [
        "demand “gone”",
        "room “r9”",
        "person “Z”",
    ]
    assert found[3] == "assignments[meet]: placed 2 times."
