"""Everyone expected at a session comes

A community meeting or a reflective practice goes ahead without someone who is on leave, but
it should lie where most of those expected can come. The breach is 1 for each expected person
who is in no part of a session that is held (leading it counts as coming); whoever is excused
because someone they are kept apart from comes is not missed. The default price is 5 for each
absence: with the usual worth of 100 a meeting held without twenty people is still not worse
than no meeting, and an owed attendance (40) outweighs eight absences.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Demand, Level, Tier
from pipe_sched.rules import parts
from pipe_sched.rules.claims import Claim, Quota, Term

LEVEL: Level = "should"
TIER: Tier = "held"
PRICE = 5


def claims(index: Index) -> Iterator[Claim]:
    """One claim per demand and person expected there."""
    for d in index.week.demands:
        for person in dict.fromkeys(d.expected):
            if person not in d.excused:
                yield _claim(d, person)


def _claim(d: Demand, person: str) -> Claim:
    say = Phrase("{0} is not at {1}.", (phrase.person(person), phrase.demand(d.id)))
    terms = (Term(parts.may_be_in(d, person)),)
    key = f"{d.id} {person}"
    return Quota("expected_come", d.site, key, say, 1, terms, lo=1, when=parts.held(d))
