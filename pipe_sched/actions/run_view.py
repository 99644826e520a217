"""A run as people are shown it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from pipe_sched.actions.how_good import how_good
from pipe_sched.actions.reasons import from_stored
from pipe_sched.actions.views import ProgressView, RunState, RunView, TierView
from pipe_sched.core.clock import Clock
from pipe_sched.store import runs
from pipe_sched.store.engine import Session
from pipe_sched.store.tables import Run


def run_view(session: Session, run: Run, now: datetime) -> RunView:
    """The view; a run left behind by a dead worker waits, so it is shown as queued."""
    left_behind = run.state == "running" and run.lease_until is not None and run.lease_until <= now
    return RunView(
        id=run.id,
        sites=tuple(part.site for part in runs.run_sites(session, run.id)),
        clock=Clock(run.year, run.number),
        state=cast(RunState, "queued" if left_behind else run.state),
        seconds=run.seconds,
        stopping=run.cancel and run.state in runs.ACTIVE,
        progress=None if left_behind else _progress(run.progress),
        tiers=tier_views(run.tiers),
        error=run.error,
        differs=from_stored(run.differs),
        proposes=run.proposes,
        settled=run.settled,
        status=run.status,
        attempts=run.attempts,
        asked_by=run.asked_by,
        asked_at=run.asked_at,
        ended_at=run.ended_at,
    )


def tier_views(tiers: Iterable[Mapping[str, Any]]) -> tuple[TierView, ...]:
    """Stored tier results with their sentences."""
    return tuple(
        TierView(
            tier=t["tier"],
            cost=t["cost"],
            bound=t["bound"],
            proven=t["proven"],
            sentence=how_good(t["cost"], t["bound"], t["proven"]),
        )
        for t in tiers
    )


def _progress(stored: Mapping[str, Any] | None) -> ProgressView | None:
    if stored is None:
        return None
    keys = ("seconds", "tier", "cost", "bound", "held")
    return ProgressView(*(stored[key] for key in keys))
