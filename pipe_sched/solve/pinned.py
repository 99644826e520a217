"""The timetable a solve starts from: what is pinned and nothing else.

It shows which musts the pins break by themselves. Those cannot be demanded,
or there would be no answer at all; they are kept as small as possible instead
and reported. With the rest demanded, the pins alone are always an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipe_sched.core.index import Held, Index
from pipe_sched.core.week import ATTENDS, Assignment, Demand, Timetable
from pipe_sched.rules.claims import Claim


def starting_point(
    index: Index, demands: Sequence[Demand], musts: Iterable[Claim]
) -> tuple[Timetable, list[Claim]]:
    """The pins of these demands as a timetable, and the musts they break by themselves."""
    own = {d.id for d in demands}
    pins = tuple(p for p in index.week.pins if p.demand in own)
    known = Timetable(tuple(a for p in pins if (a := _asked_for(index, p)) is not None))
    given, usable = Held(index, Timetable(pins)), Held(index, known)
    return known, [c for c in musts if c.breach(given) or c.breach(usable)]


def _asked_for(index: Index, pin: Assignment) -> Assignment | None:
    """The pin without people and rooms its demand does not list; None when that leaves no room."""
    demand = index.demands[pin.demand]
    parts = set(index.parts(demand))
    rooms = {r.id for r in index.rooms_for(demand)}
    room = pin.room if pin.room in rooms else None
    if (room is None) == demand.needs_room:
        return None
    return replace(
        pin,
        room=room,
        staff=tuple(x for x in pin.staff if (x.person, x.role) in parts),
        attendees=tuple(p for p in pin.attendees if (p, ATTENDS) in parts),
    )
