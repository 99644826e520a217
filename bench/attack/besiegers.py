"""Who sends the requests: one account of every role at North, and everybody who is not signed in.

Accounts are made the way people make them: an administrator's link, a password, a second factor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import update

from bench.attack.canaries import KNOWERS, MARK, SHARED, worker
from pipe_sched.access import LOCAL, NOBODY, Actor, Role
from pipe_sched.actions.account_facts import Facts
from pipe_sched.actions.account_scopes import entering
from pipe_sched.actions.full_sign_in import begin_full
from pipe_sched.actions.make_account import make_account
from pipe_sched.actions.make_link import make_link
from pipe_sched.actions.set_up_second_factor import offer_second_factor, set_up_second_factor
from pipe_sched.actions.sign_in import sign_in
from pipe_sched.actions.sign_out import sign_out
from pipe_sched.actions.use_link import set_password
from pipe_sched.actions.visitor import Visitor
from pipe_sched.actions.who_asks import SignedIn, who_asks
from pipe_sched.identity.second_factor import code_at
from pipe_sched.store.account_tables import Account, SignIn
from pipe_sched.store.engine import Store
from pipe_sched.store.scope import EverySite, Scope

State = Literal["full", "half", "new", "off", "ended", "idle", "over", "forged", "nobody"]
"""How signed in: fully; before the code; before a second factor is set up; the account switched
off; signed out; unused for too long; too old; with a token that nobody gave; not at all.
"""
SCOPE = Scope(EverySite("attack"), "attack", write=True)
EVERYWHERE = ""
BROWSER = Visitor("127.0.0.1", "", "A browser")


@dataclass(frozen=True, slots=True)
class Besieger:
    """Somebody who sends requests, and what they know of themselves.

    `person`: which of the staff; `password`, `secret`: of the account; `link`: an open link to
    set its password; `spent`: one that was used.
    """

    name: str
    state: State
    token: str = ""
    account: str = ""
    email: str = ""
    person: str | None = None
    actor: Actor = NOBODY
    password: str = ""
    secret: str = ""
    link: str = ""
    spent: str = ""

    @property
    def is_in(self) -> bool:
        """Whether they are signed in."""
        return self.state == "full"

    @property
    def own_secrets(self) -> tuple[str, ...]:
        """What must be kept by nobody else: the words by which they come in."""
        return tuple(s for s in (self.token, self.password, self.secret, self.link) if s)


@dataclass(frozen=True, slots=True)
class Held:
    """A role at a site, and whose it is."""

    name: str
    role: Role
    site: str = "north"
    person: str | None = None


ROLES = (
    Held("manager", "manager", person=worker("north", "manager")),
    Held("regime lead", "regime_lead", person=worker("north", "lead")),
    Held("psychologist", "psychologist", person=SHARED),
    Held("key worker", "key_worker", person=worker("north", KNOWERS[0])),
    Held("staff", "staff", person=worker("north", "floor1")),
    Held("regional", "regional"),
    Held("administrator", "administrator", EVERYWHERE),
)
"""Every role, at North alone but for the administrator. The key worker is on a resident's list."""


def besiegers(store: Store) -> tuple[Besieger, ...]:
    """Everybody, each with an account of their own."""
    return (*(_signed_in(store, held) for held in ROLES), *_not_signed_in(store))


def southern(store: Store) -> Besieger:
    """The manager of South, who attacks nobody."""
    return _signed_in(store, Held("of south", "manager", "south", worker("south", "manager")))


def _signed_in(store: Store, held: Held) -> Besieger:
    made = _full(store, _made(store, held))
    with store.open_session(entering(made.account)) as session:  # somewhere else as well
        begin_full(session, made.account, Visitor("127.0.0.1", "", "Another"), datetime.now(UTC))
    return _with_link(store, made)


def _made(store: Store, held: Held) -> Besieger:
    """An account with a password, half signed in."""
    slug = held.name.replace(" ", "-")
    email = f"{MARK['south' if held.site == 'south' else 'north']}-{slug}@mail.example"
    password = f"{slug}-keeps-this-to-themselves"
    grants = frozenset({(held.role, held.site)})
    account = make_account(
        store, LOCAL, email, Facts(f"Account {slug.title()}", grants, held.person)
    )
    link = make_link(store, LOCAL, account).token
    entered = set_password(store, link, password, BROWSER)
    return Besieger(
        held.name, "new", entered.token, account, email, held.person, password=password, spent=link
    )


def _full(store: Store, one: Besieger) -> Besieger:
    """The same with a second factor, fully signed in."""
    signed = signed_in(store, one)
    offer = offer_second_factor(store, signed)
    secret = offer.secret.replace(" ", "")
    code = code_at(secret, datetime.now(UTC))
    done = set_up_second_factor(store, signed, offer.sealed, code, BROWSER)
    if done.entered is None:
        raise ValueError("A first second factor signs in.")
    token = done.entered.token
    return replace(one, state="full", token=token, secret=secret, actor=_actor(store, token))


def signed_in(store: Store, one: Besieger) -> SignedIn:
    """Their sign-in."""
    found = who_asks(store, one.token)
    if found is None:
        raise ValueError(f"{one.name} is not signed in.")
    return found


def _actor(store: Store, token: str) -> Actor:
    found = who_asks(store, token)
    return NOBODY if found is None else found.actor


def _with_link(store: Store, one: Besieger) -> Besieger:
    """The same with a link to set the password anew that they have not used."""
    return replace(one, link=make_link(store, LOCAL, one.account).token)


def _not_signed_in(store: Store) -> Iterator[Besieger]:
    """Managers of North who may not come in, and somebody who is nobody."""
    yield Besieger("nobody", "nobody")
    yield Besieger("forged token", "forged", "x" * 43)
    states: tuple[State, ...] = ("half", "new", "off", "ended", "idle", "over")
    for state in states:
        held = Held(f"manager {state}", "manager", person=worker("north", "manager"))
        made = _made(store, held)
        if state == "new":
            yield made
            continue
        full = _full(store, made)
        yield _left(store, full, state)


def _left(store: Store, full: Besieger, state: State) -> Besieger:
    """Somebody whose sign-in does not count, or not any more."""
    now = datetime.now(UTC)
    with store.open_session(SCOPE) as session:
        mine = update(SignIn).where(SignIn.account == full.account)
        if state == "off":
            session.execute(update(Account).where(Account.id == full.account).values(active=False))
        elif state == "idle":
            session.execute(mine.values(seen_at=now - timedelta(minutes=31)))
        elif state == "over":
            session.execute(mine.values(ends_at=now - timedelta(seconds=1)))
    if state == "ended":
        sign_out(store, signed_in(store, full))
    if state != "half":
        return replace(full, state=state, actor=NOBODY)
    token = sign_in(store, full.email, full.password, BROWSER).token
    return replace(full, state="half", token=token, actor=NOBODY)
