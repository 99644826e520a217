"""Owed attendances are priced each; fixed attendance gives what is owed (reading 14)."""

from pipe_sched.core.week import Owed
from tests.rules.builders import breach, claims_of, place, resident, said, session, week

RULE = "owed_attendance"
GROUPS = (
    session("art", offered=("ann", "bea")),
    session("cook", offered=("ann", "bea")),
    session("talk", required=("ann",)),
)
ONE = week(resident("ann"), *GROUPS, Owed("ann", ("art", "cook"), 1))
TWO = week(resident("ann"), *GROUPS, Owed("ann", ("art", "cook", "talk"), 2, worth=60))


def test_a_place_given_is_enough() -> None:
    assert breach(RULE, ONE, place("art", "Mon 10:00", attends="ann")) == 0
    assert (
        breach(RULE, ONE, place("art", "Mon 10:00", attends="ann"), place("cook", "Tue 10:00")) == 0
    )


def test_a_group_held_without_the_person_gives_them_nothing() -> None:
    assert breach(RULE, ONE, place("art", "Mon 10:00", attends="bea")) == 40


def test_each_attendance_not_given_is_priced() -> None:
    assert breach(RULE, TWO) == 120
    assert breach(RULE, TWO, place("cook", "Mon 10:00", attends="ann")) == 60


def test_required_attendance_gives_what_is_owed() -> None:
    places = place("cook", "Mon 10:00", attends="ann"), place("talk", "Tue 10:00", attends="ann")
    assert breach(RULE, TWO, *places) == 0


def test_leading_is_not_attending() -> None:
    of = week(
        resident("ann"), session("art", lead="ann", offered=("ann",)), Owed("ann", ("art",), 1)
    )
    assert breach(RULE, of, place("art", "Mon 10:00", lead="ann")) == 40


def test_the_home_site_decides() -> None:
    of = week(resident("ann", site="crowley"), *GROUPS, Owed("ann", ("art",), 1))
    assert [c.site for c in claims_of(RULE, of)] == ["crowley"]


def test_it_says_who_and_of_what_kind() -> None:
    assert said(RULE, ONE) == ["ann is owed a place in structured session."]
    assert said(RULE, TWO) == ["ann is owed 2 places in structured session."]
