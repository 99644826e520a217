"""Use a link: the person it was made for sets their own password with it, once.

Looking at the link does not use it up, so that programs which open every address in a message do
no harm. Whoever tries addresses by chance is slowed down like all who guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipe_sched.actions.account_scopes import counting, entering
from pipe_sched.actions.door import present
from pipe_sched.actions.errors import BadRequest, NotFound, TooManyTries, TryAgain
from pipe_sched.actions.sign_in import Entered
from pipe_sched.actions.visitor import Visitor, of_address
from pipe_sched.identity.password_rules import faults
from pipe_sched.identity.passwords import Busy, hash_password
from pipe_sched.identity.tokens import hash_token, new_token
from pipe_sched.store import accounts, guesses, sign_ins, ways_in
from pipe_sched.store.accounts import Account
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.ways_in import Link

GONE = "This link was used, is over, or was made wrongly. Ask an administrator for a new one."


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that can be used. `set_up`: a second factor is set up with it."""

    account: str
    email: str
    name: str
    ends_at: datetime
    set_up: bool


def look_at_link(store: Store, token: str, by: Visitor, *, now: datetime | None = None) -> OpenLink:
    """The link of a token. Raises `NotFound`, `TooManyTries`."""
    moment = present(now)
    with store.open_session(counting()) as session:
        bucket = of_address(store, "link", by)
        wait = guesses.charge(session, [bucket], moment)
        found = None if wait else ways_in.find_link(session, hash_token(token), moment)
        if found is not None:
            guesses.take_back(session, bucket)
            link, account = found
            name = accounts.names(session, [account.id]).get(account.id, account.email)
    if wait is not None:
        raise TooManyTries(wait)
    if found is None:
        raise NotFound(GONE)
    set_up = link.second_factor or account.secret is None
    return OpenLink(account.id, account.email, name, link.ends_at, set_up)


def set_password(
    store: Store, token: str, password: str, by: Visitor, *, now: datetime | None = None
) -> Entered:
    """Set the password; the link and every sign-in of the account are over. The second factor is
    asked for next, or set up.

    Raises:
        BadRequest: the password cannot be used. NotFound, TooManyTries: as `look_at_link`.
        TryAgain: too busy.
    """
    moment, link = present(now), look_at_link(store, token, by, now=now)
    hashed = new_hash(password, link.email)
    with store.open_session(entering(link.account)) as session:
        found = ways_in.find_link(session, hash_token(token), moment)
        if found is None:
            raise NotFound(GONE)
        _put(session, *found, hashed, moment)
        fresh = new_token()
        sign_ins.begin(session, hash_token(fresh), link.account, by.browser, moment, full=False)
        return Entered(fresh, link.account, full=False, set_up=found[1].secret is None)


def new_hash(password: str, email: str) -> str:
    """The hash of a password that may be used. Raises `BadRequest`, `TryAgain`."""
    wrong = faults(password, email)
    if wrong:
        raise BadRequest(" ".join(wrong))
    try:
        return hash_password(password)
    except Busy as busy:
        raise TryAgain(str(busy)) from None


def _put(session: Session, link: Link, account: Account, hashed: str, now: datetime) -> None:
    link.used_at = now
    account.password = hashed
    if link.second_factor:
        account.secret = None
        ways_in.put_codes(session, account.id, ())
    sign_ins.end(session, account.id, now)
    sign_ins.forget_devices(session, account.id)
