"""There and free: residents are planned where they are and while they are free."""

from __future__ import annotations

from pipe_sched.core.week import Travel
from tests.rules.builders import (
    CROWLEY,
    KIRK,
    block,
    breach,
    claims_of,
    commitment,
    curfew,
    key_work,
    place,
    resident,
    said,
    session,
    site,
    stay,
    week,
)

RULE = "there_and_free"
TALK = session("talk", offered=("r1",))


def test_a_resident_there_all_week_and_free_needs_no_claim() -> None:
    assert claims_of(RULE, week(resident("r1"), TALK)) == ()


def test_nothing_is_planned_after_a_stay_ends() -> None:
    of = week(resident("r1"), stay("r1", "last Mon 00:00-Tue 12:00"), TALK)
    assert said(RULE, of, place("talk", "Tue 11:15", attends="r1")) == [
        "r1 is not staying at kirk for all of talk."
    ]
    assert said(RULE, of, place("talk", "Tue 11:00", attends="r1")) == []
    assert said(RULE, of, place("talk", "Tue 13:00")) == []


def test_on_arrival_day_the_first_hour_is_kept_free() -> None:
    of = week(resident("r1"), stay("r1", "Fri 16:00-next Sun 00:00", arrives=True), TALK)
    assert said(RULE, of, place("talk", "Fri 16:45", attends="r1")) == [
        "r1 arrives Friday 4pm and has 60 minutes to settle in."
    ]
    assert said(RULE, of, place("talk", "Fri 17:00", attends="r1")) == []


def test_the_minutes_on_arrival_are_the_sites_setting() -> None:
    of = week(
        site(limits={"arrival": 120}),
        resident("r1"),
        stay("r1", "Fri 16:00-next Sun 00:00", arrives=True),
        TALK,
    )
    assert breach(RULE, of, place("talk", "Fri 17:45", attends="r1")) == 1
    assert breach(RULE, of, place("talk", "Fri 18:00", attends="r1")) == 0


def test_a_commitment_blocks_and_back_to_back_does_not() -> None:
    of = week(resident("r1"), commitment("r1", "Tue 10:00-11:00", name="sign-in"), TALK)
    assert said(RULE, of, place("talk", "Tue 10:30", attends="r1")) == [
        "r1 has a commitment Tuesday 10am to 11am."
    ]
    assert said(RULE, of, place("talk", "Tue 11:00", attends="r1")) == []


def test_an_appointment_elsewhere_takes_its_travel_too() -> None:
    of = week(resident("r1"), commitment("r1", "Tue 10:00-11:00", away=True, travel=30), TALK)
    assert said(RULE, of, place("talk", "Tue 11:15", attends="r1")) == [
        "r1 is out Tuesday 9:30am to 11:30am, at an appointment or the like, travel included."
    ]
    assert said(RULE, of, place("talk", "Tue 11:30", attends="r1")) == []


MEDICATION = site(routine=(block("medication", "Tue 12:30-12:45", after=30),))


def test_a_one_to_one_waits_thirty_minutes_after_medication() -> None:
    of = week(MEDICATION, resident("r1"), key_work("kw", "ana", "r1"))
    assert said(RULE, of, place("kw", "Tue 13:00", lead="ana", attends="r1")) == [
        "r1 has no one-to-one within 30 minutes after medication."
    ]
    assert said(RULE, of, place("kw", "Tue 13:15", lead="ana", attends="r1")) == []


def test_a_group_may_follow_medication_at_once() -> None:
    of = week(MEDICATION, resident("r1"), TALK)
    assert breach(RULE, of, place("talk", "Tue 12:45", attends="r1")) == 0


def test_only_kinds_that_allow_it_take_residents_of_other_premises() -> None:
    things = (site(), site(CROWLEY), resident("r1", site=CROWLEY))
    here = week(*things, session("talk", offered=("r1",)))
    shared = week(*things, session("talk", offered=("r1",), away_kind=True))
    joins = place("talk", "Tue 10:00", attends="r1")
    assert breach(RULE, here, joins) == 1
    assert breach(RULE, shared, joins) == 0


def test_an_off_site_session_keeps_clear_of_curfew_with_the_journey() -> None:
    of = week(
        site(),
        site(CROWLEY),
        Travel(KIRK, CROWLEY, 30),
        resident("r1", site=CROWLEY),
        curfew("r1", "Tue 19:00-06:00"),
        session("talk", offered=("r1",), away_kind=True),
    )
    assert said(RULE, of, place("talk", "Tue 17:45", attends="r1")) == [
        "r1 has a curfew Tuesday 7pm to Wednesday 6am."
    ]
    assert said(RULE, of, place("talk", "Tue 17:30", attends="r1")) == []
    assert said(RULE, of, place("talk", "Wed 06:15", attends="r1")) != []
    assert said(RULE, of, place("talk", "Wed 06:30", attends="r1")) == []


def test_a_curfew_does_not_bind_a_session_at_home() -> None:
    of = week(resident("r1"), curfew("r1", "Tue 19:00-06:00"), TALK)
    assert breach(RULE, of, place("talk", "Tue 19:30", attends="r1")) == 0


def test_who_moves_within_the_week_is_at_home_in_each_place_in_turn() -> None:
    of = week(
        site(),
        site(CROWLEY),
        resident("r1"),
        stay("r1", "last Mon 00:00-Wed 12:00", KIRK),
        stay("r1", "Wed 14:00-next Sun 00:00", CROWLEY),
        curfew("r1", "Tue 19:00-06:00"),
        TALK,
    )
    assert breach(RULE, of, place("talk", "Tue 19:30", attends="r1")) == 0
    assert breach(RULE, of, place("talk", "Wed 15:00", attends="r1")) == 1


def test_an_off_site_session_leaves_time_for_medication_at_home() -> None:
    of = week(
        site(),
        site(CROWLEY, routine=(block("medication", "Tue 12:30-12:45"),)),
        Travel(KIRK, CROWLEY, 30),
        resident("r1", site=CROWLEY),
        session("talk", offered=("r1",), away_kind=True),
    )
    assert said(RULE, of, place("talk", "Tue 11:15", attends="r1")) == [
        "r1 has medication at crowley."
    ]
    assert said(RULE, of, place("talk", "Tue 11:00", attends="r1")) == []
    assert said(RULE, of, place("talk", "Tue 13:15", attends="r1")) == []


def test_an_in_reach_visit_finds_the_resident_in_custody() -> None:
    visit = session("visit", kind="in_reach", place="custody", required=("r1",))
    inside = stay("r1", "last Mon 00:00-Wed 12:00", site="prison", place="custody")
    of = week(site(), site("prison", type="prison"), resident("r1"), inside, visit)
    assert breach(RULE, of, place("visit", "Wed 10:00", attends="r1")) == 0
    assert said(RULE, of, place("visit", "Wed 14:00", attends="r1")) == [
        "r1 is not in custody for all of visit."
    ]
