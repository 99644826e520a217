"""Series gap: end to start, elapsed minutes, this week and across its edges."""

import pytest

from pipe_sched.rules.series_gap import length
from tests.rules.builders import booking, breach, place, said, session, week

DAY = 24 * 60


def course(*more, gap=DAY):
    steps = (session(f"step{i}", series="course", step=i, gap=gap) for i in (1, 2))
    return week(*steps, session("other"), *more)


def test_two_sessions_of_a_series_keep_their_gap_from_end_to_start():
    first = place("step1", "Mon 10:00")
    assert said("series_gap", course(), first, place("step2", "Tue 10:45")) == [
        "Sessions of one series are 1 day apart: step1 and step2."
    ]
    assert breach("series_gap", course(), first, place("step2", "Tue 11:00")) == 0
    assert breach("series_gap", course(), first, place("other", "Mon 10:00")) == 0


def test_the_last_session_before_the_week_counts():
    base = course(booking("past", "last Sun 22:00-23:00", series="course"))
    assert said("series_gap", base, place("step1", "Mon 22:45")) == [
        "step1 is at least 1 day from the session of its series on Sunday 29 November."
    ]
    assert breach("series_gap", base, place("step1", "Mon 23:00")) == 0


def test_the_next_session_after_it_counts():
    base = course(booking("next", "Sun 12:00-13:00", series="course"))
    assert breach("series_gap", base, place("step1", "Sat 11:15")) == 1
    assert breach("series_gap", base, place("step1", "Sat 11:00")) == 0


def test_a_booking_of_another_series_does_not():
    base = course(booking("past", "Mon 09:00-10:00", series="club"))
    assert breach("series_gap", base, place("step1", "Mon 10:00")) == 0


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(45, "45 minutes"), (60, "1 hour"), (660, "11 hours"), (DAY, "1 day"), (9 * DAY, "9 days")],
)
def test_lengths_are_said_in_the_largest_whole_unit(minutes, words):
    assert length(minutes) == words
