"""One site a day for a visiting person: a must unless allowed."""

from pipe_sched.rules import one_site_a_day
from tests.rules.builders import booking, breach, claims_of, place, said, session, site, staff, week

RULE = "one_site_a_day"
SITES = site(), site("crowley"), site("gaol", type="prison")
PSY = staff("psy", visiting=True)
TALKS = (
    session("a", lead="psy"),
    session("b", lead="psy", site="crowley"),
    session("c", lead="psy", site="gaol"),
)
WEEK = week(*SITES, PSY, *TALKS)
HERE = place("a", "Mon 10:00", lead="psy")


def test_it_is_a_must() -> None:
    assert one_site_a_day.LEVEL == "must"


def test_each_site_beyond_one_on_a_date_counts() -> None:
    assert breach(RULE, WEEK, HERE, place("b", "Mon 17:00", lead="psy")) == 1
    three = HERE, place("b", "Mon 14:00", lead="psy"), place("c", "Mon 17:00", lead="psy")
    assert breach(RULE, WEEK, *three) == 2


def test_silent_on_different_dates() -> None:
    assert breach(RULE, WEEK, HERE, place("b", "Tue 10:00", lead="psy")) == 0


def test_a_booking_elsewhere_takes_the_day() -> None:
    of = week(*SITES, PSY, *TALKS, booking("x", "Mon 16:00-17:00", "psy", site="crowley"))
    assert breach(RULE, of, HERE) == 1
    assert breach(RULE, of, place("b", "Mon 10:00", lead="psy")) == 0
    assert breach(RULE, of, place("a", "Tue 10:00", lead="psy")) == 0


def test_joining_remotely_is_being_nowhere_else() -> None:
    remote = session("b", lead="psy", site="crowley", remote=("psy",))
    of = week(*SITES, PSY, TALKS[0], remote)
    assert breach(RULE, of, HERE, place("b", "Mon 17:00", lead="psy")) == 0


def test_it_does_not_bind_those_who_may_or_whose_home_site_allows_it() -> None:
    allowed = staff("psy", visiting=True, several_sites_a_day=True)
    assert not claims_of(RULE, week(*SITES, allowed, *TALKS))
    free = site(limits={"one_site_a_day": False})
    assert not claims_of(RULE, week(free, *SITES[1:], PSY, *TALKS))
    assert not claims_of(RULE, week(*SITES, staff("psy"), *TALKS))


def test_it_says_who_and_when() -> None:
    assert said(RULE, WEEK, HERE, place("b", "Mon 17:00", lead="psy")) == [
        "psy would be at more than one site on Monday 30 November."
    ]
