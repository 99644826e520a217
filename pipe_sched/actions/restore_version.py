"""Restore a published version: an exact copy of it becomes the current draft.

The copy has the version's own week, places and decisions, byte for byte. How it stands
against what is true now is shown like that of any draft.
"""

from __future__ import annotations

from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.errors import NotFound
from pipe_sched.actions.overtaken import check_version
from pipe_sched.actions.planned import planned_of
from pipe_sched.actions.reasons import to_stored
from pipe_sched.actions.texts import read_week
from pipe_sched.core import phrase
from pipe_sched.core.clock import Clock
from pipe_sched.core.phrase import Phrase
from pipe_sched.store import drafts, once, versions, weeks
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.tables import Version


def restore_version(
    store: Store,
    actor: Actor,
    site: str,
    clock: Clock,
    number: int,
    *,
    version: int,
    key: str | None = None,
    now: datetime | None = None,
) -> int:
    """Make version `number` the current draft; gives back its revision.

    `version` is the site-week's version that the person saw.

    Raises:
        NotFound: no such site-week or version. Overtaken: it was changed since.
    """
    scope, moment = allowed(actor, "restore_version", [site], write=True), present(now)
    key = once.key_of(key, "restore_version", actor.id, site, str(clock), number, version)
    with store.open_session(scope) as session:
        row = weeks.site_week(session, site, clock)
        found = versions.version(session, site, clock, number)
        if row is None or found is None:
            raise NotFound(f"There is no version {number} of {clock} at “{site}”.")
        answered = once.answer_to(session, key)
        if answered is not None:
            return int(answered["revision"])
        check_version(session, actor, row, version)
        revision = drafts.add_draft(session, _copy(session, found, actor.id), moment)
        once.remember(session, key, {"revision": revision}, moment)
        record(session, sites=[site], week=clock, said={"restored": number, "revision": revision})
        return revision


def _copy(session: Session, found: Version, author: str) -> drafts.NewDraft:
    week = read_week(weeks.week_text(session, found.week_hash))
    words = "Version {0} was restored."
    return drafts.NewDraft(
        site=found.site,
        clock=Clock(found.year, found.number),
        week_hash=found.week_hash,
        timetable=found.timetable,
        author=author,
        cause="restore",
        demands=sum(d.site == found.site for d in week.demands),
        held=len(planned_of(found).timetable.assignments),
        decisions=found.decisions,
        said=to_stored([Phrase(words, (phrase.word(found.version),))]),
    )
