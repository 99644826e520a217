"""See a site's week: the timetable, what is wrong with it, what is not held and why.

A draft is always shown against the frozen week it was made for, with the
sessions of the other sites that were planned with it, because shared people
and the price belong to all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.names import labels_of
from pipe_sched.actions.reasons import findings_from_stored, from_stored
from pipe_sched.actions.run_view import run_view, tier_views
from pipe_sched.actions.texts import read_timetable, read_week, referee
from pipe_sched.actions.views import Unheld, WeekView
from pipe_sched.actions.worker_alive import alive
from pipe_sched.check import Finding, price
from pipe_sched.core.clock import Clock
from pipe_sched.core.labels import Labels
from pipe_sched.core.week import Timetable, Week
from pipe_sched.store import runs, weeks
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.plans import names_of, plan_version
from pipe_sched.store.tables import Draft, SiteWeek


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

    None when the week was not drawn up, or has no such revision. Raises `NotFound` for a
    site that this actor may not see.
    """
    scope = allowed(actor, "see_week", [site])
    with store.open_session(scope) as session:
        row = weeks.site_week(session, site, clock)
        if row is None:
            return None
        wanted = row.revision if revision is None else revision
        draft = weeks.draft(session, site, clock, wanted) if wanted else None
        if draft is None and wanted:
            return None
        return _view(session, row, draft, present(now))


def _view(session: Session, row: SiteWeek, draft: Draft | None, now: datetime) -> WeekView:
    clock = Clock(row.year, row.number)
    text = weeks.week_text(session, row.week_hash if draft is None else draft.week_hash)
    week, names = read_week(text), names_of(session)
    labels = labels_of(week, names)
    parts = () if draft is None else _parts(session, draft, week)
    timetable = _joined(parts)
    findings = _findings(text, parts, timetable) if parts else ()
    run = runs.newest_run(session, row.site, clock)
    return WeekView(
        site=row.site,
        sites=week.plans,
        clock=clock,
        week=week,
        timetable=timetable,
        revision=0 if draft is None else draft.revision,
        version=row.version,
        findings=findings,
        prices=price(findings) if draft is not None else {},
        tiers=() if draft is None else tier_views(draft.tiers),
        unheld=() if draft is None else _unheld(draft, week, timetable, labels),
        labels=labels,
        names=names,
        notes=tuple(labels.sentence(note) for note in from_stored(row.notes)),
        run=None if run is None else run_view(session, run, now),
        worker_alive=alive(runs.last_heartbeat(session), now),
        out_of_date=row.plan_version != plan_version(session),
        author=None if draft is None else draft.author,
        cause=None if draft is None else draft.cause,
        saved_at=None if draft is None else draft.created_at,
        revisions=weeks.draft_revisions(session, row.site, clock),
    )


def _parts(session: Session, draft: Draft, week: Week) -> tuple[Draft, ...]:
    """The draft together with those of the sites planned with it.

    Beside a current draft, another site's current draft counts when it answers the same
    frozen week; beside an older one, and otherwise, the one that the same run saved.
    """
    saved = {d.site: d for d in weeks.drafts_of_run(session, draft.run)} if draft.run else {}
    now = {d.site: d for d in weeks.current_drafts(session, Clock(draft.year, draft.number))}
    if now[draft.site].id == draft.id:
        same = (d for d in now.values() if d.week_hash == draft.week_hash)
        saved |= {d.site: d for d in same if d.site in week.plans}
    saved[draft.site] = draft
    return tuple(saved[site] for site in week.plans if site in saved)


def _joined(parts: Iterable[Draft]) -> Timetable:
    texts = (read_timetable(part.timetable) for part in parts)
    return Timetable(tuple(a for text in texts for a in text.assignments))


def _findings(text: str, parts: tuple[Draft, ...], timetable: Timetable) -> tuple[Finding, ...]:
    """As the run that saved all parts kept them, else worked out again."""
    first = parts[0]
    if first.findings is not None and len({part.run for part in parts}) == 1:
        return findings_from_stored(first.findings)
    return referee(text).findings(timetable)


def _unheld(draft: Draft, week: Week, timetable: Timetable, labels: Labels) -> tuple[Unheld, ...]:
    held = {a.demand for a in timetable.assignments}
    reasons: Mapping[str, Mapping[str, Any]] = draft.reasons
    out = []
    for d in week.demands:
        if d.site != draft.site or d.id in held:
            continue
        why = {"say": (), "alone": False, "rivals": (), "proven": False, **reasons.get(d.id, {})}
        phrases = from_stored(why["say"])
        out.append(
            Unheld(
                demand=d.id,
                site=d.site,
                label=labels.demands[d.id],
                worth=d.worth,
                phrases=phrases,
                reasons=tuple(labels.sentence(p) for p in phrases),
                alone=why["alone"],
                rivals=tuple(why["rivals"]),
                proven=why["proven"],
            )
        )
    return tuple(sorted(out, key=lambda u: (-u.worth, u.demand)))
