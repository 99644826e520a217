"""Residents have a pause between sessions

Nobody walks out of one hard conversation straight into the next. The breach, for each
resident, is the number of pairs of their sessions with less than the home site's
`resident_pause` minutes (default 15) between the end of one and the start of the other;
exactly that many are enough, and 0 is no limit, not even for sessions that overlap.
A session booked elsewhere makes pairs with sessions planned here. The default price is 40
for each pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Booking, Demand, Level, Person, Tier
from pipe_sched.rules import facts, parts
from pipe_sched.rules.claims import Apart, Choice, Claim, Quota, Slot, Term, Use

LEVEL: Level = "should"
TIER: Tier = "comfort"
PRICE = 40


def claims(index: Index) -> Iterator[Claim]:
    """One claim per resident with two possible sessions, and one per booking of a resident."""
    for person, demands in parts.residents(index):
        pause = facts.home_limits(index, person.id).resident_pause
        say = Phrase(
            "{0} has less than {1} minutes between two sessions.",
            (phrase.person(person.id), phrase.word(pause)),
        )
        if pause and len(demands) > 1:
            slots = tuple(Slot(parts.may_be_in(d, person.id), pause) for d in demands)
            yield Apart("pause_between", person.site, person.id, say, 1, slots)
        for b in parts.bookings_of(index, person.id):
            if pause:
                yield _beside(person, demands, b, pause, say)


def _beside(
    person: Person, demands: Sequence[Demand], b: Booking, pause: int, say: Phrase
) -> Claim:
    near = [(d, Span(b.span.start - pause - d.minutes + 1, b.span.end + pause)) for d in demands]
    terms = tuple(Term(Choice(Use(d.id, person.id), (starts,))) for d, starts in near)
    return Quota("pause_between", person.site, f"{person.id} {b.id}", say, 1, terms, hi=0)
