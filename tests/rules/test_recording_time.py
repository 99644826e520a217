"""Recording time: who led a session with a resident is in no other for 15 minutes after it."""

from tests.rules.builders import (
    booking,
    breach,
    key_work,
    place,
    plus,
    resident,
    said,
    session,
    site,
    staff,
    week,
)

TALK = key_work("talk", "ana", "abe", minutes=60)
TEAM = session("team", ("ana", "ben"), expected=("ana", "ben"))
BASE = week(staff("ana"), staff("ben"), resident("abe"), TALK, TEAM)
AT_TEN = place("talk", "Tue 10:00", "ana", "abe")


def test_after_a_session_with_a_resident_its_leader_records():
    assert said("recording_time", BASE, AT_TEN, place("team", "Tue 11:00", "ana")) == [
        "ana needs 15 minutes to record after each session with a resident."
    ]
    assert breach("recording_time", BASE, AT_TEN, place("team", "Tue 11:15", "ana")) == 0


def test_attending_another_session_counts_as_being_in_it():
    plan = place("team", "Tue 11:00", "ben", attends="ana")
    assert breach("recording_time", BASE, AT_TEN, plan) == 1


def test_nothing_is_recorded_after_a_session_without_residents():
    assert breach("recording_time", BASE, place("team", "Tue 09:00", "ana"), AT_TEN) == 0


def test_who_only_attends_a_session_with_a_resident_records_nothing():
    review = session("review", "ben", required=("abe", "ana"))
    base = plus(BASE, review)
    both = place("review", "Tue 10:00", "ben", ("abe", "ana"))
    assert breach("recording_time", base, both, place("team", "Tue 11:00", "ana")) == 0


def test_a_booking_is_recorded_and_recording_runs_into_no_booking():
    before = plus(BASE, booking("b", "Tue 09:00-10:00", leaders=("ana",)))
    assert breach("recording_time", before, AT_TEN) == 1
    assert breach("recording_time", before, place("talk", "Tue 10:15", "ana", "abe")) == 0
    after = plus(BASE, booking("b", "Tue 11:00-12:00", "ana", with_residents=False))
    assert breach("recording_time", after, AT_TEN) == 1
    assert breach("recording_time", after, place("talk", "Tue 09:45", "ana", "abe")) == 0


def test_the_home_site_sets_the_minutes():
    base = plus(BASE, sites=(site("kirk", limits={"recording": 0}),))
    assert breach("recording_time", base, AT_TEN, place("team", "Tue 11:00", "ana")) == 0
