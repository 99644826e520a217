"""Whatever the record holds, what is due keeps its promises."""

from __future__ import annotations

from collections import Counter
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import DeliveryRow, Plan, ProgrammeRow
from tests.core.plans import KEY, W49, day, drawn, held, kirk, programme

WAYS: dict[str, ProgrammeRow] = {
    "weekly": KEY,
    "twice a week": programme("P", "consultation", times=2, whom="each_resident"),
    "weekly group": programme("P", "creative", times=2, owed=1),
    "n_weekly": programme("P", "consultation", often="n_weekly", every=2),
    "anchored": programme("P", "consultation", often="n_weekly", every=2, anchor=day(2, -4)),
    "monthly": programme("P", "consultation", often="monthly", anchor=day(2, -4)),
    "days": programme("P", "pathway_review", often="days", every=14, whom="each_resident"),
    "once_a_stay": programme(
        "P", "induction", often="once_a_stay", from_day=60, to_day=66, whom="each_resident"
    ),
    "series": programme("P", "joint_session", often="series", length=6, whom="each_resident"),
    "group series": programme("P", "psychoeducation", often="series", length=6, times=2),
}
OUTCOMES = st.sampled_from(["held", "absent", "cancelled_by_service", "cancelled", "not_marked"])
CLOCKS = [W49, Clock(2026, 43), Clock(2026, 53), Clock(2027, 1), Clock(2027, 12)]


def records(row: ProgrammeRow) -> st.SearchStrategy[list[DeliveryRow]]:
    """Any record of the last six weeks, and a little of this one."""
    who = None if row.whom == "group" else "X1"
    made = st.builds(
        lambda n, weeks, outcome: held(row.id, day(n, weeks), who, time(10), outcome),
        st.integers(1, 7),
        st.integers(-6, 0),
        OUTCOMES,
    )
    return st.lists(made, max_size=8)


def plan_of(row: ProgrammeRow, record: list[DeliveryRow], clock: Clock = W49) -> Plan:
    """Kirk Lodge with one programme and this record."""
    return kirk(row, deliveries=tuple(record), clock=clock)


@pytest.mark.parametrize("way", WAYS)
@given(st.data(), st.sampled_from(CLOCKS))
@settings(max_examples=25)
def test_windows_lie_in_the_week_and_fit_and_ids_are_each_ones_own(
    way: str, data: st.DataObject, clock: Clock
) -> None:
    row = WAYS[way]
    items = drawn(plan_of(row, data.draw(records(row)), clock), clock).items
    assert all(n == 1 for n in Counter(d.id for d in items).values())
    for one in items:
        assert one.windows
        assert all(0 <= w.start < w.end <= clock.length for w in one.windows)
        assert any(w.minutes >= row.minutes for w in one.windows)
        assert one.step <= row.length


@pytest.mark.parametrize("way", WAYS)
@given(st.data())
@settings(max_examples=25)
def test_there_is_at_most_one_catch_up_and_none_without_a_miss(
    way: str, data: st.DataObject
) -> None:
    row = WAYS[way]
    record = data.draw(records(row))
    found = [d for d in drawn(plan_of(row, record)).items if d.catch_up]
    assert len(found) <= 1
    recent = [d for d in record if -14 <= (d.date - W49.monday).days < 0]
    if not any(d.outcome == "cancelled_by_service" for d in recent):
        assert not found


@pytest.mark.parametrize("way", WAYS)
@given(st.data())
@settings(max_examples=25)
def test_what_happens_in_the_week_changes_nothing_of_it(way: str, data: st.DataObject) -> None:
    row = WAYS[way]
    record = data.draw(records(row))
    before = [d for d in record if d.date < W49.monday]
    assert drawn(plan_of(row, record)) == drawn(plan_of(row, before))


@pytest.mark.parametrize("way", WAYS)
@given(st.data())
@settings(max_examples=25)
def test_the_order_of_the_record_changes_nothing(way: str, data: st.DataObject) -> None:
    row = WAYS[way]
    record = data.draw(records(row))
    turned = data.draw(st.permutations(record))
    assert drawn(plan_of(row, record)) == drawn(plan_of(row, turned))


@pytest.mark.parametrize("way", WAYS)
@given(st.data())
@settings(max_examples=25)
def test_only_held_ones_put_off_what_is_due(way: str, data: st.DataObject) -> None:
    """Cancellations and sessions not marked never make a regular session fall away."""
    row = WAYS[way]
    record = [d for d in data.draw(records(row)) if d.outcome != "absent"]
    only_held = [d for d in record if d.outcome == "held"]
    regular = {d.id for d in drawn(plan_of(row, record)).items if not d.catch_up}
    assert regular == {d.id for d in drawn(plan_of(row, only_held)).items}
