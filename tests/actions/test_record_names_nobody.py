"""Every action that changes something is on record, and nothing there names a person."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from pipe_sched.access import ACTIONS, LOCAL
from pipe_sched.actions.account_facts import Facts
from pipe_sched.actions.change_account import change_account
from pipe_sched.actions.draw_up_week import draw_up_week
from pipe_sched.actions.end_stay import end_stay
from pipe_sched.actions.erase_person import erase_person
from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.make_account import make_account
from pipe_sched.actions.record_access import Looked, record_access
from pipe_sched.actions.record_happening import Away, RoomOut, record_happening
from pipe_sched.actions.restore_version import restore_version
from pipe_sched.actions.run_retention import run_retention
from pipe_sched.actions.set_retention import set_retention
from pipe_sched.actions.settle_proposal import settle_proposal
from pipe_sched.actions.step_back import step_back
from pipe_sched.actions.stop_run import stop_run
from pipe_sched.core.changes import Cancel
from pipe_sched.core.week import Lead
from pipe_sched.store.engine import Store
from pipe_sched.store.log_tables import AuditRow
from tests.actions.builders import BOTH, CLOCK, NOW, art, case, later
from tests.actions.canary import CRN, NAME, READ, STAFF, WORKER, arrive, leave, tell_all
from tests.actions.lives import change, publish, view
from tests.actions.runs import answer, claim, generate, planned

MAIL = "quentin@canary.example"
WORDS = (CRN, "Canary", "Kanary", "quentin", "House", "Lounge", "Worker 1", "Resident X", MAIL)
"""Canaries, and names that everything the tests make goes by."""
ART = "north:1-art:group:1"
BY_ANOTHER = replace(art("north", 10), staff=(Lead("lead", "1-w2"),))
CHANGES = {"tier": "changes", "cost": 1, "bound": 1, "proven": True}


def live(store: Store) -> None:
    """Do everything once, with people whose names can be searched for."""
    resident = arrive(store)
    tell_all(store, resident)
    draw_up_week(store, LOCAL, BOTH, CLOCK, now=NOW)
    run = generate(store)
    stop_run(store, LOCAL, run, now=NOW)
    planned(store, art("north", 10), case("north", 14), art("south", 11))
    change(store, Cancel(ART, "worker_away"))
    step_back(store, LOCAL, "north", CLOCK, version=view(store).version, now=NOW)
    publish(store)
    restore_version(store, LOCAL, "north", CLOCK, 1, version=view(store).version, now=NOW)
    monday = CLOCK.monday
    record_happening(store, LOCAL, "north", Away("1-w1", monday, time(8), monday, time(20)))
    record_happening(store, LOCAL, "north", RoomOut("1-lounge", monday, time(8), monday, time(9)))
    _replan(store)
    leave(store, resident, date(2026, 12, 1), NOW)
    end_stay(store, LOCAL, "north", "X0000011", date(2026, 12, 2), time(9), now=NOW)
    _accounts(store)
    erase_person(store, LOCAL, STAFF, save=True, now=later(0) + timedelta(days=40))
    set_retention(store, LOCAL, "residents", 12, now=NOW)
    run_retention(store, LOCAL, now=NOW + timedelta(days=500))


def _replan(store: Store) -> None:
    run = generate_timetable(store, LOCAL, ["north"], CLOCK, now=later(60)).run.id
    answer(store, claim(store), BY_ANOTHER, case("north", 14), tiers=(CHANGES,))
    settle_proposal(store, LOCAL, run, accept=False, now=later(90))


def _accounts(store: Store) -> None:
    grants = frozenset({("manager", "north")})
    facts = Facts(NAME, grants, STAFF)
    account = make_account(store, LOCAL, MAIL, facts, now=NOW)
    named = replace(facts, name=WORKER)
    change_account(store, LOCAL, account, named, version=1, now=NOW)


@pytest.fixture
def lived(store: Store) -> Store:
    """A store in which everything was done once."""
    live(store)
    seen = [("person", STAFF), ("person", "1-w1"), ("session", ART)]
    looked = Looked("see_week", "week.show", "GET", 200, "Canary House", NAME, seen)
    record_access(store, LOCAL, looked)
    return store


def rows(store: Store) -> list[AuditRow]:
    with store.open_session(READ) as session:
        return list(session.query(AuditRow).order_by(AuditRow.seq))


def test_every_action_that_changes_planning_data_is_on_record(lived: Store) -> None:
    wanted = {name for name, action in ACTIONS.items() if action.writes}
    assert wanted | {"manage_accounts", "set_retention"} <= {r.action for r in rows(lived)}


def test_nothing_on_record_names_a_person(lived: Store) -> None:
    with closing(sqlite3.connect(str(lived.engine.url.database))) as raw:
        told = [
            str(row)
            for name in ("audit", "access_log", "log_about", "log_segments")
            for row in raw.execute(f"SELECT * FROM {name}")
        ]
    assert len(told) > 40
    assert [(word, row) for row in told for word in WORDS if word in row] == []


def test_each_change_says_where_and_whom_it_concerned(lived: Store) -> None:
    found = {r.action: r for r in rows(lived)}
    for action in ("change_week", "publish_week", "step_back", "restore_version"):
        assert (found[action].site, found[action].week) == ("north", str(CLOCK)), action
    assert ["session", ART] in found["change_week"].about
    assert ["person", "X0000011"] in found["end_stay"].about
    assert ["site", "south"] in found["draw_up_week"].about
    assert any(kind == "account" for kind, _ in found["manage_accounts"].about)
