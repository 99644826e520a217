"""Erasing a person: what names them and what is special about them goes, counts and history stay.

Names stand in one table and everything else holds ids, so nothing that was published, delivered
or put on record is rewritten: it goes on under an id that names nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from pipe_sched.store import accounts
from pipe_sched.store.account_tables import (
    Account,
    Device,
    GrantRow,
    Link,
    RecoveryCode,
    SignIn,
)
from pipe_sched.store.sheets import SHEETS
from pipe_sched.store.tables import Name, PersonSite, PlanState, Untold

PEOPLE = ("resident", "staff", "outside", "crn")
"""Kinds of names that are a person's."""
DETAILS = {
    "kept_apart": ("a", "b"),
    "curfews": ("resident",),
    "commitments": ("person",),
    "safe_to_see": ("resident",),
    "barred": ("resident",),
}
"""Sheets whose rows about a person go with them."""
ERASED = "erased-"
"""Begins what stands where an account's e-mail address was."""
UNSAID: dict[str, Any] = {
    "gender": None,
    "step_free": False,
    "restricted": False,
    "hidden_from": [],
    "seen_by": [],
}
"""What a resident's own row says of nobody."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Rows by table that go with a person; nothing: they are erased already."""

    rows: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(n for _, n in self.rows)


def details(session: Session, person: str) -> Whole:
    """What there is of a person to erase."""
    counts = Counter[str]()
    for entity, condition in _rows_of(session, person):
        found = session.execute(select(entity).where(condition)).all()
        counts[entity.__table__.name] += len(found)
    if _says_something(session, person):
        counts["residents"] += 1
    counts["accounts"] += len(_accounts_of(session, person))
    return Whole(tuple(sorted((name, n) for name, n in counts.items() if n)))


def erase(session: Session, person: str) -> Whole:
    """Erase them; gives back what went. Twice does nothing more."""
    found = details(session, person)
    if not found.count:
        return found
    for entity, condition in list(_rows_of(session, person)):
        session.execute(delete(entity).where(condition))
    residents = SHEETS["residents"].entity
    session.execute(update(residents).where(residents.id == person).values(**UNSAID))
    for account in _accounts_of(session, person):
        erase_account(session, account)
    state = session.get(PlanState, 1)
    if state is not None:
        state.version += 1
    session.flush()
    return found


def _rows_of(session: Session, person: str) -> Iterator[tuple[Any, ColumnElement[bool]]]:
    """Every table with rows of theirs, and which."""
    commitments = SHEETS["commitments"].entity
    theirs = select(commitments.id).where(commitments.person == person)
    named = list(session.scalars(theirs))
    yield Name, (Name.kind == "commitment") & Name.id.in_(named)
    yield Name, Name.kind.in_(PEOPLE) & (Name.id == person)
    for name, columns in DETAILS.items():
        entity = SHEETS[name].entity
        yield entity, or_(*(getattr(entity, column) == person for column in columns))


def _says_something(session: Session, person: str) -> bool:
    entity = SHEETS["residents"].entity
    columns = [getattr(entity, name) for name in UNSAID]
    row = session.execute(select(*columns).where(entity.id == person)).first()
    return row is not None and tuple(row) != tuple(UNSAID.values())


def _accounts_of(session: Session, person: str) -> list[str]:
    query = select(Account.id).where(Account.person == person, ~Account.email.startswith(ERASED))
    return list(session.scalars(query))


def erase_account(session: Session, account: str) -> None:
    """Nobody can sign in with it again, and nothing says whose it was."""
    for table in (GrantRow, RecoveryCode, SignIn, Device, Link):
        session.execute(delete(table).where(table.account == account))
    session.execute(delete(Name).where(Name.kind == "account", Name.id == account))
    values = {"email": f"{ERASED}{account}", "password": None, "secret": None}
    session.execute(
        update(Account).where(Account.id == account).values(**values, active=False, person=None)
    )


def hindrance(session: Session, person: str, today: date) -> str | None:
    """Why a person cannot be erased now: stays, works, held_back, or administers (as the last
    who does); None: they can.
    """
    stays, staff = SHEETS["stays"].entity, SHEETS["staff"].entity
    going_on = or_(stays.leaves.is_(None), stays.leaves >= today)
    if session.execute(select(stays.row).where(stays.resident == person, going_on)).first():
        return "stays"
    working = or_(staff.until.is_(None), staff.until >= today)
    if session.execute(select(staff.row).where(staff.id == person, working)).first():
        return "works"
    if session.execute(select(Untold.site).where(Untold.resident == person)).first():
        return "held_back"
    mine = _accounts_of(session, person)
    if accounts.are_administrators(session, mine):
        return None if accounts.other_administrators(session, *mine) else "administers"
    return None


def departed(session: Session, before: date) -> list[str]:
    """Residents whose last stay ended before that day, and of whom there is something left."""
    stays = SHEETS["stays"].entity
    last: dict[str, date | None] = {}
    for resident, leaves in session.execute(select(stays.resident, stays.leaves)).all():
        known = last.get(resident, date.min)
        last[resident] = None if leaves is None or known is None else max(known, leaves)
    gone = sorted(r for r, left in last.items() if left is not None and left < before)
    return _left(session, gone, before)


def left(session: Session, before: date) -> list[str]:
    """Staff whose last day was before that day, and of whom there is something left."""
    staff = SHEETS["staff"].entity
    query = select(staff.id).where(staff.until < before).order_by(staff.id)
    return _left(session, session.scalars(query).all(), before)


def _left(session: Session, people: Iterable[str], today: date) -> list[str]:
    return [p for p in people if not hindrance(session, p, today) and details(session, p).count]


def sites_of(session: Session, person: str) -> list[str]:
    """The sites that a person belongs or belonged to."""
    query = select(PersonSite.site).where(PersonSite.person == person)
    return list(session.scalars(query))
