"""Site-weeks in the database: the frozen week and the sessions due.

Texts come in and go out as they are: what a week or timetable looks like as
text is not the store's business, only that it is kept whole and found again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipe_sched.core.clock import Clock
from pipe_sched.store.gate import passage, reaches
from pipe_sched.store.tables import DemandRow, FrozenWeek, SiteWeek


class OutOfScope(LookupError):
    """A site that the session was not opened for."""


@dataclass(frozen=True, slots=True)
class Due:
    """One session due as the store keeps it: stable id, kind, digest of what it asks."""

    site: str
    id: str
    kind: str
    digest: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Demand ids against the last drawing up."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    same: int


def site_week(session: Session, site: str, clock: Clock) -> SiteWeek | None:
    """A site-week, or None when it was not drawn up; raises `OutOfScope`."""
    if not reaches(session, site):
        raise OutOfScope(site)
    return session.get(SiteWeek, (site, clock.year, clock.number))


def site_weeks(session: Session, site: str | None = None) -> tuple[SiteWeek, ...]:
    """Every site-week in scope, newest week first."""
    query = select(SiteWeek).order_by(
        SiteWeek.year.desc(), SiteWeek.number.desc(), SiteWeek.site.asc()
    )
    if site is not None:
        query = query.where(SiteWeek.site == site)
    return tuple(session.scalars(query))


def freeze(session: Session, clock: Clock, text: str, now: datetime) -> str:
    """Keep a week's text under its SHA-256, once; gives back the hash."""
    hashed = hashlib.sha256(text.encode()).hexdigest()
    with passage(session, "frozen"):
        if session.get(FrozenWeek, hashed) is None:
            session.add(
                FrozenWeek(
                    hash=hashed, year=clock.year, number=clock.number, text=text, created_at=now
                )
            )
    return hashed


def is_kept(session: Session, hashed: str) -> bool:
    """Whether a frozen week is within reach: older ones may plan other sites too."""
    return session.get(FrozenWeek, hashed) is not None


def week_text(session: Session, hashed: str) -> str:
    """The text of a frozen week; raises `OutOfScope` for one that plans other sites too."""
    found = session.get(FrozenWeek, hashed)
    if found is None:
        raise OutOfScope(hashed)
    return found.text


def draw_up(
    session: Session,
    sites: Iterable[str],
    clock: Clock,
    *,
    texts: Mapping[str, str],
    due: Iterable[Due],
    notes: Iterable[Any],
    plan_version: int,
    now: datetime,
    together: Iterable[str] | None = None,
) -> Difference:
    """Point each site's week at its own frozen week in `texts` and store its sessions due.

    `together`: the sites that are planned as one (None: as they were, at first these sites).
    """
    sites = tuple(sites)
    by_site: dict[str, list[Due]] = {site: [] for site in sites}
    for one in due:
        by_site[one.site].append(one)
    parts = []
    for site, ones in by_site.items():
        hashed = freeze(session, clock, texts[site], now)
        row = site_week(session, site, clock)
        if row is None:
            row = SiteWeek(site=site, year=clock.year, number=clock.number, version=1)
            row.together = list(sites)
            session.add(row)
        if together is not None:
            row.together = list(together)
        row.week_hash, row.plan_version = hashed, plan_version
        row.notes, row.drawn_at = list(notes), now
        session.flush()
        parts.append(_store_due(session, site, clock, ones, now))
    return Difference(
        tuple(i for p in parts for i in p.added),
        tuple(i for p in parts for i in p.changed),
        tuple(i for p in parts for i in p.withdrawn),
        sum(p.same for p in parts),
    )


def _store_due(
    session: Session, site: str, clock: Clock, due: list[Due], now: datetime
) -> Difference:
    there = {row.id: row for row in _demand_rows(session, site, clock)}
    added, changed, same = [], [], 0
    for one in due:
        row = there.pop(one.id, None)
        if row is None:
            row = DemandRow(site=site, year=clock.year, number=clock.number, id=one.id)
            row.first_at, row.withdrawn_at = now, None
            session.add(row)
            added.append(one.id)
        elif row.withdrawn_at is not None:
            added.append(one.id)
        elif row.digest != one.digest:
            changed.append(one.id)
        else:
            same += 1
        row.kind, row.digest, row.withdrawn_at = one.kind, one.digest, None
    gone = [row for row in there.values() if row.withdrawn_at is None]
    for row in gone:
        row.withdrawn_at = now
    session.flush()
    return Difference(tuple(added), tuple(changed), tuple(row.id for row in gone), same)


def _demand_rows(session: Session, site: str, clock: Clock) -> tuple[DemandRow, ...]:
    query = select(DemandRow).where(
        DemandRow.site == site, DemandRow.year == clock.year, DemandRow.number == clock.number
    )
    return tuple(session.scalars(query))


def demand_ids(session: Session, site: str, clock: Clock) -> tuple[str, ...]:
    """Every session that was ever due at the site in the week."""
    return tuple(row.id for row in _demand_rows(session, site, clock))


def demand_count(session: Session, site: str, clock: Clock) -> int:
    """How many sessions are due at the site in the week."""
    return sum(row.withdrawn_at is None for row in _demand_rows(session, site, clock))
