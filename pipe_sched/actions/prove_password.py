"""Prove with the password that it is still the owner who sits at a signed-in browser."""

from __future__ import annotations

from datetime import datetime

from pipe_sched.actions.account_scopes import counting
from pipe_sched.actions.errors import BadRequest, TooManyTries, TryAgain
from pipe_sched.actions.sign_in import let_off
from pipe_sched.actions.visitor import Visitor, buckets
from pipe_sched.actions.who_asks import SignedIn
from pipe_sched.identity.passwords import Busy, is_right
from pipe_sched.store import accounts, guesses
from pipe_sched.store.engine import Store

WRONG = "This is not your password now."


def prove_password(
    store: Store, signed: SignedIn, password: str, by: Visitor, now: datetime
) -> str:
    """Give back the stored password, once the given one fits it.

    Raises:
        TooManyTries: nothing was looked at. BadRequest: not right. TryAgain: too busy.
    """
    with store.open_session(counting()) as session:
        sides = buckets(store, session, "own", signed.account, signed.account, by, now)
        wait = guesses.charge(session, sides, now)
        found = accounts.get(session, signed.account)
        stored = None if found is None else found.password
    if wait is not None:
        raise TooManyTries(wait)
    try:
        right = is_right(stored, password)
    except Busy as busy:
        with store.open_session(counting()) as session:
            for bucket in sides:
                guesses.take_back(session, bucket)
        raise TryAgain(str(busy)) from None
    if not right or stored is None:
        raise BadRequest(WRONG)
    with store.open_session(counting()) as session:
        let_off(session, sides)
    return stored
