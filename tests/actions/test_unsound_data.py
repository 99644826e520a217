"""Data that no week can be made of are refused when drawn up, not when the page is opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from pipe_sched.access import LOCAL
from pipe_sched.actions.draw_up_week import draw_up_week
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.list_weeks import list_weeks
from pipe_sched.actions.names import without_ids
from pipe_sched.store.engine import Store
from tests.actions.builders import CLOCK, two_premises


def test_a_session_longer_than_its_window_is_refused_by_name_and_nothing_is_kept(
    store: Store,
) -> None:
    plan = two_premises()
    art = replace(plan.programmes[0], not_before=time(9), not_after=time(9, 30))
    import_plan(store, LOCAL, replace(plan, programmes=(art, *plan.programmes[1:])))
    with pytest.raises(BadRequest, match=r"north:1-art:group:1.: 60 minutes do not fit"):
        draw_up_week(store, LOCAL, ["north"], CLOCK)
    assert list_weeks(store, LOCAL) == ()


def test_what_is_wrong_with_the_data_is_said_without_an_id_of_a_person(store: Store) -> None:
    plan = two_premises()
    backwards = replace(plan.stays[0], leaves=plan.stays[0].arrives - timedelta(1))
    import_plan(store, LOCAL, replace(plan, stays=(backwards, *plan.stays[1:])))
    with pytest.raises(BadRequest, match="The stay of “a resident” at “north” ends on") as told:
        draw_up_week(store, LOCAL, ["north"], CLOCK)
    assert "X0000011" not in told.value.sentence


def test_a_sentence_about_data_names_staff_and_no_resident() -> None:
    said = without_ids(
        "“1-w1” sees “X0000011” in north:1-key:X0000011:1, not 1-w11.", two_premises()
    )
    assert said == "“Worker 1-w1” sees “a resident” in north:1-key:a resident:1, not 1-w11."
