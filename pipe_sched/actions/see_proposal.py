"""See what a re-plan would change before it is accepted, premises by premises, by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, no_site, present
from pipe_sched.actions.errors import NotFound
from pipe_sched.actions.judging import Judged
from pipe_sched.actions.names import words_for
from pipe_sched.actions.publication import side_of, version_in_force
from pipe_sched.actions.run_view import tier_views
from pipe_sched.actions.standing import standing, standing_of
from pipe_sched.actions.verdict import Verdict, verdict
from pipe_sched.actions.views import TierView
from pipe_sched.core.clock import Clock
from pipe_sched.core.differing import Side, differences, touched
from pipe_sched.store import drafts, runs, versions, weeks
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.tables import Draft, Run, SiteWeek


@dataclass(frozen=True, slots=True)
class SiteProposal:
    """One site's part of a re-plan. `verdict`: against the current draft as it stands now.

    `says` and `names`: the differences to what is published, and whom they touch; `unheld`
    the sessions due that it does not hold. `version`: the site-week's, for the form.
    """

    site: str
    name: str
    version: int
    verdict: Verdict
    says: tuple[str, ...]
    names: tuple[str, ...]
    unheld: tuple[str, ...]
    held_back: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A re-plan that waits. `tiers`: how good it is; `changes` says how few changes it makes."""

    run: str
    clock: Clock
    sites: tuple[SiteProposal, ...]
    tiers: tuple[TierView, ...]
    changes: str
    asked_at: datetime
    most_changes: int | None


NO_PROPOSAL = "There is no changed timetable that waits to be accepted. Re-plan the week first."


def see_proposal(store: Store, actor: Actor, site: str, clock: Clock) -> Proposal:
    """The newest re-plan of this site's week. Raises `NotFound` when none waits."""
    with store.open_session(allowed(actor, "see_proposal", [site])) as session:
        run = waiting_run(session, site, clock)
        parts = []
        for draft in drafts.drafts_of_run(session, run.id):
            row = weeks.site_week(session, draft.site, clock)
            if row is None:
                raise no_site(draft.site)
            parts.append(_part(session, actor, row, draft))
        return Proposal(
            run.id,
            clock,
            tuple(parts),
            tier_views(run.tiers),
            few_changes(run),
            run.asked_at,
            run.most_changes,
        )


def waiting_run(session: Session, site: str, clock: Clock) -> Run:
    """The newest run of the site-week, if it proposes something that nobody settled yet."""
    run = runs.newest_run(session, site, clock)
    waits = run is not None and run.proposes and run.settled is None
    if run is None or not waits or not drafts.drafts_of_run(session, run.id):
        raise NotFound(NO_PROPOSAL)
    return run


def few_changes(run: Run) -> str:
    """How few the changes are, true to the solver's bound. A change sooner counts more."""
    found = next((t for t in run.tiers if t["tier"] == "changes"), None)
    if found is None:
        return ""
    if found["cost"] == 0:
        return "Nothing that was published is changed."
    if found["bound"] is not None and found["bound"] >= found["cost"]:
        return "Fewer changes are not possible."
    if found["proven"]:
        return "It makes more changes than the fewest possible, to hold more sessions."
    return "Whether fewer changes are possible is not known."


def _part(session: Session, actor: Actor, row: SiteWeek, draft: Draft) -> SiteProposal:
    now = standing(session, row, present(None))
    after = standing_of(session, draft).judged
    before = Judged(after.week, "", "", after.planned, ()) if now is None else now.judged
    labels = words_for(session, actor, row.site, after.week, after.timetable.assignments)
    labels = labels.knowing(before.week, before.timetable.assignments)
    untold = versions.untold(session)
    old = side_of(session, version_in_force(session, row), row.site)
    new = Side.of(after.week, after.timetable, row.site)
    told = differences(old.less(untold), new.less(untold))
    placed = {a.demand for a in after.timetable.assignments} | after.planned.decisions.gone
    return SiteProposal(
        row.site,
        labels.sites[row.site],
        row.version,
        verdict(before, after, row.site, labels),
        tuple(labels.sentence(say) for one in told for say in one.say),
        labels.names(touched(told)),
        tuple(labels.demands[d.id] for d in after.week.demands if d.id not in placed),
        bool(untold.intersection(touched(differences(old, new)))),
    )
