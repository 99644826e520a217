"""One place at a time

A person is in at most one session, commitment or journey at any moment, in whatever part:
nobody can lead one session while they attend another. Journeys are the travel either side of
a commitment elsewhere; those between our own sites are the rule `travel`. What a resident is
committed to is the rule `there_and_free`.

Breach: pairs of one person's sessions that overlap; 1 for each session and booking of a person
(its `people` and its `leaders`, at whatever site) that overlap; and, for staff and people from
outside, 1 for each session and commitment that overlap, the commitment grown by `travel` minutes
on either side when it is `away`. Back-to-back is no overlap.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Demand, Level, Tier
from pipe_sched.rules import facts
from pipe_sched.rules.claims import Apart, Choice, Claim, Use

RULE = "one_place"
LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
NEVER_OVERRIDDEN = True


def claims(index: Index) -> Iterator[Claim]:
    """One claim per person with two sessions or more, and one per fixed thing in their way."""
    for person, parts in index.parts_by_person.items():
        demands = {d.id: d for d, _ in parts}
        if len(demands) > 1:
            yield _one_at_a_time(index, person, demands)
        for demand in demands.values():
            yield from _booked(index, person, demand)
            if not facts.is_resident(index, person):
                yield from _committed(index, person, demand)


def _one_at_a_time(index: Index, person: str, demands: dict[str, Demand]) -> Claim:
    home = index.people[person].site if person in index.people else ""
    sites = {d.site for d in demands.values()}
    site = home if home in sites else min(sites)
    say = Phrase("{0} would be in two sessions at once.", (phrase.person(person),))
    uses = facts.slots(Choice(Use(d, person)) for d in demands)
    return Apart(RULE, site, facts.key(person), say, 1, uses)


def _booked(index: Index, person: str, demand: Demand) -> Iterator[Claim]:
    for booking in index.bookings_of.get(person, ()):
        span = booking.span
        say = Phrase(
            "{0} is already in another session, {1}.",
            (phrase.person(person), phrase.stretch(span.start, span.end)),
        )
        key = facts.key(demand.id, person, "booked", booking.id)
        it = facts.Instance(RULE, demand.site, key, say)
        yield from facts.avoiding(index, it, demand, Choice(Use(demand.id, person)), (span,))


def _committed(index: Index, person: str, demand: Demand) -> Iterator[Claim]:
    for number, commitment in enumerate(index.commitments.get(person, ())):
        span = facts.taken(commitment)
        say = Phrase(
            "{0} is busy {1}.", (phrase.person(person), phrase.stretch(span.start, span.end))
        )
        key = facts.key(demand.id, person, "busy", number)
        it = facts.Instance(RULE, demand.site, key, say)
        yield from facts.avoiding(index, it, demand, Choice(Use(demand.id, person)), (span,))
