"""Make an account: somebody may sign in from now on, once their link has been used."""

from __future__ import annotations

from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.account_facts import Facts, new_account
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.errors import Conflict
from pipe_sched.store import accounts
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Store


def make_account(
    store: Store, actor: Actor, email: str, facts: Facts, *, now: datetime | None = None
) -> str:
    """Make it; gives back its id.

    Raises:
        BadRequest: the facts cannot be. Conflict: the email address has an account.
    """
    scope = allowed(actor, "manage_accounts", write=True)
    with store.open_session(scope) as session:
        new = new_account(session, email, facts)
        if accounts.by_email(session, new.email) is not None:
            raise Conflict(f"There is an account for {new.email} already.")
        made = accounts.make(session, new, actor.id, present(now)).id
        record(session, about=[("account", made)], said={"roles": sorted(map(list, new.grants))})
        return made
