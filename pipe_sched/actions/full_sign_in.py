"""From half to full: what happens once every proof was right."""

from __future__ import annotations

from datetime import datetime

from pipe_sched.actions.sign_in import Entered
from pipe_sched.actions.visitor import Visitor, device_hash
from pipe_sched.identity.tokens import hash_token, new_token
from pipe_sched.store import accounts, sign_ins
from pipe_sched.store.engine import Session


def begin_full(
    session: Session, account: str, by: Visitor, now: datetime, *, instead_of: str = ""
) -> Entered:
    """A full sign-in under a new token, in the place of the half one; the browser is known now."""
    if instead_of:
        sign_ins.end(session, account, now, only=instead_of)
    token, device = new_token(), by.device or new_token()
    sign_ins.begin(session, hash_token(token), account, by.browser, now, full=True)
    sign_ins.note_device(session, device_hash(device, account), account, now)
    accounts.note_use(session, account, now)
    return Entered(token, account, full=True, device=device)
