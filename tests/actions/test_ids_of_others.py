"""Rows of one premises that name what is another's: nobody is stopped by them, nobody is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipe_sched.access import LOCAL, Actor, Grant
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.core.plan import BarredRow, Plan, RoomRow
from pipe_sched.store.engine import Store
from tests.actions.builders import premises

MANAGER = Actor("m", frozenset({Grant("manager", "north")}), "1-w1")
BARRED = BarredRow("X0000011", room="2-lounge")


def test_a_stored_row_that_names_a_room_elsewhere_is_in_nobodys_way(store: Store) -> None:
    import_plan(store, LOCAL, Plan(barred=(BARRED,)))
    more = RoomRow("1-den", "north", "The den", 4, ("group",))
    assert import_plan(store, MANAGER, Plan(rooms=(more,))).added == 1


@pytest.mark.parametrize("room", ["2-lounge", "9-lounge"], ids=["theirs", "none"])
def test_a_new_row_that_names_one_is_answered_like_one_that_names_none(
    store: Store, room: str
) -> None:
    with pytest.raises(BadRequest, match=f"there is no “{room}”"):
        import_plan(store, MANAGER, Plan(barred=(replace(BARRED, room=room),)))


def test_ones_own_rows_go_through_as_they_did(store: Store) -> None:
    assert import_plan(store, MANAGER, premises("north", "1")).written is False
