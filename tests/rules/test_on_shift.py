"""On shift: nobody is planned into hours they do not work."""

from __future__ import annotations

from tests.rules.builders import (
    CROWLEY,
    absence,
    breach,
    claims_of,
    free,
    outside,
    paid,
    place,
    said,
    session,
    shift,
    site,
    staff,
    week,
)

RULE = "on_shift"
DAY = week(staff("ana"), shift("ana", "Tue 08:00-20:00"), session("talk", lead="ana"))


def test_a_session_past_the_end_of_the_shift_is_off_shift() -> None:
    assert said(RULE, DAY, place("talk", "Tue 19:15", lead="ana")) == [
        "ana is not on shift at kirk for all of talk."
    ]


def test_the_whole_shift_may_be_used_to_its_last_minute() -> None:
    assert said(RULE, DAY, place("talk", "Tue 08:00", lead="ana")) == []
    assert said(RULE, DAY, place("talk", "Tue 19:00", lead="ana")) == []


def test_attending_needs_a_shift_as_well() -> None:
    of = week(
        staff("ana"),
        shift("ana", "Tue 08:00-20:00"),
        session("practice", expected=("ana",), kind="reflective_practice"),
    )
    assert breach(RULE, of, place("practice", "Wed 10:00", attends="ana")) == 1
    assert breach(RULE, of, place("practice", "Wed 10:00")) == 0


def test_a_shift_elsewhere_does_not_count_here() -> None:
    of = week(
        site(),
        site(CROWLEY),
        staff("eve"),
        shift("eve", "Tue 08:00-20:00", CROWLEY),
        session("talk", lead="eve"),
    )
    assert said(RULE, of, place("talk", "Tue 10:00", lead="eve")) == [
        "eve has no shift at kirk this week."
    ]


def test_a_shift_at_several_sites_counts_at_each() -> None:
    of = week(
        site(),
        site(CROWLEY),
        staff("eve"),
        shift("eve", "Tue 08:00-20:00", "kirk", CROWLEY),
        session("talk", lead="eve", site=CROWLEY),
    )
    assert breach(RULE, of, place("talk", "Tue 10:00", lead="eve")) == 0


def test_two_shifts_that_touch_are_one_stretch() -> None:
    of = week(
        staff("ana"),
        shift("ana", "Tue 08:00-14:00"),
        shift("ana", "Tue 14:00-20:00"),
        session("talk", lead="ana"),
    )
    assert breach(RULE, of, place("talk", "Tue 13:30", lead="ana")) == 0


def test_on_call_is_not_on_shift() -> None:
    of = week(
        staff("mia"), shift("mia", "Tue 20:00-08:00", on_call=True), session("talk", lead="mia")
    )
    assert breach(RULE, of, place("talk", "Tue 21:00", lead="mia")) == 1


def test_an_absence_is_said_as_such() -> None:
    of = week(
        staff("ana"),
        shift("ana", "Tue 08:00-20:00"),
        absence("ana", "Tue 12:00-20:00"),
        session("talk", lead="ana"),
    )
    assert said(RULE, of, place("talk", "Tue 11:15", lead="ana")) == [
        "ana is away Tuesday midday to 8pm."
    ]
    assert said(RULE, of, place("talk", "Tue 11:00", lead="ana")) == []


NIGHTS = (
    staff("nia"),
    shift("nia", "Mon 20:00-08:00"),
    paid("nia", "Tue 08:00-10:00"),
)


def test_paid_attendance_serves_staff_support_joined_with_the_shift() -> None:
    of = week(*NIGHTS, session("practice", support=True, expected=("nia",), minutes=75))
    assert breach(RULE, of, place("practice", "Tue 07:30", attends="nia")) == 0
    assert breach(RULE, of, place("practice", "Tue 08:45", attends="nia")) == 0
    assert breach(RULE, of, place("practice", "Tue 09:00", attends="nia")) == 1


def test_paid_attendance_serves_nothing_else() -> None:
    of = week(*NIGHTS, session("talk", lead="nia"))
    assert breach(RULE, of, place("talk", "Tue 08:30", lead="nia")) == 1


def test_an_absence_takes_paid_attendance_away() -> None:
    of = week(
        *NIGHTS,
        absence("nia", "Mon 00:00-Sun 00:00"),
        session("practice", support=True, expected=("nia",)),
    )
    assert said(RULE, of, place("practice", "Tue 08:30", attends="nia")) == [
        "nia is away Monday midnight to Sunday midnight."
    ]


def test_a_remote_joiner_may_be_on_shift_anywhere() -> None:
    of = week(
        site(),
        site(CROWLEY),
        staff("eve"),
        shift("eve", "Tue 08:00-20:00", CROWLEY),
        session("talk", expected=("eve",), remote=("eve",)),
    )
    assert breach(RULE, of, place("talk", "Tue 10:00", attends="eve")) == 0
    assert said(RULE, of, place("talk", "Wed 10:00", attends="eve")) == [
        "eve is not on shift for all of talk."
    ]


def test_people_from_outside_are_free_when_they_said_so() -> None:
    of = week(outside("pp"), free("pp", "Tue 09:00-12:00", "kirk"), session("review", lead="pp"))
    assert said(RULE, of, place("review", "Tue 11:30", lead="pp")) == [
        "pp did not say they are free at kirk for all of review."
    ]
    assert said(RULE, of, place("review", "Tue 11:00", lead="pp")) == []


def test_free_at_another_site_is_not_free_here() -> None:
    of = week(outside("pp"), free("pp", "Tue 09:00-12:00", CROWLEY), session("review", lead="pp"))
    assert breach(RULE, of, place("review", "Tue 10:00", lead="pp")) == 1


def test_an_outside_person_who_said_nothing_is_provisional_not_wrong() -> None:
    of = week(outside("pp"), session("review", lead="pp"))
    assert claims_of(RULE, of) == ()
