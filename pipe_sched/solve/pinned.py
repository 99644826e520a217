"""The timetable a solve starts from: what is pinned or frozen, and what was published and stands.

It shows which musts these break by themselves. Those cannot be demanded, or
there would be no answer at all; they are kept as small as possible instead and
reported. With the rest demanded, the starting point is always an answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    told = [a for a in decided.published(index) if a.demand in own]
    for better in (_fewer_broken, _none_worse):
        for a in told:
            if a.demand not in growing.places and (place := _asked_for(index, a)) is not None:
                growing.add(place, better)
    start = growing.timetable
    held = Held(index, start)
    return start, [c for c in musts if c.breach(held)]


Breaches = Sequence[int]


def _fewer_broken(before: Breaches, after: Breaches) -> bool:
    return sum(b > 0 for b in after) < sum(b > 0 for b in before)


def _none_worse(before: Breaches, after: Breaches) -> bool:
    return all(b <= a for a, b in zip(before, after, strict=True))


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

    def add(self, place: Assignment, better: Callable[[Breaches, Breaches], bool]) -> None:
        """Take the place in if the musts are better off with it."""
        claims = self.by_demand[place.demand]
        before = self._breaches(claims)
        self.places[place.demand] = place
        if not better(before, self._breaches(claims)):
            del self.places[place.demand]

    def _breaches(self, claims: Iterable[Claim]) -> Breaches:
        held = Held(self.index, self.timetable)
        return [c.breach(held) for c in claims]


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
