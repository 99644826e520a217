"""One session per room

A room holds at most one session at a time, plus its turn-round minutes after each, so that
nobody finds a door closed or a kitchen still in use. Turn-round may run past closing and into
another turn-round, never into a session.

Breach: pairs of sessions in one room of which one starts before the other and its `turn_round`
minutes are over; and 1 for each session and booking in one room of which that is so.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Demand, Level, Room, Tier
from pipe_sched.rules import facts
from pipe_sched.rules.claims import Apart, Choice, Claim, Use

RULE = "one_session_per_room"
LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
NEVER_OVERRIDDEN = True


def claims(index: Index) -> Iterator[Claim]:
    """One claim per room, and one per session and booking in it."""
    using: dict[str, list[Demand]] = {room.id: [] for room in index.week.rooms}
    for demand in index.week.demands:
        for room in index.rooms_for(demand):
            using[room.id].append(demand)
    for room in index.week.rooms:
        demands = using[room.id]
        if len(demands) > 1:
            uses = facts.slots((Choice(Use(d.id, room=room.id)) for d in demands), room.turn_round)
            yield Apart(RULE, room.site, facts.key(room.id), _say(room), 1, uses)
        for demand in demands:
            yield from _booked(index, room, demand)


def _say(room: Room) -> Phrase:
    if not room.turn_round:
        return Phrase("{0} would hold two sessions at once.", (phrase.room(room.id),))
    return Phrase(
        "{0} would hold two sessions at once, or one within its {1} minutes' turn-round.",
        (phrase.room(room.id), phrase.word(room.turn_round)),
    )


def _booked(index: Index, room: Room, demand: Demand) -> Iterator[Claim]:
    for booking in index.bookings_in.get(room.id, ()):
        span = booking.span
        say = Phrase(
            "{0} is already booked {1}.",
            (phrase.room(room.id), phrase.stretch(span.start, span.end)),
        )
        it = facts.Instance(RULE, room.site, facts.key(demand.id, room.id, booking.id), say)
        hole = span.padded(room.turn_round, room.turn_round)
        yield from facts.avoiding(index, it, demand, Choice(Use(demand.id, room=room.id)), (hole,))
