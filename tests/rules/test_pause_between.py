"""Pairs of a resident's sessions less than 15 minutes apart."""

from tests.rules.builders import (
    booking,
    breach,
    claims_of,
    place,
    resident,
    said,
    session,
    site,
    week,
)

RULE = "pause_between"
SESSIONS = tuple(session(n, offered=("ann", "bea")) for n in ("a", "b", "c"))
WEEK = week(resident("ann"), *SESSIONS)


def on(name: str, start: str, who: str = "ann") -> object:
    return place(name, start, attends=who)


def test_exactly_the_pause_is_enough() -> None:
    assert breach(RULE, WEEK, on("a", "Mon 10:00"), on("b", "Mon 11:15")) == 0


def test_less_counts_one_for_each_pair() -> None:
    assert breach(RULE, WEEK, on("a", "Mon 10:00"), on("b", "Mon 11:00")) == 1
    run = on("a", "Mon 10:00"), on("b", "Mon 11:00"), on("c", "Mon 12:00")
    assert breach(RULE, WEEK, *run) == 2


def test_sessions_of_different_people_are_no_pair() -> None:
    assert breach(RULE, WEEK, on("a", "Mon 10:00"), on("b", "Mon 11:00", "bea")) == 0


def test_a_session_booked_elsewhere_makes_pairs_on_both_sides() -> None:
    of = week(resident("ann"), *SESSIONS, booking("x", "Mon 12:00-13:00", "ann"))
    assert breach(RULE, of, on("a", "Mon 10:45"), on("b", "Mon 13:15")) == 0
    assert breach(RULE, of, on("a", "Mon 11:00"), on("b", "Mon 13:00")) == 2


def test_the_home_site_sets_the_minutes() -> None:
    of = week(site(limits={"resident_pause": 30}), resident("ann"), *SESSIONS)
    assert breach(RULE, of, on("a", "Mon 10:00"), on("b", "Mon 11:15")) == 1
    assert not claims_of(RULE, week(site(limits={"resident_pause": 0}), resident("ann"), *SESSIONS))


def test_it_says_who_and_how_long() -> None:
    both = on("a", "Mon 10:00"), on("b", "Mon 11:00")
    assert said(RULE, WEEK, *both) == ["ann has less than 15 minutes between two sessions."]
