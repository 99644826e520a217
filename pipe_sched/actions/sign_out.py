"""Sign out: the sign-in is over for whoever has its token."""

from __future__ import annotations

from datetime import datetime

from pipe_sched.actions.account_scopes import entering
from pipe_sched.actions.door import present
from pipe_sched.actions.who_asks import SignedIn
from pipe_sched.store import sign_ins
from pipe_sched.store.engine import Store


def sign_out(store: Store, signed: SignedIn, *, now: datetime | None = None) -> None:
    """End this sign-in."""
    with store.open_session(entering(signed.account)) as session:
        sign_ins.end(session, signed.account, present(now), only=signed.id)
