"""A worker played by hand, in this process: it claims a run, solves it and saves what it found."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bench.attack.house import CLOCK, NOW, SITES
from pipe_sched.access import LOCAL
from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.run_input import run_input
from pipe_sched.actions.save_result import Outcome, save_result
from pipe_sched.core.clock import Clock
from pipe_sched.store import runs
from pipe_sched.store.engine import Store
from pipe_sched.store.runs import Claim
from pipe_sched.store.scope import EverySite, Scope

SCOPE = Scope(EverySite("attack"), "attack", write=True)
READING = Scope(EverySite("attack"), "attack")
LEASE = 600.0
SECONDS = 2.0
"""Seconds of a solve by hand; a small week needs a tenth of them."""


def generate(
    store: Store,
    sites: tuple[str, ...] = SITES,
    clock: Clock = CLOCK,
    *,
    seconds: float = SECONDS,
    now: datetime | None = NOW,
) -> str:
    """Press Generate; gives back the run's id."""
    return generate_timetable(store, LOCAL, sites, clock, seconds=seconds, now=now).run.id


def claim(store: Store) -> Claim:
    """Claim the run that waits longest."""
    with store.open_session(SCOPE) as session:
        found = runs.claim(session, "by-hand", datetime.now(UTC), lease=LEASE, attempts=3)
    if found is None:
        raise LookupError("No run waits to be claimed.")
    return found


def solved(store: Store, claimed: Claim) -> Outcome:
    """Solve it as the worker's child does."""
    from pipe_sched.work.task import work  # loads the planner, which most processes never need

    told: dict[str, Any] = {}
    task = {"workers": claimed.workers, "seed": claimed.seed, "seconds": claimed.seconds}
    work({**run_input(store, claimed), **task, "reasons": 1.0}, lambda: False, told.update)
    result = told["result"]
    return Outcome(
        status=result["status"],
        timetable=result["timetable"],
        tiers=tuple(result["tiers"]),
        relaxed=frozenset((rule, key) for rule, key in result["relaxed"]),
        reasons=told.get("reasons", {}),
    )


def plan(
    store: Store,
    sites: tuple[str, ...] = SITES,
    clock: Clock = CLOCK,
    *,
    seconds: float = SECONDS,
    now: datetime | None = NOW,
) -> str:
    """Generate, solve and save in one go; gives back the run's last state."""
    generate(store, sites, clock, seconds=seconds, now=now)
    claimed = claim(store)
    return save_result(store, claimed, solved(store, claimed), now=now)
