"""Undo and redo: a site's week goes back to the revision before, or forward again.

Revisions are never lost, so that a generated timetable, a bulk change and a single move are
undone alike. Nothing is judged here: the week shows how the revision stands now.
"""

from __future__ import annotations

from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.errors import BadRequest, NotFound
from pipe_sched.actions.overtaken import check_version
from pipe_sched.core.clock import Clock
from pipe_sched.store import drafts, once, weeks
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Store


def step_back(
    store: Store,
    actor: Actor,
    site: str,
    clock: Clock,
    *,
    version: int,
    forward: bool = False,
    key: str | None = None,
    now: datetime | None = None,
) -> int:
    """Go one revision back, or with `forward` undo the last step back; the revision then.

    Raises:
        NotFound: no such site-week. BadRequest: there is nothing to go to. Overtaken.
    """
    scope, moment = allowed(actor, "step_back", [site], write=True), present(now)
    key = once.key_of(key, "step_back", actor.id, site, str(clock), version, forward)
    with store.open_session(scope) as session:
        row = weeks.site_week(session, site, clock)
        if row is None:
            raise NotFound(f"No week {clock} was drawn up for “{site}”. The list shows which are.")
        answered = once.answer_to(session, key)
        if answered is not None:
            return int(answered["revision"])
        check_version(session, actor, row, version)
        step = drafts.redo if forward else drafts.undo
        if not step(session, row):
            raise BadRequest(
                "There is nothing to redo." if forward else "There is nothing to undo."
            )
        once.remember(session, key, {"revision": row.revision}, moment)
        said = {"revision": row.revision, "forward": forward}
        record(session, sites=[site], week=clock, said=said)
        return row.revision
