"""Kept here: a pin holds start, room, staff and attendees, and may not be dropped."""

from tests.rules.builders import breach, place, plus, resident, room, said, session, staff, week

PEOPLE = (staff("ana"), staff("ben"), resident("abe"), resident("bob"))
ROOMS = (room("red"), room("blue"))
TALK = session("talk", ("ana", "ben"), offered=("abe", "bob"), needs_room=True)
PIN = place("talk", "Tue 10:00", "ana", "abe", room="red")
BASE = plus(week(PEOPLE, ROOMS, TALK), pins=(PIN,))


def test_a_pinned_session_as_it_is_breaks_nothing():
    assert breach("kept_here", BASE, PIN) == 0


def test_dropping_it_or_moving_it_is_a_breach():
    assert said("kept_here", BASE) == ["talk is kept at Tuesday 10am."]
    moved = place("talk", "Tue 10:15", "ana", "abe", room="red")
    assert said("kept_here", BASE, moved) == ["talk is kept at Tuesday 10am."]


def test_another_room_is_a_breach():
    moved = place("talk", "Tue 10:00", "ana", "abe", room="blue")
    assert said("kept_here", BASE, moved) == ["talk is kept in red."]


def test_another_leader_is_both_someone_missing_and_someone_added():
    changed = place("talk", "Tue 10:00", "ben", "abe", room="red")
    assert said("kept_here", BASE, changed) == [
        "talk is kept as it is: nobody else is added.",
        "talk is kept with ana, abe.",
    ]


def test_one_attendee_more_or_fewer_is_a_breach():
    more = place("talk", "Tue 10:00", "ana", ("abe", "bob"), room="red")
    assert said("kept_here", BASE, more) == ["talk is kept as it is: nobody else is added."]
    fewer = place("talk", "Tue 10:00", "ana", room="red")
    assert said("kept_here", BASE, fewer) == ["talk is kept with ana, abe."]


def test_without_a_pin_everything_may_move():
    assert breach("kept_here", week(PEOPLE, ROOMS, TALK)) == 0
