"""What a worker needs to solve a run: the frozen week, and the drafts to start from."""

from __future__ import annotations

from pipe_sched.access import WORKER
from pipe_sched.actions.door import allowed
from pipe_sched.actions.texts import read_timetable, read_week, write_timetable
from pipe_sched.core.clock import Clock
from pipe_sched.core.sound import misplaced
from pipe_sched.core.week import Assignment, Timetable, Week
from pipe_sched.store import drafts, runs, weeks
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.runs import Claim

COMFORT_SECONDS = 5.0
"""How long a re-plan looks for comfort: once the fewest changes are proven, people wait for it."""


def run_input(store: Store, claim: Claim) -> dict[str, str | float | None]:
    """Texts: `week`, and `hint`: what of the current drafts still fits it (None: nothing).

    `extra_changes`: how many changes more than the fewest may be used to hold more sessions;
    `comfort_seconds`: how long a re-plan may look for comfort (None: as long as there is time).
    """
    with store.open_session(allowed(WORKER, "save_result")) as session:
        text = weeks.week_text(session, claim.week_hash)
        hint = _hint(session, claim, read_week(text))
        run = runs.held(session, claim.run, claim.attempt)
        comfort = COMFORT_SECONDS if run.proposes else None
    return {
        "week": text,
        "hint": write_timetable(hint) if hint.assignments else None,
        "extra_changes": claim.extra_changes,
        "comfort_seconds": comfort,
    }


def _hint(session: Session, claim: Claim, week: Week) -> Timetable:
    clock = Clock(week.year, week.number)
    found: list[Assignment] = []
    for part in runs.run_sites(session, claim.run):
        row = weeks.site_week(session, part.site, clock)
        draft = drafts.draft(session, part.site, clock, row.revision) if row else None
        if draft is not None:
            found += read_timetable(draft.timetable).assignments
    return Timetable(tuple(a for a in found if not misplaced(week, Timetable((a,)))))
