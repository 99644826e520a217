"""Kept apart: never in one session; level rooms: nor in or beside the room within the gap."""

from pipe_sched.core.week import KeptApart
from tests.rules.builders import (
    booking,
    breach,
    place,
    resident,
    room,
    said,
    session,
    staff,
    week,
)

PAIR = (resident("abe"), resident("bob"), staff("ana"))
ROOMS = (room("red", next_to=("blue",)), room("blue"), room("far"))


def group(*more, apart=None):
    talk = session("talk", lead="ana", offered=("abe", "bob"))
    return week(PAIR, talk, apart or KeptApart("abe", "bob"), *more)


def two_rooms(gap=15, level="rooms", **more):
    one = session("one", offered=("abe",), needs_room=True)
    two = session("two", offered=("bob",), needs_room=True, **more)
    return week(PAIR, ROOMS, one, two, KeptApart("abe", "bob", level, gap))


def both(first, second, room_one="red", room_two="red"):
    return (
        place("one", first, attends="abe", room=room_one),
        place("two", second, attends="bob", room=room_two),
    )


def test_two_people_kept_apart_are_never_in_one_session():
    plan = place("talk", "Tue 10:00", "ana", ("abe", "bob"))
    assert said("kept_apart", group(), plan) == [
        "abe and bob are kept apart: they are never both in talk."
    ]
    assert breach("kept_apart", group(), place("talk", "Tue 10:00", "ana", ("abe",))) == 0


def test_leading_a_session_counts_as_being_in_it():
    apart = KeptApart("ana", "bob")
    plan = place("talk", "Tue 10:00", "ana", ("bob",))
    assert breach("kept_apart", group(apart=apart), plan) == 1
    assert breach("kept_apart", group(apart=apart), place("talk", "Tue 10:00", "ana", "abe")) == 0


def test_the_same_room_is_free_again_exactly_at_the_gap():
    late = both("Tue 10:00", "Tue 11:10")
    assert breach("kept_apart", two_rooms(), *late) == 1
    assert breach("kept_apart", two_rooms(), *both("Tue 10:00", "Tue 11:15")) == 0
    assert breach("kept_apart", two_rooms(), *both("Tue 11:15", "Tue 10:00")) == 0


def test_adjoining_rooms_count_either_way_round_and_others_do_not():
    assert said("kept_apart", two_rooms(), *both("Tue 10:00", "Tue 10:00", "red", "blue")) == [
        "abe and bob are kept apart: at kirk they are not in the same or adjoining rooms "
        "within 15 minutes of each other."
    ]
    assert breach("kept_apart", two_rooms(), *both("Tue 10:00", "Tue 10:00", "blue", "red")) == 1
    assert breach("kept_apart", two_rooms(), *both("Tue 10:00", "Tue 10:00", "red", "far")) == 0


def test_a_record_of_level_session_says_nothing_about_rooms():
    plan = both("Tue 10:00", "Tue 10:00")
    assert breach("kept_apart", two_rooms(level="session"), *plan) == 0


def test_who_joins_remotely_is_in_no_room():
    plan = both("Tue 10:00", "Tue 10:00")
    assert breach("kept_apart", two_rooms(remote=("bob",)), *plan) == 0


def test_a_booking_of_the_other_keeps_its_room_and_the_ones_beside_it_clear():
    one = session("one", offered=("abe",), needs_room=True)
    fixed = booking("past", "Tue 10:00-11:00", "bob", room="blue")
    base = week(PAIR, ROOMS, one, KeptApart("abe", "bob", "rooms", 15), fixed)
    assert breach("kept_apart", base, place("one", "Tue 11:10", attends="abe", room="red")) == 1
    assert breach("kept_apart", base, place("one", "Tue 11:15", attends="abe", room="red")) == 0
    assert breach("kept_apart", base, place("one", "Tue 08:50", attends="abe", room="blue")) == 1
    assert breach("kept_apart", base, place("one", "Tue 10:00", attends="abe", room="far")) == 0


def test_the_sentence_tells_no_reason_and_the_rule_is_never_overridden():
    from pipe_sched.rules.book import book

    assert book()["kept_apart"].never_overridden
