"""One session per room, and its turn-round after each."""

from __future__ import annotations

from tests.rules.builders import booking, breach, place, room, said, session, week

RULE = "one_session_per_room"
ART = session("art", needs_room=True)
TALK = session("talk", needs_room=True)


def test_two_sessions_share_no_room_at_one_time() -> None:
    of = week(room("lounge"), ART, TALK)
    places = (place("art", "Tue 10:00", room="lounge"), place("talk", "Tue 10:30", room="lounge"))
    assert said(RULE, of, *places) == ["lounge would hold two sessions at once."]


def test_back_to_back_is_fine_without_turn_round() -> None:
    of = week(room("lounge"), ART, TALK)
    places = (place("art", "Tue 10:00", room="lounge"), place("talk", "Tue 11:00", room="lounge"))
    assert breach(RULE, of, *places) == 0


def test_different_rooms_at_one_time_are_fine() -> None:
    of = week(room("lounge"), room("garden"), ART, TALK)
    places = (place("art", "Tue 10:00", room="lounge"), place("talk", "Tue 10:00", room="garden"))
    assert breach(RULE, of, *places) == 0


def test_turn_round_keeps_the_next_session_out() -> None:
    of = week(room("kitchen", turn_round=30), ART, TALK)
    first = place("art", "Tue 10:00", room="kitchen")
    assert said(RULE, of, first, place("talk", "Tue 11:15", room="kitchen")) == [
        "kitchen would hold two sessions at once, or one within its 30 minutes' turn-round."
    ]
    assert said(RULE, of, first, place("talk", "Tue 11:30", room="kitchen")) == []


def test_a_booking_in_the_room_keeps_turn_round_on_both_sides() -> None:
    of = week(
        room("kitchen", turn_round=30),
        booking("b1", "Tue 10:00-11:00", room="kitchen"),
        ART,
    )
    assert said(RULE, of, place("art", "Tue 11:15", room="kitchen")) == [
        "kitchen is already booked Tuesday 10am to 11am."
    ]
    assert breach(RULE, of, place("art", "Tue 08:45", room="kitchen")) == 1
    assert breach(RULE, of, place("art", "Tue 08:30", room="kitchen")) == 0
    assert breach(RULE, of, place("art", "Tue 11:30", room="kitchen")) == 0


def test_turn_round_may_run_past_closing() -> None:
    closing = room("kitchen", turn_round=30, open=week(ART).demands[0].windows)
    of = week(closing, ART, TALK)
    assert breach(RULE, of, place("art", "Sun 23:00", room="kitchen")) == 0
