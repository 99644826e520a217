"""Sign in: the first step, an email address and a password.

A try is counted before it is looked at. Known and unknown addresses go the same way through the
database and through argon2, so that neither words nor time tell them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipe_sched.actions.account_scopes import counting, entering
from pipe_sched.actions.door import present
from pipe_sched.actions.email_address import same_email
from pipe_sched.actions.errors import BadRequest, TooManyTries, TryAgain
from pipe_sched.actions.visitor import Visitor, buckets
from pipe_sched.identity.passwords import Busy, is_right
from pipe_sched.identity.tokens import hash_token, new_token
from pipe_sched.store import accounts, guesses, sign_ins
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.guesses import Bucket

WRONG = "The email address or the password is not right."


@dataclass(frozen=True, slots=True)
class Entered:
    """A sign-in: the token for the browser's cookie, and whether it is `full`.

    Not full: the second factor is asked for next, or (`set_up`) has to be set up. `device`: the
    token by which this browser is known from now on; empty while not full.
    """

    token: str
    account: str
    full: bool
    set_up: bool = False
    device: str = ""


@dataclass(frozen=True, slots=True)
class _Counted:
    account: str
    stored: str | None
    buckets: tuple[Bucket, ...]


def sign_in(
    store: Store, email: str, password: str, by: Visitor, *, now: datetime | None = None
) -> Entered:
    """Take the first step.

    Raises:
        TooManyTries: nothing was verified. BadRequest: not right. TryAgain: too busy.
    """
    moment, address = present(now), same_email(email)
    counted = _count(store, address, by, moment)
    try:
        right = is_right(counted.stored, password)
    except Busy as busy:
        _take_back(store, counted)
        raise TryAgain(str(busy)) from None
    entered = _enter(store, counted, by, moment) if right else None
    if entered is None:
        raise BadRequest(WRONG)
    return entered


def _count(store: Store, email: str, by: Visitor, now: datetime) -> _Counted:
    with store.open_session(counting()) as session:
        found = accounts.by_email(session, email)
        account = "" if found is None else found.id
        stored = None if found is None or not found.active else found.password
        sides = buckets(store, session, "password", email, account, by, now)
        wait = guesses.charge(session, sides, now)
    if wait is not None:
        raise TooManyTries(wait)
    return _Counted(account, stored, sides)


def _take_back(store: Store, counted: _Counted) -> None:
    with store.open_session(counting()) as session:
        for bucket in counted.buckets:
            guesses.take_back(session, bucket)


def _enter(store: Store, counted: _Counted, by: Visitor, now: datetime) -> Entered | None:
    """The half sign-in; None when the account was changed while the password was looked at."""
    with store.open_session(entering(counted.account)) as session:
        account = accounts.get(session, counted.account)
        if account is None or not account.active or account.password != counted.stored:
            return None
        let_off(session, counted.buckets)
        token = new_token()
        hashed = hash_token(token)
        sign_ins.begin(session, hashed, account.id, by.browser, now, full=False)
        return Entered(token, account.id, full=False, set_up=account.secret is None)


def let_off(session: Session, sides: tuple[Bucket, ...]) -> None:
    """The try was right: the account's or browser's bucket is emptied. A network address keeps
    the tries before it, or somebody's own account would wash their guesses at others'.
    """
    first, *rest = sides
    guesses.forgive(session, first)
    for bucket in rest:
        guesses.take_back(session, bucket)
