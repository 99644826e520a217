"""End sign-ins: one's own, one or all others; or, as an administrator, everything of somebody."""

from __future__ import annotations

from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.account_scopes import own
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.errors import NotFound
from pipe_sched.actions.make_link import found_account
from pipe_sched.actions.who_asks import SignedIn
from pipe_sched.store import sign_ins
from pipe_sched.store.engine import Store


def end_own_sign_in(
    store: Store, signed: SignedIn, which: str, *, now: datetime | None = None
) -> None:
    """End one of one's own. Raises `NotFound` when there is no such one."""
    with store.open_session(own(signed.actor, write=True)) as session:
        if not which or not sign_ins.end(session, signed.account, present(now), only=which):
            raise NotFound("That sign-in is over already.")


def end_other_sign_ins(store: Store, signed: SignedIn, *, now: datetime | None = None) -> int:
    """End all of one's own but this one; gives back how many."""
    with store.open_session(own(signed.actor, write=True)) as session:
        return sign_ins.end(session, signed.account, present(now), but=signed.id)


def end_sign_ins_of(
    store: Store, actor: Actor, account: str, *, now: datetime | None = None
) -> int:
    """End all of somebody's, whose browsers are known no more; gives back how many."""
    with store.open_session(allowed(actor, "manage_accounts", write=True)) as session:
        found = found_account(session, account)
        sign_ins.forget_devices(session, found.id)
        return sign_ins.end(session, found.id, present(now))
