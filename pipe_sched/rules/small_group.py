"""A published group keeps its smallest size

People fall ill after a group was published. Then it is not cancelled by the planner: its leader
sees that it has become small, and decides. Before publication the smallest number is a must of
`group_size`.

Breach, per held session that `published` holds: attendees below `smallest`. The default price is
10 for each, enough to offer the place to someone else and too little to move anybody.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Level, Tier
from pipe_sched.rules import facts
from pipe_sched.rules.claims import Choice, Claim, Quota, Term, Use

RULE = "small_group"
LEVEL: Level = "should"
TIER: Tier = "comfort"
PRICE = 10


def claims(index: Index) -> Iterator[Claim]:
    """One claim per published session with a smallest number."""
    published = {a.demand for a in index.week.published}
    for demand in index.week.demands:
        if demand.smallest > 0 and demand.id in published:
            say = Phrase(
                "{0} was to have at least {1} people.",
                (phrase.demand(demand.id), phrase.word(demand.smallest)),
            )
            people = dict.fromkeys(demand.attendees)
            terms = tuple(Term(facts.attends(demand, p)) for p in people)
            when = Choice(Use(demand.id))
            lo = demand.smallest
            yield Quota(RULE, demand.site, facts.key(demand.id), say, 1, terms, lo=lo, when=when)
