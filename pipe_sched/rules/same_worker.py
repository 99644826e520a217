"""The same worker leads as before

The relationship is what helps; a change of worker sets people back. The breach is 1 for a
session that is held without its regular worker (who led the series or saw the resident last)
in one of its roles. A regular worker who may no longer fill any of its roles is not missed.
The default price is 120, the dearest comfort but a visiting person's site-day: an hour
outside the liked times does not buy a stranger.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Level, Tier
from pipe_sched.rules import parts
from pipe_sched.rules.claims import Choice, Claim, Quota, Term, Use

LEVEL: Level = "should"
TIER: Tier = "comfort"
PRICE = 120


def claims(index: Index) -> Iterator[Claim]:
    """One claim per demand whose regular worker may still lead it."""
    for d in index.week.demands:
        uses = [Use(d.id, d.regular, r.name) for r in d.roles if d.regular in r.people]
        if uses:
            refs = (phrase.demand(d.id), phrase.person(str(d.regular)))
            say = Phrase("{0} is not led by {1}, who led it before.", refs)
            terms = tuple(Term(Choice(use)) for use in uses)
            yield Quota("same_worker", d.site, d.id, say, 1, terms, lo=1, when=parts.held(d))
