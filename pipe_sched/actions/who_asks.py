"""Who asks: from the token of a browser's cookie to an actor.

Everything is read from the database each time, so that a role taken away, an account switched
off or a sign-in ended is felt with the very next request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipe_sched.access import NOBODY, ROLES, Actor, Grant
from pipe_sched.actions.account_scopes import counting, looking_up
from pipe_sched.actions.door import present
from pipe_sched.identity.tokens import hash_token
from pipe_sched.store import accounts, sign_ins
from pipe_sched.store.engine import Store


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A good sign-in. `id`: under which it is kept; `name` and `email`: the person's own.

    While it is not `full` its actor is nobody. `set_up`: there is no second factor yet.
    """

    id: str
    account: str
    full: bool
    set_up: bool
    actor: Actor
    name: str
    email: str


def who_asks(
    store: Store, token: str, *, active: bool = True, now: datetime | None = None
) -> SignedIn | None:
    """The sign-in of a token; None when there is none, or it is over.

    `active` False: a page asks by itself, which does not keep a sign-in alive.
    """
    if not token:
        return None
    moment, hashed = present(now), hash_token(token)
    with store.open_session(looking_up()) as session:
        row = sign_ins.find(session, hashed, moment)
        if row is None:
            return None
        sign_in, account = row
        held = accounts.grants(session, account.id)
        name = accounts.names(session, [account.id]).get(account.id, account.email)
    if active and moment - sign_in.seen_at >= sign_ins.NOTED:
        with store.open_session(counting()) as session:
            sign_ins.note(session, hashed, moment)
    actor = Actor(account.id, _grants(held), account.person) if sign_in.full else NOBODY
    set_up = account.secret is None
    return SignedIn(hashed, account.id, sign_in.full, set_up, actor, name, account.email)


def _grants(held: frozenset[accounts.Held]) -> frozenset[Grant]:
    """Roles of the database as `access` knows them; an unknown one allows nothing."""
    return frozenset(
        Grant(role, None if site == accounts.EVERYWHERE else site)
        for role, site in held
        if role in ROLES
    )
