"""Own key worker

Key work is led by the resident's own key worker; by the named back-up only when own worker and
resident share no start within the due window that every other must, taken alone with only fixed
data (shifts, commitments, routine, stays, bookings), allows; by a third person only if the
manager names one. The relationship is what works, so a stand-in is the last way out and never
the planner's convenience.

Breach, per held session with `own_worker`: 1 for each person who fills a key worker's role and
may not. The key worker's roles are those that list the own worker; if none does, those that list
the back-up; else the third person; else all. The own worker and the third always may. The back-up
may when the own worker is listed in no role, or no start is shared. A grid start inside the
windows is shared when the session, there alone in the week, with only the own worker in those
roles, only its required residents attending and no room chosen, breaks no other must by what is
there (what is still missing, other people or a room, breaks none); should-rules that the site made
musts are among them; pins, published places and cancelling are not. Other sessions of the plan
are no reason for the back-up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Demand, Level, Role, Tier
from pipe_sched.rules import alone, facts
from pipe_sched.rules.claims import Choice, Claim, Use

RULE = "key_worker"
LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100


def claims(index: Index) -> Iterator[Claim]:
    """One claim per session, part and person who may not lead it."""
    shared = _shared_starts(index)
    for demand in index.week.demands:
        if demand.own_worker is not None:
            for role in _parts(demand):
                yield from _others(index, demand, role, shared)


def _parts(demand: Demand) -> tuple[Role, ...]:
    """The parts that are the key worker's: those open to own worker, else to a stand-in."""
    for person in (demand.own_worker, demand.back_up, demand.third):
        found = tuple(r for r in demand.roles if person in r.people)
        if found:
            return found
    return demand.roles


def _shared_starts(index: Index) -> Mapping[str, tuple[int, ...]]:
    """For each session with a back-up, the starts own worker and resident share."""
    pairs = [
        alone.Pair(d.id, d.own_worker, tuple(r.name for r in _parts(d)))
        for d in index.week.demands
        if d.own_worker is not None and d.back_up is not None and _can_lead(d, d.own_worker)
    ]
    return alone.starts(index, pairs, leave_out=RULE) if pairs else {}


def _can_lead(demand: Demand, person: str) -> bool:
    return person in facts.leaders_of(demand)


def _others(
    index: Index, demand: Demand, role: Role, shared: Mapping[str, tuple[int, ...]]
) -> Iterator[Claim]:
    open_to = {demand.own_worker, demand.third}
    if not shared.get(demand.id):
        open_to.add(demand.back_up)
    for person in role.people:
        if person not in open_to:
            it = facts.Instance(
                RULE,
                demand.site,
                facts.key(demand.id, role.name, person),
                _say(index, demand, person, shared),
            )
            yield facts.never(it, Choice(Use(demand.id, person, role.name)))


def _say(
    index: Index, demand: Demand, person: str, shared: Mapping[str, tuple[int, ...]]
) -> Phrase:
    who, what = phrase.person(person), phrase.demand(demand.id)
    residents = [p for p in demand.required if facts.is_resident(index, p)]
    whose = phrase.person(residents[0]) if residents else what
    if person == demand.back_up and demand.own_worker is not None:
        return Phrase(
            "{0} is only the back-up: key worker {1} and {2} could meet, {3} for one.",
            (who, phrase.person(demand.own_worker), whose, phrase.at(shared[demand.id][0])),
        )
    if not residents:
        return Phrase("{0} is not the key worker for {1}.", (who, what))
    return Phrase("{0} is not the key worker of {1}.", (who, whose))
