"""Let data go whose time is over. It does exactly what a look beforehand says (`see_retention`).

Logs go as whole segments whose last seal stays, so that the rest still verifies.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present
from pipe_sched.store import retention
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Store
from pipe_sched.store.retention import Due


@dataclass(frozen=True, slots=True)
class LetGo:
    """What went, by kind. `scrubbed` False: freed pages of the file still hold some of it."""

    kinds: tuple[Due, ...]
    scrubbed: bool


def run_retention(store: Store, actor: Actor, *, now: datetime | None = None) -> LetGo:
    """Let it go, all in one transaction, then write the file anew."""
    scope, moment = allowed(actor, "run_retention", write=True), present(now)
    with store.open_session(scope) as session:
        kinds = retention.run(session, moment)
        record(session, said={"let_go": {one.kind: one.count for one in kinds if one.count}})
    gone = any(one.count for one in kinds)
    return LetGo(kinds, store.scrub() if gone else True)
