"""Site-days of visiting staff."""

from tests.rules.builders import booking, breach, claims_of, place, said, session, site, staff, week

RULE = "few_site_days"
SITES = site(), site("crowley")
PSY = staff("psy", visiting=True)
TALKS = (
    session("a", lead="psy"),
    session("b", lead="psy"),
    session("c", lead="psy", site="crowley"),
    session("d", expected=("psy",)),
)
WEEK = week(*SITES, PSY, *TALKS)


def test_each_pair_of_site_and_date_counts_one() -> None:
    one = place("a", "Mon 10:00", lead="psy")
    assert breach(RULE, WEEK, one) == 1
    assert breach(RULE, WEEK, one, place("b", "Mon 14:00", lead="psy")) == 1
    assert breach(RULE, WEEK, one, place("b", "Tue 14:00", lead="psy")) == 2
    assert breach(RULE, WEEK, one, place("c", "Mon 14:00", lead="psy")) == 2


def test_attending_brings_them_there_too() -> None:
    assert breach(RULE, WEEK, place("d", "Mon 10:00", attends="psy")) == 1
    assert breach(RULE, WEEK, place("d", "Mon 10:00")) == 0


def test_joining_remotely_does_not() -> None:
    of = week(*SITES, PSY, session("a", lead="psy", remote=("psy",)))
    assert breach(RULE, of, place("a", "Mon 10:00", lead="psy")) == 0


def test_a_day_they_are_booked_there_anyway_is_free() -> None:
    of = week(*SITES, PSY, *TALKS, booking("x", "Mon 09:00-10:00", "psy"))
    assert breach(RULE, of, place("a", "Mon 10:00", lead="psy")) == 0
    assert breach(RULE, of, place("c", "Mon 14:00", lead="psy")) == 1


def test_people_who_work_there_are_not_looked_at() -> None:
    assert not claims_of(RULE, week(*SITES, staff("psy"), *TALKS))


def test_it_says_who() -> None:
    assert said(RULE, WEEK, place("a", "Mon 10:00", lead="psy")) == [
        "psy has to come for each day with a session."
    ]
