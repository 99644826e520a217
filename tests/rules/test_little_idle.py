"""Idle: from first to last planned minute of a site-day, less its sessions (reading 16)."""

from tests.rules.builders import breach, claims_of, place, said, session, site, staff, week

RULE = "little_idle"
SITES = site(), site("crowley")
PSY = staff("psy", visiting=True)
TALKS = (
    session("a", lead="psy"),
    session("b", lead="psy"),
    session("c", expected=("psy",), minutes=30),
    session("d", lead="psy", site="crowley"),
)
WEEK = week(*SITES, PSY, *TALKS)


def test_the_minutes_between_sessions_count() -> None:
    both = place("a", "Mon 10:00", lead="psy"), place("b", "Mon 13:30", lead="psy")
    assert breach(RULE, WEEK, *both) == 150
    assert breach(RULE, WEEK, *both, place("c", "Mon 12:00", attends="psy")) == 120


def test_back_to_back_or_alone_is_no_wait() -> None:
    both = place("a", "Mon 10:00", lead="psy"), place("b", "Mon 11:00", lead="psy")
    assert breach(RULE, WEEK, *both) == 0
    assert breach(RULE, WEEK, both[0]) == 0


def test_other_dates_and_sites_are_other_site_days() -> None:
    first = place("a", "Mon 10:00", lead="psy")
    assert breach(RULE, WEEK, first, place("b", "Tue 16:00", lead="psy")) == 0
    assert breach(RULE, WEEK, first, place("d", "Mon 16:00", lead="psy")) == 0


def test_people_who_work_there_are_not_looked_at() -> None:
    assert not claims_of(RULE, week(*SITES, staff("psy"), *TALKS))


def test_it_says_who() -> None:
    both = place("a", "Mon 10:00", lead="psy"), place("b", "Mon 13:30", lead="psy")
    assert said(RULE, WEEK, *both) == ["psy waits between sessions."]
