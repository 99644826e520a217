"""The timetable a solve starts from: what is pinned or frozen, and what was published and stands.

It shows which musts these break by themselves. Those cannot be demanded, or
there would be no answer at all; they are kept as small as possible instead and
reported. With the rest demanded, the starting point is always an answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipe_sched.core.index import Held, Index
from pipe_sched.core.spans import starts_within
from pipe_sched.core.week import ATTENDS, Assignment, Demand, Lead, Timetable
from pipe_sched.rules import decided
from pipe_sched.rules.claims import Claim


def starting_point(
    index: Index, demands: Sequence[Demand], musts: Iterable[Claim]
) -> tuple[Timetable, list[Claim]]:
    """The pins of these demands as a timetable, and the musts they break by themselves.

    Where a must asks for a published session by itself (it is too soon to move it), that
    is taken in too, if it makes fewer musts broken. Then every other published session is
    that makes no must more broken: all that an absence, say, leaves as it was. Cancelled
    sessions are left out.
    """
    musts = list(musts)
    own = {d.id for d in demands}
    growing = _Growing(index, musts)
    for pin in decided.pinned(index):
        if pin.demand in own and (place := _asked_for(index, pin)) is not None:
            growing.places[pin.demand] = place
    told = [a for a in decided.published(index) if a.demand in own and _may_start(index, a)]
    for add in (growing.add_if_fewer_broken, growing.add_if_none_worse):
        for a in told:
            if a.demand not in growing.places and (place := _asked_for(index, a)) is not None:
                add(place)
    start = growing.timetable
    held = Held(index, start)
    return start, [c for c in musts if c.breach(held)]


class _Growing:
    """A timetable that takes in one place after another, each with the musts it touches."""

    def __init__(self, index: Index, musts: Iterable[Claim]) -> None:
        self.index = index
        self.places: dict[str, Assignment] = {}
        self.by_demand: Mapping[str, list[Claim]] = defaultdict(list)
        for claim in musts:
            for d in claim.demands():
                self.by_demand[d].append(claim)

    @property
    def timetable(self) -> Timetable:
        return Timetable(tuple(self.places.values()))

    def add_if_fewer_broken(self, place: Assignment) -> None:
        """Take the place in if fewer musts are broken with it than without."""
        claims, without, within = self._with(place)
        before = sum(c.breach(without) > 0 for c in claims)
        if before and sum(c.breach(within) > 0 for c in claims) < before:
            self.places[place.demand] = place

    def add_if_none_worse(self, place: Assignment) -> None:
        """Take the place in if no must is more broken with it than without."""
        claims, without, within = self._with(place)
        broken = ((c, n) for c in claims if (n := c.breach(within)))
        if all(n <= c.breach(without) for c, n in broken):
            self.places[place.demand] = place

    def _with(self, place: Assignment) -> tuple[list[Claim], Held, Held]:
        """The musts the place touches, and the timetable without and with it."""
        more = Timetable((*self.places.values(), place))
        held = Held(self.index, self.timetable), Held(self.index, more)
        return self.by_demand[place.demand], *held


def _asked_for(index: Index, place: Assignment) -> Assignment | None:
    """The place without rooms and parts its demand does not list; None if no room is left.

    Somebody named twice has the first part only, leading before attending: nobody has two.
    """
    demand = index.demands[place.demand]
    rooms = {r.id for r in index.rooms_for(demand)}
    room = place.room if place.room in rooms else None
    if (room is None) == demand.needs_room:
        return None
    listed = set(index.parts(demand))
    named = [(x.person, x.role) for x in place.staff] + [(p, ATTENDS) for p in place.attendees]
    parts: dict[str, str] = {}
    for person, role in named:
        if (person, role) in listed:
            parts.setdefault(person, role)
    return replace(
        place,
        room=room,
        staff=tuple(Lead(role, p) for p, role in parts.items() if role != ATTENDS),
        attendees=tuple(p for p, role in parts.items() if role == ATTENDS),
    )


def _may_start(index: Index, place: Assignment) -> bool:
    """Whether the planner could put the session there at all: on the grid, when it is due."""
    d = index.demands[place.demand]
    inside = 0 <= place.start < index.clock.length
    return inside and place.start in starts_within(d.windows, d.minutes, index.week.grid)
