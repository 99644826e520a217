"""A frozen week from anywhere is sound, or says where it is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipe_sched.core.sound import faults, misplaced
from pipe_sched.core.spans import Span
from pipe_sched.core.week import (
    Assignment,
    Band,
    Barred,
    Block,
    Booking,
    Commitment,
    Curfew,
    Demand,
    KeptApart,
    Lead,
    Limits,
    Owed,
    Person,
    Role,
    Room,
    RuleSetting,
    SafeToSee,
    Shift,
    Site,
    Stay,
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
        ({"travel": (Travel("kirk", "kirk", -5),)}, "travel[0].minutes: -5. Use 0 or more."),
        ({"bookings": (Booking("b", "kirk", Span(0, 9), "x", ("Z",)),)}, "bookings[b]"),
        ({"owed": (Owed("X1", ("gone",), 1),)}, "owed: there is no demand “gone”"),
        ({"pins": (Assignment("gone", 0, None),)}, "pins[gone]: there is no demand “gone”"),
        ({"published": (Assignment("meet", 0, "r9"),)}, "there is no room “r9”"),
        ({"cancelled": ("gone",)}, "cancelled: there is no demand “gone”"),
        ({"cancelled": ("meet", "meet")}, "cancelled: the id “meet” occurs 2 times"),
        ({"most_changes": -1}, "most_changes: -1. Use 0 to 1,000."),
        ({"most_changes": 1001}, "most_changes: 1001. Use 0 to 1,000."),
        (meet(site="moon"), "demands[meet]: there is no site “moon”"),
        (meet(own_worker="Z"), "demands[meet]: there is no person “Z”"),
        (meet(follows="gone"), "there is no demand “gone”"),
        (meet(rooms=("r9",)), "demands[meet].rooms: there is no room “r9”"),
        (meet(minutes=0), "demands[meet].minutes: 0"),
        (meet(minutes=1441), "demands[meet].minutes: 1441"),
        (meet(worth=-1), "demands[meet].worth: -1"),
        (meet(smallest=5, largest=4), "largest 4 is below smallest 5"),
        (meet(gap=-1), "demands[meet].gap: -1. Use 0 or more."),
        (meet(roles=(Role("attends", 1, ("A",)),)), "none may be “attends”"),
        (meet(required=("X1",)), "asked for twice"),
        (meet(windows=(Span(0, 30),)), "45 minutes do not fit its windows"),
        ({"sites": (Site("kirk", rules=(RuleSetting("x", price=-1),)),)}, "rules[x].price: -1"),
        (meet(quorum=1001), "demands[meet].quorum: 1001. Use 0 to 1,000."),
        (meet(roles=(Role("chair", 1001, ("A",)),)), "demands[meet].roles[chair].count: 1001"),
        (meet(worth=1_000_001), "demands[meet].worth: 1000001. Use 0 to 1,000,000."),
        (
            {"sites": (Site("kirk", rules=(RuleSetting("x", price=1_000_001),)),)},
            "sites[kirk].rules[x].price: 1000001",
        ),
        ({"plans": ()}, "demands[meet]: its site “kirk” is not among “plans”"),
        ({"plans": ("kirk", "kirk")}, "plans: the id “kirk” occurs 2 times"),
        (meet(follows="meet"), "demands[meet]: it follows itself"),
        (meet(usual=60_000), "demands[meet].usual: 60000 is not in the week"),
        (meet(roles=(Role("chair", -1, ("A",)),)), "demands[meet].roles[chair].count: -1"),
        (meet(roles=(Role("chair", 1, ("A", "A")),)), "demands[meet].roles[chair]: “A” is named"),
        ({"stays": (Stay("A", "kirk", Span(0, 9)),)}, "stays[0]: “A” is no resident"),
        ({"curfews": (Curfew("A", Span(0, 9)),)}, "curfews[0]: “A” is no resident"),
        ({"kept_apart": (KeptApart("A", "A"),)}, "kept_apart[0]: “A” cannot be kept apart"),
        ({"kept_apart": (KeptApart("A", "X1", gap=-1),)}, "kept_apart[0].gap: -1"),
        ({"commitments": (Commitment("A", Span(0, 9), travel=-1),)}, "commitments[0].travel: -1"),
        ({"owed": (Owed("X1", ("meet",), -1),)}, "owed[0].count: -1"),
        ({"owed": (Owed("X1", ("meet",), 1, -1),)}, "owed[0].worth: -1"),
        ({"pins": (Assignment("meet", 60_000, "r1"),)}, "pins[meet].start: 60000 is not in"),
        ({"sites": (Site("kirk", limits=Limits(rest=-1)),)}, "sites[kirk].limits.rest: -1"),
        ({"sites": (Site("kirk", cover=(Band(Span(0, 9), -1),)),)}, "sites[kirk].cover[0]"),
        ({"sites": (Site("kirk", routine=(Block("tea", Span(0, 9), after=-1),)),)}, "routine[0]"),
        (
            {"people": (*WEEK.people[:1], replace(WEEK.people[1], hidden_from=("Z",)))},
            "people[X1].hidden_from: there is no person “Z”",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(change: dict[str, Any], words: str) -> None:
    found = faults(replace(WEEK, **change))
    assert any(words in fault for fault in found), found


def test_a_cancelled_session_and_a_cap_on_changes_are_sound() -> None:
    assert faults(replace(WEEK, cancelled=("meet",), most_changes=0)) == ()


def test_steps_that_follow_one_another_in_a_ring_are_refused() -> None:
    ring = tuple(
        replace(MEET, id=one, follows=other) for one, other in (("a", "b"), ("b", "c"), ("c", "a"))
    )
    (found,) = faults(replace(WEEK, demands=ring))
    assert found.startswith("demands[a]: it follows itself, by way of “b”, “c”.")


def test_a_long_line_of_steps_is_read_without_running_out_of_depth() -> None:
    line = tuple(replace(MEET, id=f"s{i}", follows=f"s{i - 1}" if i else None) for i in range(5000))
    assert faults(replace(WEEK, demands=line)) == ()


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
