"""What a site's week holds now: its current draft's places and decisions, and what is published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from pipe_sched.actions.texts import read_timetable
from pipe_sched.core.clock import Clock
from pipe_sched.core.decisions import Planned
from pipe_sched.core.week import Assignment
from pipe_sched.formats.decisions_json import decisions_from_json
from pipe_sched.store import drafts, versions, weeks
from pipe_sched.store.engine import Session
from pipe_sched.store.plans import plan_version
from pipe_sched.store.tables import Draft, Version

NEAR = (-1, 0, 1)
"""The weeks whose sessions matter to a week: the one before, itself, the one after."""


def planned_of(found: Draft | Version) -> Planned:
    """The places and decisions of one revision or version."""
    return Planned(read_timetable(found.timetable), decisions_from_json(found.decisions))


def planned_now(session: Session, site: str, clock: Clock) -> Planned:
    """Those of the current draft; nothing before the first."""
    row = weeks.site_week(session, site, clock)
    draft = drafts.draft(session, site, clock, row.revision) if row and row.revision else None
    return Planned() if draft is None else planned_of(draft)


def published_now(session: Session, site: str, clock: Clock) -> tuple[Assignment, ...]:
    """The places of the version in force; none before the first."""
    row = weeks.site_week(session, site, clock)
    if row is None or not row.published:
        return ()
    found = versions.version(session, site, clock, row.published)
    return () if found is None else read_timetable(found.timetable).assignments


def basis(session: Session, site: str, clock: Clock, ahead: Mapping[str, int] | None = None) -> str:
    """What a judgement of this site's week depends on beside its own draft, as a short hash.

    While it is the same, what the referee found still holds: the plan's version, what is
    published here, and which drafts and versions are current elsewhere and next to the week.
    `ahead`: revisions that are about to become current at other sites of the same week.
    """
    new = ahead or {}
    near = {str(c): drafts.pointers(session, c) for c in map(clock.neighbour, NEAR)}
    own = next((p for s, _, p in near[str(clock)] if s == site), 0)
    near[str(clock)] = tuple(
        (s, new.get(s, revision), published)
        for s, revision, published in near[str(clock)]
        if s != site
    )
    told = json.dumps([plan_version(session), own, near], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:32]
