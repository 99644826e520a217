"""Published versions in the database, and the people and rooms that they book.

A version is added and never changed. What it books replaces what the version before booked,
in the same transaction; the database refuses whoever would be booked twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from pipe_sched.core.clock import Clock
from pipe_sched.store.gate import passage, reaches
from pipe_sched.store.tables import Booked, SiteWeek, Untold, Version
from pipe_sched.store.triggers import OVERLAP, TWICE
from pipe_sched.store.weeks import OutOfScope


class BookedTwice(Exception):
    """The database refused a booking that overlaps another."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One person or room taken by one session, in whole minutes UTC since 1970."""

    demand: str
    kind: str
    who: str
    start: int
    finish: int


def add_version(session: Session, version: Version, taken: Iterable[Taken]) -> None:
    """Add a version as the one in force; its site-week points at it and its bookings replace
    those of the version before.

    Raises:
        BookedTwice: somebody or some room of it is booked elsewhere at that time.
    """
    key = (version.site, version.year, version.number)
    session.add(version)
    row = session.get_one(SiteWeek, key)
    row.published = version.version
    row.version += 1
    session.flush()
    book(session, key, taken)


def book(session: Session, key: tuple[str, int, int], taken: Iterable[Taken]) -> None:
    """Let a site-week (site, year, number) book these and nothing else. Raises `BookedTwice`."""
    session.execute(delete(Booked).where(*_of(Booked, key)))
    rows = [
        {
            "site": key[0],
            "year": key[1],
            "number": key[2],
            "demand": t.demand,
            "kind": t.kind,
            "who": t.who,
            "start": t.start,
            "finish": t.finish,
        }
        for t in taken
    ]
    try:
        if rows:
            session.execute(insert(Booked), rows)
    except DatabaseError as error:
        if TWICE in str(error.orig) or OVERLAP in str(error.orig):
            raise BookedTwice from error
        raise


def _of(
    table: type[Booked] | type[Version], key: tuple[str, int, int]
) -> tuple[ColumnElement[bool], ...]:
    site, year, number = key
    return (table.site == site, table.year == year, table.number == number)


def version(session: Session, site: str, clock: Clock, number: int) -> Version | None:
    """One published version; raises `OutOfScope`."""
    if not reaches(session, site):
        raise OutOfScope(site)
    return session.get(Version, (site, clock.year, clock.number, number))


def versions(session: Session, site: str, clock: Clock) -> tuple[Version, ...]:
    """Every published version of a site-week, the newest first."""
    if not reaches(session, site):
        raise OutOfScope(site)
    query = select(Version).where(*_of(Version, (site, clock.year, clock.number)))
    return tuple(session.scalars(query.order_by(Version.version.desc())))


def in_force(session: Session, clock: Clock) -> tuple[Version, ...]:
    """The version in force of every site-week of one ISO week, whatever the scope.

    The other named exit for busy times elsewhere: callers take people and times, nothing else.
    """
    query = (
        select(Version)
        .join(
            SiteWeek,
            (SiteWeek.site == Version.site)
            & (SiteWeek.year == Version.year)
            & (SiteWeek.number == Version.number)
            & (SiteWeek.published == Version.version),
        )
        .where(Version.year == clock.year, Version.number == clock.number)
        .order_by(Version.site)
    )
    with passage(session, "busy_elsewhere"):
        return tuple(session.scalars(query))


def overlapping(session: Session, taken: Taken, site: str, clock: Clock) -> Booked | None:
    """What is booked elsewhere and would be booked twice by this."""
    query = (
        select(Booked)
        .where(
            Booked.kind == taken.kind,
            Booked.who == taken.who,
            Booked.start < taken.finish,
            Booked.finish > taken.start,
            (Booked.site != site) | (Booked.year != clock.year) | (Booked.number != clock.number),
        )
        .limit(1)
    )
    with passage(session, "booked_elsewhere"):
        return session.scalar(query)


def untold(session: Session, site: str | None = None) -> frozenset[str]:
    """The residents (of a site) whose stay has ended without anybody being told yet.

    Without a site of every one, whatever the scope: who goes to a group at other premises is
    held back there too. Callers leave these people out and tell nothing of them.
    """
    query = select(Untold.resident)
    if site is not None:
        return frozenset(session.scalars(query.where(Untold.site == site)))
    with passage(session, "held_back"):
        return frozenset(session.scalars(query))


def shown_otherwise(session: Session) -> tuple[Version, ...]:
    """The versions in force that show something else outside, whatever the scope."""
    query = select(Version).join(
        SiteWeek,
        (SiteWeek.site == Version.site)
        & (SiteWeek.year == Version.year)
        & (SiteWeek.number == Version.number)
        & (SiteWeek.published == Version.version),
    )
    with passage(session, "told"):
        return tuple(session.scalars(query.where(Version.shown.is_not(None))))


def hold_back(session: Session, resident: str, site: str, now: datetime) -> None:
    """Hold back that a stay has ended."""
    if session.get(Untold, (resident, site)) is None:
        session.add(Untold(resident=resident, site=site, since=now))
        session.flush()


def tell(session: Session, resident: str, site: str) -> bool:
    """It may be told that they have left; False when nothing was held back."""
    found = session.get(Untold, (resident, site))
    if found is None:
        return False
    session.delete(found)
    session.flush()
    return True


def unbook(session: Session, person: str, since: int) -> None:
    """Free a person from what they are booked for from a minute (UTC) on."""
    mine = (Booked.kind == "person", Booked.who == person, Booked.start >= since)
    with passage(session, "stay_ended"):
        session.execute(delete(Booked).where(*mine))
