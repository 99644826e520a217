"""Accounts: who may sign in, with which roles, called what.

Their names stand where all names stand, under kind `account`. Everything here is reached in a
scope over every site that says why: signing in, or managing accounts.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from pipe_sched.store.account_tables import Account as Account
from pipe_sched.store.account_tables import GrantRow
from pipe_sched.store.tables import Name

KIND = "account"
EVERYWHERE = ""
"""The site of a role that is held at every site."""
ADMINISTRATOR = "administrator"
Held = tuple[str, str]
"""A role and the site where it is held (EVERYWHERE: at every site)."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an account begins with. `person`: which of the staff it is."""

    email: str
    name: str
    person: str | None
    grants: frozenset[Held]


def make(session: Session, new: NewAccount, by: str, now: datetime) -> Account:
    """A new account without a password."""
    made = Account(
        id=secrets.token_hex(8),
        email=new.email,
        person=new.person,
        password=None,
        secret=None,
        step=0,
        active=True,
        version=1,
        made_at=now,
        made_by=by,
    )
    session.add(made)
    session.flush()
    call(session, made.id, new.name)
    grant(session, made.id, new.grants)
    return made


def get(session: Session, id_: str) -> Account | None:
    """The account with this id."""
    return session.scalar(select(Account).where(Account.id == id_))


def by_email(session: Session, email: str) -> Account | None:
    """The account with this email address, as `make` was given it."""
    return session.scalar(select(Account).where(Account.email == email))


def every(session: Session) -> list[Account]:
    """All accounts, by email address."""
    return list(session.scalars(select(Account).order_by(Account.email)))


def note_use(session: Session, id_: str, now: datetime) -> None:
    """Somebody signed in with it: what is not used for long is let go (`retention`)."""
    found = get(session, id_)
    if found is not None:
        found.used_at = now
        session.flush()


def is_empty(session: Session) -> bool:
    """Whether nobody has an account yet."""
    return session.scalar(select(Account.id).limit(1)) is None


def call(session: Session, id_: str, name: str) -> None:
    """Give the account this name."""
    found = session.get(Name, (KIND, id_))
    if found is None:
        session.add(Name(kind=KIND, id=id_, name=name))
    else:
        found.name = name
    session.flush()


def names(session: Session, ids: Iterable[str] | None = None) -> dict[str, str]:
    """Names of accounts by id: of these, or of all."""
    query = select(Name.id, Name.name).where(Name.kind == KIND)
    if ids is not None:
        query = query.where(Name.id.in_(list(ids)))
    return {row.id: row.name for row in session.execute(query)}


def grant(session: Session, id_: str, held: Iterable[Held]) -> None:
    """Make these the roles that the account holds."""
    session.execute(delete(GrantRow).where(GrantRow.account == id_))
    session.add_all(GrantRow(account=id_, role=role, site=site) for role, site in sorted(held))
    session.flush()


def grants(session: Session, id_: str) -> frozenset[Held]:
    """The roles that the account holds."""
    rows = session.execute(select(GrantRow.role, GrantRow.site).where(GrantRow.account == id_))
    return frozenset((role, site) for role, site in rows)


def all_grants(session: Session) -> dict[str, frozenset[Held]]:
    """The roles of every account."""
    found: dict[str, set[Held]] = {}
    for row in session.scalars(select(GrantRow)):
        found.setdefault(row.account, set()).add((row.role, row.site))
    return {id_: frozenset(held) for id_, held in found.items()}


def other_administrators(session: Session, *ids: str) -> int:
    """How many active administrators there are beside these accounts."""
    held = select(GrantRow.account).where(GrantRow.role == ADMINISTRATOR)
    query = select(func.count()).select_from(Account)
    beside = query.where(Account.active, Account.id.not_in(ids), Account.id.in_(held))
    return session.scalar(beside) or 0


def are_administrators(session: Session, ids: Iterable[str]) -> bool:
    """Whether one of these accounts is an active administrator's."""
    held = select(GrantRow.account).where(GrantRow.role == ADMINISTRATOR)
    query = select(Account.id).where(
        Account.active, Account.id.in_(list(ids)), Account.id.in_(held)
    )
    return session.scalar(query.limit(1)) is not None
