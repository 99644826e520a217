"""Recording time

What a resident said is written down while it is fresh. For 15 minutes (or what the worker's
home site says) after each session with a resident, who led it is in no other session, in
whatever part; they count for cover meanwhile. Bookings are sessions too.
A session is with residents when one is listed to attend it.
Breach, for each worker listed to lead such sessions: pairs of their sessions of which the
second starts before the first has ended and its recording time, if it has one, is over; and
1 for each session in the way of a booking's recording time or the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Booking, Demand, Level, Tier
from pipe_sched.rules.claims import Apart, Choice, Claim, Slot, Use
from pipe_sched.rules.cover_facts import bookings_of
from pipe_sched.rules.facts import (
    Instance,
    avoiding,
    home_limits,
    is_staff,
    key,
    with_residents,
)

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
NAME = "recording_time"


@dataclass(frozen=True, slots=True)
class Part:
    """A worker's part in a session, and how long they record after it."""

    demand: Demand
    slot: Slot


def claims(index: Index) -> Iterator[Claim]:
    """One Apart for each worker who may lead residents' sessions, Withins around bookings."""
    booked = bookings_of(index)
    for person in index.parts_by_person:
        minutes = home_limits(index, person).recording
        if not is_staff(index, person) or minutes <= 0:
            continue
        parts = _parts(index, person, minutes)
        say = Phrase(
            "{0} needs {1} minutes to record after each session with a resident.",
            (phrase.person(person), phrase.word(minutes)),
        )
        recorded = any(part.slot.after for part in parts)
        if recorded and len({part.demand.id for part in parts}) > 1:
            site = index.people[person].site
            yield Apart(NAME, site, person, say, 1, tuple(part.slot for part in parts))
        for booking in booked.get(person, ()):
            for part in parts:
                yield from _around(index, person, part, booking, minutes, say)


def _parts(index: Index, person: str, minutes: int) -> tuple[Part, ...]:
    """One slot for each part of theirs in each session; leaders of residents record."""
    out = []
    for d, role in index.parts_by_person[person]:
        leads = role in {r.name for r in d.roles}
        after = minutes if leads and with_residents(index, d) else 0
        out.append(Part(d, Slot(Choice(Use(d.id, person, role)), after)))
    return tuple(out)


def _around(
    index: Index, person: str, part: Part, booking: Booking, minutes: int, say: Phrase
) -> Iterator[Claim]:
    after = minutes if booking.with_residents and person in booking.leaders else 0
    if not after and not part.slot.after:
        return
    d, choice = part.demand, part.slot.choice
    it = Instance(NAME, d.site, key(person, d.id, choice.use.role, booking.id), say)
    hole = booking.span.padded(part.slot.after, after)
    yield from avoiding(index, it, d, choice, (hole,))
