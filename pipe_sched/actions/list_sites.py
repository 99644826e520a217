"""List the sites."""

from __future__ import annotations

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed
from pipe_sched.actions.views import SiteLine
from pipe_sched.store.engine import Store
from pipe_sched.store.plans import load_sites


def list_sites(store: Store, actor: Actor) -> tuple[SiteLine, ...]:
    """The sites this actor may see, in the order of the workbook."""
    with store.open_session(allowed(actor, "list_sites")) as session:
        rows = load_sites(session)
    return tuple(SiteLine(s.id, s.name, s.type, s.women, s.beds) for s in rows)
