"""Another weekday, or more than an hour off, by wall time."""

import pytest

from pipe_sched.core.clock import Clock
from pipe_sched.rules.same_time import same_starts
from tests.rules.builders import at, breach, place, said, session, site, week

RULE = "same_time"
TALK = week(session("talk", usual=at("Tue 10:00")))


@pytest.mark.parametrize("start", ["Tue 10:00", "Tue 09:00", "Tue 11:00"])
def test_silent_up_to_an_hour_off(start: str) -> None:
    assert breach(RULE, TALK, place("talk", start)) == 0


@pytest.mark.parametrize("start", ["Tue 08:45", "Tue 11:15", "Wed 10:00", "Mon 10:00"])
def test_more_than_an_hour_or_another_day_counts_one(start: str) -> None:
    assert breach(RULE, TALK, place("talk", start)) == 1


def test_the_next_day_is_another_day_however_near() -> None:
    of = week(session("talk", usual=at("Tue 23:45")))
    assert breach(RULE, of, place("talk", "Wed 00:00")) == 1
    assert breach(RULE, of, place("talk", "Tue 22:45")) == 0


def test_the_minutes_are_the_sites_own() -> None:
    of = week(site(limits={"same_time": 0}), session("talk", usual=at("Tue 10:00")))
    assert breach(RULE, of, place("talk", "Tue 10:15")) == 1
    assert breach(RULE, of, place("talk", "Tue 10:00")) == 0


def test_on_the_day_the_clocks_change_wall_time_counts() -> None:
    clock = Clock(2026, 43)  # Sunday 25 October 2026 has 25 hours
    sunday = clock.day(6)
    starts = same_starts(clock, sunday + 60, 60)  # the first 1am
    assert [(s.start - sunday, s.end - sunday) for s in starts] == [(0, 181)]


def test_a_session_without_a_usual_time_has_none_to_keep() -> None:
    assert breach(RULE, week(session("talk")), place("talk", "Sun 10:00")) == 0


def test_it_says_the_usual_time() -> None:
    assert said(RULE, TALK, place("talk", "Fri 10:00")) == [
        "talk is not at its usual time, Tuesday 10am."
    ]
