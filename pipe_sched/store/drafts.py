"""Drafts in the database: revisions that are only ever added, and the one that is current.

A site-week points at its current revision. Undo points it at the revision that one was made
from and remembers the way back; a new draft forgets it. A re-plan's answer is a draft too,
but nothing points at it before a person accepts it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipe_sched.core.clock import Clock
from pipe_sched.store.gate import passage, reaches
from pipe_sched.store.tables import Draft, SiteWeek
from pipe_sched.store.weeks import OutOfScope, site_week


@dataclass(frozen=True, slots=True)
class NewDraft:
    """A draft to add; see `tables.Draft`. Its revision is the next of its site-week."""

    site: str
    clock: Clock
    week_hash: str
    timetable: str
    author: str
    cause: str
    demands: int
    held: int
    run: str | None = None
    prices: Mapping[Any, int] = field(default_factory=dict)
    tiers: list[Any] = field(default_factory=list)
    reasons: Mapping[str, Any] = field(default_factory=dict)
    findings: list[Any] | None = None
    decisions: Mapping[str, Any] = field(default_factory=dict)
    said: list[Any] = field(default_factory=list)
    basis: str = ""
    proposed: bool = False


def add_draft(session: Session, new: NewDraft, now: datetime) -> int:
    """Add a draft, as the site-week's current one unless proposed; gives back its revision."""
    row = site_week(session, new.site, new.clock)
    if row is None:
        raise OutOfScope(new.site)
    revision = next_revision(session, new.site, new.clock)
    session.add(
        Draft(
            site=new.site,
            year=new.clock.year,
            number=new.clock.number,
            revision=revision,
            parent=row.revision,
            status="proposed" if new.proposed else "draft",
            week_hash=new.week_hash,
            timetable=new.timetable,
            author=new.author,
            created_at=now,
            cause=new.cause,
            demands=new.demands,
            held=new.held,
            run=new.run,
            prices=dict(new.prices),
            tiers=new.tiers,
            reasons=dict(new.reasons),
            findings=new.findings,
            decisions=dict(new.decisions),
            said=new.said,
            basis=new.basis,
        )
    )
    if not new.proposed:
        point_at(row, revision)
    session.flush()
    return revision


def next_revision(session: Session, site: str, clock: Clock) -> int:
    """The number that the next draft of a site-week gets."""
    revisions = draft_revisions(session, site, clock)
    return (revisions[-1] if revisions else 0) + 1


def point_at(row: SiteWeek, revision: int) -> None:
    """Make a revision the current one; what was undone before is no longer ahead."""
    row.revision, row.redo = revision, []
    row.version += 1


def undo(session: Session, row: SiteWeek) -> bool:
    """Go back to the revision that the current one was made from; False when there is none."""
    current = _current(session, row)
    if current is None or not current.parent:
        return False
    row.redo = [*row.redo, row.revision]
    row.revision = current.parent
    row.version += 1
    session.flush()
    return True


def redo(session: Session, row: SiteWeek) -> bool:
    """Go forward again to what was undone last; False when nothing was."""
    if not row.redo:
        return False
    *rest, revision = row.redo
    row.redo, row.revision = rest, revision
    row.version += 1
    session.flush()
    return True


def _current(session: Session, row: SiteWeek) -> Draft | None:
    return draft(session, row.site, Clock(row.year, row.number), row.revision)


def draft(session: Session, site: str, clock: Clock, revision: int) -> Draft | None:
    """One revision of a site-week's timetable."""
    if not reaches(session, site):
        raise OutOfScope(site)
    return session.scalar(
        select(Draft).where(
            Draft.site == site,
            Draft.year == clock.year,
            Draft.number == clock.number,
            Draft.revision == revision,
        )
    )


def draft_revisions(session: Session, site: str, clock: Clock) -> tuple[int, ...]:
    """The revisions that a site-week has, oldest first, proposed ones too."""
    return tuple(
        session.scalars(
            select(Draft.revision)
            .where(Draft.site == site, Draft.year == clock.year, Draft.number == clock.number)
            .order_by(Draft.revision)
        )
    )


def drafts_of(session: Session, site: str, clock: Clock) -> tuple[Draft, ...]:
    """Every draft of a site-week, oldest first."""
    found = (draft(session, site, clock, r) for r in draft_revisions(session, site, clock))
    return tuple(d for d in found if d is not None)


def drafts_of_run(session: Session, run: str) -> tuple[Draft, ...]:
    """The drafts a run saved, one per site."""
    return tuple(session.scalars(select(Draft).where(Draft.run == run).order_by(Draft.site)))


def current_drafts(session: Session, clock: Clock) -> tuple[Draft, ...]:
    """The current draft of every site-week of one ISO week, whatever the scope.

    A shared worker is in one place at a time wherever that is: this is the named exit for
    busy times elsewhere, and its callers take people and times from it, nothing else.
    """
    query = (
        select(Draft)
        .join(
            SiteWeek,
            (SiteWeek.site == Draft.site)
            & (SiteWeek.year == Draft.year)
            & (SiteWeek.number == Draft.number)
            & (SiteWeek.revision == Draft.revision),
        )
        .where(Draft.year == clock.year, Draft.number == clock.number)
        .order_by(Draft.site)
    )
    with passage(session, "busy_elsewhere"):
        return tuple(session.scalars(query))


def pointers(session: Session, clock: Clock) -> tuple[tuple[str, int, int], ...]:
    """(site, current revision, version in force) of every site-week of one ISO week.

    Whatever the scope, and nothing else of them: what a judgement was made against.
    """
    query = (
        select(SiteWeek.site, SiteWeek.revision, SiteWeek.published)
        .where(SiteWeek.year == clock.year, SiteWeek.number == clock.number)
        .order_by(SiteWeek.site)
    )
    with passage(session, "busy_elsewhere"):
        return tuple((site, draft, version) for site, draft, version in session.execute(query))
