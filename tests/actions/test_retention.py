"""Data go when their time is over: exactly what the dry run said, and the record stays whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select

from pipe_sched.access import LOCAL, Actor, Grant
from pipe_sched.actions.account_facts import Facts
from pipe_sched.actions.change_account import change_account
from pipe_sched.actions.end_sign_ins import end_sign_ins_of
from pipe_sched.actions.erase_person import erase_person
from pipe_sched.actions.errors import BadRequest, NotAllowed
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.make_link import make_link
from pipe_sched.actions.record_access import Looked, record_access
from pipe_sched.actions.run_retention import run_retention
from pipe_sched.actions.set_retention import see_retention, set_retention
from pipe_sched.core.plan import Plan
from pipe_sched.store.account_tables import Account, Guesses
from pipe_sched.store.engine import Store
from pipe_sched.store.log_tables import AuditRow
from pipe_sched.store.retention import MONTHS
from pipe_sched.store.seal import LOGS
from pipe_sched.store.tables import Name
from pipe_sched.store.verify import verify
from tests.actions.builders import NOW, premises
from tests.actions.canary import ACCOUNT, READ, STAFF, WRITE, arrive, leave, sign_up, tell_all
from tests.actions.people import ADMINISTRATOR, somebody

GONE = date(2026, 12, 1)


def after(months: int) -> datetime:
    return NOW + timedelta(days=31 * months + 10)


def counted(store: Store, now: datetime) -> dict[str, int]:
    return {one.kind: one.count for one in see_retention(store, LOCAL, now=now) if one.count}


@pytest.fixture
def lived(store: Store) -> str:
    """Somebody stayed and left; a worker with an account left too."""
    resident = arrive(store)
    tell_all(store, resident)
    sign_up(store)
    leave(store, resident, GONE, NOW)
    with store.open_session(WRITE) as session:
        session.execute(insert(Guesses), [{"key": "k", "failed": 1, "last_at": NOW}])
    for _ in range(3):
        record_access(store, LOCAL, Looked("see_week", "week.show", "GET", 200, "north"))
    return resident


def test_nothing_goes_before_its_time(store: Store, lived: str) -> None:
    assert counted(store, after(1)) == {}
    assert all(one.count == 0 for one in run_retention(store, LOCAL, now=after(1)).kinds)


def test_each_kind_goes_when_it_is_over(store: Store, lived: str) -> None:
    assert counted(store, after(7)) == {"sign-ins": 1}
    found = counted(store, after(25))
    assert (found["residents"], found["staff"], found["accounts"]) == (1, 1, 1)
    assert found["access"] == 2  # the last row stays


def test_a_run_does_exactly_what_the_dry_run_said(store: Store, lived: str) -> None:
    set_retention(store, LOCAL, "audit", 12, now=NOW)
    said = see_retention(store, LOCAL, now=after(25))
    done = run_retention(store, LOCAL, now=after(25))
    assert done.kinds == said
    assert done.scrubbed
    # What goes on record of the run itself is the one row that is young.
    assert {k: n for k, n in counted(store, after(25)).items() if k != "audit"} == {}
    with store.open_session(READ) as session:
        found = [verify(session, log) for log in LOGS]
        assert [one.faults for one in found] == [(), ()]
        assert found[0].let_go > 0
        assert session.get(Name, ("resident", lived)) is None
        assert session.get(Name, ("staff", STAFF)) is None
        account = session.get_one(Account, ACCOUNT)
        assert (account.active, account.email) == (False, f"erased-{ACCOUNT}")


@pytest.mark.parametrize("shut_out", [False, True], ids=["used", "used and signed out"])
def test_an_account_that_was_used_within_its_time_is_kept(store: Store, shut_out: bool) -> None:
    used, other = somebody(store), somebody(store, "other@example.org")
    used.wait(days=400).enter()
    if shut_out:
        end_sign_ins_of(store, LOCAL, used.id, now=used.now)
    other.wait(days=400 + 200).enter()  # which forgets sign-ins and browsers of long ago
    run_retention(store, LOCAL, now=other.now)
    with store.open_session(READ) as session:
        assert session.get_one(Account, used.id).email == used.email


def test_an_account_with_a_new_link_is_kept(store: Store) -> None:
    back = somebody(store).wait(days=500)
    make_link(store, LOCAL, back.id, now=back.now)
    assert "accounts" not in counted(store, back.now)


def test_the_last_administrator_is_kept_when_they_have_left(store: Store) -> None:
    boss = somebody(store, grants=ADMINISTRATOR)
    facts = Facts("Boss", ADMINISTRATOR, person="1-w1")
    change_account(store, LOCAL, boss.id, facts, version=1, now=NOW)
    gone = replace(premises("north", "1").staff[0], until=date(2026, 11, 1))
    import_plan(store, LOCAL, Plan(staff=(gone,)))
    with pytest.raises(BadRequest, match="last administrator"):
        erase_person(store, LOCAL, "1-w1", save=True, now=NOW)
    assert "staff" not in counted(store, after(25))
    somebody(store, "next@example.org", ADMINISTRATOR)
    assert counted(store, after(25))["staff"] == 1
    assert dict(erase_person(store, LOCAL, "1-w1", save=True, now=NOW).rows)["accounts"] == 1


def test_a_dry_run_changes_nothing(store: Store, lived: str) -> None:
    with store.open_session(READ) as session:
        before = session.scalar(select(func.count()).select_from(AuditRow))
    see_retention(store, LOCAL, now=after(25))
    with store.open_session(READ) as session:
        assert session.scalar(select(func.count()).select_from(AuditRow)) == before
        assert session.get(Name, ("resident", lived)) is not None


def test_who_came_back_is_kept(store: Store, lived: str) -> None:
    arrive(store, date(2027, 2, 1))
    assert "residents" not in counted(store, after(25))


def test_a_time_is_set_once_and_is_on_record(store: Store) -> None:
    assert set_retention(store, LOCAL, "residents", 36, now=NOW)
    assert not set_retention(store, LOCAL, "residents", 36, now=NOW)
    kept = {one.kind: one.months for one in see_retention(store, LOCAL, now=NOW)}
    assert kept == {**MONTHS, "residents": 36}
    with store.open_session(READ) as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action == "set_retention")).all()
    assert [(r.said["kind"], r.said["months"]) for r in rows] == [("residents", 36)]


@pytest.mark.parametrize(("kind", "months"), [("nothing", 12), ("audit", 0), ("audit", 9999)])
def test_a_time_that_makes_no_sense_is_refused(store: Store, kind: str, months: int) -> None:
    with pytest.raises(BadRequest):
        set_retention(store, LOCAL, kind, months, now=NOW)


def test_only_an_administrator_lets_go(store: Store) -> None:
    manager = Actor("m", frozenset({Grant("manager", "north")}))
    for act in (run_retention, see_retention):
        with pytest.raises(NotAllowed):
            act(store, manager)
