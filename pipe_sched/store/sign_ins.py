"""Sign-ins: who is signed in where, kept here and not in the browser, so that they can be ended.

A sign-in lies under the hash of its token. It is good while nobody ended it, its account is
active, it was used in the last half hour, and it is younger than twelve hours. One that waits for
its second factor is good for ten minutes.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from pipe_sched.store.account_tables import Account, Device
from pipe_sched.store.account_tables import SignIn as SignIn

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
HALF = timedelta(minutes=10)
"""How long the second factor is waited for."""
NOTED = timedelta(minutes=1)
"""When it was used last is noted at most this often."""
KEPT = timedelta(days=7)
"""How long an ended sign-in stays in the table."""
DEVICE_KEPT = timedelta(days=180)
BROWSER = 100
"""Letters that are kept of what a browser says of itself."""


def begin(
    session: Session, hashed: str, account: str, browser: str, now: datetime, *, full: bool
) -> SignIn:
    """A new sign-in; what is long over is forgotten."""
    session.execute(delete(SignIn).where(SignIn.ends_at < now - KEPT))
    made = SignIn(
        id=hashed,
        account=account,
        made_at=now,
        seen_at=now,
        ends_at=now + (LONGEST if full else HALF),
        ended_at=None,
        full=full,
        device=browser[:BROWSER],
    )
    session.add(made)
    session.flush()
    return made


def find(session: Session, hashed: str, now: datetime) -> tuple[SignIn, Account] | None:
    """The sign-in with its account, if it is good."""
    good = (SignIn.ended_at.is_(None), SignIn.ends_at > now, SignIn.seen_at > now - IDLE)
    query = select(SignIn, Account).join(Account, Account.id == SignIn.account)
    row = session.execute(query.where(SignIn.id == hashed, Account.active, *good)).first()
    return None if row is None else (row[0], row[1])


def note(session: Session, hashed: str, now: datetime) -> None:
    """It was used now."""
    used = update(SignIn).where(SignIn.id == hashed, SignIn.seen_at < now)
    session.execute(used.values(seen_at=now))


def standing(session: Session, account: str, now: datetime) -> list[SignIn]:
    """The good sign-ins of an account, the newest first."""
    good = (SignIn.ended_at.is_(None), SignIn.ends_at > now, SignIn.seen_at > now - IDLE)
    query = select(SignIn).where(SignIn.account == account, SignIn.full, *good)
    return list(session.scalars(query.order_by(SignIn.made_at.desc(), SignIn.id)))


def count_standing(session: Session, now: datetime) -> dict[str, int]:
    """How many good sign-ins each account has."""
    good = (SignIn.ended_at.is_(None), SignIn.ends_at > now, SignIn.seen_at > now - IDLE)
    found = session.scalars(select(SignIn.account).where(SignIn.full, *good))
    return dict(Counter(found))


def end(session: Session, account: str, now: datetime, *, only: str = "", but: str = "") -> int:
    """End sign-ins of an account: all, `only` one, or all `but` one; gives back how many."""
    there = select(SignIn).where(SignIn.account == account, SignIn.ended_at.is_(None))
    if only:
        there = there.where(SignIn.id == only)
    found = [one for one in session.scalars(there) if one.id != but]
    for one in found:
        one.ended_at = now
    session.flush()
    return len(found)


def knows_device(session: Session, hashed: str, now: datetime) -> bool:
    """Whether this browser signed its account in before."""
    found = select(Device.id).where(Device.id == hashed, Device.seen_at > now - DEVICE_KEPT)
    return session.scalar(found) is not None


def note_device(session: Session, hashed: str, account: str, now: datetime) -> None:
    """This browser signed the account in; browsers not seen for half a year are forgotten."""
    session.execute(delete(Device).where(Device.seen_at < now - DEVICE_KEPT))
    found = session.scalar(select(Device).where(Device.id == hashed))
    if found is None:
        session.add(Device(id=hashed, account=account, seen_at=now))
    else:
        found.seen_at = now
    session.flush()


def forget_devices(session: Session, account: str) -> None:
    """No browser is known to the account any more."""
    session.execute(delete(Device).where(Device.account == account))
