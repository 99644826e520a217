"""Largest less smallest contact of one job at one home site, in whole quarter hours."""

from pipe_sched.core.week import Load
from tests.rules.builders import (
    booking,
    breach,
    claims_of,
    place,
    said,
    session,
    shift,
    staff,
    week,
)

RULE = "fair_contact"


def worker(id: str, contact: int = 0, **more: object) -> tuple:
    return (
        staff(id, job="key_worker", base=Load(contact=contact), **more),
        shift(id, "Mon 08:00-20:00"),
    )


TALKS = (
    session("a", lead=("kay", "ken")),
    session("b", lead=("kay", "ken"), minutes=45),
    session("c", expected=("kay",), minutes=70),
)
WEEK = week(worker("kay"), worker("ken"), *TALKS)


def test_the_difference_counts_by_quarter_hours() -> None:
    assert breach(RULE, WEEK, place("a", "Mon 10:00", lead="kay")) == 4
    both = place("a", "Mon 10:00", lead="kay"), place("b", "Mon 10:00", lead="ken")
    assert breach(RULE, WEEK, *both) == 1


def test_silent_when_alike() -> None:
    assert breach(RULE, WEEK) == 0
    of = week(worker("kay", 45), worker("ken", 60), *TALKS)
    both = place("a", "Mon 10:00", lead="kay"), place("b", "Mon 10:00", lead="ken")
    assert breach(RULE, of, *both) == 0


def test_attending_is_contact_and_what_is_left_of_a_quarter_is_dropped() -> None:
    assert breach(RULE, WEEK, place("c", "Mon 10:00", attends="kay")) == 4


def test_what_they_bring_with_them_counts() -> None:
    of = week(worker("kay", 600), worker("ken", 660), *TALKS)
    assert breach(RULE, of, place("a", "Mon 10:00", lead="kay")) == 0
    assert breach(RULE, of) == 4


def test_a_session_booked_elsewhere_this_week_counts_and_last_weeks_is_in_the_base() -> None:
    this = week(worker("kay"), worker("ken"), *TALKS, booking("x", "Tue 10:00-11:00", "ken"))
    assert breach(RULE, this) == 4
    last = week(worker("kay"), worker("ken"), *TALKS, booking("x", "last Sun 10:00-11:00", "ken"))
    assert breach(RULE, last) == 0


def test_other_jobs_other_sites_and_people_without_a_shift_are_not_compared() -> None:
    off = staff("ken", job="key_worker")
    other = staff("ken", job="residential_worker"), shift("ken", "Mon 08:00-20:00")
    for second in (off, other, worker("ken", site="crowley")):
        assert not claims_of(RULE, week(worker("kay"), second, *TALKS))


def test_it_says_which_job_where() -> None:
    assert said(RULE, WEEK, place("a", "Mon 10:00", lead="kay")) == [
        "Time in sessions is shared unevenly: key worker, kirk."
    ]
