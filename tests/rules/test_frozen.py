"""Frozen: a published session begun, past or within 24 hours stays, unless itself broken."""

from tests.rules.builders import (
    absence,
    at,
    breach,
    place,
    plus,
    resident,
    room,
    said,
    session,
    shift,
    staff,
    week,
)

ROOMS = (room("red"), room("blue"))
TALK = session("talk", ("ana", "ben"), needs_room=True)
PUBLISHED = place("talk", "Tue 10:00", "ana", room="red")


def published(*more, now="Mon 12:00", place=PUBLISHED):
    shifts = (shift("ana", "Tue 08:00-20:00"), shift("ben", "Tue 08:00-20:00"))
    base = week(staff("ana"), staff("ben"), shifts, ROOMS, TALK, *more)
    return plus(base, published=(place,), now=now and at(now))


def test_within_24_hours_it_stays_at_its_start_and_in_its_room():
    moved = place("talk", "Tue 11:00", "ana", room="blue")
    assert said("frozen", published(), moved) == [
        "talk is published for Tuesday 10am, too soon to be moved.",
        "talk is published in red for Tuesday 10am, too soon to be moved.",
    ]
    assert breach("frozen", published(), PUBLISHED) == 0


def test_dropping_it_is_moving_it():
    assert breach("frozen", published()) == 1


def test_a_day_and_a_quarter_of_an_hour_ahead_it_may_still_move():
    assert breach("frozen", published(now="Mon 09:45"), place("talk", "Wed 10:00", "ana")) == 0
    assert breach("frozen", published(now="Mon 10:00")) == 1


def test_what_is_past_stays():
    assert breach("frozen", published(now="Thu 10:00")) == 1


def test_without_a_now_nothing_is_frozen():
    assert breach("frozen", published(now=None)) == 0


def test_another_leader_may_take_it_over():
    assert breach("frozen", published(), place("talk", "Tue 10:00", "ben", room="red")) == 0


def test_a_session_whose_leader_is_away_is_itself_broken_and_may_move():
    base = published(absence("ana", "Tue 08:00-12:00"))
    assert breach("frozen", base, place("talk", "Tue 13:00", "ana", room="red")) == 0


def test_a_session_that_names_someone_who_has_left_may_move():
    base = published(place=place("talk", "Tue 10:00", "gone", room="red"))
    assert breach("frozen", base) == 0


def test_a_session_that_others_break_is_not_broken_itself():
    base = plus(published(), session("more", "ana"))
    assert breach("frozen", base, place("more", "Tue 10:00", "ana")) == 1


def test_a_group_grown_small_since_it_was_published_stays():
    art = session("art", "ana", offered=("abe", "bob"), smallest=2)
    old = place("art", "Tue 10:00", "ana", "abe")
    people = (staff("ana"), resident("abe"), resident("bob"))
    base = week(people, shift("ana", "Tue 08:00-20:00"), art)
    base = plus(base, published=(old,), now=at("Mon 12:00"))
    assert breach("frozen", base) == 1
