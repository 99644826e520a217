"""Every session due is held

Sessions that do not fit disappear quietly from spreadsheets; here each one left out is
counted, named and given a reason. The breach is 1 for each demand not held. Its cost is
the demand's worth, which the programme sets and which is higher for overdue and statutory
sessions, so the default price is 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Level, Tier
from pipe_sched.rules import parts
from pipe_sched.rules.claims import Claim, Quota, Term

LEVEL: Level = "should"
TIER: Tier = "held"
PRICE = 1


def claims(index: Index) -> Iterator[Claim]:
    """One claim per demand with a worth; its price is that worth."""
    for d in index.week.demands:
        if d.worth:
            say = Phrase("{0} is not held.", (phrase.demand(d.id),))
            terms = (Term(parts.held(d)),)
            yield Quota("every_session_held", d.site, d.id, say, d.worth, terms, lo=1)
