"""Drawing up a week from what is stored, for the actions that need it.

The same plan, drafts elsewhere and instant always give the same text, so that
a run can be told, when it ends, whether its input is still what it was.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import no_site
from pipe_sched.actions.elsewhere import elsewhere
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.names import labels_of
from pipe_sched.actions.reasons import to_stored
from pipe_sched.actions.texts import write_week
from pipe_sched.actions.views import DrawnUpWeek
from pipe_sched.core.clock import Clock
from pipe_sched.core.draw_up import DrawnUp, draw_up
from pipe_sched.core.sound import faults
from pipe_sched.core.week import Demand
from pipe_sched.store import weeks
from pipe_sched.store.engine import Session
from pipe_sched.store.plans import load_plan, names_of, plan_version
from pipe_sched.store.scope import EverySite, Scope

LOOK_AHEAD = 72 * 60
"""Minutes before a week from which on its present counts: changes at shorter notice cost more."""
FEW = 5
"""Most faults of a drawn-up week that are told at once."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn-up week with its text and the text's SHA-256."""

    drawn: DrawnUp
    text: str
    hash: str


def drawing_scope(actor: Actor, *, write: bool) -> Scope:
    """Shared people are busy wherever they are: drawing up looks beyond the actor's sites."""
    return Scope(EverySite("draw_up"), actor.id, write)


def draw(session: Session, clock: Clock, sites: tuple[str, ...], now: datetime) -> Drawing:
    """Draw up, storing nothing. Raises `NotFound`, `BadRequest`."""
    plan = load_plan(session, sites)
    known = {s.id for s in plan.sites}
    for site in sites:
        if site not in known:
            raise no_site(site)
    try:
        busy = elsewhere(session, clock, sites)
        drawn = draw_up(plan, clock, sites, bookings=busy, now=_minute(clock, now))
    except ValueError as error:
        raise BadRequest(str(error)) from None
    unsound = faults(drawn.week)
    if unsound:
        raise BadRequest(
            f"{clock} cannot be drawn up from this data. Put these right first: "
            + " ".join(unsound[:FEW])
        )
    text = write_week(drawn.week)
    return Drawing(drawn, text, hashlib.sha256(text.encode()).hexdigest())


def keep(
    session: Session, clock: Clock, sites: tuple[str, ...], drawing: Drawing, now: datetime
) -> DrawnUpWeek:
    """Store a drawing and say the difference to the last one."""
    difference = weeks.draw_up(
        session,
        sites,
        clock,
        text=drawing.text,
        due=[weeks.Due(d.site, d.id, d.kind, _digest(d)) for d in drawing.drawn.week.demands],
        notes=to_stored(drawing.drawn.notes),
        plan_version=plan_version(session),
        now=now,
    )
    words = labels_of(drawing.drawn.week, names_of(session))
    return DrawnUpWeek(
        clock=clock,
        sites=sites,
        added=difference.added,
        changed=difference.changed,
        withdrawn=difference.withdrawn,
        same=difference.same,
        notes=tuple(words.sentence(note) for note in drawing.drawn.notes),
    )


def _minute(clock: Clock, now: datetime) -> int | None:
    minute = int((now - clock.origin).total_seconds() // 60)
    return None if minute < -LOOK_AHEAD else minute


def _digest(demand: Demand) -> str:
    return hashlib.sha256(repr(demand).encode()).hexdigest()
