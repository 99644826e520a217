"""The sheet for the wall: a week's group sessions, with initials for names.

What hangs on a wall is read by everybody, so one-to-ones, reviews, move-on and
whatever supports staff stay off it, and no title on it can hold a name.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from pipe_sched.actions.see_versions import see_published
from pipe_sched.core.index import Held, Index
from pipe_sched.core.initials import initials
from pipe_sched.core.labels import Labels
from pipe_sched.core.phrase import Ref
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Demand
from pipe_sched.web.grid import Card, card, sessions
from pipe_sched.web.needs import actor, needs, store
from pipe_sched.web.words import clock_of

pages = Blueprint("wall", __name__)
PARTS = (("Morning", 0, 12), ("Afternoon", 12, 17), ("Evening", 17, 24))
"""Parts of a day by the wall-clock hour at which a session starts."""
NEVER = frozenset({"move_on", "supervision", "group_supervision"})


@dataclass(frozen=True, slots=True)
class WallRow:
    """One part of the day, with its sessions on each of the seven dates."""

    title: str
    days: tuple[tuple[Card, ...], ...]


@pages.get("/sites/<site>/<week>/wall")
@needs("export_week")
def show(site: str, week: str) -> str:
    """The sheet of what is published: group sessions only, initials only."""
    found = see_published(store(), actor(), site, clock_of(week))
    held = Held(Index(found.week), found.timetable)
    return render_template(
        "wall/show.html",
        found=found,
        clock=clock_of(week),
        site=site,
        days=[found.labels.text(Ref("day", str(d.start))) for d in held.index.days],
        rows=rows(held, found.labels, site),
        initials=initials,
        site_name=found.labels.text(Ref("site", site)),
        no_worker=False,
    )


def public(demand: Demand) -> bool:
    """Whether a session may be on the wall: a group's, and nothing that names or concerns one."""
    private = demand.one_to_one or demand.support or demand.confidential
    alone = len(demand.attendees) == 1 or len(demand.required) == 1
    return not (private or alone or demand.kind in NEVER)


def rows(held: Held, labels: Labels, site: str) -> list[WallRow]:
    """The sheet's rows; a part of the day without any session is left out."""
    found = [
        WallRow(
            title, tuple(_cards(held, labels, site, day, first, last) for day in held.index.days)
        )
        for title, first, last in PARTS
    ]
    return [row for row in found if any(row.days)]


def _cards(
    held: Held, labels: Labels, site: str, day: Span, first: int, last: int
) -> tuple[Card, ...]:
    local = held.index.clock.local
    return tuple(
        card(held, labels, a)
        for a in sessions(held, site, day)
        if public(held.index.demands[a.demand]) and first <= local(a.start).hour < last
    )
