"""Making a draft of a judged week, for every action that adds a revision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pipe_sched.actions.judging import Judged
from pipe_sched.actions.planned import basis
from pipe_sched.actions.reasons import findings_to_stored, to_stored
from pipe_sched.actions.texts import write_timetable
from pipe_sched.core.clock import Clock
from pipe_sched.core.phrase import Phrase
from pipe_sched.formats.decisions_json import decisions_to_json
from pipe_sched.store import drafts, weeks
from pipe_sched.store.drafts import NewDraft
from pipe_sched.store.engine import Session
from pipe_sched.store.plans import plan_version


@dataclass(frozen=True, slots=True)
class Cause:
    """Who made a draft and how: generate, replan, change, stay_ended, restore.

    `said`: what it changed, for the list of drafts. The rest comes from a run; `ahead` are
    the revisions that it makes at all its sites.
    """

    author: str
    cause: str
    said: tuple[Phrase, ...] = ()
    run: str | None = None
    tiers: Iterable[Mapping[str, Any]] = ()
    reasons: Mapping[str, Any] = field(default_factory=dict)
    proposed: bool = False
    ahead: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drafting:
    """A draft about to be saved, and the text of its week."""

    new: NewDraft
    text: str


def new_draft(session: Session, site: str, judged: Judged, cause: Cause) -> Drafting:
    """The draft of one site's judged week."""
    week = judged.week
    clock = Clock(week.year, week.number)
    due = {d.id for d in week.demands if d.site == site}
    new = NewDraft(
        site=site,
        clock=clock,
        week_hash=judged.hash,
        timetable=write_timetable(judged.timetable),
        author=cause.author,
        cause=cause.cause,
        demands=len(due),
        held=len(judged.timetable.assignments),
        run=cause.run,
        prices=judged.prices,
        tiers=[dict(t) for t in cause.tiers],
        findings=findings_to_stored(judged.findings),
        reasons={d: r for d, r in cause.reasons.items() if d in due},
        decisions=decisions_to_json(judged.planned.decisions),
        said=to_stored(cause.said),
        basis=basis(session, site, clock, cause.ahead),
        proposed=cause.proposed,
    )
    return Drafting(new, judged.text)


def save_draft(session: Session, drafting: Drafting, now: datetime) -> int:
    """Keep the week's text and add the draft; gives back its revision."""
    new = drafting.new
    weeks.freeze(session, new.clock, drafting.text, now)
    revision = drafts.add_draft(session, new, now)
    row = weeks.site_week(session, new.site, new.clock)
    if row is not None and not new.proposed:
        row.plan_version = plan_version(session)
    return revision
