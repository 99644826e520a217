"""A room that fits: features, seats, step-free access, opening."""

from __future__ import annotations

from tests.rules.builders import breach, place, resident, room, said, session, spans, staff, week

RULE = "room_fits"


def test_a_session_that_needs_a_room_is_not_held_without_one() -> None:
    of = week(room("lounge"), session("art", needs_room=True))
    assert said(RULE, of, place("art", "Tue 10:00")) == ["art needs a room at kirk."]
    assert said(RULE, of, place("art", "Tue 10:00", room="lounge")) == []


def test_a_session_without_need_of_a_room_has_none() -> None:
    of = week(room("lounge"), session("visit", needs_room=False))
    assert breach(RULE, of, place("visit", "Tue 10:00")) == 0


def test_a_room_lacking_features_is_named_with_what_lacks() -> None:
    of = week(
        room("lounge", features=("group",)),
        room("kitchen", features=("group", "kitchen", "quiet")),
        session("cook", needs_room=True, features=("group", "kitchen", "quiet")),
    )
    assert said(RULE, of, place("cook", "Tue 10:00", room="lounge")) == [
        "lounge does not offer what cook needs: kitchen and quiet."
    ]
    assert said(RULE, of, place("cook", "Tue 10:00", room="kitchen")) == []


SMALL = week(
    room("snug", seats=3),
    *(resident(f"r{n}") for n in range(4)),
    session(
        "talk",
        lead=("ana", "ben"),
        needs_room=True,
        offered=("r0", "r1", "r2", "r3"),
        remote=("r3",),
    ),
)


def test_seats_count_everyone_in_the_room() -> None:
    crowd = place("talk", "Tue 10:00", lead="ana", attends=("r0", "r1", "r2"), room="snug")
    assert said(RULE, SMALL, crowd) == ["snug has 3 seats, too few for everyone in talk."]
    fits = place("talk", "Tue 10:00", lead="ana", attends=("r0", "r1"), room="snug")
    assert said(RULE, SMALL, fits) == []


def test_breach_counts_each_seat_missing() -> None:
    crowd = place("talk", "Tue 10:00", lead=("ana", "ben"), attends=("r0", "r1", "r2"), room="snug")
    assert breach(RULE, SMALL, crowd) == 2


def test_who_joins_remotely_needs_no_seat() -> None:
    with_remote = place("talk", "Tue 10:00", lead="ana", attends=("r0", "r1", "r3"), room="snug")
    assert breach(RULE, SMALL, with_remote) == 0


STEPS = week(
    room("attic"),
    room("ground", features=("step_free",)),
    resident("r1", step_free=True),
    staff("ana", step_free=True),
    session("talk", lead=("ana", "ben"), needs_room=True, offered=("r1", "r2")),
)


def test_one_person_who_needs_it_makes_the_room_step_free() -> None:
    up = place("talk", "Tue 10:00", lead="ben", attends=("r1", "r2"), room="attic")
    assert said(RULE, STEPS, up) == ["r1 needs step-free access, and attic is not step-free."]
    down = place("talk", "Tue 10:00", lead="ben", attends=("r1", "r2"), room="ground")
    assert said(RULE, STEPS, down) == []


def test_staff_who_need_step_free_access_count_too() -> None:
    assert breach(RULE, STEPS, place("talk", "Tue 10:00", lead="ana", room="attic")) == 1


def test_without_them_any_room_will_do() -> None:
    up = place("talk", "Tue 10:00", lead="ben", attends="r2", room="attic")
    assert breach(RULE, STEPS, up) == 0


def test_a_closed_room_is_named_with_its_closure() -> None:
    of = week(room("lounge", closed=spans("Tue 08:00-12:00")), session("art", needs_room=True))
    assert said(RULE, of, place("art", "Tue 11:30", room="lounge")) == [
        "lounge is closed Tuesday 8am to midday."
    ]
    assert said(RULE, of, place("art", "Tue 12:00", room="lounge")) == []


def test_a_room_with_opening_hours_is_open_for_all_of_the_session() -> None:
    of = week(
        room("garden", open=spans("Tue 10:00-16:00", "Wed 10:00-16:00")),
        session("plant", needs_room=True),
    )
    assert said(RULE, of, place("plant", "Tue 15:30", room="garden")) == [
        "garden is not open for all of plant."
    ]
    assert said(RULE, of, place("plant", "Tue 15:00", room="garden")) == []
