"""No line manager

Reflective practice and group supervision are without an attendee's direct line manager, as
leader or as fellow attendee; individual clinical supervision is exempt. Nobody speaks freely in
front of the person who writes their appraisal.

Breach, per held session with `no_line_manager`: 1 for each attendee whose `manager` is in it too,
in whatever part.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Level, Tier
from pipe_sched.rules import facts
from pipe_sched.rules.claims import Choice, Claim, Quota, Term, Use

RULE = "no_line_manager"
LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100


def claims(index: Index) -> Iterator[Claim]:
    """One claim per session, attendee and manager who could both be in it."""
    for demand in index.week.demands:
        if not demand.no_line_manager:
            continue
        everyone = set(facts.people_in(index, demand))
        for person in dict.fromkeys(demand.attendees):
            manager = index.people[person].manager if person in index.people else None
            if manager is None or manager == person or manager not in everyone:
                continue
            say = Phrase(
                "{0} is the line manager of {1}, so {2} cannot have both.",
                (phrase.person(manager), phrase.person(person), phrase.demand(demand.id)),
            )
            both = (facts.attends(demand, person), Choice(Use(demand.id, manager)))
            terms = tuple(Term(choice) for choice in both)
            key = facts.key(demand.id, person)
            yield Quota(RULE, demand.site, key, say, 1, terms, hi=1)
