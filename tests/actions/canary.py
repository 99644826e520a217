"""A resident and a member of staff whose names can be searched for in bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import insert

from pipe_sched.access import LOCAL
from pipe_sched.actions.end_stay import end_stay, tell_left
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.record_happening import Arrives, record_happening
from pipe_sched.core.plan import (
    ApartRow,
    BarredRow,
    CommitmentRow,
    CurfewRow,
    DeliveryRow,
    Plan,
    SafeRow,
    StaffRow,
)
from pipe_sched.store import accounts
from pipe_sched.store.account_tables import Account
from pipe_sched.store.crns import ids_by_crn
from pipe_sched.store.engine import Store
from pipe_sched.store.plans import load_plan
from pipe_sched.store.scope import EverySite, Scope
from tests.actions.builders import NOW

READ = Scope(EverySite("test"), "tester")
WRITE = Scope(EverySite("test"), "tester", write=True)
CRN, NAME, WORKER, MAIL = "Q987654", "Quentin Canary", "Wilma Kanary", "wilma@canary.example"
STAFF, ACCOUNT = "wk", "account-of-wilma"
SIGNS = (CRN, "Canary", "Kanary", MAIL)
"""What must be found nowhere once they are erased."""


def arrive(store: Store, day: date = date(2026, 9, 1)) -> str:
    """The resident comes to North; gives back their id."""
    what = Arrives(CRN, NAME, day, time(10), "1-w1")
    record_happening(store, LOCAL, "north", what, now=NOW)
    with store.open_session(READ) as session:
        return ids_by_crn(session)[CRN]


def tell_all(store: Store, resident: str) -> None:
    """Everything special there can be about them, and what was held for them."""
    with store.open_session(READ) as session:
        plan = load_plan(session)
    mine = next(r for r in plan.residents if r.id == resident)
    others = tuple(r for r in plan.residents if r.id != resident)
    named = replace(mine, restricted=True, hidden_from=("1-w2",), seen_by=("1-w1",), gender="man")
    visit = "Canary appointment"
    worker = StaffRow(
        STAFF, WORKER, "residential_worker", ("north",), until=date(2026, 10, 1), counts=True
    )
    more = Plan(
        staff=(worker,),
        residents=(named,),
        commitments=(
            CommitmentRow("c-canary", resident, visit, time(10), time(11), date(2026, 9, 7)),
        ),
        curfews=(CurfewRow(resident, time(20), time(6)),),
        kept_apart=(ApartRow(resident, others[0].id),),
        safe_to_see=(SafeRow(resident, two_staff=True),),
        barred=(BarredRow(resident, site="south"),),
        deliveries=(
            DeliveryRow("1-art", date(2026, 9, 14), time(10), 60, "held", resident, "1-w1"),
        ),
    )
    import_plan(store, LOCAL, more)


def sign_up(store: Store) -> None:
    """The member of staff has an account."""
    with store.open_session(WRITE) as session:
        row = {"id": ACCOUNT, "email": MAIL, "person": STAFF, "made_at": NOW, "made_by": "x"}
        session.execute(insert(Account), [row])
        accounts.call(session, ACCOUNT, WORKER)


def leave(store: Store, resident: str, day: date, now: datetime) -> None:
    """They leave, and it may be known."""
    end_stay(store, LOCAL, "north", resident, day, time(12), now=now)
    tell_left(store, LOCAL, "north", resident)
