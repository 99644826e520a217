"""Sessions of one kind are not on neighbouring days

Two structured sessions on Monday and Tuesday leave the rest of the week empty. The breach,
for each resident and kind of session, is the number of pairs of their sessions that start on
consecutive local dates; a session booked elsewhere makes pairs too, with sessions planned
here. The default price is 20 for each pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Demand, Level, Person, Tier
from pipe_sched.rules import parts
from pipe_sched.rules.claims import Choice, Claim, Neighbours, Quota, Term, Use

LEVEL: Level = "should"
TIER: Tier = "comfort"
PRICE = 20


def claims(index: Index) -> Iterator[Claim]:
    """One claim per resident and kind they may have twice, and one per booking of such a kind."""
    for person, demands in parts.residents(index):
        for kind in dict.fromkeys(d.kind for d in demands):
            yield from _of_kind(index, person, kind, [d for d in demands if d.kind == kind])


def _of_kind(index: Index, person: Person, kind: str, demands: Sequence[Demand]) -> Iterator[Claim]:
    say = Phrase("{0} has {1} on two days running.", (phrase.person(person.id), phrase.kind(kind)))
    uses = tuple(Use(d.id, person.id) for d in demands)
    key = f"{person.id} {kind}"
    if len(uses) > 1:
        yield Neighbours("neighbouring_days", person.site, key, say, 1, uses, index.days)
    for b in parts.bookings_of(index, person.id):
        if b.kind == kind:
            day = index.clock.index(b.span.start)
            around = tuple(index.clock.day_span(i) for i in (day - 1, day + 1))
            terms = tuple(Term(Choice(use, around)) for use in uses)
            named = f"{key} {b.id}"
            yield Quota("neighbouring_days", person.site, named, say, 1, terms, hi=0)
