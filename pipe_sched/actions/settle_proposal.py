"""Accept or discard a re-plan. Accepted, it becomes the current draft of all its sites at once.

It is accepted only while it still fits: when the data changed, the differences are told and
nothing is stored.
"""

from __future__ import annotations

from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.errors import Conflict, NotAllowed, NotFound
from pipe_sched.actions.names import words_for
from pipe_sched.actions.save_result import differences
from pipe_sched.actions.see_proposal import NO_PROPOSAL
from pipe_sched.actions.texts import read_timetable, read_week
from pipe_sched.core.clock import Clock
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Timetable
from pipe_sched.store import drafts, runs, weeks
from pipe_sched.store.audit import record
from pipe_sched.store.drafts import point_at
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.plans import plan_version
from pipe_sched.store.tables import Run

NOT_WHOLE = (
    "This re-plan covers other premises too. Ask somebody who plans those as well to settle it."
)
NO_LONGER = "This changed timetable no longer fits, so it was not taken over. {0} Re-plan again."


def settle_proposal(
    store: Store, actor: Actor, run_id: str, *, accept: bool, now: datetime | None = None
) -> None:
    """Accept the run's timetable, or discard it. Settling twice the same way changes nothing.

    Raises:
        NotFound: no such run, or it proposes nothing. Conflict: it no longer fits, or it was
        settled the other way.
    """
    allowed(actor, "settle_proposal")
    present(now)
    wanted = "accepted" if accept else "discarded"
    with store.open_session(allowed(actor, "settle_proposal", write=True)) as session:
        run = runs.get_run(session, run_id)
        parts = () if run is None else drafts.drafts_of_run(session, run.id)
        if run is None or not run.proposes or not parts:
            raise NotFound(NO_PROPOSAL)
        if not runs.is_whole(session, run.id):
            raise NotAllowed(NOT_WHOLE)
        if run.settled == wanted:
            return
        if run.settled is not None:
            raise Conflict(f"This changed timetable was {run.settled} already.")
        if accept:
            _accept(session, actor, run)
        run.settled = wanted
        week = Clock(run.year, run.number)
        said = {"settled": wanted}
        record(
            session, sites=[d.site for d in parts], week=week, about=[("run", run.id)], said=said
        )


def _accept(session: Session, actor: Actor, run: Run) -> None:
    found = drafts.drafts_of_run(session, run.id)
    places = tuple(a for d in found for a in read_timetable(d.timetable).assignments)
    relaxed = _broken_already(session, run)
    differs = differences(session, run, Timetable(places), relaxed)
    if differs is not None:
        raise Conflict(NO_LONGER.format(_said(session, actor, run, differs)))
    clock = Clock(run.year, run.number)
    for draft in found:
        row = weeks.site_week(session, draft.site, clock)
        if row is not None:
            point_at(row, draft.revision)
            row.plan_version = plan_version(session)


def _broken_already(session: Session, run: Run) -> frozenset[tuple[str, str]]:
    """Musts that the drafts were saved with broken: what is kept by a person breaks them."""
    found = drafts.drafts_of_run(session, run.id)
    return frozenset(
        (f["rule"], f["key"]) for d in found for f in d.findings or [] if f["level"] == "must"
    )


def _said(session: Session, actor: Actor, run: Run, differs: tuple[Phrase, ...]) -> str:
    week = read_week(weeks.week_text(session, run.week_hash))
    site = drafts.drafts_of_run(session, run.id)[0].site
    labels = words_for(session, actor, site, week)
    return " ".join(labels.sentence(say) for say in differs)
