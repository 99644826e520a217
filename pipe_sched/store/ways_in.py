"""Links to set a password, and recovery codes: each lets its holder in once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from pipe_sched.store.account_tables import Account, RecoveryCode
from pipe_sched.store.account_tables import Link as Link

LASTS = timedelta(hours=72)
KEPT = timedelta(days=30)
"""How long a link that is over stays in the table."""


@dataclass(frozen=True, slots=True)
class NewLink:
    """What a link is made for. `second_factor`: it also lets the second factor be set up anew."""

    hashed: str
    account: str
    by: str
    second_factor: bool


def make_link(session: Session, new: NewLink, now: datetime) -> Link:
    """A new link; older ones of the account stop working."""
    session.execute(delete(Link).where(Link.ends_at < now - KEPT))
    session.execute(delete(Link).where(Link.account == new.account, Link.used_at.is_(None)))
    made = Link(
        id=new.hashed,
        account=new.account,
        made_by=new.by,
        made_at=now,
        ends_at=now + LASTS,
        used_at=None,
        second_factor=new.second_factor,
    )
    session.add(made)
    session.flush()
    return made


def find_link(session: Session, hashed: str, now: datetime) -> tuple[Link, Account] | None:
    """The link with its account, while it can be used."""
    good = (Link.used_at.is_(None), Link.ends_at > now, Account.active)
    query = select(Link, Account).join(Account, Account.id == Link.account)
    row = session.execute(query.where(Link.id == hashed, *good)).first()
    return None if row is None else (row[0], row[1])


def open_links(session: Session, now: datetime) -> dict[str, datetime]:
    """When the link of each account that has one ends."""
    query = select(Link.account, Link.ends_at).where(Link.used_at.is_(None), Link.ends_at > now)
    return {row.account: row.ends_at for row in session.execute(query)}


def forget_links(session: Session, account: str) -> None:
    """Links of the account that were not used stop working."""
    session.execute(delete(Link).where(Link.account == account, Link.used_at.is_(None)))


def put_codes(session: Session, account: str, hashes: Iterable[str]) -> None:
    """These recovery codes take the place of all older ones."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account == account))
    session.add_all(RecoveryCode(account=account, id=h, used_at=None) for h in hashes)
    session.flush()


def use_code(session: Session, account: str, hashed: str, now: datetime) -> bool:
    """Use a recovery code up; False when there is no such code, or it was used."""
    query = select(RecoveryCode).where(RecoveryCode.account == account, RecoveryCode.id == hashed)
    found = session.scalar(query.where(RecoveryCode.used_at.is_(None)))
    if found is None:
        return False
    found.used_at = now
    session.flush()
    return True


def codes_left(session: Session, account: str) -> int:
    """How many recovery codes can still be used."""
    query = select(func.count()).select_from(RecoveryCode)
    mine = query.where(RecoveryCode.account == account, RecoveryCode.used_at.is_(None))
    return session.scalar(mine) or 0
