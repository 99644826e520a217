"""Taking a later plan in adds and changes rows, never removes one, and says so without names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from hypothesis import given, settings

from pipe_sched.core.merge import Change, merge
from pipe_sched.core.plan import ApartRow, HoursRow, Plan, ResidentRow, ShiftRow, TravelRow
from tests.formats.workbook_plans import plans, small


@settings(max_examples=25, deadline=None)
@given(plans())
def test_the_same_plan_twice_changes_nothing(plan: Plan) -> None:
    merged, changes = merge(plan, plan)
    assert merged == plan
    assert changes.rows == ()


@settings(max_examples=25, deadline=None)
@given(plans(), plans())
def test_taking_one_in_twice_is_taking_it_in_once(existing: Plan, incoming: Plan) -> None:
    once, _ = merge(existing, incoming)
    twice, changes = merge(once, incoming)
    assert twice == once
    assert changes.rows == ()


def test_a_row_missing_from_the_later_plan_stays() -> None:
    merged, changes = merge(small(), Plan())
    assert merged == small()
    assert changes.rows == ()
    assert changes.same == 0


def test_a_new_row_follows_the_old_ones() -> None:
    new = ResidentRow("X900009", "Resident Ivy")
    merged, changes = merge(small(), Plan(residents=(new,)))
    assert merged.residents == (*small().residents, new)
    assert changes.rows == (Change("residents", ("X900009",), "added"),)


def test_a_changed_row_keeps_its_place_and_is_told_without_names() -> None:
    other = replace(small().residents[0], name="Resident Yew", step_free=True)
    merged, changes = merge(small(), Plan(residents=(other, small().residents[1])))
    assert merged.residents == (other, small().residents[1])
    assert changes.rows == (Change("residents", ("X900001",), "changed", ("name", "step_free")),)
    assert changes.same == 1
    assert "Yew" not in str(changes)


def test_the_key_of_a_change_is_told_in_words() -> None:
    row = HoursRow("kirk", time(9), time(18), (1, 2, 3, 4, 5))
    _, changes = merge(small(), Plan(hours=(row,)))
    key = ("kirk", "", "1, 2, 3, 4, 5", "09:00:00")
    assert changes.rows == (Change("hours", key, "changed", ("end",)),)


def test_two_shifts_of_one_person_on_one_day_are_two_rows() -> None:
    shift = ShiftRow("s1", date(2026, 11, 30), time(8), time(12), ("kirk",))
    merged, _ = merge(small(), Plan(shifts=(shift,)))
    assert merged.shifts == (*small().shifts, shift)


def test_a_pair_either_way_round_is_one_row() -> None:
    later = Plan(
        travel=(TravelRow("gaol", "kirk", 50),),
        kept_apart=(ApartRow("X900002", "X900001"),),
    )
    merged, changes = merge(small(), later)
    assert [row.minutes for row in merged.travel] == [50]
    assert merged.kept_apart == small().kept_apart
    assert changes.rows == (Change("travel", ("gaol", "kirk"), "changed", ("minutes",)),)


def test_bank_holidays_are_united() -> None:
    one, two = date(2026, 12, 25), date(2027, 12, 27)
    merged, _ = merge(Plan(bank_holidays=(two,)), Plan(bank_holidays=(one, two)))
    assert merged.bank_holidays == (one, two)
