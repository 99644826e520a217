"""Look-ups over a frozen week and its timetable."""

from __future__ import annotations

from dataclasses import replace

from pipe_sched.core.index import Held, Index
from pipe_sched.core.spans import Span
from pipe_sched.core.week import (
    Absence,
    Assignment,
    Booking,
    Commitment,
    Curfew,
    Demand,
    Free,
    Lead,
    Paid,
    Person,
    Role,
    Room,
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
    (Span(0, 10080),),
    roles=(Role("chair", 1, ("A", "B")),),
    required=("X1",),
    expected=("X2",),
    offered=("A",),
)
TALK = Demand("talk", "kirk", "key_work", 30, (), needs_room=False, rooms=("r1",))
CLOSE = Demand("close", "kirk", "creative", 30, (), rooms=("r2",))
WEEK = Week(
    2026,
    49,
    sites=(Site("kirk"), Site("crow")),
    rooms=(Room("r1", "kirk", 6), Room("r2", "kirk", 6), Room("r3", "crow", 6)),
    people=(Person("A", "staff", "kirk"), Person("X1", "resident", "kirk")),
    shifts=(
        Shift("A", ("kirk",), Span(480, 1200)),
        Shift("A", ("crow",), Span(1920, 2400)),
        Shift("A", ("kirk",), Span(1200, 1920), on_call=True),
    ),
    absences=(Absence("A", Span(600, 660)), Absence("A", Span(660, 720))),
    paid=(Paid("A", Span(0, 60)),),
    commitments=(Commitment("X1", Span(600, 630)),),
    stays=(Stay("X1", "kirk", Span(-2880, 12960)),),
    safe_to_see=(SafeToSee("X1", never=("A",)),),
    travel=(Travel("kirk", "crow", 50),),
    demands=(MEET, TALK, CLOSE),
)
INDEX = Index(WEEK)


def test_everything_is_found_by_its_id() -> None:
    assert set(INDEX.sites) == {"kirk", "crow"}
    assert INDEX.rooms["r3"].site == "crow"
    assert INDEX.people["A"].type == "staff"
    assert INDEX.demands["talk"] is TALK
    assert INDEX.safe_to_see["X1"].never == ("A",)


def test_what_belongs_to_a_person_is_found_by_the_person() -> None:
    assert [c.span for c in INDEX.commitments["X1"]] == [Span(600, 630)]
    assert INDEX.absences["A"] == (Span(600, 720),)
    assert INDEX.paid["A"] == (Span(0, 60),)
    assert len(INDEX.stays["X1"]) == 1


def test_on_call_is_no_shift() -> None:
    assert [s.span.start for s in INDEX.shifts["A"]] == [480, 1920]


def test_on_duty_is_on_shift_there_and_not_absent() -> None:
    assert INDEX.on_duty("A", "kirk") == (Span(480, 600), Span(720, 1200))
    assert INDEX.on_duty("A", "crow") == (Span(1920, 2400),)
    assert INDEX.on_duty("nobody", "kirk") == ()


def test_a_session_may_use_its_sites_rooms_or_its_own_list() -> None:
    assert [r.id for r in INDEX.rooms_for(MEET)] == ["r1", "r2"]
    assert [r.id for r in INDEX.rooms_for(CLOSE)] == ["r2"]
    assert INDEX.rooms_for(TALK) == ()


def test_parts_name_leading_and_attending_apart() -> None:
    assert INDEX.parts(MEET) == (
        ("A", "chair"),
        ("B", "chair"),
        ("X1", "attends"),
        ("X2", "attends"),
        ("A", "attends"),
    )
    assert INDEX.parts_by_person["A"] == ((MEET, "chair"), (MEET, "attends"))


def test_travel_is_the_same_both_ways_and_nothing_within_a_site() -> None:
    assert INDEX.minutes_between("kirk", "crow") == INDEX.minutes_between("crow", "kirk") == 50
    assert INDEX.minutes_between("kirk", "kirk") == 0
    assert INDEX.minutes_between("kirk", "moon") == 0


def test_days_are_the_seven_local_dates() -> None:
    assert len(INDEX.days) == 7
    assert INDEX.days[0] == Span(0, 1440)
    assert Index(Week(2026, 13, ())).days[6].minutes == 23 * 60


def test_a_timetable_tells_who_is_in_which_session_and_when() -> None:
    place = Assignment("meet", 600, "r1", (Lead("chair", "B"),), ("X1", "A"))
    held = Held(INDEX, Timetable((place,)))
    assert held.by_demand == {"meet": place}
    assert held.spans == {"meet": Span(600, 645)}
    assert held.parts == {
        ("meet", "B", "chair"),
        ("meet", "X1", "attends"),
        ("meet", "A", "attends"),
    }
    assert held.members == {("meet", "B"), ("meet", "X1"), ("meet", "A")}


def test_bookings_and_free_times_are_found_by_person_and_room() -> None:
    one = Booking("b1", "kirk", Span(0, 60), "key_work", ("X1",), ("A",), "r1")
    two = Booking("b2", "kirk", Span(60, 90), "key_work", ("A",), ("A",))
    index = Index(
        replace(
            WEEK,
            bookings=(one, two),
            free=(Free("O", Span(540, 720)),),
            curfews=(Curfew("X1", Span(1380, 1800)),),
        )
    )
    assert index.bookings_of == {"X1": (one,), "A": (one, two)}
    assert index.bookings_in == {"r1": (one,)}
    assert [f.span for f in index.free["O"]] == [Span(540, 720)]
    assert [c.span for c in index.curfews["X1"]] == [Span(1380, 1800)]
