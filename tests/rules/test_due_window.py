"""When a session is due."""

from __future__ import annotations

from tests.rules.builders import breach, place, said, session, week

RULE = "due_window"


def test_a_session_lies_whole_in_its_window() -> None:
    of = week(session("talk", windows=("Tue 09:00-17:00",)))
    assert said(RULE, of, place("talk", "Tue 16:15")) == ["talk is due only Tuesday 9am to 5pm."]
    assert said(RULE, of, place("talk", "Tue 16:00")) == []


def test_two_windows_that_touch_are_still_two() -> None:
    of = week(session("talk", windows=("Tue 09:00-12:00", "Tue 12:00-17:00")))
    assert said(RULE, of, place("talk", "Tue 11:30")) == [
        "talk is due Tuesday 9am to 5pm, at set times."
    ]
    assert said(RULE, of, place("talk", "Tue 12:00")) == []


def test_a_later_step_waits_for_one_never_held() -> None:
    of = week(session("step2", waits=True))
    assert said(RULE, of, place("step2", "Tue 10:00")) == [
        "step2 waits for the step before it, which is neither held nor due this week."
    ]
    assert breach(RULE, of) == 0
