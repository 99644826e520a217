"""Drawing up a week from what is stored, for the actions that need it.

The same plan, decisions, drafts elsewhere and instant always give the same text, so
that a run can be told, when it ends, whether its input is still what it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import no_site
from pipe_sched.actions.elsewhere import Answered, elsewhere
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.names import without_ids, words_for
from pipe_sched.actions.planned import planned_now, published_now
from pipe_sched.actions.reasons import to_stored
from pipe_sched.actions.texts import write_week
from pipe_sched.actions.views import DrawnUpWeek
from pipe_sched.core.clock import Clock
from pipe_sched.core.decisions import Planned, decided, people_in
from pipe_sched.core.draw_up import DrawnUp, draw_up
from pipe_sched.core.sound import faults
from pipe_sched.core.week import Demand
from pipe_sched.store import weeks
from pipe_sched.store.engine import Session
from pipe_sched.store.plans import load_plan, plan_version

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


@dataclass(frozen=True, slots=True)
class AsIf:
    """What a drawing takes in place of what is stored.

    `planned`: these sites' own places and decisions; `about_to`: other sites' timetables.
    """

    planned: Mapping[str, Planned] | None = None
    about_to: Mapping[str, Answered] | None = None
    most_changes: int | None = None


STORED = AsIf()


def draw(
    session: Session, clock: Clock, sites: tuple[str, ...], now: datetime, as_if: AsIf = STORED
) -> Drawing:
    """Draw up, storing nothing. Raises `NotFound`, `BadRequest`."""
    plan = load_plan(session, sites)
    known = {s.id for s in plan.sites}
    for site in sites:
        if site not in known:
            raise no_site(site)
    given = as_if.planned or {}
    planned = [given.get(site) or planned_now(session, site, clock) for site in sites]
    published = [a for site in sites for a in published_now(session, site, clock)]
    try:
        drawn = draw_up(
            plan,
            clock,
            sites,
            bookings=elsewhere(session, clock, sites, as_if.about_to),
            pins=tuple(a for p in planned for a in p.pins),
            published=tuple(published),
            now=_minute(clock, now),
            one_offs=tuple(d for p in planned for d in p.decisions.one_offs),
            named=_named(planned),
        )
    except ValueError as error:
        raise BadRequest(without_ids(str(error), plan)) from None
    week = decided(drawn.week, (p.decisions for p in planned))
    drawn = replace(drawn, week=replace(week, most_changes=as_if.most_changes))
    unsound = faults(drawn.week)
    if unsound:
        raise BadRequest(
            f"{clock} cannot be drawn up from this data. Put these right first: "
            + without_ids(" ".join(unsound[:FEW]), plan)
        )
    text = write_week(drawn.week)
    return Drawing(drawn, text, hashlib.sha256(text.encode()).hexdigest())


def _named(planned: Iterable[Planned]) -> frozenset[str]:
    """Everyone whom the places or decisions name, so that the week knows them."""
    found: frozenset[str] = frozenset()
    for p in planned:
        found |= p.decisions.people | people_in(p.timetable.assignments)
    return found


def keep(
    session: Session,
    actor: Actor,
    clock: Clock,
    sites: tuple[str, ...],
    drawing: Drawing,
    now: datetime,
    together: tuple[str, ...] | None = None,
) -> DrawnUpWeek:
    """Store a drawing and say the difference to the last one.

    Each site's week is kept by itself, so that who may see one site never holds another's.
    `together`: the sites that are planned as one from now on; None leaves that as it is.
    """
    alone = len(sites) == 1
    texts = {s: (drawing if alone else draw(session, clock, (s,), now)).text for s in sites}
    difference = weeks.draw_up(
        session,
        sites,
        clock,
        texts=texts,
        due=[weeks.Due(d.site, d.id, d.kind, _digest(d)) for d in drawing.drawn.week.demands],
        notes=to_stored(drawing.drawn.notes),
        plan_version=plan_version(session),
        now=now,
        together=together,
    )
    words = words_for(session, actor, sites[0], drawing.drawn.week)
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
