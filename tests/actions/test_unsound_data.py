"""Data that no week can be made of are refused when drawn up, not when the page is opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from pipe_sched.access import LOCAL
from pipe_sched.actions.draw_up_week import draw_up_week
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.list_weeks import list_weeks
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
