"""Visiting people come on few days

A psychologist shared between premises loses hours on the road and is nowhere at home. The
breach, for each visiting person, is the number of pairs of site and date at which they lead or
attend a session that starts on that date; sessions joined remotely make none, and neither does
a site-day on which a session booked elsewhere brings them there anyway. The person's home site
decides level and price. The default price is 240: a day saved is worth two hours outside the
liked times or four of waiting.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Level, Tier
from pipe_sched.rules import visits
from pipe_sched.rules.claims import Claim, Gathered

LEVEL: Level = "should"
TIER: Tier = "comfort"
PRICE = 240


def claims(index: Index) -> Iterator[Claim]:
    """One claim per visiting person."""
    for p in visits.visitors(index):
        booked = visits.booked(index, p.id)
        groups = tuple(g for g in visits.groups(index, p.id) if g.site not in booked[g.day])
        if groups:
            say = Phrase("{0} has to come for each day with a session.", (phrase.person(p.id),))
            yield Gathered("few_site_days", p.site, p.id, say, 1, groups, "days")
