"""Other places for one session, with everybody and everything else left as it is.

Starts and rooms are tried one by one by the referee, on the claims that touch the session,
so that what is offered here breaks no rule when it is chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.standing import standing
from pipe_sched.actions.texts import referee
from pipe_sched.check import Referee
from pipe_sched.core.clock import Clock
from pipe_sched.core.index import Held
from pipe_sched.core.week import Assignment, Demand, Timetable
from pipe_sched.store import weeks
from pipe_sched.store.engine import Store

MOST, A_DAY = 5, 2


@dataclass(frozen=True, slots=True)
class Place:
    """A start and room that break no rule; `cost` of the wishes that touch the session there."""

    start: int
    room: str | None
    cost: int


def other_places(
    store: Store,
    actor: Actor,
    site: str,
    clock: Clock,
    place: Assignment,
    most: int = MOST,
    *,
    now: datetime | None = None,
) -> tuple[Place, ...]:
    """The best other starts for the session with its staff and attendees, cheapest first.

    `place` is where it would be: only its start and room are varied, at most `A_DAY` a day.
    Empty when it is not due any more, or fits nowhere else.
    """
    with store.open_session(allowed(actor, "try_change", [site])) as session:
        row = weeks.site_week(session, site, clock)
        found = None if row is None else standing(session, row, present(now))
    if found is None:
        return ()
    judged = found.judged
    judge = referee(judged.text, judged.week)
    demand = judge.index.demands.get(place.demand)
    if demand is None:
        return ()
    tried = Tried(judge, judged.timetable, demand, place)
    best = sorted(tried.places(), key=lambda p: (p.cost, p.start))
    days: Counter[int] = Counter()
    out = []
    for one in best:
        days[clock.index(one.start)] += 1
        if days[clock.index(one.start)] <= A_DAY:
            out.append(one)
    return tuple(out[:most])


class Tried:
    """Trying the places of one session: what concerns it alone first, then the whole week."""

    def __init__(
        self, judge: Referee, timetable: Timetable, demand: Demand, place: Assignment
    ) -> None:
        self.judge, self.demand, self.place = judge, demand, place
        self.others = tuple(a for a in timetable.assignments if a.demand != demand.id)
        claims = judge.by_demand.get(demand.id, ())
        musts = [c for c in claims if judge.terms[c.rule, c.site].level == "must"]
        self.alone = [c for c in musts if c.demands() == {demand.id}]
        known = {id(c) for c in self.alone}
        self.together = [c for c in musts if id(c) not in known]
        known |= {id(c) for c in self.together}
        self.wishes = [c for c in claims if id(c) not in known]

    def places(self) -> Iterator[Place]:
        """Every start with the first room in which it breaks nothing."""
        for start in self._starts():
            for room in self._rooms():
                at = replace(self.place, start=start, room=room)
                held = self._held(at)
                if held is not None:
                    found = (self.judge.judge(c, held) for c in self.wishes)
                    yield Place(start, room, sum(f.cost for f in found if f is not None))
                    break

    def _held(self, at: Assignment) -> Held | None:
        """The week with the session there; None when that breaks a must."""
        alone = Held(self.judge.index, Timetable((at,)))
        if any(c.breach(alone) for c in self.alone):
            return None
        held = Held(self.judge.index, Timetable((*self.others, at)))
        return None if any(c.breach(held) for c in self.together) else held

    def _rooms(self) -> tuple[str | None, ...]:
        if not self.demand.needs_room:
            return (None,)
        fitting = [r.id for r in self.judge.index.rooms_for(self.demand)]
        return tuple(sorted(fitting, key=lambda r: r != self.place.room))

    def _starts(self) -> Iterator[int]:
        """Every other start on the grid inside the session's windows and the week, from now on."""
        grid, length = self.judge.week.grid, self.judge.index.clock.length
        first = max(0, self.judge.week.now or 0)
        for start in range(-(-first // grid) * grid, length, grid):
            end = start + self.demand.minutes
            if start != self.place.start and any(
                w.start <= start and end <= w.end for w in self.demand.windows
            ):
                yield start
