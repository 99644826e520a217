"""Largest less smallest number of weekend sessions of one job at one home site."""

from pipe_sched.core.week import Load
from tests.rules.builders import breach, claims_of, place, said, session, shift, staff, week

RULE = "fair_weekends"


def worker(id: str, weekends: int = 0) -> tuple:
    return (
        staff(id, job="residential_worker", base=Load(weekends=weekends)),
        shift(id, "Sat 08:00-20:00"),
    )


TALKS = (session("a", lead=("ray", "roz")), session("b", offered=("ray",)))
WEEK = week(worker("ray"), worker("roz"), *TALKS)


def test_each_weekend_session_more_counts_one() -> None:
    one = place("a", "Sat 00:00", lead="ray")
    assert breach(RULE, WEEK, one) == 1
    assert breach(RULE, WEEK, one, place("b", "Sun 23:00", attends="ray")) == 2


def test_friday_night_is_not_the_weekend() -> None:
    assert breach(RULE, WEEK, place("a", "Fri 23:45", lead="ray")) == 0


def test_what_they_bring_with_them_counts() -> None:
    of = week(worker("ray", 2), worker("roz", 3), *TALKS)
    assert breach(RULE, of) == 1
    assert breach(RULE, of, place("a", "Sat 10:00", lead="ray")) == 0


def test_who_can_have_no_weekend_session_is_not_judged() -> None:
    weekday = session("a", lead=("ray", "roz"), windows=("Fri 09:00-17:00",))
    assert not claims_of(RULE, week(worker("ray", 2), worker("roz"), weekday))


def test_it_says_which_job_where() -> None:
    assert said(RULE, WEEK, place("a", "Sat 10:00", lead="roz")) == [
        "Weekend sessions are shared unevenly: residential worker, kirk."
    ]
