"""Largest less smallest number of evening sessions of one job at one home site."""

from pipe_sched.core.week import Load
from tests.rules.builders import (
    booking,
    breach,
    claims_of,
    place,
    said,
    session,
    shift,
    site,
    staff,
    week,
)

RULE = "fair_evenings"


def worker(id: str, evenings: int = 0) -> tuple:
    return (
        staff(id, job="key_worker", base=Load(evenings=evenings)),
        shift(id, "Mon 08:00-22:00"),
    )


TALKS = (session("a", lead=("kay", "ken")), session("b", lead=("kay", "ken")))
WEEK = week(worker("kay"), worker("ken"), *TALKS)


def test_each_evening_more_counts_one() -> None:
    one = place("a", "Mon 17:00", lead="kay")
    assert breach(RULE, WEEK, one) == 1
    assert breach(RULE, WEEK, one, place("b", "Tue 19:00", lead="kay")) == 2
    assert breach(RULE, WEEK, one, place("b", "Tue 19:00", lead="ken")) == 0


def test_a_start_before_five_is_not_in_the_evening() -> None:
    assert breach(RULE, WEEK, place("a", "Mon 16:45", lead="kay")) == 0


def test_the_home_site_says_when_evening_begins() -> None:
    of = week(site(limits={"evening_from": 960}), worker("kay"), worker("ken"), *TALKS)
    assert breach(RULE, of, place("a", "Mon 16:00", lead="kay")) == 1


def test_what_they_bring_with_them_and_bookings_count() -> None:
    of = week(worker("kay", 3), worker("ken", 1), *TALKS, booking("x", "Wed 18:00-19:00", "ken"))
    assert breach(RULE, of) == 1
    assert breach(RULE, of, place("a", "Mon 17:00", lead="ken")) == 0


def test_who_can_have_no_evening_session_is_not_judged() -> None:
    day = session("a", lead=("kay", "ken"), windows=("Mon 09:00-17:45",))
    assert not claims_of(RULE, week(worker("kay", 3), worker("ken"), day))
    late = session("a", lead=("kay", "ken"), windows=("Mon 09:00-18:00",))
    assert claims_of(RULE, week(worker("kay", 3), worker("ken"), late))


def test_it_says_which_job_where() -> None:
    assert said(RULE, WEEK, place("a", "Mon 17:00", lead="kay")) == [
        "Evening sessions are shared unevenly: key worker, kirk."
    ]
