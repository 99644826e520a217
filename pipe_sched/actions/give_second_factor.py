"""Give the second factor: a code from the app, or a recovery code. A code never works twice.

Tries are counted for the account and not for the sign-in: whoever knows a password does not get
more of them by signing in again.
"""

from __future__ import annotations

from datetime import datetime

from pipe_sched.actions.account_scopes import counting, entering
from pipe_sched.actions.door import present
from pipe_sched.actions.errors import BadRequest, NotSignedIn, TooManyTries
from pipe_sched.actions.full_sign_in import begin_full
from pipe_sched.actions.sign_in import Entered, let_off
from pipe_sched.actions.visitor import Visitor, buckets
from pipe_sched.actions.who_asks import SignedIn
from pipe_sched.identity.second_factor import step_of, unseal
from pipe_sched.identity.tokens import hash_code
from pipe_sched.store import guesses, sign_ins, ways_in
from pipe_sched.store.accounts import Account
from pipe_sched.store.engine import Session, Store

FACTOR, CODES = "second factor", "recovery codes"
"""What the installation's keys are for."""
WRONG = "This code is not right, is over, or was used before. Wait for the next one and give that."
OVER = "Signing in took too long. Begin again."


def give_second_factor(
    store: Store, signed: SignedIn, code: str, by: Visitor, *, now: datetime | None = None
) -> Entered:
    """Take the second step.

    Raises:
        TooManyTries: nothing was looked at. BadRequest: not right. NotSignedIn: it took too long.
    """
    moment = present(now)
    with store.open_session(counting()) as session:
        sides = buckets(store, session, "code", signed.account, signed.account, by, moment)
        wait = guesses.charge(session, sides, moment)
    if wait is not None:
        raise TooManyTries(wait)
    with store.open_session(entering(signed.account)) as session:
        found = sign_ins.find(session, signed.id, moment)
        if found is None or found[0].full:
            raise NotSignedIn(OVER)
        account = found[1]
        if not takes(store, session, account, code, moment):
            raise BadRequest(WRONG)
        let_off(session, sides)
        return begin_full(session, account.id, by, moment, instead_of=signed.id)


def takes(store: Store, session: Session, account: Account, code: str, now: datetime) -> bool:
    """Whether the code is one of the account's; it is used up."""
    sealed = account.secret
    secret = None if sealed is None else unseal(store.key_for(FACTOR), sealed, account.id)
    step = None if secret is None else step_of(secret, code, now, account.step)
    if step is not None:
        account.step = step
        session.flush()
        return True
    hashed = hash_code(store.key_for(CODES), account.id, code)
    return ways_in.use_code(session, account.id, hashed, now)
