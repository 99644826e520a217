"""Nobody has too many sessions on one day

A resident who sits in three sessions on Tuesday and none on Thursday takes in little of the
third. The breach, for each resident and date, is the number of sessions that start on that
date above the home site's `sessions_a_day` (default 2); sessions booked elsewhere on that
date use the number up, but are not themselves counted. The default price is 60 for each
session too many.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Level, Tier
from pipe_sched.rules import facts, parts
from pipe_sched.rules.claims import Claim, Quota, Term, Use, in_day

LEVEL: Level = "should"
TIER: Tier = "comfort"
PRICE = 60


def claims(index: Index) -> Iterator[Claim]:
    """One claim per resident and date, where they may be in more sessions than that."""
    for person, demands in parts.residents(index):
        most = facts.home_limits(index, person.id).sessions_a_day
        booked = [b.span.start for b in parts.bookings_of(index, person.id)]
        for number, day in enumerate(index.days):
            left = max(0, most - sum(day.start <= start < day.end for start in booked))
            if len(demands) > left:
                refs = (phrase.person(person.id), phrase.word(most), phrase.day(day.start))
                say = Phrase("{0} has more than {1} sessions on {2}.", refs)
                terms = tuple(Term(in_day(Use(d.id, person.id), day)) for d in demands)
                key = f"{person.id} {number}"
                yield Quota("sessions_a_day", person.site, key, say, 1, terms, hi=left)
