"""How far a run is, in words and per cent, for the page and for its polling."""

from __future__ import annotations

from pipe_sched.actions.views import ProgressView, RunView

DOING = {
    "held": "Finding places for every session due",
    "statutory": "Holding statutory sessions first",
    "changes": "Keeping what was published",
    "comfort": "Improving times, workers and fairness",
    "reasons": "Working out why some sessions do not fit",
}
WAITING = "Waiting for a worker."
STOPPING = "Stopping. The best timetable so far is kept."


def progress_text(run: RunView) -> str:
    """What the run is doing, as a sentence. It changes seldom, since it is read aloud."""
    if run.state == "queued":
        return WAITING
    if run.stopping:
        return STOPPING
    return "Starting." if run.progress is None else _doing(run.progress)


def _doing(last: ProgressView) -> str:
    doing = DOING.get(last.tier, "Looking for a timetable")
    if not last.held:
        return f"{doing}."
    many = "1 session has" if last.held == 1 else f"{last.held} sessions have"
    return f"{doing}. So far {many} a place."


def percent(run: RunView) -> int:
    """How much of the time asked for has gone, 0 to 100."""
    gone = run.progress.seconds if run.progress else 0.0
    return min(100, round(100 * gone / run.seconds)) if run.seconds else 0
