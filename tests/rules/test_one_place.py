"""One place at a time: nobody is in two sessions, commitments or journeys at once."""

from __future__ import annotations

from tests.rules.builders import (
    CROWLEY,
    booking,
    breach,
    claims_of,
    commitment,
    place,
    resident,
    said,
    session,
    site,
    staff,
    week,
)

RULE = "one_place"
TWO = week(
    staff("ana"),
    resident("r1"),
    session("talk", lead="ana", offered=("r1",)),
    session("art", lead=("ana", "ben"), offered=("r1",)),
)


def test_a_worker_in_two_overlapping_sessions_is_named() -> None:
    places = (place("talk", "Tue 10:00", lead="ana"), place("art", "Tue 10:45", lead="ana"))
    assert said(RULE, TWO, *places) == ["ana would be in two sessions at once."]


def test_back_to_back_sessions_are_no_overlap() -> None:
    places = (place("talk", "Tue 10:00", lead="ana"), place("art", "Tue 11:00", lead="ana"))
    assert said(RULE, TWO, *places) == []


def test_leading_one_and_attending_another_counts_too() -> None:
    of = week(
        staff("ana"),
        session("talk", lead="ana"),
        session("practice", lead="eve", expected=("ana",)),
    )
    places = (
        place("talk", "Tue 10:00", lead="ana"),
        place("practice", "Tue 10:30", lead="eve", attends="ana"),
    )
    assert breach(RULE, of, *places) == 1


def test_a_resident_in_two_sessions_at_once_counts() -> None:
    places = (place("talk", "Tue 10:00", attends="r1"), place("art", "Tue 10:00", attends="r1"))
    assert breach(RULE, TWO, *places) == 1


def test_someone_eligible_for_both_but_in_one_only_is_free_of_blame() -> None:
    places = (place("talk", "Tue 10:00", lead="ana"), place("art", "Tue 10:00", lead="ben"))
    assert breach(RULE, TWO, *places) == 0


def test_a_booking_elsewhere_takes_the_person_even_without_a_travel_table() -> None:
    of = week(
        site(),
        site(CROWLEY),
        staff("ana"),
        booking("b1", "Tue 10:00-11:00", "ana", site=CROWLEY),
        session("talk", lead="ana"),
    )
    assert said(RULE, of, place("talk", "Tue 10:30", lead="ana")) == [
        "ana is already in another session, Tuesday 10am to 11am."
    ]
    assert said(RULE, of, place("talk", "Tue 11:00", lead="ana")) == []


def test_leaders_of_a_booking_are_taken_like_its_attendees() -> None:
    of = week(
        staff("ana"),
        booking("b1", "Tue 10:00-11:00", leaders=("ana",)),
        session("talk", lead="ana"),
    )
    assert breach(RULE, of, place("talk", "Tue 10:30", lead="ana")) == 1


def test_a_workers_commitment_blocks_with_its_travel() -> None:
    court = commitment("ana", "Tue 14:00-15:00", away=True, travel=30)
    of = week(staff("ana"), court, session("talk", lead="ana"))
    assert said(RULE, of, place("talk", "Tue 12:45", lead="ana")) == [
        "ana is busy Tuesday 1:30pm to 3:30pm."
    ]
    assert said(RULE, of, place("talk", "Tue 12:30", lead="ana")) == []
    assert said(RULE, of, place("talk", "Tue 15:30", lead="ana")) == []


def test_what_residents_are_committed_to_is_left_to_there_and_free() -> None:
    of = week(resident("r1"), commitment("r1", "Tue 14:00-15:00"), session("a", offered=("r1",)))
    assert claims_of(RULE, of) == ()
