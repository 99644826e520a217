"""Series in order

A later step builds on the one before. It is held only if the step before is held here,
ending before it starts, or was held already; a step whose earlier one was never held and
is not due waits. Sessions of its series that are booked lie in order with it too.
Breach: 1 for a step held without the one before, 1 for a step that starts before the one
before has ended, 1 for a step held that `waits` and `follows` none of this week, and 1 for
each booking a step is on the wrong side of (a `step` of 0 has no side).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Booking, Demand, Level, Tier
from pipe_sched.rules.claims import Before, Choice, Claim, Quota, Term, Use
from pipe_sched.rules.facts import Instance, frame, key, never, within

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
NAME = "series_order"


def claims(index: Index) -> Iterator[Claim]:
    """A Before and a Quota for each step that follows one of this week, a Quota for who waits."""
    for d in index.week.demands:
        earlier = index.demands.get(d.follows) if d.follows is not None else None
        if earlier is not None:
            yield from _after(earlier, d)
        elif d.waits:
            say = Phrase("{0} waits: the step before it was never held.", (phrase.demand(d.id),))
            yield never(Instance(NAME, d.site, key(d.id, "waits"), say), Choice(Use(d.id)))
        yield from _among_bookings(index, d)


def _after(earlier: Demand, later: Demand) -> Iterator[Claim]:
    refs = (phrase.demand(later.id), phrase.demand(earlier.id))
    late = Phrase("{0} comes after {1}, the step before it.", refs)
    one, two = Use(earlier.id), Use(later.id)
    yield Before(NAME, later.site, key(later.id, "after"), late, 1, one, two)
    missing = Phrase("{0} is held only if {1}, the step before it, is held.", refs)
    terms = (Term(Choice(two)), Term(Choice(one), -1))
    yield Quota(NAME, later.site, key(later.id, "with"), missing, 1, terms, hi=0)


def _among_bookings(index: Index, d: Demand) -> Iterator[Claim]:
    if d.series is None or not d.step:
        return
    for booking in index.week.bookings:
        if booking.series != d.series or not booking.step or booking.step == d.step:
            continue
        side = "after" if booking.step < d.step else "before"
        refs = (phrase.demand(d.id), phrase.word(booking.step), phrase.day(booking.span.start))
        say = Phrase(f"{{0}} comes {side} step {{1}} of its series, held on {{2}}.", refs)
        it = Instance(NAME, d.site, key(d.id, booking.id), say)
        yield from within(index, it, d, Choice(Use(d.id)), (_side(index, booking, d),))


def _side(index: Index, booking: Booking, d: Demand) -> Span:
    whole = frame(index)
    if booking.step < d.step:
        return Span(max(whole.start, booking.span.end), whole.end)
    return Span(whole.start, min(whole.end, booking.span.start))
