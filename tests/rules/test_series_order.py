"""Series in order: a later step only after the one before, held here or earlier."""

from tests.rules.builders import booking, breach, place, said, session, week

FIRST = session("step1", series="course", step=1)
SECOND = session("step2", series="course", step=2, follows="step1")
BASE = week(FIRST, SECOND)


def test_a_later_step_starts_after_the_one_before_has_ended():
    one = place("step1", "Tue 10:00")
    assert said("series_order", BASE, one, place("step2", "Tue 10:45")) == [
        "step2 comes after step1, the step before it."
    ]
    assert breach("series_order", BASE, one, place("step2", "Tue 11:00")) == 0
    assert breach("series_order", BASE, one) == 0


def test_a_later_step_is_not_held_without_the_one_before():
    assert said("series_order", BASE, place("step2", "Tue 10:00")) == [
        "step2 is held only if step1, the step before it, is held."
    ]


def test_a_step_whose_earlier_one_was_never_held_waits():
    base = week(session("step3", series="course", step=3, waits=True))
    assert said("series_order", base, place("step3", "Tue 10:00")) == [
        "step3 waits: the step before it was never held."
    ]


def test_a_step_whose_earlier_one_was_held_before_is_free():
    base = week(session("step3", series="course", step=3))
    assert breach("series_order", base, place("step3", "Tue 10:00")) == 0


def test_booked_steps_keep_their_order_too():
    base = week(FIRST, SECOND, booking("b", "Wed 10:00-11:00", series="course", step=3))
    late = place("step1", "Wed 09:15")
    assert said("series_order", base, late) == [
        "step1 comes before step 3 of its series, held on Wednesday 2 December."
    ]
    assert breach("series_order", base, place("step1", "Wed 09:00")) == 0
    after = week(SECOND, booking("b", "Wed 10:00-11:00", series="course", step=1))
    assert breach("series_order", after, place("step2", "Wed 10:45")) == 1
    assert breach("series_order", after, place("step2", "Wed 11:00")) == 0
