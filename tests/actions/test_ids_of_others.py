"""Rows of one premises that name what is another's: nobody is stopped by them, nobody is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from pipe_sched.access import LOCAL, Actor, Grant
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.record_happening import Arrives, record_happening
from pipe_sched.core.plan import (
    BarredRow,
    CommitmentRow,
    DeliveryRow,
    EnrolmentRow,
    Plan,
    ResidentRow,
    RoomRow,
    SiteRow,
    StayRow,
)
from pipe_sched.store.engine import Store
from pipe_sched.store.plans import load_plan
from tests.actions.builders import NOW, premises
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


MOVED = ResidentRow("X0000031", "Moved Away", restricted=True, seen_by=("2-w1",))
HERE = StayRow("X0000031", "north", date(2020, 9, 1), leaves=date(2020, 10, 1))
THERE = StayRow("X0000031", "south", date(2020, 10, 1))
ABOUT = {
    "a restriction": (Plan(residents=(replace(MOVED, restricted=False),)), "Residents"),
    "a name": (Plan(residents=(replace(MOVED, name="Other"),)), "Residents"),
    "where they may not be": (
        Plan(barred=(replace(BARRED, resident="X0000031", room="1-lounge"),)),
        "Places not allowed",
    ),
    "a stay": (Plan(stays=(StayRow("X0000031", "north", date(2020, 10, 20)),)), "Stays"),
}


@pytest.mark.parametrize("what", ABOUT)
def test_whoever_lives_elsewhere_now_is_changed_there_alone(store: Store, what: str) -> None:
    rows, sheet = ABOUT[what]
    import_plan(store, LOCAL, Plan(residents=(MOVED,), stays=(HERE, THERE)))
    with pytest.raises(BadRequest, match=f"concerns other premises: .*{sheet}"):
        import_plan(store, MANAGER, rows)
    import_plan(store, LOCAL, Plan(stays=(replace(THERE, leaves=date(2020, 10, 20)),)))
    assert import_plan(store, MANAGER, rows).written


def test_whoever_is_about_to_move_is_changed_where_they_are(store: Store) -> None:
    later = date(2999, 1, 1)
    stays = (replace(HERE, leaves=later), replace(THERE, arrives=later))
    import_plan(store, LOCAL, Plan(residents=(MOVED,), stays=stays))
    assert import_plan(store, MANAGER, ABOUT["a restriction"][0]).written


def test_whoever_lives_elsewhere_does_not_arrive_a_second_time(store: Store) -> None:
    moved = replace(MOVED, id="X000031")
    stays = tuple(replace(stay, resident="X000031") for stay in (HERE, THERE))
    import_plan(store, LOCAL, Plan(residents=(moved,), stays=stays))
    back = Arrives("X000031", "Moved Away", date(2026, 12, 1), time(12), "1-w1")
    with pytest.raises(BadRequest, match="at other premises now"):
        record_happening(store, MANAGER, "north", back, now=NOW)
