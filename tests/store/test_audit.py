"""What is changed goes on record in the same transaction, whether or not anybody thinks of it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError

from pipe_sched.store.audit import record
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.log_tables import AuditRow, LogAbout
from pipe_sched.store.plans import load_plan, save_plan
from pipe_sched.store.scope import EverySite, Scope
from pipe_sched.store.tables import Answered, Name, PlanState, SiteWeek
from tests.store.builders import NOW, READ, small_plan

DOING = Scope(EverySite("test"), "tester", write=True, action="import_workbook")


def rows(store: Store) -> list[AuditRow]:
    with store.open_session(READ) as session:
        return list(session.scalars(select(AuditRow).order_by(AuditRow.seq)))


def add_names(session: Session) -> None:
    session.add(Name(kind="staff", id="w1", name="One"))
    session.execute(insert(Name), [{"kind": "staff", "id": f"w{n}", "name": "N"} for n in (2, 3)])


def change_names(session: Session) -> None:
    session.execute(update(Name).where(Name.id == "w1").values(name="Other"))


def plain_sql(session: Session) -> None:
    session.execute(text("UPDATE names SET name = 'Plain' WHERE id = 'w2'"))


def delete_names(session: Session) -> None:
    session.execute(delete(Name))


def test_a_change_of_any_kind_gets_exactly_one_row_with_what_it_touched(store: Store) -> None:
    for change in (add_names, change_names, plain_sql, delete_names):
        with store.open_session(DOING) as session:
            change(session)
    found = rows(store)
    assert [r.said["rows"] for r in found] == [{"names": n} for n in (3, 1, 1, 3)]
    assert {(r.actor, r.action) for r in found} == {("tester", "import_workbook")}
    assert [r.seq for r in found] == [1, 2, 3, 4]


def test_rows_that_the_database_numbers_are_counted(store: Store) -> None:
    with store.open_session(DOING) as session:
        save_plan(session, small_plan())
    counted = rows(store)[0].said["rows"]
    assert counted["staff"] == len(small_plan().staff)
    assert counted["plan_state"] == 1


def test_what_changes_nothing_is_not_on_record(store: Store) -> None:
    with store.open_session(DOING) as session:
        save_plan(session, small_plan())
    with store.open_session(DOING) as session:
        assert not save_plan(session, load_plan(session))
        change_names(session)  # no row is called w1
        session.execute(delete(SiteWeek))
    assert len(rows(store)) == 1


def test_the_programs_own_housekeeping_is_not_on_record(store: Store) -> None:
    with store.open_session(DOING) as session:
        session.add(Answered(key="k", answer={}, at=NOW))
    with store.open_session(Scope(EverySite("worker"), "worker", write=True)) as session:
        session.add(PlanState(id=1, version=1))
    assert rows(store) == []


def test_a_change_that_fails_leaves_no_row_and_no_gap(store: Store) -> None:
    def fail(session: Session) -> None:
        add_names(session)
        session.flush()
        raise RuntimeError

    with pytest.raises(RuntimeError), store.open_session(DOING) as session:
        fail(session)
    with store.open_session(DOING) as session:
        add_names(session)
    assert [r.seq for r in rows(store)] == [1]


def test_an_action_says_what_its_change_concerned(store: Store) -> None:
    with store.open_session(DOING) as session:
        add_names(session)
        record(session, sites=["north"], week="2026-W49", about=[("person", "w1")])
        record(session, said={"revision": 2})
    row = rows(store)[0]
    assert (row.site, row.week) == ("north", "2026-W49")
    assert row.about == [["person", "w1"], ["site", "north"]]
    assert row.said["revision"] == 2
    with store.open_session(READ) as session:
        found = {(r.log, r.seq, r.kind, r.id) for r in session.scalars(select(LogAbout))}
    assert found == {("audit", 1, "person", "w1"), ("audit", 1, "site", "north")}


@pytest.mark.parametrize("log", ["audit", "access_log"])
@pytest.mark.parametrize("change", ["UPDATE {0} SET actor = 'other'", "DELETE FROM {0}"])
def test_the_database_refuses_to_change_a_row_of_the_record(
    store: Store, log: str, change: str
) -> None:
    given: dict[str, Any] = {"seq": 1, "at": NOW, "actor": "a", "action": "b", "site": ""}
    given |= {"week": "", "about": [], "said": {}, "seal": "s"}
    with store.open_session(DOING) as session:
        session.connection().execute(insert(AuditRow.metadata.tables[log]).values(**given))
    with pytest.raises(DatabaseError, match="is never changed"), store.open_session(DOING) as s:
        s.connection().exec_driver_sql(change.format(log))
