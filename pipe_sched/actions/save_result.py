"""Save what a run solved: checked again, only if nothing changed meanwhile, or not at all.

The referee reads the solver's timetable as it would read anybody's. A broken must
in it is a fault of the program and is refused loudly. Sites are planned together but
saved apart: each draft is judged in its own site's week, with the others as busy times.
One transaction adds a draft per site and ends the run, so that nothing is half saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pipe_sched.access import WORKER
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.drafting import Cause, new_draft, save_draft
from pipe_sched.actions.drawing import AsIf, draw
from pipe_sched.actions.elsewhere import Answered
from pipe_sched.actions.errors import Refusal
from pipe_sched.actions.judging import Judged, judge
from pipe_sched.actions.planned import planned_now
from pipe_sched.actions.reasons import to_stored
from pipe_sched.actions.texts import read_timetable, read_week, referee
from pipe_sched.check import Finding, broken
from pipe_sched.core.clock import Clock
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.since import changed_since
from pipe_sched.core.week import Timetable, Week
from pipe_sched.rules.book import book
from pipe_sched.store import drafts, runs, weeks
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.runs import Claim
from pipe_sched.store.tables import Run

CHANGED = (
    "The week was changed while its timetable was being worked out, so it was not saved. "
    "Press Generate to plan it as it is now."
)
LOST = (
    "The planner’s answer does not fit each premises by itself, so nothing was saved. "
    "This is a fault in the program, please report it with the run's number."
)
BROKEN = (
    "The planner's answer breaks a must ({0}), so nothing was saved. "
    "This is a fault in the program, please report it with the run's number."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a solve ended. `timetable` is text, None without an answer; `error` a sentence.

    `relaxed`: (rule, key) of musts that the pinned sessions break by themselves. `reasons`
    by demand: `say` (stored phrases), `alone`, `rivals`, `proven`. `stopped`: a person
    asked to stop.
    """

    status: str
    timetable: str | None = None
    tiers: tuple[Mapping[str, Any], ...] = ()
    relaxed: frozenset[tuple[str, str]] = frozenset()
    reasons: Mapping[str, Any] = field(default_factory=dict)
    stopped: bool = False
    error: str | None = None


def save_result(
    store: Store, claim: Claim, outcome: Outcome, *, now: datetime | None = None
) -> str:
    """Save the drafts and end the run; gives back the run's last state.

    Raises:
        LostLease: the run is no longer this worker's; nothing is written.
    """
    scope, moment = allowed(WORKER, "save_result", write=True), present(now)
    judged, findings = _judge(store, claim, outcome)
    with store.open_session(scope) as session:
        run = runs.held(session, claim.run, claim.attempt)
        where = [part.site for part in runs.run_sites(session, run.id)]
        record(session, sites=where, week=Clock(run.year, run.number), about=[("run", run.id)])
        run.status, run.tiers = outcome.status, [dict(t) for t in outcome.tiers]
        wrong = _wrong(outcome, judged, findings)
        if wrong is not None or judged is None:
            state = "stopped" if outcome.stopped and judged is None else "failed"
            runs.end(session, run, state, moment, error=wrong)
            return run.state
        differs = differences(session, run, judged[1], outcome.relaxed)
        if differs is not None:
            run.differs = to_stored(differs)
            runs.end(session, run, "refused", moment, error=CHANGED)
        elif _add_drafts(session, run, outcome, *judged, moment):
            runs.end(session, run, "stopped" if outcome.stopped else "done", moment)
        else:
            runs.end(session, run, "failed", moment, error=LOST)
        return run.state


def _judge(
    store: Store, claim: Claim, outcome: Outcome
) -> tuple[tuple[Week, Timetable] | None, tuple[Finding, ...]]:
    """The answer with its findings, worked out before the transaction because it takes a while."""
    if outcome.timetable is None:
        return None, ()
    with store.open_session(allowed(WORKER, "save_result")) as session:
        text = weeks.week_text(session, claim.week_hash)
    judge = referee(text)
    timetable = read_timetable(outcome.timetable, judge.week)
    return (judge.week, timetable), judge.findings(timetable)


def _wrong(
    outcome: Outcome,
    judged: tuple[Week, Timetable] | None,
    findings: tuple[Finding, ...],
) -> str | None:
    if judged is None:
        stopped = runs.STOPPED_EARLY if outcome.stopped else None
        return stopped or outcome.error or "The planner gave no answer. Press Generate again."
    bad = [f for f in broken(findings) if (f.rule, f.key) not in outcome.relaxed]
    if bad:
        return BROKEN.format(", ".join(sorted({_title(f.rule) for f in bad})))
    return None


def _title(rule: str) -> str:
    known = book().get(rule)
    return f"“{known.title}”" if known is not None else rule.replace("_", " ")


NO_WEEK = Phrase("No week can be made of the data as they are now. The week's page says why.")
"""Why exactly is not kept: such a sentence may name somebody, and what is stored never does."""


def differences(
    session: Session,
    run: Run,
    timetable: Timetable,
    relaxed: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[Phrase, ...] | None:
    """What changed since the run was asked for; None when its timetable still fits.

    It fits when nothing changed but what people do elsewhere, and none of that is in its way:
    so one site may publish while another is planned.
    """
    clock, parts = Clock(run.year, run.number), runs.run_sites(session, run.id)
    rows = [weeks.site_week(session, part.site, clock) for part in parts]
    if any(r is None or r.revision != p.revision for r, p in zip(rows, parts, strict=True)):
        return (Phrase("The draft was changed by hand."),)
    old = read_week(weeks.week_text(session, run.week_hash))
    try:
        as_if = AsIf(most_changes=run.most_changes)
        drawing = draw(session, clock, tuple(p.site for p in parts), run.asked_at, as_if)
    except Refusal:
        return (NO_WEEK,)
    if drawing.hash == run.week_hash:
        return None
    new = drawing.drawn.week
    if replace(new, bookings=old.bookings) == old:
        found = broken(referee(drawing.text, new).findings(timetable))
        if all((f.rule, f.key) in relaxed for f in found):
            return None
    return changed_since(old, new) or (Phrase("The data changed."),)


def _add_drafts(
    session: Session,
    run: Run,
    outcome: Outcome,
    week: Week,
    timetable: Timetable,
    now: datetime,
) -> bool:
    """Add each site's draft; False, and nothing added, when a site's own week would lose
    somebody of the answer.
    """
    clock = Clock(run.year, run.number)
    cause = Cause(
        run.asked_by,
        "replan" if run.proposes else "generate",
        run=run.id,
        tiers=outcome.tiers,
        reasons=outcome.reasons,
        proposed=run.proposes,
        ahead={site: drafts.next_revision(session, site, clock) for site in week.plans},
    )
    judged = {site: _apart(session, run, site, week, timetable) for site in week.plans}
    kept = {a for one in judged.values() for a in one.timetable.assignments}
    if kept != set(timetable.assignments):
        return False
    for site, one in judged.items():
        save_draft(session, new_draft(session, site, one, cause), now)
    return True


def _apart(session: Session, run: Run, site: str, week: Week, timetable: Timetable) -> Judged:
    """One site's part of the answer, judged in its own week."""
    clock = Clock(run.year, run.number)
    site_of = {d.id: d.site for d in week.demands}
    own = tuple(a for a in timetable.assignments if site_of[a.demand] == site)
    planned = replace(planned_now(session, site, clock), timetable=Timetable(own))
    others = {s: Answered(week, timetable) for s in week.plans if s != site}
    return judge(
        draw(session, clock, (site,), run.asked_at, AsIf({site: planned}, others)), planned
    )
