"""A room that fits

A session is in a room of its own site with every feature it needs, seats for everyone in it,
step-free access if anyone in it needs that, and open for all of it. People who join remotely
need neither seat nor step-free access. Otherwise a plan that looks complete fails at the door.

Breach, per held session with `needs_room`: 1 if it has no room; 1 if its room lacks any of its
`features`; people in it who are not `remote`, leaders included, above the room's `seats`; 1 for
each of them with `step_free` if the room lacks the feature `step_free`; 1 if the room has `open`
spans and the session is not whole inside one of them (joined where they touch); and 1 for each
`closed` span of the room that it overlaps.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Demand, Level, Room, Tier
from pipe_sched.rules import facts
from pipe_sched.rules.claims import Choice, Claim, Quota, Term, Use

RULE = "room_fits"
LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100

STEP_FREE = "step_free"


def claims(index: Index) -> Iterator[Claim]:
    """Claims per session, and per session and room in so far as the room may not fit."""
    for demand in index.week.demands:
        if not demand.needs_room:
            continue
        rooms = index.rooms_for(demand)
        yield _a_room(demand, rooms)
        seated = [p for p in facts.people_in(index, demand) if p not in demand.remote]
        for room in rooms:
            yield from _features(demand, room)
            if len(seated) > room.seats:
                yield _seats(demand, room, seated)
            yield from _step_free(index, demand, room, seated)
            yield from _open(index, demand, room)


def _a_room(demand: Demand, rooms: tuple[Room, ...]) -> Claim:
    say = Phrase("{0} needs a room at {1}.", (phrase.demand(demand.id), phrase.site(demand.site)))
    terms = tuple(Term(Choice(Use(demand.id, room=r.id))) for r in rooms)
    when = Choice(Use(demand.id))
    key = facts.key(demand.id, "room")
    return Quota(RULE, demand.site, key, say, 1, terms, lo=1, hi=1, when=when)


def _features(demand: Demand, room: Room) -> Iterator[Claim]:
    missing = [f for f in demand.features if f not in room.features]
    if missing:
        words = " and ".join(f.replace("_", " ") for f in missing)
        say = Phrase(
            "{0} does not offer what {1} needs: {2}.",
            (phrase.room(room.id), phrase.demand(demand.id), phrase.word(words)),
        )
        key = facts.key(demand.id, room.id, "features")
        yield facts.never(
            facts.Instance(RULE, demand.site, key, say), Choice(Use(demand.id, room=room.id))
        )


def _seats(demand: Demand, room: Room, seated: list[str]) -> Claim:
    say = Phrase(
        "{0} has {1} seats, too few for everyone in {2}.",
        (phrase.room(room.id), phrase.word(room.seats), phrase.demand(demand.id)),
    )
    terms = tuple(Term(Choice(Use(demand.id, p))) for p in seated)
    when = Choice(Use(demand.id, room=room.id))
    key = facts.key(demand.id, room.id, "seats")
    return Quota(RULE, demand.site, key, say, 1, terms, hi=room.seats, when=when)


def _step_free(index: Index, demand: Demand, room: Room, seated: list[str]) -> Iterator[Claim]:
    if STEP_FREE in room.features:
        return
    for person in seated:
        if person in index.people and index.people[person].step_free:
            say = Phrase(
                "{0} needs step-free access, and {1} is not step-free.",
                (phrase.person(person), phrase.room(room.id)),
            )
            key = facts.key(demand.id, room.id, STEP_FREE, person)
            use = Use(demand.id, person, room=room.id)
            yield facts.never(facts.Instance(RULE, demand.site, key, say), Choice(use))


def _open(index: Index, demand: Demand, room: Room) -> Iterator[Claim]:
    use = Choice(Use(demand.id, room=room.id))
    if room.open:
        say = Phrase(
            "{0} is not open for all of {1}.", (phrase.room(room.id), phrase.demand(demand.id))
        )
        it = facts.Instance(RULE, demand.site, facts.key(demand.id, room.id, "open"), say)
        yield from facts.within(index, it, demand, use, room.open)
    for span in room.closed:
        say = Phrase(
            "{0} is closed {1}.", (phrase.room(room.id), phrase.stretch(span.start, span.end))
        )
        key = facts.key(demand.id, room.id, "closed", span.start)
        it = facts.Instance(RULE, demand.site, key, say)
        yield from facts.avoiding(index, it, demand, use, (span,))
