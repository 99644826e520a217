"""How often: each way of saying it, told as what is due in week 49 of 2026."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import EnrolmentRow, StayRow
from tests.core.plans import (
    KEY,
    NOW,
    day,
    drawn,
    dues,
    held,
    ids,
    kirk,
    missed,
    open_dates,
    programme,
    told,
)

JOINT = programme("JOINT", "joint_session", often="series", length=6, whom="each_resident")
EDUC = programme("EDUC", "psychoeducation", often="series", length=8, gap=7200, mode="expected")
REVIEW = programme(
    "PATH", "pathway_review", often="days", every=42, early=3, late=4, whom="each_resident"
)
MONTHLY = programme("CIRCLE", "group_supervision", often="monthly", mode="expected")
INDUCTION = programme(
    "IND", "induction", often="once_a_stay", from_day=3, to_day=5, whom="each_resident"
)


def fortnight(weeks: int | None, **more: object) -> object:
    """A fortnightly group, anchored so many weeks from this one or by its last session."""
    anchor = day(2, weeks) if weeks is not None else None
    return programme("RP", "consultation", often="n_weekly", every=2, anchor=anchor, **more)


# weekly


def test_weekly_is_due_so_many_times_with_numbers_from_one() -> None:
    art = programme("ART", "creative", times=3)
    assert ids(kirk(art)) == [f"kirk:ART:group:{n}" for n in (1, 2, 3)]


def test_weekly_for_each_resident_is_one_session_for_each() -> None:
    assert ids(kirk(KEY, residents=2)) == ["kirk:KEY:X1:1", "kirk:KEY:X2:1"]


def test_several_a_week_for_one_person_are_no_more_than_the_days_they_are_there() -> None:
    twice = programme("TALK", "consultation", times=3, whom="each_resident")
    leaves = StayRow("X1", "kirk", date(2026, 10, 1), leaves=day(2), leaves_at=time(18))
    assert ids(kirk(twice, stays=(leaves,))) == ["kirk:TALK:X1:1", "kirk:TALK:X1:2"]


def test_key_work_is_due_within_ten_days_of_the_last() -> None:
    plan = kirk(KEY, deliveries=(held("KEY", day(2, -1), "X1"),))
    found = dues(plan)["kirk:KEY:X1:1"]
    assert open_dates(found) == [1, 2, 3, 4, 5]
    assert not found.overdue


def test_key_work_over_ten_days_ago_is_overdue_and_open_all_week() -> None:
    plan = kirk(KEY, deliveries=(held("KEY", day(4, -2), "X1"),))
    found = dues(plan)["kirk:KEY:X1:1"]
    assert open_dates(found) == [1, 2, 3, 4, 5, 6, 7]
    assert found.overdue


def test_a_session_not_marked_is_not_held() -> None:
    rows = (held("KEY", day(4, -2), "X1"), held("KEY", day(4, -1), "X1", outcome="not_marked"))
    assert dues(kirk(KEY, deliveries=rows))["kirk:KEY:X1:1"].overdue


# n-weekly


@pytest.mark.parametrize(
    ("weeks", "due"), [(0, True), (-1, False), (-2, True), (1, False), (2, False)]
)
def test_fortnightly_keeps_the_rhythm_of_its_anchor(weeks: int, due: bool) -> None:
    assert bool(ids(kirk(fortnight(weeks)))) is due


@pytest.mark.parametrize(
    ("weeks", "due", "overdue"), [(-1, False, False), (-2, True, False), (-3, True, True)]
)
def test_without_anchor_fortnightly_counts_from_the_last_held(
    weeks: int, due: bool, overdue: bool
) -> None:
    found = drawn(kirk(fortnight(None), deliveries=(held("RP", day(3, weeks)),))).items
    assert bool(found) is due
    assert any(d.overdue for d in found) is overdue


def test_without_anchor_and_never_held_fortnightly_is_due_now() -> None:
    assert ids(kirk(fortnight(None))) == ["kirk:RP:group:1"]


# monthly


@pytest.mark.parametrize(
    ("anchor", "due"),
    [
        (date(2026, 11, 3), True),  # first Tuesday; 1 December is one
        (date(2026, 11, 10), False),  # second Tuesday
        (date(2026, 10, 30), False),  # last Friday
        (date(2026, 11, 30), True),  # last Monday: the anchor itself
        (date(2026, 8, 31), True),  # last Monday, again on 30 November
        (date(2027, 1, 5), False),  # has not begun
    ],
)
def test_monthly_falls_in_the_week_of_the_anchors_weekday_in_the_month(
    anchor: date, due: bool
) -> None:
    plan = kirk(programme("CIRCLE", "group_supervision", often="monthly", anchor=anchor))
    assert bool(ids(plan)) is due


def test_monthly_without_anchor_falls_in_the_week_of_the_first_allowed_weekday() -> None:
    thursdays = programme("CIRCLE", "group_supervision", often="monthly", days=(4,))
    mondays = programme("CIRCLE", "group_supervision", often="monthly", days=(1,))
    assert ids(kirk(thursdays)) == ["kirk:CIRCLE:group:1"]
    assert ids(kirk(mondays)) == []


@settings(max_examples=20)
@given(st.dates(date(2025, 12, 29), date(2026, 2, 1)))
def test_monthly_is_due_once_for_each_month(anchor: date) -> None:
    row = programme("CIRCLE", "group_supervision", often="monthly", anchor=anchor)
    weeks = [Clock(2026, n) for n in range(1, 54)]
    first = next(n for n, c in enumerate(weeks) if c.date_of(6) >= anchor)
    hits = [c for c in weeks[first : first + 48] if ids(kirk(row, clock=c), c)]
    assert 10 <= len(hits) <= 12


# days


@pytest.mark.parametrize(
    ("last", "days"),
    [
        (day(3, -6), [1, 2, 3, 4, 5, 6, 7]),  # due on Wednesday, from Sunday before to Sunday
        (day(6, -6), [3, 4, 5, 6, 7]),  # due on Saturday, from Wednesday
        (day(5, -7), [1, 2]),  # was due on Friday, until Tuesday
    ],
)
def test_days_open_a_window_around_the_due_date(last: date, days: list[int]) -> None:
    plan = kirk(REVIEW, deliveries=(held("PATH", last, "X1"),))
    found = dues(plan)["kirk:PATH:X1:1"]
    assert open_dates(found) == days
    assert not found.overdue


def test_days_are_not_due_before_the_week_of_their_date() -> None:
    assert ids(kirk(REVIEW, deliveries=(held("PATH", day(1, -5), "X1"),))) == []


def test_days_are_overdue_once_the_window_has_passed() -> None:
    found = dues(kirk(REVIEW, deliveries=(held("PATH", day(3, -7), "X1"),)))["kirk:PATH:X1:1"]
    assert found.overdue
    assert open_dates(found) == [1, 2, 3, 4, 5, 6, 7]


def test_a_first_review_is_counted_from_arrival() -> None:
    new = StayRow("X1", "kirk", day(3, -6))
    assert ids(kirk(REVIEW, stays=(new,))) == ["kirk:PATH:X1:1"]
    newer = StayRow("X1", "kirk", day(3, -5))
    assert ids(kirk(REVIEW, stays=(newer,))) == []


# once a stay


@pytest.mark.parametrize(
    ("arrives", "days"),
    [(day(1), [3, 4, 5]), (day(4), [6, 7]), (day(5, -1), [1, 2]), (day(4, -1), [1])],
)
def test_a_day_of_stay_window_is_cut_to_the_week(arrives: date, days: list[int]) -> None:
    plan = kirk(INDUCTION, stays=(StayRow("X1", "kirk", arrives, time(11)),))
    assert open_dates(dues(plan)["kirk:IND:X1:1"]) == days


def test_a_step_of_the_stay_is_not_due_once_held() -> None:
    stay = StayRow("X1", "kirk", day(5, -1), time(11))
    plan = kirk(INDUCTION, stays=(stay,), deliveries=(held("IND", day(7, -1), "X1"),))
    assert ids(plan) == []


def test_a_step_held_in_an_earlier_stay_is_due_again() -> None:
    stay = StayRow("X1", "kirk", day(1), time(11))
    plan = kirk(INDUCTION, stays=(stay,), deliveries=(held("IND", day(1, -20), "X1"),))
    assert ids(plan) == ["kirk:IND:X1:1"]


@pytest.mark.parametrize(("weeks", "due"), [(-1, True), (-2, True), (-3, False)])
def test_a_missed_step_stays_due_for_two_weeks(weeks: int, due: bool) -> None:
    plan = kirk(INDUCTION, stays=(StayRow("X1", "kirk", day(1, weeks), time(11)),))
    assert bool(ids(plan)) is due
    assert all(d.overdue for d in dues(plan).values())


def test_a_step_whose_days_have_no_hours_is_left_to_the_next_week() -> None:
    weekdays = programme(
        "IND",
        "induction",
        often="once_a_stay",
        from_day=1,
        to_day=2,
        whom="each_resident",
        days=(1, 2, 3, 4, 5),
    )
    saturday = (StayRow("X1", "kirk", day(6), time(11)),)
    assert ids(kirk(weekdays, stays=saturday)) == []
    later = Clock(2026, 50)
    assert dues(kirk(weekdays, stays=saturday, clock=later), later)["kirk:IND:X1:1"].overdue


# series


def test_the_next_step_of_a_series_follows_the_last_one_held() -> None:
    rows = tuple(held("JOINT", day(2, -w), "X1", step=4 - w) for w in (3, 2, 1))
    found = dues(kirk(JOINT, deliveries=rows))
    assert list(found) == ["kirk:JOINT:X1:4"]
    assert (found["kirk:JOINT:X1:4"].series, found["kirk:JOINT:X1:4"].step) == ("JOINT:X1", 4)


def test_a_missed_step_comes_again_under_its_own_number() -> None:
    rows = (held("JOINT", day(2, -2), "X1", step=1), missed("JOINT", day(2, -1), "X1"))
    assert ids(kirk(JOINT, deliveries=rows)) == ["kirk:JOINT:X1:2"]


def test_steps_are_counted_when_the_record_gives_no_numbers() -> None:
    rows = (held("JOINT", day(2, -2), "X1"), held("JOINT", day(2, -1), "X1"))
    assert ids(kirk(JOINT, deliveries=rows)) == ["kirk:JOINT:X1:3"]


def test_two_steps_a_week_follow_each_other() -> None:
    twice = programme("EDUC", "psychoeducation", often="series", length=8, times=2)
    found = dues(kirk(twice, deliveries=(held("EDUC", day(2, -1), step=7),)))
    assert list(found) == ["kirk:EDUC:group:8"]
    found = dues(kirk(twice))
    assert [d.follows for d in found.values()] == [None, "kirk:EDUC:group:1"]


def test_a_series_that_is_complete_asks_how_to_go_on() -> None:
    rows = tuple(held("JOINT", day(2, -w), "X1", step=7 - w) for w in range(6, 0, -1))
    out = drawn(kirk(JOINT, deliveries=rows))
    assert out.items == ()
    assert told(out.notes) == ["X1 has had 6 of 6: joint_session. Continue, pause or end?"]


def test_a_series_complete_long_ago_is_silent() -> None:
    rows = tuple(held("JOINT", day(2, -w), "X1", step=10 - w) for w in range(9, 3, -1))
    out = drawn(kirk(JOINT, deliveries=rows))
    assert (out.items, out.notes) == ((), ())


def test_three_absences_at_one_step_ask_how_to_go_on() -> None:
    rows = tuple(held("JOINT", day(2, -w), "X1", outcome="absent") for w in (3, 2, 1))
    out = drawn(kirk(JOINT, deliveries=rows))
    assert out.items == ()
    assert "missed the next step" in told(out.notes)[0]
    assert ids(kirk(JOINT, deliveries=rows[:2])) == ["kirk:JOINT:X1:1"]


def test_a_series_every_second_week_waits_for_its_week() -> None:
    slow = programme(
        "JOINT", "joint_session", often="series", length=6, every=2, whom="each_resident"
    )
    assert ids(kirk(slow, deliveries=(held("JOINT", day(2, -1), "X1", step=1),))) == []
    rows = (held("JOINT", day(2, -2), "X1", step=1),)
    assert ids(kirk(slow, deliveries=rows)) == ["kirk:JOINT:X1:2"]


def test_a_group_series_counts_the_groups_sessions() -> None:
    rows = (
        held("EDUC", day(3, -2), step=1),
        held("EDUC", day(3, -1), step=2),
        held("EDUC", day(3, -1), "X1", outcome="absent", step=2),
    )
    found = dues(kirk(EDUC, deliveries=rows))
    assert list(found) == ["kirk:EDUC:group:3"]
    assert found["kirk:EDUC:group:3"].series == "EDUC"


def test_a_series_does_not_begin_before_its_anchor() -> None:
    soon = programme("EDUC", "psychoeducation", often="series", length=8, anchor=day(1, 1))
    assert ids(kirk(soon)) == []


# catch-ups


def test_a_miss_the_service_caused_is_caught_up_once() -> None:
    rows = (held("KEY", day(5, -2), "X1"), missed("KEY", day(3, -1), "X1"))
    found = dues(kirk(KEY, deliveries=rows))
    assert list(found) == ["kirk:KEY:X1:1", "kirk:KEY:X1:catch-up"]
    assert found["kirk:KEY:X1:catch-up"].catch_up


def test_two_misses_bring_one_catch_up_a_week() -> None:
    rows = (missed("KEY", day(3, -2), "X1"), missed("KEY", day(3, -1), "X1"))
    assert ids(kirk(KEY, deliveries=rows)) == ["kirk:KEY:X1:1", "kirk:KEY:X1:catch-up"]


def test_an_absence_of_the_persons_own_is_not_caught_up() -> None:
    rows = (held("KEY", day(3, -1), "X1", outcome="absent"),)
    assert ids(kirk(KEY, deliveries=rows)) == ["kirk:KEY:X1:1"]


def test_a_miss_moved_within_its_week_is_not_caught_up() -> None:
    rows = (missed("KEY", day(2, -1), "X1"), held("KEY", day(4, -1), "X1"))
    assert ids(kirk(KEY, deliveries=rows)) == ["kirk:KEY:X1:1"]


def test_a_miss_made_up_the_week_after_is_not_caught_up_again() -> None:
    rows = (
        missed("KEY", day(2, -2), "X1"),
        held("KEY", day(2, -1), "X1"),
        held("KEY", day(4, -1), "X1"),
    )
    assert ids(kirk(KEY, deliveries=rows)) == ["kirk:KEY:X1:1"]


def test_a_miss_of_two_weeks_ago_still_counts_and_of_three_has_lapsed_and_is_told() -> None:
    two = kirk(KEY, deliveries=(missed("KEY", day(3, -2), "X1"), held("KEY", day(5, -1), "X1")))
    assert "kirk:KEY:X1:catch-up" in ids(two)
    rows = (
        missed("KEY", day(3, -3), "X1"),
        held("KEY", day(5, -2), "X1"),
        held("KEY", day(5, -1), "X1"),
    )
    out = drawn(kirk(KEY, deliveries=rows))
    assert [d.id for d in out.items] == ["kirk:KEY:X1:1"]
    assert told(out.notes) == [
        "A miss of key_work for X1 that the service caused has lapsed after two weeks."
    ]


def test_an_anchored_group_the_service_cancelled_is_caught_up() -> None:
    plan = kirk(fortnight(-1), deliveries=(missed("RP", day(2, -1)),))
    assert ids(plan) == ["kirk:RP:group:catch-up"]


def test_kinds_that_stay_due_until_held_need_no_catch_up() -> None:
    rows = (held("PATH", day(3, -7), "X1"), missed("PATH", day(3, -1), "X1"))
    assert ids(kirk(REVIEW, deliveries=rows)) == ["kirk:PATH:X1:1"]


# enrolments


@pytest.mark.parametrize(
    ("entry", "days"),
    [
        (EnrolmentRow("JOINT", "X1", day(1, -4)), [1, 2, 3, 4, 5, 6, 7]),
        (EnrolmentRow("JOINT", "X1", day(3)), [3, 4, 5, 6, 7]),
        (EnrolmentRow("JOINT", "X1", day(1, -4), until=day(2)), [1, 2]),
        (EnrolmentRow("JOINT", "X1", day(1, -4), paused_from=day(4)), [1, 2, 3]),
        (EnrolmentRow("JOINT", "X1", day(1, -4), None, day(1, -2), day(3)), [4, 5, 6, 7]),
        (EnrolmentRow("JOINT", "X1", day(1, -4), paused_from=day(1, -1)), []),
        (EnrolmentRow("JOINT", "X1", day(1, 1)), []),
    ],
)
def test_a_pause_or_a_beginning_opens_only_the_days_it_leaves(
    entry: EnrolmentRow, days: list[int]
) -> None:
    row = programme(
        "JOINT", "joint_session", often="series", length=6, whom="each_resident", enrolled=True
    )
    found = drawn(kirk(row, enrolments=(entry,))).items
    assert [open_dates(d) for d in found] == ([days] if days else [])


def test_one_who_resumes_goes_on_where_they_stopped() -> None:
    row = programme(
        "JOINT", "joint_session", often="series", length=6, whom="each_resident", enrolled=True
    )
    entry = EnrolmentRow("JOINT", "X1", day(1, -20), None, day(1, -10), day(7, -1))
    plan = kirk(row, enrolments=(entry,), deliveries=(held("JOINT", day(2, -11), "X1", step=2),))
    assert ids(plan) == ["kirk:JOINT:X1:3"]


def test_what_happens_in_the_week_itself_renames_nothing() -> None:
    rows = (held("JOINT", day(2, -1), "X1", step=1), held("JOINT", NOW, "X1", step=2))
    assert ids(kirk(JOINT, deliveries=rows)) == ["kirk:JOINT:X1:2"]
