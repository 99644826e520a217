"""Floor staff lead only where nobody else can

Every session led by someone who counts for cover takes a pair of eyes off the house. The
breach is 1 for each part in a session filled by someone who counts for cover while another
person eligible for that role, who does not count, is free for it: on shift at the site (for
people from outside: free there by their own word), with no commitment, journey or booking
over it and in no other session of this timetable that overlaps it, nor in this one. The
default price is 15: it settles ties and does not take a regular worker away.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Spans, merged, without
from pipe_sched.core.week import Demand, Level, Role, Tier
from pipe_sched.rules import facts, parts
from pipe_sched.rules.claims import Claim, Rival, Spare, Use

LEVEL: Level = "should"
TIER: Tier = "comfort"
PRICE = 15


def claims(index: Index) -> Iterator[Claim]:
    """One claim per demand, role and person who counts for cover, where there are rivals."""
    counting = {p.id for p in index.week.people if p.counts}
    busy = {
        p: tuple(Use(d.id, p) for d in parts.demands_of(index, p)) for p in index.parts_by_person
    }
    for d in index.week.demands:
        for role in d.roles:
            rivals = tuple(
                Rival(p, windows, busy[p])
                for p in dict.fromkeys(role.people)
                if p not in counting and (windows := free_for(index, d, p))
            )
            if rivals:
                floor = (p for p in dict.fromkeys(role.people) if p in counting)
                yield from (_claim(d, role, p, rivals) for p in floor)


def _claim(d: Demand, role: Role, person: str, rivals: tuple[Rival, ...]) -> Claim:
    refs = (phrase.person(person), phrase.demand(d.id))
    say = Phrase("{0} counts for cover and leads {1}, which someone else could lead.", refs)
    key = f"{d.id} {role.name} {person}"
    return Spare("floor_staff_last", d.site, key, say, 1, Use(d.id, person, role.name), rivals)


def free_for(index: Index, d: Demand, person: str) -> Spans:
    """When a person could be in a demand as far as their own shifts and bookings go."""
    if facts.type_of(index, person) == "outside":
        said = [f for f in index.week.free if f.person == person]
        here = merged(f.span for f in said if not f.sites or d.site in f.sites)
    else:
        here = facts.duty(index, person, None if person in d.remote else d.site)
    taken = (b.span for b in parts.bookings_of(index, person))
    return without(here, (*facts.busy(index, person), *taken))
