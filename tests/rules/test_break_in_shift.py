"""A break: 20 minutes free of sessions strictly inside a stretch of more than six hours."""

from tests.rules.builders import (
    absence,
    block,
    booking,
    breach,
    place,
    plus,
    said,
    session,
    shift,
    site,
    staff,
    week,
)

SEVEN = shift("ana", "Tue 09:00-16:00")


def worked(*more, minutes=(210, 210)):
    talks = tuple(session(f"t{i}", "ana", minutes=m) for i, m in enumerate(minutes))
    return plus(week(staff("ana"), talks, *(more or (SEVEN,))), grid=5)


def plan(*times):
    return tuple(place(f"t{i}", f"Tue {time}", "ana") for i, time in enumerate(times))


def test_a_stretch_filled_to_the_brim_has_no_break():
    assert said("break_in_shift", worked(), *plan("09:00", "12:30")) == [
        "ana needs 20 minutes free of sessions inside the stretch Tuesday 9am to 4pm."
    ]


def test_twenty_minutes_between_two_sessions_are_enough():
    base = worked(minutes=(210, 190))
    assert breach("break_in_shift", base, *plan("09:00", "12:50")) == 0
    assert breach("break_in_shift", base, *plan("09:00", "12:45")) == 1


def test_a_break_at_the_very_start_or_end_is_not_inside():
    base = worked(minutes=(200, 200))
    assert breach("break_in_shift", base, *plan("09:20", "12:40")) == 1
    assert breach("break_in_shift", base, *plan("09:25", "12:45")) == 0
    assert breach("break_in_shift", base, *plan("09:00", "12:20")) == 1


def test_six_hours_need_no_break():
    base = worked(shift("ana", "Tue 09:00-15:00"), minutes=(180, 180))
    assert breach("break_in_shift", base, *plan("09:00", "12:00")) == 0


def test_shifts_that_touch_are_one_stretch_and_absence_cuts_it():
    halves = (shift("ana", "Tue 09:00-12:30"), shift("ana", "Tue 12:30-16:00"))
    assert breach("break_in_shift", worked(*halves), *plan("09:00", "12:30")) == 1
    away = absence("ana", "Tue 15:00-16:00")
    assert breach("break_in_shift", worked(SEVEN, away), *plan("09:00", "12:30")) == 0


def test_a_booking_leaves_less_room_for_the_break():
    fixed = booking("b", "Tue 12:30-16:00", "ana")
    base = worked(SEVEN, fixed, minutes=(190,))
    assert breach("break_in_shift", base, *plan("09:00")) == 0
    assert breach("break_in_shift", base, *plan("09:10")) == 1


def test_a_break_is_missed_even_where_a_meal_should_have_given_one():
    base = plus(worked(), sites=(site(routine=(block("meal", "Tue 12:30-13:00"),)),))
    assert breach("break_in_shift", base, *plan("09:00")) == breach(
        "break_in_shift", worked(), *plan("09:00")
    )
