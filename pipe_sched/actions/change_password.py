"""Change one's own password: the present one is asked for, and all other sign-ins are over."""

from __future__ import annotations

from datetime import datetime

from pipe_sched.actions.account_scopes import own
from pipe_sched.actions.door import present
from pipe_sched.actions.errors import Conflict
from pipe_sched.actions.prove_password import prove_password
from pipe_sched.actions.use_link import new_hash
from pipe_sched.actions.visitor import Visitor
from pipe_sched.actions.who_asks import SignedIn
from pipe_sched.store import accounts, sign_ins, ways_in
from pipe_sched.store.engine import Store


def change_password(
    store: Store,
    signed: SignedIn,
    current: str,
    new: str,
    by: Visitor,
    *,
    now: datetime | None = None,
) -> int:
    """Change it; gives back how many other sign-ins were ended.

    Raises:
        BadRequest: the present one is not right, or the new one cannot be used. TooManyTries,
        TryAgain. Conflict: it was changed elsewhere in the same moment.
    """
    moment = present(now)
    stored = prove_password(store, signed, current, by, moment)
    hashed = new_hash(new, signed.email)
    with store.open_session(own(signed.actor, write=True)) as session:
        account = accounts.get(session, signed.account)
        if account is None or account.password != stored:
            raise Conflict("Your password was changed elsewhere meanwhile. Sign in again.")
        account.password = hashed
        ways_in.forget_links(session, account.id)
        return sign_ins.end(session, account.id, moment, but=signed.id)
