"""Make new recovery codes: the older ones stop working."""

from __future__ import annotations

from datetime import datetime

from pipe_sched.actions.account_scopes import own
from pipe_sched.actions.door import present
from pipe_sched.actions.prove_password import prove_password
from pipe_sched.actions.set_up_second_factor import put_codes
from pipe_sched.actions.visitor import Visitor
from pipe_sched.actions.who_asks import SignedIn
from pipe_sched.identity.tokens import recovery_codes
from pipe_sched.store.engine import Store


def new_recovery_codes(
    store: Store, signed: SignedIn, password: str, by: Visitor, *, now: datetime | None = None
) -> tuple[str, ...]:
    """Ten codes, told once. Raises `BadRequest`, `TooManyTries`, `TryAgain` of the password."""
    prove_password(store, signed, password, by, present(now))
    codes = recovery_codes()
    with store.open_session(own(signed.actor, write=True)) as session:
        put_codes(store, session, signed.account, codes)
    return codes
