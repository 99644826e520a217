"""Required, planned, held and owed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipe_sched.core.delivery import Count, Progress, counts, last_held, progress, total
from pipe_sched.core.draw_up import draw_up
from pipe_sched.core.week import Assignment
from tests.core.plans import KEY, W49, day, held, kirk, missed, programme

ART = programme("ART", "creative", times=2, owed=1)
JOINT = programme("JOINT", "joint_session", often="series", length=6, whom="each_resident")


def test_what_is_due_is_required_and_what_was_published_is_planned() -> None:
    plan = kirk(KEY, ART)
    week = draw_up(plan, W49, ("kirk",)).week
    places = (
        Assignment("kirk:KEY:X1:1", 600, "r1", (), ("X1",)),
        Assignment("kirk:ART:group:2", 800, "r1", (), ("X1",)),
    )
    rows = (held("KEY", day(1), "X1"), missed("ART", day(2), "X1"))
    found = counts(plan, week.demands, week.owed, places, rows)
    assert found == (
        Count("X1", "creative", 1, 1, 0, 1),
        Count("X1", "key_work", 1, 1, 1, 0),
    )
    assert [c.owed for c in found] == [1, 0]


@pytest.mark.parametrize("outcome", ["absent", "cancelled", "not_marked"])
def test_what_others_caused_or_nobody_marked_is_neither_held_nor_owed(outcome: str) -> None:
    plan = kirk(KEY)
    week = draw_up(plan, W49, ("kirk",)).week
    rows = (held("KEY", day(1), "X1", outcome=outcome),)  # type: ignore[arg-type]
    (found,) = counts(plan, week.demands, week.owed, (), rows)
    assert (found.required, found.held, found.owed) == (1, 0, 0)


def test_a_catch_up_makes_up_for_a_miss_and_is_not_required_twice() -> None:
    before = Count("X1", "key_work", required=1, missed=1)
    plan = kirk(KEY, deliveries=(missed("KEY", day(1, -1), "X1"),))
    week = draw_up(plan, W49, ("kirk",)).week
    assert len(week.demands) == 2
    rows = (held("KEY", day(1), "X1"), held("KEY", day(3), "X1"))
    (after,) = counts(plan, week.demands, week.owed, (), rows)
    assert after.required == 1
    (both,) = total((before, after))
    assert (before.owed, both.owed) == (1, 0)


def test_a_groups_own_row_counts_for_nobody() -> None:
    rows = (held("ART", day(1)), held("ART", day(1), "X1"), held("GONE", day(1), "X1"))
    assert counts(kirk(ART), (), (), (), rows) == (Count("X1", "creative", held=1),)


def test_progress_counts_held_ones_and_tries_since() -> None:
    rows = (
        held("JOINT", day(1, -4), "X1", outcome="absent"),
        held("JOINT", day(1, -3), "X1"),
        held("JOINT", day(1, -2), "X1", outcome="absent"),
        held("JOINT", day(1), "X1"),
    )
    found = progress(kirk(JOINT, deliveries=rows), "JOINT", "X1", W49.monday)
    assert found == Progress(1, 6, 1)
    assert str(found) == "1 of 6"
    assert not found.asks
    assert replace(found, held=6).asks
    assert replace(found, tries=3).asks


def test_progress_of_what_is_no_series_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a series"):
        progress(kirk(KEY), "KEY", "X1", W49.monday)


def test_the_last_one_held_is_found_by_person_and_kind() -> None:
    rows = (
        held("KEY", day(1, -3), "X1"),
        held("KEY", day(1, -2), "X1"),
        held("KEY", day(1, -1), "X1", outcome="absent"),
        held("ART", day(5, -1), "X2"),
    )
    plan = kirk(KEY, ART, residents=2, deliveries=rows)
    assert last_held(plan, "key_work", W49.monday) == {"X1": day(1, -2)}
