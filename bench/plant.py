"""Places a hidden timetable, so that a week is known to be holdable.

Places are drawn at random and judged by the referee; a session that finds no
place in a bounded number of draws is left out of the week.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from pipe_sched.check import Referee, broken
from pipe_sched.core.spans import Spans, starts_within
from pipe_sched.core.week import Assignment, Demand, Lead, Timetable, Week

TRIES = 60


def plant(week: Week, random: Random) -> dict[str, int]:
    """The start of every session that found a place, by demand id."""
    referee = Referee(replace(week, owed=()))
    placed: list[Assignment] = []
    order = sorted(week.demands, key=lambda d: (-len(d.attendees), random.random()))
    for demand in order:
        found = _place(referee, demand, placed, random)
        if found is not None:
            placed.append(found)
    return {a.demand: a.start for a in placed}


def _place(
    referee: Referee, demand: Demand, placed: list[Assignment], random: Random
) -> Assignment | None:
    starts = starts_within(_windows(referee, demand), demand.minutes, referee.week.grid)
    for _ in range(TRIES if starts else 0):
        tried = _draw(referee, demand, random.choice(starts), random)
        timetable = Timetable((*placed, tried))
        if not broken(referee.touching(timetable, (demand.id,))):
            return tried
    return None


def _windows(referee: Referee, demand: Demand) -> Spans:
    site = referee.index.sites[demand.site]
    own = [h for h in site.hours if demand.kind in h.kinds] or [
        h for h in site.hours if not h.kinds
    ]
    return own[0].windows if demand.windows[0].minutes > 1440 else demand.windows


def _draw(referee: Referee, demand: Demand, start: int, random: Random) -> Assignment:
    rooms = [
        r.id for r in referee.index.rooms_for(demand) if set(demand.features) <= set(r.features)
    ]
    staff: list[Lead] = []
    for role in demand.roles:
        free = [p for p in role.people if p not in {x.person for x in staff}]
        random.shuffle(free)
        end = start + demand.minutes
        on = [p for p in free if _on(referee, p, demand.site, start, end)]
        staff += [Lead(role.name, p) for p in (on + free)[: role.count]]
    led = {x.person for x in staff}
    expected = [p for p in demand.expected if p not in led and _free(referee, p, demand, start)]
    offered = [p for p in demand.offered if _free(referee, p, demand, start)]
    random.shuffle(offered)
    attendees = (*demand.required, *expected, *offered)[: demand.largest]
    return Assignment(demand.id, start, random.choice(rooms), tuple(staff), attendees)


def _on(referee: Referee, person: str, site: str, start: int, end: int) -> bool:
    return any(s.start <= start and end <= s.end for s in referee.index.on_duty(person, site))


def _free(referee: Referee, person: str, demand: Demand, start: int) -> bool:
    end = start + demand.minutes
    if referee.index.people[person].type == "staff" and not _on(
        referee, person, demand.site, start, end
    ):
        return False
    busy = referee.index.commitments.get(person, ())
    return all(c.span.end + 45 <= start or end + 45 <= c.span.start for c in busy)
