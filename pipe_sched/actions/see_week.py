"""See a site's week: the timetable, what is wrong with it, what is not held and why.

The current draft is shown against what is true now; an older revision or a published
version as it was judged when it was saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipe_sched.access import Actor, may
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.errors import NotFound
from pipe_sched.actions.judging import Judged
from pipe_sched.actions.names import words_for
from pipe_sched.actions.publication import published_view
from pipe_sched.actions.reading import reading_view
from pipe_sched.actions.reasons import from_stored
from pipe_sched.actions.run_view import run_view, tier_views
from pipe_sched.actions.standing import Standing, as_saved, standing
from pipe_sched.actions.texts import read_week
from pipe_sched.actions.views import CancelledView, Unheld, WeekView
from pipe_sched.actions.worker_alive import alive
from pipe_sched.core.clock import Clock
from pipe_sched.core.decisions import CANCEL_REASONS, Planned
from pipe_sched.core.labels import Labels
from pipe_sched.store import drafts, runs, versions, weeks
from pipe_sched.store.engine import Session, Store, scope_of
from pipe_sched.store.plans import plan_version
from pipe_sched.store.tables import Draft, SiteWeek

DRAWN_UP_BEFORE = (
    "This week was drawn up together with other premises before each was kept by itself. "
    "Draw it up again."
)


def see_week(
    store: Store,
    actor: Actor,
    site: str,
    clock: Clock,
    *,
    revision: int | None = None,
    now: datetime | None = None,
) -> WeekView | None:
    """The site's week with its current draft, or that of `revision`.

    Who may not plan here is shown what is published. None when the week was not drawn up, or
    has no such revision. Raises `NotFound` for a site that this actor may not see.
    """
    scope = allowed(actor, "see_week", [site])
    with store.open_session(scope) as session:
        row = weeks.site_week(session, site, clock)
        if row is None:
            return None
        if not may(actor, "try_change", site):
            return reading_view(session, actor, row, present(now))
        if not row.revision and not weeks.is_kept(session, row.week_hash):
            raise NotFound(DRAWN_UP_BEFORE)
        if revision is None or revision == row.revision:
            moment = present(now)
            return week_view(session, actor, row, standing(session, row, moment), moment)
        draft = drafts.draft(session, site, clock, revision) if revision else None
        if draft is None:
            return None
        saved = Standing(draft, as_saved(session, draft))
        return week_view(session, actor, row, saved, present(now))


@dataclass(frozen=True, slots=True)
class _Said:
    """A draft and its judgement with the words for it."""

    draft: Draft | None
    judged: Judged
    labels: Labels


def week_view(
    session: Session, actor: Actor, row: SiteWeek, now: Standing | None, moment: datetime
) -> WeekView:
    """The actor's view of a site-week with this standing; None: it has no timetable yet."""
    draft = None if now is None else now.draft
    judged = _nothing(session, row) if now is None else now.judged
    places = judged.timetable.assignments
    labels = words_for(session, actor, row.site, judged.week, places)
    said = _Said(draft, judged, labels)
    stored = from_stored(row.notes) if now is None or not now.changed else judged.notes
    run = runs.newest_run(session, row.site, Clock(row.year, row.number))
    return WeekView(
        site=row.site,
        sites=_together(session, row),
        clock=Clock(row.year, row.number),
        week=judged.week,
        timetable=judged.timetable,
        revision=0 if draft is None else draft.revision,
        version=row.version,
        findings=judged.findings,
        prices=judged.prices if draft is not None else {},
        tiers=() if draft is None or (now and now.changed) else tier_views(draft.tiers),
        unheld=() if draft is None else _unheld(said),
        labels=labels,
        notes=tuple(labels.sentence(note) for note in stored),
        run=None if run is None else run_view(session, run, moment),
        worker_alive=alive(runs.last_heartbeat(session), moment),
        out_of_date=_out_of_date(session, row, now),
        author=None if draft is None else draft.author,
        cause=None if draft is None else draft.cause,
        saved_at=None if draft is None else draft.created_at,
        decisions=judged.planned.decisions,
        cancelled=_cancelled(said),
        published=published_view(session, row, judged, labels),
        proposal=_proposal(session, row),
        can_undo=draft is not None and draft.parent > 0 and draft.revision == row.revision,
        can_redo=bool(row.redo),
        untold=versions.untold(session, row.site),
        fault=None if now is None else now.fault,
    )


def _together(session: Session, row: SiteWeek) -> tuple[str, ...]:
    """The sites that are planned as one with this, as far as this person may see them."""
    known = scope_of(session)
    return tuple(s for s in row.together if known.covers(s)) or (row.site,)


def _nothing(session: Session, row: SiteWeek) -> Judged:
    text = weeks.week_text(session, row.week_hash)
    return Judged(read_week(text), text, row.week_hash, Planned(), ())


def _out_of_date(session: Session, row: SiteWeek, now: Standing | None) -> bool:
    return row.plan_version != plan_version(session) if now is None else now.changed


def _proposal(session: Session, row: SiteWeek) -> int:
    """The revision of the newest re-plan, if it waits and was made from the current draft."""
    run = runs.newest_run(session, row.site, Clock(row.year, row.number))
    if run is None or not run.proposes or run.settled is not None:
        return 0
    found = next((d for d in drafts.drafts_of_run(session, run.id) if d.site == row.site), None)
    return 0 if found is None or found.parent != row.revision else found.revision


def _cancelled(said: _Said) -> tuple[CancelledView, ...]:
    return tuple(
        CancelledView(
            c.demand,
            said.labels.demands[c.demand],
            None if c.place is None else c.place.start,
            CANCEL_REASONS.get(c.reason, c.reason),
        )
        for c in said.judged.planned.decisions.cancelled
        if c.demand in said.labels.demands
    )


def _unheld(said: _Said) -> tuple[Unheld, ...]:
    draft, judged = said.draft, said.judged
    placed = {a.demand for a in judged.timetable.assignments} | judged.planned.decisions.gone
    reasons: Mapping[str, Mapping[str, Any]] = {} if draft is None else draft.reasons
    missing = (d for d in judged.week.demands if d.id not in placed)
    found = (_why(d.id, d.site, d.worth, reasons.get(d.id, {}), said.labels) for d in missing)
    return _sorted(found)


def _why(demand: str, site: str, worth: int, stored: Mapping[str, Any], labels: Labels) -> Unheld:
    why = {"say": (), "alone": False, "rivals": (), "proven": False, **stored}
    phrases = from_stored(why["say"])
    return Unheld(
        demand=demand,
        site=site,
        label=labels.demands[demand],
        worth=worth,
        phrases=phrases,
        reasons=tuple(labels.sentence(p) for p in phrases),
        alone=why["alone"],
        rivals=tuple(why["rivals"]),
        proven=why["proven"],
    )


def _sorted(found: Iterable[Unheld]) -> tuple[Unheld, ...]:
    return tuple(sorted(found, key=lambda u: (-u.worth, u.demand)))
