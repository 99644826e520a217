"""Save what a run solved: checked again, only if nothing changed meanwhile, or not at all.

The referee reads the solver's timetable as it would read anybody's. A broken must
in it is a fault of the program and is refused loudly. One transaction adds a
draft per site and ends the run, so that nothing is ever half saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pipe_sched.access import WORKER
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.drawing import draw
from pipe_sched.actions.errors import Refusal
from pipe_sched.actions.reasons import findings_to_stored
from pipe_sched.actions.texts import read_timetable, referee, write_timetable
from pipe_sched.check import Finding, broken, price
from pipe_sched.core.clock import Clock
from pipe_sched.core.week import Timetable, Week
from pipe_sched.rules.book import book
from pipe_sched.store import runs, weeks
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.runs import Claim
from pipe_sched.store.tables import Run

CHANGED = (
    "The week was changed while its timetable was being worked out, so it was not saved. "
    "Press Generate to plan it as it is now."
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
        run.status, run.tiers = outcome.status, [dict(t) for t in outcome.tiers]
        wrong = _wrong(outcome, judged, findings)
        if wrong is not None:
            state = "stopped" if outcome.stopped and judged is None else "failed"
            runs.end(session, run, state, moment, error=wrong)
        elif _changed(session, run):
            runs.end(session, run, "refused", moment, error=CHANGED)
        else:
            _add_drafts(session, run, outcome, judged, findings, moment)
            runs.end(session, run, "stopped" if outcome.stopped else "done", moment)
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


def _changed(session: Session, run: Run) -> bool:
    clock, parts = Clock(run.year, run.number), runs.run_sites(session, run.id)
    for part in parts:
        row = weeks.site_week(session, part.site, clock)
        if row is None or row.revision != part.revision:
            return True
    try:
        drawing = draw(session, clock, tuple(p.site for p in parts), run.asked_at)
    except Refusal:
        return True
    return drawing.hash != run.week_hash


def _add_drafts(
    session: Session,
    run: Run,
    outcome: Outcome,
    judged: tuple[Week, Timetable] | None,
    findings: tuple[Finding, ...],
    now: datetime,
) -> None:
    if judged is None:
        raise ValueError("There is no answer to save.")
    week, timetable = judged
    site_of = {d.id: d.site for d in week.demands}
    prices, kept = price(findings), findings_to_stored(findings)
    for part in runs.run_sites(session, run.id):
        own = tuple(a for a in timetable.assignments if site_of[a.demand] == part.site)
        new = weeks.NewDraft(
            site=part.site,
            clock=Clock(run.year, run.number),
            week_hash=run.week_hash,
            timetable=write_timetable(Timetable(own)),
            author=run.asked_by,
            cause="generate",
            demands=sum(site == part.site for site in site_of.values()),
            held=len(own),
            run=run.id,
            prices=prices,
            tiers=[dict(t) for t in outcome.tiers],
            findings=kept,
            reasons={d: r for d, r in outcome.reasons.items() if site_of.get(d) == part.site},
        )
        weeks.add_draft(session, new, now)
