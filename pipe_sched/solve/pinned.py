"""The timetable a solve starts from: what is pinned or frozen, and nothing else.

It shows which musts these break by themselves. Those cannot be demanded, or
there would be no answer at all; they are kept as small as possible instead and
reported. With the rest demanded, the starting point is always an answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipe_sched.core.index import Held, Index
from pipe_sched.core.week import ATTENDS, Assignment, Demand, Timetable
from pipe_sched.rules import decided
from pipe_sched.rules.claims import Claim


def starting_point(
    index: Index, demands: Sequence[Demand], musts: Iterable[Claim]
) -> tuple[Timetable, list[Claim]]:
    """The pins of these demands as a timetable, and the musts they break by themselves.

    Where a must asks for a published session by itself (it is too soon to move it), that
    is taken in too, if it makes fewer musts broken. Cancelled sessions are left out.
    """
    musts = list(musts)
    own = {d.id for d in demands}
    pins = [p for p in decided.pinned(index) if p.demand in own]
    places = {a.demand: a for p in pins if (a := _asked_for(index, p)) is not None}
    _add_published(index, own, musts, places)
    start = Timetable(tuple(places.values()))
    held = Held(index, start)
    return start, [c for c in musts if c.breach(held)]


def _add_published(
    index: Index, own: set[str], musts: Sequence[Claim], places: dict[str, Assignment]
) -> None:
    by_demand: Mapping[str, list[Claim]] = defaultdict(list)
    for claim in musts:
        for d in claim.demands():
            by_demand[d].append(claim)
    for published in decided.published(index):
        d = published.demand
        if d not in own or d in places:
            continue
        place = _asked_for(index, published)
        before = _broken(index, by_demand[d], places)
        if place is None or not before:
            continue
        if _broken(index, by_demand[d], places | {d: place}) < before:
            places[d] = place


def _broken(index: Index, claims: Iterable[Claim], places: Mapping[str, Assignment]) -> int:
    held = Held(index, Timetable(tuple(places.values())))
    return sum(c.breach(held) > 0 for c in claims)


def _asked_for(index: Index, place: Assignment) -> Assignment | None:
    """The place without people and rooms its demand does not list; None if no room is left."""
    demand = index.demands[place.demand]
    parts = set(index.parts(demand))
    rooms = {r.id for r in index.rooms_for(demand)}
    room = place.room if place.room in rooms else None
    if (room is None) == demand.needs_room:
        return None
    return replace(
        place,
        room=room,
        staff=tuple(x for x in place.staff if (x.person, x.role) in parts),
        attendees=tuple(p for p in place.attendees if (p, ATTENDS) in parts),
    )
