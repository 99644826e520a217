"""When a session is due."""

from __future__ import annotations

from dataclasses import replace

from tests.rules.builders import breach, place, said, session, week

RULE = "due_window"


def test_a_session_lies_whole_in_its_window() -> None:
    of = week(session("talk", windows=("Tue 09:00-17:00",)))
    assert said(RULE, of, place("talk", "Tue 16:15")) == ["talk is due only Tuesday 9am to 5pm."]
    assert said(RULE, of, place("talk", "Tue 16:00")) == []


def test_two_windows_that_touch_are_still_two() -> None:
    of = week(session("talk", windows=("Tue 09:00-12:00", "Tue 12:00-17:00")))
    assert said(RULE, of, place("talk", "Tue 11:30")) == ["talk is due only Tuesday 9am to 5pm."]
    assert said(RULE, of, place("talk", "Tue 12:00")) == []


def test_a_later_step_waits_for_one_never_held() -> None:
    of = week(session("step2", waits=True))
    assert said(RULE, of, place("step2", "Tue 10:00")) == [
        "step2 waits for the step before it, which is neither held nor due this week."
    ]
    assert breach(RULE, of) == 0


def test_times_with_pauses_between_are_said_as_set_times() -> None:
    of = week(session("talk", windows=("Tue 09:00-12:00", "Thu 09:00-17:00")))
    assert said(RULE, of, place("talk", "Wed 10:00")) == [
        "talk is due Tuesday 9am to Thursday 5pm, at set times."
    ]


def test_whole_days_are_said_as_dates() -> None:
    one = week(session("talk", windows=("Tue 00:00-Wed 00:00",)))
    assert said(RULE, one, place("talk", "Wed 10:00")) == [
        "talk is due only on Tuesday 1 December."
    ]
    two = week(session("talk", windows=("Tue 00:00-Wed 00:00", "Wed 00:00-Thu 00:00")))
    assert said(RULE, two, place("talk", "Tue 23:30")) == [
        "talk is due from Tuesday 1 December to Wednesday 2 December."
    ]


def test_a_session_with_no_time_this_week_says_so() -> None:
    of = week(replace(session("talk"), windows=()))
    assert said(RULE, of, place("talk", "Tue 10:00")) == [
        "talk has no time this week at which it is due."
    ]
