"""Rows of one premises that name what is another's: nobody is stopped by them, nobody is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from pipe_sched.access import LOCAL, Actor, Grant
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.core.plan import (
    BarredRow,
    CommitmentRow,
    DeliveryRow,
    EnrolmentRow,
    Plan,
    RoomRow,
    SiteRow,
)
from pipe_sched.store.engine import Store
from pipe_sched.store.plans import load_plan
from tests.actions.builders import premises
from tests.store.builders import READ

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


ART = replace(premises("north", "1").programmes[0], id="2-art")
VISIT = CommitmentRow("visit", "X0000021", "visit", time(9), time(10), date(2026, 9, 1))
TAKEN = {
    "a programme": (Plan(programmes=(ART,)), "Programme"),
    "a room": (Plan(rooms=(RoomRow("2-lounge", "north", "Ours", 4, ("group",)),)), "Rooms"),
    "a commitment": (Plan(commitments=(replace(VISIT, person="X0000011"),)), "Commitments"),
    "a court": (Plan(sites=(SiteRow("court", "Ours", type="court"),)), "Sites"),
}


@pytest.mark.parametrize("what", TAKEN)
def test_an_id_that_other_premises_use_is_refused_and_nothing_of_theirs_goes(
    store: Store, what: str
) -> None:
    theirs = Plan(
        sites=(SiteRow("court", "The court", type="court"),),
        commitments=(VISIT,),
        enrolments=(EnrolmentRow("2-art", "X0000021", date(2026, 9, 1)),),
        deliveries=(DeliveryRow("2-art", date(2026, 10, 1), time(9), 60, "held", "X0000021"),),
    )
    import_plan(store, LOCAL, theirs)
    rows, sheet = TAKEN[what]
    with store.open_session(READ) as session:
        before = load_plan(session)
    with pytest.raises(BadRequest, match=f"concerns other premises: {sheet}"):
        import_plan(store, MANAGER, rows)
    with store.open_session(READ) as session:
        assert load_plan(session) == before
