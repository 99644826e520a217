"""Minutes outside preferred times."""

import pytest

from tests.rules.builders import breach, place, said, session, spans, week

RULE = "liked_times"
TALK = week(session("talk", liked=spans("Tue 09:00-12:00", "Tue 14:00-15:00")))


@pytest.mark.parametrize(
    ("start", "minutes"),
    [
        ("Tue 09:00", 0),
        ("Tue 11:00", 0),
        ("Tue 11:15", 15),
        ("Tue 11:45", 45),
        ("Tue 12:00", 60),
        ("Tue 08:30", 30),
        ("Tue 14:00", 0),
        ("Mon 10:00", 60),
        ("Sun 23:00", 60),
    ],
)
def test_each_minute_outside_counts_one(start: str, minutes: int) -> None:
    assert breach(RULE, TALK, place("talk", start)) == minutes


def test_preferred_spans_that_touch_or_overlap_are_one() -> None:
    of = week(session("talk", liked=spans("Tue 09:00-10:00", "Tue 09:30-10:30", "Tue 10:30-11:00")))
    assert breach(RULE, of, place("talk", "Tue 09:30")) == 0
    assert breach(RULE, of, place("talk", "Tue 10:30")) == 30


def test_a_grid_of_five_minutes_works() -> None:
    of = week(session("talk", liked=spans("Tue 09:00-12:00")), grid=5)
    assert breach(RULE, of, place("talk", "Tue 11:05")) == 5


def test_nothing_is_asked_of_a_session_not_held() -> None:
    assert breach(RULE, TALK) == 0


def test_it_says_which_session() -> None:
    assert said(RULE, TALK, place("talk", "Mon 10:00")) == [
        "talk lies outside its preferred times."
    ]
