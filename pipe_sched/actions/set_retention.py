"""Set how long a kind of data is kept, and see how long each is, with what is over it now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.errors import BadRequest
from pipe_sched.store import retention
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Store
from pipe_sched.store.retention import LEAST, MONTHS, MOST, Due

WORDS: Mapping[str, str] = {
    "residents": "Residents’ names and details, after they left",
    "staff": "Names of staff, after their last day",
    "accounts": "Accounts that nobody used",
    "sign-ins": "Sign-ins, links and counted tries",
    "runs": "Runs of the planner that no draft came of",
    "audit": "The record of what was changed",
    "access": "The record of who looked",
}
"""Each kind of data in words."""


def see_retention(store: Store, actor: Actor, *, now: datetime | None = None) -> tuple[Due, ...]:
    """Each kind with its months, and how many people or rows are over them: a dry run."""
    with store.open_session(allowed(actor, "set_retention")) as session:
        return retention.due(session, present(now))


def set_retention(
    store: Store, actor: Actor, kind: str, months: int, *, now: datetime | None = None
) -> bool:
    """Set it; False when that is what it was. Raises `BadRequest`."""
    scope, moment = allowed(actor, "set_retention", write=True), present(now)
    if kind not in MONTHS:
        raise BadRequest(f"There is no kind of data “{kind}”. Choose one of {', '.join(MONTHS)}.")
    if not LEAST <= months <= MOST:
        raise BadRequest(f"Give a number of months from {LEAST} to {MOST}.")
    with store.open_session(scope) as session:
        record(session, said={"kind": kind, "months": months})
        return retention.set_months(session, kind, months, actor.id, moment)
