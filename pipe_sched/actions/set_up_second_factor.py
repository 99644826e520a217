"""Set up a second factor: at the first sign-in, after a link that asks for it, or anew.

The secret that a page shows is kept nowhere until a code proves that an app has it: it travels
with the form, encrypted and bound to the sign-in that it was made for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipe_sched.actions.account_scopes import entering
from pipe_sched.actions.door import present
from pipe_sched.actions.errors import BadRequest, NotSignedIn
from pipe_sched.actions.full_sign_in import begin_full
from pipe_sched.actions.give_second_factor import CODES, FACTOR, OVER
from pipe_sched.actions.prove_password import prove_password
from pipe_sched.actions.sign_in import Entered
from pipe_sched.actions.visitor import Visitor
from pipe_sched.actions.who_asks import SignedIn
from pipe_sched.identity.second_factor import (
    Picture,
    new_secret,
    picture,
    seal,
    spaced,
    step_of,
    unseal,
)
from pipe_sched.identity.tokens import hash_code, recovery_codes
from pipe_sched.store import sign_ins, ways_in
from pipe_sched.store.accounts import Account
from pipe_sched.store.engine import Session, Store

WRONG = (
    "This code is not the one that belongs to this picture. Check that the clock of the phone is "
    "right, and give the code that the app shows now."
)
OLD = "This page is too old. Open it again and scan the picture that it shows then."


@dataclass(frozen=True, slots=True)
class NewFactor:
    """What a page shows: the secret as text and picture, and `sealed` for its form."""

    sealed: str
    secret: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The second factor holds. `codes`: recovery codes, told once; `entered`: the full sign-in,
    None when the person was signed in already.
    """

    codes: tuple[str, ...]
    entered: Entered | None


def offer_second_factor(store: Store, signed: SignedIn, sealed: str = "") -> NewFactor:
    """A new secret for this sign-in; or the one of a form that was sent before."""
    key, owner = store.key_for(FACTOR), _owner(signed)
    secret = (unseal(key, sealed, owner) if sealed else None) or new_secret()
    return NewFactor(seal(key, secret, owner), spaced(secret), picture(secret, signed.email))


def _owner(signed: SignedIn) -> str:
    return f"{signed.account} {signed.id}"


def set_up_second_factor(
    store: Store,
    signed: SignedIn,
    sealed: str,
    code: str,
    by: Visitor,
    *,
    password: str = "",
    now: datetime | None = None,
) -> Confirmed:
    """Take the offered secret, once a code proves it; all older recovery codes are over.

    Somebody who is signed in already gives their password too, and stays signed in here alone.

    Raises:
        BadRequest: code, password or page are not right. TooManyTries, TryAgain: of the password.
        NotSignedIn: the sign-in is over, or asks for a code that is set up already.
    """
    moment = present(now)
    secret = unseal(store.key_for(FACTOR), sealed, _owner(signed))
    if secret is None:
        raise BadRequest(OLD)
    step = step_of(secret, code, moment, 0)
    if step is None:
        raise BadRequest(WRONG)
    if signed.full:
        prove_password(store, signed, password, by, moment)
    codes = recovery_codes()
    with store.open_session(entering(signed.account)) as session:
        account = _account(session, signed, moment)
        account.secret = seal(store.key_for(FACTOR), secret, account.id)
        account.step = step
        put_codes(store, session, account.id, codes)
        sign_ins.end(session, account.id, moment, but=signed.id)
        entered = None
        if not signed.full:
            entered = begin_full(session, account.id, by, moment, instead_of=signed.id)
    return Confirmed(codes, entered)


def _account(session: Session, signed: SignedIn, now: datetime) -> Account:
    """The account, if this sign-in may set a second factor up for it."""
    found = sign_ins.find(session, signed.id, now)
    if found is None or (not found[0].full and found[1].secret is not None):
        raise NotSignedIn(OVER)
    return found[1]


def put_codes(store: Store, session: Session, account: str, codes: tuple[str, ...]) -> None:
    """Keep these recovery codes in the place of all older ones."""
    key = store.key_for(CODES)
    ways_in.put_codes(session, account, [hash_code(key, account, code) for code in codes])
