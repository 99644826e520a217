"""Kept apart

Two people with an open record must never meet in a session. They are never in one session,
in whatever part. A record of level rooms also keeps them from the same or adjoining rooms
at overlapping times or less than its gap apart; a distance equal to the gap is allowed,
and something in between does not help. Bookings of either count alike; who joins remotely
is in no room. Why they are kept apart is not held and never told.
Breach: 1 for a session both are in; for rooms the pairs of sessions that are too near, and
1 for each session too near a booking.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Demand, KeptApart, Level, Tier
from pipe_sched.rules.claims import Apart, Choice, Claim, Quota, Slot, Term, Use
from pipe_sched.rules.cover_facts import bookings_of
from pipe_sched.rules.facts import Instance, avoiding, key

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
NEVER_OVERRIDDEN = True
NAME = "kept_apart"


def claims(index: Index) -> Iterator[Claim]:
    """For each record: one Quota per shared session, one Apart per site, Withins by booking."""
    pairs = _adjoining(index)
    for record in index.week.kept_apart:
        yield from _in_one_session(index, record)
        if record.level == "rooms":
            yield from _in_near_rooms(index, record, pairs)
            yield from _near_bookings(index, record, record.a, record.b, pairs)
            yield from _near_bookings(index, record, record.b, record.a, pairs)


def _in_one_session(index: Index, record: KeptApart) -> Iterator[Quota]:
    a, b = phrase.person(record.a), phrase.person(record.b)
    theirs = {d.id for d in _demands(index, record.b)}
    for d in _demands(index, record.a):
        if d.id not in theirs:
            continue
        words = "{0} and {1} are kept apart: they are never both in {2}."
        say = Phrase(words, (a, b, phrase.demand(d.id)))
        both = tuple(Term(Choice(Use(d.id, p))) for p in (record.a, record.b))
        yield Quota(NAME, d.site, key(record.a, record.b, d.id), say, 1, both, hi=1)


def _in_near_rooms(
    index: Index, record: KeptApart, pairs: frozenset[tuple[str, str]]
) -> Iterator[Apart]:
    left, right = (_roomed(index, p) for p in (record.a, record.b))
    for site in dict.fromkeys(d.site for d in left):
        one, two = (
            tuple(Slot(Choice(Use(d.id, p)), record.gap) for d in found if d.site == site)
            for p, found in ((record.a, left), (record.b, right))
        )
        places = frozenset(pair for pair in pairs if index.rooms[pair[0]].site == site)
        if two and len({s.choice.use.demand for s in (*one, *two)}) > 1:
            name = key(record.a, record.b, "rooms", site)
            yield Apart(NAME, site, name, _too_near(record, site), 1, one, two, places)


def _near_bookings(
    index: Index, record: KeptApart, moves: str, stays: str, pairs: frozenset[tuple[str, str]]
) -> Iterator[Claim]:
    """The sessions of `moves` clear of the bookings of `stays`."""
    booked = [b for b in bookings_of(index).get(stays, ()) if b.room is not None]
    if not booked:
        return
    for d in _roomed(index, moves):
        for room in index.rooms_for(d):
            near = [b.span for b in booked if b.room and (room.id, b.room) in pairs]
            holes = [span.padded(record.gap, record.gap) for span in near]
            name = key(moves, stays, d.id, room.id)
            it = Instance(NAME, d.site, name, _too_near(record, d.site))
            yield from avoiding(index, it, d, Choice(Use(d.id, moves, room=room.id)), holes)


def _too_near(record: KeptApart, site: str) -> Phrase:
    words = (
        "{0} and {1} are kept apart: at {2} they are not in the same or adjoining rooms "
        "within {3} minutes of each other."
    )
    people = (phrase.person(record.a), phrase.person(record.b))
    return Phrase(words, (*people, phrase.site(site), phrase.word(record.gap)))


def _demands(index: Index, person: str) -> tuple[Demand, ...]:
    found = {d.id: d for d, _ in index.parts_by_person.get(person, ())}
    return tuple(found.values())


def _roomed(index: Index, person: str) -> tuple[Demand, ...]:
    found = _demands(index, person)
    return tuple(d for d in found if d.needs_room and person not in d.remote)


def _adjoining(index: Index) -> frozenset[tuple[str, str]]:
    """Room pairs, both ways round, that are the same room or adjoin."""
    rooms = index.rooms
    out = {(id, id) for id in rooms}
    for room in rooms.values():
        for other in room.next_to:
            if other in rooms:
                out |= {(room.id, other), (other, room.id)}
    return frozenset(out)
