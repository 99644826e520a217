"""Change an account: its name, its roles, whose it is, whether it may sign in.

There is always an administrator: nobody takes their own role of administrator away, or switches
off, or takes it from the last one.
"""

from __future__ import annotations

from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.account_facts import Facts, checked
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.errors import Conflict
from pipe_sched.actions.make_link import found_account
from pipe_sched.store import accounts, sign_ins, ways_in
from pipe_sched.store.accounts import ADMINISTRATOR, EVERYWHERE, Account
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Session, Store


class ChangedMeanwhile(Conflict):
    """Somebody else changed the account after it was looked at."""


def change_account(
    store: Store,
    actor: Actor,
    account: str,
    facts: Facts,
    *,
    version: int,
    now: datetime | None = None,
) -> int:
    """Make these the account's facts; gives back its version.

    Raises:
        BadRequest, NotFound. ChangedMeanwhile: `version` is not the newest. Conflict: nobody
        would be left to manage accounts.
    """
    scope = allowed(actor, "manage_accounts", write=True)
    with store.open_session(scope) as session:
        found = found_account(session, account)
        wanted = checked(session, facts)
        if found.version != version:
            raise ChangedMeanwhile(
                "Somebody else changed this account meanwhile, so nothing was stored. "
                "Look at what it is now, and change it again if that still makes sense."
            )
        _keep_an_administrator(session, actor, found, wanted)
        accounts.call(session, found.id, wanted.name)
        accounts.grant(session, found.id, wanted.grants)
        found.person, found.active = wanted.person, wanted.active
        found.version += 1
        roles = sorted(map(list, wanted.grants))
        record(session, said={"roles": roles, "active": wanted.active})
        if not wanted.active:
            _shut_out(session, found.id, present(now))
        return found.version


def _keep_an_administrator(session: Session, actor: Actor, found: Account, wanted: Facts) -> None:
    administers = (ADMINISTRATOR, EVERYWHERE)
    before = found.active and administers in accounts.grants(session, found.id)
    if not before or (wanted.active and administers in wanted.grants):
        return
    if found.id == actor.id:
        raise Conflict(
            "You cannot take your own role of administrator away, or switch yourself off. "
            "Another administrator can."
        )
    if not accounts.other_administrators(session, found.id):
        raise Conflict("This is the last administrator. Make somebody else one first.")


def _shut_out(session: Session, account: str, now: datetime) -> None:
    sign_ins.end(session, account, now)
    sign_ins.forget_devices(session, account)
    ways_in.forget_links(session, account)
