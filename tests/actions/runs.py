"""A worker played by hand: claims a run and answers it with a given timetable."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pipe_sched.access import LOCAL
from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.save_result import Outcome, save_result
from pipe_sched.core.clock import Clock
from pipe_sched.core.week import Assignment
from pipe_sched.formats.week_json import timetable_to_json
from pipe_sched.store import runs
from pipe_sched.store.engine import Store
from pipe_sched.store.runs import Claim
from pipe_sched.store.scope import EverySite, Scope
from tests.actions.builders import BOTH, CLOCK, NOW, timetable

WORKER_SCOPE = Scope(EverySite("worker"), "worker", write=True)
HELD = {"tier": "held", "cost": 0, "bound": 0, "proven": True}


def generate(store: Store, *sites: str, clock: Clock = CLOCK, now: datetime = NOW) -> str:
    """Press Generate; gives back the run's id."""
    return generate_timetable(store, LOCAL, sites or BOTH, clock, now=now).run.id


def claim(store: Store, now: datetime = NOW) -> Claim:
    """Claim the oldest run."""
    with store.open_session(WORKER_SCOPE) as session:
        found = runs.claim(session, "by-hand", now, lease=30, attempts=3)
    assert found is not None
    return found


def answer(store: Store, claimed: Claim, *places: Assignment, **more: Any) -> str:
    """Save these places as the run's answer; gives back the run's last state."""
    text = timetable_to_json(timetable(*places))
    given = {"status": "optimal", "timetable": text, "tiers": (HELD,), **more}
    return save_result(store, claimed, Outcome(**given), now=NOW)


def planned(store: Store, *places: Assignment, sites: tuple[str, ...] = BOTH, **more: Any) -> str:
    """Generate, claim and answer in one go; gives back the run's last state."""
    generate(store, *sites)
    return answer(store, claim(store), *places, **more)
