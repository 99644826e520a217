"""The plan in the database: whole, in order, limited to the scope, names apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pipe_sched.core.plan import Plan, ShiftRow
from pipe_sched.store.engine import Store
from pipe_sched.store.plans import load_plan, plan_version, save_plan
from pipe_sched.store.sheets import SHEETS
from tests.store.builders import MONDAY, READ, WRITE, only, small_plan


def put(store: Store, plan: Plan) -> int:
    with store.open_session(WRITE) as session:
        return save_plan(session, plan)


def got(store: Store, scope=READ) -> Plan:
    with store.open_session(scope) as session:
        return load_plan(session)


def test_a_plan_comes_back_as_it_was_saved(store: Store) -> None:
    put(store, small_plan())
    assert got(store) == small_plan()


def test_saving_the_same_plan_again_touches_nothing(store: Store) -> None:
    assert put(store, small_plan()) > 0
    assert put(store, small_plan()) == 0
    with store.open_session(READ) as session:
        assert plan_version(session) == 1


def test_a_changed_plan_comes_back_changed_and_in_its_new_order(store: Store) -> None:
    old = small_plan()
    put(store, old)
    new = replace(
        old,
        staff=(replace(old.staff[0], name="Other Name"), old.staff[2], old.staff[1]),
        shifts=(old.shifts[2], replace(old.shifts[0], type="late"), *old.shifts[:2]),
        bank_holidays=old.bank_holidays[1:],
        commitments=(),
    )
    assert put(store, new) > 0
    assert got(store) == new


def test_one_changed_cell_touches_one_row(store: Store) -> None:
    old = small_plan()
    put(store, old)
    rooms = (replace(old.rooms[0], seats=13), *old.rooms[1:])
    assert put(store, replace(old, rooms=rooms)) == 1


def test_two_equal_rows_are_both_kept(store: Store) -> None:
    shift = small_plan().shifts[0]
    twice = replace(small_plan(), shifts=(shift, shift))
    put(store, twice)
    assert got(store).shifts == (shift, shift)


def test_a_scope_sees_its_sites_and_whole_people_who_work_there(store: Store) -> None:
    put(store, small_plan())
    seen = got(store, only("south"))
    assert [h.site for h in seen.hours] == ["south"]
    assert [r.id for r in seen.rooms] == ["s1"]
    assert [s.id for s in seen.staff] == ["kw-s", "both"]
    assert [r.id for r in seen.residents] == ["X000003"]
    assert seen.kept_apart == ()
    assert seen.commitments == ()
    assert [s.staff for s in seen.shifts] == ["kw-s", "both"]
    assert [p.id for p in seen.programmes] == ["s-key"]
    assert len(seen.deliveries) == 1
    assert len(seen.sites) == 3, "sites are known to all: people travel between them"


def test_saving_within_a_scope_leaves_other_sites_alone(store: Store) -> None:
    put(store, small_plan())
    with store.open_session(only("south", write=True)) as session:
        plan = load_plan(session)
        save_plan(session, replace(plan, rooms=(), shifts=plan.shifts[:1]))
    left = got(store)
    assert [r.id for r in left.rooms] == ["n1", "n2"]
    assert {s.staff for s in left.shifts} == {"kw-n", "kw-s"}
    assert left.residents == small_plan().residents


def test_names_stand_in_the_names_table_and_nowhere_else(store: Store) -> None:
    put(store, small_plan())
    with store.open_session(READ) as session:
        for sheet in SHEETS.values():
            cells = str(session.execute(text(f'SELECT * FROM "{sheet.name}"')).all())
            for name in ("North House", "Lounge", "Worker South", "Resident One", "Appointment"):
                assert name not in cells, (sheet.name, name)
        assert "Resident One" in str(session.execute(text("SELECT * FROM names")).all())


def test_a_forgotten_name_is_shown_as_its_id(store: Store) -> None:
    put(store, small_plan())
    with store.open_session(WRITE) as session:
        session.execute(text("DELETE FROM names WHERE id = 'X000001'"))
    assert got(store).residents[0].name == "X000001"


def test_nothing_is_kept_of_a_plan_that_names_an_unknown_site(store: Store) -> None:
    plan = replace(small_plan(), rooms=(replace(small_plan().rooms[0], site="nowhere"),))
    with pytest.raises(DatabaseError):
        put(store, plan)
    assert got(store) == Plan()


def test_a_reading_scope_cannot_write(store: Store) -> None:
    put(store, small_plan())
    plan = replace(small_plan(), shifts=(ShiftRow("both", MONDAY, *small_times()),))
    with pytest.raises(DatabaseError), store.open_session(READ) as session:
        save_plan(session, plan)
    assert got(store) == small_plan()


def small_times():
    shift = small_plan().shifts[0]
    return shift.start, shift.end, shift.sites
