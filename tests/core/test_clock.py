"""Weeks in which the clocks change, years with 53 weeks, and times that do not exist."""

from __future__ import annotations

from datetime import date, time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipe_sched.core.clock import Clock, NoSuchTime, parse_week, week_of, weeks_in
from pipe_sched.core.spans import Span

SPRING, AUTUMN = Clock(2026, 13), Clock(2026, 43)
CLOCKS = st.dates(date(2020, 1, 1), date(2035, 12, 31)).map(week_of)


@pytest.mark.parametrize(
    ("clock", "minutes"), [(Clock(2026, 49), 10080), (SPRING, 10020), (AUTUMN, 10140)]
)
def test_a_week_has_as_many_minutes_as_really_pass(clock: Clock, minutes: int) -> None:
    assert clock.length == minutes


def test_the_spring_change_takes_an_hour_off_sunday() -> None:
    assert SPRING.date_of(6) == date(2026, 3, 29)
    assert SPRING.day_span(6).minutes == 23 * 60
    assert SPRING.minute(date(2026, 3, 29), time(9)) == 6 * 1440 + 8 * 60


def test_the_autumn_change_gives_sunday_an_hour_more() -> None:
    assert AUTUMN.date_of(6) == date(2026, 10, 25)
    assert AUTUMN.day_span(6).minutes == 25 * 60
    assert AUTUMN.minute(date(2026, 10, 25), time(9)) == 6 * 1440 + 10 * 60


def test_a_night_shift_over_a_clock_change_is_an_hour_shorter_or_longer() -> None:
    spring = SPRING.span(date(2026, 3, 28), time(20), time(8, 15))
    autumn = AUTUMN.span(date(2026, 10, 24), time(20), time(8, 15))
    assert (spring.minutes, autumn.minutes) == (675, 795)


def test_a_wall_time_that_exists_twice_means_the_first() -> None:
    twice = AUTUMN.minute(date(2026, 10, 25), time(1, 30))
    assert twice == 6 * 1440 + 90
    assert AUTUMN.local(twice).hour == AUTUMN.local(twice + 60).hour == 1


def test_a_wall_time_that_the_clocks_skip_is_refused_with_the_way_out() -> None:
    with pytest.raises(NoSuchTime, match=r"01:30 on 28 March 2027 does not exist.*Use 02:00"):
        Clock(2027, 12).minute(date(2027, 3, 28), time(1, 30))


def test_2026_has_a_week_53_that_runs_into_january() -> None:
    clock = Clock(2026, 53)
    assert (clock.monday, clock.date_of(6)) == (date(2026, 12, 28), date(2027, 1, 3))
    assert week_of(date(2027, 1, 1)) == clock
    assert clock.neighbour(1) == Clock(2027, 1)
    assert clock.neighbour(-1) == Clock(2026, 52)


def test_week_53_of_2027_is_refused_with_the_weeks_there_are() -> None:
    with pytest.raises(NoSuchTime, match="Week 53 of 2027 does not exist: 2027 has weeks 1 to 52"):
        Clock(2027, 53)


@pytest.mark.parametrize("year", [1999, 2101])
def test_a_year_out_of_reach_is_refused(year: int) -> None:
    with pytest.raises(NoSuchTime, match=str(year)):
        Clock(year, 1)


def test_a_week_is_read_as_people_write_it() -> None:
    assert parse_week(" 2026-w49 ") == Clock(2026, 49)
    assert str(Clock(2026, 9)) == "2026-W09"


@pytest.mark.parametrize("text", ["", "49", "2026-49", "2026-W", "week 49", "2026-W4x"])
def test_text_that_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(NoSuchTime, match="is not a week"):
        parse_week(text)


def test_years_with_53_weeks_are_told_apart() -> None:
    assert [y for y in range(2020, 2033) if weeks_in(y) == 53] == [2020, 2026, 2032]


def test_an_end_at_or_before_the_start_is_the_next_day() -> None:
    clock = Clock(2026, 49)
    assert clock.span(clock.monday, time(22), time(6)) == Span(1320, 1800)
    assert clock.span(clock.monday, time(9), time(9)).minutes == 1440
    assert clock.span(clock.monday, time(9), time(0)) == Span(540, 1440)


@given(CLOCKS, st.integers(-2880, 13000))
def test_minutes_and_wall_times_lead_back_to_each_other(clock: Clock, minute: int) -> None:
    local = clock.local(minute)
    back = clock.minute(local.date(), local.time().replace(fold=0))
    assert back == minute - (60 if local.fold else 0)


@given(CLOCKS)
def test_the_days_of_a_week_join_without_gap(clock: Clock) -> None:
    spans = [clock.day_span(i) for i in range(7)]
    assert spans[0].start == 0
    assert spans[-1].end == clock.length
    assert all(a.end == b.start for a, b in pairwise(spans))
    assert all(clock.index(s.start) == clock.index(s.end - 1) == i for i, s in enumerate(spans))


@pytest.mark.parametrize(
    "text",
    [
        "2026-W²",
        "٢٠٢٦-W49",
        "2026-W",
        "W49",
        "",
        "2026-W49\n",
        "9" * 5000 + "-W1",
        "2026-W" + "1" * 5000,
    ],
)
def test_what_is_no_week_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(NoSuchTime, match="2026-W49"):
        parse_week(text)
