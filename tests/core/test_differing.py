"""Differences between two timetables: what is said, in which order, and whom it touches."""

from __future__ import annotations

from dataclasses import replace

from pipe_sched.core.differing import NOTHING, Side, differences, touched
from pipe_sched.core.labels import Labels
from pipe_sched.core.week import Assignment, Demand, Lead, Timetable, Week

WEEK = Week(
    2026,
    49,
    (),
    demands=(
        Demand("art", "s", "creative", 60, (), title="Art", offered=("ann", "bob")),
        Demand("key", "s", "key_work", 45, (), required=("ann",), one_to_one=True),
        Demand("far", "other", "creative", 60, ()),
    ),
)
ART = Assignment("art", 600, "hall", (Lead("lead", "wes"),), ("ann", "bob"))
KEY = Assignment("key", 720, "room", (Lead("lead", "kim"),), ("ann",))
PEOPLE = {"ann": "Ann", "bob": "Bob", "wes": "Wes", "kim": "Kim"}


def side(*places: Assignment, week: Week = WEEK) -> Side:
    return Side.of(week, Timetable(places), "s")


def said(before: Side, after: Side) -> list[str]:
    names = {"art": "Art", "key": "Key work, Ann"}
    words = Labels(WEEK.clock, PEOPLE, {"hall": "Hall", "room": "Room"}, {}, names)
    return [words.sentence(say) for one in differences(before, after) for say in one.say]


def test_the_same_twice_differs_in_nothing() -> None:
    assert differences(side(ART, KEY), side(KEY, ART)) == ()


def test_before_the_first_version_everything_is_new() -> None:
    assert said(NOTHING, side(ART)) == ["New: Art on Monday 10am."]


def test_another_sites_sessions_are_no_difference() -> None:
    far = Assignment("far", 600, None)
    assert said(side(ART), side(ART, far)) == []


def test_what_is_gone_says_whether_it_was_cancelled_dropped_or_is_no_longer_due() -> None:
    cancelled = replace(WEEK, cancelled=("art",))
    fewer = replace(WEEK, demands=WEEK.demands[1:])
    assert said(side(ART), side(week=cancelled)) == ["Cancelled: Art on Monday 10am."]
    assert said(side(ART), side()) == ["No longer held: Art on Monday 10am."]
    assert said(side(ART), side(week=fewer)) == ["No longer due: Art on Monday 10am."]


def test_one_session_says_all_that_is_otherwise() -> None:
    longer = replace(WEEK, demands=(replace(WEEK.demands[0], minutes=90), *WEEK.demands[1:]))
    after = replace(ART, start=660, room="room", staff=(Lead("lead", "kim"),), attendees=("bob",))
    assert said(side(ART), side(after, week=longer)) == [
        "Moved: Art from Monday 10am to Monday 11am.",
        "Art: led by Kim in place of Wes.",
        "Art: in Room in place of Hall.",
        "Art: 90 minutes long in place of 60.",
        "Art: no longer with Ann.",
    ]


def test_staff_who_join_or_go_are_said_so() -> None:
    two = replace(ART, staff=(*ART.staff, Lead("second", "kim")))
    assert said(side(ART), side(two)) == ["Art: also led by Kim."]
    assert said(side(two), side(ART)) == ["Art: no longer led by Kim."]


def test_whoever_is_moved_is_touched_and_who_only_stays_is_not() -> None:
    moved = differences(side(ART), side(replace(ART, start=660)))
    assert set(touched(moved)) == {"ann", "bob", "wes"}
    fewer = differences(side(ART), side(replace(ART, attendees=("bob",))))
    assert set(touched(fewer)) == {"ann", "wes"}, "the one who goes and who leads"


def test_people_are_told_of_what_is_off_before_what_is_new() -> None:
    assert said(side(ART), side(KEY)) == [
        "No longer held: Art on Monday 10am.",
        "New: Key work, Ann on Monday midday.",
    ]


def test_who_is_held_back_is_in_no_difference() -> None:
    gone = frozenset({"ann"})
    before, after = side(ART, KEY), side(replace(ART, attendees=("bob",)))
    assert differences(before.less(gone), after.less(gone)) == ()
    moved = side(replace(ART, start=660, attendees=("bob",)))
    found = differences(before.less(gone), moved.less(gone))
    assert set(touched(found)) == {"bob", "wes"}
