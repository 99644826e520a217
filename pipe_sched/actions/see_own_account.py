"""See one's own account: roles, places where one is signed in, recovery codes left."""

from __future__ import annotations

from datetime import datetime

from pipe_sched.actions.account_facts import site_names
from pipe_sched.actions.account_scopes import own
from pipe_sched.actions.account_views import OwnAccount, SignInLine
from pipe_sched.actions.door import present
from pipe_sched.actions.who_asks import SignedIn
from pipe_sched.store import accounts, sign_ins, ways_in
from pipe_sched.store.engine import Store


def see_own_account(store: Store, signed: SignedIn, *, now: datetime | None = None) -> OwnAccount:
    """The account of whoever is signed in. Raises `NotAllowed` when nobody is."""
    with store.open_session(own(signed.actor)) as session:
        lines = tuple(
            SignInLine(
                one.id, one.device, one.made_at, one.seen_at, one.ends_at, one.id == signed.id
            )
            for one in sign_ins.standing(session, signed.account, present(now))
        )
        held = tuple(sorted(accounts.grants(session, signed.account)))
        left = ways_in.codes_left(session, signed.account)
        return OwnAccount(signed.email, signed.name, held, site_names(session), lines, left)
